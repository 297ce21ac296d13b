"""Every word class and every list of amounts has an example, and it comes out as it says."""

from __future__ import annotations

import pytest

from brinkline.events.examples import examples
from brinkline.rules import Example, rules_of

FILES = ("events/classes.toml", "events/amounts.toml")


@pytest.mark.parametrize(
    "example", [item for item in examples() if item.file in FILES], ids=lambda example: f"{example.file}-{example.rule}"
)
def test_example_shows_the_words(example: Example) -> None:
    assert example.check() is None


@pytest.mark.parametrize("file", [*FILES, "events/lexicon.csv"])
def test_every_entry_has_an_example(file: str) -> None:
    assert [rule.id for rule in rules_of(file) if not rule.examples] == []
