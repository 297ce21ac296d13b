"""Actors and pairs of actors over all narratives: where they occur, what they do, what is coded of them.

All figures are those of the program's current codings; what people decided stands on the pages of the narratives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from brinkline.calendar import from_number
from brinkline.charts.data import DONE, Mark
from brinkline.charts.draw_intensity import draw_intensity
from brinkline.charts.intensity import LAST, Intensity, Point
from brinkline.charts.parties import Party
from brinkline.errors import NotFound
from brinkline.plain import one_line, span_text, year_text
from brinkline.reference.codebook import codebook
from brinkline.reference.event_scheme import event_types
from brinkline.search.snapshot import kept, snapshot_of
from brinkline.store.schema import found_actor, found_event, found_event_actor, found_sentence, found_value
from brinkline.web.rendering import Column, attribute

#: The variables of an actor that its page shows for each case; the list of all of them has every one.
SHOWN = ("trigger_date", "triggr", "majres", "crismg", "sevvio", "outcom", "termination_date")
#: Events on one page of a pair, and points of its chart before it shows years.
PER_PAGE, MOST_POINTS = 100, 150


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of the list: in how many narratives it is named, in how many it is a crisis actor, its events."""

    id: str
    name: str
    abbrev: str
    cow: int | None
    narratives: int
    crises: int
    did: int
    received: int


@dataclass(frozen=True, slots=True)
class Told:
    """A narrative that names an actor: mentions, events on either side, the values of its crisis ({} when it has none)."""

    key: str
    title: str
    number: int | None
    mentions: int
    did: int
    received: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of an actor in a narrative."""

    key: str
    number: int | None
    title: str
    subject: str
    field: str
    variable: str
    value: str
    label: str
    basis: str
    claim: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of event and how often the actor did or received it."""

    type: str
    label: str
    did: int
    received: int


@dataclass(frozen=True, slots=True)
class Partner:
    """Another actor: events there and back, mean intensity of both."""

    id: str
    name: str
    there: int
    back: int
    intensity: float


@dataclass(frozen=True, slots=True)
class ActorPage:
    """One actor over all narratives."""

    actor: Named
    told: tuple[Told, ...]
    kinds: tuple[Kind, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """An event between two actors. ``forward`` tells that the first of them did it; ``first`` and ``last`` are day numbers."""

    key: str
    title: str
    claim: str
    sentence: int
    forward: bool
    type: str
    label: str
    layer: str
    mode: str
    intensity: float
    first: int | None
    last: int | None
    date: str
    words: str


@dataclass(frozen=True, slots=True)
class DyadPage:
    """Two actors and all events between them, in order of time, those without a date last."""

    one: Named
    other: Named
    acts: tuple[Act, ...]

    @property
    def there(self) -> int:
        """Events from the first to the second."""
        return sum(act.forward for act in self.acts)


LIST_COLUMNS: Sequence[Column] = tuple(
    attribute(name) for name in ("id", "name", "abbrev", "cow", "narratives", "crises", "did", "received")
)
VALUE_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda item: item.key),
    *(attribute(name) for name in ("number", "title", "subject", "field", "variable", "value", "label", "basis", "claim")),
)
ACT_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda item: item.key),
    attribute("title"),
    Column("direction", lambda item: "first to second" if item.forward else "second to first"),
    *(attribute(name) for name in ("date", "type", "label", "mode", "intensity")),
    Column("words", lambda item: item.words),
    attribute("claim"),
)


def actor_list(conn: Connection) -> tuple[Named, ...]:
    """All actors, those in most narratives first."""
    return kept(conn, "actors of pages", _read_list)


