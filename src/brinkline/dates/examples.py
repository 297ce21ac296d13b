"""The examples of the data files of ``brinkline.dates``: each pattern must find its own expressions, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brinkline.dates.find import Found, find_expressions
from brinkline.dates.guards import is_date
from brinkline.rules import Example, Rule, examples_of

_BRACKETED = re.compile(r"\[([^\]]+)\]")


def examples() -> Iterator[Example]:
    """The examples of ``patterns.toml``. Expressions stand in square brackets; a range has a bracket for each end."""
    yield from examples_of("dates/patterns.toml", _is_found, _holds_no_date)


def _is_found(rule: Rule, text: str) -> str | None:
    wanted = _BRACKETED.findall(text)
    plain = re.sub(r"[\[\]]", "", text)
    items = _expressions(plain)
    if [words for words, found in items if found == rule.id] == wanted:
        return None
    return f"wanted {_listed((words, rule.id) for words in wanted)}; found {_listed(items)}"


def _holds_no_date(_: Rule, text: str) -> str | None:
    items = _expressions(text)
    return f"wanted nothing; found {_listed(items)}" if items else None


def _expressions(text: str) -> list[tuple[str, str]]:
    items: list[Found] = [item for item in find_expressions(text, 0, len(text)) if is_date(item, text)]
    return [(text[item.start : item.end], item.rule) for item in items]


def _listed(items: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    return ", ".join(f"{words!r} by {rule}" for words, rule in items) or "nothing"
