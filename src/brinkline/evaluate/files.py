"""A report in the formats that other programs read: JSON, and CSV as one table or a folder of tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from brinkline.evaluate.records import Report
from brinkline.exchange import whole_files
from brinkline.exchange.cells import Cell, guarded, table_writer
from brinkline.measures.resample import Figure

#: The version of the layout of ``to_dict``; it grows when a key changes its meaning or goes away.
LAYOUT_VERSION = "1"
_DIGITS = 6
_COLUMNS = {
    "figures": ("kind", "name", "label", "measure", "value", "low", "high", "n"),
    "confusion": ("variable", "human", "human_label", "coded", "coded_label", "count"),
    "misses": (
        "kind", "crisis", "title", "actor", "actor_name", "variable", "human", "human_label", "coded", "coded_label",
        "human_row", "confidence", "basis", "rule", "note", "words", "sentences",
    ),
    "reliability": ("low", "high", "n", "right", "mean_confidence"),
    "problems": ("code", "message", "side", "source", "row", "column"),
}  # fmt: skip


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain JSON types, keys in fixed order; numbers are rounded to six decimals."""
    plain: dict[str, Any] = rounded(asdict(report))
    return {"evaluation_version": LAYOUT_VERSION, **plain}


def write_json(report: Report, stream: TextIO) -> None:
    """Put the report on the stream as one JSON document."""
    stream.write(json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n")


def write_csv(report: Report, stream: TextIO) -> None:
    """Put the table of all figures on the stream."""
    put = table_writer(stream, _COLUMNS["figures"])
    for row in _figures(report):
        put(row)


def write_folder(report: Report, folder: Path) -> tuple[Path, ...]:
    """The files of all tables, written to an existing folder; all of them appear, or none after an error."""
    tables: dict[str, Iterable[list[Cell]]] = {
        "figures": _figures(report),
        "confusion": _confusion(report),
        "misses": _misses(report),
        "reliability": (
            [item.low, item.high, item.n, item.right, round(item.mean_confidence, _DIGITS)] for item in report.reliability
        ),
        "problems": (
            [fault.code, guarded(fault.message), fault.side, guarded(fault.source), fault.row, guarded(fault.column)]
            for fault in report.faults
        ),
    }
    paths = {name: folder / f"{name}.csv" for name in tables}
    with whole_files() as open_file:
        for name, rows in tables.items():
            put = table_writer(open_file(paths[name]), _COLUMNS[name])
            for row in rows:
                put(row)
    return tuple(paths.values())


def _figures(report: Report) -> Iterator[list[Cell]]:
    yield _figure("all", "mean", report.mean_of, "mean", report.mean, None)
    for group in report.sets:
        for measure, figure, of in (
            ("precision", group.precision, group.found),
            ("recall", group.recall, group.wanted),
            ("f1", group.f1, group.wanted + group.found),
        ):
            yield _figure("set", group.name, group.name, measure, figure, of)
    for date in report.dates:
        for measure, figure in (("exact", date.exact), ("within_3", date.within_3), ("within_31", date.within_31)):
            yield _figure("date", date.name, date.label, measure, figure, date.n)
        yield _figure("date", date.name, date.label, "partial_right", Figure(date.partial_right), date.partial)
    for item in report.variables:
        for measure, figure, of in (
            ("agreement", item.agreement, item.n),
            ("agreement_where_coded", Figure(item.agreement_where_coded), item.coded),
            ("majority", Figure(item.majority), item.n),
            ("kappa", item.kappa, item.n),
            (f"alpha_{item.metric}", item.alpha, item.coded),
        ):
            yield _figure("variable", item.name, item.label, measure, figure, of)


def _figure(kind: str, name: str, label: str, measure: str, figure: Figure, of: int | None) -> list[Cell]:
    numbers = [None if part is None else round(part, _DIGITS) for part in (figure.value, figure.low, figure.high)]
    return [kind, guarded(name), guarded(label), measure, *numbers, of]


def _confusion(report: Report) -> Iterator[list[Cell]]:
    for item in report.variables:
        for human, coded, count in item.joint:
            labels = [guarded(item.labels.get(value, "")) for value in (human, coded)]
            yield [guarded(item.name), guarded(human), labels[0], guarded(coded), labels[1], count]


def _misses(report: Report) -> Iterator[list[Cell]]:
    for miss in report.misses:
        words = " … ".join(passage.sentence[passage.start : passage.end] for passage in miss.words)
        sentences = " … ".join(dict.fromkeys(passage.sentence for passage in miss.words))
        texts = (miss.crisis, miss.title, miss.actor, miss.actor_name, miss.variable)
        values = (miss.human, miss.human_label, miss.coded, miss.coded_label)
        yield [
            miss.kind,
            *(guarded(text) for text in (*texts, *values)),
            miss.human_row,
            miss.confidence,
            miss.basis,
            miss.rule,
            *(guarded(text) for text in (miss.note, words, sentences)),
        ]


def rounded(value: Any) -> Any:
    """The value with every number in it rounded to six decimals; tuples become lists."""
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value
