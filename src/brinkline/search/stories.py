"""The events of each narrative in the order of the text, as sequences and comparisons of cases see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, select

from brinkline.search.sequence import EventRow, Kind
from brinkline.search.snapshot import kept
from brinkline.store.schema import found_event, found_event_actor

#: The events by revision.
Stories = Mapping[str, tuple[EventRow, ...]]


def stories_of(conn: Connection) -> Stories:
    """The events of every narrative of the index, by revision; read anew only when a coding was added."""
    return kept(conn, "stories", _read)


def _read(conn: Connection) -> Stories:
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    actor = found_event_actor.c
    for claim_id, side, actor_id in conn.execute(select(actor.claim_id, actor.side, actor.actor_id)).all():
        sides[claim_id, side].append(actor_id)
    event = found_event.c
    rows = select(
        event.revision_id,
        event.claim_id,
        event.type,
        event.plover,
        event.mode,
        event.content,
        event.first,
        event.last,
        event.position,
    ).order_by(event.revision_id, event.start, event.position)
    kinds: dict[Kind, Kind] = {}
    stories: dict[str, list[EventRow]] = defaultdict(list)
    for revision, claim_id, leaf, plover, mode, content, first, last, _ in conn.execute(rows).all():
        kind = Kind(leaf, plover, mode, content or "")
        own = stories[revision]
        who, whom = (tuple(dict.fromkeys(sides.get((claim_id, side), ()))) for side in ("who", "whom"))
        own.append(EventRow(claim_id, kinds.setdefault(kind, kind), who, whom, first, last, len(own)))
    return MappingProxyType({revision: tuple(own) for revision, own in stories.items()})
