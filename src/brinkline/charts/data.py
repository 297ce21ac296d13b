"""Chart tables: what a chart shows, as plain records that can be printed, tested and drawn.

The timeline has a lane for each crisis actor and one for all others. Its window is the crisis (from the first trigger to the
last end) and what stands close to it, so that the background of a narrative does not press the crisis into one line; events
outside the window are counted, not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from brinkline.calendar import month_length, to_number
from brinkline.charts.parties import keys_of
from brinkline.charts.rows import Cell, Rows
from brinkline.model import Claim, CrisisActor, Day, Event
from brinkline.plain import names, one_line
from brinkline.record import Coding
from brinkline.reference.codebook import split_date

#: Days of the month that ICB's codes 66, 77 and 88 (early, middle, late) stand for.
_PARTS = {66: (1, 10), 77: (11, 20), 88: (21, 31)}
_OTHERS = "Others"
#: Modes of what happened; all others are drawn as not done.
DONE = frozenset({"done", "ongoing", "reported"})


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the timeline: an actor, or "Others"."""

    name: str
    abbrev: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The crisis of one actor: first and last day (``open_end`` when its end was not coded), and the claims behind them."""

    lane: int
    first: Day
    last: Day
    open_end: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event: its lane, the days it can have happened on, and what a reader is told about it."""

    lane: int
    event: str
    first: Day
    last: Day
    date: str
    who: str
    label: str
    whom: str
    layer: str
    armed: bool
    mode: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart's table. ``first`` and ``last`` bound the window (None when nothing is dated); ``before`` and ``after``
    count the dated events outside it, ``undated`` those without a date."""

    title: str
    first: Day | None
    last: Day | None
    lanes: tuple[Lane, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = field(default=())
    before: int = 0
    after: int = 0
    undated: int = 0


def timeline(coding: Coding) -> Timeline:
    """The timeline of a coding: bars of its crisis actors and marks of its dated events, in order of time."""
    rows = coding.crisis_actors
    bars = tuple(bar for lane, row in enumerate(rows) if (bar := crisis_bar(lane, row)))
    dated = [event for event in coding.events if event.when and event.when.earliest and event.when.latest]
    drawn = [event for event in dated if event.when and not event.when.off_line] or dated
    marks = sorted((_mark(event, rows) for event in drawn), key=lambda mark: (mark.first, mark.last, mark.lane))
    title = one_line(coding.narrative.title)
    undated = len(coding.events) - len(dated)
    if not bars and not marks:
        return Timeline(title, None, None, undated=undated)
    first, last = _window(bars, marks)
    inside = tuple(mark for mark in marks if mark.last >= first and mark.first <= last)
    before = sum(mark.last < first for mark in marks) + len(dated) - len(drawn)
    lanes = tuple(Lane(_lane_name(row, rows), row.abbrev) for row in rows)
    if any(mark.lane == len(rows) for mark in inside):
        lanes = (*lanes, Lane(_OTHERS))
    return Timeline(title, first, last, lanes, bars, inside, before, sum(mark.first > last for mark in marks), undated)


def timeline_rows(table: Timeline) -> Rows:
    """The timeline as rows: the crises of its actors, then its events in order of time."""
    columns = ("kind", "id", "lane", "earliest", "latest", "who", "type", "mode", "whom", "layer", "armed")
    crises: list[tuple[Cell, ...]] = []
    for bar in table.bars:
        name, end = table.lanes[bar.lane].name, None if bar.open_end else bar.last.iso()
        crises.append(("crisis", " ".join(bar.claims), name, bar.first.iso(), end, name, "", "", "", "", None))
    marks: list[tuple[Cell, ...]] = []
    for mark in table.marks:
        told = (mark.who, mark.label, mark.mode, mark.whom, mark.layer, int(mark.armed))
        marks.append(("event", mark.event, table.lanes[mark.lane].name, mark.first.iso(), mark.last.iso(), *told))
    return Rows(columns, (*crises, *marks))


def _window(bars: Sequence[Bar], marks: Sequence[Mark]) -> tuple[Day, Day]:
    """First and last day to draw: those of the crisis and of the events close to it; without a crisis, those of the events.

    Close is within a quarter of the crisis's length, at least seven days: what led to a trigger often stands just before it.
    """
    if not bars:
        return min(mark.first for mark in marks), max(mark.last for mark in marks)
    first, last = min(bar.first for bar in bars), max(bar.last for bar in bars)
    margin = max(7, (to_number(last) - to_number(first)) // 4)
    low, high = to_number(first) - margin, to_number(last) + margin
    near = [mark for mark in marks if to_number(mark.first) >= low and to_number(mark.last) <= high]
    return min([first, *(mark.first for mark in near)]), max([last, *(mark.last for mark in near)])


def crisis_bar(lane: int, row: CrisisActor) -> Bar | None:
    """The crisis of an actor row as a bar of a lane; None when its trigger has no date."""
    start, end = row.claim("trigger_date"), row.claim("termination_date")
    first, last = claim_days(start), claim_days(end)
    if first is None or start is None:
        return None
    if end is None or last is None or last[1] < first[0]:
        return Bar(lane, first[0], first[1], True, (start.id,))
    return Bar(lane, first[0], last[1], False, (start.id, end.id))


def in_words(date: str, who: str, label: str, mode: str, whom: str) -> str:
    """An event in a line, for whoever points at it.

    >>> in_words("1931-03-03", "Vesland", "withdraw forces", "demanded", "")
    '1931-03-03: Vesland: withdraw forces (demanded)'
    """
    meant = "" if mode == "done" else f" ({mode})"
    return f"{date or 'no date'}: {who or 'someone'}: {label}{meant}" + (f" → {whom}" if whom else "")


def claim_days(claim: Claim | None) -> tuple[Day, Day] | None:
    """First and last day that a date claim can mean ("1937-06-66" is 1 to 10 June); None when it has no date."""
    if claim is None or claim.value is None:
        return None
    try:
        year, month, day = split_date(str(claim.value))
    except ValueError:
        return None
    if year is None:
        return None
    if month is None:
        return Day(year, 1, 1), Day(year, 12, 31)
    length = month_length(year, month)
    low, high = _PARTS.get(day or 0, (day, day) if day else (1, length))
    return Day(year, month, low), Day(year, month, min(high, length))


def _mark(event: Event, rows: Sequence[CrisisActor]) -> Mark:
    when = event.when
    if when is None or when.earliest is None or when.latest is None:
        raise ValueError(f"event {event.id} has no date to draw")
    return Mark(
        lane=_lane_of(event, rows, when.earliest),
        event=event.id,
        first=when.earliest,
        last=when.latest,
        date=when.edtf,
        who=names(event.who),
        label=one_line(event.label),
        whom=names(event.whom),
        layer=event.layer,
        armed=event.armed,
        mode=event.mode,
    )


def _lane_of(event: Event, rows: Sequence[CrisisActor], day: Day) -> int:
    """The lane of the first crisis actor that acts in the event; the last lane, for others, when none does.

    A state with two crises has two lanes: its event goes to the one whose crisis holds the day, else to the first.
    """
    for mention in event.who:
        meant = keys_of(mention) if mention.actor is not None else ()
        lanes = [lane for lane, row in enumerate(rows) if f"cow:{row.cow}" in meant]
        for lane in lanes:
            bar = crisis_bar(lane, rows[lane])
            if bar and bar.first <= day <= bar.last:
                return lane
        if lanes:
            return lanes[0]
    return len(rows)


def _lane_name(row: CrisisActor, rows: Sequence[CrisisActor]) -> str:
    twice = sum(other.cow == row.cow for other in rows) > 1
    return one_line(row.name) + (f" ({row.row})" if twice else "")
