"""Whether the words around a phrase deny it ("no truce was signed"), by the word lists of ``negation.toml``."""

from __future__ import annotations

import functools
import re

from brinkline import data
from brinkline.reference.patterns import compiled, phrases_pattern

_BREAK = re.compile(r"[.;:,()\"“”]|(?<!\w)(?:but|and then|until|although|though|while|after)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_BEFORE, _AFTER, _REACH = 6, 5, 120


@functools.cache
def _pattern(kind: str) -> re.Pattern[str]:
    rows = data.toml("brinkline.variables.custom", "negation.toml")[kind]
    return compiled(phrases_pattern(word for row in rows for word in row["words"]))


def is_denied(text: str, start: int, end: int) -> bool:
    """True when ``text[start:end]`` is denied by words of its own clause, up to six words before or five after it.

    >>> text = "No truce was signed"
    >>> is_denied(text, 3, 8), is_denied("A truce was signed", 2, 7)
    (True, False)
    """
    before = text[max(0, start - _REACH) : start]
    for stop in _BREAK.finditer(before):
        last = stop.end()
        before = " " * last + before[last:]
    words = list(_WORD.finditer(before))
    before = before[words[-_BEFORE].start() :] if len(words) >= _BEFORE else before
    after = text[end : end + _REACH]
    stop_after = _BREAK.search(after)
    after = after[: stop_after.start()] if stop_after else after
    words = list(_WORD.finditer(after))
    after = after[: words[_AFTER - 1].end()] if len(words) >= _AFTER else after
    return any(
        _pattern(kind).search(_pattern("harmless").sub(" ", part)) for kind, part in (("before", before), ("after", after))
    )
