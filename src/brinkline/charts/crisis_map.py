"""The crisis map's table: one column per actor, and one row for each event in the order of time, from who to whom.

Dated events stand in the order of their days, those known by the year alone before the months of that year; an event without
a date stands behind its neighbour in the narrative. Background and asides (``When.off_line``) are counted, not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.calendar import last_day
from brinkline.charts.axis import MONTHS
from brinkline.charts.data import Bar, crisis_bar
from brinkline.charts.parties import Cast, End, Party, cast
from brinkline.charts.rows import Rows
from brinkline.model import Day, Event, Mode, When
from brinkline.plain import names, one_line, year_text
from brinkline.record import Coding

NO_DATE = "no date"


@dataclass(frozen=True, slots=True)
class Deed:
    """A row of the map: an event, when it was (``group`` is its month or year, ``day`` the day in it), and its two ends."""

    event: str
    group: str
    day: str
    date: str
    first: Day | None
    last: Day | None
    label: str
    layer: str
    armed: bool
    mode: Mode
    intensity: float
    who: tuple[End, ...]
    whom: tuple[End, ...]
    who_text: str
    whom_text: str


@dataclass(frozen=True, slots=True)
class CrisisMap:
    """The chart's table: columns, rows in order of time, the crisis of each column's actor; what was left out, as counts."""

    title: str
    parties: tuple[Party, ...]
    deeds: tuple[Deed, ...]
    bars: tuple[Bar, ...] = ()
    background: int = 0
    nobody: int = 0


def crisis_map(coding: Coding, *, background: bool = False) -> CrisisMap:
    """The crisis map of a coding; ``background`` draws background and asides too."""
    title = one_line(coding.narrative.title)
    placed = [event for event in coding.events if event.who or event.whom]
    shown = [event for event in placed if background or not (event.when and event.when.off_line)]
    people = cast(coding, shown if background else None)
    columns = {party.cow: place for place, party in enumerate(people.parties) if party.crisis}
    bars = (crisis_bar(columns[row.cow], row) for row in coding.crisis_actors if row.cow in columns)
    return CrisisMap(
        title,
        people.parties,
        tuple(_deed(event, people) for event in in_time(shown)),
        tuple(bar for bar in bars if bar),
        len(placed) - len(shown),
        len(coding.events) - len(placed),
    )


def in_time(events: Sequence[Event]) -> list[Event]:
    """The events in order of time; one without a date behind the event before it in the narrative."""
    told = sorted(events, key=lambda event: (event.evidence.start, event.evidence.end))
    order = {id(event): place for place, event in enumerate(told)}
    dated = sorted((event for event in told if _days(event)), key=lambda event: (_time(event), order[id(event)]))
    for place, event in enumerate(told):
        if not _days(event):
            before = told[place - 1] if place else None
            dated.insert(next((at + 1 for at, other in enumerate(dated) if other is before), 0), event)
    return dated


def map_rows(table: CrisisMap) -> Rows:
    """The map as rows, in the order drawn."""
    columns = ("event", "date", "earliest", "latest", "who", "type", "mode", "whom", "layer", "armed", "intensity")
    return Rows(
        columns,
        tuple(
            (
                *(deed.event, deed.date, deed.first.iso() if deed.first else None, deed.last.iso() if deed.last else None),
                *(deed.who_text, deed.label, deed.mode, deed.whom_text, deed.layer, int(deed.armed), deed.intensity),
            )
            for deed in table.deeds
        ),
    )


def _days(event: Event) -> tuple[Day, Day] | None:
    when = event.when
    return (when.earliest, when.latest) if when and when.earliest and when.latest else None


def _time(event: Event) -> tuple[int, int, Day, Day]:
    days = _days(event)
    if days is None:
        raise ValueError(f"event {event.id} has no days to order by")
    first, last = days
    return first.year, 0 if _whole_years(first, last) else first.month, first, last


def _whole_years(first: Day, last: Day) -> bool:
    return first[1:] == (1, 1) and last[1:] == (12, 31)


def _deed(event: Event, people: Cast) -> Deed:
    days = _days(event)
    group, day = _calendar(*days) if days else ("", NO_DATE)
    return Deed(
        event.id,
        group,
        day,
        _edtf(event.when) if days else "",
        days[0] if days else None,
        days[1] if days else None,
        one_line(event.label),
        event.layer,
        event.armed,
        event.mode,
        event.intensity,
        people.ends(event.who),
        people.ends(event.whom),
        names(event.who),
        names(event.whom),
    )


def _edtf(when: When | None) -> str:
    return when.edtf if when else ""


def _calendar(first: Day, last: Day) -> tuple[str, str]:
    """The month or years that a row stands under, and the days in it: ("June 1937", "22"), ("June 1937", "22 – 4 July")."""
    if _whole_years(first, last):
        years = year_text(first.year)
        return (years if first.year == last.year else f"{years} – {year_text(last.year)}"), ""
    group = f"{MONTHS[first.month - 1]} {year_text(first.year)}"
    if first == last:
        return group, str(first.day)
    whole = first.day == 1 and last == last_day(last.year, last.month)
    if first[:2] == last[:2]:
        return group, "" if whole else f"{first.day}–{last.day}"
    end = MONTHS[last.month - 1] + ("" if first.year == last.year else f" {year_text(last.year)}")
    return group, f"to {end}" if whole else f"{first.day} – {last.day} {end}"
