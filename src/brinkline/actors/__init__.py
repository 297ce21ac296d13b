"""Actors: ``find_actors`` gives the mentions of states, bodies and groups in a narrative and who is meant by each."""

from __future__ import annotations

from brinkline.actors.names import find_names, named
from brinkline.model import Mention, Narrative, ParsedSentence, When
from brinkline.sentences import split_sentences

__all__ = ["find_actors", "find_names"]


def find_actors(narrative: Narrative, parsed: tuple[ParsedSentence, ...], dates: tuple[When, ...]) -> tuple[Mention, ...]:
    """The actor mentions of a narrative in the order of the text; without a parse, names only."""
    if not parsed:
        parsed = tuple(ParsedSentence(sentence, ()) for sentence in split_sentences(narrative))
    return tuple(found.mention(narrative.text) for found in named(narrative, parsed, dates))
