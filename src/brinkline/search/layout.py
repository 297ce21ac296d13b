"""The sentences of a project as ranges of ids, one range a narrative, in the order in which hits are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from brinkline.store.schema import found_sentence, narrative


@dataclass(frozen=True, slots=True)
class Case:
    """One narrative in the index: ``ids`` are its sentences in the order of the text."""

    narrative_id: str
    revision_id: str
    number: int | None
    key: str
    title: str
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Layout:
    """All narratives of the index in the order of their numbers, those without a number last, by key."""

    cases: tuple[Case, ...]
    by_revision: dict[str, Case]
    firsts: tuple[int, ...]
    by_first: tuple[int, ...]

    def everything(self) -> set[int]:
        """The ids of all sentences."""
        return {item for case in self.cases for item in case.ids}

    def sentences(self, revisions: Iterable[str]) -> set[int]:
        """The ids of the sentences of some revisions."""
        found: set[int] = set()
        for revision in revisions:
            if revision in self.by_revision:
                found.update(self.by_revision[revision].ids)
        return found

    def place(self, sentence: int) -> int:
        """The place of the narrative of a sentence in ``cases``."""
        return self.by_first[bisect_right(self.firsts, sentence) - 1]

    def in_order(self, sentences: Iterable[int]) -> list[int]:
        """Sentences in the order of the narratives, then of the text."""
        return sorted(sentences, key=lambda sentence: (self.place(sentence), sentence))


def read_layout(conn: Connection) -> Layout:
    """The layout of the index as it is now."""
    table = found_sentence
    ranges = (
        select(
            table.c.revision_id,
            func.min(table.c.id).label("low"),
            func.max(table.c.id).label("high"),
            func.count().label("size"),
        )
        .group_by(table.c.revision_id)
        .subquery()
    )
    of = select(table.c.revision_id, table.c.narrative_id).where(table.c.sentence == 0).subquery()
    rows = conn.execute(
        select(ranges, narrative.c.id, narrative.c.number, narrative.c.key, narrative.c.title)
        .join(of, of.c.revision_id == ranges.c.revision_id)
        .join(narrative, narrative.c.id == of.c.narrative_id)
    ).all()
    cases = []
    for row in rows:
        ids: Sequence[int] = range(row.low, row.high + 1)
        if len(ids) != row.size:
            ids = _listed(conn, row.revision_id)
        cases.append(Case(row.id, row.revision_id, row.number, row.key, row.title, ids))
    cases.sort(key=lambda case: (case.number is None, case.number or 0, case.key))
    return _layout(cases)


def _layout(cases: list[Case]) -> Layout:
    """The layout; runs of ids that belong to one narrative are looked up by their first id."""
    starts: list[tuple[int, int]] = []
    for place, case in enumerate(cases):
        if isinstance(case.ids, range):
            starts.append((case.ids.start, place))
        else:
            starts.extend((item, place) for item in case.ids)
    starts.sort()
    return Layout(
        tuple(cases),
        {case.revision_id: case for case in cases},
        tuple(first for first, _ in starts),
        tuple(place for _, place in starts),
    )


def _listed(conn: Connection, revision: str) -> tuple[int, ...]:
    """The ids of a narrative whose sentences do not stand together."""
    table = found_sentence
    return tuple(conn.execute(select(table.c.id).where(table.c.revision_id == revision).order_by(table.c.sentence)).scalars())
