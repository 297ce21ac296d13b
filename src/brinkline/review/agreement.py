"""How far coders agree: percent, Cohen's kappa, Krippendorff's alpha, dates by overlap, events by matched F1.

Measured per variable, narrative and pair of coders, and over all, with bootstrap intervals in which whole narratives are drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlalchemy import Connection

from brinkline.errors import NotFound, UsageError
from brinkline.measures.joint import Cells, Metric, Numbers, alpha, cells, divide, kappa, share
from brinkline.measures.resample import Figure, Weights, figure, weigh
from brinkline.measures.scale import METRICS, scale_of
from brinkline.reference.codebook import Variable
from brinkline.review.answers import Answer, CodedUnit, Days, Place, Work, work_of
from brinkline.review.event_pairs import event_counts
from brinkline.review.offered import variable_of
from brinkline.store.people import list_people

SEED, RESAMPLES = 1, 1000
_NONE = Figure(None)
#: A measure of the data and of each resample.
_Sampled = tuple[Numbers, Numbers]
#: What is measured already, by variable and coders.
_Known = dict[tuple[str, frozenset[str]], _Sampled]


@dataclass(frozen=True, slots=True)
class Score:
    """The agreement on one thing. ``kind`` is "all", "variable", "pair" or "narrative"; ``ref`` names it in an address.

    ``units`` is the number of units that two or more coded; kappa stands for two coders only; ``alpha`` of several variables is
    the mean of theirs, and none of a narrative alone, whose few units define none; ``overlap`` is the mean share of days that
    dates have in common; ``events`` counts events of all coders and ``f1`` matches them.
    """

    kind: str
    ref: str
    label: str
    units: int
    coders: int
    metric: Metric | None
    percent: Figure
    kappa: Figure
    alpha: Figure
    overlap: Figure
    events: int
    f1: Figure


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of a project's coders. ``people`` are names by id; ``seed`` and ``resamples`` are of the bootstrap."""

    people: Mapping[str, str]
    narratives: int
    waiting: int
    overall: Score
    variables: tuple[Score, ...]
    pairs: tuple[Score, ...]
    per_narrative: tuple[Score, ...]
    seed: int
    resamples: int

    @property
    def scores(self) -> tuple[Score, ...]:
        """Every row, the overall one first."""
        return (self.overall, *self.variables, *self.pairs, *self.per_narrative)


