"""A query as frozen records, and its canonical text: ``parse(query_text(query)) == query``.

    query  = Words | Term | Not | And | Or

``Or`` holds at least two parts and none of its own kind, ``Not`` no ``Not``. A group in parentheses inside an ``And``
stays a group of its own only when it holds terms that bind (``BINDING``): those speak of one event, or of one claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

#: What a term speaks of: a sentence, an event of the sentence, or the narrative by its claims.
Reach = Literal["sentence", "event", "date", "narrative", "value", "claim"]
Form = Literal["word", "stem"]

#: Terms of these kinds that stand beside one another speak of one event, or of the claims of one subject.
BINDING: tuple[Reach, ...] = ("event", "value", "claim")

_PLAIN = re.compile(r"[^\s()\",]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words next to one another, folded. ``prefix``: the last one is only the beginning of a word. ``form`` "stem": any
    form of the words counts."""

    words: tuple[str, ...]
    form: Form = "word"
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A field and the values of which one must hold, in canonical form: actor ids, leaf types, codes, days or ranges."""

    field: str
    values: tuple[str, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the part does not."""

    part: Words | Term | And | Or


@dataclass(frozen=True, slots=True)
class And:
    """Holds where all parts do; has one part only where a single term is a group inside another ``And``."""

    parts: tuple[Words | Term | Not | And | Or, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Holds where one of the parts does."""

    parts: tuple[Words | Term | Not | And, ...]


Query = Words | Term | Not | And | Or


def query_text(query: Query) -> str:
    """The canonical text of a query.

    >>> query_text(And((Words(("fire",)), Not(Words(("cease", "fire"))))))
    'fire -"cease fire"'
    """
    match query:
        case Or(parts):
            return " OR ".join(query_text(part) for part in parts)
        case And(parts):
            return " ".join(_in_and(part) for part in parts)
        case Not(part):
            return f"-{_grouped(part)}"
        case Words():
            return _words_text(query)
        case Term(field, values):
            return f"{field}:{','.join(_value_text(value) for value in values)}"


def _in_and(part: Query) -> str:
    return f"({query_text(part)})" if isinstance(part, And | Or) else query_text(part)


def _grouped(part: Query) -> str:
    return f"({query_text(part)})" if isinstance(part, And | Or) else query_text(part)


def _words_text(words: Words) -> str:
    text = " ".join(words.words) + ("*" if words.prefix else "")
    quoted = len(words.words) > 1 or text in ("or", "and", "not")
    text = f'"{text}"' if quoted else text
    return f"stem:{text}" if words.form == "stem" else text


def _value_text(value: str) -> str:
    """A value that stands as it is, or in quotation marks (doubled inside)."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def conjunction(parts: list[Query]) -> Query:
    """The parts joined by "and"; groups without binding terms dissolve into it; the part itself when it is one."""
    if len(parts) == 1:
        return _alone(parts[0])
    flat: list[Words | Term | Not | And | Or] = []
    for part in parts:
        if isinstance(part, And) and not any(isinstance(item, And) or binds(item) for item in part.parts):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return And(tuple(flat))


def group(query: Query) -> Query:
    """What stands in parentheses: a single binding term becomes a group, so that it keeps an event of its own."""
    return And((query,)) if isinstance(query, Term) and binds(query) else query


def binds(query: Query) -> bool:
    """True for a term that speaks of one event or claim together with its neighbours, and for a choice of terms of events."""
    if isinstance(query, Or):
        return all(isinstance(part, Term) and part.reach == "event" for part in query.parts)
    return isinstance(query, Term) and query.reach in BINDING


def _alone(query: Query) -> Query:
    return query.parts[0] if isinstance(query, And) and len(query.parts) == 1 else query


def disjunction(parts: list[Query]) -> Query:
    """The parts joined by "or", dissolved likewise."""
    flat: list[Words | Term | Not | And] = []
    for part in map(_alone, parts):
        if isinstance(part, Or):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(part: Query) -> Query:
    """What holds where the part does not; twice "not" is the part itself."""
    part = _alone(part)
    return part.part if isinstance(part, Not) else Not(part)


def terms_of(query: Query) -> tuple[Words | Term, ...]:
    """Every term and run of words, in the order of the text, those under "not" included."""
    match query:
        case Or(parts) | And(parts):
            return tuple(term for part in parts for term in terms_of(part))
        case Not(part):
            return terms_of(part)
        case Words() | Term():
            return (query,)
