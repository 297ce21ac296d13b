"""Variables coded from invented narratives: values, words and basis (tests/cases/variables.tsv), and what must not be coded."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest

from brinkline.actors import find_actors
from brinkline.dates import find_dates
from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.model import Claim, Narrative
from brinkline.reading import read_text
from brinkline.reference.codebook import codebook
from brinkline.sentences import split_sentences
from brinkline.variables import Variables, code_variables

CASES = Path(__file__).parent / "cases"


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines, delimiter="\t")]


TEXTS = {row["name"]: (row["opening"], row["summary"]) for row in _rows("variables_texts.tsv")}


@functools.cache
def _parser() -> Parser:
    return Parser()


#: One narrative under several numbers and titles, with the header and the headings spelled as they are met.
LAYOUTS = (
    "CRISNO 901\n\nINVENTED\n\nBackground:\n\n{opening}\n\nSummary:\n\n{summary}\n",
    "CRISNO 17\n\nANOTHER NAME ALTOGETHER\n\nBackground:\n\n{opening}\n\nSummary:\n\n{summary}\n",
    "Crisis No. 5: The Quarrel\n\nBACKGROUND\n\n{opening}\n\nSUMMARY\n\n{summary}\n",
    "crisno 300\nwar of nobody\n\nBackground and Pre-Crisis:\n\n{opening}\n\nSummary :\n\n{summary}\n",
)


@functools.cache
def coded(name: str, layout: str = LAYOUTS[0]) -> tuple[Narrative, Variables]:
    """The variables of an invented narrative by the stages of the pipeline and the rules alone, so that a model trained anew
    changes nothing here."""
    opening, summary = TEXTS[name]
    narrative = read_text(layout.format(opening=opening, summary=summary))
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    parsed = _parser().parse(narrative, sentences, dates)
    mentions = find_actors(narrative, parsed, dates)
    events = find_events(narrative, parsed, dates, mentions)
    return narrative, code_variables(narrative, sentences, dates, mentions, events, settle=lambda *given: list(given[-1]))


def _claim(variables: Variables, actor: str, field: str) -> Claim:
    if actor == "crisis":
        return next(claim for claim in variables.crisis if claim.field == field)
    number, _, row = actor.partition(":")
    found = next(item for item in variables.crisis_actors if item.cow == int(number) and item.row == int(row or 1))
    claim = found.claim(field)
    assert claim is not None, f"{field} is not coded for {actor}"
    return claim


@pytest.mark.parametrize("case", _rows("variables.tsv"), ids=lambda case: f"{case['name']}-{case['actor']}-{case['field']}")
def test_value_words_and_basis(case: dict[str, str]) -> None:
    claim = _claim(coded(case["name"])[1], case["actor"], case["field"])
    shown = f"{claim.value} {claim.basis} {claim.rule} {[item.text for item in claim.evidence]}"
    assert str("-" if claim.value is None else claim.value) == case["value"], shown
    assert case["basis"] in ("", claim.basis), shown
    assert any(case["words"] in item.text for item in claim.evidence) or not case["words"], shown


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("island", {155, 160}),
        ("gasworks", {385}),
        ("relay", {135, 140, 145}),
        ("two-rows", {800, 812}),
        ("vague", {452}),
        ("history", {350, 640}),
        ("silent", {501}),
        ("no-crisis", set()),
        ("ferry", {210, 211}),
    ],
)
def test_crisis_actors_and_no_others(name: str, numbers: set[int]) -> None:
    assert {row.cow for row in coded(name)[1].crisis_actors} == numbers


@pytest.mark.parametrize("name", list(TEXTS))
def test_every_claim_fits_the_codebook_and_shows_its_words(name: str) -> None:
    narrative, variables = coded(name)
    claims = [("crisis", claim) for claim in variables.crisis]
    claims += [("actor", claim) for row in variables.crisis_actors for claim in row.claims]
    for level, claim in claims:
        variable = codebook().variable(claim.field, level)  # type: ignore[arg-type]
        assert claim.value is None or variable.allows(claim.value), claim
        assert claim.value is not None or claim.note, claim
        assert claim.basis != "quoted" or claim.evidence, claim
        assert all(narrative.text[item.start : item.end] == item.text for item in claim.evidence)
        assert 0 <= claim.confidence <= 1


@pytest.mark.parametrize("layout", LAYOUTS[1:], ids=("number", "spelling", "small letters"))
@pytest.mark.parametrize("name", list(TEXTS))
def test_number_title_and_spelling_of_the_header_do_not_matter(name: str, layout: str) -> None:
    def values(variables: Variables) -> list[tuple[str, str, object]]:
        claims = [*variables.crisis, *(claim for row in variables.crisis_actors for claim in row.claims)]
        return [(claim.subject, claim.field, claim.value) for claim in claims]

    assert values(coded(name)[1]) == values(coded(name, layout)[1])


def test_invented_narratives_raise_no_warning() -> None:
    assert {name: coded(name)[1].warnings for name in TEXTS if coded(name)[1].warnings} == {}
