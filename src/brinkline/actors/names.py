"""``find_names``: states, bodies and groups named in a narrative, from the text alone or with the parse of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brinkline.actors.agents import attach_agents
from brinkline.actors.capitals import mark_places
from brinkline.actors.choose import choose_actors
from brinkline.actors.found import Found, Words
from brinkline.actors.friends import is_false_friend
from brinkline.actors.joining import look_before
from brinkline.actors.lexicon import Hit, meanings, scan
from brinkline.actors.timeline import DayLine
from brinkline.model import Mention, Narrative, ParsedSentence, Sentence, When
from brinkline.reference.states import name_index

_SILENT = ("references", "updated")
_CAPITALISED_BEFORE = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w'’-]*\s\Z")


def find_names(narrative: Narrative, sentences: Sequence[Sentence], dates: Sequence[When]) -> tuple[Mention, ...]:
    """The mentions of actors by the names of the tables, in the order of the text, from the text alone (no parse)."""
    parsed = tuple(ParsedSentence(sentence, ()) for sentence in sentences)
    return tuple(found.mention(narrative.text) for found in named(narrative, parsed, dates)[1])


def named(narrative: Narrative, parsed: Sequence[ParsedSentence], dates: Sequence[When]) -> tuple[list[Words], list[Found]]:
    """The sentences that can name actors, and the names in them with their actors, both in the order of the text.

    False friends and capitals that are places are left out.
    """
    line = DayLine(dates)
    sentences: list[Words] = []
    founds: list[Found] = []
    for item in parsed:
        if item.sentence.section not in _SILENT:
            words = Words(item.sentence, item.tokens, narrative.text)
            sentences.append(words)
            founds += _names_in(narrative.text, words, line)
    mark_places(founds)
    founds = [found for found in founds if not found.dropped]
    choose_actors(founds)
    founds = [found for found in founds if not found.dropped]
    attach_agents(founds, narrative.text)
    return sentences, [found for found in founds if not found.dropped]


def _names_in(text: str, words: Words, line: DayLine) -> Iterator[Found]:
    sentence, floor = words.sentence, 0
    for hit in scan(text, sentence.start, sentence.end):
        kinds = frozenset(name.kind for _, name in name_index().get(hit.name, ()))
        if hit.kind == "name" and _stands_alone(text, sentence, hit, kinds):
            kind = next(iter(kinds)) if len(kinds) == 1 else "name" if not kinds else "mixed"
            day = line.day(sentence, hit.start)
            found = Found(hit.start, hit.end, hit.name, kind, meanings(hit.name), day, words, hit.start, hit.end)
            if found.meanings.leaders:
                look_before(found, floor)
            floor = found.end
            yield found


def _stands_alone(text: str, sentence: Sentence, hit: Hit, kinds: frozenset[str]) -> bool:
    """Whether the name is no part of a longer name: "Jordan River", "Treaty of Moscow", "Revolutionary Council"."""
    if kinds:
        return not is_false_friend(text, hit.start, hit.end, kinds)
    own = meanings(hit.name)
    if own.prefix and is_false_friend(text, hit.start, hit.end, frozenset({"prefix"})):
        return False
    if own.leaders and is_false_friend(text, hit.start, hit.end, frozenset({"leader"})):
        return False
    context_only = own.bodies and not any(name.sure for _, name in own.bodies)
    if context_only and hit.name[:1].isupper() and " " not in hit.name:
        before = text[max(sentence.start, hit.start - 30) : hit.start]
        return not _CAPITALISED_BEFORE.search(before) or before.rstrip() in ("The", "the")
    return True
