"""The strip beside a text: every dated event and date claim at its day (across) and at its place in the narrative (down).

A narrative told in order of time runs from the upper left to the lower right; what stands off that course is worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brinkline.charts.data import claim_days, timeline
from brinkline.charts.parties import cast
from brinkline.charts.rows import Rows
from brinkline.model import Claim, Day
from brinkline.plain import names, one_line, value_text
from brinkline.record import Coding

_DATES = ("trigger_date", "response_date", "termination_date")


@dataclass(frozen=True, slots=True)
class Pin:
    """A dated claim: its id, where its words begin in the text (code points), its days, and its tone (None: nobody's)."""

    ref: str
    start: int
    first: Day
    last: Day
    told: str
    tone: int | None
    claim: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The chart's table: pins in the order of the text; ``length`` of the text in code points."""

    title: str
    first: Day | None
    last: Day | None
    length: int
    pins: tuple[Pin, ...] = ()


def strip(coding: Coding) -> Strip:
    """The strip of a coding, in the window of its timeline."""
    window = timeline(coding)
    title, length = window.title, len(coding.narrative.text)
    if window.first is None or window.last is None:
        return Strip(title, None, None, length)
    first, last = window.first, window.last
    pins = (pin for pin in (*_events(coding), *_claims(coding)) if pin.last >= first and pin.first <= last)
    return Strip(title, first, last, length, tuple(sorted(pins, key=lambda pin: (pin.start, pin.claim, pin.ref))))


def strip_rows(table: Strip) -> Rows:
    """The pins as rows, in the order of the text."""
    return Rows(
        ("id", "start", "earliest", "latest", "what"),
        tuple((pin.ref, pin.start, pin.first.iso(), pin.last.iso(), pin.told) for pin in table.pins),
    )


def _events(coding: Coding) -> Iterator[Pin]:
    people = cast(coding)
    for event in coding.events:
        when = event.when
        if when is None or when.off_line or when.earliest is None or when.latest is None:
            continue
        ends = people.ends(event.who)
        tone = people.parties[ends[0].party].tone if ends else None
        who = names(event.who)
        told = f"{when.edtf}: {who + ': ' if who else ''}{one_line(event.label)}"
        yield Pin(event.id, event.evidence.start, when.earliest, when.latest, told, tone, False)


def _claims(coding: Coding) -> Iterator[Pin]:
    tones: dict[int, int | None] = {party.cow: party.tone for party in cast(coding).parties if party.cow is not None}
    for row in coding.crisis_actors:
        for field in _DATES:
            claim = row.claim(field)
            days = claim_days(claim)
            if claim is not None and days is not None and claim.evidence:
                yield _pin(claim, days, f"{one_line(row.name)}, {field}: {value_text(claim)}", tones.get(row.cow))


def _pin(claim: Claim, days: tuple[Day, Day], told: str, tone: int | None) -> Pin:
    return Pin(claim.id, min(item.start for item in claim.evidence), *days, told, tone, True)
