"""Facets: how often narratives, actors, types of events and coded values stand among all hits of a query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from brinkline.reference.event_scheme import event_types
from brinkline.search.actor_terms import actors_named
from brinkline.search.conditions import among
from brinkline.search.event_terms import type_named
from brinkline.search.found import Count, Facet
from brinkline.search.layout import Layout
from brinkline.search.query import Term, query_text
from brinkline.store.schema import found_actor, found_event, found_value

#: The variables whose values are counted, crisis level first: those by which cases are compared most.
VARIABLES = ("break", "gravcr", "viol", "subout", "triggr", "majres", "outcom")
MOST = 12


def facets(conn: Connection, layout: Layout, sentences: Sequence[int]) -> tuple[Facet, ...]:
    """The facets of all hits; each has at most ``MOST`` values, the most frequent first, equal ones by name."""
    if not sentences:
        return ()
    places = Counter(map(layout.place, sentences))
    return (
        _narratives(layout, places),
        _actors(conn, sentences),
        _types(conn, sentences),
        *_variables(conn, [layout.cases[place].revision_id for place in places]),
    )


def _narratives(layout: Layout, places: Counter[int]) -> Facet:
    counts = []
    for place, count in places.items():
        case = layout.cases[place]
        name = str(case.number) if case.number is not None else case.key
        counts.append(Count(name, case.title, count, query_text(Term("case", (name,), "narrative"))))
    order = {name: place for place, name in enumerate(item.value for item in counts)}
    return Facet("narrative", "sentences", _most(counts, lambda item: order[item.value]))


def _actors(conn: Connection, sentences: Sequence[int]) -> Facet:
    table = found_actor
    named = select(table.c.actor_id, table.c.sentence_id).where(among(table.c.sentence_id, sentences, conn.dialect.name))
    own = named.distinct().subquery()
    counted = select(own.c.actor_id, func.count().label("number")).group_by(own.c.actor_id).subquery()
    top = select(counted).order_by(counted.c.number.desc(), counted.c.actor_id).limit(MOST)
    rows = conn.execute(top).all()
    ids = [row.actor_id for row in rows]
    names = dict(
        conn.execute(
            select(table.c.actor_id, func.min(table.c.name)).where(table.c.actor_id.in_(ids)).group_by(table.c.actor_id)
        )
        .tuples()
        .all()
    )
    counts = []
    for actor_id, number in rows:
        term = (actors_named(actor_id) or (actor_id,))[0]
        counts.append(Count(term, names[actor_id], number, query_text(Term("actor", (term,), "sentence"))))
    return Facet("actor", "sentences", tuple(counts))


def _types(conn: Connection, sentences: Sequence[int]) -> Facet:
    table = found_event
    own = (
        select(table.c.type, table.c.sentence_id)
        .where(among(table.c.sentence_id, sentences, conn.dialect.name))
        .distinct()
        .subquery()
    )
    counts = []
    for leaf, number in conn.execute(select(own.c.type, func.count()).group_by(own.c.type)).tuples():
        found = type_named(leaf)
        if found is not None:
            counts.append(Count(found[0], event_types()[leaf].label, number, query_text(Term("type", (found[0],), "event"))))
    return Facet("type", "sentences", _most(counts, lambda item: item.value))


def _variables(conn: Connection, revisions: Sequence[str]) -> Iterable[Facet]:
    table = found_value
    own = (
        select(table.c.field, table.c.value, table.c.label, table.c.revision_id)
        .where(table.c.field.in_(VARIABLES), table.c.value.is_not(None))
        .where(among(table.c.revision_id, revisions, conn.dialect.name))
        .distinct()
        .subquery()
    )
    statement = select(own.c.field, own.c.value, func.min(own.c.label), func.count()).group_by(own.c.field, own.c.value)
    counts: dict[str, list[Count]] = {name: [] for name in VARIABLES}
    for field, value, label, number in conn.execute(statement).tuples():
        counts[field].append(Count(value, label, number, query_text(Term(field, (value,), "value"))))
    return [Facet(name, "narratives", _most(own, lambda item: item.value)) for name, own in counts.items() if own]


def _most(counts: list[Count], by: Callable[[Count], Any]) -> tuple[Count, ...]:
    """The most frequent values, equal ones in a fixed order."""
    return tuple(sorted(counts, key=lambda item: (-item.count, by(item)))[:MOST])
