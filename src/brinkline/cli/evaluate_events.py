"""``brinkline evaluate events``: events measured against gold sentences, which are coded here, or against the table of ICBe."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from brinkline.cli.evaluate import checked_options, finish, show_faults
from brinkline.cli.output import standard_output
from brinkline.cli.terminal import progress, show_failures, stderr
from brinkline.coding import Engine, code_narratives, existing, narratives_in
from brinkline.errors import CheckFailed, InputError, UsageError
from brinkline.evaluate.coded import is_json
from brinkline.evaluate.gold import GoldReport, gold_layout, gold_report, read_gold
from brinkline.evaluate.gold_files import FORMATS, save_gold, write_gold
from brinkline.evaluate.plover import GoldRow, told_mentions
from brinkline.evaluate.run import evaluate_codings, evaluate_files
from brinkline.model import Event, Mention, Narrative
from brinkline.reading import find_inputs
from brinkline.settings import resolve_settings

Found = tuple[Sequence[Event], Sequence[Mention]]
GIVEN, ALONE = "marks given", "text alone"


def events_command(
    source: Path | None, against: Path, form: str, out: str, fail_under: float | None, misses: int, options: dict[str, Any]
) -> int:
    """0 after the report is written; CheckFailed (exit code 6) when macro-F1, or for ICBe F1, stays under ``fail_under``."""
    checked_options(form, fail_under, options)
    existing(against)
    layout = gold_layout(against)
    if layout:
        if source is not None:
            raise UsageError(
                "BL130", f"{against.name} holds its own sentences", place=str(source), remedy="leave out the narratives"
            )
        return _gold(against, layout, form, out, fail_under, misses)
    if source is None:
        raise UsageError(
            "BL130", f"{against.name} has no sentences of its own", place=str(against), remedy="name narratives or codings too"
        )
    if existing(source).is_file() and source.suffix.lower() in (".json", ".jsonl") and is_json(source):
        return finish(evaluate_files(source, against, **options), form, out, fail_under, misses)
    return finish(evaluate_codings(_coded(source), against, source.name, **options), form, out, fail_under, misses)


def _coded(source: Path) -> Iterator[dict[str, Any]]:
    """The codings of narratives, as their published layout; narratives that fail are told at the end."""
    engine = Engine("events", resolve_settings({}, os.environ))
    failed: list[InputError] = []
    for item in progress(code_narratives(narratives_in(find_inputs([source]), engine), engine), "narratives coded"):
        if isinstance(item, InputError):
            failed.append(item)
        else:
            yield item.to_dict()
    show_failures(failed)


def _gold(against: Path, layout: str, form: str, out: str, fail_under: float | None, misses: int) -> int:
    if form not in FORMATS:
        raise UsageError("BL120", f"gold sentences are not shown as {form!r}", remedy="formats: " + ", ".join(FORMATS))
    rows, faults = read_gold(against)
    engine = Engine("events", resolve_settings({}, os.environ))
    found: dict[tuple[str, str, str], Found] = {}
    for row in progress(rows, "sentences coded"):
        narrative = Narrative(row.text, source=f"{against.name}, {row.id}")
        found[GIVEN, row.id, row.text] = engine.events(narrative, told_mentions(row))
        found[ALONE, row.id, row.text] = engine.events(narrative)

    def coder(name: str) -> Any:
        def look_up(row: GoldRow) -> Found:
            return found[name, row.id, row.text]

        return look_up

    report = gold_report(rows, {name: coder(name) for name in (GIVEN, ALONE)}, against.name, layout, faults)
    show_faults(report.faults)
    if out == "-":
        with standard_output() as stream:
            write_gold(report, form, stream, misses=misses)
    else:
        stderr().print(f"written: {save_gold(report, form, out, misses=misses)}", markup=False)
    _check(report, fail_under)
    return 0


def _check(report: GoldReport, least: float | None) -> None:
    alone = report.runs[-1]
    if least is not None and alone.macro_f1 < least:
        raise CheckFailed(
            "BL601",
            f"macro-F1 of {alone.name} is {alone.macro_f1:.3f}, less than {least:g}",
            place=report.human,
            remedy="look at the misses: --as json",
        )
