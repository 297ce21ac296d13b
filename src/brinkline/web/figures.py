"""Figures of agreement kept between requests: measuring a large project takes longer than a page may."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from brinkline.review.agreement import Agreement, agreement
from brinkline.store.schema import assignment, claim, decision, person, revision

#: Figures that took long are shown for so many times as long, even when somebody decided meanwhile.
_TIMES = 20.0
#: What takes no longer than this many seconds is measured for every change.
_SHORT = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures, and whether somebody decided on something since."""

    figures: Agreement
    stale: bool


class Figures:
    """The agreement of one project. One thread measures at a time; the others wait for what it finds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._found: Agreement | None = None
        self._stamp: tuple[Any, ...] = ()
        self._until = 0.0

    def measured(self, conn: Connection) -> Measured:
        """The figures of the project as the connection sees it, or those of a moment ago where measuring takes long."""
        with self._lock:
            stamp = _stamp(conn)
            if self._found is not None and stamp == self._stamp:
                return Measured(self._found, False)
            if self._found is not None and self._clock() < self._until:
                return Measured(self._found, True)
            start = self._clock()
            self._found, self._stamp = agreement(conn), stamp
            took = self._clock() - start
            self._until = self._clock() + (took * _TIMES if took > _SHORT else 0.0)
            return Measured(self._found, False)


def _stamp(conn: Connection) -> tuple[Any, ...]:
    """What changes whenever the figures may."""
    parts = (
        select(func.max(decision.c.seq)),
        select(func.max(claim.c.seq)),
        select(func.count()).select_from(revision),
        select(func.count()).select_from(person),
        select(func.count()).select_from(assignment).where(assignment.c.blind),
        select(func.count()).select_from(assignment).where(assignment.c.blind, assignment.c.finished.is_(None)),
    )
    return tuple(conn.execute(select(*(part.scalar_subquery() for part in parts))).one())
