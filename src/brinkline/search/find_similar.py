"""``similar(conn, narrative_id)``: the cases of a project that are most like one of them, with the reasons."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from brinkline import data
from brinkline.errors import UsageError
from brinkline.reference.codebook import Level
from brinkline.search.event_terms import type_named
from brinkline.search.found import SharedEvent, SharedValue, SimilarCase, SimilarFound
from brinkline.search.profiles import LEVELS, Profiles, acts_of, profiles_of
from brinkline.search.similar import Likeness, Values, best_rows, common_course, compare_course, compare_row
from brinkline.search.snapshot import snapshot_of
from brinkline.store.narratives import find_narrative

#: The most values that are named as reasons, on either side.
MOST_REASONS = 8


def similar(conn: Connection, narrative_id: str, limit: int = 10) -> SimilarFound:
    """The cases most like a narrative (its id, number, key or title), at most ``limit``; equal ones in the order of numbers.

    NotFound BL55x when there is no such narrative, UsageError BL464 when it is not coded.
    """
    row = find_narrative(conn, narrative_id)
    snapshot, profiles = snapshot_of(conn), profiles_of(conn)
    target = next((at for at, case in enumerate(snapshot.cases) if case.narrative_id == row.id), None)
    if target is None or not _is_coded(profiles, target):
        remedy = "code it first: brinkline code"
        raise UsageError("BL464", f"{row.title or row.key} is not coded, so nothing can be compared", remedy=remedy)
    comparison = _Comparison(profiles, target, len(snapshot.cases))
    order = np.argsort(-np.nan_to_num(comparison.score, nan=-1.0), kind="stable")
    best = [int(at) for at in order if at != target and not math.isnan(comparison.score[at])][: max(0, limit)]
    cases = []
    for at in best:
        case = snapshot.cases[at]
        shared, apart = comparison.reasons(at)
        cases.append(
            SimilarCase(
                case.narrative_id,
                case.number,
                case.title,
                round(float(comparison.score[at]), 4),
                _rounded(comparison.values[at]),
                _rounded(comparison.events[at]),
                shared,
                apart,
                comparison.course(at),
            )
        )
    return SimilarFound(row.id, row.number, row.title, tuple(cases))


class _Comparison:
    """One case compared with all."""

    def __init__(self, profiles: Profiles, target: int, cases: int) -> None:
        self.profiles = profiles
        self.target = target
        self.rows: list[tuple[Level, int, Likeness, NDArray[np.int64]]] = []
        for level in LEVELS:
            table = profiles.tables[level]
            for row in np.flatnonzero(table.case_of == target):
                likeness = compare_row(table, int(row))
                self.rows.append((level, int(row), likeness, best_rows(table, likeness, cases)))
        self.values = self._values(cases)
        self.events = compare_course(profiles.courses, target, acts_of(profiles.events[target]))
        self.score = self._score()

    def _values(self, cases: int) -> Values:
        """The agreement with each case: the crisis, and the mean of the actors, count alike."""
        means = []
        for level in LEVELS:
            own = [
                np.where(best >= 0, likeness.score[best], np.nan)
                for of, _, likeness, best in self.rows
                if of == level and len(likeness.score)
            ]
            if own:
                means.append(_mean(np.array(own)))
        return _mean(np.array(means)) if means else np.full(cases, np.nan)

    def _score(self) -> Values:
        """Both parts by their weights; the one alone where the other is missing."""
        parts = data.toml("brinkline.search", "similar.toml")["parts"]
        weighted = [(self.values, parts["values"]), (self.events, parts["events"])]
        total = sum(np.where(np.isnan(part), 0, weight) for part, weight in weighted)
        gained = sum(np.nan_to_num(part) * weight for part, weight in weighted)
        score: Values = np.where(total > 0, gained / np.where(total > 0, total, 1), np.nan)
        return score

    def reasons(self, other: int) -> tuple[tuple[SharedValue, ...], tuple[SharedValue, ...]]:
        """The values that make the two alike, and those that part them, those that count most first."""
        found = [item for row in self.rows for item in self._compared(*row, other)]
        whole = sum(weight for _, weight in found) or 1.0
        shared = sorted(found, key=lambda item: -item[0].agreement * item[1])
        apart = sorted(found, key=lambda item: -(1 - item[0].agreement) * item[1])
        return (
            tuple(_part(item, weight / whole) for item, weight in shared if item.agreement >= 0.5)[:MOST_REASONS],
            tuple(_part(item, weight / whole) for item, weight in apart if item.agreement < 0.5)[:MOST_REASONS],
        )

    def _compared(
        self, level: Level, row: int, likeness: Likeness, best: NDArray[np.int64], other: int
    ) -> list[tuple[SharedValue, float]]:
        """Every variable of a row that both have, with its weight."""
        to = int(best[other])
        if to < 0:
            return []
        subjects, cells = self.profiles.subjects[level], self.profiles.cells[level]
        found = []
        for at, field in enumerate(self.profiles.fields[level]):
            agreement, weight = float(likeness.agreement[to, at]), float(likeness.weights[at])
            if not math.isnan(agreement) and weight > 0:
                one, two = cells[row][field], cells[to][field]
                names = (field, subjects[row], subjects[to], one.value, one.label, two.value, two.label)
                found.append((SharedValue(*names, round(agreement, 4), 0.0), weight))
        return found

    def course(self, other: int) -> tuple[SharedEvent, ...]:
        """The longest course of events that both cases have."""
        one, two = self.profiles.events[self.target], self.profiles.events[other]
        types = [[row.kind.type for row in rows] for rows in (one, two)]
        common = common_course(types[0], types[1], self.profiles.courses.rarity)
        return tuple(SharedEvent(_name(one[at].kind.type), one[at].id, two[to].id) for at, to in common)


def _is_coded(profiles: Profiles, target: int) -> bool:
    return bool(profiles.events[target]) or any((table.case_of == target).any() for table in profiles.tables.values())


def _mean(rows: Values) -> Values:
    """The mean of each column without nan; nan where there is nothing else."""
    there = ~np.isnan(rows)
    number = there.sum(axis=0)
    mean: Values = np.where(number > 0, np.nan_to_num(rows).sum(axis=0) / np.maximum(number, 1), np.nan)
    return mean


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 4)


def _part(item: SharedValue, part: float) -> SharedValue:
    return replace(item, part=round(part, 4))


def _name(leaf: str) -> str:
    named = type_named(leaf)
    return named[0] if named else leaf
