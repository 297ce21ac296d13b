"""The languages of search: canonical text, errors with their place, round trips, and the words of text and query."""

import csv
import doctest
import importlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import brinkline.search
from brinkline import data
from brinkline.errors import UsageError
from brinkline.reference.event_scheme import event_types
from brinkline.search.event_terms import nodes, type_named
from brinkline.search.parse import DEEPEST, LONGEST, MOST_TERMS, parse
from brinkline.search.query import Query, Term, Words, conjunction, disjunction, group, negation, query_text
from brinkline.search.sequence import Actors, SequenceQuery, Step, Variable, Within, sequence_text
from brinkline.search.sequence_parse import parse_sequence
from brinkline.search.terms import FIELDS, Field
from brinkline.store.stems import stem
from brinkline.store.words import encode, fold, index_words, words_of

FOLDER = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(kind: str, text: str) -> str:
    return query_text(parse(text)) if kind == "query" else sequence_text(parse_sequence(text))


@pytest.mark.parametrize("row", rows("search_canonical.tsv"), ids=lambda row: row["text"])
def test_canonical_text(row: dict[str, str]) -> None:
    assert read(row["kind"], row["text"]) == row["canonical"]
    assert read(row["kind"], row["canonical"]) == row["canonical"]


@pytest.mark.parametrize("row", rows("search_errors.tsv"), ids=lambda row: f"{row['kind']} {row['text']}")
def test_errors_show_the_place_and_the_remedy(row: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        read(row["kind"], row["text"])
    error = caught.value
    shown, carets = error.place.split("\n")
    width = carets.count("^")
    at = len(carets) - width - 2
    assert (error.code, shown[at : at + width].strip()) == (row["code"], row["under"].strip())
    assert (row["remedy"] or "") in error.remedy
    assert str(error).splitlines()[1:3] == [f"  {shown}", carets]


def test_a_fault_far_out_in_a_long_query_is_shown() -> None:
    with pytest.raises(UsageError) as caught:
        parse("war " * 200 + "actr:RUS" + " war" * 200)
    shown, carets = caught.value.place.split("\n")
    assert len(shown) <= 100
    assert shown[carets.index("^") - 2 :].startswith("actr:")


@pytest.mark.parametrize(
    "text",
    [
        "a" * (LONGEST + 1),
        "(" * (DEEPEST + 2) + "a" + ")" * (DEEPEST + 2),
        "a " * (MOST_TERMS + 1),
        "NOT " * (DEEPEST + 2) + "a",
    ],
)
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.code == "BL459"


_WORD = st.sampled_from(["war", "peace", "or", "not", "and", "cafe", "1e5", "москва", "x1"])
_WORDS = st.builds(Words, st.lists(_WORD, min_size=1, max_size=3).map(tuple), st.sampled_from(["word", "stem"]), st.booleans())
_TERMS = st.sampled_from(
    [
        Term("actor", ("RUS", "JPN"), "sentence"),
        Term("actor", ("body:un-security-council",), "sentence"),
        Term("dyad", ("JPN-RUS", "body:un-security-council>JPN"), "event"),
        Term("type", ("attack", "violence", "ASSAULT"), "event"),
        Term("mode", ("done",), "event"),
        Term("date", ("1937-06-01..1937-07-31", "1940"), "date"),
        Term("date", ("..-0479-08-31",), "date"),
        Term("case", ("55", 'say "no"', "a, (b)"), "narrative"),
        Term("triggr", ("9", "open"), "value"),
        Term("actor.globorg", ("6",), "value"),
        Term("basis", ("absent",), "claim"),
        Term("coder", ("Anna Lee",), "claim"),
    ]
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        some.map(lambda own: conjunction([group(part) for part in own])), some.map(disjunction), parts.map(negation)
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(_WORDS | _TERMS, _joined, max_leaves=8))
def test_every_query_is_read_from_its_text_again(query: Query) -> None:
    canonical = query_text(query)
    again = parse(canonical)
    assert query_text(again) == canonical
    assert query_text(parse(query_text(again))) == canonical


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('abR"“():,-*. \t\nORNT0123\u0301é[]>')), max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for language in ("query", "sequence"):
        try:
            canonical = read(language, text)
        except UsageError as error:
            shown = error.place
        else:
            shown = "^"
            assert read(language, canonical) == canonical
        assert "^" in shown


