"""``stem(word)``: the part that the forms of an English word share ("withdrawing", "withdrew" and "withdraws": "withdraw").

Regular forms follow Porter (1980), "An algorithm for suffix stripping", Program 14 (3): the numbers of the steps are his.
Irregular ones stand in ``irregular.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from brinkline import data

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "abli": "able",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
}
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti", "ous"),
    *("ive", "ize", "sion", "tion"),
)


@functools.cache
def _irregular() -> Mapping[str, str]:
    """The base form of each irregular form."""
    forms = data.toml("brinkline.store", "irregular.toml")["forms"]
    return MappingProxyType({form: base for base, text in forms.items() for form in text.split()})


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word; words of one or two letters, with digits or of other scripts stay as they are.

    >>> stem("mobilization") == stem("mobilize") == stem("mobilized"), stem("fought")
    (True, 'fight')
    """
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    word = _irregular().get(word, word)
    word = _step_1(word)
    word = _replace(word, _STEP_2)
    word = _replace(word, _STEP_3)
    return _step_5(_step_4(word))


def _measure(part: str) -> int:
    """Porter's m: how often vowels are followed by consonants."""
    shape = "".join("v" if _is_vowel(part, at) else "c" for at in range(len(part)))
    return len(re.findall("v+c", re.sub("c+", "c", shape)))


def _is_vowel(part: str, at: int) -> bool:
    return part[at] in "aeiou" or (part[at] == "y" and at > 0 and not _is_vowel(part, at - 1))


def _has_vowel(part: str) -> bool:
    return any(_is_vowel(part, at) for at in range(len(part)))


def _short(part: str) -> bool:
    """Consonant, vowel, consonant at the end, the last not w, x or y."""
    return (
        len(part) > 2
        and not _is_vowel(part, len(part) - 3)
        and _is_vowel(part, len(part) - 2)
        and not _is_vowel(part, len(part) - 1)
        and part[-1] not in "wxy"
    )


def _step_1(word: str) -> str:
    """Plurals, -ed and -ing, and y after a vowel (1a to 1c)."""
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if _measure(word[:-3]) > 0 else word
    else:
        for ending in ("ed", "ing"):
            if word.endswith(ending) and _has_vowel(word[: -len(ending)]):
                word = _mended(word[: -len(ending)])
                break
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    return word


def _mended(part: str) -> str:
    """The end of a word after -ed or -ing was taken off ("hop", "fil", "conflat": hop, file, conflate)."""
    if part.endswith(("at", "bl", "iz")):
        return part + "e"
    if len(part) > 1 and part[-1] == part[-2] and not _is_vowel(part, len(part) - 1) and part[-1] not in "lsz":
        return part[:-1]
    return part + "e" if _measure(part) == 1 and _short(part) else part


def _replace(word: str, endings: Mapping[str, str]) -> str:
    """The word with its longest listed ending replaced, if enough of a word stands before it (2 and 3)."""
    ending = max((item for item in endings if word.endswith(item)), key=len, default="")
    part = word.removesuffix(ending)
    return part + endings[ending] if ending and _measure(part) > 0 else word


def _step_4(word: str) -> str:
    ending = max((item for item in _STEP_4 if word.endswith(item)), key=len, default="")
    part = word[:-3] if ending in ("sion", "tion") else word.removesuffix(ending)
    return part if ending and _measure(part) > 1 else word


def _step_5(word: str) -> str:
    """A silent e and a double l at the end (5a and 5b)."""
    if word.endswith("e"):
        size = _measure(word[:-1])
        if size > 1 or (size == 1 and not _short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
