"""``Answer``: what a rule gives: a value with what supports it, or the reason why it gives none."""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.model import Basis, Mention, Value, When
from brinkline.reference.codebook import Variable
from brinkline.variables.custom.scene import Scene
from brinkline.variables.days import icb_date, rough_day

MOST_QUOTES = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, how it is known, the ranges that say so, the ids of the records it was drawn from; or ``why`` there is none."""

    value: Value = None
    basis: Basis = "absent"
    evidence: tuple[tuple[int, int], ...] = ()
    sources: tuple[str, ...] = ()
    confidence: float = 1.0
    why: str = ""


def dated(whens: list[tuple[When, Answer]], which: str) -> Answer:
    """The first or the last of several dates in time, with its own support; no answer when none can be placed."""
    placed = [(value, answer) for when, answer in whens if (value := icb_date(when, last=which == "last")) is not None]
    if not placed:
        return Answer(why="the words have no date that can be placed")
    choose = min if which == "first" else max
    value, answer = choose(placed, key=lambda pair: rough_day(pair[0]))
    return Answer(value, answer.basis, answer.evidence, answer.sources)


def named(mention: Mention, variable: Variable, scene: Scene) -> Value:
    """The actor as a value: its name for a text, its number where states are values; None when it has none."""
    if mention.actor is None:
        return None
    return mention.actor.name if variable.scale == "text" else scene.number(mention.actor)
