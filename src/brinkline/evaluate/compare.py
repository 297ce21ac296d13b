"""``compare``: two tables brought together and measured, variable by variable, with intervals by crisis.

What counts: the share of human values that the coding gives too. A human value that the coding leaves empty, or whose actor it
lacks, counts as wrong. Human cells without a value are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from brinkline.errors import InputError, UsageError
from brinkline.evaluate.match import Matched, Pair, match
from brinkline.evaluate.misses import misses
from brinkline.evaluate.records import DateScore, Fault, Report, SetScore, Side, Table, VariableScore
from brinkline.evaluate.reliability import answers, bins, brier
from brinkline.exchange.imports.cells import days
from brinkline.exchange.imports.layout import Field, Layout
from brinkline.measures import joint as measures
from brinkline.measures.joint import Numbers
from brinkline.measures.resample import Figure, Weights, figure, weigh
from brinkline.measures.scale import scale_of

#: A score and its share in each resample.
Scored = tuple[DateScore | VariableScore, Numbers]


def compare(
    human: Table,
    coded: Table,
    layout: Layout,
    *,
    variables: Sequence[str] = (),
    crises: frozenset[str] | None = None,
    seed: int = 1,
    resamples: int = 1000,
) -> Report:
    """The whole evaluation of ``coded`` against ``human``. ``variables`` are compared instead of the usual ones when given;
    ``crises`` bounds what is compared (None: the crises of the coding). InputError BL250 when nothing is left to compare."""
    scope = coded.crises if crises is None else crises
    faults = (*human.faults, *coded.faults, *_scope_faults(human, coded, scope))
    weights = weights_of(scope & human.crises, f"{coded.source} against {human.source}", seed, resamples)
    inside = set(weights.crises)
    coded_rows = [row for row in coded.rows if row.crisis in inside]
    matched = match((row for row in human.rows if row.crisis in inside), coded_rows, layout)
    chosen = _chosen(variables, human, layout) if variables else _usual(human, coded, layout)
    headline = chosen if variables else layout.headline
    dates = [name for name in chosen if layout.fields[name].variable.scale == "date"]
    date_scores = [_date(layout.fields[name], name in headline, matched.pairs, weights) for name in dates]
    scores = [_variable(layout.fields[name], name in headline, matched.pairs, weights) for name in chosen if name not in dates]
    given = answers(matched.pairs, [layout.fields[name] for name in chosen])
    scored: list[Scored] = [*date_scores, *scores]
    mean = _mean([item for item in scored if item[0].headline])
    return Report(
        coded=coded.source,
        human=human.source,
        layout=layout.name,
        crises=weights.crises,
        human_rows=len(matched.pairs),
        coded_rows=len(coded_rows),
        mean=mean,
        mean_of="mean share of the headline variables" if not variables else "mean share of the variables chosen",
        sets=(_actors(matched, weights),) if layout.actor else (),
        dates=tuple(score for score, _ in date_scores),
        variables=tuple(score for score, _ in scores),
        misses=tuple(misses(matched, [layout.fields[name] for name in chosen], coded.documents)),
        reliability=bins(given),
        brier=brier(given),
        faults=faults,
        seed=seed,
        resamples=resamples,
    )


def weights_of(crises: frozenset[str], place: str, seed: int, resamples: int) -> Weights:
    """The crises compared with their resamples. InputError BL250 when there is none."""
    if not crises:
        raise InputError(
            "BL250",
            "there is nothing to compare: no crisis stands in both codings",
            place=place,
            remedy="check that the crisis numbers are those of the human coding",
        )
    common = tuple(sorted(crises, key=in_order))
    return weigh(common, seed, resamples)


def set_score(name: str, per_crisis: Numbers, weights: Weights) -> SetScore:
    """Precision, recall and F1 from counts by crisis: the columns are wanted, found and both. 0 stands for 0 of 0."""
    wanted, found, both = (int(part) for part in weights.ones @ per_crisis)
    results = []
    for counts in (weights.ones @ per_crisis, weights.drawn @ per_crisis):
        wanted_n, found_n, both_n = counts[..., 0], counts[..., 1], counts[..., 2]
        results.append(
            [
                both_n / np.maximum(1, found_n),
                both_n / np.maximum(1, wanted_n),
                2 * both_n / np.maximum(1, wanted_n + found_n),
            ]
        )
    precision, recall, f1 = (figure(one, many) for one, many in zip(*results, strict=True))
    return SetScore(name, wanted, found, both, precision, recall, f1)


def _chosen(names: Sequence[str], human: Table, layout: Layout) -> tuple[str, ...]:
    """The variables asked for. UsageError BL130 when the layout does not know one, or the human table has no column for it."""
    chosen = layout.choose(names)
    absent = [name for name in chosen if name not in human.given]
    if absent:
        remedy = "it has: " + ", ".join(name for name in layout.fields if name in human.given)
        raise UsageError("BL130", f"the human coding has no {', '.join(absent)}", place=human.source, remedy=remedy)
    return chosen


def _usual(human: Table, coded: Table, layout: Layout) -> tuple[str, ...]:
    """What is compared unless variables are chosen: the headline, then what the coding gives and the human table has."""
    return tuple(
        name
        for name in (*layout.headline, *(name for name in layout.fields if name not in layout.headline))
        if name in human.given and (name in layout.headline or name in coded.given)
    )


def _scope_faults(human: Table, coded: Table, scope: frozenset[str]) -> list[Fault]:
    """Crises that stand on one side only, each with the row where it stands first."""
    return [
        *_alone(human, human.crises - scope, "human", "has no narrative among those coded"),
        *_alone(coded, (coded.crises & scope) - human.crises, "coded", "has no human coding"),
    ]


def _alone(table: Table, crises: frozenset[str], side: Side, text: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in table.rows:
        first.setdefault(row.crisis, row.number)
    for crisis in sorted(crises, key=in_order):
        yield Fault("BL243", f"crisis {crisis} {text}; left out", side, table.source, first.get(crisis))


def in_order(crisis: str) -> tuple[int, str]:
    """The order of crises: by number, names after numbers."""
    return (int(crisis) if crisis.isdecimal() else 10**9, crisis)


def _actors(matched: Matched, weights: Weights) -> SetScore:
    wanted = {(pair.human.crisis, pair.human.actor) for pair in matched.pairs}
    both = {(pair.human.crisis, pair.human.actor) for pair in matched.pairs if pair.coded}
    items = [(key[0], 1.0, float(key in both), float(key in both)) for key in sorted(wanted)]
    items += [(row.crisis, 0.0, 1.0, 0.0) for row in matched.extra]
    table = weights.spread([item[0] for item in items], np.array([item[1:] for item in items]).reshape(-1, 3))
    return set_score("crisis actors", table, weights)


def _date(item: Field, headline: bool, pairs: Iterable[Pair], weights: Weights) -> tuple[DateScore, Numbers]:
    """The score of a date, and its exact share in each resample."""
    name = item.variable.name
    crises, rows, partial = [], [], []
    coded = 0
    for pair in pairs:
        wanted = days(pair.human.values.get(name, ""))
        if wanted is None:
            continue
        answer = days(pair.coded.values.get(name, "")) if pair.coded else None
        if wanted[0] != wanted[1]:
            partial.append(answer is not None and wanted[0] <= answer[0] and answer[1] <= wanted[1])
            continue
        coded += answer is not None
        apart = abs(answer[0] - wanted[0]) if answer and answer[0] == answer[1] else 10**9
        crises.append(pair.human.crisis)
        rows.append((1.0, float(apart == 0), float(apart <= 3), float(apart <= 31)))
    table = weights.spread(crises, np.array(rows).reshape(-1, 4))
    one, many = weights.ones @ table, weights.drawn @ table
    exact, within_3, within_31 = (
        figure(measures.divide(one[index], one[0]), measures.divide(many[:, index], many[:, 0])) for index in (1, 2, 3)
    )
    score = DateScore(
        name=name,
        label=item.variable.label,
        headline=headline,
        n=len(rows),
        coded=coded,
        exact=exact,
        within_3=within_3,
        within_31=within_31,
        partial=len(partial),
        partial_right=_part(sum(partial), len(partial)),
    )
    return score, measures.divide(many[:, 1], many[:, 0])


def _variable(item: Field, headline: bool, pairs: Iterable[Pair], weights: Weights) -> tuple[VariableScore, Numbers]:
    """The score of a variable, and its share in each resample."""
    name, variable = item.variable.name, item.variable
    found = [
        (pair.human.crisis, (pair.human.values[name], pair.coded.values.get(name, "") if pair.coded else ""))
        for pair in pairs
        if name in pair.human.values
    ]
    joint = Counter(values for _, values in found)
    table = measures.cells(joint)
    at = {pair: index for index, pair in enumerate(sorted(joint))}
    marks = np.zeros((len(found), len(at)))
    marks[np.arange(len(found)), [at[values] for _, values in found]] = 1.0
    counts = weights.spread([crisis for crisis, _ in found], marks)
    one, many = weights.ones @ counts, weights.drawn @ counts
    share = measures.share(table, many)
    codes = [code.value for code in variable.codes]
    metric, places = scale_of(variable.scale, codes, variable.missing, table.values)
    on_scale = np.array(
        [places[first] is not None and places[second] is not None for first, second in _ends(table)], dtype=bool
    )
    positions = [place or 0.0 for place in places]
    alphas = [measures.alpha(table, rows * on_scale, metric, positions) for rows in (one, many)]
    human = Counter(values[0] for _, values in found)
    best, most = human.most_common(1)[0] if human else ("", 0)
    coded = [values for _, values in found if values[1]]
    score = VariableScore(
        name=name,
        label=variable.label,
        scale=variable.scale,
        headline=headline,
        n=len(found),
        coded=len(coded),
        agreement=figure(measures.share(table, one), share),
        agreement_where_coded=_part(sum(first == second for first, second in coded), len(coded)),
        majority=_part(most, len(found)),
        majority_value=best,
        kappa=figure(measures.kappa(table, one), measures.kappa(table, many)),
        alpha=figure(*alphas),
        metric=metric,
        joint=tuple((first, second, count) for (first, second), count in sorted(joint.items())),
        labels={value: variable.label_of(value) for value in table.values if variable.label_of(value)},
    )
    return score, share


def _ends(table: measures.Cells) -> Iterable[tuple[int, int]]:
    return zip(table.first.tolist(), table.second.tolist(), strict=True)


def _part(right: int, of: int) -> float | None:
    return right / of if of else None


def _mean(scores: Sequence[Scored]) -> Figure:
    """The mean of the shares, each as the score gives it; a variable without human values counts as 0."""
    if not scores:
        return Figure(None)
    shares = [score.exact.value if isinstance(score, DateScore) else score.agreement.value for score, _ in scores]
    resampled = np.mean([np.nan_to_num(row) for _, row in scores], axis=0)
    return figure(np.asarray(np.mean([value or 0.0 for value in shares])), resampled)
