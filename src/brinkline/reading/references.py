"""``split_references``: the references section as single citations with author, years, pages and note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brinkline.model import Reference, Span
from brinkline.reading.paragraphs import trimmed

_SEPARATOR = re.compile(r"[;\n()\[\]\"“”]")
_POINTER = re.compile(
    r"(?:and\s+)?(?:see\s+)?(?:also\s+)?(?:the\s+)?(?:sources?|references?)?\s*(?:for|to|in)?\s*cas(?:e|es)\s+#?\d",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:and|see also|see)\s+", re.IGNORECASE)
_CONTINUES = re.compile(
    r"(?:\d+[,.]?\s*)+(?:$|\[|\()|\d{1,2}\s+[A-Z][a-z]+\.?\s+\d{4},?\s+pp?|pp?\.?\s*\d|vol\.", re.IGNORECASE
)
_AFTER_PAGES = re.compile(r"\b[Pp]p?\.\s*[\dA-Z;,\s–-]*\d(\.)\s+(?=[A-Z])")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?(?:[-–/](?:\d{4}|\d\d)[a-z]?)?\b(?!-\d)")
_PAGES = re.compile(r"\b(?:pp?\.?\s*[A-Z]?\d[\dA-Z]*(?:\s*[-–]\s*\d+)?(?:[,;]\s*\d+(?:\s*[-–]\s*\d+)?)*)", re.IGNORECASE)
_MASK = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|\"[^\"\n]*\"|“[^”\n]*”|https?://\S+")
_MONTH_TAIL = re.compile(
    r"[,\s]+(?:\d{1,2}\s+)?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s*[-–]\s*[A-Z][a-z]+)?(?:\s+\d{1,2})?)\s*,?\s*$"
)


def split_references(text: str, start: int, end: int) -> Iterator[Reference]:
    """The citations of ``[start, end)`` in order. Pointers to another case's sources are cross-references, not citations."""
    for span in _citations(text, start, end):
        words = text[span.start : span.end]
        if not _POINTER.match(words) and any(char.isalpha() for char in words):
            yield _reference(span, words)


def _citations(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for piece in _pieces(text, start, end):
        span = trimmed(text, *piece)
        if span is None:
            continue
        lead = _LEAD.match(text, span.start, span.end)
        if lead and not _POINTER.match(text, span.start, span.end):
            span = trimmed(text, lead.end(), span.end) or span
        stop = span.end - 1 if text[span.end - 1] == "." and span.end - span.start > 1 else span.end
        if spans and _CONTINUES.match(text, span.start, span.end):
            spans[-1] = Span(spans[-1].start, stop)
        else:
            spans.append(Span(span.start, stop))
    return spans


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts between semicolons and line ends that stand outside brackets and quotation marks, and after a list of pages."""
    depth, quoted, left = 0, False, start
    for match in _SEPARATOR.finditer(text, start, end):
        mark = match[0]
        if mark == "\n":
            yield left, match.start()
            depth, quoted, left = 0, False, match.end()
        elif mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif mark in '"“”':
            quoted = mark == "“" or (mark == '"' and not quoted)
        elif depth == 0 and not quoted:
            yield from _page_breaks(text, left, match.start())
            left = match.end()
    yield from _page_breaks(text, left, end)


def _page_breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _AFTER_PAGES.finditer(text, start, end):
        yield left, match.start(1)
        left = match.end(1)
    yield left, end


def _reference(span: Span, words: str) -> Reference:
    masked = _MASK.sub(lambda match: " " * len(match[0]), words)
    pages = [match[0] for match in _PAGES.finditer(masked)]
    without_pages = _PAGES.sub(lambda match: " " * len(match[0]), masked)
    years = list(_YEAR.finditer(without_pages))
    if not years:
        years = list(_YEAR.finditer(words))[:1]
    bounds = [match.start() for match in years[:1]]
    bounds += [match.start() for match in _MASK.finditer(words) if not words[match.start() + 1 : match.end() - 1].isupper()]
    author = words[: min(bounds, default=len(words))]
    rest = words[len(author) :]
    month = _MONTH_TAIL.search(author)
    if month:
        rest = author[month.start() :] + rest
        author = author[: month.start()]
    for match in years:
        rest = rest.replace(match[0], " ", 1)
    for page in pages:
        rest = rest.replace(page, " ", 1)
    return Reference(
        span.start,
        span.end,
        words,
        author.strip(" ,.;:"),
        tuple(match[0] for match in years),
        ", ".join(pages),
        _tidy(rest),
    )


def _tidy(rest: str) -> str:
    """What is left of a citation, with single blanks and no stray commas."""
    rest = re.sub(r"\s+", " ", rest)
    rest = re.sub(r"(?:\s*,)+(?=\s*(?:,|$))|^\s*,", "", rest)
    return re.sub(r"\s+([,;.])", r"\1", rest).strip(" ,.;:")
