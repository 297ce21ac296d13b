"""How intense the fighting of a crisis was: the signs of fighting that the story tells, weighed together."""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brinkline import data
from brinkline.model import Event
from brinkline.variables.case import Case
from brinkline.variables.days import icb_date, rough_day
from brinkline.variables.frame import Frame
from brinkline.variables.view import Line

#: Characters before a phrase within which words of doubt count.
_REACH = 60
#: Of several uses of one sign the second counts half, later ones nothing.
_SECOND = 0.5
#: The sign that tells of a cease-fire.
_TRUCE = "cease-fire"
#: How many signs are shown.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Intensity:
    """How intense the fighting of the crisis was (1 to 4), the words that say so, the rule, whether the narrative itself calls
    the fighting serious or a war, and whether it tells of a cease-fire."""

    level: int
    rule: str
    evidence: tuple[tuple[int, int], ...]
    grave: bool = False
    truce: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sign of fighting in the story: the kind of sign, its rule id, and the range of the narrative."""

    kind: str
    rule: str
    place: tuple[int, int]


def _table() -> Mapping[str, Any]:
    return data.toml("brinkline.variables", "violence.toml")


@functools.cache
def patterns(part: str) -> tuple[tuple[str, int | str, re.Pattern[str]], ...]:
    """(rule id, level or kind, compiled pattern) of one part of ``violence.toml``, in the order of the file."""
    rows = _table()[part]
    return tuple((row["id"], row.get("level", row.get("kind", "")), re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


@functools.cache
def _doubt() -> re.Pattern[str]:
    return re.compile(_table()["doubt"]["pattern"], re.IGNORECASE)


def is_doubted(text: str, position: int) -> bool:
    """True when the words before a position make what follows feared, planned, past or denied."""
    return bool(_doubt().search(text, max(0, position - _REACH), position))


def is_undone(text: str, position: int) -> bool:
    """True when the words after a position take back what stands before it ("a battle was prevented")."""
    return bool(_word("undone").search(text[position : position + _REACH]))


def story_of(case: Case, frame: Frame) -> tuple[Line, ...]:
    """The lines of the story that are not dated after the end of the crisis."""
    return tuple(line for line in case.story if not _afterwards(case, frame, line))


def read_intensity(case: Case, frame: Frame) -> Intensity:
    """The level that the signs of fighting and the violent deeds of the story come to by the scale of ``violence.toml``.

    The rule is "said" where the narrative itself calls the fighting minor, serious or a war and the level is that,
    "signs" where other words of fighting are told, "deeds" where only deeds are, "none" where violence is denied.
    """
    story = story_of(case, frame)
    said = list(_find(case, "said", story))
    signs = list(_find(case, "sign", story))
    deeds = _deeds(case, story)
    scale = _table()["scale"]
    score = _score(said, signs, sum(_weight(event) for event in deeds), scale)
    level = 1 + sum(score >= threshold for threshold in scale["thresholds"])
    level = max([level, *(int(told.kind) for told in said)])
    grave = any(told.kind in ("3", "4") for told in said)
    rule, places = _shown(level, said, signs, deeds, scale)
    return Intensity(level, rule, places, grave, any(told.rule == _TRUCE for told in signs))


def _shown(
    level: int, said: Sequence[Told], signs: Sequence[Told], deeds: Sequence[Event], scale: Mapping[str, Any]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The rule behind a level and the words to show for it."""
    named = [told.place for told in said if told.kind == str(level)]
    if named:
        return ("none" if level == 1 else "said"), (named[0],)
    if level == 1:
        return "silent", ()
    if signs:
        strongest = sorted(signs, key=lambda told: -scale[told.kind])
        return "signs", tuple(dict.fromkeys(told.place for told in strongest))[:_SHOWN]
    return "deeds", tuple((event.evidence.start, event.evidence.end) for event in deeds[:_SHOWN])


def _find(case: Case, part: str, story: Sequence[Line]) -> Iterator[Told]:
    """The phrases of one part of the table in the story that no word of doubt takes back; "ten days of fighting" is one token
    of a line, so the words of durations are searched too."""
    lengths = [[when for when in case.whens(line.text) if when.kind == "duration"] for line in story]
    for rule, kind, pattern in patterns(part):
        for line, durations in zip(story, lengths, strict=True):
            for match in pattern.finditer(line.text):
                if not is_doubted(line.text, match.start()) and not is_undone(line.text, match.end()):
                    yield Told(str(kind), rule, line.clause(match.start(), match.end()))
            for when in durations:
                if pattern.search(when.text):
                    yield Told(str(kind), rule, (when.start, when.end))


def _score(said: Sequence[Told], signs: Sequence[Told], deeds: float, scale: Mapping[str, Any]) -> float:
    """The sum of what each kind of sign, the deeds and the narrative's own names for the fighting add."""
    uses: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for told in signs:
        uses[told.kind][told.rule] += 1
    score = scale["deeds"] * math.log1p(deeds)
    for kind, rules in uses.items():
        score += scale[kind] * math.log1p(sum(1.0 if number == 1 else 1.0 + _SECOND for number in rules.values()))
    return float(score + (scale["denied"] if any(told.kind == "1" for told in said) else 0))


def _afterwards(case: Case, frame: Frame, line: Line) -> bool:
    """True for a line that is dated after the end of the crisis."""
    days = [value for when in case.whens(line.text) if (value := icb_date(when)) and value.count("-") == 2]
    return frame.end is not None and bool(days) and all(rough_day(value) > rough_day(frame.end.value) for value in days)


def _deeds(case: Case, story: Sequence[Line]) -> list[Event]:
    told = {line.index for line in story}
    return [event for event in case.events if event.sentence in told and is_violent(case, event)]


def _weight(event: Event) -> float:
    return float(_table()["deeds"].get(event.type.split(".")[-1], 0))


def is_violent(case: Case, event: Event) -> bool:
    """True for fighting that took place: a deed that the table gives at least weight 1, or a taking by force ("captured"),
    that is neither rehearsed nor feared, planned or denied by the words before it, and more than an answer in words."""
    if not event.armed or event.mode not in ("done", "ongoing"):
        return False
    words = event.evidence.text
    if _weight(event) < 1 and not (event.type == "do.occupy" and _word("forced").search(words)):
        return False
    if _word("exercise").search(words) or _word("not_fighting").search(words):
        return False
    start = case.narrative.text.rfind(". ", 0, event.verb.start) + 1
    return not is_doubted(case.narrative.text[max(start, event.verb.start - _REACH) : event.verb.start], _REACH)


@functools.cache
def _word(name: str) -> re.Pattern[str]:
    """A single pattern of ``violence.toml``."""
    return re.compile(_table()[name]["pattern"], re.IGNORECASE)
