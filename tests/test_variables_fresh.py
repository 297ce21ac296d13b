"""Fifteen narratives written for these tests and coded by hand beforehand: brinkline stays as near to that coding as it was.

The hand coding is ``expected.tsv``; ``reached.tsv`` says how many values of each narrative agreed when last looked at.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest

from brinkline.actors import find_actors
from brinkline.dates import find_dates
from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.reading import read_text
from brinkline.sentences import split_sentences
from brinkline.variables import Variables, code_variables

FOLDER = Path(__file__).parent / "fixtures" / "variables"
KEYS = ("narrative", "actor", "row")


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


EXPECTED = _rows("expected.tsv")
REACHED = {row["narrative"]: int(row["agree"]) for row in _rows("reached.tsv")}


@functools.cache
def _parser() -> Parser:
    return Parser()


@functools.cache
def _coded(name: str) -> Variables:
    """The variables by the rules alone, so that a model trained anew changes nothing here."""
    narrative = read_text((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    parsed = _parser().parse(narrative, sentences, dates)
    mentions = find_actors(narrative, parsed, dates)
    events = find_events(narrative, parsed, dates, mentions)
    return code_variables(narrative, sentences, dates, mentions, events, settle=lambda _case, _frame, _told, found: list(found))


def _agreeing(name: str) -> list[str]:
    found = []
    for row in (row for row in EXPECTED if row["narrative"] == name):
        actor = next((a for a in _coded(name).crisis_actors if str(a.cow) == row["actor"] and str(a.row) == row["row"]), None)
        for field, value in row.items():
            claim = actor.claim(field) if actor is not None and field not in KEYS else None
            if claim is not None and str(claim.value) == value:
                found.append(f"{row['actor']}:{row['row']} {field}")
    return found


@pytest.mark.parametrize("name", list(REACHED))
def test_agreement_with_the_hand_coding_does_not_fall(name: str) -> None:
    assert len(_agreeing(name)) >= REACHED[name], _agreeing(name)


@pytest.mark.parametrize("name", list(REACHED))
def test_the_actor_rows_are_those_of_the_hand_coding(name: str) -> None:
    rows = {(str(actor.cow), str(actor.row)) for actor in _coded(name).crisis_actors}
    assert rows == {(row["actor"], row["row"]) for row in EXPECTED if row["narrative"] == name}


@pytest.mark.parametrize("name", list(REACHED))
def test_what_a_table_settles(name: str) -> None:
    for actor in _coded(name).crisis_actors:
        for field in ("actloc", "age", "nuclear", "period"):
            claim = actor.claim(field)
            assert claim is not None, (actor.name, field)
            assert (claim.value is not None, claim.basis) == (True, "reference"), (actor.name, field)


def test_regions_ages_and_weapons() -> None:
    def value(name: str, number: int, field: str) -> object:
        actor = next(actor for actor in _coded(name).crisis_actors if actor.cow == number)
        claim = actor.claim(field)
        return claim.value if claim is not None else None

    assert [value("october_1973", number, "nuclear") for number in (2, 365, 666, 651)] == [4, 4, 3, 1]
    assert [value("winter_war", number, "actloc") for number in (375, 365)] == [34, 30]
    assert [value("kuwait_1961", number, "age") for number in (690, 200)] == [6, 1]
    assert value("falklands_1982", 200, "geog") == 43
    assert value("mayaguez_1975", 2, "geog") == 12


def test_mediation_and_attitudes() -> None:
    def crisis(name: str, field: str) -> object:
        return next(claim.value for claim in _coded(name).crisis if claim.field == field)

    assert crisis("burgenland_1921", "mediate") == 4
    assert crisis("baltic_pacts", "mediate") == 1
    assert crisis("baltic_pacts", "ethnic") is None
    syria = next(actor for actor in _coded("hula_1951").crisis_actors if actor.cow == 652)
    assert syria.claim("globfavr").value == 2  # type: ignore[union-attr]
