"""The pieces of a query with their places: words, quoted phrases, fields, values, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from brinkline.search.faults import fault

Kind = Literal["word", "phrase", "field", "value", "comma", "minus", "open", "close", "or", "and", "not", "end"]

_QUOTES = '"“”„«»'
_FIELD = re.compile(r"([^\W\d][\w.]*):")
_RUN = re.compile(rf"[^\s(){_QUOTES}]+")
_VALUE = re.compile(rf"[^\s(){_QUOTES},]+")
_OPERATORS: dict[str, Kind] = {"OR": "or", "AND": "and", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: what it is, its text without quotation marks, its range in the query."""

    kind: Kind
    text: str
    start: int
    end: int


def scan(query: str) -> tuple[Piece, ...]:
    """The pieces of a query, an "end" piece last; UsageError BL451 for a quotation mark that is never closed."""
    return (*_pieces(query), Piece("end", "", len(query), len(query)))


def _pieces(query: str) -> Iterator[Piece]:
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield Piece("open" if char == "(" else "close", char, at, at + 1)
            at += 1
        elif char == "-" and _starts_something(query, at):
            yield Piece("minus", char, at, at + 1)
            at += 1
        elif char in _QUOTES:
            piece = _quoted(query, at, "phrase")
            yield piece
            at = piece.end
        elif found := _FIELD.match(query, at):
            yield Piece("field", found[1], at, found.end())
            at = found.end()
            for piece in _values(query, at):
                yield piece
                at = piece.end
        else:
            run = _RUN.match(query, at)
            end = run.end() if run else at + 1
            text = query[at:end]
            yield Piece(_OPERATORS.get(text, "word"), text, at, end)
            at = end


def _starts_something(query: str, at: int) -> bool:
    """A minus negates what follows it at once; a dash between blanks does not."""
    following = query[at + 1 : at + 2]
    return bool(following) and not following.isspace() and following not in ")-"


def _values(query: str, at: int) -> Iterator[Piece]:
    """The values behind a field, joined by commas without blanks."""
    while at < len(query):
        if query[at] in _QUOTES:
            piece = _quoted(query, at, "value")
        elif found := _VALUE.match(query, at):
            piece = Piece("value", found[0], at, found.end())
        else:
            return
        yield piece
        at = piece.end
        if query[at : at + 1] != ",":
            return
        yield Piece("comma", ",", at, at + 1)
        at += 1


def _quoted(query: str, at: int, kind: Kind) -> Piece:
    """A passage in quotation marks of any kind; a doubled mark stands for itself. A phrase may end in ``*``."""
    text, here = "", at + 1
    while here < len(query):
        if query[here] in _QUOTES:
            if query[here : here + 2] == '""':
                text, here = text + '"', here + 2
                continue
            return Piece(kind, text, at, here + 1)
        text, here = text + query[here], here + 1
    raise fault("BL451", "a quotation mark is never closed", query, at, at + 1, 'close it: "like this"')
