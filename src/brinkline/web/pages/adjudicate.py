"""What the page of adjudication shows: one row per difference, one column per coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from brinkline.review.adjudicate import Difference, differences
from brinkline.review.answers import Place
from brinkline.review.settling import COLUMNS as NAMES
from brinkline.web.rendering import Column, at_place


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one narrative, with the most columns any of them has."""

    place: Place
    rows: tuple[Difference, ...]

    @property
    def coders(self) -> int:
        """How many people coded the narrative."""
        return len(self.rows[0].columns)


@dataclass(frozen=True, slots=True)
class Settling:
    """The page: how many differences are open and settled, and the rows shown, by narrative."""

    open: int
    settled: int
    groups: tuple[Group, ...]


def settling(conn: Connection, *, settled: bool, narrative: str = "") -> Settling:
    """The page, with open differences or settled ones, of one narrative (by key) or all."""
    both = [differences(conn), differences(conn, settled=True)]
    rows = [row for row in both[settled] if narrative in ("", row.place.key)]
    groups: dict[str, list[Difference]] = {}
    for row in rows:
        groups.setdefault(row.place.id, []).append(row)
    return Settling(len(both[0]), len(both[1]), tuple(Group(own[0].place, tuple(own)) for own in groups.values()))


COLUMNS: Sequence[Column] = tuple(at_place(name, place) for place, name in enumerate(NAMES))
