"""Terms of a query as conditions on the index tables: each gives the sentences, events or claims that meet it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy import Column as Col
from sqlalchemy.sql.selectable import TextualSelect

from brinkline.calendar import to_number
from brinkline.reference.codebook import codebook
from brinkline.search.actor_terms import actor_ids
from brinkline.search.day_terms import Days, days_named
from brinkline.search.event_terms import type_named
from brinkline.search.query import Or, Query, Term, Words
from brinkline.search.value_terms import ANY, OPEN, variables_named
from brinkline.store.claims import PROGRAM
from brinkline.store.schema import claim, decision, found_actor, found_date, found_event, found_event_actor, found_value, person
from brinkline.store.stems import stem
from brinkline.store.words import encode

Condition = ColumnElement[bool]

_RANGE = re.compile(r"(-?\d+)?\.\.(-?\d+)?")
_PARTS = (("66", "01"), ("77", "11"), ("88", "21"))
_STATE_OF = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "skip": "skipped",
    "flag": "flagged",
    "adjudicate": "settled",
    "outdated": "outdated",
}


def among(column: Any, values: Iterable[Any], dialect: str) -> Condition:
    """True for rows whose column is one of many values, given as one parameter."""
    given = list(values)
    whole = isinstance(given[0], int) if given else True
    if dialect == "sqlite":
        each = func.json_each(bindparam(None, json.dumps(given), String)).table_valued("value")
        return column.in_(select(each.c.value))  # type: ignore[no-any-return]
    kind = ARRAY(Integer if whole else String)
    return column == any_(bindparam(None, given, kind))  # type: ignore[no-any-return]


def word_sentences(words: Words, dialect: str) -> TextualSelect:
    """The sentences that hold words beside one another."""
    column = "stems" if words.form == "stem" else "words"
    given = [encode(stem(word) if words.form == "stem" else word) for word in words.words]
    if dialect == "sqlite":
        # FTS5: a phrase of a column; the star behind it makes the last word the beginning of one.
        match = f'{column} : "{" ".join(given)}"' + (" *" if words.prefix else "")
        statement = "SELECT rowid AS id FROM found_text WHERE found_text MATCH :match"
    else:
        match = " <-> ".join(f"'{word}'" for word in given) + (":*" if words.prefix else "")
        statement = f"SELECT id FROM found_sentence WHERE {column}_vector @@ CAST(:match AS tsquery)"
    return text(statement).bindparams(match=match).columns(Col("id", Integer))


def actor_sentences(term: Term, dialect: str) -> Select[Any]:
    """The sentences that name one of the actors."""
    return select(found_actor.c.sentence_id).where(found_actor.c.actor_id.in_(_ids(term.values)))


def date_sentences(term: Term) -> tuple[Select[Any], Select[Any]]:
    """The sentences that name a day of the spans, and those with an event of such a day."""
    return (
        select(found_date.c.sentence_id).where(or_(*(_overlaps(found_date, value) for value in term.values))),
        select(found_event.c.sentence_id).where(or_(*(_overlaps(found_event, value) for value in term.values))),
    )


def event_condition(part: Query) -> Condition:
    """What one event must be for a term of events or a choice of such terms."""
    if isinstance(part, Or):
        return or_(*(event_condition(item) for item in part.parts))
    if not isinstance(part, Term):
        raise TypeError(f"not a term of an event: {part!r}")
    match part.field:
        case "type":
            return or_(*(_type(value) for value in part.values))
        case "who" | "whom":
            return _side(part.field, _ids(part.values))
        case "dyad":
            return or_(*(_dyad(value) for value in part.values))
        case "date":
            return or_(*(_overlaps(found_event, value) for value in part.values))
        case field:
            return found_event.c[field].in_(part.values)


def value_condition(term: Term, dialect: str) -> Condition:
    """What a coded value must be for a term of a variable."""
    level, _, name = term.field.rpartition(".")
    dated = any(variable.scale == "date" for variable in variables_named(codebook(), term.field))
    parts: list[Condition] = [found_value.c.field == name]
    if level:
        on_crisis = found_value.c.subject == "crisis"
        parts.append(on_crisis if level == "crisis" else ~on_crisis)
    return and_(*parts, or_(*(_value(value, dialect, dated) for value in term.values)))


def claim_condition(term: Term, claim_id: Any) -> Condition:
    """What a claim must be for ``basis``, ``state`` or ``coder``; ``claim_id`` is the column that names it."""
    match term.field:
        case "basis":
            return exists().where(claim.c.id == claim_id, claim.c.basis.in_(term.values))
        case "state":
            return or_(*(_state(value, claim_id) for value in term.values))
        case _:
            return or_(*(_coder(value, claim_id) for value in term.values))


def _ids(names: Iterable[str]) -> list[str]:
    return [item for name in names for item in actor_ids(name)]


def _type(name: str) -> Condition:
    found = type_named(name)
    if found is None:
        raise KeyError(name)
    types = found[1]
    return found_event.c.plover.in_(sorted(types.roots)) if types.roots else found_event.c.type.in_(sorted(types.leaves))


def _side(side: str, ids: Sequence[str]) -> Condition:
    table = found_event_actor
    return found_event.c.claim_id.in_(select(table.c.claim_id).where(table.c.side == side, table.c.actor_id.in_(ids)))


def _dyad(value: str) -> Condition:
    """Both sides of a dyad, "JPN-RUS" in either direction."""
    one, sign, other = split_dyad(value)
    there = and_(_side("who", _ids((one,))), _side("whom", _ids((other,))))
    return there if sign == ">" else or_(there, and_(_side("who", _ids((other,))), _side("whom", _ids((one,)))))


def split_dyad(value: str) -> tuple[str, str, str]:
    """The two actors of a canonical dyad and the sign between them.

    >>> split_dyad("body:un-security-council>JPN")
    ('body:un-security-council', '>', 'JPN')
    """
    if ">" in value:
        one, sign, other = value.partition(">")
        return one, sign, other
    for found in re.finditer("-", value):
        one, other = value[: found.start()], value[found.end() :]
        if all(":" in side or side.isupper() for side in (one, other)):
            return one, "-", other
    one, sign, other = value.partition("-")
    return one, sign, other


def _overlaps(table: Any, value: str) -> Condition:
    """True for a date that can lie in the span."""
    since, until = days_named(value) or (None, None)
    parts: list[Condition] = [table.c.first.is_not(None)]
    if until is not None:
        parts.append(table.c.first <= to_number(until))
    if since is not None:
        parts.append(table.c.last >= to_number(since))
    return and_(*parts)


def _value(value: str, dialect: str, dated: bool) -> Condition:
    column = found_value.c.value
    if value == ANY:
        return column.is_not(None)
    if value == OPEN:
        return column.is_(None)
    if dated and (days := days_named(value)):
        return _day_value(column, days, dialect)
    if number := _RANGE.fullmatch(value):
        whole = cast(case((_is_number(column, dialect), column)), Integer)
        low, high = number.groups()
        return and_(*([whole >= int(low)] if low else []), *([whole <= int(high)] if high else []))
    return column == value


def _is_number(column: Any, dialect: str) -> Condition:
    if dialect == "sqlite":
        digits = func.ltrim(column, "-")
        return and_(digits != "", ~digits.op("GLOB")("*[^0-9]*"))
    return column.op("~")(r"^-?[0-9]{1,9}$")  # type: ignore[no-any-return]


def _day_value(column: Any, days: Days, dialect: str) -> Condition:
    """True for a coded day, month or year that can lie in a span: what is coded coarsely counts when it overlaps it."""
    plain = column.collate("BINARY" if dialect == "sqlite" else "C")
    since, until = (day.iso() if day else None for day in days)
    parts = [column.is_not(None)]
    if since is not None:
        # A month or year is cut as short as the coded value: "1938-07" lies not before "1938-07-09".
        parts.append(or_(*(and_(func.length(column) == size, plain >= since[:size]) for size in (4, 7, 10))))
    if until is not None:
        # ICB's days 66, 77 and 88 (early, middle and late in the month) begin on the 1st, 11th and 21st.
        start = case(
            *((func.substr(column, 9) == code, func.substr(column, 1, 8).concat(day)) for code, day in _PARTS), else_=column
        )
        parts.append(start.collate("BINARY" if dialect == "sqlite" else "C") <= until)
    return and_(*parts)


def _coder(name: str, claim_id: Any) -> Condition:
    """True for claims that somebody made or decided on; the index holds claims of the program alone."""
    if name == PROGRAM:
        return true()
    own = select(person.c.id).where(person.c.name == name)
    decided = select(decision.c.claim_id).where(decision.c.person_id.in_(own), _live())
    return claim_id.in_(decided)  # type: ignore[no-any-return]


def _live(given: Any = decision) -> Condition:
    """True for decisions that are neither withdrawals nor withdrawn."""
    gone = decision.alias()
    withdrawn = exists().where(gone.c.follows == given.c.id, gone.c.verdict == "withdraw")
    return and_(given.c.verdict != "withdraw", ~withdrawn)


def _state(state: str, claim_id: Any) -> Condition:
    """True for claims in that state: the fold of ``decision.standing`` in SQL."""
    if state == "undecided":
        return ~exists().where(decision.c.claim_id == claim_id, _live())
    verdict = next(name for name, of in _STATE_OF.items() if of == state)
    fits = or_(decision.c.verdict == verdict, and_(decision.c.verdict == "carry", _carried() == verdict))
    return claim_id.in_(select(decision.c.claim_id).where(fits, _live(), _stands()))  # type: ignore[no-any-return]


def _stands() -> Condition:
    """True for the decision that settles its claim: the last adjudication, else the last one of all."""
    other = decision.alias()
    settles, settled = other.c.verdict == "adjudicate", decision.c.verdict == "adjudicate"
    outdone = case((settled, and_(settles, other.c.seq > decision.c.seq)), else_=or_(settles, other.c.seq > decision.c.seq))
    return ~exists().where(other.c.claim_id == decision.c.claim_id, _live(other), outdone)


def _carried() -> Any:
    """The verdict that the note of a carried decision names, "accept" when it names none."""
    note = decision.c.note
    return case(*((or_(note == name, note.like(f"{name} %")), name) for name in _STATE_OF), else_="accept")
