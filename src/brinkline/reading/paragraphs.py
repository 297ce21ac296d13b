"""``paragraph_spans``: the paragraphs of a part of a text, as ranges without white space at their ends.

A blank line always parts paragraphs. A single line end does so only in a text that is not wrapped: when some line of
the part is longer than 120 characters, every line is a paragraph of its own.
"""

from __future__ import annotations

import re

from brinkline.model import Span

_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_WRAP_LIMIT = 120


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without white space at its ends; None when nothing is left."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return Span(start + left, start + right) if left < right else None


def paragraph_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The paragraphs inside ``[start, end)`` in order."""
    end = len(text) if end is None else end
    if any(match.end() - match.start() > _WRAP_LIMIT for match in _LINE.finditer(text, start, end)):
        pieces = [(match.start(), match.end()) for match in _LINE.finditer(text, start, end)]
    else:
        breaks = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text, start, end)]
        pieces = list(zip([start, *[b for _, b in breaks]], [*[a for a, _ in breaks], end], strict=True))
    spans = (trimmed(text, left, right) for left, right in pieces)
    return [span for span in spans if span is not None]
