"""Speed of search in a project of many narratives, made from a folder of narratives given as an argument.

    python benchmarks/search.py NARRATIVE_FOLDER [--narratives 500] [--rounds 20] [--database URL]

The narratives of the folder are coded once and stored again and again with other numbers and a line of their own, so that
the project has the size asked for; every tenth claim of a variable is decided on. Every query is asked ``--rounds`` times in
turn, each on a connection of its own. Printed are the median and the 95th percentile over all calls of each kind, in
milliseconds of the clock and of this process's own processor time (which other work on the machine does not change), the
slowest query, and the first call of each kind (which reads the index into memory).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from brinkline.coding import code_many
from brinkline.decision import Decision
from brinkline.errors import InputError
from brinkline.record import Coding
from brinkline.search import search, sequence, similar
from brinkline.store.codings import store_coding
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import store_decisions
from brinkline.store.narratives import add_narrative
from brinkline.store.people import add_person
from brinkline.store.schema import claim

AT = "2026-11-24T00:00:00.000000Z"

QUERIES = (
    "troops", "the", "attack*", "stem:withdraw", '"cease fire"', "border OR frontier -war", "-the", "of OR the OR and",
    "actor:RUS", "actor:USA troops", 'actor:"Soviet Union" -type:force (ultimatum OR stem:withdraw)', "dyad:JPN-RUS",
    "dyad:ISR>EGY type:violence", "type:attack", "type:attack mode:done date:1937..1950", "type:do", "layer:say",
    "type:press whom:CHN", "stance:escalating -mode:done", "plover:YIELD", "date:1948-05", "date:1900..2000",
    "triggr:9", "triggr:9 outcom:victory", "outcom:any", "trigger_date:1948..1950", "brexit:10..20", "break:9 actor:UKG",
    "basis:absent", "basis:inferred outcom:defeat", "state:undecided", "state:accepted", "state:rejected triggr:9",
    "state:undecided type:attack", "coder:brinkline", "coder:Anna", "case:100..200 type:violence", "viol:4 actor:USA",
)  # fmt: skip
SEQUENCES = (
    "A demand B then within 10d A attack B then B yield A",
    "A demand B then A attack B",
    "A threaten B then B hostile A",
    "A hostile B then B hostile A then A hostile B then B yield A",
    "A demand B then not B comply then A violence B",
    "A say B then A do B then B do A then C do A",
    "A violence B then within 2m C mediate",
    "RUS do A then A say RUS",
)


def main() -> None:
    """Make the project, ask, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of narratives")
    parser.add_argument("--narratives", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", help="address of an empty database; a SQLite file that is thrown away when left out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(arguments.database or str(Path(folder) / "project.db"), create=True)
        keys = fill(database, arguments.folder, arguments.narratives)
        with database.reading() as conn:
            claims = conn.execute(select(func.count()).select_from(claim)).scalar_one()
        sys.stdout.write(f"{len(keys)} narratives, {claims:,} claims, {database.dialect}\n")
        measure(database, "search", lambda conn, text: search(conn, text), QUERIES, arguments.rounds)
        measure(database, "sequence", lambda conn, text: sequence(conn, text), SEQUENCES, arguments.rounds)
        measure(database, "similar", lambda conn, key: similar(conn, key), keys[:: max(1, len(keys) // 10)], arguments.rounds)
        database.close()


def fill(database: Database, folder: Path, size: int) -> list[str]:
    """The keys of the narratives of the new project."""
    codings = [item for item in code_many([folder]) if not isinstance(item, InputError)]
    keys = []
    for number in range(size):
        given = copy(codings[number % len(codings)], number, number >= len(codings))
        with database.writing() as conn:
            added = add_narrative(conn, given.narrative, given.sentences, AT)
            store_coding(conn, given, added.revision_id, AT)
        keys.append(added.narrative_id)
    with database.writing() as conn:
        anna = add_person(conn, "Anna", "coder", AT).id
        ids = conn.execute(select(claim.c.id).where(claim.c.kind == "variable").order_by(claim.c.seq)).scalars().all()[::10]
        verdicts = ("accept", "accept", "accept", "reject", "edit", "flag")
        store_decisions(
            conn,
            [
                Decision(f"decision:{at}", claim_id, anna, AT, verdicts[at % len(verdicts)], "icb")  # type: ignore[arg-type]
                for at, claim_id in enumerate(ids)
            ],
        )
    return keys


def copy(given: Coding, number: int, again: bool) -> Coding:
    """The coding of a copy of the narrative, with another number and a last line of its own."""
    if not again:
        return given
    text = f"{given.narrative.text.rstrip()}\nCopy {number}\n"
    return replace(given, narrative=replace(given.narrative, text=text, number=10_000 + number))


def measure(database: Database, kind: str, ask: Callable[[Connection, str], Any], texts: Sequence[str], rounds: int) -> None:
    """Ask every text ``rounds`` times in turn and print one line."""
    clock: dict[str, list[float]] = {text: [] for text in texts}
    own: dict[str, list[float]] = {text: [] for text in texts}
    first = 0.0
    for turn in range(rounds + 1):
        for text in texts:
            with database.reading() as conn:
                start, busy = time.perf_counter(), time.process_time()
                ask(conn, text)
                taken, used = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
            if turn:
                clock[text].append(taken)
                own[text].append(used)
            first = first or used
    slowest = max(texts, key=lambda text: statistics.median(own[text]))
    sys.stdout.write(
        f"{kind}: {_figures('clock', clock)}; {_figures('own time', own)}; first call {first:.0f} ms own time; "
        f"slowest: {slowest} ({statistics.median(own[slowest]):.0f} ms own time)\n"
    )


def _figures(name: str, times: Mapping[str, Sequence[float]]) -> str:
    every = sorted(taken for taken_by in times.values() for taken in taken_by)
    return f"{name} median {statistics.median(every):.0f} ms, 95% under {every[int(len(every) * 0.95)]:.0f} ms"


if __name__ == "__main__":
    main()
