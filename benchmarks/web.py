"""The app under five people at once: how long pages and decisions take, and how large the review page is.

    python benchmarks/web.py [PROJECT_FOLDER] [--people 5] [--seconds 60] [--pause 0.5] [--markdown]

Without a folder a project of 500 narratives with 100,000 claims is made (``make_project.py``), which takes some minutes. The
server runs as a process of its own, as ``brinkline serve`` does. Each person opens pages and decides about claims with a pause
between two requests (half a second on average: faster than anybody works). A request counts from its sending to the last byte.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from make_project import make_project

from brinkline.project import Project
from brinkline.store.claims import claims_of
from brinkline.store.people import list_people
from brinkline.web.security import COOKIE, form_token
from brinkline.web.sessions import start_session

#: Pages and how often each is opened, by the part of the address that stays the same.
PAGES = (
    ("home", "/"),
    ("narratives", "/narratives"),
    ("narratives, narrowed", "/narratives?state=working&sort=open"),
    ("search", "/search?q=ultimatum"),
    ("search, coded", "/search?q=who:Germany+troops"),
    ("crisis page", "/narratives/{key}"),
    ("timeline", "/narratives/{key}?tab=timeline"),
    ("claim", "/claims/{claim}"),
    ("codebook", "/codebook"),
    ("variable", "/codebook/actor/triggr"),
)
#: Decisions for each review page that is opened.
DECISIONS = 6


@dataclass
class Figures:
    """Times in seconds by what was asked, the size of review pages, and answers that were no success."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: list[tuple[int, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Visitor:
    """One person: a connection that stays open, a session, and a seed of their own."""

    def __init__(self, address: str, session: str, seed: int, figures: Figures) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {"Cookie": f"{COOKIE}={session}", "X-Form-Token": form_token(session)}
        self.chance = random.Random(seed)
        self.figures = figures

    def ask(self, what: str, path: str, sent: dict[str, str] | None = None) -> bytes:
        """The body of an answer, timed."""
        body = json.dumps(sent) if sent is not None else None
        headers = {**self.headers, **({"Content-Type": "application/json"} if sent is not None else {})}
        begun = time.perf_counter()
        self.connection.request("GET" if sent is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.figures.times[what].append(time.perf_counter() - begun)
        if answer.status != 200:
            self.figures.faults.append(f"{answer.status} {path} {content[:200]!r}")
        return content


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two requests of one person, on average")
    parser.add_argument("--markdown", action="store_true", help="print the rows of docs/benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or made(Path(scratch) / "project")
        with Project.open(folder) as project:
            sessions, keys, claims = prepared(project, given.people)
        figures = Figures()
        with served(folder) as address:
            visit(address, sessions[0], keys[0], claims, Figures(), 1, 0, given.seconds and 5)  # warm up
            threads = [
                threading.Thread(
                    target=visit, args=(address, session, own, claims, figures, number, given.pause, given.seconds)
                )
                for number, (session, own) in enumerate(zip(sessions, keys, strict=True))
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    show(figures, given.people, given.pause, given.markdown)


def made(folder: Path) -> Path:
    """A big project in a folder."""
    with Project.init(folder, title="Measured") as project:
        make_project(project.database)
    return folder


def prepared(project: Project, people: int) -> tuple[list[str], list[list[str]], dict[str, list[str]]]:
    """A session for each person, the narratives each works on, and the claims of these."""
    with project.database.writing() as conn:
        known = [person for person in list_people(conn) if person.role != "reader"][:people]
        sessions = [start_session(conn, person.id) for person in known]
    rows = list(project.narratives())
    random.Random(7).shuffle(rows)
    keys = [[row.key for row in rows[number::people]][:25] for number in range(len(known))]
    by_key = {row.key: row.revision for row in rows}
    with project.database.reading() as conn:
        claims = {key: [claim.id for claim in claims_of(conn, by_key[key])] for own in keys for key in own}
    return sessions, keys, claims


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the app, served by a process of its own until the block ends."""
    command = [sys.executable, "-m", "brinkline", "serve", "--port", "0", "--project", str(folder)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "300"})
    try:
        if server.stderr is None:
            raise RuntimeError("the server has no standard error")
        line = server.stderr.readline()
        found = re.search(r"http://\S+", line)
        if found is None:
            raise RuntimeError(f"the server did not start: {line}{server.stderr.read()}")
        yield found[0].rstrip("/")
    finally:
        server.terminate()
        server.wait(20)


def visit(
    address: str,
    session: str,
    keys: list[str],
    claims: dict[str, list[str]],
    figures: Figures,
    seed: int,
    pause: float,
    seconds: float,
) -> None:
    """What one person does: a page or two, a review page, some decisions, the next narrative."""
    visitor = Visitor(address, session, seed, figures)
    chance, end = visitor.chance, time.monotonic() + seconds

    def rest() -> None:
        time.sleep(min(4.0, chance.expovariate(1 / pause)) if pause else 0)  # a server closes what is quiet for 5 s

    while time.monotonic() < end:
        key = chance.choice(keys)
        one = chance.choice(claims[key])
        for what, path in chance.sample(PAGES, 3):
            visitor.ask(what, path.format(key=quote(key), claim=quote(one)))
            rest()
        page = visitor.ask("review", f"/narratives/{quote(key)}/review")
        figures.sizes.append((len(page), len(gzip.compress(page, 6))))
        for claim in chance.sample(claims[key], min(DECISIONS, len(claims[key]))):
            rest()
            if time.monotonic() > end:
                return
            sent = {"id": f"decision:{chance.getrandbits(80):020x}", "narrative": key, "claim": claim, "verdict": "accept"}
            visitor.ask("decision", "/decisions", sent)


def show(figures: Figures, people: int, pause: float, markdown: bool) -> None:
    """Print one line for each thing that was asked."""
    pages = [value for what, values in figures.times.items() if what != "decision" for value in values]
    rows = [("all pages", pages), ("decision", figures.times.pop("decision", [])), *sorted(figures.times.items())]
    line: Callable[..., str] = (
        "| {:22} | {:>6} | {:>7.0f} | {:>7.0f} | {:>7.0f} |\n" if markdown else "{:22} {:>6} {:>7.0f} {:>7.0f} {:>7.0f}\n"
    ).format
    out = sys.stdout.write
    out(f"{people} people, a pause of {pause:g} s on average; load of the machine {os.getloadavg()[0]:.1f}\n")
    if markdown:
        out("| what | times | median, ms | 95 percent, ms | longest, ms |\n| --- | ---: | ---: | ---: | ---: |\n")
    for what, values in rows:
        if len(values) > 1:
            ms = [value * 1000 for value in values]
            out(line(what, len(ms), statistics.median(ms), statistics.quantiles(ms, n=20)[18], max(ms)))
    if figures.sizes:
        out(f"review page: {statistics.median(size for size, _ in figures.sizes) / 1000:.0f} kB in the middle, ")
        out(f"{max(size for size, _ in figures.sizes) / 1000:.0f} kB at most; ")
        out(f"compressed {max(size for _, size in figures.sizes) / 1000:.0f} kB at most\n")
    for fault in figures.faults[:5]:
        out(f"FAULT {fault}\n")


if __name__ == "__main__":
    main()
