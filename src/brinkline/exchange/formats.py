"""The registry of output formats: what each is called, what it needs and how its files are laid out.

A format's module is imported when it is used, so that listing the formats loads neither rich nor jinja2 nor pyarrow. It offers
one or more of three functions:

- ``write(codings, stream)`` puts text on a stream ("one", "each", "tables"),
- ``write_file(codings, path)`` hands a path to a library that writes there ("file"),
- ``write_folder(codings, folder, keep)`` fills a folder and gives the files written ("tables", "folder").

The second and third of a format that shows ``decisions`` take them as one more argument.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, TextIO, cast

from brinkline.errors import UsageError
from brinkline.record import Coding

#: "one": all codings in one text; "each": a text per narrative; "tables": one text, or a folder of tables for all codings;
#: "file": all codings in one file that is no text; "folder": always a folder.
Layout = Literal["one", "each", "tables", "file", "folder"]
Writer = Callable[[Iterable[Coding], TextIO], None]
FileWriter = Callable[..., None]
FolderWriter = Callable[..., tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format. ``needs`` is the last stage whose result it shows ("dates": works with ``only="dates"``);
    ``decisions`` says that it has a place for what people decided."""

    name: str
    suffix: str
    layout: Layout
    needs: Literal["dates", "variables"]
    help: str
    module: str
    decisions: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it can go to a text stream, such as standard output."""
        return self.layout not in ("file", "folder")

    @property
    def write(self) -> Writer:
        """The function ``write(codings, stream)`` of the format's module, which puts every coding on a text stream."""
        return cast(Writer, self._function("write"))

    @property
    def write_file(self) -> FileWriter:
        """The function that writes one file which is no text."""
        return cast(FileWriter, self._function("write_file"))

    @property
    def write_folder(self) -> FolderWriter:
        """The function that fills a folder and gives the files written."""
        return cast(FolderWriter, self._function("write_folder"))

    def _function(self, name: str) -> object:
        return getattr(import_module(f"brinkline.exchange.{self.module}"), name)


FORMATS: tuple[Format, ...] = (
    Format("table", ".txt", "one", "dates", "tables to read on the terminal", "terminal"),
    Format("json", ".json", "one", "dates", "one JSON document: an object, or a list when there are several", "json_document"),
    Format("jsonl", ".jsonl", "one", "dates", "JSON Lines: one coding on each line", "json_lines"),
    Format("csv", ".csv", "tables", "dates", "a folder of CSV tables, or one CSV of all claims", "csv_tables", True),
    Format("sqlite", ".sqlite", "file", "dates", "all tables in one SQLite file", "sqlite_tables", True),
    Format("parquet", ".parquet", "folder", "dates", "a folder of Parquet tables", "parquet_tables", True),
    Format("stata", ".dta", "folder", "dates", "a folder of Stata tables with variable and value labels", "stata_tables", True),
    Format("icb1", ".csv", "one", "variables", "one CSV with exactly the columns of the ICB crisis table", "icb1"),
    Format("icb2", ".csv", "one", "variables", "one CSV with exactly the columns of the ICB actor table", "icb2"),
    Format("plover", ".json", "one", "variables", "event records of PLOVER as JSON", "plover"),
    Format("geojson", ".geojson", "one", "variables", "dated places as GeoJSON points", "geojson"),
    Format("jsonld", ".jsonld", "one", "dates", "W3C Web Annotations as JSON-LD", "annotations"),
    Format("brat", ".ann", "folder", "dates", "brat stand-off: a text and an annotation file for each narrative", "brat"),
    Format("timeml", ".tml", "each", "dates", "TimeML with TIMEX3 dates, one file for each narrative", "timeml_document"),
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
