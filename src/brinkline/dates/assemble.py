"""``find_dates``: finding and resolving put together along the narrative, sentence by sentence.

Here stands what steers the narrative line: where it begins and begins again, which dates move it, and the span of the
case in the opening paragraph.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from brinkline.dates import values
from brinkline.dates.find import Found, find_expressions
from brinkline.dates.guards import is_date
from brinkline.dates.lexicon import digits, word_value
from brinkline.dates.line import Line, Point
from brinkline.dates.oldstyle import mark_old_style
from brinkline.dates.parts import month_of, unit_of, year_of
from brinkline.dates.ranges import inherit, inherit_from_name, interval, link
from brinkline.dates.readings import Reading
from brinkline.dates.resolve import resolve
from brinkline.model import Day, Narrative, SectionKind, Sentence, Span, Timex, When

_SILENT: frozenset[SectionKind] = frozenset({"references", "updated"})
_SPAN_SENTENCES = 3
_LEADING = 14
_CLAUSE = 80
_LONGEST_CASE = 15
_NEAR = 600
_NO_DAY = Day(0, 0, 0)
_AT = re.compile(r",?\s+(?:(?:at|in|by|before|around|towards|shortly before|the)\s+)*\Z")
_ON = re.compile(r"(?:,|\s+(?:[\w.]+\s+){0,3}on)\s*(?:the\s+)?\Z")
_NAMED = re.compile(r"[A-Z][\w-]+ of (?:the )?\Z")
_WORD = re.compile(r"\w")
_JOINING = re.compile(r"\b(?:from|to|and|until|through|between|in|on)\b")
_ONWARD = frozenset({"until", "till"})
_UNTIL = re.compile(r"\b(?:until|till)\b[^.,;:]*\Z")
_HAD = re.compile(r"\bhad\b[^.;:]*\Z")
_BESIDE = frozenset({",", "(", "-", "–", "—"})
_CLOSES = frozenset({",", ".", ";", ")", "and", ""})
_APPOSITION = re.compile(r"\s*,\s*(?:on\s+)?\Z")
_BACKWARD = frozenset({"earlier", "ago", "before", "previously", "prior"})


def find_dates(narrative: Narrative, sentences: tuple[Sentence, ...]) -> tuple[When, ...]:
    """The date expressions of a narrative in the order of the text; references and the last-updated line give none.

    A range gives its two ends and, before them, an interval that covers both. An expression whose place in time stays
    open has no bounds; ``anchor`` says why.

    >>> from brinkline.reading import read_text
    >>> from brinkline.sentences import split_sentences
    >>> narrative = read_text("On 22 June 1937 reports came in. It replied on the 24th.")
    >>> [(when.text, when.edtf) for when in find_dates(narrative, split_sentences(narrative))]
    [('22 June 1937', '1937-06-22'), ('the 24th', '1937-06-24')]
    """
    text = narrative.text
    spoken = [sentence for sentence in sentences if sentence.section not in _SILENT]
    expressions = [_expressions(text, sentence) for sentence in spoken]
    line = Line(now=_first_year(expressions))
    lines = _Lines(line, _telling_asides(narrative, expressions), _stated_days(expressions))
    out: list[When] = []
    section: SectionKind | None = None
    for number, (sentence, found) in enumerate(zip(spoken, expressions, strict=True)):
        if sentence.section != section:
            section = sentence.section
            _restart(line, section)
        if not found:
            continue
        whens = list(_read(found, text, sentence, lines))
        out.extend(whens)
        if number < _SPAN_SENTENCES and sentence.paragraph == spoken[0].paragraph:
            if line.span is None:
                _take_span(line, whens)
            else:
                _extend_span(line, whens)
    return tuple(sorted(out, key=lambda when: (when.start, -when.end)))


def _stated_days(expressions: list[list[Found]]) -> list[tuple[int, Day]]:
    """Where the text states a month or day with its year, in order."""
    out = []
    for item in (item for found in expressions for item in found):
        if item.form == "date" and item.has("month") and item.has("year") and not item.has("sameyear", "refyear"):
            year = year_of(item, Line())
            number = digits(item.slot("day")) if item.has("day") else 15
            if year is not None and values.is_valid_day(month_of(item), number):
                out.append((item.start, Day(year, month_of(item), number)))
    return out


def _telling_asides(narrative: Narrative, expressions: list[list[Found]]) -> tuple[Span, ...]:
    """The asides that tell of something; one that only dates what stands before it, "(10-15 May 1940)", is none."""
    found = [item for items in expressions for item in items]
    starts = [item.start for item in found]

    def tells(aside: Span) -> bool:
        inside = found[bisect_left(starts, aside.start) : bisect_left(starts, aside.end)]
        rest, place = "", aside.start
        for item in inside:
            rest, place = rest + narrative.text[place : item.start], item.end
        fine = any(item.has("day", "month") for item in inside)
        return not fine or _WORD.search(_JOINING.sub("", rest + narrative.text[place : aside.end])) is not None

    return tuple(aside for aside in narrative.asides if tells(aside))


class _Lines:
    """The narrative line, and beside it one for each aside, which begins where the main line stands and ends with it."""

    def __init__(self, main: Line, asides: tuple[Span, ...], stated: list[tuple[int, Day]]) -> None:
        self.stated = stated
        self.main = main
        self.asides = sorted(asides, key=lambda span: span.start)
        self.starts = [span.start for span in self.asides]
        self.inside: tuple[int, Line] | None = None

    def day_ahead(self, position: int) -> Day | None:
        """The next day or month that the text states with its year, when it stands near."""
        index = bisect_right(self.stated, (position, _NO_DAY))
        if index == len(self.stated) or self.stated[index][0] - position > _NEAR:
            return None
        return self.stated[index][1]

    def at(self, position: int) -> Line:
        """The line that holds at a position: the main one itself, or the one of the aside there."""
        index = bisect_right(self.starts, position) - 1
        if index < 0 or position >= self.asides[index].end:
            return self.main
        if self.inside is None or self.inside[0] != index:
            self.inside = index, dataclasses.replace(self.main, use_span=False)
        return self.inside[1]


def _expressions(text: str, sentence: Sentence) -> list[Found]:
    return [item for item in find_expressions(text, sentence.start, sentence.end) if is_date(item, text)]


def _first_year(expressions: list[list[Found]]) -> Point | None:
    """The first year the narrative states, the running date until a better one is read."""
    for found in expressions:
        for item in found:
            year = year_of(item, Line()) if item.form == "date" else None
            if year is not None:
                return Point(year, 0, 0, f"{values.year_words(year)} (the first year given)")
    return None


def _restart(line: Line, section: SectionKind) -> None:
    """At the summary the narrative begins again at the start of the case."""
    line.use_span = section in ("summary", "header")
    if section == "summary" and line.span is not None:
        _to_start_of_span(line, line.span[0])


def _to_start_of_span(line: Line, first: Day) -> None:
    line.move(Point(first.year, first.month, 0, f"the start of the span {line.span_words}"))
    line.day = None


def _take_span(line: Line, whens: list[When]) -> None:
    """The span of the case: the first range of the opening paragraph, or from its first date to its last.

    A span known to the month or finer also sets the line back to its start, where the story begins.
    """
    known = [when for when in whens if when.earliest and when.latest and not when.off_line]
    ranges = [when for when in known if when.kind == "interval"]
    fine = [when for when in known if when.precision in ("day", "month")]
    if ranges:
        first = last = ranges[0]
        words = first.text
        later = ranges[1:]
    elif len(fine) > 1:
        first, last = fine[0], fine[-1]
        words = f"{first.text} to {last.text}"
        later = []
    else:
        return
    if first.earliest and last.latest and first.earliest <= last.latest:
        line.span, line.span_words = (first.earliest, last.latest), words
        if fine:
            _to_start_of_span(line, first.earliest)
        _extend_span(line, later)


def _extend_span(line: Line, whens: list[When]) -> None:
    """The span reaches on to the end of later ranges of the opening: a case of two stages has two of them."""
    for when in whens:
        if when.kind != "interval" or when.off_line or not (line.span and when.earliest and when.latest):
            continue
        first, last = line.span
        if last <= when.earliest and when.latest.year - first.year <= _LONGEST_CASE:
            line.span, line.span_words = (first, when.latest), f"{line.span_words} and {when.text}"


def _read(found: list[Found], text: str, sentence: Sentence, lines: _Lines) -> Iterator[When]:
    """The dates of one sentence; reading them moves the line."""
    link(found, text)
    mark_old_style(found, text)
    heading = _is_heading(text, sentence)
    readings: list[tuple[Found, Reading, bool]] = []
    for index, item in enumerate(found):
        inherit(found, index)
        inherit_from_name(found, index, text)
        line = lines.main if heading else lines.at(item.start)
        item.turn = _turn(item, text)
        line.ahead = lines.day_ahead(item.end)
        reading = resolve(item, _line_of_time(found, index, text, line))
        if reading is None:
            continue
        if item.form in ("relative", "offset"):
            reading = _from_beside(found, index, text, line, readings[-1] if readings else None, reading)
        leading = item.start - sentence.start < _LEADING
        off_line = _is_off_line(item, reading, text, line, leading)
        if reading.point is not None and not off_line:
            line.move(reading.point, "heading" if heading else "leading" if leading else "")
        readings.append((item, reading, off_line or line is not lines.main))
    for index, (item, reading, off_line) in enumerate(readings):
        if index + 1 < len(readings) and readings[index + 1][0].link:
            whole = interval(item, reading, *readings[index + 1][:2], text, off_line)
            if whole is not None:
                yield whole
        yield _when(item, reading, text, off_line)


def _turn(item: Found, text: str) -> int:
    """Where a date without a year looks from the running date: -1 back ("since May", "had come on the 7th"), 1 on."""
    if item.opener in _ONWARD:
        return 1
    if item.opener == "since" or (item.rule == "ordinal-day" and item.opener == "of"):
        return -1
    return -1 if item.rule == "ordinal-day" and _HAD.search(text, max(0, item.start - _CLAUSE), item.start) else 0


def _line_of_time(found: list[Found], index: int, text: str, line: Line) -> Line:
    """For a time beside its day ("at noon on 5 May", "on 5 May at dawn"), the line at that day; else the line as it is."""
    item = found[index]
    if item.form not in ("time", "daypart"):
        return line
    if index and line.day and found[index - 1].has("day") and _AT.match(text, found[index - 1].end, item.start):
        return dataclasses.replace(line, at_day=True)
    if index + 1 == len(found):
        return line
    follower = found[index + 1]
    if follower.form == "relative" and unit_of(follower) == "D" and text[item.end : follower.start].strip() in ("", "on"):
        pass
    elif follower.form != "date" or not follower.has("day") or not _ON.match(text, item.end, follower.start):
        return line
    reading = resolve(follower, line)
    day = reading.meaning.earliest if reading is not None else None
    return line if day is None else Line(now=line.now, day=day, at_day=True)


def _from_beside(
    found: list[Found], index: int, text: str, line: Line, before: tuple[Found, Reading, bool] | None, reading: Reading
) -> Reading:
    """The reading of a counted expression, or that of the date beside it which says the same in other words."""
    item = found[index]
    if before is not None and before[0] is found[index - 1]:
        other, told = before[0], before[1]
        fine = other.form == "date" and told.meaning.precision in ("day", "month", "year")
        aside = text[other.end : item.start].strip() in _BESIDE and item.follower in _CLOSES
        if fine and aside and (reading.meaning.earliest is None or item.form == "offset") and reading.type == "DATE":
            return dataclasses.replace(told, anchor=f"same as {told.meaning.words}, which stands before", mod=reading.mod)
    if reading.meaning.earliest is None or (item.form == "offset" and reading.meaning.precision == "day"):
        return _from_apposition(found, index, text, line) or reading
    return reading


def _from_apposition(found: list[Found], index: int, text: str, line: Line) -> Reading | None:
    """The day that explains a counted one: "The same day, 31 March 1977, ...", "Three days later, on 19 August, ..."."""
    if index + 1 == len(found) or unit_of(found[index]) != "D":
        return None
    follower = found[index + 1]
    if follower.form != "date" or not follower.has("day") or not _APPOSITION.match(text, found[index].end, follower.start):
        return None
    reading = resolve(follower, line)
    if reading is None or reading.meaning.earliest is None:
        return None
    return dataclasses.replace(reading, anchor=f"same as {reading.meaning.words}, which follows")


def _is_heading(text: str, sentence: Sentence) -> bool:
    words = text[sentence.start : sentence.end]
    return (
        len(words) < 120
        and words[0] not in "(["
        and words[-1] not in ".!?:;\"'”’"
        and text[sentence.end : sentence.end + 1] == "\n"
    )


def _is_off_line(item: Found, reading: Reading, text: str, line: Line, leading: bool) -> bool:
    """Whether a date tells of another time than the next step of the narrative, so that the line stays where it is."""
    point = reading.point
    if item.has("year") and point is not None:
        named = item.opener == "of" and _NAMED.search(text, max(0, item.start - 30), item.start)
        back = line.fine is not None and point.as_day() < line.fine.as_day()
        attribute = item.attribute and (back or not item.has("month"))
        if attribute or named or _is_end_ahead(item, point, line, text) or (not leading and line.outside_span(point)):
            return True
        if line.use_span and back and not leading and _HAD.search(text, max(0, item.start - _CLAUSE), item.start):
            return True
    if item.form == "offset":
        return item.slot("direction").lower() in _BACKWARD
    if item.has("ref") and word_value("BEFOREREF", item.slot("ref")) is not None:
        return True
    return not leading and point is not None and _is_earlier_month(item, point, line.fine)


def _is_end_ahead(item: Found, point: Point, line: Line, text: str) -> bool:
    """Whether a date of a later year only says how long something went on ("until the fall of the city in May 1945")."""
    if line.fine is None or point.year <= line.fine.year or item.opener in _ONWARD:
        return False
    return _UNTIL.search(text, max(0, item.start - _CLAUSE), item.start) is not None


def _is_earlier_month(item: Found, point: Point, fine: Point | None) -> bool:
    """Whether a bare month within a sentence looks back from a day ("on 1 October, the date set in April")."""
    if fine is None or not fine.day or not item.has("month") or item.has("day", "year"):
        return False
    return (point.year, point.month) < (fine.year, fine.month)


def _when(item: Found, reading: Reading, text: str, off_line: bool) -> When:
    meaning = reading.meaning
    edtf = meaning.edtf
    if item.has("approx") and meaning.precision in ("day", "month", "year") and edtf and not edtf.endswith("~"):
        edtf += "~"
    return When(
        item.start,
        item.end,
        text[item.start : item.end],
        Timex(reading.type, reading.timex, reading.mod),
        edtf,
        meaning.earliest,
        meaning.latest,
        meaning.precision,
        reading.kind,
        "year from the date it is joined to" if item.inherited else reading.anchor,
        item.rule,
        off_line,
    )
