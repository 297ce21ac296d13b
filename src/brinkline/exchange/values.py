"""What the page shows beside the text: the coded values as rows of plain text, ready to be set in a template.

Rows have the short ids that ``marks`` gives (d, a, e, c, s, n and a number).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brinkline.model import Actor, Claim, Event, Mention, Notice, When
from brinkline.plain import coded_day_text, in_order, names, one_line, span_text
from brinkline.record import Coding, OwnVariable
from brinkline.reference.codebook import codebook

_LONGEST = 120
_BASIS = {"quoted": "quoted", "inferred": "inferred", "absent": "not told", "reference": "from a table"}


@dataclass(frozen=True, slots=True)
class Value:
    """A claim: the variable's name, what is shown of its value, its code, how it is known, its words."""

    id: str
    name: str
    field: str
    shown: str
    code: str
    basis: str
    basis_text: str
    quotes: tuple[str, ...]
    note: str
    how: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The crisis or one of its actors, with its values."""

    title: str
    code: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a reader's words."""

    id: str
    number: int
    date: str
    edtf: str
    who: str
    label: str
    whom: str
    where: str
    mode: str
    layer: str
    armed: bool
    words: str
    how: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date expression in a reader's words."""

    id: str
    words: str
    meaning: str
    edtf: str
    anchor: str
    off_line: bool


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor and its mentions as (short id, words, basis)."""

    name: str
    code: str
    kind: str
    mentions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A cited work or a pointer to another case."""

    id: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning; ``words`` is what it speaks of ("" when it speaks of no range)."""

    id: str
    code: str
    message: str
    words: str


def subjects(coding: Coding) -> tuple[Subject, ...]:
    """The crisis, when something is coded of it, and every crisis actor."""
    own = {(item.level, item.name): item for item in coding.own_variables}
    found = [Subject("The crisis", "", _values(coding.crisis, 0, "crisis", own))] if coding.crisis else []
    number = len(coding.crisis)
    for row in coding.crisis_actors:
        second = f", crisis {row.row}" if row.row > 1 else ""
        code = f"{row.abbrev} {row.cow}{second}".strip()
        found.append(Subject(one_line(row.name), one_line(code), _values(row.claims, number, "actor", own)))
        number += len(row.claims)
    return tuple(found)


def _values(claims: Iterable[Claim], first: int, level: str, own: Mapping[tuple[str, str], OwnVariable]) -> tuple[Value, ...]:
    return tuple(_value(claim, first + place, level, own.get((level, claim.field))) for place, claim in enumerate(claims))


def _value(claim: Claim, number: int, level: str, own: OwnVariable | None) -> Value:
    code = "" if claim.value is None else one_line(str(claim.value))
    label = one_line(claim.label)
    is_date = claim.field.endswith("_date") if own is None else own.scale == "date"
    date = coded_day_text(code) if is_date else ""
    shown = date or label or code
    return Value(
        id=f"c{number}",
        name=one_line(own.label) if own else _variable_name(claim.field, level),
        field=claim.field,
        shown="open" if claim.value is None else shown,
        code=code if code != shown else "",
        basis=claim.basis,
        basis_text=_BASIS[claim.basis],
        quotes=tuple(one_line(item.text) for item in in_order(claim.evidence)),
        note=one_line(claim.note),
        how=_how(claim.rule, claim.confidence),
    )


def _variable_name(field: str, level: str) -> str:
    """The variable's label in the codebook; the field itself for one that is not in it."""
    return next((item.label for item in codebook().variables if item.name == field and item.level == level), field)


def _how(rule: str, confidence: float) -> str:
    return f"rule {one_line(rule)}, confidence {confidence:.2f}"


def events(coding: Coding) -> tuple[EventRow, ...]:
    """All events in the order of the text."""
    return tuple(_event(event, number) for number, event in enumerate(coding.events))


def _event(event: Event, number: int) -> EventRow:
    return EventRow(
        id=f"e{number}",
        number=number + 1,
        date=meaning(event.when) if event.when else "",
        edtf=event.when.edtf if event.when else "",
        who=names(event.who),
        label=one_line(event.label),
        whom=names(event.whom),
        where=", ".join(dict.fromkeys(one_line(place.name) for place in event.where)),
        mode="" if event.mode == "done" else event.mode,
        layer=event.layer,
        armed=event.armed,
        words=one_line(event.evidence.text),
        how=_how(event.rule, event.confidence),
    )


def meaning(when: When) -> str:
    """What a date expression means, as people write it: its days, else its TIMEX3 value."""
    if when.kind in ("date", "time", "interval") and when.earliest and when.latest:
        return span_text(when.earliest, when.latest)
    return when.edtf or when.timex.value or "open"


def dates(coding: Coding) -> tuple[DateRow, ...]:
    """All date expressions in the order of the text."""
    return tuple(
        DateRow(f"d{n}", one_line(when.text), meaning(when), when.edtf, one_line(when.anchor), when.off_line)
        for n, when in enumerate(coding.dates)
    )


def actors(coding: Coding) -> tuple[ActorRow, ...]:
    """The actors with their mentions, most mentioned first; those that stayed open come last, under one row."""
    groups: dict[Actor | None, list[tuple[str, str, str]]] = {}
    for n, item in enumerate(coding.actors):
        groups.setdefault(item.actor, []).append((f"a{n}", one_line(item.text), _basis(item)))
    order = sorted(groups, key=lambda actor: (actor is None, -len(groups[actor]), actor.name if actor else ""))
    return tuple(_actor(actor, groups[actor]) for actor in order)


def _actor(actor: Actor | None, mentions: list[tuple[str, str, str]]) -> ActorRow:
    if actor is None:
        return ActorRow("Left open", "", "", tuple(mentions))
    code = " ".join(str(part) for part in (actor.abbrev, actor.cow) if part not in ("", None))
    return ActorRow(one_line(actor.name), one_line(code), actor.kind, tuple(mentions))


def _basis(item: Mention) -> str:
    return one_line(f"{item.basis}; can be {', '.join(item.candidates)}" if item.candidates else item.basis)


def sources(coding: Coding) -> tuple[SourceRow, ...]:
    """Cited works, then pointers to other cases."""
    narrative = coding.narrative
    rows = [(item.text, (item.author, ", ".join(item.years), item.pages, item.note)) for item in narrative.references]
    rows += [(item.text, (f"case {item.case}", item.name, "", "")) for item in narrative.cross_references]
    return tuple(
        SourceRow(f"s{n}", one_line(text), one_line(" · ".join(part for part in parts if part)))
        for n, (text, parts) in enumerate(rows)
    )


def warnings(coding: Coding) -> tuple[WarningRow, ...]:
    """The warnings of reading, then those of coding."""
    notices = (*coding.narrative.warnings, *coding.warnings)
    return tuple(_warning(coding, notice, f"n{n}") for n, notice in enumerate(notices))


def _warning(coding: Coding, notice: Notice, row: str) -> WarningRow:
    found = "" if notice.start is None or notice.end is None else coding.narrative.text[notice.start : notice.end]
    words = one_line(found)
    return WarningRow(row, notice.code, one_line(notice.message), words[:_LONGEST] + "…" if len(words) > _LONGEST else words)
