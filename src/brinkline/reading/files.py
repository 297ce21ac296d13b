"""``read``: the narratives of a file of any format; ``read_bytes``: of its content; ``find_inputs``: files of folders.

The content decides first (PDF and ZIP by their first bytes, TimeML and HTML pages by their opening), then the suffix, then, for
standard input and files without a telling suffix, the shape of the first line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from brinkline.errors import InputError
from brinkline.model import Narrative, Notice
from brinkline.reading.clean import clean
from brinkline.reading.decode import decode
from brinkline.reading.documents import docx_text, pdf_text, unsupported
from brinkline.reading.html import html_to_text
from brinkline.reading.json_lines import read_json, read_json_lines
from brinkline.reading.layout import parse
from brinkline.reading.markdown import markdown_to_text
from brinkline.reading.table import has_header, read_table
from brinkline.reading.timeml import parse_timeml

_MAX_CHARACTERS = 20_000_000
_BYTES_A_CHARACTER = 4
_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "table",
    ".tsv": "table",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    ".tml": "timeml",
    ".pdf": "pdf",
    ".docx": "docx",
}
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
)
_MANY = {"table": read_table, "json lines": read_json_lines, "json": read_json}
_ABOUT = ("readme", "license", "licence", "changelog")


def read(
    path: Path | str, *, max_characters: int = _MAX_CHARACTERS, text_column: str | None = None
) -> Iterator[Narrative | InputError]:
    """The narratives of a file; a bad row of a table or line of JSON comes as an InputError in its place and the rest goes on.

    InputError is raised when the file as a whole cannot be read: BL201 (not readable), BL203 (empty), BL204 (not decodable),
    BL205 (binary), BL207 (longer than ``max_characters``), BL208 (format not read), BL213 (no column of text).
    MissingExtra for PDF and DOCX without the optional part [documents].
    """
    path = Path(path)
    try:
        with path.open("rb") as handle:
            content = handle.read(_BYTES_A_CHARACTER * max_characters + 1)
    except OSError as error:
        raise InputError(
            "BL201", f"cannot be read: {error.strerror or error}", place=str(path), remedy="check the path and your rights"
        ) from None
    yield from read_bytes(content, str(path), path.suffix, max_characters=max_characters, text_column=text_column)


def read_bytes(
    data: bytes, source: str, suffix: str = "", *, max_characters: int = _MAX_CHARACTERS, text_column: str | None = None
) -> Iterator[Narrative | InputError]:
    """The narratives of a file's content; ``suffix`` (".csv") helps to tell the format. Errors as ``read``."""
    kind = _kind(data, suffix.lower(), source)
    if len(data) > _BYTES_A_CHARACTER * max_characters:
        raise _too_long(source, max_characters)
    if kind == "pdf":
        yield _checked(pdf_text(data, source, max_characters), source, (), max_characters)
    elif kind == "docx":
        text, title = docx_text(data, source, max_characters)
        yield _checked(text, source, (), max_characters, title=title)
    else:
        text, notices = decode(data, source)
        if len(text) > max_characters:
            raise _too_long(source, max_characters)
        yield from _from_text(text, source, kind or _shape(text), notices, text_column)


def find_inputs(paths: Iterable[Path]) -> list[Path]:
    """The files to read: files as given, folders searched to the bottom, sorted by name, each file once.

    In folders hidden files, files of unknown kinds and files about the folder (README, LICENSE, CHANGELOG) are passed over.
    InputError BL206 for a folder without a file that can be read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        files = _in_folder(path) if path.is_dir() else [path]
        if not files:
            raise InputError(
                "BL206",
                "the folder holds no narratives",
                place=str(path),
                remedy="files that are read: " + " ".join(sorted(_KINDS)),
            )
        found.update(dict.fromkeys(files))
    return list(found)


def _in_folder(folder: Path) -> list[Path]:
    files = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [Path(root, name) for name in names if _is_narrative_name(name)]
    return sorted(path for path in files if path.is_file())


def _is_narrative_name(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in _KINDS and Path(name).stem.lower() not in _ABOUT


def _kind(data: bytes, suffix: str, source: str) -> str:
    """The format told by the first bytes or the suffix; "" when only the text can tell."""
    if not data.strip():
        raise _empty(source)
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise unsupported(what, source)
    opening = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"<timeml" in opening and opening.startswith(b"<"):
        return "timeml"
    if opening.startswith((b"<!doctype html", b"<html")):
        return "html"
    kind = _KINDS.get(suffix, "")
    return "" if kind in ("pdf", "docx") else kind


def _shape(text: str) -> str:
    """The format of a text without a telling suffix: JSON objects, a table with known columns, or text."""
    opening = text.lstrip()
    if opening.startswith("{"):
        return "json lines" if opening[: opening.find("\n")].rstrip().endswith("}") or "\n" not in opening.strip() else "json"
    if opening.startswith("[{"):
        return "json"
    return "table" if has_header(text) else "text"


def _from_text(
    text: str, source: str, kind: str, notices: tuple[Notice, ...], text_column: str | None
) -> Iterator[Narrative | InputError]:
    if not text.strip():
        raise _empty(source)
    if kind in _MANY:
        some = False
        for item in _MANY[kind](_unix_lines(text), source, text_column):
            some = True
            yield replace(item, warnings=(*notices, *item.warnings)) if isinstance(item, Narrative) else item
        if not some:  # a header without rows, an empty list
            raise _empty(source)
    elif kind == "timeml":
        narrative = parse_timeml(text, source)
        yield replace(narrative, warnings=(*notices, *narrative.warnings))
    elif kind == "html":
        words, title, broken = html_to_text(text)
        yield _checked(words, source, (*notices, *broken), len(text), title=title)
    elif kind == "markdown":
        words, fields = markdown_to_text(text)
        number = fields.get("number", fields.get("crisno", ""))
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
        yield _checked(words, source, notices, len(text), title=fields.get("title", ""), number=known)
    else:
        yield _checked(text, source, notices, len(text))


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _checked(
    text: str, source: str, notices: tuple[Notice, ...], max_characters: int, *, title: str = "", number: int | None = None
) -> Narrative:
    text, more = clean(text)
    if not text.strip():
        raise _empty(source)
    if len(text) > max_characters:
        raise _too_long(source, max_characters)
    return parse(text, source, number=number, title=title, notices=(*notices, *more))


def _empty(source: str) -> InputError:
    return InputError("BL203", "the input is empty", place=source, remedy="give a text with at least one sentence")


def _too_long(source: str, limit: int) -> InputError:
    return InputError(
        "BL207", f"longer than {limit:,} characters", place=source, remedy="raise the setting max_characters or split the file"
    )
