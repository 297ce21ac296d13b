"""Details and codings of invented releases, with every sign in them that some format could trip over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import build
from brinkline.exchange.release import Creator, ReleaseDetails
from brinkline.model import CrisisActor, Day
from brinkline.record import Coding

ODD = 'Lakes & "Rivers" <b>of</b> {100%}\nsecond \\ line_é~^#$ — \x07末'
ODD_LINE = 'Lakes & "Rivers" <b>of</b> {100%} second \\ line_é~^#$ — 末'


def details(**changes: Any) -> ReleaseDetails:
    """The details of an invented release."""
    given = ReleaseDetails(
        name="1.0",
        title="Crises of the Northern Lakes",
        day=Day(2026, 11, 24),
        creators=(Creator("Lund", "Ada", orcid="0000-0002-1825-0097"), Creator(name="Moe, Arvid and Sons")),
        licence="CC-BY-4.0",
        doi="10.5281/zenodo.123",
        homepage="https://example.org/lakes?a=1&b=2",
        keywords=("lakes", "crises"),
    )
    return replace(given, **changes)


def codings() -> list[Coding]:
    """The invented coding, and one of a narrative without a number whose title is full of odd signs."""
    first = build.coding()
    text = build.TEXT + "\nSome more words.\n"
    odd = replace(first.narrative, text=text, number=None, title=ODD, source="=odd.txt", references=())
    return [first, replace(first, narrative=odd)]


def recoded(coding: Coding, field: str, value: int | str | None) -> Coding:
    """The coding with another value of one variable of its first actor."""
    row, *others = coding.crisis_actors
    claims = tuple(replace(claim, value=value) if claim.field == field else claim for claim in row.claims)
    return replace(coding, crisis_actors=(CrisisActor(row.cow, row.abbrev, row.name, claims, row.row), *others))
