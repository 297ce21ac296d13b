"""Coding with and without a store: how much of the speed is left, and whether memory stays flat.

    python benchmarks/store.py NARRATIVE_FOLDER [--copies 5000] [--workers 2]

The narratives of the folder are repeated under other numbers until there are so many copies. They are coded once without a
store (``code_many``'s way, results thrown away) and once in a fresh project, each in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from brinkline.coding import Engine, code_as_done
from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.project import Project
from brinkline.reading import find_inputs, read, read_text
from brinkline.settings import resolve_settings


def main() -> None:
    """Measure both ways in processes of their own and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("narratives", type=Path)
    parser.add_argument("--copies", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--way", choices=("plain", "project"))
    given = parser.parse_args()
    if given.way == "plain":
        plain(given)
    elif given.way == "project":
        project(given)
    else:
        for way in ("plain", "project"):
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--way", way], check=True)


def copies(folder: Path, count: int) -> Iterator[Narrative]:
    """Narratives of the folder again and again, each under a number of its own."""
    texts = [item.text for path in find_inputs([folder]) for item in read(path) if not isinstance(item, InputError)]
    for number, text in enumerate(islice(cycle(texts), count), 100_000):
        yield read_text(f"CRISNO {number}\n\n{text.partition(chr(10))[2]}", source=f"{number}.txt")


def plain(given: argparse.Namespace) -> None:
    """Code all copies and throw the codings away."""
    engine = Engine(None, resolve_settings({"workers": given.workers}))
    pairs = ((str(number), item) for number, item in enumerate(copies(given.narratives, given.copies)))
    tell("without a store", code_as_done(pairs, engine), given.copies)


def project(given: argparse.Namespace) -> None:
    """Add all copies to a fresh project, then code it."""
    with tempfile.TemporaryDirectory() as folder, Project.init(folder) as made:
        made.settings["workers"] = given.workers
        begun = time.perf_counter()
        for item in copies(given.narratives, given.copies):
            list(made.add_text(item.text, source=item.source))
        say(f"added {given.copies} narratives in {time.perf_counter() - begun:.0f} s")
        tell("in a project", made.code(), given.copies)
        size = sum(path.stat().st_size for path in Path(folder).iterdir() if path.is_file())
        say(f"the project takes {size / 1e6:.0f} MB")


def tell(way: str, done: Iterator[object], count: int) -> None:
    """Go through the work and print its speed, with the memory of this process after a tenth and at the end."""
    begun = first = time.perf_counter()
    early = 0.0
    for number, _ in enumerate(done, 1):
        if number == 20:
            first = time.perf_counter()
        if number == max(20, count // 10):
            early = memory()
    end = time.perf_counter()
    speed = (count - 20) / (end - first)
    say(
        f"{way}: {speed:.2f} narratives/s after the first 20 ({end - begun:.0f} s in all); "
        f"memory of the main process {early:.0f} MB after a tenth, {memory():.0f} MB at the end"
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def memory() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