_SLOTS = st.none() | st.sampled_from([Variable("A"), Variable("B2"), Actors(("RUS",)), Actors(("body:league", "JPN"))])
_STEPS = st.builds(
    Step,
    st.sampled_from(["attack", "yield", "declare_war", "ASSAULT", "do.defeat"]),
    _SLOTS,
    _SLOTS,
    st.sampled_from(["", "withdraw", "violence"]),
    st.sampled_from([("done", "ongoing", "reported"), (), ("planned", "denied")]),
)
_LATER = st.builds(
    lambda step, within, negated: Step(step.type, step.who, step.whom, step.content, step.modes, within, negated),
    _STEPS,
    st.none() | st.builds(Within, st.integers(1, 9999), st.sampled_from(["d", "w", "m", "y"])),
    st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(_STEPS, st.lists(_LATER, max_size=4))
def test_every_sequence_is_read_from_its_text_again(first: Step, rest: list[Step]) -> None:
    sequence = SequenceQuery((first, *rest))
    assert parse_sequence(sequence_text(sequence)) == sequence


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_words_are_ranges_of_the_text_and_folding_is_final(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert fold(word.folded) == word.folded
        assert encode(word.folded).isascii()
        assert encode(word.folded).isalnum()
    made = index_words(text)
    assert len(made.words.split()) == len(made.stems.split()) == len(words_of(text))


def test_a_combining_accent_and_a_soft_hyphen_do_not_divide_words() -> None:
    assert [word.folded for word in words_of("cafe\u0301s de\u00admanded")] == ["cafes", "demanded"]


@pytest.mark.parametrize(
    "forms",
    [
        "attack attacks attacked attacking",
        "withdraw withdraws withdrew withdrawn withdrawing withdrawal",
        "invade invaded invading invasion invasions",
        "mobilize mobilized mobilizing mobilization",
        "occupy occupied occupying occupation",
        "negotiate negotiated negotiations negotiating",
        "fight fought fighting fights",
        "crisis crises",
        "ally allies allied",
        "threaten threatened threat threats",
        "propose proposed proposal proposals",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1, [stem(form) for form in forms.split()]


@pytest.mark.parametrize(
    ("one", "other"), [("war", "ware"), ("state", "station"), ("force", "forge"), ("treaty", "treat"), ("police", "policy")]
)
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_every_leaf_is_found_by_id_short_name_and_label_or_says_which() -> None:
    for leaf in event_types():
        found = type_named(leaf)
        assert found is not None
        assert found[1].leaves == {leaf}
        assert type_named(found[0]) == found


def test_no_node_is_empty_and_none_takes_the_name_of_a_leaf() -> None:
    labels = {kind.label for kind in event_types().values()}
    for name, leaves in nodes().items():
        assert leaves
        assert len(leaves) == 1 or name not in labels


MODULES = sorted(path.stem for path in (Path(brinkline.search.__file__).parent).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize(
    "name", [*(f"brinkline.search.{name}" for name in MODULES), "brinkline.store.words", "brinkline.store.stems"]
)
def test_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


PAGE = (Path(__file__).parent.parent / "docs" / "search.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["query", "sequence"])
def test_every_query_of_the_documentation_can_be_asked(kind: str) -> None:
    lines = [line for block in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 5
    for line in lines:
        assert read(kind, read(kind, line)) == read(kind, line)


def test_every_field_and_node_is_documented() -> None:
    table = re.findall(r"^\| (`.*?) \| .*? \| .*? \|$", PAGE, re.MULTILINE)
    documented = {name for cell in table for name in re.findall("`([a-z]+)`", cell)}
    assert {field.name for field in FIELDS} <= documented
    for name in data.toml("brinkline.search", "nodes.toml")["nodes"]:
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_example_of_each_field_can_be_asked(field: Field) -> None:
    assert parse(field.example)
