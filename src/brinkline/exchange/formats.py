"""The registry of output formats: what each is called, what it needs and how its files are laid out.

A format's module is imported when it is used, so that listing the formats loads neither rich nor jinja2.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, TextIO, cast

from brinkline.errors import UsageError
from brinkline.record import Coding

#: "one": all codings in one file; "each": a file per narrative; "tables": one file, or a folder of tables for all codings.
Layout = Literal["one", "each", "tables"]
Writer = Callable[[Iterable[Coding], TextIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format. ``needs`` is the last stage whose result it shows ("dates": works with ``only="dates"``)."""

    name: str
    suffix: str
    layout: Layout
    needs: Literal["dates", "variables"]
    help: str
    module: str

    @property
    def write(self) -> Writer:
        """The function ``write(codings, stream)`` of the format's module, which puts every coding on a text stream."""
        return cast(Writer, import_module(f"brinkline.exchange.{self.module}").write)


FORMATS: tuple[Format, ...] = (
    Format("table", ".txt", "one", "dates", "tables to read on the terminal", "terminal"),
    Format("json", ".json", "one", "dates", "one JSON document: an object, or a list when there are several", "json_document"),
    Format("jsonl", ".jsonl", "one", "dates", "JSON Lines: one coding on each line", "json_lines"),
    Format("csv", ".csv", "tables", "dates", "a folder of CSV tables, or one CSV of all claims in a single file", "csv_tables"),
    Format("timeml", ".tml", "each", "dates", "TimeML with TIMEX3 dates, one file for each narrative", "timeml_document"),
    Format("icb2", ".csv", "one", "variables", "one CSV with exactly the columns of the ICB actor table", "icb2"),
    Format("html", ".html", "each", "dates", "one self-contained page for each narrative: text, values, timeline", "page"),
)
_BY_NAME = {form.name: form for form in FORMATS}


def find_format(name: str) -> Format:
    """The format of that name; UsageError BL120 for a name that is not in the registry."""
    if name not in _BY_NAME:
        near = difflib.get_close_matches(name, _BY_NAME, n=1)
        remedy = f"did you mean {near[0]}?" if near else "formats: " + ", ".join(_BY_NAME)
        raise UsageError("BL120", f"unknown format {name!r}", remedy=remedy)
    return _BY_NAME[name]
