"""Integrity of the data files of ``brinkline.dates``: ids, sources, classes, and every example of a pattern."""

import pytest

from brinkline import data
from brinkline.dates.examples import examples
from brinkline.dates.grammar import grammar
from brinkline.dates.lexicon import number_classes
from brinkline.dates.resolve import FORMS
from brinkline.rules import Example

_PACKAGE = "brinkline.dates"
_PATTERNS = data.toml(_PACKAGE, "patterns.toml")["pattern"]


def test_pattern_ids_are_unique_and_forms_known() -> None:
    ids = [entry["id"] for entry in _PATTERNS]
    assert len(ids) == len(set(ids))
    assert {entry["form"] for entry in _PATTERNS} <= {*FORMS, "pair"}


def test_every_pattern_compiles_and_can_begin_somewhere() -> None:
    rules = grammar()
    reachable = {rule.id for found in rules.by_symbol.values() for rule in found}
    assert reachable == {entry["id"] for entry in _PATTERNS}


def test_every_pattern_has_an_example() -> None:
    assert [entry["id"] for entry in _PATTERNS if not entry.get("examples")] == []


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda example: f"{example.rule}: {example.text}")
def test_example_comes_out_as_its_pattern_says(example: Example) -> None:
    assert example.check() is None


@pytest.mark.parametrize("name", ["words.toml", "context.toml"])
def test_every_list_has_a_source_and_words(name: str) -> None:
    for key, entry in data.toml(_PACKAGE, name).items():
        assert entry["source"], key
        assert entry["words"], key


def test_no_word_stands_twice_in_a_list() -> None:
    for key, entry in data.toml(_PACKAGE, "context.toml").items():
        assert len(entry["words"]) == len(set(entry["words"])), key


def test_every_number_a_date_may_use_has_a_symbol() -> None:
    lexicon = grammar().lexicon
    forms = [
        form
        for number in range(10_000)
        for form in (f"{number}", f"{number:02d}", f"{number:04d}", f"{number}th", f"{number}s")
    ]
    unknown = {form for form in forms if (classes := number_classes(form)) and classes not in lexicon.symbols}
    assert unknown == set()
