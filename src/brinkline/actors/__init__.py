"""Actors: ``find_actors`` gives the mentions of states, bodies and groups in a narrative and who is meant by each."""

from __future__ import annotations

from brinkline.actors.names import find_names
from brinkline.model import Mention, Narrative, ParsedSentence, When
from brinkline.sentences import split_sentences

__all__ = ["find_actors", "find_names"]


def find_actors(narrative: Narrative, parsed: tuple[ParsedSentence, ...], dates: tuple[When, ...]) -> tuple[Mention, ...]:
    """The actor mentions of a narrative in the order of the text; without a parse, names only."""
    sentences = tuple(item.sentence for item in parsed) or split_sentences(narrative)
    return find_names(narrative, sentences, dates)
