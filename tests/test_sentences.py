"""Sentences: where they end, that ranges are exact, and that borders of paragraphs and sections are never crossed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brinkline import data
from brinkline.model import Narrative
from brinkline.reading import read_text
from brinkline.rules import Example
from brinkline.sentences import examples, sentence_ranges, split_sentences

CASES = Path(__file__).parent / "cases" / "sentences.tsv"
_ROWS = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
_DATA = data.toml("brinkline", "sentences.toml")
_LISTS = [*_DATA["abbreviation"], *(_DATA[name] for name in ("openers", "names", "bodies", "numbered"))]

NARRATIVE = """CRISNO 901

THE QUAY AT ARDEN

Background:

A crisis between Arden and Brook lasted from 4 to 9 May 1931.

Background and Pre-crisis The quay had been leased since 1902. It was never paid for.

Summary:

On 4 May a patrol seized the quay

It left on the 9th. Arden was content.

References:

Marlow 1940. Dorne 1951.

Last Updated: 1/5/2004
"""


def words(narrative: Narrative) -> list[str]:
    return [narrative.text[item.start : item.end] for item in split_sentences(narrative)]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ranges(text, 0, len(text))]


@pytest.mark.parametrize(("case", "text"), _ROWS, ids=[row[0] for row in _ROWS])
def test_cases(case: str, text: str) -> None:
    expected = text.split(" | ")
    assert split("  ".join(expected) if case == "us-two-blanks" else " ".join(expected)) == expected


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda example: example.rule)
def test_examples_in_the_data_file(example: Example) -> None:
    assert example.check() is None


def test_every_entry_has_an_example() -> None:
    assert {example.rule for example in examples()} == {row["id"] for row in _LISTS}


def test_ids_are_unique_and_no_abbreviation_follows_two_rules() -> None:
    ids = [row["id"] for row in _LISTS]
    assert len(ids) == len(set(ids))
    rule_of: dict[str, str] = {}
    for row in _DATA["abbreviation"]:
        for word in row["words"]:
            assert rule_of.setdefault(word, row["id"]) == row["id"], f"{word} stands in two entries"


def test_headings_number_title_references_and_update_give_no_sentences() -> None:
    narrative = read_text(NARRATIVE)
    assert words(narrative) == [
        "A crisis between Arden and Brook lasted from 4 to 9 May 1931.",
        "The quay had been leased since 1902.",
        "It was never paid for.",
        "On 4 May a patrol seized the quay",
        "It left on the 9th.",
        "Arden was content.",
    ]
    sentences = split_sentences(narrative)
    assert [item.section for item in sentences] == ["header", "background", "background", "summary", "summary", "summary"]
    assert [item.index for item in sentences] == list(range(6))
    assert [item.paragraph for item in sentences] == [0, 1, 1, 2, 3, 3]


def test_a_wrapped_text_keeps_its_sentences_whole() -> None:
    narrative = read_text("A patrol of the U.S.\nNavy crossed the river and\nwithdrew.\nIt came back.")
    assert words(narrative) == ["A patrol of the U.S.\nNavy crossed the river and\nwithdrew.", "It came back."]


def test_a_record_without_sections_or_paragraphs_is_split_too() -> None:
    narrative = Narrative("A patrol crossed.\n\nIt withdrew. Peace came.")
    assert words(narrative) == ["A patrol crossed.", "It withdrew.", "Peace came."]
    assert [item.paragraph for item in split_sentences(narrative)] == [0, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "." * 200_000,
        "U.S. " * 50_000,
        "A. " * 50_000,
        "A (b?) C " * 20_000,
        "A b?) " * 20_000,
        "and the fleet of Arden, " * 2_100 + ".",
    ],
    ids=["stops", "abbreviations", "initials", "asides", "unopened", "one sentence of 50,000 characters"],
)
def test_long_and_odd_input_takes_linear_time(text: str) -> None:
    """A quadratic splitter would need minutes for each of these."""
    ranges = list(sentence_ranges(text, 0, len(text.rstrip())))
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(text.rstrip())


@given(st.text(alphabet=st.sampled_from("AbU.S? !\n\t\"'()[]…。Gen1é”"), max_size=200))
def test_sentences_are_exact_ordered_and_cover_all_prose(text: str) -> None:
    narrative = Narrative(text)
    sentences = split_sentences(narrative)
    at = 0
    for sentence in sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        assert not text[at : sentence.start].strip()
        part = text[sentence.start : sentence.end]
        assert part == part.strip()
        at = sentence.end
    assert not text[at:].strip()
