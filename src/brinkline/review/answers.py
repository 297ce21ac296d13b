"""What each coder's own work makes of each unit: the values that agreement is measured on and that adjudication settles.

A unit is one thing that can be coded: a variable of a subject of a revision, or a date, actor, place or event of its text.
A value that was accepted, or put in place of another, is the coder's answer; a rejected one is the answer that no value
stands; a claim of the coder's own counts as said. What a coder decided nothing on is no unit for them, and adjudications
are nobody's own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, union

from brinkline.calendar import from_iso, to_number
from brinkline.decision import ClaimKind, Decision, standing
from brinkline.errors import UsageError
from brinkline.review.edtf_days import date_values
from brinkline.review.offered import level_of, variable_of
from brinkline.search.conditions import among
from brinkline.store.claims import PROGRAM
from brinkline.store.current import is_current_revision
from brinkline.store.decisions import decisions_of
from brinkline.store.schema import assignment, claim, decision, narrative, revision

#: The first and last day of a date as numbers; an open side lies without end.
Days = tuple[float, float]
#: Between type, initiators, receivers and date in the value of an event.
EVENT_PARTS = " | "


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be coded. ``base`` is the claim that a record (no variable) is decided on, "" for a variable."""

    narrative: str
    revision: str
    kind: ClaimKind
    subject: str
    field: str
    base: str = ""

    @property
    def variable(self) -> str:
        """What is measured together: "crisis.viol", "actor.triggr", or "date", "actor", "place", "event"."""
        return f"{level_of(self.subject)}.{self.field}" if self.kind == "variable" else self.kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What a coder says of a unit: a value ("" when none stands), the claim decided on, and the claim that says the value."""

    value: str
    label: str
    claim: str
    stands: str | None
    days: Days | None = None
    #: Whether the coder put it in themselves, so that there was nothing for others to decide on.
    own: bool = False


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """A unit with the answers by the id of the coder, and whether an adjudication settled it."""

    unit: Unit
    answers: Mapping[str, Answer]
    settled: Decision | None = None

    @property
    def differs(self) -> bool:
        """Whether coders answered differently."""
        return len({answer.value for answer in self.answers.values()}) > 1


@dataclass(frozen=True, slots=True)
class Place:
    """The narrative that units are of."""

    id: str
    key: str
    title: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """The answers of a project: narratives that two or more coded, in order, and the units of each."""

    places: tuple[Place, ...]
    units: tuple[CodedUnit, ...]
    #: Narratives left out because they are coded blind and somebody has not finished.
    waiting: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    id: str
    revision: str
    kind: ClaimKind
    subject: str
    field: str
    value: Any
    label: str
    author: str


@dataclass(slots=True)
class _Best:
    """The latest answers of one coder on one unit: one that stands, and one that takes a value away."""

    stands: tuple[tuple[int, int], Answer] | None = None
    gone: tuple[tuple[int, int], Answer] | None = None


@dataclass(slots=True)
class _Found:
    units: dict[Unit, dict[str, _Best]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Best)))
    settled: dict[Unit, Decision] = field(default_factory=dict)


def work_of(conn: Connection, narrative_id: str | None = None) -> Work:
    """What coders make of the present texts of a project, or of one narrative.

    Narratives that one person alone worked on are left out, and those that are coded blind until every one has finished.
    """
    places = _shared(conn, narrative_id)
    hidden = _unfinished(conn)
    waiting = tuple(place for place in places.values() if place.id in hidden)
    open_ = {name: place for name, place in places.items() if place.id not in hidden}
    found = _answers(open_, _claims(conn, open_), _decisions(conn, open_))
    units = tuple(
        CodedUnit(unit, {person: _latest(best) for person, best in sorted(coders.items())}, found.settled.get(unit))
        for unit, coders in found.units.items()
    )
    order = {place.id: number for number, place in enumerate(open_.values())}
    ordered = sorted(units, key=lambda item: (order[item.unit.narrative], _order(item.unit)))
    return Work(tuple(open_.values()), tuple(ordered), waiting)


def _order(unit: Unit) -> tuple[bool, str, str, str]:
    return unit.kind != "variable", unit.kind, unit.subject if unit.kind == "variable" else _start(unit.subject), unit.field


def _start(subject: str) -> str:
    """A key by which records stand in the order of the text: "date:12-20" begins at 12."""
    first = subject.rpartition(":")[2].partition("-")[0]
    return first.rjust(9, "0") if first.isdecimal() else subject


def _shared(conn: Connection, narrative_id: str | None) -> dict[str, Place]:
    """The current revisions that at least two people worked on, in the order of narratives."""
    decided = (
        select(claim.c.revision_id, decision.c.person_id.label("person"))
        .join(claim, claim.c.id == decision.c.claim_id)
        .where(decision.c.verdict.not_in(("adjudicate", "withdraw", "outdated")))
    )
    claimed = select(claim.c.revision_id, claim.c.author.label("person")).where(claim.c.author != PROGRAM)
    both = union(decided, claimed).subquery()
    query = (
        select(
            revision.c.id.label("revision"),
            narrative.c.id,
            narrative.c.key,
            narrative.c.title,
            narrative.c.number,
            both.c.person,
        )
        .join(revision, revision.c.id == both.c.revision_id)
        .join(narrative, narrative.c.id == revision.c.narrative_id)
        .where(is_current_revision())
        .order_by(narrative.c.number.is_(None), narrative.c.number, narrative.c.key)
    )
    if narrative_id is not None:
        query = query.where(narrative.c.id == narrative_id)
    people: dict[str, set[str]] = defaultdict(set)
    places: dict[str, Place] = {}
    for row in conn.execute(query):
        people[row.revision].add(row.person)
        places[row.revision] = Place(row.id, row.key, row.title, row.number)
    return {name: place for name, place in places.items() if len(people[name]) > 1}


def _unfinished(conn: Connection) -> frozenset[str]:
    query = select(assignment.c.narrative_id).where(assignment.c.blind, assignment.c.finished.is_(None))
    return frozenset(conn.execute(query).scalars())


def _claims(conn: Connection, places: Mapping[str, Place]) -> dict[str, _Claim]:
    """The claims that people made, decided on or put in place of others."""
    columns = (claim.c.id, claim.c.revision_id, claim.c.kind, claim.c.subject, claim.c.field, claim.c.value, claim.c.label)
    decided = select(decision.c.claim_id).union(select(decision.c.replacement).where(decision.c.replacement.is_not(None)))
    query = (
        select(*columns, claim.c.author)
        .where(among(claim.c.revision_id, list(places), conn.dialect.name))
        .where((claim.c.author != PROGRAM) | claim.c.id.in_(decided))
        .order_by(claim.c.seq)
    )
    return {
        row.id: _Claim(row.id, row.revision_id, row.kind, row.subject, row.field, json.loads(row.value), row.label, row.author)
        for row in conn.execute(query)
    }


def _decisions(conn: Connection, places: Mapping[str, Place]) -> tuple[Decision, ...]:
    """The decisions on these revisions in the order they came."""
    if len(places) > 3:
        return decisions_of(conn)
    return tuple(row for name in places for row in decisions_of(conn, name))


def _answers(places: Mapping[str, Place], claims: Mapping[str, _Claim], rows: Iterable[Decision]) -> _Found:
    found = _Found()
    order: dict[str, int] = {}
    by: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    settling: dict[str, list[Decision]] = defaultdict(list)
    instead: set[str] = set()
    for number, row in enumerate(rows):
        order[row.id] = number
        if row.claim in claims:
            by[row.claim, row.person].append(row)
            settling[row.claim].append(row)
            instead.update((row.replacement,) if row.replacement else ())
    for (name, person), own in by.items():
        _decided(found, places, claims, claims[name], person, own, order)
    for number, item in enumerate(claims.values()):
        mine = item.author != PROGRAM and item.id not in instead and (item.id, item.author) not in by
        if mine:
            answer = _answer(item, item, own=True)
            _keep(found.units[_unit(item, places)][item.author], (0, number), answer)
    for name, all_rows in settling.items():
        if all(row.verdict != "adjudicate" for row in all_rows):
            continue
        now = standing(all_rows)
        if now.state == "settled" and now.decision is not None:
            unit = _unit(claims[name], places)
            before = found.settled.get(unit)
            if before is None or order[before.id] < order[now.decision.id]:
                found.settled[unit] = now.decision
    return found


def _decided(
    found: _Found,
    places: Mapping[str, Place],
    claims: Mapping[str, _Claim],
    item: _Claim,
    person: str,
    rows: list[Decision],
    order: Mapping[str, int],
) -> None:
    """What somebody's decisions on one claim say of its unit."""
    now = standing([row for row in rows if row.verdict != "adjudicate"])
    if now.decision is None or now.state not in ("accepted", "edited", "rejected"):
        return
    rank = (1, order[now.decision.id])
    best = found.units[_unit(item, places)][person]
    if now.state == "rejected":
        gone = Answer("", "", item.id, None)
        best.gone = max(best.gone or (rank, gone), (rank, gone), key=lambda pair: pair[0])
        return
    stands = claims.get(now.decision.replacement or "", item)
    _keep(best, rank, _answer(stands, item, own=item.author == person))


