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
_AFTER_PAGES = re.compile(r"\b[Pp]p?\.\s*[\dA-Z][\dA-Z,\s–-]*(?<=\d)(\.)\s+(?=[A-Z])")
_FIRST_PAGE = re.compile(r"\s*\d+(\.)\s+(?=[A-Z])")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?(?:[-–/](?:\d{4}|\d\d)[a-z]?)?\b(?!-\d)")
_PAGES = re.compile(
    r"\b(?:pp?\.?\s*[A-Z]?\d[\dA-Z]*(?:\s*[-–]\s*\d+)?(?:[,;]\s*\d+(?:\s*[-–]\s*\d+)?(?!\s*[A-Za-z\d]))*)", re.IGNORECASE
)
_MASK = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|\"[^\"\n]*\"|“[^”\n]*”|https?://\S+")
_BRACKETS = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]")
_SHORT_FORM = re.compile(r"[(\[][A-Z][A-Z/ –-]+[)\]]")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_MONTH_TAIL = re.compile(rf"[,\s]+(?:\d{{1,2}}\s+)?{_MONTH}(?:\s*[-–]\s*{_MONTH})?(?:\s+\d{{1,2}})?\s*,?\s*\Z")
_FINAL_STOP = re.compile(r"(?<!\bal)(?<!\b[JS]r)(?<!\bed)(?<!\beds)(?<!\b[A-Z])\.\Z")
_VOLUME = re.compile(r"[,\s]+vols?\.?\s", re.IGNORECASE)
_OTHER_WORDS = re.compile(rf"\b(?!{_MONTH}\b|(?:vols?|and|pub|pp)\b)[^\W\d]{{3,}}", re.IGNORECASE)


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
    first = _FIRST_PAGE.match(text, start, end)
    if first:
        yield left, first.start(1)
        left = first.end(1)
    for match in _AFTER_PAGES.finditer(text, left, end):
        yield left, match.start(1)
        left = match.end(1)
    yield left, end


def _reference(span: Span, words: str) -> Reference:
    """The parts of one citation. Brackets, quoted titles and addresses are masked while years and pages are looked for."""
    masked = _MASK.sub(lambda match: " " * len(match[0]), words)
    pages = list(_PAGES.finditer(masked))
    years = _years(words, _PAGES.sub(lambda match: " " * len(match[0]), masked))
    author = words[: _author_end(words, masked, years)]
    taken = sorted(match.span() for match in (*years, *pages) if masked[match.start()] != " ")
    bounds = [len(author), *[at for pair in taken for at in pair], len(words)]
    rest = " ".join(words[left:right] for left, right in zip(bounds[::2], bounds[1::2], strict=True))
    return Reference(
        span.start,
        span.end,
        words,
        _FINAL_STOP.sub("", author.strip(" ,;:")),
        tuple(dict.fromkeys(match[0] for match in years)),
        ", ".join(match[0] for match in pages),
        _tidy(rest),
    )


def _years(words: str, masked: str) -> list[re.Match[str]]:
    """The years of publication: a run that only volumes, months and pages interrupt; failing that, one inside a bracket."""
    years: list[re.Match[str]] = []
    for match in _YEAR.finditer(masked):
        if years and _OTHER_WORDS.search(masked, years[-1].end(), match.start()):
            break
        years.append(match)
    if not years:
        inside = (year for bracket in _BRACKETS.finditer(words) for year in _YEAR.finditer(words, *bracket.span()))
        years = list(inside)[:1]
    return years


def _author_end(words: str, masked: str, years: list[re.Match[str]]) -> int:
    """Where the author ends: before the first year, volume, quoted title, address or bracket (but not a short form)."""
    bounds = [match.start() for match in years[:1]]
    bounds += [match.start() for match in _MASK.finditer(words) if not _SHORT_FORM.fullmatch(match[0])]
    bounds += [match.start() for match in [_VOLUME.search(masked)] if match]
    end = min(bounds, default=len(words))
    month = _MONTH_TAIL.search(words, 0, end)
    return month.start() if month else end


def _tidy(rest: str) -> str:
    """What is left of a citation, with single blanks and no stray commas."""
    rest = re.sub(r"\s+", " ", rest)
    rest = re.sub(r"\s+([,;.])", r"\1", rest)
    rest = re.sub(r"[,;]+(?=[,;.]|$)", "", rest)
    return rest.strip(" ,.;:")
