"""``brinkline chart``: from a narrative or a coding to a drawing, a picture or the table of the same data."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from brinkline.charts import Chart, chart, find_kind, png
from brinkline.cli.output import check_format, standard_output
from brinkline.cli.terminal import stderr
from brinkline.coding import Engine, code_narratives, existing, narratives_from, narratives_in
from brinkline.errors import InputError, NotFound, UsageError
from brinkline.exchange import write_whole
from brinkline.exchange.cells import guarded, table_writer
from brinkline.model import Narrative
from brinkline.reading import find_inputs
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.settings import resolve_settings

#: Codings looked at before it is said that there are several.
_MOST = 9
FORMATS = ("svg", "png", "csv", "json")


def chart_command(kind: str, source: str, out: str, form: str | None, number: int | None, scale: float) -> int:
    """0 after the chart was written to a file or to standard output."""
    find_kind(kind)
    form = _form(out, form)
    drawn = chart(kind, _coding(source, number))
    data = _content(drawn, form, scale)
    if out == "-":
        _print(data)
        return 0
    if source != "-" and Path(out).exists() and Path(out).samefile(source):
        raise UsageError("BL123", f"the output would overwrite the input {source}", remedy="name another file with --out")
    write_whole(out, data)
    stderr().print(f"written: {out}", markup=False)
    return 0


def rows_csv(drawn: Chart) -> str:
    """The table of a chart as CSV; text is guarded against spreadsheets that would run it."""
    stream = io.StringIO()
    put = table_writer(stream, drawn.rows.columns)
    for row in drawn.rows.rows:
        put([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def rows_json(drawn: Chart) -> str:
    """The table of a chart as JSON: kind, title, what it shows in words, and one object for each row."""
    rows = [dict(zip(drawn.rows.columns, row, strict=True)) for row in drawn.rows.rows]
    content = {"chart": drawn.kind, "title": drawn.title, "description": drawn.told, "rows": rows}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _form(out: str, form: str | None) -> str:
    """The form asked for: ``--as``, else the suffix of the file, else SVG."""
    if form is None:
        form = Path(out).suffix.removeprefix(".").lower() or "svg"
    check_format(form, FORMATS)
    return form


def _content(drawn: Chart, form: str, scale: float) -> str | bytes:
    match form:
        case "csv":
            return rows_csv(drawn)
        case "json":
            return rows_json(drawn)
        case "png":
            return png(drawn.svg, scale=scale)
        case _:
            return drawn.svg + "\n"


def _print(data: str | bytes) -> None:
    if isinstance(data, str):
        with standard_output() as stream:
            stream.write(data)
        return
    if sys.stdout.isatty():
        raise UsageError("BL172", "a picture is not for the terminal", remedy="name a file: --out chart.png")
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def _coding(source: str, number: int | None) -> Coding:
    """The one coding asked for: read from JSON where the input is a coding, else made from the narrative."""
    name = "<stdin>" if source == "-" else source
    found = list(_codings(source, name, number))
    if not found:
        raise NotFound("BL503", f"no narrative has the number {number}", place=name, remedy="leave out --number")
    if len(found) > 1:
        numbers = ", ".join(str(coding.narrative.number) for coding in found)
        raise UsageError(
            "BL105", "the input holds several narratives", place=name, remedy=f"choose one with --number: {numbers}"
        )
    return found[0]


def _codings(source: str, name: str, number: int | None) -> Iterator[Coding]:
    """The codings of the input that have the number (None: any), no more than ``_MOST`` of them."""
    raw = sys.stdin.buffer.read() if source == "-" else _bytes(existing(source))
    if documents := _documents(raw):
        codings = (_read(document, name) for document in documents)
        yield from islice((coding for coding in codings if number in (None, coding.narrative.number)), _MOST)
        return
    engine = Engine(None, resolve_settings({}, os.environ))
    narratives: Iterable[Narrative | InputError]
    if source == "-":
        narratives = narratives_from(io.BytesIO(raw), name, engine)
    else:
        narratives = narratives_in(find_inputs([Path(source)]), engine)
    wanted = (item for item in narratives if isinstance(item, InputError) or number in (None, item.number))
    for item in code_narratives(islice(wanted, _MOST), engine):
        if isinstance(item, InputError):
            raise item
        yield item


def _bytes(path: Path) -> bytes:
    """What a file holds; nothing for a folder, whose files are read one by one."""
    try:
        return b"" if path.is_dir() else path.read_bytes()
    except OSError as error:
        raise InputError("BL201", f"cannot be read: {error.strerror}", place=str(path), remedy="check your rights") from None


def _documents(raw: bytes) -> list[dict[str, Any]]:
    """The codings of a JSON or JSON Lines file; empty when it is something else, such as a narrative."""
    if not raw.lstrip().startswith(b"{"):
        return []
    try:
        text = raw.decode("utf-8")
        try:
            values = [json.loads(text)]
        except ValueError:
            values = [json.loads(line) for line in text.split("\n") if line.strip()]
    except ValueError:
        return []
    return values if all(isinstance(value, dict) and "schema_version" in value for value in values) else []


def _read(document: dict[str, Any], name: str) -> Coding:
    try:
        return read_coding(document)
    except InputError as error:
        raise InputError(error.code, error.message, place=f"{name}: {error.place}", remedy=error.remedy) from None
