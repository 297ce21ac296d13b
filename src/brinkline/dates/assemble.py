"""``find_dates``: the two steps put together along the narrative, sentence by sentence.

Here stands what concerns more than one expression: which words are no dates after all, the two ends of a range, what
moves the narrative line and what does not, and the span of the case in the first sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from brinkline.dates import values
from brinkline.dates.find import Found, find_expressions
from brinkline.dates.line import Line, Point
from brinkline.dates.resolve import Reading, month_of, resolve, year_of
from brinkline.model import Day, Narrative, SectionKind, Sentence, Span, Timex, When

_SILENT: frozenset[SectionKind] = frozenset({"references", "updated"})
_JOIN = re.compile(r"\s*(?:(?P<dash>[-–—−‑/])|(?P<to>to|until|till|through)(?: the)?|(?P<list>and|or|,|, and|&)(?: the)?)\s*\Z")
_SPAN_SENTENCES = 3
_LEADING = 14
ATTR = NAMED = True
SINCE = ()


def find_dates(narrative: Narrative, sentences: tuple[Sentence, ...]) -> tuple[When, ...]:
    """The date expressions of a narrative in the order of the text; references and the last-updated line give none.

    A range gives its two ends and, before them, an interval that covers both. An expression whose place in time stays
    open has no bounds; ``anchor`` says why.
    """
    text = narrative.text
    line = Line(now=_first_year(text, sentences))
    out: list[When] = []
    asides = _Ranges(narrative.asides)
    section: SectionKind | None = None
    spoken = [sentence for sentence in sentences if sentence.section not in _SILENT]
    for number, sentence in enumerate(spoken):
        if sentence.section != section:
            section = sentence.section
            _restart(line, section)
        found = [item for item in find_expressions(text, sentence.start, sentence.end) if _is_date(item, text)]
        if not found:
            continue
        heading = _is_heading(text, sentence)
        whens = list(_read(found, text, line, asides, sentence.start, heading))
        out.extend(whens)
        if line.span is None and number < _SPAN_SENTENCES and sentence.paragraph == spoken[0].paragraph:
            _take_span(line, whens)
    return tuple(sorted(out, key=lambda when: (when.start, -when.end)))


class _Ranges:
    """Ordered ranges that can be asked whether they hold a position."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.spans = sorted(spans, key=lambda span: span.start)
        self.starts = [span.start for span in self.spans]

    def hold(self, position: int) -> bool:
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.spans[index].end


def _first_year(text: str, sentences: tuple[Sentence, ...]) -> Point | None:
    """The first year the narrative states, the running date until a better one is read."""
    for sentence in sentences:
        if sentence.section in _SILENT:
            continue
        for item in find_expressions(text, sentence.start, sentence.end):
            year = year_of(item, Line()) if item.form == "date" else None
            if year is not None:
                return Point(year, 0, 0, f"{values.year_words(year)}, the first year the narrative gives")
    return None


def _restart(line: Line, section: SectionKind) -> None:
    """At the summary the narrative begins again at the start of the case."""
    line.use_span = section in ("summary", "header")
    if section == "summary" and line.span is not None:
        first = line.span[0]
        line.move(Point(first.year, first.month, 0, f"the start of the span {line.span_words}"))
        line.day = None


def _take_span(line: Line, whens: list[When]) -> None:
    """The span of the case: the first range of the opening paragraph, or from its first date to its last."""
    known = [when for when in whens if when.earliest and when.latest and not when.off_line]
    ranges = [when for when in known if when.kind == "interval"]
    fine = [when for when in known if when.precision in ("day", "month")]
    if ranges:
        first = last = ranges[0]
        words = first.text
    elif len(fine) > 1:
        first, last = fine[0], fine[-1]
        words = f"{first.text} to {last.text}"
    else:
        return
    if first.earliest and last.latest and first.earliest <= last.latest:
        line.span, line.span_words = (first.earliest, last.latest), words


def _is_heading(text: str, sentence: Sentence) -> bool:
    words = text[sentence.start : sentence.end]
    return len(words) < 120 and words[-1] not in ".!?:;\"'”’" and "\n" in text[sentence.end : sentence.end + 1]


def _is_date(item: Found, text: str) -> bool:
    """Whether an expression stands where a date can stand; names such as Theresa May do not."""
    words = text[item.start : item.end]
    if item.rule == "month" and words in _NAMES:
        before = text[max(0, item.start - 30) : item.start].split()
        previous = before[-1] if before else ""
        if previous[:1].isupper() and previous.lower() not in _OPENERS and previous[-1:] not in ".,;:)":
            return False
    if item.rule == "month" and words.endswith("March") and not item.attribute and (words != "March" or item.opener in _QUOTES):
        return not (words in ("the March", "The March") or item.opener in _QUOTES)
    if item.rule == "year" and words.isdigit() and int(words) < 1500 and item.opener not in _YEAR_OPENERS:
        return False
    if item.form in ("daypart", "set") and item.opener and text[item.end - 1].islower() and text[item.start].isupper():
        return item.opener in _SENTENCE_SIGNS
    return True


