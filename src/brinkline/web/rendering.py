"""Templates to responses. Everything a template shows is escaped; text of narratives is data, never markup."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from brinkline.charts import RULES
from brinkline.exchange.cells import value_cell
from brinkline.exchange.page import page_file
from brinkline.web.addresses import claim_address, review_address, with_values
from brinkline.web.asking import Asked

STATIC = {"app.css": "text/css", "charts.css": "text/css", "crisis.css": "text/css", "app.js": "text/javascript"}


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("brinkline.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(review_address=review_address, claim_address=claim_address, with_values=with_values)
    made.filters.update(many=_many, moment=_moment, counted=_counted)
    return made


def _many(number: int) -> str:
    """A whole number with a narrow space between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def _counted(number: int, one: str, more: str = "") -> str:
    """A number with its noun: "1 claim", "12 claims"."""
    return f"{_many(number)}\u00a0{one if number == 1 else more or one + 's'}"


def _moment(text: str | None) -> str:
    """A time as the database keeps it, to the minute: "2026-11-24 17:05"."""
    return (text or "")[:16].replace("T", " ")


def page(template: str, asked: Asked, *, status: int = 200, **content: Any) -> HTMLResponse:
    """The page of a template. ``asked`` gives it the person, the project and the token of its forms."""
    return HTMLResponse(rendered(template, asked=asked, static=static_address, **content), status)


def rendered(template: str, **content: Any) -> str:
    """The text of a template."""
    return _environment().get_template(template).render(**content)


@functools.cache
def static_file(name: str) -> bytes:
    """The bytes of one of our own files in ``static``; KeyError for any other name."""
    if name not in STATIC:
        raise KeyError(name)
    if name == "charts.css":
        return RULES.encode()  # made where the drawings are
    own = resources.files("brinkline.web").joinpath("static", name).read_bytes()
    return page_file("palette.css").encode() + own if name == "app.css" else own


@functools.cache
def static_address(name: str) -> str:
    """The address of a static file with a mark of its content, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name in CSV and JSON, and how a row gives it."""

    name: str
    value: Callable[[Any], Any]


def attribute(name: str) -> Column:
    """The column of an attribute of the rows."""
    return Column(name, lambda row: getattr(row, name))


def at_place(name: str, place: int) -> Column:
    """The column of one place of rows that are sequences."""
    return Column(name, lambda row: row[place])


def twin(form: str, columns: Sequence[Column], rows: Iterable[Any]) -> Response:
    """A list as CSV or JSON ("csv", "json"): the twin that every list page has under the same address with a suffix.
    In CSV no cell is one that a spreadsheet would run as a formula."""
    names = [column.name for column in columns]
    cells = [[column.value(row) for column in columns] for row in rows]
    if form == "json":
        content = json.dumps([dict(zip(names, row, strict=True)) for row in cells], ensure_ascii=False, indent=1)
        return Response(content + "\n", media_type="application/json")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(["" if cell is None else value_cell(cell) for cell in row] for row in cells)
    return Response(stream.getvalue(), media_type="text/csv; charset=utf-8")