def _read_list(conn: Connection) -> tuple[Named, ...]:
    actor, side = found_actor.c, found_event_actor.c
    rows = conn.execute(
        select(
            actor.actor_id,
            func.min(actor.name),
            func.max(actor.abbrev),
            func.min(actor.cow),
            func.count(actor.revision_id.distinct()),
        ).group_by(actor.actor_id)
    ).all()
    found = {row[0]: tuple(row) for row in rows}
    acts: dict[str, dict[str, int]] = defaultdict(dict)
    counted = select(side.actor_id, side.side, func.count(), func.min(side.name), func.max(side.abbrev), func.min(side.cow))
    for ident, of, count, name, abbrev, cow in conn.execute(counted.group_by(side.actor_id, side.side)):
        acts[ident][of] = count
        found.setdefault(ident, (ident, name, abbrev, cow, 0))
    crises = _crises(conn)
    named = [
        Named(
            ident,
            one_line(row[1]),
            row[2] or "",
            row[3],
            row[4],
            crises.get(row[3], 0) if row[3] is not None else 0,
            acts[ident].get("who", 0),
            acts[ident].get("whom", 0),
        )
        for ident, row in found.items()
    ]
    return tuple(sorted(named, key=lambda item: (-item.narratives, item.name, item.id)))


def _crises(conn: Connection) -> dict[int, int]:
    """In how many narratives each state is a crisis actor, by its number."""
    value = found_value.c
    query = select(value.subject, value.revision_id).where(value.subject != "crisis").distinct()
    found: dict[int, set[str]] = defaultdict(set)
    for subject, revision in conn.execute(query):
        number = str(subject).split(":")[1]
        if number.isdecimal():
            found[int(number)].add(revision)
    return {number: len(revisions) for number, revisions in found.items()}


def actors_by_id(conn: Connection) -> Mapping[str, Named]:
    """The actors that have a page."""
    return kept(conn, "actors of pages by id", lambda own: {item.id: item for item in actor_list(own)})


def find_actor(conn: Connection, ident: str) -> Named:
    """The actor of an id. NotFound BL519 when no narrative names it."""
    known = actors_by_id(conn)
    if ident not in known:
        raise NotFound("BL519", "no narrative names this actor", place=ident, remedy="the page of actors lists all of them")
    return known[ident]


def actor_page(conn: Connection, ident: str) -> ActorPage:
    """The page of an actor; NotFound BL519."""
    actor = find_actor(conn, ident)
    return ActorPage(actor, _told(conn, actor), _kinds(conn, ident), _partners(conn, ident))


def _told(conn: Connection, actor: Named) -> tuple[Told, ...]:
    mention, side = found_actor.c, found_event_actor.c
    query = select(mention.revision_id, func.count()).where(mention.actor_id == actor.id).group_by(mention.revision_id)
    mentions: dict[str, int] = {row[0]: row[1] for row in conn.execute(query)}
    acts: dict[str, dict[str, int]] = defaultdict(dict)
    counted = select(side.revision_id, side.side, func.count()).where(side.actor_id == actor.id)
    for revision, of, count in conn.execute(counted.group_by(side.revision_id, side.side)):
        acts[revision][of] = count
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _value_rows(conn, actor, SHOWN):
        shown = row.label or row.value
        if shown:
            before = values[row.revision_id].get(row.field)
            values[row.revision_id][row.field] = f"{before}; {shown}" if before else shown
    return tuple(
        Told(
            case.key,
            case.title or case.key,
            case.number,
            mentions.get(case.revision_id, 0),
            acts[case.revision_id].get("who", 0) if case.revision_id in acts else 0,
            acts[case.revision_id].get("whom", 0) if case.revision_id in acts else 0,
            values.get(case.revision_id, {}),
        )
        for case in snapshot_of(conn).cases
        if case.revision_id in mentions or case.revision_id in acts
    )


def _value_rows(conn: Connection, actor: Named, fields: Sequence[str] = ()) -> Sequence[Any]:
    """What is coded of a state as a crisis actor, narrative by narrative."""
    if actor.cow is None:
        return ()
    value = found_value.c
    of = or_(value.subject == f"actor:{actor.cow}", value.subject.like(f"actor:{actor.cow}:%"))
    query = select(value.revision_id, value.subject, value.field, value.value, value.label, value.basis, value.claim_id)
    if fields:
        query = query.where(value.field.in_(fields))
    return conn.execute(query.where(of).order_by(value.revision_id, value.subject)).all()