_SENTENCE_SIGNS = frozenset({".", ":", ";", '"', "“", "'", "(", "-", "–", "—"})


_QUOTES = frozenset({'"', "“", "'"})
_NAMES = frozenset({"May", "March", "April", "June", "August"})
_YEAR_OPENERS = frozenset(
    {
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "of",
        "during",
        "about",
        "circa",
        "and",
        "around",
        "after",
        "before",
        "(",
        "-",
        "–",
    }
)
_OPENERS = frozenset(
    {"in", "by", "since", "until", "during", "from", "between", "and", "to", "on", "of", "the", "early", "late"}
)


def _read(found: list[Found], text: str, line: Line, asides: _Ranges, found_from: int, heading: bool) -> Iterator[When]:
    _link(found, text)
    readings: list[tuple[Found, Reading, bool]] = []
    for index, item in enumerate(found):
        _inherit(found, index, line)
        reading = resolve(item, line)
        if reading is None:
            readings.append((item, _EMPTY, True))
            continue
        off_line = (asides.hold(item.start) and not heading) or not _moves(item, text, reading.point, line)
        leading = item.start - found_from < _LEADING
        if reading.point is not None and not off_line:
            line.move(reading.point, "heading" if heading else "leading" if leading else "")
        readings.append((item, reading, off_line))
    for index, (item, reading, off_line) in enumerate(readings):
        if reading is _EMPTY:
            continue
        if index + 1 < len(readings) and readings[index + 1][1] is not _EMPTY:
            interval = _interval(item, reading, *readings[index + 1][:2], text, off_line)
            if interval is not None:
                yield interval
        yield _when(item, reading, text, off_line)


_EMPTY = Reading(values.Meaning("", "", None, None, "none", ""), "DATE", "date", "")


def _moves(item: Found, text: str, point: Point | None, line: Line) -> bool:
    if point is not None and item.has("year") and line.outside_span(point):
        return False
    if ATTR and item.attribute and item.has("year"):
        return False
    if (
        NAMED
        and item.opener == "of"
        and item.has("year")
        and re.search(r"[A-Z][\w-]+ of (?:the )?\Z", text[max(0, item.start - 30) : item.start])
    ):
        return False
    if SINCE and item.opener in SINCE:
        return False
    if item.form == "offset" and item.slot("direction").lower() in ("earlier", "ago", "before", "previously"):
        return False
    return not (item.form == "relative" and item.slot("ref").lower().split()[-1:] in (["previous"], ["last"], ["preceding"]))


def _link(found: list[Found], text: str) -> None:
    for before, item in pairwise(found):
        if before.form == item.form == "date":
            match = _JOIN.match(text, before.end, item.start)
            if match:
                item.link = "-" if match["dash"] else "to" if match["to"] else "and"


def _inherit(found: list[Found], index: int, line: Line) -> None:
    """A first end without a year takes the year of the end it is joined to ("from 22 June to 4 July 1937")."""
    item = found[index]
    if item.form != "date" or item.has("year", "sameyear", "ref") or not item.has("month", "season"):
        return
    for follower in found[index + 1 :]:
        if not follower.link or follower.form != "date":
            return
        if follower.has("year"):
            year = follower.slots["year"]
            if month_of(item) > month_of(follower) > 0 and follower.link != "and":
                year = (str(int(year[0]) - 1),) if year[0].isdigit() else year
            item.slots["year"] = year
            item.options = {**item.options, "inherited": "1"}
            return


def _interval(first: Found, one: Reading, second: Found, two: Reading, text: str, off_line: bool) -> When | None:
    """The interval of two joined dates; None when they are not the ends of a range."""
    ends = second.link in ("-", "to", "/") or (second.link == "until") or (second.link == "and" and first.opener == "between")
    start, stop = one.meaning, two.meaning
    if not ends or start.earliest is None or stop.latest is None or start.earliest > stop.latest:
        return None
    edtf = f"{start.edtf}/{stop.edtf}"
    anchor = f"from {start.words} to {stop.words}"
    return When(
        first.start, second.end, text[first.start : second.end], Timex("DURATION", "PXX"), edtf, start.earliest, stop.latest,
        "interval", "interval", anchor, "interval", off_line,
    )  # fmt: skip


def _when(item: Found, reading: Reading, text: str, off_line: bool) -> When:
    meaning = reading.meaning
    anchor = reading.anchor
    if "inherited" in item.options:
        anchor = "year from the end it is joined to"
    value = meaning.timex if reading.timex is None else reading.timex
    edtf = meaning.edtf
    if item.has("approx") and meaning.precision in ("day", "month", "year") and not edtf.endswith("~"):
        edtf += "~"
    return When(
        item.start, item.end, text[item.start : item.end], Timex(reading.type, value, reading.mod), edtf, meaning.earliest,
        meaning.latest, meaning.precision, reading.kind, anchor, item.rule, off_line,
    )  # fmt: skip


def bounds(when: When) -> tuple[Day, Day] | None:
    """Earliest and latest day of a date, None when it is open."""
    return (when.earliest, when.latest) if when.earliest and when.latest else None
