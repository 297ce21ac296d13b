"""``parse``: one text in, one ``Narrative`` out, with its number, title, sections, paragraphs, asides, references and warnings.

The layout of the ICB crisis summaries is recognised by its headings (``headings.toml``); a text without headings is plain
prose and becomes one section of kind "other". Under "Background:" the paragraphs before an inline heading ("Background and
Pre-crisis The issue ...") are the opening that gives the span of the crisis: kind "header". Nothing is looked up by number
or title.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Narrative, Notice, Section, SectionKind, Span
from brinkline.reading.asides import find_asides
from brinkline.reading.crossrefs import find_cross_references
from brinkline.reading.paragraphs import paragraph_spans, trimmed
from brinkline.reading.references import split_references
from brinkline.reading.updated import read_day

_CAP = range(3_970, 4_001)
_TITLE_LIMIT = 120
_PROSE: tuple[SectionKind, ...] = ("header", "background", "pre-crisis", "summary", "other")
_NUMBER_LINE = re.compile(
    r"(?:CRISNO|CRISIS|CASE)(?:\s+(?:NO\.?|NUMBER))?\s*[:#]?\s*#?(\d{1,6})\b(?:\s*[:.,\-–—]+\s*|\s+|$)(.*)$", re.IGNORECASE
)
_UNKNOWN_HEADING = re.compile(r"(?:[A-Z][^\n.!?;,:]{0,58}:|[A-Z][A-Z \-/&']{2,58}:?)[ \t]*$")
_MOST_BRACKETS = 20
_STOP_AT_END = re.compile(r"[.!?:…。！？؟।][\"'”’»)\]」』*]*$|[)\]]$")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading as found: its kind, the words, where the heading starts and where its body may start. ``opens`` marks
    "Background" on a line of its own, under which the opening of the narrative stands."""

    kind: SectionKind
    words: str
    start: int
    body: int
    known: bool = True
    opens: bool = False


def parse(
    text: str, source: str = "<text>", *, number: int | None = None, title: str = "", notices: Iterable[Notice] = ()
) -> Narrative:
    """The narrative of a text that is already clean (see ``clean.clean``). A number or title given here wins."""
    warnings = list(notices)
    found_number, found_title, body = _preamble(text)
    headings = _headings(text, body)
    sections = _sections(text, body, headings)
    if not sections:
        warnings.append(Notice("BL315", "nothing but number, title and headings; the whole is read as text"))
        sections = tuple(Section("other", "", span.start, span.end) for span in [trimmed(text, 0, len(text))] if span)
    paragraphs = tuple(span for section in sections for span in paragraph_spans(text, section.start, section.end))
    asides, unclosed = find_asides(text, paragraphs)
    warnings += _section_warnings(sections, headings, paragraphs)
    warnings += _unclosed_brackets(unclosed)
    warnings += _cut_off(text, sections)
    references = tuple(
        item
        for section in sections
        if section.kind == "references"
        for item in split_references(text, section.start, section.end)
    )
    last_updated = None
    for section in sections:
        if section.kind == "updated":
            last_updated, notice = read_day(text, section.start, section.end)
            warnings += [notice] if notice else []
    return Narrative(
        text=text,
        number=number if number is not None else found_number,
        title=title or found_title,
        sections=sections,
        paragraphs=paragraphs,
        asides=asides,
        references=references,
        cross_references=find_cross_references(text, body),
        last_updated=last_updated,
        warnings=tuple(warnings),
        source=source,
    )


def _preamble(text: str) -> tuple[int | None, str, int]:
    """Number, title and where the body starts: a line "CRISNO 55" and the next line, or a first line that is a title."""
    number, title, at = None, "", 0
    first = _next_line(text, 0)
    if first is None:
        return None, "", 0
    match = _NUMBER_LINE.match(text, first.start, first.end)
    if match and len(match[2]) <= _TITLE_LIMIT and not _STOP_AT_END.search(match[2]):
        number, title, at = int(match[1]), match[2].strip(), first.end
    if not title:
        line = _next_line(text, at)
        if line is not None and _is_title(text, line, marked=number is not None):
            title, at = text[line.start : line.end], line.end
    return number, title, at


