"""A report in any of its formats, on a stream or in a file that appears whole or not at all."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TextIO

from brinkline.errors import UsageError
from brinkline.evaluate.records import Report
from brinkline.exchange import whole_file

FORMATS = ("table", "json", "csv", "html")


def check_format(name: str) -> str:
    """The name of a format. UsageError BL120 when there is no such format."""
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1)
        remedy = f"did you mean {near[0]}?" if near else "formats: " + ", ".join(FORMATS)
        raise UsageError("BL120", f"unknown format {name!r}", remedy=remedy)
    return name


def write_report(report: Report, form: str, stream: TextIO, *, misses: int = 10) -> None:
    """Put the report on a stream. ``misses`` bounds those of the terminal table; the other formats have all of them."""
    match check_format(form):
        case "json":
            from brinkline.evaluate.files import write_json

            write_json(report, stream)
        case "csv":
            from brinkline.evaluate.files import write_csv

            write_csv(report, stream)
        case "html":
            from brinkline.evaluate.page import write as write_page

            write_page(report, stream)
        case _:
            from brinkline.evaluate.text import write as write_text

            write_text(report, stream, misses=misses)


def save_report(report: Report, form: str, path: str | Path, *, misses: int = 10) -> tuple[Path, ...]:
    """The files written. CSV into a folder (one that exists, or a name ending in a slash) makes a file for each table."""
    if check_format(form) == "csv" and (str(path).endswith(("/", "\\")) or Path(path).is_dir()):
        from brinkline.evaluate.files import write_folder

        try:
            Path(path).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError("BL121", "cannot make the folder", place=str(path), remedy="choose another place") from error
        return write_folder(report, Path(path))
    with whole_file(path) as stream:
        write_report(report, form, stream, misses=misses)
    return (Path(path),)
