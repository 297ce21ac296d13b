"""``search(conn, text)``: the sentences of a project that a query finds, a page of them with marks, and facets of all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from brinkline.search.conditions import among
from brinkline.search.facets import facets
from brinkline.search.found import Found, Hit
from brinkline.search.marks import claim_marks, claims_found, word_marks
from brinkline.search.names import vocabulary_of
from brinkline.search.parse import parse
from brinkline.search.query import Query, query_text
from brinkline.search.selection import Selector
from brinkline.search.snapshot import Snapshot, snapshot_of
from brinkline.store.schema import found_sentence

#: The most hits on one page.
MOST_HITS = 1000


def search(conn: Connection, text: str, limit: int = 20, offset: int = 0, *, with_facets: bool = True) -> Found:
    """The hits of a query from ``offset`` on, at most ``limit`` of them, in the order of narratives and sentences.

    Narratives stand in the order of their numbers, those without one last, by key. UsageError BL450 to BL459 for a query
    that cannot be read, with the place and the nearest names.
    """
    query = parse(text, vocabulary_of(conn))
    snapshot = snapshot_of(conn)
    selector = Selector(conn, snapshot)
    bits = selector.shown(selector.select(query))
    places = bits.nonzero()[0]
    page = places[max(0, offset) : max(0, offset) + max(0, min(limit, MOST_HITS))].tolist()
    return Found(
        query=query_text(query),
        total=len(places),
        narratives=int(snapshot.cases_of(bits).sum()),
        hits=_hits(conn, snapshot, query, page),
        facets=facets(conn, snapshot, bits) if with_facets else (),
    )


def _hits(conn: Connection, snapshot: Snapshot, query: Query, places: Sequence[int]) -> tuple[Hit, ...]:
    """The sentences of a page with what the query speaks of in them."""
    if not places:
        return ()
    table, page = found_sentence, snapshot.ids[places].tolist()
    rows = {row.id: row for row in conn.execute(select(table).where(among(table.c.id, page, conn.dialect.name)))}
    ranges, claims = claim_marks(conn, query, page), claims_found(conn, query, page)
    hits = []
    for item, place in zip(page, places, strict=True):
        row, case = rows[item], snapshot.cases[snapshot.case_of[place]]
        own = [mark for mark in ranges.get(item, ()) if row.start <= mark.start < row.end]
        marks = {*own, *word_marks(query, row.start, row.text)}
        hits.append(
            Hit(
                narrative_id=case.narrative_id,
                number=case.number,
                title=case.title,
                revision_id=case.revision_id,
                sentence=row.sentence,
                start=row.start,
                end=row.end,
                text=row.text,
                marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
                claims=tuple(claims.get(item, ())),
            )
        )
    return tuple(hits)