def _next_line(text: str, at: int) -> Span | None:
    """The next line that is not blank, without white space at its ends."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        span = trimmed(text, at, end)
        if span is not None:
            return span
        at = end + 1
    return None


def _is_title(text: str, line: Span, *, marked: bool) -> bool:
    words = text[line.start : line.end]
    if len(words) > _TITLE_LIMIT or words[-1] in ".!?:;,…" or _own_line().match(text, line.start, line.end):
        return False
    rest = text[line.end : line.end + 200].lstrip(" \t")
    blank_follows = rest.startswith("\n") and rest[1:].lstrip(" \t").startswith("\n")
    return bool(rest.strip()) and (marked or blank_follows)


@functools.cache
def _forms() -> dict[str, SectionKind]:
    rows = data.toml("brinkline.reading", "headings.toml")["heading"]
    return {form: row["kind"] for row in rows for form in row["forms"]}


@functools.cache
def _kinds() -> dict[str, SectionKind]:
    return {_key(form): kind for form, kind in _forms().items()}


def _key(words: str) -> str:
    """A heading without case, blanks, hyphens: "Pre- Crisis" and "precrisis" are one."""
    return re.sub(r"[\W_]+", "", words.lower())


def _kind(words: str) -> SectionKind:
    """The kind of the part that a heading as written opens."""
    return _kinds()[_key(words)]


def _alternatives(forms: Iterable[str]) -> str:
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"[ \t]+").replace(r"\-", "[-–‑]?[ ]?") for form in ordered)


@functools.cache
def _own_line() -> re.Pattern[str]:
    """A known heading that opens a line: alone, or with a colon and text after it (a last-updated line needs no colon)."""
    updated = [form for form, kind in _forms().items() if kind == "updated"]
    return re.compile(
        rf"(?P<words>(?:{_alternatives(_forms())}))[ \t]*(?::[ \t]*|$)|(?P<updated>{_alternatives(updated)})[ \t]+(?=\d)",
        re.IGNORECASE | re.MULTILINE,
    )


@functools.cache
def _inline() -> re.Pattern[str]:
    """A heading that runs on into its text, written as a heading: "Pre-crisis The", "BACKGROUND On"."""
    rows = data.toml("brinkline.reading", "headings.toml")["heading"]
    forms = [form for row in rows if row["inline"] for form in row["forms"]]
    written = {variant for form in forms for variant in (form.capitalize(), form.upper(), _title_case(form))}
    written |= {form.capitalize().replace("-crisis", "-Crisis") for form in forms}
    gap = r"[ \t]*(?:[:.]|--?|[–—])[ \t]*|[ \t]*\n[ \t]*|[ \t]+|(?<=[cC]risis)(?=[A-Z][a-z])"
    return re.compile(rf"(?P<words>{_alternatives(written)})(?:{gap})(?=[A-Z0-9À-Þ\"'“‘(\[])")


def _title_case(form: str) -> str:
    """The form with a capital on each main word and on the part after the hyphen's first: "Background and Pre-crisis"."""
    return " ".join(word if word in ("and", "to", "the", "of") else word.capitalize() for word in form.split(" "))


def _headings(text: str, body: int) -> list[_Heading]:
    """All headings from ``body`` on, in order: own lines first, then the inline ones inside the background."""
    own = list(_own_headings(text, body))
    known = any(item.known for item in own)
    found = list(own)
    bounds = [*[item.start for item in own], len(text)]
    spans: list[tuple[int, int, bool]] = []
    if (own and own[0].start > body) or not own:
        spans.append((body, bounds[0], not known))
    spans += [
        (item.body, bounds[index + 1], False) for index, item in enumerate(own) if item.kind in ("background", "pre-crisis")
    ]
    for start, end, strict in spans:
        found += _inline_headings(text, start, end, strict=strict)
    return sorted(found, key=lambda item: item.start)


def _own_headings(text: str, body: int) -> Iterable[_Heading]:
    at = body
    blank_before = True
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        span = trimmed(text, at, min(end, at + 400))
        if span is not None:
            match = _own_line().match(text, span.start, end)
            if match:
                words = match["words"] or match["updated"]
                written = text[span.start : match.end()].strip()
                yield _Heading(_kind(words), written, span.start, match.end(), opens=words.lower() == "background")
            elif blank_before and _UNKNOWN_HEADING.match(text, span.start, end) and _blank_after(text, end):
                yield _Heading("other", text[span.start : span.end], span.start, end, known=False)
        blank_before = span is None
        at = end + 1


