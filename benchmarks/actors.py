"""Actor linking on a gold table of ranges: the share of mentions whose actor is right, by kind and part.

    python benchmarks/actors.py NARRATIVE_FOLDER [--gold tests/gold/actor_mentions.csv] [--misses seen]

The folder holds the narratives that the table speaks of, by crisis number; nothing of it is kept. ``--misses`` lists the
misses of a part.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from brinkline.coding import Engine
from brinkline.errors import InputError
from brinkline.evaluate.actors import Outcome, read_gold, score, shares
from brinkline.model import Mention, Narrative
from brinkline.reading import find_inputs, read

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "actor_mentions.csv"


def main() -> None:
    """Code the narratives, score them and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("narratives", type=Path, help="folder of narratives with crisis numbers")
    parser.add_argument("--gold", type=Path, default=GOLD, help="gold table")
    parser.add_argument("--misses", metavar="PART", help='list the misses of "seen" or "held"')
    arguments = parser.parse_args()
    gold = read_gold(arguments.gold.read_text(encoding="utf-8"), str(arguments.gold))
    texts = load(arguments.narratives, {row.crisis for row in gold})
    engine = Engine("actors")
    outcomes = score(gold, {number: engine.code(narrative).actors for number, narrative in texts.items()})
    sys.stdout.write(table(outcomes))
    for outcome in outcomes:
        if outcome.gold.part == arguments.misses and not outcome.right:
            sys.stdout.write(miss(outcome, texts[outcome.gold.crisis].text))


def load(folder: Path, wanted: set[int]) -> dict[int, Narrative]:
    """The narratives of a folder that are wanted, by number; an unreadable one stops the benchmark."""
    found: dict[int, Narrative] = {}
    for path in find_inputs([folder]):
        for item in read(path):
            if isinstance(item, InputError):
                raise item
            if item.number in wanted:
                found[item.number] = item
    return found


def table(outcomes: Iterable[Outcome]) -> str:
    """The shares as a Markdown table."""
    lines = ["| part | kind of words | right | of | share |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [
        f"| {part} | {kind} | {right} | {of} | {right / of:.3f} |" for (part, kind), (right, of) in shares(outcomes).items()
    ]
    return "\n".join(lines) + "\n"


def miss(outcome: Outcome, text: str) -> str:
    """A miss with its words, what was wanted and what was found."""
    gold = outcome.gold
    found = "; ".join(f"{item.text} = {_shown(item)} ({item.basis})" for item in outcome.found) or "nothing"
    around = " ".join(text[max(0, gold.start - 60) : gold.end + 40].split())
    head = f"{gold.crisis} {gold.kind}: [{text[gold.start : gold.end]}] wanted {' '.join(gold.actors)}"
    return f"\n{head}\n  found {found}\n  ... {around}\n"


def _shown(item: Mention) -> str:
    return item.actor.id if item.actor else " or ".join(item.candidates)


if __name__ == "__main__":
    main()
