"""``from_fields``: a narrative from the named parts of a row or object (number, title, background, summary, ...).

A row with parts becomes one text in the ICB layout, so that its positions mean the same as those of a file. A row with nothing
but its text keeps that text as it is; number and title are then metadata only.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping

from brinkline import data
from brinkline.errors import InputError
from brinkline.model import Narrative, Notice
from brinkline.reading.clean import clean
from brinkline.reading.html import html_to_text
from brinkline.reading.layout import parse

_PARTS = ("background", "references", "updated")
_HTML_SIGNS = ("</", "<br", "<p>", "<a ", "&amp;", "&quot;", "&nbsp;", "&#", "&lt;", "&mdash;", "&ndash;", "&rsquo;", "&lsquo;")


@functools.cache
def _roles() -> dict[str, str]:
    """Column names in lower case and what they hold."""
    rows = data.toml("brinkline.reading", "columns.toml")["column"]
    return {name: row["role"] for row in rows for name in row["names"]}


def assign_roles(names: Iterable[str], source: str, text_column: str | None = None) -> dict[str, str]:
    """The role (number, title, background, text, references, updated) of each column that has one.

    InputError BL213 when ``text_column`` is not there, or when no column holds the text.
    """
    names = [name for name in names if name]
    if text_column is not None and text_column not in names:
        raise _no_column(text_column, names, source)
    roles: dict[str, str] = {}
    for name in names:
        role = _roles().get(name.strip().lower().replace(" ", "_"), "")
        if role and role not in roles.values() and not (role == "text" and text_column is not None):
            roles[name] = role
    if text_column is not None:
        roles[text_column] = "text"
    return _settle(roles, names, source)


def _settle(roles: dict[str, str], names: list[str], source: str) -> dict[str, str]:
    """A summary is the text when there is no other; beside a text, which is then the whole narrative, parts are left out."""
    held = set(roles.values())
    if "text" in held and "summary" in held:
        return {name: role for name, role in roles.items() if role not in ("background", "summary")}
    if not held & {"text", "summary"}:
        raise _no_column("text", names, source)
    return {name: "text" if role == "summary" else role for name, role in roles.items()}


def _no_column(wanted: str, names: list[str], source: str) -> InputError:
    likely = [name for name in names if name.lower() in data.toml("brinkline.reading", "columns.toml")["likely_text"]]
    near = likely or difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    remedy = (
        f"did you mean --text-column {near[0]}?" if near else "name the column that holds the narratives with --text-column"
    )
    return InputError(
        "BL213",
        f'column "{wanted}" not found in {source}',
        place="the file has: " + (", ".join(names) or "no columns"),
        remedy=remedy,
    )


def from_fields(values: Mapping[str, str], source: str) -> Narrative:
    """The narrative of the values by role. InputError BL214 when there is no text, BL215 when the number is no whole number."""
    cells: dict[str, str] = {}
    notices: list[Notice] = []
    for role, value in values.items():
        cells[role], found = _cell(value)
        notices += found
    if not cells.get("text") and not cells.get("background"):
        raise InputError("BL214", "the row has no text", place=source, remedy="fill the text or leave the row out")
    number = _number(cells.get("number", ""), source)
    title = " ".join(cells.get("title", "").split())
    parts = any(cells.get(role) for role in _PARTS)
    text, more = clean(_compose(number, title, cells) if parts else cells["text"])
    return parse(text, source, number=number, title=title, notices=(*notices, *more))


def _cell(value: str) -> tuple[str, tuple[Notice, ...]]:
    """The words of a cell; tags and entities of HTML are read when it has any."""
    if any(sign in value for sign in _HTML_SIGNS):
        text, _, notices = html_to_text(_keep_lines(value))
        return text, notices
    return value.strip(), ()


def _keep_lines(value: str) -> str:
    """Line ends of a cell are paragraphs unless it marks its own with tags."""
    if "<p" in value or "<br" in value or "<div" in value:
        return value
    return value.replace("\r\n", "\n").replace("\n", "<br>")


def _number(value: str, source: str) -> int | None:
    value = value.strip().removesuffix(".0")
    if not value:
        return None
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise InputError(
            "BL215", f"the number {value[:40]!r} is not a whole number", place=source, remedy="give a number such as 55"
        )
    return int(value)


def _compose(number: int | None, title: str, cells: Mapping[str, str]) -> str:
    """One text in the ICB layout; empty parts are left out, and a heading that a part brings along is not written twice."""
    blocks = []
    if number is not None:
        blocks.append(f"CRISNO {number}")
    if title:
        blocks.append(title)
    for role, heading in (("background", "Background:"), ("text", "Summary:"), ("references", "References:")):
        words = cells.get(role, "")
        if words:
            blocks += [words] if words.lower().startswith(heading.lower()) else [heading, words]
    updated = cells.get("updated", "")
    if updated:
        blocks.append(updated if updated.lower().startswith("last updated") else f"Last Updated: {updated}")
    return "\n\n".join(blocks) + "\n"
