"""``sequence(conn, text)``: the crises in which events follow one another as asked, with the chains that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from brinkline.reference.event_scheme import event_types
from brinkline.search.conditions import among
from brinkline.search.event_terms import type_named
from brinkline.search.found import ChainEvent, SequenceFound, SequenceHit, ShownChain
from brinkline.search.names import vocabulary_of
from brinkline.search.sequence import Chain, sequence_text
from brinkline.search.sequence_match import match, ready
from brinkline.search.sequence_parse import parse_sequence
from brinkline.search.snapshot import Case, snapshot_of
from brinkline.search.stories import stories_of
from brinkline.store.schema import evidence, found_event, found_event_actor

#: The most narratives on one page, and the most chains shown of one.
MOST_HITS = 500
MOST_CHAINS = 10


def sequence(conn: Connection, text: str, limit: int = 20, offset: int = 0) -> SequenceFound:
    """The narratives in which the events of a sequence are found, from ``offset`` on, at most ``limit`` of them.

    They stand in the order of their numbers, those without one last, by key. UsageError BL450 to BL463 for a sequence that
    cannot be read, with the place and the nearest names.
    """
    asked = parse_sequence(text, vocabulary_of(conn))
    given = ready(asked)
    stories = stories_of(conn)
    found: list[tuple[Case, tuple[Chain, ...]]] = []
    for case in snapshot_of(conn).cases:
        chains = match(given, stories.get(case.revision_id, ()))
        if chains:
            found.append((case, chains))
    page = found[max(0, offset) : max(0, offset) + max(0, min(limit, MOST_HITS))]
    return SequenceFound(sequence_text(asked), len(found), _hits(conn, page))


def _hits(conn: Connection, page: Sequence[tuple[Case, tuple[Chain, ...]]]) -> tuple[SequenceHit, ...]:
    """The narratives of a page with their first chains in words."""
    ids = {row.id for _, chains in page for chain in chains[:MOST_CHAINS] for row in chain.events}
    if not ids:
        return ()
    events, names = _events(conn, sorted(ids))
    return tuple(
        SequenceHit(
            case.narrative_id,
            case.number,
            case.title,
            case.revision_id,
            tuple(
                ShownChain(
                    tuple((letter, names.get(actor, actor)) for letter, actor in chain.bindings),
                    tuple(events[row.id] for row in chain.events),
                    chain.certain,
                )
                for chain in chains[:MOST_CHAINS]
            ),
            len(chains),
        )
        for case, chains in page
    )


def _events(conn: Connection, ids: Sequence[str]) -> tuple[Mapping[str, ChainEvent], Mapping[str, str]]:
    """The events in words, and the names of their actors by id."""
    dialect = conn.dialect.name
    actor = found_event_actor.c
    sides: dict[tuple[str, str], dict[str, None]] = {}
    names: dict[str, str] = {}
    actors = select(actor.claim_id, actor.side, actor.actor_id, actor.name).where(among(actor.claim_id, ids, dialect))
    for claim_id, side, actor_id, name in conn.execute(actors.order_by(actor.claim_id, actor.side, actor.name)).all():
        sides.setdefault((claim_id, side), {})[name] = None
        names.setdefault(actor_id, name)
    event = found_event.c
    rows = (
        select(found_event, evidence.c.quote)
        .join(evidence, (evidence.c.claim_id == event.claim_id) & (evidence.c.position == 0))
        .where(among(event.claim_id, ids, dialect))
    )
    return {row.claim_id: _event(row, sides) for row in conn.execute(rows).all()}, names


def _event(row: Any, sides: Mapping[tuple[str, str], Mapping[str, None]]) -> ChainEvent:
    named = type_named(row.type)
    return ChainEvent(
        claim_id=row.claim_id,
        type=named[0] if named else row.type,
        label=event_types()[row.type].label if row.type in event_types() else row.type,
        mode=row.mode,
        who=tuple(sides.get((row.claim_id, "who"), ())),
        whom=tuple(sides.get((row.claim_id, "whom"), ())),
        earliest=row.earliest or "",
        latest=row.latest or "",
        sentence=row.sentence,
        start=row.start,
        end=row.end,
        text=row.quote,
    )