def actor_values(conn: Connection, ident: str) -> tuple[Coded, ...]:
    """Every value that is coded of an actor, in the order of narratives and of the codebook."""
    variables = {item.name: item.label for item in codebook().variables if item.level == "actor"}
    order = {name: place for place, name in enumerate(variables)}
    cases = {case.revision_id: case for case in snapshot_of(conn).cases}
    rows = []
    for row in _value_rows(conn, find_actor(conn, ident)):
        case = cases.get(row.revision_id)
        if case is not None:
            about = (case.key, case.number, case.title, row.subject, row.field, variables.get(row.field, row.field))
            rows.append((case.first, Coded(*about, row.value or "", row.label or "", row.basis, row.claim_id)))
    rows.sort(key=lambda item: (item[0], item[1].subject, order.get(item[1].field, len(order)), item[1].field))
    return tuple(coded for _, coded in rows)


def _kinds(conn: Connection, ident: str) -> tuple[Kind, ...]:
    event, side = found_event.c, found_event_actor.c
    query = (
        select(event.type, side.side, func.count())
        .join(found_event, event.claim_id == side.claim_id)
        .select_from(found_event_actor)
        .where(side.actor_id == ident)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, of, count in conn.execute(query.group_by(event.type, side.side)):
        counts[kind][of] = count
    types = event_types()
    kinds = [
        Kind(kind, types[kind].label if kind in types else kind, own.get("who", 0), own.get("whom", 0))
        for kind, own in counts.items()
    ]
    return tuple(sorted(kinds, key=lambda item: (-item.did - item.received, item.label)))


def _partners(conn: Connection, ident: str) -> tuple[Partner, ...]:
    event, mine, other = found_event.c, found_event_actor.alias("mine"), found_event_actor.alias("other")
    query = (
        select(other.c.actor_id, func.min(other.c.name), mine.c.side, func.count(), func.sum(event.intensity))
        .select_from(mine)
        .join(
            other, (other.c.claim_id == mine.c.claim_id) & (other.c.side != mine.c.side) & (other.c.actor_id != mine.c.actor_id)
        )
        .join(found_event, event.claim_id == mine.c.claim_id)
        .where((mine.c.actor_id == ident) & (other.c.actor_id != ident))
        .group_by(other.c.actor_id, mine.c.side)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    names: dict[str, str] = {}
    sums: dict[str, float] = defaultdict(float)
    for name_id, name, of, count, total in conn.execute(query):
        names[name_id] = one_line(name)
        counts[name_id][of] = count
        sums[name_id] += total
    partners = []
    for name_id, own in counts.items():
        there, back = own.get("who", 0), own.get("whom", 0)
        partners.append(Partner(name_id, names[name_id], there, back, round(sums[name_id] / (there + back), 2)))
    return tuple(sorted(partners, key=lambda item: (-item.there - item.back, item.name)))


def dyad_page(conn: Connection, one: str, other: str) -> DyadPage:
    """The page of two actors; NotFound BL519."""
    first, second = find_actor(conn, one), find_actor(conn, other)
    event, who, whom = found_event.c, found_event_actor.alias("who"), found_event_actor.alias("whom")
    text = found_sentence.c

    def towards(start: str, goal: str) -> ColumnElement[bool]:
        return (who.c.actor_id == start) & (whom.c.actor_id == goal)

    query = (
        select(
            event.revision_id,
            event.claim_id,
            event.sentence,
            who.c.actor_id,
            event.type,
            event.layer,
            event.mode,
            event.intensity,
            event.first,
            event.last,
            event.position,
            func.substr(text.text, event.start - text.start + 1, event.end - event.start).label("words"),
        )
        .select_from(who)
        .join(whom, (whom.c.claim_id == who.c.claim_id) & (whom.c.side == "whom"))
        .join(found_event, event.claim_id == who.c.claim_id)
        .join(found_sentence, text.id == event.sentence_id)
        .where((who.c.side == "who") & or_(towards(one, other), towards(other, one)))
        .distinct()
    )
    cases = {case.revision_id: (place, case) for place, case in enumerate(snapshot_of(conn).cases)}
    rows = [row for row in conn.execute(query) if row.revision_id in cases]
    rows.sort(key=lambda row: (row.first is None, row.first or 0, row.last or 0, cases[row.revision_id][0], row.position))
    types = event_types()
    acts = []
    for row in rows:
        case = cases[row.revision_id][1]
        label = types[row.type].label if row.type in types else row.type
        date = "" if row.first is None else span_text(from_number(row.first), from_number(row.last))
        about = (case.key, case.title or case.key, row.claim_id, row.sentence, row.actor_id == one, row.type, label, row.layer)
        acts.append(Act(*about, row.mode, row.intensity, row.first, row.last, date, one_line(row.words or "")))
    return DyadPage(first, second, tuple(acts))


def dyad_chart(page: DyadPage, *, standalone: bool, link: str | None = None) -> str:
    """Intensity between two actors over time: a point for each dated event, or for each year when there are many."""
    dated = [act for act in page.acts if act.first is not None and act.last is not None]
    title = f"{page.one.name} and {page.other.name}"
    if not dated:
        return draw_intensity(Intensity(title, None, None), standalone=standalone, ident="dyad")
    yearly = len(dated) > MOST_POINTS
    points = _years(page, dated) if yearly else [_point(page, number, act) for number, act in enumerate(dated)]
    first, last = min(point.mark.first for point in points), max(point.mark.last for point in points)
    parties = tuple(
        Party(item.id, item.name, item.abbrev, place, cow=item.cow) for place, item in enumerate((page.one, page.other))
    )
    table = Intensity(title, first, last, parties, tuple(points), _running(points, yearly=yearly))
    return draw_intensity(table, standalone=standalone, ident="dyad", link=None if yearly else link)


def _point(page: DyadPage, number: int, act: Act) -> Point:
    sides = (page.one.name, page.other.name) if act.forward else (page.other.name, page.one.name)
    first, last = from_number(act.first or 0), from_number(act.last or 0)
    mark = Mark(0, str(number), first, last, act.date, sides[0], act.label, sides[1], act.layer, False, act.mode)
    return Point(mark, 0 if act.forward else 1, act.intensity)


def _years(page: DyadPage, dated: Sequence[Act]) -> list[Point]:
    """A point for each year and direction: the mean of what was done in it."""
    found: dict[tuple[int, bool], list[float]] = defaultdict(list)
    for act in dated:
        if act.mode in DONE:
            found[from_number(act.first or 0).year, act.forward].append(act.intensity)
    points = []
    for (year, forward), values in sorted(found.items(), key=lambda item: (item[0][0], not item[0][1])):
        sides = (page.one.name, page.other.name) if forward else (page.other.name, page.one.name)
        day = from_number(0)._replace(year=year, month=7, day=1)
        label = f"{len(values)} event{'' if len(values) == 1 else 's'}, mean"
        mark = Mark(0, "", day, day, year_text(year), sides[0], label, sides[1], "do", False, "done")
        points.append(Point(mark, 0 if forward else 1, round(sum(values) / len(values), 2)))
    return points


def _running(points: Sequence[Point], *, yearly: bool) -> tuple[tuple[float, float], ...]:
    line: dict[float, float] = {}
    values: list[float] = []
    for point in points:
        if yearly or point.mark.mode in DONE:
            values.append(point.intensity)
            line[point.middle] = round(sum(values[-LAST:]) / len(values[-LAST:]), 3)
    return tuple(line.items())
