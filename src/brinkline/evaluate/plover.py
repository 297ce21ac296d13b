"""Events against sentences with a gold PLOVER root: is the event there, by whom, to whom, and of the right root.

Two kinds of gold rows are read: the PLOVER gold standard records (JSON; ``source``, ``target``, ``event``, ``text``) and the
PLV table (tab-separated; the sentence with ``<s>`` source and ``<t>`` target marked, and ``gold_root``). The measures are
accuracy and the F1 of every root with their mean (macro-F1). Measured with the marks given, the coder is told who acts on whom
and only the act is its own; measured end to end it is told the text alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brinkline.model import Actor, Event, Mention

#: Names of roots in older files and what they are called now (PLOVER 2017 and later).
RENAMED: Mapping[str, str] = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "RETREAT": "YIELD",
    "CONCEDE": "YIELD",
}
_MARK = re.compile(r"(</?[st]>)")
_TOLD = {"s": "source", "t": "target"}


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One gold sentence: where its sources and targets stand, and its root."""

    id: str
    text: str
    sources: tuple[tuple[int, int], ...]
    targets: tuple[tuple[int, int], ...]
    root: str


@dataclass(frozen=True, slots=True)
class RowScore:
    """What was found for a gold row: the event that fits its roles best (None when there is none) and what of it is right."""

    row: GoldRow
    event: Event | None
    root: bool
    source: bool
    target: bool


@dataclass(frozen=True, slots=True)
class PloverScore:
    """The measures over all rows; ``confusion`` counts (gold root, coded root; "" = no event)."""

    rows: tuple[RowScore, ...]
    confusion: Mapping[tuple[str, str], int]

    @property
    def accuracy(self) -> float:
        """Share of the rows whose root is right, 0 without rows."""
        return sum(score.root for score in self.rows) / len(self.rows) if self.rows else 0.0

    @property
    def all_right(self) -> float:
        """Share of the rows with root, source and target right, 0 without rows."""
        right = sum(score.root and score.source and score.target for score in self.rows)
        return right / len(self.rows) if self.rows else 0.0

    def f1(self, root: str) -> float:
        """F1 of one root, 0 when it is never right."""
        right = self.confusion.get((root, root), 0)
        gold = sum(count for (wanted, _), count in self.confusion.items() if wanted == root)
        found = sum(count for (_, coded), count in self.confusion.items() if coded == root)
        return 2 * right / (gold + found) if right else 0.0

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the roots of the gold rows, 0 without rows."""
        roots = {wanted for wanted, _ in self.confusion}
        return sum(self.f1(root) for root in roots) / len(roots) if roots else 0.0


def row_from_marks(name: str, marked: str, root: str) -> GoldRow:
    """A gold row from a sentence with ``<s>`` and ``<t>`` marks; blanks at the rim of a mark are left out."""
    text = ""
    found: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    for part in _MARK.split(marked):
        if not _MARK.fullmatch(part):
            text += part
        elif part.startswith("</"):
            start = opened.pop(part[2], len(text))
            inside = text[start:]
            start += len(inside) - len(inside.lstrip())
            end = len(text) - (len(inside) - len(inside.rstrip()))
            if start < end:
                found[part[2]].append((start, end))
        else:
            opened[part[1]] = len(text)
    return GoldRow(name, text, tuple(found["s"]), tuple(found["t"]), RENAMED.get(root, root))


def row_from_record(record: Mapping[str, Any]) -> GoldRow:
    """A gold row from a record of the PLOVER gold standard; an actor text that is not in the sentence is left out."""
    text = str(record.get("text", ""))
    root = str(record.get("event", ""))
    ranges = {}
    for role in ("source", "target"):
        given = record.get(role) or []
        names = [str(actor.get("actorText", "")) for actor in given] if isinstance(given, list) else []
        places = [(text.find(name), name) for name in names if name]
        ranges[role] = tuple(dict.fromkeys((start, start + len(name)) for start, name in places if start >= 0))
    return GoldRow(str(record.get("id", "")), text, ranges["source"], ranges["target"], RENAMED.get(root, root))


def told_mentions(row: GoldRow) -> tuple[Mention, ...]:
    """The marks of a gold row as actor mentions, for measuring with the marks given."""
    marks = [(start, end, "s") for start, end in row.sources] + [(start, end, "t") for start, end in row.targets]
    return tuple(
        Mention(start, end, row.text[start:end], Actor("unknown", f"told:{_TOLD[role]}", row.text[start:end]), "told")
        for start, end, role in sorted(marks)
    )


def score_plover(rows: Iterable[GoldRow], coder: Callable[[GoldRow], tuple[Sequence[Event], Sequence[Mention]]]) -> PloverScore:
    """How the events that ``coder`` finds in each gold sentence agree with it; the coder gives events and actor mentions.

    Of several events the one whose initiator is the source and whose receiver is the target counts, the first of equals. A
    mention is the source when it overlaps it or means the same actor as a mention that does ("it", "its forces").
    """
    scores = []
    confusion: Counter[tuple[str, str]] = Counter()
    for row in rows:
        events, mentions = coder(row)
        score = _score_row(row, events, mentions)
        scores.append(score)
        confusion[row.root, score.event.plover if score.event is not None else ""] += 1
    return PloverScore(tuple(scores), dict(confusion))


def _score_row(row: GoldRow, events: Sequence[Event], mentions: Sequence[Mention]) -> RowScore:
    sources, targets = _actors_at(mentions, row.sources), _actors_at(mentions, row.targets)

    def fit(event: Event) -> float:
        as_told = 2.0 * _meets(event.who, row.sources, sources) + 2.0 * _meets(event.whom, row.targets, targets)
        return (
            as_told - (1.5 if event.layer == "think" or not event.plover else 0.0) - (0.6 if event.type == "say.state" else 0.0)
        )

    best = max(events, key=fit, default=None)
    if best is None:
        return RowScore(row, None, False, False, False)
    target = not row.targets or _meets(best.whom, row.targets, targets)
    return RowScore(row, best, best.plover == row.root, _meets(best.who, row.sources, sources), target)


def _actors_at(mentions: Sequence[Mention], ranges: Sequence[tuple[int, int]]) -> frozenset[str]:
    return frozenset(mention.actor.id for mention in mentions if mention.actor is not None and _overlaps(mention, ranges))


def _meets(found: Sequence[Mention], ranges: Sequence[tuple[int, int]], actors: frozenset[str]) -> bool:
    return any(_overlaps(mention, ranges) or (mention.actor is not None and mention.actor.id in actors) for mention in found)


def _overlaps(mention: Mention, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in ranges)
