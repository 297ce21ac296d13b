"""Dates joined to one another: the year they share, and the intervals they bound."""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from brinkline.calendar import days_between
from brinkline.dates.find import Found
from brinkline.dates.guards import context
from brinkline.dates.lexicon import digits
from brinkline.dates.parts import month_of
from brinkline.dates.readings import Reading
from brinkline.model import Day, Timex, When

_NAME_OF = re.compile(r"(?:\s+[A-Z][\w-]+){1,3}\s+of\s+(?:the\s+)?\Z")
_ELSEWHERE = re.compile(r"(?:,|,? and)(?: then)? (?:at|in|near|off|outside) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)? (?:on|in)\Z")
_KINDS = (("join_dash", "-"), ("join_to", "to"), ("join_list", "and"), ("join_ended", "ended"))


@functools.cache
def _joiners() -> dict[str, str]:
    return {words: kind for name, kind in _KINDS for words in context(name)}


def link(found: list[Found], text: str) -> None:
    """Marks each date that is joined to the one before it with how: "-", "to", "and", or "ended"."""
    for before, item in pairwise(found):
        if before.form == item.form == "date" and item.start - before.end < 32:
            between = re.sub(r"\s+", " ", text[before.end : item.start]).strip().removesuffix(" the")
            item.link = _joiners().get(between.lower(), "")
            if not item.link and _ELSEWHERE.match(between) and 0 < month_of(before) <= month_of(item):
                item.link = "and"


def inherit(found: list[Found], index: int) -> None:
    """A first end without a year takes the year of the end it is joined to ("from 22 June to 4 July 1937").

    In a range whose first month is the later one the year turns in between ("from December to March 1919").
    """
    item = found[index]
    if item.form != "date" or item.has("year", "sameyear", "refyear", "ref") or not item.has("month", "season", "day"):
        return
    if not item.has("month", "season"):
        _inherit_month(item, found[index + 1 : index + 2])
        return
    for follower in found[index + 1 :]:
        if not follower.link or follower.form != "date":
            return
        if follower.has("year") and not follower.has("era"):
            year = digits(follower.slot("year"))
            if follower.link != "and" and month_of(item) > month_of(follower) > 0:
                year -= 1
            item.slots["year"] = (str(year) if year > 99 else follower.slot("year"),)
            item.inherited = True
            return


def _inherit_month(item: Found, followers: list[Found]) -> None:
    """A day alone takes month and year of the end it is joined to ("from the 7th to the end of April 1931")."""
    if followers and followers[0].link in ("-", "to") and followers[0].has("month") and followers[0].has("year"):
        item.slots = {**item.slots, "month": followers[0].slots["month"], "year": followers[0].slots["year"]}
        item.inherited = True


def inherit_from_name(found: list[Found], index: int, text: str) -> None:
    """A month or season in a name takes the year that ends the name ("the Spring Offensive of 1918")."""
    item = found[index]
    if item.form != "date" or not item.has("month", "season") or item.has("year", "sameyear", "refyear", "ref", "day"):
        return
    if index + 1 < len(found) and found[index + 1].rule == "year" and _NAME_OF.match(text, item.end, found[index + 1].start):
        item.slots["year"] = found[index + 1].slots["year"]
        item.inherited = True


def interval(first: Found, one: Reading, second: Found, two: Reading, text: str, off_line: bool) -> When | None:
    """The interval of two joined dates; None when they are not the ends of a range."""
    ends = second.link in ("-", "to") or (second.link == "and" and first.opener == "between")
    start, stop = one.meaning, two.meaning
    if not ends or start.earliest is None or stop.latest is None or start.earliest > stop.latest:
        return None
    if not start.edtf or not stop.edtf or "/" in start.edtf + stop.edtf or "[" in start.edtf + stop.edtf:
        edtf = f"{start.earliest.iso()}/{stop.latest.iso()}"
    else:
        edtf = f"{start.edtf}/{stop.edtf}"
    timex = Timex("DURATION", length(start.earliest, stop.latest, start.precision, stop.precision))
    return When(
        first.start,
        second.end,
        text[first.start : second.end],
        timex,
        edtf,
        start.earliest,
        stop.latest,
        "interval",
        "interval",
        f"from {start.words} to {stop.words}",
        "interval",
        off_line,
    )


def length(first: Day, last: Day, *precisions: str) -> str:
    """The length of an interval, both ends counted, as a TimeML duration in the coarsest unit its ends are known to."""
    if "year" in precisions:
        return f"P{last.year - first.year + 1}Y"
    if "month" in precisions:
        return f"P{(last.year - first.year) * 12 + last.month - first.month + 1}M"
    return f"P{days_between(first, last) + 1}D"
