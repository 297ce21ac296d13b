"""Actors: ``find_actors`` gives the mentions of states, bodies and groups in a narrative and who is meant by each."""

from __future__ import annotations

from brinkline.actors.carried import carried_in
from brinkline.actors.generic import generic_groups_in
from brinkline.actors.names import find_names, named
from brinkline.actors.notices import actor_notices
from brinkline.actors.refer import resolve_references
from brinkline.actors.timeline import DayLine
from brinkline.actors.unknown import unknown_names_in
from brinkline.model import Mention, Narrative, ParsedSentence, When
from brinkline.sentences import split_sentences

__all__ = ["actor_notices", "find_actors", "find_names"]


def find_actors(narrative: Narrative, parsed: tuple[ParsedSentence, ...], dates: tuple[When, ...]) -> tuple[Mention, ...]:
    """The actor mentions of a narrative in the order of the text; without a parse, no pronouns or definite phrases.

    Ranges do not overlap. Sections with references give no mentions; an empty ``parsed`` is split into sentences here.
    """
    if not parsed:
        parsed = tuple(ParsedSentence(sentence, ()) for sentence in split_sentences(narrative))
    text = narrative.text
    sentences, founds = named(narrative, parsed, dates)
    line = DayLine(dates)
    founds += carried_in(text, sentences, founds, line)
    founds += generic_groups_in(text, sentences, founds, line)
    founds += unknown_names_in(text, sentences, founds, line)
    return tuple(found.mention(text) for found in resolve_references(text, sentences, founds))
