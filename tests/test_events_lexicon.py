"""Every rule of the event lexicon is readable, reachable and does what its example says."""

from __future__ import annotations

import pytest

from brinkline.data import table
from brinkline.events.build import DOMAINS
from brinkline.events.examples import SILENT, examples
from brinkline.events.lexicon import Rule, rules
from brinkline.events.words import word_classes
from brinkline.reference.event_scheme import event_types
from brinkline.rules import Example

SPECIAL = {
    "*same",
    "*light",
    "*into",
    "*received",
    "*occurs",
    "*responds",
    "*ends",
    "*intent",
    "*prepare",
    "*speech",
    "*form",
    "*fallen",
    "*drawn",
    "*comes",
}
MODES = {"", "same", "done", "ongoing", "planned", "promised", "threatened", "demanded", "reported", "denied", "hypothetical"}


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rule_names_what_exists(rule: Rule) -> None:
    assert rule.leaf == "" or rule.leaf in SPECIAL or rule.leaf in event_types()
    assert rule.content in MODES
    assert rule.kind in ("verb", "noun", "adj")
    assert rule.of in ("", "object", "weak")
    assert all(head == head.strip().lower() and head for head in rule.heads)


@pytest.mark.parametrize(
    "example", [item for item in examples() if item.file == "events/lexicon.csv"], ids=lambda example: example.rule
)
def test_example_fires_the_rule(example: Example) -> None:
    assert example.check() is None


def test_silent_rules_are_rules() -> None:
    assert {rule.id for rule in rules()} >= SILENT


def test_rules_with_an_event_have_an_example() -> None:
    assert [rule.id for rule in rules() if rule.leaf and not rule.example] == []


def test_word_classes_hold_single_lower_case_lemmas() -> None:
    wrong = [(name, word) for name, words in word_classes().items() for word in words if word != word.lower()]
    assert wrong == []


def test_every_word_class_is_used() -> None:
    in_code = {
        *("absent", "addressing", "messages", "responses", "states_of_mind", "undergoing"),
        *(
            "abstaining",
            "announcing",
            "attempting",
            "backing",
            "bearers",
            "coming_to",
            "containing",
            "documents",
            "lasting",
            "persons",
            "place_prepositions",
            "wounding",
        ),
        *(name for classes in DOMAINS.values() for name in classes),
    }
    frames = " ".join(row["frame"] for row in table("brinkline.events", "lexicon.csv"))
    unused = [name for name in word_classes() if f"@{name}" not in frames and name not in in_code]
    assert unused == []
