"""``find_asides``: bracketed passages, and the brackets that never close."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brinkline.model import Span

_BRACKET = re.compile(r"[()\[\]（）]")
_OPEN = {"(": ")", "[": "]", "（": "）"}
_SENTENCE_END = re.compile(r"[.!?][\"”’]?(?=\s+[A-Z(\[\"“])")


def find_asides(text: str, paragraphs: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """The outermost bracketed passages of each paragraph, brackets included, and the places of brackets never closed.

    An unclosed bracket that opens a sentence runs to the end of its paragraph; one inside a sentence to the end of that
    sentence. A closing bracket without an opening one ("a)") is left alone.
    """
    asides: list[Span] = []
    unclosed: list[int] = []
    for paragraph in paragraphs:
        stack: list[int] = []
        closed: list[Span] = []
        for match in _BRACKET.finditer(text, paragraph.start, paragraph.end):
            mark = match[0]
            if mark in _OPEN:
                stack.append(match.start())
            elif stack and _OPEN[text[stack[-1]]] == mark:
                closed.append(Span(stack.pop(), match.end()))
        unclosed += stack
        closed += [Span(start, _end_of_unclosed(text, start, paragraph)) for start in stack[:1]]
        asides += _outermost(closed)
    return tuple(asides), tuple(unclosed)


def _end_of_unclosed(text: str, start: int, paragraph: Span) -> int:
    before = text[max(paragraph.start, start - 3) : start].rstrip()
    if before and before[-1] not in '.!?"”':
        match = _SENTENCE_END.search(text, start, paragraph.end)
        if match:
            return match.end()
    return paragraph.end


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
