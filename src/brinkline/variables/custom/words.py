"""Rules from words: phrases and patterns in the sentences of a narrative, and what can be taken from such a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brinkline.model import Mention, When
from brinkline.reference.codebook import Variable
from brinkline.reference.codebook_rules import Rule, WordTest
from brinkline.reference.patterns import compiled
from brinkline.variables.custom.answer import MOST_QUOTES, Answer, dated, named
from brinkline.variables.custom.denial import is_denied
from brinkline.variables.custom.numbers import number_near
from brinkline.variables.custom.scene import Scene, Sight, Subject, any_relates, relates


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule found: the sentence and their range in its text; ``taken`` is the first group of a pattern."""

    sight: Sight
    start: int
    end: int
    taken: str

    def answer(self, value: int | str | None, *sources: str) -> Answer:
        """A value that the sentence says."""
        return Answer(value, "quoted", (self.sight.words(self.start, self.end),), sources)


def answer_from_words(rule: Rule, test: WordTest, variable: Variable, subject: Subject, scene: Scene) -> Answer:
    """What the rule gives for the subject; without an answer when no sentence passes its tests."""
    hits = list(_hits(test, subject, scene))
    if not hits:
        return Answer(why="no sentence has the words")
    if rule.which == "last":
        hits.reverse()
    match rule.take:
        case "date":
            return _date(hits, rule.which)
        case "number":
            return _first([(hit, number_near(hit.sight, hit.start, hit.end, hit.taken)) for hit in hits], "no number stands by")
        case "words":
            return _first([(hit, " ".join((hit.taken or hit.sight.text[hit.start : hit.end]).split())) for hit in hits], "")
        case "actor":
            return _first([(hit, _actor(hit, test, variable, subject, scene)) for hit in hits], "no such actor stands by")
        case "count":
            ranges = {hit.sight.words(hit.start, hit.end): None for hit in hits}
            return Answer(len({hit.sight.start for hit in hits}), "quoted", tuple(ranges)[:MOST_QUOTES])
    return hits[0].answer(rule.value)


def _hits(test: WordTest, subject: Subject, scene: Scene) -> Iterator[Hit]:
    pattern = compiled(test.pattern)
    for sight in scene.sights:
        if sight.section not in test.sections or (sight.aside and not test.asides):
            continue
        if test.near and not compiled(test.near).search(sight.text):
            continue
        if test.without and compiled(test.without).search(sight.text):
            continue
        if not any_relates(sight.mentions, test.actor, subject, scene):
            continue
        for found in pattern.finditer(sight.text):
            if found.end() > found.start() and _counts(test, sight.text, found.start(), found.end()):
                yield Hit(sight, found.start(), found.end(), (found.group(1) or "") if pattern.groups else "")


def _counts(test: WordTest, text: str, start: int, end: int) -> bool:
    return test.negated == "allow" or is_denied(text, start, end) == (test.negated == "only")


def _first(found: list[tuple[Hit, int | str | None]], why: str) -> Answer:
    """The first hit that has a value."""
    return next((hit.answer(value) for hit, value in found if value not in (None, "")), Answer(why=f"{why} the words"))


def _date(hits: list[Hit], which: str) -> Answer:
    found = [(when, hit.answer(None, when.id)) for hit in hits if (when := _nearest_date(hit)) is not None]
    return dated(found, which)


def _nearest_date(hit: Hit) -> When | None:
    """The date of the sentence that stands nearest to the words; of two equally near, the one before them."""
    start, end = hit.sight.start + hit.start, hit.sight.start + hit.end
    dates = [when for when in hit.sight.dates if when.earliest is not None and when.kind not in ("duration", "set")]
    return min(dates, key=lambda when: _distance(when, start, end), default=None)


def _distance(item: When | Mention, start: int, end: int) -> tuple[int, int]:
    return (max(0, start - item.end, item.start - end), item.start)


def _actor(hit: Hit, test: WordTest, variable: Variable, subject: Subject, scene: Scene) -> int | str | None:
    """The nearest actor of the kind the rule asks for; without one asked for, any but the row's own state."""
    start, end = hit.sight.start + hit.start, hit.sight.start + hit.end
    wanted = [relation for relation in test.actor if relation != "row"]
    fitting = [
        (mention, value)
        for mention in hit.sight.mentions
        if (value := named(mention, variable, scene)) is not None
        and not relates(mention, "row", subject, scene)
        and any_relates([mention], wanted, subject, scene)
    ]
    return min(fitting, key=lambda pair: _distance(pair[0], start, end), default=(None, None))[1]
