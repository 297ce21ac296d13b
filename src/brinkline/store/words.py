"""The words of a text as the full-text index keeps them: folded and stemmed here, so that every database finds the same.

SQLite and PostgreSQL split and fold text each in its own way. Both are therefore given words that are ready: letters and
digits of ASCII only, with a blank between, in the order of the text. A query goes through the same functions.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from brinkline.reference.spelling import plain
from brinkline.store.stems import stem

#: A word: letters and digits with the marks on them; apostrophes, hyphens and dots divide ("Japan's" is two words).
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad])*")
_OTHER = re.compile(r"[^a-z0-9]")
#: Longer words are cut in the index and in queries alike; PostgreSQL refuses words of more than 2,046 bytes.
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its range and its folded form ("Perón" gives "peron")."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class IndexWords:
    """A sentence for the index: its words and their stems, each joined by blanks; both have the same number of words."""

    words: str
    stems: str


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in small letters without accents; "" when nothing of it is a letter or digit.

    >>> fold("Ángstrøm")
    'angstrom'
    """
    if word.isascii():
        return word.lower()[:LONGEST]
    for _ in range(3):  # a compatibility form can unfold to capitals and marks once more
        word = plain(word.casefold())
    return "".join(char for char in word if char.isalnum())[:LONGEST]


def encode(folded: str) -> str:
    """A folded word in letters and digits of ASCII; letters of other scripts become eight signs each.

    Words that begin alike still do, so that a search for the beginning of a word works in every script.
    """
    if folded.isascii():
        return folded
    return _OTHER.sub(lambda found: f"zz{ord(found[0]):06x}", folded)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text with their ranges, in order.

    >>> [word.folded for word in words_of("Japan's cease-fire")]
    ['japan', 's', 'cease', 'fire']
    """
    found = ((match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text))
    return tuple(Word(start, end, folded) for start, end, folded in found if folded)


def index_words(text: str) -> IndexWords:
    """The words and the stems of a text as the index keeps them.

    >>> index_words("Forces withdrew").stems
    'forc withdraw'
    """
    folded = [word.folded for word in words_of(text)]
    return IndexWords(" ".join(map(encode, folded)), " ".join(encode(stem(word)) for word in folded))