def agreement(
    conn: Connection,
    *,
    pair: Sequence[str] = (),
    variable: str = "",
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Agreement:
    """The agreement on the present texts, of all coders or of two (by id), on everything or one variable ("actor.triggr").

    NotFound BL559 for a variable that nobody coded twice.
    """
    work = work_of(conn)
    names = {person.id: person.name for person in list_people(conn, all_of_them=True)}
    return agreement_of(work, names, pair=pair, variable=variable, seed=seed, resamples=resamples)


def agreement_of(
    work: Work,
    names: Mapping[str, str],
    *,
    pair: Sequence[str] = (),
    variable: str = "",
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Agreement:
    """The agreement of work that is at hand; see ``agreement``."""
    units = _chosen(work.units, pair, variable)
    coders = sorted({person for item in units for person in item.answers}, key=lambda name: names.get(name, name))
    used = {item.unit.narrative for item in units if len(item.answers) > 1} | {
        name for name, people in _event_people(units).items() if len(people) > 1
    }
    places = [place for place in work.places if place.id in used]
    weights = weigh([place.id for place in places], seed, resamples)
    measure = _Measure(weights, tuple(coders), [item for item in units if item.unit.narrative in used])
    variables = measure.by_variable()
    return Agreement(
        people={name: names.get(name, name) for name in coders},
        narratives=len(places),
        waiting=len(work.waiting),
        overall=measure.score("all", "all", "All variables", coders),
        variables=variables,
        pairs=tuple(
            measure.score("pair", "~".join(two), " and ".join(names.get(name, name) for name in two), two)
            for two in combinations(coders, 2)
            if any(two[0] in item.answers and two[1] in item.answers for item in measure.units)
        ),
        per_narrative=measure.by_narrative(places),
        seed=seed,
        resamples=resamples,
    )


def _chosen(units: Iterable[CodedUnit], pair: Sequence[str], variable: str) -> list[CodedUnit]:
    if len(set(pair)) not in (0, 2):
        raise UsageError("BL169", "a pair is two coders", remedy="name two different people")
    found = [item for item in units if not variable or item.unit.variable == variable]
    if variable and not found:
        raise NotFound("BL559", f"nobody coded {variable[:60]!r} twice", remedy="brinkline agree lists what was coded twice")
    if not pair:
        return found
    kept = ((item, {name: item.answers[name] for name in pair if name in item.answers}) for item in found)
    return [CodedUnit(item.unit, answers, item.settled) for item, answers in kept if answers]


def _event_people(units: Iterable[CodedUnit]) -> dict[str, set[str]]:
    people: dict[str, set[str]] = defaultdict(set)
    for item in units:
        if item.unit.kind == "event":
            people[item.unit.narrative].update(item.answers)
    return people


@dataclass(frozen=True, slots=True)
class _Joint:
    """Pairs of values with how often each occurs in each narrative."""

    table: Cells
    counts: Numbers


class _Measure:
    """Measures units; ``weights`` says how often each narrative counts."""

    def __init__(
        self, weights: Weights, coders: Sequence[str], units: Sequence[CodedUnit], means: _Known | None = None
    ) -> None:
        self.weights = weights
        self.coders = tuple(coders)
        self.units = units
        self.events = [item for item in units if item.unit.kind == "event"]
        self.means = means if means is not None else {}
        self.valued = [item for item in units if item.unit.kind != "event" and len(item.answers) > 1]

    def by_variable(self) -> tuple[Score, ...]:
        """A row for each variable that two or more coded, by kind and name."""
        groups: dict[str, list[CodedUnit]] = defaultdict(list)
        for item in self.units:
            groups[item.unit.variable].append(item)
        found = []
        for name, items in sorted(groups.items(), key=lambda group: ("." not in group[0], group[0])):
            own = _Measure(self.weights, self.coders, items, self.means)
            coders = sorted({person for item in items for person in item.answers})
            score = own.score("variable", name, label_of(items[0]), coders)
            if score.units or score.events:
                found.append(score)
        return tuple(found)

    def by_narrative(self, places: Sequence[Place]) -> tuple[Score, ...]:
        """A row for each narrative, without intervals and means over variables."""
        groups: dict[str, list[CodedUnit]] = defaultdict(list)
        for item in self.units:
            groups[item.unit.narrative].append(item)
        found = []
        for place in places:
            items = groups[place.id]
            own = _Measure(weigh([place.id], 1, 0), self.coders, items)
            coders = sorted({person for item in items for person in item.answers})
            found.append(own.score("narrative", place.key, place.title or place.key, coders))
        return tuple(found)

    def score(self, kind: str, ref: str, label: str, coders: Sequence[str]) -> Score:
        """The row of one thing for these coders."""
        valued = self._of(coders)
        whole = self._joint(valued, coders, together=True)
        groups: dict[str, list[CodedUnit]] = defaultdict(list)
        for item in valued:
            groups[item.unit.variable].append(item)
        means = groups.values() if kind != "narrative" else ()
        kappas = [self._kappa(items, coders) for items in means] if len(coders) == 2 else []
        alphas = [self._alpha(items, coders) for items in means]
        events, f1 = self._f1(coders)
        return Score(
            kind,
            ref,
            label,
            len(valued),
            len(coders),
            metric_of(valued[0]) if len(groups) == 1 else None,
            self._figure(lambda rows: share(whole.table, rows @ whole.counts)),
            _mean(kappas),
            _mean(alphas),
            self._overlap(valued, coders),
            events,
            f1,
        )

    def _of(self, coders: Sequence[str]) -> list[CodedUnit]:
        """The units with a value that two or more of these coded."""
        if len(coders) == 2:
            first, second = coders
            return [item for item in self.valued if first in item.answers and second in item.answers]
        return [item for item in self.valued if sum(name in item.answers for name in coders) > 1]

    def _figure(self, formula: Callable[[Numbers], Numbers]) -> Figure:
        return figure(formula(self.weights.ones), formula(self.weights.drawn))

    def _joint(self, items: Sequence[CodedUnit], coders: Sequence[str], *, together: bool = False) -> _Joint:
        """The pairs of answers; a unit with m answers counts each pair 1 / (m - 1) times (Krippendorff 2011)."""
        found = []
        for item in items:
            given = [item.answers[name].value for name in coders if name in item.answers]
            for values in combinations(given, 2):
                pair = ("", "" if values[0] == values[1] else "x") if together else values
                found.append((item.unit.narrative, pair, 1 / (len(given) - 1)))
        table = cells(pair for _, pair, _ in found)
        at = {pair: index for index, pair in enumerate(sorted({pair for _, pair, _ in found}))}
        marks = np.zeros((len(found), len(at)))
        marks[np.arange(len(found)), [at[pair] for _, pair, _ in found]] = [weight for _, _, weight in found]
        return _Joint(table, self.weights.spread([place for place, _, _ in found], marks))

    def _kappa(self, items: Sequence[CodedUnit], coders: Sequence[str]) -> _Sampled:
        joint = self._joint(items, coders)
        return tuple(kappa(joint.table, rows @ joint.counts) for rows in (self.weights.ones, self.weights.drawn))  # type: ignore[return-value]

    def _alpha(self, items: Sequence[CodedUnit], coders: Sequence[str]) -> _Sampled:
        """Alpha of one variable; what was measured for all of its coders is not measured again."""
        everybody = {person for item in items for person in item.answers}
        key = (items[0].unit.variable, frozenset(everybody & set(coders)))
        if key not in self.means:
            self.means[key] = self._new_alpha(items, coders)
        return self.means[key]

    def _new_alpha(self, items: Sequence[CodedUnit], coders: Sequence[str]) -> _Sampled:
        metric, places = scale_of_unit(items[0], sorted({answer.value for item in items for answer in item.answers.values()}))
        scaled = [_on_scale(item, places) for item in items]
        joint = self._joint([item for item in scaled if len(item.answers) > 1], coders)
        at = [places[value] or 0.0 for value in joint.table.values]
        return tuple(  # type: ignore[return-value]
            alpha(joint.table, rows @ joint.counts, metric, at) for rows in (self.weights.ones, self.weights.drawn)
        )

    def _overlap(self, items: Sequence[CodedUnit], coders: Sequence[str]) -> Figure:
        found = []
        for item in items:
            spans = [item.answers[name].days for name in coders if name in item.answers]
            known = [span for span in spans if span is not None]
            found += [(item.unit.narrative, overlap(first, second), 1.0) for first, second in combinations(known, 2)]
        return self._ratio([(place, (part, whole)) for place, part, whole in found])

    def _f1(self, coders: Sequence[str]) -> tuple[int, Figure]:
        """How many events two coders put side by side, and the F1 of matching them."""
        found = [row for pair in combinations(coders, 2) for row in event_counts(self.events, *pair)] if self.events else []
        return int(sum(both[1] for _, both in found)), self._ratio([(place, (2 * hit, of)) for place, (hit, of) in found])

    def _ratio(self, rows: Sequence[tuple[str, tuple[float, float]]]) -> Figure:
        """A quotient of sums over narratives."""
        if not rows:
            return _NONE
        sums = self.weights.spread([place for place, _ in rows], np.array([pair for _, pair in rows]).reshape(-1, 2))
        return self._figure(lambda weights: divide((weights @ sums)[..., 0], (weights @ sums)[..., 1]))


def _on_scale(item: CodedUnit, places: Mapping[str, float | None]) -> CodedUnit:
    kept = {name: answer for name, answer in item.answers.items() if places[answer.value] is not None}
    return CodedUnit(item.unit, kept, item.settled)


def _mean(parts: Sequence[_Sampled]) -> Figure:
    """The mean of measures, over those that are defined."""
    if not parts:
        return _NONE
    one, many = (_mean_of(np.stack([part[side] for part in parts])) for side in (0, 1))
    return figure(one, many)


def _mean_of(rows: Numbers) -> Numbers:
    known = ~np.isnan(rows)
    return divide(np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64))


def overlap(first: Days, second: Days) -> float:
    """The share of days that two dates have in common of all days that either has: 1 for the same, 0 for none; dates that are
    open on a side overlap wholly when they are the same, else not.

    >>> overlap((1, 2), (2, 4))
    0.25
    """
    if first == second:
        return 1.0
    common = min(first[1], second[1]) - max(first[0], second[0]) + 1
    whole = max(first[1], second[1]) - min(first[0], second[0]) + 1
    return max(0.0, common) / whole if np.isfinite(whole) else 0.0


def scale_of_unit(item: CodedUnit, values: Sequence[str]) -> tuple[Metric, dict[str, float | None]]:
    """The metric of alpha and the places of the values. On a nominal scale "no value stands" is a value too."""
    metric, variable = metric_of(item), _variable(item)
    if metric == "nominal" or variable is None:
        return "nominal", dict.fromkeys(values, 0.0)
    _, places = scale_of(variable.scale, [code.value for code in variable.codes], variable.missing, values)
    return metric, dict(zip(values, places, strict=True))


def metric_of(item: CodedUnit) -> Metric:
    """The metric of alpha that fits a unit by the codebook; nominal for what has no scale."""
    variable = _variable(item)
    return METRICS.get(variable.scale, "nominal") if variable is not None else "nominal"


def label_of(item: CodedUnit) -> str:
    """The name of what a unit measures, for people."""
    variable = _variable(item)
    if variable is not None:
        return variable.label
    plural = {"date": "Dates in the text", "actor": "Actors in the text", "place": "Places in the text", "event": "Events"}
    return plural.get(item.unit.kind, item.unit.field)


def _variable(item: CodedUnit) -> Variable | None:
    return variable_of(item.unit.subject, item.unit.field) if item.unit.kind == "variable" else None


def units_behind(work: Work, *, variable: str = "", narrative: str = "", pair: Sequence[str] = ()) -> tuple[CodedUnit, ...]:
    """The units behind a figure that two or more coded, in the order of narratives; those that differ can be told by them."""
    keys = {place.id: place.key for place in work.places}
    chosen = (item for item in _chosen(work.units, pair, "") if not variable or item.unit.variable == variable)
    return tuple(item for item in chosen if len(item.answers) > 1 and narrative in ("", keys[item.unit.narrative]))


def answer_of(item: CodedUnit, person: str) -> Answer | None:
    """What somebody said of a unit, None when they decided nothing on it."""
    return item.answers.get(person)
