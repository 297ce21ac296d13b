"""Invented codings for charts: any number of actors and events, with all that can be missing, open or nasty in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

import build
from brinkline.model import Actor, CrisisActor, Day, Event, Mention, Place, When
from brinkline.record import Coding

NASTY = '"><script>alert(1)</script>&#0;\x00\x0b\u202e\ufffe'
MODES = ("done", "ongoing", "planned", "promised", "threatened", "demanded", "reported", "denied", "hypothetical")
LABELS = ("attack", "withdraw from area", "use mass-destruction weapons", "accuse", "settle", "x")
NAMES = (
    *("Estmark", "Vesland", "Halvia", "Northern Federated Principalities", "Ostria-Lowenberg", "Quy", "Union of Free Towns"),
    *("Republic of the Nine Rivers", "Sund", "Tarn", "Ulm", "Veyra", "Wendmark", NASTY),
)
KINDS = ("state", "body", "group")


def actor(number: int) -> Actor:
    """The invented actor of that number; the first ones are states."""
    kind = KINDS[min(number // 5, 2)]
    cow = 900 + number if kind == "state" else None
    return Actor(kind, f"{kind}:{900 + number}", NAMES[number % len(NAMES)], cow, f"A{number:02d}" if cow else "")  # type: ignore[arg-type]


def mention(number: int | None) -> Mention:
    """A mention of the actor; None leaves open which of the first two is meant."""
    start, end = build.find("Estmark")
    if number is None:
        return Mention(start, end, "they", None, "pronoun", candidates=("state:900", "state:901"))
    return Mention(start, end, "words", actor(number), "name")


def when(first: Day | None, last: Day | None, *, off_line: bool = False) -> When:
    """A date of these days."""
    model = build.coding().dates[3]
    edtf = "" if first is None or last is None else first.iso() if first == last else f"{first.iso()}/{last.iso()}"
    return replace(model, earliest=first, latest=last, edtf=edtf, off_line=off_line)


def coding(events: Sequence[Event], rows: Sequence[CrisisActor] | None = None, title: str = "LAKE SELMA") -> Coding:
    """The invented coding with these events; its crisis actors are its own two unless others are given."""
    given = build.coding()
    told = replace(given.narrative, title=title)
    numbered = tuple(replace(event, id=f"event:{place}") for place, event in enumerate(events))
    return replace(given, narrative=told, events=numbered, crisis_actors=given.crisis_actors if rows is None else tuple(rows))


def crisis_row(number: int, trigger: str | None, end: str | None) -> CrisisActor:
    """A crisis row of the actor of that number with these dates."""
    model = build.coding().crisis_actors[0]
    values = {"trigger_date": trigger, "termination_date": end}
    claims = tuple(
        replace(claim, id=f"claim:{number}:{claim.field}", value=values.get(claim.field, claim.value))
        for claim in model.claims
        if values.get(claim.field, "") is not None
    )
    who = actor(number)
    return replace(model, cow=900 + number, abbrev=who.abbrev or "X", name=who.name, claims=claims)


_DAYS = st.builds(Day, st.sampled_from((1931, 1931, 1931, 1932, 1960)), st.integers(1, 12), st.integers(1, 28))
_SPANS = st.one_of(
    st.none(),
    _DAYS.map(lambda day: (day, day)),
    st.tuples(_DAYS, _DAYS).map(lambda pair: (min(pair), max(pair))),
    st.sampled_from([(Day(1931, 1, 1), Day(1931, 12, 31)), (Day(1931, 4, 1), Day(1931, 4, 30))]),
)
_PEOPLE = st.lists(st.one_of(st.none(), st.integers(0, 13)), max_size=3)
_PLACES = st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180), st.sampled_from(("Ay", "Bee", NASTY))), max_size=2)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event."""
    days = draw(_SPANS)
    start = draw(st.integers(0, 200))
    model = build.coding().events[0]
    where = tuple(
        Place(0, 3, "CRI", name, "city", round(lat, 3), round(lon, 3)) if lat > -75 else Place(0, 3, "CRI", name, "city")
        for lat, lon, name in draw(_PLACES)
    )
    return replace(
        model,
        label=draw(st.sampled_from((*LABELS, NASTY))),
        layer=draw(st.sampled_from(("do", "say", "think"))),
        mode=draw(st.sampled_from(MODES)),
        armed=draw(st.booleans()),
        intensity=draw(st.sampled_from((-10.0, -8.5, -3.0, 0.0, 2.5, 10.0))),
        who=tuple(mention(number) for number in draw(_PEOPLE)),
        whom=tuple(mention(number) for number in draw(_PEOPLE)),
        when=when(*days, off_line=draw(st.integers(0, 9)) == 0) if days else None,
        where=where,
        evidence=replace(model.evidence, start=start, end=start + 4),
    )


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """Any coding: up to 40 events of 14 actors, and up to 12 crisis rows."""
    dates = st.sampled_from(("1931-03-03", "1931-04", "1931-02-66", "1932-05-02", None))
    rows = [crisis_row(number, draw(dates), draw(dates)) for number in range(draw(st.integers(0, 12)))]
    return coding(draw(st.lists(events(), max_size=40)), rows, draw(st.sampled_from(("LAKE SELMA", "", NASTY))))
