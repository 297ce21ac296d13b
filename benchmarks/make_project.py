"""A big project for measuring: the bundled samples, coded once and varied, with people and decisions.

    python benchmarks/make_project.py project.db [--narratives 500] [--people 5] [--decided 0.2] [--seed 1]

Every narrative is one of the samples with another number, other years and other words of the same length, so that all ranges
still hold; 500 narratives have about 100,000 claims. The same seed gives the same project. Prints how long storing took.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from typing import Any

import brinkline
from brinkline.decision import Decision, Person, StoredClaim
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.reference.states import states
from brinkline.store.claims import claims_of
from brinkline.store.codings import store_coding
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import store_decisions
from brinkline.store.narratives import add_narrative
from brinkline.store.people import add_person

AT = "2026-01-01T00:00:00.000000Z"
_NAMES = ("Ada", "Bo", "Cy", "Dana", "Eli", "Fay", "Gus", "Hal")
#: Words that may take each other's place: same length, same use.
_WORDS = (
    ("island", "valley", "harbor", "strait", "canyon"),
    ("river", "coast", "ridge", "delta"),
    ("troops", "forces", "guards", "police"),
    ("border", "bridge", "island"),
    ("demand", "offers", "appeal"),
    ("ships", "boats", "tanks"),
    ("attack", "sortie", "strike"),
    ("spring", "summer", "autumn", "winter"),
)


def main() -> None:
    """Make the project and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("database", help="a file, or the address of an empty PostgreSQL database")
    parser.add_argument("--narratives", type=int, default=500)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--decided", type=float, default=0.2, help="share of the claims that somebody decided on")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    database = open_database(given.database, create=True)
    figures = make_project(database, given.narratives, given.people, given.decided, given.seed)
    database.close()
    sys.stdout.write("".join(f"{name:28} {value:>12,.2f}\n" for name, value in figures.items()))


def make_project(
    database: Database, narratives: int = 500, people: int = 5, decided: float = 0.2, seed: int = 1
) -> dict[str, float]:
    """Fill an empty database; what is in it and how long storing took, by name."""
    chance = random.Random(seed)
    persons = _people(database, people)
    claims = decisions = 0
    storing = working = 0.0
    for coding in islice(varied_codings(chance), narratives):
        wall, work = time.perf_counter(), time.process_time()
        with database.writing() as conn:
            revision = add_narrative(conn, coding.narrative, coding.sentences, AT).revision_id
        with database.writing() as conn:
            store_coding(conn, coding, revision, AT)
        storing, working = storing + time.perf_counter() - wall, working + time.process_time() - work
        with database.writing() as conn:
            found = claims_of(conn, revision)
            made = list(_decisions(found, persons, decided, chance))
            store_decisions(conn, made)
        claims, decisions = claims + len(found), decisions + len(made)
    return {
        "narratives": narratives,
        "claims": claims,
        "decisions": decisions,
        "storing, ms a narrative": storing / max(1, narratives) * 1000,
        "of it processor, ms": working / max(1, narratives) * 1000,
    }


def varied_codings(chance: random.Random) -> Iterator[Coding]:
    """Codings without end, each of another text, with numbers from 1 on."""
    folder = resources.files("brinkline.samples")
    texts = sorted(item.name for item in folder.iterdir() if item.name.endswith(".txt"))
    layouts = [json.dumps(brinkline.code(folder.joinpath(name).read_text("utf-8")).to_dict()) for name in texts]
    number = 0
    while True:
        number += 1
        yield _varied(layouts[number % len(layouts)], number, chance)


def _varied(layout: str, number: int, chance: random.Random) -> Coding:
    shift = chance.randrange(-40, 15)
    words = dict(chance.sample(group, 2) for group in _WORDS)
    either = re.compile(rf"\b(1[89]\d\d|{'|'.join(words)})\b")

    def other(value: Any) -> Any:
        if isinstance(value, str):
            return either.sub(lambda found: words.get(found[1]) or str(int(found[1]) + shift), value)
        if isinstance(value, list):
            return [other(item) for item in value]
        return {key: other(item) for key, item in value.items()} if isinstance(value, dict) else value

    document: dict[str, Any] = other(json.loads(layout))
    _other_states(document, chance)
    narrative = document["narrative"]
    narrative["number"] = number
    narrative["title"] = f"{narrative['title']} {number}"
    narrative["text"] = narrative["text"][:-1] + " " * (number % 3) + f"\nCopy {number}.\n"
    narrative["sha256"] = hashlib.sha256(narrative["text"].encode()).hexdigest()
    return read_coding(document)


def _other_states(document: dict[str, Any], chance: random.Random) -> None:
    """Other states take the place of those in the records; the text keeps its names."""
    pool = [state for state in states() if state.cow is not None]
    taken: dict[str, dict[str, Any]] = {}

    def swap(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                swap(item)
        elif isinstance(value, dict):
            actor = value.get("actor")
            if isinstance(actor, dict) and actor["kind"] == "state":
                state = chance.choice(pool)
                new = {"id": f"state:{state.cow}", "cow": state.cow, "abbrev": state.abbrev, "name": state.name}
                actor.update(taken.setdefault(actor["id"], new))
            for key, item in value.items():
                if key != "actor":
                    swap(item)

    swap(document["actors"])
    swap(document["events"])


def _people(database: Database, number: int) -> tuple[Person, ...]:
    with database.writing() as conn:
        return tuple(add_person(conn, name, "coder", AT) for name in _NAMES[:number])


def _decisions(
    claims: tuple[StoredClaim, ...], people: tuple[Person, ...], share: float, chance: random.Random
) -> Iterator[Decision]:
    verdicts = ("accept", "accept", "accept", "reject", "flag", "skip")
    for claim in claims:
        if people and chance.random() < share:
            verdict = chance.choice(verdicts)
            name = f"decision:{chance.getrandbits(48):012x}"
            yield Decision(name, claim.id, chance.choice(people).id, AT, verdict, "1")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
