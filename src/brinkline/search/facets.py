"""Facets: how often narratives, actors, types of events and coded values stand among all hits of a query."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sqlalchemy import Connection

from brinkline.reference.event_scheme import event_types
from brinkline.search.actor_terms import actors_named
from brinkline.search.event_terms import type_named
from brinkline.search.found import Count, Facet
from brinkline.search.query import Term, query_text
from brinkline.search.snapshot import VARIABLES, Bits, Numbers, Pairs, Snapshot, columns_of

MOST = 12


def facets(conn: Connection, snapshot: Snapshot, bits: Bits) -> tuple[Facet, ...]:
    """The facets of all hits; each has at most ``MOST`` values, the most frequent first, equal ones by name."""
    if not bits.any():
        return ()
    columns = columns_of(conn)
    return (
        _narratives(snapshot, bits),
        Facet("actor", "sentences", _most(columns.actors, columns.actors.counts(bits), _actor)),
        Facet("type", "sentences", _most(columns.types, columns.types.counts(bits), _type)),
        *_variables(columns.values, columns.values.counts(snapshot.cases_of(bits))),
    )


def _narratives(snapshot: Snapshot, bits: Bits) -> Facet:
    numbers = np.bincount(snapshot.case_of[bits], minlength=len(snapshot.cases))
    counts = []
    for at in np.argsort(-numbers, kind="stable")[:MOST]:
        if numbers[at]:
            case = snapshot.cases[at]
            name = str(case.number) if case.number is not None else case.key
            counts.append(Count(name, case.title, int(numbers[at]), query_text(Term("case", (name,), "narrative"))))
    return Facet("narrative", "sentences", tuple(counts))


def _most(pairs: Pairs, numbers: Numbers, count: Callable[[tuple[str, ...], int], Count | None]) -> tuple[Count, ...]:
    """The most frequent of the names, equal ones by name."""
    found = [(-int(number), name) for name, number in zip(pairs.names, numbers.tolist(), strict=True) if number]
    made = (count(name, -number) for number, name in sorted(found))
    return tuple(item for item in made if item is not None)[:MOST]


def _actor(name: tuple[str, ...], number: int) -> Count:
    actor_id, shown = name
    term = (actors_named(actor_id) or (actor_id,))[0]
    return Count(term, shown, number, query_text(Term("actor", (term,), "sentence")))


def _type(name: tuple[str, ...], number: int) -> Count | None:
    found = type_named(name[0])
    if found is None:
        return None
    return Count(found[0], event_types()[name[0]].label, number, query_text(Term("type", (found[0],), "event")))


def _variables(pairs: Pairs, numbers: Numbers) -> list[Facet]:
    found: dict[str, list[tuple[int, str, str]]] = {name: [] for name in VARIABLES}
    for (field, value, label), number in zip(pairs.names, numbers.tolist(), strict=True):
        if number:
            found[field].append((-number, value, label))
    return [
        Facet(
            field,
            "narratives",
            tuple(
                Count(value, label, -number, query_text(Term(field, (value,), "value")))
                for number, value, label in sorted(counts)[:MOST]
            ),
        )
        for field, counts in found.items()
        if counts
    ]
