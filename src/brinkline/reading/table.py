"""``read_table``: the narratives of a CSV or TSV table, one a row, such as the ICB summaries table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.reading.fields import assign_roles, from_fields

_DELIMITERS = ",;\t|"


@dataclass(slots=True)
class _Lines:
    """The lines of the table with the place reached: csv pulls lines, and a broken row is read again from its second."""

    lines: list[str]
    at: int = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def read_table(text: str, source: str, text_column: str | None = None) -> Iterator[Narrative | InputError]:
    """A narrative for each row, an InputError in place of a row that cannot be read (BL214, BL215, BL216).

    Columns are known by name (``columns.toml``); ``text_column`` names the one that holds the text. InputError BL213 is raised
    when there is none. Rows count as in a spreadsheet: the header is row 1.
    """
    rows = iter(_rows(text))
    first = next(rows, None)
    header = first[1] if first is not None and isinstance(first[1], list) else []
    header = [name.strip() for name in header]
    roles = assign_roles(header, source, text_column)
    for number, cells in rows:
        if isinstance(cells, str):
            yield InputError("BL216", cells, place=f"{source}, row {number}", remedy="double the quotation marks inside a cell")
        elif any(cell.strip() for cell in cells):
            yield _narrative(header, roles, cells, f"{source}, row {number}")


def has_header(text: str) -> bool:
    """Whether the first line names columns of a table of narratives: more than one, a text and a number or a title."""
    first = next(_rows(text[: max(text.find("\n"), 0)] or text[:2000]), None)
    if first is None or isinstance(first[1], str) or len(first[1]) < 2:
        return False
    try:
        roles = set(assign_roles(first[1], "").values())
    except InputError:
        return False
    return bool(roles & {"number", "title"})


def _narrative(header: list[str], roles: dict[str, str], cells: list[str], place: str) -> Narrative | InputError:
    if any(cell.strip() for cell in cells[len(header) :]):
        return InputError(
            "BL216",
            f"the row has {len(cells)} cells, the header {len(header)}",
            place=place,
            remedy="put cells that hold the delimiter in quotation marks",
        )
    values = {roles[name]: cell for name, cell in zip(header, cells, strict=False) if name in roles}
    label = f"{place} (crisis {values['number'].strip()})" if values.get("number", "").strip() else place
    try:
        return from_fields(values, label)
    except InputError as error:
        return error


def _rows(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with its number; a message instead of its cells when its quotation marks do not pair up."""
    with _wide_cells():
        rows = list(_parsed(_Lines([line + "\n" for line in text.split("\n")]), _delimiter(text)))
    return enumerate(rows, start=1)


def _parsed(lines: _Lines, delimiter: str) -> Iterator[list[str] | str]:
    """The rows; after a broken one reading goes on at its second line, and lines of one broken row are one fault."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    broken = False
    while lines.at < len(lines.lines):
        begun = lines.at
        try:
            cells = next(reader, [])
        except csv.Error as error:
            lines.at = begun + 1
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            if not broken:
                yield f"the row cannot be read: {error}"
            broken = True
            continue
        if not (broken and len(cells) < 2):
            broken = False
            yield cells


@contextmanager
def _wide_cells() -> Iterator[None]:
    """Lets cells be as long as they are; the limit of the csv module is one for the whole program and is put back."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    header = text[: text.find("\n")] if "\n" in text else text
    return max(_DELIMITERS, key=header[:10_000].count)
