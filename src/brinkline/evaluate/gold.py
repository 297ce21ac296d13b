"""``read_gold``: gold rows from a file that holds its own sentences, and ``gold_report``: how the events found in them agree.

Two files are known: the PLOVER gold standard (a JSON list of records) and a table of sentences with marks (PLV; separated by
tabs). Their sentences are coded by the caller; nothing here knows how.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brinkline.errors import InputError
from brinkline.evaluate.plover import GoldRow, PloverScore, RowScore, row_from_marks, row_from_record, score_plover
from brinkline.evaluate.records import Fault
from brinkline.exchange.imports.sheet import file_text
from brinkline.model import Event, Mention

#: What codes a gold row: the events found in its sentence and the actor mentions they were found with.
Coder = Callable[[GoldRow], tuple[Sequence[Event], Sequence[Mention]]]

_MARKED = ("marked_sentence", "gold_root")
_RECORD = ("text", "event")


@dataclass(frozen=True, slots=True)
class RootScore:
    """How one PLOVER root agrees: rows of it, events given it, and both; precision, recall and F1 are 0 for 0 of 0."""

    root: str
    gold: int
    coded: int
    right: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class GoldMiss:
    """A gold row that is not all right: what was wanted, what was found ("" = no event), and which roles are right."""

    id: str
    text: str
    wanted: str
    found: str
    source: bool
    target: bool
    type: str
    mode: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class GoldRun:
    """One way of measuring. ``found`` rows have an event, ``pairs`` one whose initiator and receiver are source and target;
    ``precision`` is the share of the events found whose root is right, ``recall`` (= accuracy) that of all rows."""

    name: str
    rows: int
    found: int
    pairs: int
    right: int
    all_right: int
    precision: float
    recall: float
    macro_f1: float
    roots: tuple[RootScore, ...]
    confusion: tuple[tuple[str, str, int], ...]
    misses: tuple[GoldMiss, ...]


@dataclass(frozen=True, slots=True)
class GoldReport:
    """An evaluation against gold sentences; ``faults`` are rows that could not be used."""

    human: str
    layout: str
    runs: tuple[GoldRun, ...]
    faults: tuple[Fault, ...]


def gold_layout(path: Path) -> str:
    """Which of the known files this is, in words; "" when it is none of them."""
    text = file_text(path)
    if text.lstrip()[:1] == "[":
        return "PLOVER gold standard"
    head = text.partition("\n")[0].rstrip("\r").split("\t")
    return "sentences with marked source and target" if set(_MARKED) <= set(head) else ""


def read_gold(path: Path) -> tuple[tuple[GoldRow, ...], tuple[Fault, ...]]:
    """The gold rows of a file and what is wrong with the others. InputError BL253 when there is no row left."""
    faults: list[Fault] = []
    read = _records if gold_layout(path) == "PLOVER gold standard" else _marked_rows
    rows = tuple(row for number, row in read(path, faults) if _is_usable(row, number, path, faults))
    if not rows:
        raise InputError(
            "BL253",
            "there is no gold sentence in it",
            place=str(path),
            remedy="a record needs text and event, a row marked_sentence and gold_root",
        )
    return rows, tuple(faults)


def gold_report(
    rows: Sequence[GoldRow], coders: Mapping[str, Coder], source: str, layout: str, faults: tuple[Fault, ...] = ()
) -> GoldReport:
    """How the events of each coder agree with the gold rows; the names of the coders say how they were made."""
    return GoldReport(source, layout, tuple(_run(name, score_plover(rows, coder)) for name, coder in coders.items()), faults)


def _run(name: str, score: PloverScore) -> GoldRun:
    rows = len(score.rows)
    found = sum(item.event is not None for item in score.rows)
    right = sum(item.root for item in score.rows)
    pairs = sum(item.source and item.target for item in score.rows)
    complete = sum(item.root and item.source and item.target for item in score.rows)
    roots = sorted({wanted for wanted, _ in score.confusion})
    ordered = sorted(score.confusion.items())
    return GoldRun(
        name=name,
        rows=rows,
        found=found,
        pairs=pairs,
        right=right,
        all_right=complete,
        precision=_share(right, found),
        recall=score.accuracy,
        macro_f1=score.macro_f1,
        roots=tuple(_root(root, score) for root in roots),
        confusion=tuple((wanted, coded, count) for (wanted, coded), count in ordered),
        misses=tuple(_miss(item) for item in score.rows if not (item.root and item.source and item.target)),
    )


def _root(root: str, score: PloverScore) -> RootScore:
    gold = sum(count for (wanted, _), count in score.confusion.items() if wanted == root)
    coded = sum(count for (_, found), count in score.confusion.items() if found == root)
    right = score.confusion.get((root, root), 0)
    return RootScore(root, gold, coded, right, _share(right, coded), _share(right, gold), score.f1(root))


def _miss(item: RowScore) -> GoldMiss:
    event, row = item.event, item.row
    if event is None:
        return GoldMiss(row.id, row.text, row.root, "", item.source, item.target, "", "", "", "")
    found = (event.plover, item.source, item.target, event.type, event.mode, event.rule, event.evidence.text)
    return GoldMiss(row.id, row.text, row.root, *found)


def _share(part: int, of: int) -> float:
    return part / of if of else 0.0


def _is_usable(row: GoldRow, number: int, path: Path, faults: list[Fault]) -> bool:
    if row.text.strip() and row.root:
        return True
    missing = "a root" if row.text.strip() else "a sentence"
    faults.append(Fault("BL244", f"the row lacks {missing}; it is left out", "human", path.name, number))
    return False


def _records(path: Path, faults: list[Fault]) -> Iterator[tuple[int, GoldRow]]:
    try:
        records: Any = json.loads(file_text(path))
    except json.JSONDecodeError as error:
        raise InputError(
            "BL253", f"this is no JSON: {error}", place=str(path), remedy="give the gold records as JSON"
        ) from error
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict) and all(isinstance(record.get(name), str) for name in _RECORD):
            yield number, row_from_record(record)
        else:
            faults.append(Fault("BL244", "the record lacks text or event; it is left out", "human", path.name, number))


def _marked_rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, GoldRow]]:
    reader = csv.DictReader(io.StringIO(file_text(path)), delimiter="\t")
    for number, cells in enumerate(reader, start=2):
        marked, root = (cells.get(name) or "" for name in _MARKED)
        yield number, row_from_marks(cells.get("sentence_id") or str(number), marked, root)
