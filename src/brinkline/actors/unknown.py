"""``unknown_names_in``: names the tables do not know where the grammar makes them actors ("Ruritanian troops").

Such a name stays as it is written, with an actor of kind "unknown"; ``actor_notices`` lists it, so that a user can add it to
the tables.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE, meanings
from brinkline.actors.nouns import MONTHS, agent_kind, word_list
from brinkline.actors.timeline import DayLine
from brinkline.data import toml
from brinkline.model import Actor, Token
from brinkline.reference.states import name_index

#: Endings of words for peoples and states: "Ruritanian", "Graustarkese".
_PEOPLE = re.compile(r"[A-ZÀ-Þ][^\W\d_]{2,}(?:ian|ean|an|ese|ish|ite)s?")
#: Kinds of agents that make the word before them an actor; civilians do not ("Parisian workers").
_ACTING = frozenset({"military", "government", "diplomat", "group"})


@functools.cache
def _descriptors() -> frozenset[str]:
    return frozenset(toml(PACKAGE, "agents.toml")["descriptors"]["words"].split())


def unknown_names_in(text: str, sentences: Iterable[Words], founds: Sequence[Found], line: DayLine) -> Iterator[Found]:
    """The unknown names before an agent noun outside the ranges of ``founds``, in the order of the text; needs a parse."""
    taken = sorted((found.start, found.end) for found in founds)
    for words in sentences:
        if not words.parsed:
            continue
        for token in words.tokens[:-1]:
            following = words.tokens[token.index + 1]
            if not _names_a_people(words, token) or agent_kind(following.text) not in _ACTING:
                continue
            if following.pos != "NOUN" or not following.text.islower():
                continue
            if any(start < following.end and token.start < end for start, end in taken):
                continue
            day = line.day(words.sentence, token.start)
            found = Found(
                token.start, following.end, token.text, "unknown", meanings(token.text), day, words, token.start, token.end
            )
            found.actor = Actor("unknown", f"unknown:{token.text.lower()}", token.text)
            found.basis, found.agent, found.agent_kind = "unknown name", following.text, agent_kind(following.text)
            yield found


def _names_a_people(words: Words, token: Token) -> bool:
    if not _PEOPLE.fullmatch(token.text) or token.text in _descriptors() or token.text in MONTHS:
        return False
    before = words.tokens[token.index - 1] if token.index else None
    inside_a_name = before is not None and (before.text == "-" or (before.pos == "PROPN" and before.text[:1].isupper()))
    if token.text in name_index():
        return False
    return not inside_a_name and token.text not in word_list("titles") and token.pos in ("ADJ", "PROPN")
