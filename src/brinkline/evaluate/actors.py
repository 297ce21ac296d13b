"""Who is meant: the actor mentions of codings against a gold table of ranges and actors.

A gold row with an actor is right when a mention that shares at least one character with its range has the same actor, so that
"forces of Japan" answers for "Japan"; a mention left open, or with another actor, is wrong. A row without an actor ("-": a
city, a treaty, "it" for a thing) is right when no mention with an actor shares a character with it. Rows with "?" are not
scored.

An actor is written as its id ("state:365"); ids joined by "+" are meant together, whatever collective carries them;
"group:*" is any group, "group:*:365" any group of people of that state, "body:*" any body; ids separated by spaces are all
right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from brinkline.errors import InputError
from brinkline.model import Actor, Mention

_COLUMNS = ("crisis", "part", "start", "end", "actor", "kind", "note")
_NOBODY = "-"
_OPEN = "?"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One row of the gold table: a range of code points in a narrative, the actors that are right for it, and what kind of
    words they are; ``part`` is "seen" for rows that served to find causes of misses and "held" for those that did not."""

    crisis: int
    part: str
    start: int
    end: int
    actors: tuple[str, ...]
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the coding says of a gold row: the mentions that share a character with it, and whether one of them is right."""

    gold: GoldMention
    found: tuple[Mention, ...]
    right: bool


def read_gold(text: str, source: str = "gold table") -> tuple[GoldMention, ...]:
    """The rows of a gold table in CSV; lines that begin with "#" are comments.

    InputError BL245 when a column is missing, BL246 when a range or a number is none.
    """
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    reader = csv.DictReader(lines)
    missing = [name for name in _COLUMNS[:-1] if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError("BL245", f"the gold table lacks: {', '.join(missing)}", place=source, remedy="see evaluate/actors.py")
    return tuple(_gold(row, f"{source}, row {number}") for number, row in enumerate(reader, 2))


def _gold(row: Mapping[str, str], place: str) -> GoldMention:
    try:
        crisis, start, end = int(row["crisis"]), int(row["start"]), int(row["end"])
    except (TypeError, ValueError):
        raise InputError(
            "BL246", "crisis, start and end must be whole numbers", place=place, remedy="correct the row"
        ) from None
    actors = tuple((row["actor"] or "").split())
    if not 0 <= start < end or not actors:
        raise InputError(
            "BL246", "a row needs a range that is not empty and an actor", place=place, remedy='write "-" for none'
        )
    return GoldMention(crisis, row["part"], start, end, actors, row["kind"], row.get("note") or "")


def score(gold: Iterable[GoldMention], codings: Mapping[int, Sequence[Mention]]) -> tuple[Outcome, ...]:
    """The outcome of every gold row that can be scored and whose crisis has a coding, in the order of the table.

    ``codings`` holds the mentions of each narrative by its crisis number.
    """
    outcomes = []
    for row in gold:
        if _OPEN in row.actors or row.crisis not in codings:
            continue
        found = tuple(item for item in codings[row.crisis] if item.start < row.end and row.start < item.end)
        outcomes.append(Outcome(row, found, _right(row, found)))
    return tuple(outcomes)


def _right(row: GoldMention, found: Sequence[Mention]) -> bool:
    named = [item.actor for item in found if item.actor is not None]
    if not named and _NOBODY in row.actors:
        return True
    return any(same_actor(actor, wanted) for actor in named for wanted in row.actors if wanted != _NOBODY)


def same_actor(actor: Actor, wanted: str) -> bool:
    """Whether an actor is the one that the gold table names.

    >>> same_actor(Actor("group", "group:rebels:365", "rebels", members=("state:365",)), "group:*:365")
    True
    """
    if "+" in wanted:
        return set(actor.members) == set(wanted.split("+"))
    return fnmatchcase(actor.id, wanted)


def shares(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], tuple[int, int]]:
    """Right and all rows by part and kind, with "all" as a part and as a kind for the sums; keys in order, "all" last."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        for part in (outcome.gold.part, "all"):
            for kind in (outcome.gold.kind, "all"):
                counts[part, kind][0] += outcome.right
                counts[part, kind][1] += 1
    order = sorted(counts, key=lambda key: (key[0] == "all", key[0], key[1] == "all", key[1]))
    return {key: (counts[key][0], counts[key][1]) for key in order}
