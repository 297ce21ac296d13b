"""Integrity of the data files of ``brinkline.dates``: ids, sources, classes, and every example of a pattern."""

import re

import pytest

from brinkline import data
from brinkline.dates.find import Found, find_expressions
from brinkline.dates.grammar import grammar
from brinkline.dates.guards import is_date
from brinkline.dates.lexicon import number_classes
from brinkline.dates.resolve import FORMS

_PACKAGE = "brinkline.dates"
_PATTERNS = data.toml(_PACKAGE, "patterns.toml")["pattern"]
_EXAMPLES = [(entry["id"], example) for entry in _PATTERNS for example in entry.get("examples", [])]
_NEGATIVES = [(entry["id"], text) for entry in _PATTERNS for text in entry.get("not", [])]


def _expressions(text: str) -> list[Found]:
    return [item for item in find_expressions(text, 0, len(text)) if is_date(item, text)]


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


@pytest.mark.parametrize(("rule", "example"), _EXAMPLES, ids=[f"{rule}: {text}" for rule, text in _EXAMPLES])
def test_example_is_found_by_its_pattern(rule: str, example: str) -> None:
    text = re.sub(r"[\[\]]", "", example)
    wanted = [match.strip("[]") for match in re.findall(r"\[[^\]]+\]", example)]
    found = [text[item.start : item.end] for item in _expressions(text) if item.rule == rule]
    assert found == wanted, [(text[item.start : item.end], item.rule) for item in _expressions(text)]


@pytest.mark.parametrize(("rule", "text"), _NEGATIVES, ids=[f"{rule}: {text}" for rule, text in _NEGATIVES])
def test_negative_example_holds_no_date(rule: str, text: str) -> None:
    assert [text[item.start : item.end] for item in _expressions(text)] == []


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
