"""``Found``: a name on its way to a mention, and ``Words``: the words of a sentence, parsed or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from brinkline.actors.lexicon import Meanings
from brinkline.model import Actor, Day, Mention, Sentence, Token

_PLAIN = re.compile(r"['’]s?(?!\w)|(?:[^\W\d_]\.){2,}|\w+(?:[-‐‑]\w+)*|[^\w\s]")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(slots=True)
class Found:
    """A name in the text and what has been decided about it so far. ``start`` and ``end`` grow when an agent joins it."""

    start: int
    end: int
    name: str
    kind: str
    meanings: Meanings
    day: Day | None
    words: Words
    name_start: int
    name_end: int
    actor: Actor | None = None
    basis: str = ""
    agent: str = ""
    agent_kind: str = ""
    candidates: tuple[str, ...] = ()
    dropped: bool = False
    role: str = ""
    titled: bool = False
    given: tuple[str, ...] = ()

    def mention(self, text: str) -> Mention:
        """The finished mention."""
        return Mention(
            self.start,
            self.end,
            text[self.start : self.end],
            self.actor,
            self.basis,
            self.agent,
            self.agent_kind,
            self.candidates,
        )


class Words:
    """The words of one sentence: the tokens of the parse, or plain words (without part of speech) when there is none."""

    def __init__(self, sentence: Sentence, tokens: Iterable[Token], text: str) -> None:
        self.sentence = sentence
        self.tokens = tuple(tokens)
        self.parsed = bool(self.tokens)
        if not self.parsed:
            self.tokens = tuple(_plain_tokens(text, sentence))
        self._starts = [token.start for token in self.tokens]

    def at(self, position: int) -> int:
        """The index of the word that holds a position (of the word before it when none does)."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def head(self, index: int) -> Token:
        """The head of a word."""
        return self.tokens[self.tokens[index].head]

    def lower(self, index: int) -> str:
        """A word in lower case, "" outside the sentence."""
        return self.tokens[index].text.lower() if 0 <= index < len(self.tokens) else ""

    def possessive(self, index: int) -> bool:
        """Whether the word at an index is a possessive ending."""
        return self.lower(index) in _POSSESSIVE


def _plain_tokens(text: str, sentence: Sentence) -> Iterable[Token]:
    for number, match in enumerate(_PLAIN.finditer(text, sentence.start, sentence.end)):
        word = match[0]
        lemma = word.lower()
        yield Token(number, match.start(), match.end(), word, lemma, "", "", "", number)