def _blank_after(text: str, end: int) -> bool:
    after = text.find("\n", end + 1)
    return after > 0 and not text[end:after].strip() and bool(text[after : after + 2000].strip())


def _inline_headings(text: str, start: int, end: int, *, strict: bool) -> Iterable[_Heading]:
    """Inline headings at the start of a paragraph or after a full stop; ``strict`` (no heading stands on a line of its
    own) wants "crisis" in the words or all capitals, so that prose that opens with "Background" stays whole."""
    for match in _inline().finditer(text, start, end):
        before = text[max(start, match.start() - 4) : match.start()]
        opens = not before.strip() or "\n" in before or re.search(r"[.!?][\"'”’)\]]?[ \t]+$", before)
        words = match["words"]
        if opens and not (strict and "crisis" not in words.lower() and not words.isupper()):
            yield _Heading(_kind(words), words, match.start(), match.end())


def _sections(text: str, body: int, headings: list[_Heading]) -> tuple[Section, ...]:
    """The parts with their bodies trimmed; an empty part is left out (and warned about elsewhere)."""
    sections: list[Section] = []
    first = headings[0].start if headings else len(text)
    span = trimmed(text, body, first)
    if span is not None:
        sections.append(Section("header" if headings else "other", "", span.start, span.end))
    for index, heading in enumerate(headings):
        last = index + 1 == len(headings)
        span = trimmed(text, heading.body, len(text) if last else headings[index + 1].start)
        if span is None:
            continue
        inline_follows = not last and headings[index + 1].kind in ("background", "pre-crisis")
        if heading.opens and not any(s.kind == "header" for s in sections):
            sections += _opening(text, heading, span, inline_follows)
        else:
            sections.append(Section(heading.kind, heading.words, span.start, span.end))
    return tuple(sections)


def _opening(text: str, heading: _Heading, span: Span, inline_follows: bool) -> list[Section]:
    """The header under "Background:" and, when no inline heading follows, the background after its first paragraph."""
    if inline_follows:
        return [Section("header", heading.words, span.start, span.end)]
    first, *others = paragraph_spans(text, span.start, span.end)
    sections = [Section("header", heading.words, first.start, first.end)]
    if others:
        sections.append(Section("background", "", others[0].start, others[-1].end))
    return sections


def _section_warnings(sections: tuple[Section, ...], headings: list[_Heading], paragraphs: tuple[Span, ...]) -> list[Notice]:
    known = [item for item in headings if item.known]
    notices = [
        Notice("BL313", f"unknown heading {item.words!r}", item.start, item.body)
        for item in headings
        if not item.known and known
    ]
    if not known:
        return notices
    kinds = {section.kind for section in sections}
    if "header" not in kinds:
        notices.append(Notice("BL314", "no opening sentence that gives the span of the crisis"))
    if "summary" not in kinds:
        notices.append(Notice("BL312", "section missing: summary"))
    if "references" not in kinds:
        notices.append(Notice("BL312", "section missing: references"))
    return notices


def _unclosed_brackets(places: tuple[int, ...]) -> list[Notice]:
    """A warning for each place, up to twenty; one more tells how many there are besides."""
    notices = [Notice("BL311", "bracket is never closed", start, start + 1) for start in places[:_MOST_BRACKETS]]
    if rest := places[_MOST_BRACKETS:]:
        notices.append(Notice("BL311", f"{len(rest):,} more brackets are never closed", rest[0], rest[-1] + 1))
    return notices


def _cut_off(text: str, sections: tuple[Section, ...]) -> list[Notice]:
    """A warning for each part of prose that does not end with a stop, a bracket or a quotation mark, or whose length is just
    below the 4,000 characters at which the published ICB table cuts its parts: that cut may fall between two sentences."""
    notices = []
    for section in sections:
        tail = text[max(section.start, section.end - 60) : section.end]
        if section.kind in _PROSE and not _STOP_AT_END.search(tail):
            start = section.end - len(tail.split()[-1])
            notices.append(
                Notice("BL310", f"the {section.kind} section breaks off at {tail.split()[-1]!r}", start, section.end)
            )
        elif section.kind == "summary" and section.end - section.start in _CAP:
            words = f"the summary has {section.end - section.start} characters and may have been cut at 4,000"
            notices.append(Notice("BL319", words, section.end - 1, section.end))
    return notices
