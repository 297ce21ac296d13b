"""Trains the models of ``brinkline/variables/model`` and measures them against the rules.

    pip install 'brinkline[model]'
    python tools/train_model.py NARRATIVES icb2.csv --out src/brinkline/variables/model

NARRATIVES is a folder of text files named by crisis number; the table is ICB2-shaped (crisno, cracid, yrtrig, ...). The
model of a variable pools three things into one score per code: the code of the rule; how the codes of the other variables,
of the other actor and of the setting go together with each code in the human codings of crises *without* a narrative in the
folder (so no crisis serves twice); and, where it helps, the events and phrases of the story, heavily shrunk. Nested
cross-validation by crisis: the outer folds measure, the inner folds choose the strength of shrinking. One gate for every
variable: a model is written only when it beats the rule by ``--gain`` points on all rows, by half of that with each crisis
counted as at most four rows, and at all in each repetition and in each half of the crises (even and odd numbers). Same
input, same output: the folds are drawn from fixed seeds.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from brinkline.actors import find_actors
from brinkline.dates import find_dates
from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.reading import read_text
from brinkline.sentences import split_sentences
from brinkline.variables.coder import code_variables
from brinkline.variables.model.features import CODED, row_features, setting

VARIABLES = (
    "gravty",
    "majres",
    "viol",
    "cenvio",
    "sevvio",
    "crismg",
    "outcom",
    "outfor",
    "globact",
    "triggr",
    "regact",
    "usinv",
    "suinv",
)
#: Of these a narrative that breaks off tells nothing.
OF_THE_END = ("outcom", "outfor")
SETTINGS = ("power", "actors", "entity", "period", "days")
#: (shrinking of the pooled base rates, shrinking of events and phrases or None for none of these)
GRID = ((10.0, None), (30.0, None), (30.0, 1000.0))
FOLDS, INNER, SHRINK_RULES, SHRINK_OWN, MOST_ROWS, LEAST_CRISES = 10, 4, 3.0, 0.01, 4, 4


@dataclass(frozen=True)
class Row:
    """A row of the human coding, and what brinkline saw in the narrative (None when it found no such actor)."""

    crisis: int
    gold: dict[str, int | None]
    values: dict[str, float] | None
    ruled: dict[str, object] | None


def number(cell: str | None) -> int | None:
    """The whole number in a cell, None for an empty one."""
    try:
        return int(float(cell or ""))
    except ValueError:
        return None


def read_gold(path: Path) -> dict[int, list[dict[str, int | None]]]:
    """The human coding by crisis, rows in the order of their triggers."""
    found: dict[int, list[dict[str, int | None]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            found[int(line["crisno"])].append({name: number(cell) for name, cell in line.items()})
    for rows in found.values():
        rows.sort(key=lambda row: tuple(row[name] or 9999 for name in ("yrtrig", "motrig", "datrig")))
    return found


def code_folder(folder: Path, gold: dict[int, list[dict[str, int | None]]]) -> list[Row]:
    """The rows of all crises that have both a narrative and a human coding."""
    parser, rows = Parser(), []
    for path in sorted(folder.glob("*.txt")):
        match = re.search(r"\d+", path.stem)
        crisis = int(match[0]) if match else -1
        if crisis in gold:
            rows += list(_rows(crisis, path, parser, gold[crisis]))
    return rows


def _rows(crisis: int, path: Path, parser: Parser, gold: list[dict[str, int | None]]) -> Iterator[Row]:
    seen: dict[int, list[tuple[str, dict[str, float], dict[str, object]]]] = defaultdict(list)

    def collect(case, frame, told, found):  # type: ignore[no-untyped-def]
        rows = list(zip(told, found, strict=True))
        for index, (item, findings) in enumerate(rows):
            features = row_features(case, frame, rows, index).values
            ruled = {name: findings[name].value for name in CODED}
            seen[item.trigger.party.number].append((str(item.trigger.date.value), features, ruled))
        return list(found)

    narrative = read_text(path.read_text(encoding="utf-8-sig"))
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    parsed = parser.parse(narrative, sentences, dates)
    mentions = find_actors(narrative, parsed, dates)
    code_variables(narrative, sentences, dates, mentions, find_events(narrative, parsed, dates, mentions), settle=collect)
    count: Counter[int] = Counter()
    for row in gold:
        actor = row["cracid"] or 0
        own = sorted(seen[actor], key=lambda item: item[0])
        place = count[actor]
        count[actor] += 1
        _, features, ruled = own[place] if place < len(own) else ("", None, None)
        yield Row(crisis, row, features, ruled)


class Design:
    """Everything that is fitted for one variable, as arrays: tied base rates, own-code marks, events and phrases."""

    def __init__(self, variable: str, rows: Sequence[Row], base: dict[int, list[dict[str, int | None]]]) -> None:
        self.variable = variable
        self.rows = [row for row in rows if row.gold[variable] is not None]
        pairs = list(_pairs(base))
        self.codes = sorted({own[variable] for own, _ in pairs} - {None} | {row.gold[variable] for row in self.rows})
        self.names = [f"rule:{name}" for name in CODED if name != variable]
        self.names += [f"case:{name}" for name in SETTINGS] + [f"other:{name}" for name in CODED]
        prior = np.array([sum(own[variable] == code for own, _ in pairs) + 0.5 for code in self.codes])
        self.prior = np.log(prior / prior.sum())
        self.tables = [self._table(name, pairs) for name in self.names]
        self.target = np.array([self.codes.index(row.gold[variable]) for row in self.rows])
        self.groups = np.array([row.crisis for row in self.rows])
        self.seen = np.array([row.values is not None for row in self.rows])
        self.weight = np.array([min(1.0, MOST_ROWS / Counter(self.groups)[group]) for group in self.groups])
        self.ruled = np.array([self._code(row) for row in self.rows])
        self.rules = sorted({name for row in self.rows for name in row.values or () if name.startswith(f"by:{variable}=")})
        self.tied = self._tied()
        self.words = self._vocabulary()
        self.text = np.array([[(row.values or {}).get(word, 0.0) for word in self.words] for row in self.rows])

    def _code(self, row: Row) -> int:
        given = (row.ruled or {}).get(self.variable)
        return self.codes.index(given) if given in self.codes else -1

    def _table(self, name: str, pairs: Sequence[tuple[dict, dict | None]]) -> dict[str, np.ndarray]:
        """For each value of another variable the log of how much likelier each code becomes with it, drawn towards 0."""
        block, _, field = name.partition(":")
        counts: dict[str, np.ndarray] = {}
        for own, other in pairs:
            value = (other or {}).get(field) if block == "other" else own.get(field)
            if value is not None and own[self.variable] in self.codes:
                cell = counts.setdefault(f"{name}={value}", np.zeros(len(self.codes)))
                cell[self.codes.index(own[self.variable])] += 1
        pull = 1.5 * len(self.codes) ** 0.5
        share = np.exp(self.prior)
        return {value: np.log((cell + pull * share) / (cell.sum() + pull)) - self.prior for value, cell in counts.items()}

    def _tied(self) -> np.ndarray:
        """Row x code x (base-rate tables, prior, own code, own code by rule)."""
        width = len(self.names) + 2
        cube = np.zeros((len(self.rows), len(self.codes), width + len(self.rules)))
        for at, row in enumerate(self.rows):
            for place, table in enumerate(self.tables):
                for value in table.keys() & (row.values or {}).keys():
                    cube[at, :, place] += table[value]
            cube[at, :, width - 2] = self.prior
            if self.ruled[at] >= 0:
                cube[at, self.ruled[at], width - 1] = 1
                for place, rule in enumerate(self.rules):
                    cube[at, self.ruled[at], width + place] = float(rule in (row.values or {}))
        return cube

    def _vocabulary(self) -> list[str]:
        crises: dict[str, set[int]] = defaultdict(set)
        for row in self.rows:
            for name in row.values or ():
                if name.startswith(("any:", "done:", "met:", "cue.")):
                    crises[name].add(row.crisis)
        return sorted(name for name, where in crises.items() if len(where) >= LEAST_CRISES)


def _pairs(base: dict[int, list[dict[str, int | None]]]) -> Iterator[tuple[dict, dict | None]]:
    """(own row, the other row of a crisis of two actors or None), each with its setting."""
    for rows in base.values():
        numbers = [row["cracid"] or 0 for row in rows]
        for row in rows:
            known = setting(row["cracid"] or 0, row["yrtrig"], numbers, row["trgterra"], row["trigent"])
            other = next((item for item in rows if item is not row), None) if len(rows) == len(set(numbers)) == 2 else None
            yield {**{name: row[name] for name in CODED}, **known}, other


@dataclass(frozen=True)
class Fit:
    """The fitted weights: tied ones, and one per word and code with the scale of the words."""

    tied: np.ndarray
    text: np.ndarray
    mean: np.ndarray
    scale: np.ndarray

    def shares(self, design: Design, chosen: np.ndarray) -> np.ndarray:
        """The probability of each code for the chosen rows."""
        return _softmax(design.tied[chosen] @ self.tied + ((design.text[chosen] - self.mean) * self.scale) @ self.text)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def fit(design: Design, chosen: np.ndarray, shrink: float, shrink_text: float | None) -> Fit:
    """The weights that make the human codes of the chosen rows likeliest, shrunk towards none (the own code hardly)."""
    chosen = chosen & design.seen
    cube, target, weight = design.tied[chosen], design.target[chosen], design.weight[chosen]
    text = design.text[chosen]
    mean, scale = text.mean(axis=0), 1 / np.maximum(text.std(axis=0), 0.15)
    if shrink_text is None:
        scale = scale * 0
    text = (text - mean) * scale
    size, codes, width = len(target), len(design.codes), cube.shape[2]
    penalty = np.full(width, shrink)
    penalty[len(design.names) + 1] = SHRINK_OWN
    penalty[len(design.names) + 2 :] = SHRINK_RULES
    hit = np.zeros((size, codes))
    hit[np.arange(size), target] = 1

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        tied, words = flat[:width], flat[width:].reshape(-1, codes)
        share = _softmax(cube @ tied + text @ words)
        cost = -(weight * np.log(share[np.arange(size), target] + 1e-12)).sum()
        cost += 0.5 * (penalty * tied**2).sum() + 0.5 * (shrink_text or 1.0) * (words**2).sum()
        off = (share - hit) * weight[:, None]
        slope = np.einsum("nk,nkp->p", off, cube) + penalty * tied
        return cost, np.concatenate([slope, (text.T @ off + (shrink_text or 1.0) * words).ravel()])

    begin = np.zeros(width + text.shape[1] * codes)
    begin[len(design.names) + 1] = 2
    flat = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return Fit(flat[:width], flat[width:].reshape(-1, codes), mean, scale)


def folds(groups: np.ndarray, count: int, seed: int) -> Iterator[np.ndarray]:
    """For each fold the mask of its test rows; a crisis is never split."""
    for _, test in GroupKFold(count, shuffle=True, random_state=seed).split(groups, groups=groups):
        mask = np.zeros(len(groups), bool)
        mask[test] = True
        yield mask


def choose(design: Design, chosen: np.ndarray, seed: int) -> tuple[float, float | None]:
    """The grid point that did best (log loss) in inner folds of the chosen rows."""
    best: dict[tuple[float, float | None], float] = dict.fromkeys(GRID, 0.0)
    places = np.flatnonzero(chosen & design.seen)
    for inner in folds(design.groups[places], INNER, seed):
        test = np.zeros(len(chosen), bool)
        test[places[inner]] = True
        train = chosen & ~test
        for point in GRID:
            share = fit(design, train, *point).shares(design, test)
            best[point] -= (design.weight[test] * np.log(share[np.arange(test.sum()), design.target[test]] + 1e-9)).sum()
    return min(GRID, key=lambda point: best[point])


def nested(design: Design, seed: int) -> np.ndarray:
    """The shares of the codes for each row, from models that did not see its crisis, chosen without it too."""
    shares = np.zeros((len(design.rows), len(design.codes)))
    for test in folds(design.groups, FOLDS, seed):
        point = choose(design, ~test, seed)
        told = test & design.seen
        shares[told] = fit(design, ~test, *point).shares(design, told)
    return shares


@dataclass(frozen=True)
class Measure:
    """Shares of right values: rule and model, over all rows and with crises capped; and the gain of the model in each
    repetition and in the even- and odd-numbered crises."""

    rule: float
    model: float
    rule_capped: float
    model_capped: float
    gains: tuple[float, ...]
    halves: tuple[float, ...]

    def ships(self, gain: float) -> bool:
        """True when the model is clearly better on all rows and with crises capped, and better in each repetition and half."""
        clearly = self.model - self.rule >= gain and self.model_capped - self.rule_capped >= gain / 2
        return clearly and min(self.gains) > 0 and min(self.halves) > 0


def measure(design: Design, runs: Sequence[np.ndarray]) -> Measure:
    """The rule and the model on the same rows; a row that was not found is wrong for both."""
    rule = design.ruled == design.target
    hits = [design.seen & (run.argmax(axis=1) == design.target) for run in runs]
    weight = design.weight / design.weight.sum()
    better = np.mean(hits, axis=0) - rule
    return Measure(
        rule.mean(),
        float(np.mean([hit.mean() for hit in hits])),
        float(rule @ weight),
        float(np.mean([hit @ weight for hit in hits])),
        tuple(float(hit.mean() - rule.mean()) for hit in hits),
        tuple(float(better[design.groups % 2 == half].mean()) for half in (0, 1)),
    )


def calibrate(design: Design, runs: Sequence[np.ndarray]) -> tuple[float, float]:
    """(slope, intercept) that turn the log odds of the chosen code into how often it was right in cross-validation."""
    odds, right, weight = [], [], []
    for run in runs:
        top = np.clip(run[design.seen].max(axis=1), 1e-6, 1 - 1e-6)
        odds += list(np.log(top / (1 - top)))
        right += list(run[design.seen].argmax(axis=1) == design.target[design.seen])
        weight += list(design.weight[design.seen] / len(runs))
    model = LogisticRegression(C=1.0).fit(np.array(odds)[:, None], right, weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def reliability(design: Design, runs: Sequence[np.ndarray], line: tuple[float, float]) -> list[tuple[str, float, float, int]]:
    """(band of confidence, mean confidence, share right, values) over all repetitions."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for run in runs:
        top = np.clip(run[design.seen].max(axis=1), 1e-6, 1 - 1e-6)
        sure = 1 / (1 + np.exp(-(line[1] + line[0] * np.log(top / (1 - top)))))
        for value, hit in zip(sure, run[design.seen].argmax(axis=1) == design.target[design.seen], strict=True):
            bands[int(value * 10)].append((float(value), bool(hit)))
    return [
        (f"{band / 10:.1f}-{(band + 1) / 10:.1f}", *np.mean(np.array(items, float), axis=0), len(items) // len(runs))
        for band, items in sorted(bands.items())
    ]


def weights_of(design: Design, fitted: Fit) -> Iterator[tuple[str, str, str, str]]:
    """The rows of ``weights.csv``: everything multiplied out into one weight per feature and code."""
    prior, own = len(design.names), len(design.names) + 1
    text = fitted.scale[:, None] * fitted.text
    bias = fitted.tied[prior] * design.prior - fitted.mean @ text

    def line(feature: str, code: int | str, weight: float) -> Iterator[tuple[str, str, str, str]]:
        if abs(weight) >= 0.002:
            yield design.variable, feature, str(code), f"{weight:.3f}"

    for code, weight in zip(design.codes, bias, strict=True):
        yield from line("bias", code, weight)
    yield from line("bias", "own", fitted.tied[own])
    for rule, weight in zip(design.rules, fitted.tied[own + 1 :], strict=True):
        yield from line(rule, "own", weight)
    for table, factor in zip(design.tables, fitted.tied, strict=False):
        for value, cell in sorted(table.items()):
            for code, weight in zip(design.codes, factor * cell, strict=True):
                yield from line(value, code, weight)
    for word, row in zip(design.words, text, strict=True):
        for code, weight in zip(design.codes, row, strict=True):
            yield from line(word, code, weight)


def write_csv(path: Path, comment: str, rows: Sequence[Sequence[str]]) -> None:
    """Writes a data file: comment lines, header and rows."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    path.write_text("".join(f"# {line}\n" for line in comment.splitlines()) + stream.getvalue(), encoding="utf-8")


def train(design: Design, runs: Sequence[np.ndarray], found: Measure) -> tuple[list[str], list[tuple[str, str, str, str]]]:
    """(line of models.csv, lines of weights.csv) of a variable, fitted on all rows."""
    everything = np.ones(len(design.rows), bool)
    point = choose(design, everything, 0)
    slope, intercept = calibrate(design, runs)
    lines = list(weights_of(design, fit(design, everything, *point)))
    version = hashlib.sha256(repr(lines).encode()).hexdigest()[:8]
    shares = [f"{value:.3f}" for value in (found.rule, found.model, found.rule_capped, found.model_capped)]
    codes = " ".join(map(str, design.codes))
    return [design.variable, version, codes, f"{slope:.3f}", f"{intercept:.3f}", str(len(design.rows)), *shares], lines


def main(arguments: Sequence[str]) -> int:
    """Measures every variable asked for, prints what came out, and writes the models that are better than the rules."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("narratives", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, help="folder for models.csv and weights.csv; without it nothing is written")
    parser.add_argument("--variables", default=",".join(VARIABLES))
    parser.add_argument("--cut-off", default="", help="numbers of narratives that break off before the end")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--gain", type=float, default=2.0, help="points by which a model must beat the rule")
    options = parser.parse_args(arguments)
    gold = read_gold(options.gold)
    rows = code_folder(options.narratives, gold)
    narrated = {row.crisis for row in rows}
    base = {crisis: coded for crisis, coded in gold.items() if crisis not in narrated}
    cut = {int(item) for item in options.cut_off.split(",") if item}
    shipped, weights = [], []
    for name in options.variables.split(","):
        kept = [row for row in rows if not (name in OF_THE_END and row.crisis in cut)]
        design = Design(name, kept, base)
        runs = [nested(design, seed) for seed in range(options.seeds)]
        found = measure(design, runs)
        gains = " ".join(f"{100 * gain:+.1f}" for gain in found.gains)
        halves = " ".join(f"{100 * gain:+.1f}" for gain in found.halves)
        ships = found.ships(options.gain / 100)
        print(  # noqa: T201
            f"{name:8} rows {len(design.rows)}  rule {found.rule:.3f}  model {found.model:.3f}"
            f"  capped: rule {found.rule_capped:.3f}  model {found.model_capped:.3f}  gains {gains}  halves {halves}"
            f"{'  SHIPS' if ships else ''}",
            flush=True,
        )
        if ships:
            line, lines = train(design, runs, found)
            shipped.append(line)
            weights += lines
            for band, sure, right, count in reliability(design, runs, (float(line[3]), float(line[4]))):
                print(f"         {band}  confidence {sure:.2f}  right {right:.2f}  values {count}")  # noqa: T201
    if options.out:
        head = ["variable", "version", "codes", "slope", "intercept", "rows", "rule", "model", "rule_capped", "model_capped"]
        write_csv(options.out / "models.csv", MODELS_NOTE, [head, *shipped])
        write_csv(options.out / "weights.csv", WEIGHTS_NOTE, [["variable", "feature", "code", "weight"], *weights])
    return 0


MODELS_NOTE = """The shipped models, written by tools/train_model.py (docs/model-card.md).
slope, intercept: from the log odds of the code chosen to its confidence. rule, model: shares right in nested
cross-validation by crisis; capped: with each crisis counted as at most four rows."""
WEIGHTS_NOTE = """Weights of the models, written by tools/train_model.py: what a feature adds to the score of a code.
The code "own" is the one that the rule gave; features.py describes the features."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
