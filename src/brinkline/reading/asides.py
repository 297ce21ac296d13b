"""``find_asides``: bracketed passages, and the brackets that never close."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brinkline.model import Span

_BRACKET = re.compile(r"[()\[\]（）]")
_OPEN = {"(": ")", "[": "]", "（": "）"}
_SENTENCE_END = re.compile(r"[.!?][\"”’]?(?=\s+[A-Z(\[\"“])")
_MOST_PARAGRAPHS = 6


def find_asides(text: str, paragraphs: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """The outermost bracketed passages, brackets included, and the places of brackets never closed.

    A bracket that opens a paragraph may close at the end of a later one, at most five further on. An unclosed bracket that
    opens a sentence runs to the end of its paragraph; one inside a sentence to the end of that sentence. A closing bracket
    without an opening one ("a)") is left alone.
    """
    spans = list(paragraphs)
    asides: list[Span] = []
    unclosed: list[int] = []
    done = 0
    for index, paragraph in enumerate(spans):
        closed, stack, _ = _pairs(text, paragraph)
        if stack and stack[0] == paragraph.start and paragraph.start >= done:
            end = _later_end(text, spans[index + 1 : index + _MOST_PARAGRAPHS], _OPEN[text[stack[0]]])
            if end:
                asides.append(Span(stack[0], end))
                done = end
                stack = []
        unclosed += stack
        closed += [Span(start, _end_of_unclosed(text, start, paragraph)) for start in stack[:1]]
        asides += closed
    return _outermost(asides), tuple(unclosed)


def _pairs(text: str, paragraph: Span) -> tuple[list[Span], list[int], list[int]]:
    """The bracketed passages of a paragraph, the brackets left open, and the closing ones that close nothing."""
    stack: list[int] = []
    closed: list[Span] = []
    loose: list[int] = []
    for match in _BRACKET.finditer(text, paragraph.start, paragraph.end):
        if match[0] in _OPEN:
            stack.append(match.start())
        elif stack and _OPEN[text[stack[-1]]] == match[0]:
            closed.append(Span(stack.pop(), match.end()))
        else:
            loose.append(match.start())
    return closed, stack, loose


def _later_end(text: str, following: list[Span], closer: str) -> int:
    """The end of the first following paragraph whose last character closes the bracket; 0 when there is none."""
    for paragraph in following:
        end = paragraph.end - (text[paragraph.end - 1] == ".")
        if text[end - 1] == closer and _pairs(text, paragraph)[2][-1:] == [end - 1]:
            return end
    return 0


def _end_of_unclosed(text: str, start: int, paragraph: Span) -> int:
    before = text[max(paragraph.start, start - 3) : start].rstrip()
    if before and before[-1] not in '.!?"”':
        match = _SENTENCE_END.search(text, start, paragraph.end)
        if match:
            return match.end()
    return paragraph.end


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
