"""Words and patterns of a user's codebook as regular expressions whose work is bounded.

A codebook comes from anywhere, and ``re`` can need time that doubles with every character (``(a+)+b``). So a pattern is read
by the small grammar of ``pattern_tree``, which counts the steps it can take at one place of a text; what goes over
``MOST_STEPS`` is refused, and a repeat without an end stops after 80 characters. Together with a window of fixed length
(``brinkline.variables.custom``) the time for a narrative grows with its length and no faster.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from brinkline.reference.pattern_tree import effort, parse, written

LONGEST_PATTERN = 500
LONGEST_PHRASE = 200
MOST_STEPS = 20_000
_GAP = r"(?:\W{1,3}\w{1,30}){0,8}?\W{1,3}"
_BLANK = r"[\s-]{1,3}"


@functools.cache
def compiled(source: str) -> re.Pattern[str]:
    """What ``bounded_pattern`` or ``phrases_pattern`` gave, ready to search; case does not matter."""
    return re.compile(source, re.IGNORECASE)


def bounded_pattern(text: str) -> str:
    """The pattern as a regular expression for ``re`` with every repeat bounded; ValueError says what is not allowed.

    Allowed: characters, ``.``, classes, ``\\w \\d \\s \\b`` and their opposites, ``^ $``, groups, ``|``, and the repeats
    ``? * + {m,n}`` with or without a lazy ``?``. Not allowed: looking around, references back, flags, possessive repeats.

    >>> bounded_pattern("truces? .*signed")
    'truces? .{0,80}signed'
    """
    if not text.strip():
        raise ValueError("the pattern is empty")
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"the pattern is longer than {LONGEST_PATTERN} characters")
    tree = parse(text)
    try:
        source = written(tree)
        tried = compiled(source)
        steps = effort(tree).steps
    except (re.error, OverflowError) as error:
        raise ValueError(f"the pattern cannot be read: {error}") from None
    if steps > MOST_STEPS:
        raise ValueError(
            "the pattern can match in too many ways: use fewer repeats, words with ... between them, or several rules"
        )
    if tried.fullmatch(""):
        raise ValueError("the pattern matches where there are no words")
    return source


def phrases_pattern(phrases: Iterable[str]) -> str:
    """One regular expression for a list of words and phrases; ValueError names one that cannot be used.

    Case does not matter, whole words count; ``*`` at the end of a word stands for any ending, a hyphen also for a blank or
    nothing, and ``...`` between words for up to eight other words.

    >>> import re
    >>> [bool(re.search(phrases_pattern(["cease-fire", "withdr* ... troops"]), text, re.I))
    ...  for text in ("a ceasefire held", "withdrew all its troops", "ceasefires")]
    [True, True, False]
    """
    ordered = sorted(dict.fromkeys(phrases), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(_phrase(item) for item in ordered)})(?!\w)"


def _phrase(text: str) -> str:
    words = text.replace("…", " ... ").replace("...", " ... ").split()
    if len(text) > LONGEST_PHRASE:
        raise ValueError(f"the phrase {text[:30]!r} is longer than {LONGEST_PHRASE} characters")
    if not words or words[0] == "..." or words[-1] == "..." or words.count("...") > 2:
        raise ValueError(f"{text!r} is not a phrase: it begins and ends with a word and has at most two gaps (...)")
    made = ""
    for word in words:
        if word == "...":
            made += _GAP
        else:
            made += ("" if not made or made.endswith(_GAP) else _BLANK) + _word(word, text)
    return made


def _word(word: str, phrase: str) -> str:
    stem = word.removesuffix("*")
    if not stem or "*" in stem or not any(char.isalnum() for char in stem):
        raise ValueError(f"{phrase!r} is not a phrase: * stands at the end of a word, for its ending")
    joined = r"[\s-]?".join(re.escape(part) for part in stem.replace("’", "'").split("-") if part)
    return joined.replace("'", "['’‘]") + (r"\w{0,20}" if word.endswith("*") else "")
