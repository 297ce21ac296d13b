"""How far a project is: the state of every claim in force, kept in memory and brought up to date by new decisions alone."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from brinkline.charts.bars import Progress, Stage
from brinkline.decision import Decision, Standing, standing
from brinkline.search.snapshot import kept
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.schema import claim, coding, coding_claim, decision, revision

#: What a claim can have come to; the last one is what waits.
PARTS = ("accepted", "changed", "rejected", "put aside", "open")
OPEN = len(PARTS) - 1
GROUPS = ("Dates", "Actors", "Places", "Events", "Values of the crisis", "Values of actors")
_KINDS = {"date": 0, "actor": 1, "place": 2, "event": 3}
_PART = {
    "accepted": 0,
    "edited": 1,
    "rejected": 2,
    "skipped": 3,
    "flagged": 3,
    "undecided": OPEN,
    "outdated": OPEN,
    "settled": 0,
}

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of claims in force by part: of each current revision, of each group over all, and of everything together."""

    by_revision: dict[str, Counts]
    by_group: tuple[Counts, ...]
    total: Counts


def work_of(conn: Connection) -> Work:
    """How far people are with the claims of the current codings."""
    return kept(conn, "progress of claims", _Tally).told(conn)


def progress_chart(work: Work) -> Progress:
    """The table of the chart of progress: a bar for each kind of claim."""
    stages = [Stage(name, counts) for name, counts in zip(GROUPS, work.by_group, strict=True) if sum(counts)]
    return Progress("How far the claims are", PARTS, tuple(stages))


class _Tally:
    """The claims of the current codings with their decisions, counted; ``told`` reads the decisions that came since."""

    def __init__(self, conn: Connection) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._told: Work | None = None
        self._place: dict[str, tuple[str, int]] = {}
        self._part: dict[str, int] = {}
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        self._counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0] * len(PARTS))
        query = (
            select(claim.c.id, claim.c.kind, claim.c.subject, coding.c.revision_id)
            .join(coding_claim, coding_claim.c.claim_id == claim.c.id)
            .join(coding, coding.c.id == coding_claim.c.coding_id)
            .join(revision, revision.c.id == coding.c.revision_id)
            .where(is_current_coding() & is_current_revision())
        )
        for name, kind, subject, of in conn.execute(query):
            place = self._place[name] = (of, _KINDS.get(kind, 4 if subject == "crisis" else 5))
            self._counts[place][OPEN] += 1

    def told(self, conn: Connection) -> Work:
        with self._lock:
            if self._follow(conn) or self._told is None:
                self._told = self._sum()
            return self._told

    def _follow(self, conn: Connection) -> bool:
        """Take in the decisions that came since; whether there were any."""
        changed = set()
        for row in conn.execute(select(decision).where(decision.c.seq > self._last).order_by(decision.c.seq)):
            self._last = row.seq
            what = (row.id, row.claim_id, row.person_id, row.at, row.verdict, row.scheme)
            self._decisions[row.claim_id].append(Decision(*what, row.replacement, row.follows, row.note))
            changed.add(row.claim_id)
        for name in changed & self._place.keys():
            part = part_of(standing(self._decisions[name]))
            counts = self._counts[self._place[name]]
            counts[self._part.get(name, OPEN)] -= 1
            counts[part] += 1
            self._part[name] = part
        return bool(changed)

    def _sum(self) -> Work:
        by_revision: dict[str, list[Counts]] = defaultdict(list)
        by_group: list[list[Counts]] = [[] for _ in GROUPS]
        for (of, group), counts in self._counts.items():
            by_revision[of].append(tuple(counts))
            by_group[group].append(tuple(counts))
        groups = tuple(_added(rows) for rows in by_group)
        return Work({name: _added(rows) for name, rows in by_revision.items()}, groups, _added(groups))


def part_of(given: Standing) -> int:
    """The place in ``PARTS`` of a state."""
    if given.state == "settled" and given.decision is not None:
        return 1 if given.decision.replacement else 2 if given.decision.note.startswith("reject") else 0
    return _PART.get(given.state, OPEN)


def _added(rows: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * len(PARTS)