def _keep(best: _Best, rank: tuple[int, int], answer: Answer) -> None:
    if best.stands is None or best.stands[0] < rank:
        best.stands = (rank, answer)


def _latest(best: _Best) -> Answer:
    kept = best.stands or best.gone
    if kept is None:
        raise ValueError("a coder without an answer")
    return kept[1]


def _unit(item: _Claim, places: Mapping[str, Place]) -> Unit:
    base = "" if item.kind == "variable" else item.id
    return Unit(places[item.revision].id, item.revision, item.kind, item.subject, item.field, base)


def _answer(stands: _Claim, decided: _Claim, *, own: bool) -> Answer:
    value = stands.value
    match stands.kind:
        case "variable":
            text = "" if value is None else str(value)
            days = _days_of_text(text) if _is_date(stands) and text else None
        case "date":
            text, days = value["edtf"], _days(value)
        case "actor":
            text, days = str((value.get("actor") or {}).get("id", "")) or "not resolved", None
        case "place":
            text, days = value["name"], None
        case _:
            text, days = EVENT_PARTS.join(event_key(value)), _days(value["when"]) if value["when"] else None
    return Answer(text, stands.label or text, decided.id, stands.id, days, own)


def event_key(value: Mapping[str, Any]) -> list[str]:
    """What two events must share to be the same: type, initiators and receivers; then the date as it is written."""
    when = value["when"]["edtf"] if value["when"] else ""
    return [value["type"], _names(value["who"]), _names(value["whom"]), when]


def _names(mentions: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(sorted({str((item.get("actor") or {}).get("id", item.get("text", ""))) for item in mentions}))


def _is_date(item: _Claim) -> bool:
    variable = variable_of(item.subject, item.field)
    return variable is not None and variable.scale == "date"


def _days_of_text(text: str) -> Days | None:
    try:
        return _days(date_values(text))
    except UsageError:
        return None


def _days(value: Mapping[str, Any]) -> Days:
    first, last = value["earliest"], value["latest"]
    return (
        float("-inf") if first is None else float(to_number(from_iso(first))),
        float("inf") if last is None else float(to_number(from_iso(last))),
    )
