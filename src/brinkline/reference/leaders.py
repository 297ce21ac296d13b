"""Who held office: heads of state and government, ministers, commanders, envoys, heads of bodies and movements, with dates.

A person has one line per term. The files ``leaders_*.csv`` stand beside this module, one per region; ``docs/tables.md``
explains their columns and where the dates come from.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from brinkline import data
from brinkline.model import Day
from brinkline.reference.periods import Period, period
from brinkline.reference.spelling import spellings

Office = Literal[
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "party-leader",
    "commander",
    "envoy",
    "adviser",
    "secretary-general",
]

_PACKAGE = "brinkline.reference"
FILES = (
    "leaders_north_america.csv",
    "leaders_latin_america.csv",
    "leaders_western_europe.csv",
    "leaders_central_europe.csv",
    "leaders_south_east_europe.csv",
    "leaders_northern_eurasia.csv",
    "leaders_middle_east.csv",
    "leaders_africa.csv",
    "leaders_asia.csv",
    "leaders_bodies.csv",
    "leaders_movements.csv",
)


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of office. ``of`` is the actor served: "state:365", "body:un-secretary-general", "group:plo".

    ``name`` is the full name; ``forms`` are the words that name the person in prose ("Khrushchev", "Chiang"), the full name
    among them; ``weak`` are forms that need a title, a first name or the actor beside them, since they are also ordinary
    words, places or very common names ("Major", "Togo", "Kim"). ``precision`` is that of the coarser of the two dates.
    """

    id: str
    of: str
    office: Office
    name: str
    forms: tuple[str, ...]
    weak: tuple[str, ...]
    period: Period
    precision: Literal["day", "month", "year"]
    source: str

    @property
    def cow(self) -> int | None:
        """The COW number of the state served, None for bodies, movements and entities without a number."""
        key = self.of.removeprefix("state:")
        return int(key) if key.isdecimal() else None

    def holds(self, day: Day) -> bool:
        """Whether the person held the office on that day, as far as the precision of the dates allows."""
        return self.period.covers(day)


@functools.cache
def leaders() -> tuple[Leader, ...]:
    """All terms of office, in the order of the files."""
    return tuple(_leader(index) for index in range(len(_rows())))


@functools.cache
def leaders_by_form() -> Mapping[str, tuple[Leader, ...]]:
    """Each form, weak ones too, with the terms it may mean: several when a person served often or a name is shared.

    >>> sorted({leader.name for leader in leaders_by_form()["Chicherin"]})
    ['Georgy Chicherin']
    """
    found: dict[str, list[int]] = {}
    for index, row in enumerate(_rows()):
        for form in spellings((row["name"], *row["forms"].split(";"), *row["weak"].split(";"))):
            found.setdefault(form, []).append(index)
    return _Forms(found)


def leaders_on(form: str, day: Day) -> tuple[Leader, ...]:
    """The terms a form may mean on a day; empty when nobody of that name was in office, even if the name is known."""
    return tuple(leader for leader in leaders_by_form().get(form, ()) if leader.holds(day))


class _Forms(Mapping[str, tuple[Leader, ...]]):
    """The terms by form. A text names few of the thousands of people, so a term is only made when its form is looked up."""

    def __init__(self, positions: Mapping[str, Sequence[int]]) -> None:
        self._positions = positions

    def __getitem__(self, form: str) -> tuple[Leader, ...]:
        return tuple(_leader(index) for index in self._positions[form])

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row for name in FILES for row in data.table(_PACKAGE, name))


@functools.cache
def _leader(index: int) -> Leader:
    row = _rows()[index]
    weak = spellings(row["weak"].split(";"))
    return Leader(
        id=row["id"],
        of=row["of"],
        office=cast(Office, row["office"]),
        name=row["name"],
        forms=tuple(form for form in spellings((row["name"], *row["forms"].split(";"))) if form not in weak),
        weak=weak,
        period=period(row["from"], row["until"]),
        precision=cast(Literal["day", "month", "year"], row["precision"]),
        source=row["source"],
    )
