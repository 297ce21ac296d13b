"""The word lists and tables of the actors stage: every example does what its entry says, nothing is listed twice."""

from __future__ import annotations

from collections import Counter

import pytest

from brinkline.actors.examples import examples
from brinkline.actors.lexicon import false_phrases, groups_by_name, named_agents, prefixes, scan
from brinkline.actors.nouns import agent_kind
from brinkline.data import table
from brinkline.reference.states import name_index, states
from brinkline.rules import Example, rules_of

PACKAGE = "brinkline.actors"


@pytest.mark.parametrize(
    "example", [item for item in examples() if not item.file.endswith(("groups.csv", "agents.csv"))], ids=lambda item: item.rule
)
def test_the_example_of_an_entry_shows_what_it_does(example: Example) -> None:
    assert example.check() is None


def test_every_name_means_what_its_line_says() -> None:
    names = [item for item in examples() if item.file.endswith(("groups.csv", "agents.csv"))]
    assert len(names) == sum(len(table(PACKAGE, file)) for file in ("groups.csv", "named_agents.csv"))
    assert [(item.rule, item.check()) for item in names if item.check()] == []


def test_every_entry_of_a_word_list_has_an_example() -> None:
    for file in ("agents.toml", "capitals.toml", "false_friends.toml", "places.toml", "refer.toml"):
        assert [rule.id for rule in rules_of(f"actors/{file}") if not rule.examples] == []


@pytest.mark.parametrize("file", ["prefixes.csv", "named_agents.csv"])
def test_ids_are_unique(file: str) -> None:
    assert [item for item, count in Counter(row["id"] for row in table(PACKAGE, file)).items() if count > 1] == []


def test_group_lines_are_unique() -> None:
    counts = Counter((row["group"], row["name"], row["from"]) for row in table(PACKAGE, "groups.csv"))
    assert [item for item, count in counts.items() if count > 1] == []


def test_tables_name_states_that_exist_and_sources() -> None:
    keys = {state.key for state in states()}
    for file in ("groups.csv", "named_agents.csv", "prefixes.csv"):
        for row in table(PACKAGE, file):
            assert set(row["state"].split()) <= keys, row
            assert row["source"], row


def test_groups_and_agents_of_one_name_do_not_meet_in_time() -> None:
    """A movement is either a group or the government on any day ("Sandinistas" before and after July 1979)."""
    for name, agents in named_agents().items():
        for group in groups_by_name().get(name, ()):
            for agent in agents:
                if agent.state in {key.removeprefix("state:") for key in group.states}:
                    assert not agent.valid.overlaps(group.valid.since, group.valid.until), name


def test_false_phrases_are_not_names_of_the_tables() -> None:
    assert false_phrases().isdisjoint(name_index())


def test_prefixes_do_not_hide_names() -> None:
    assert set(prefixes()).isdisjoint(name_index())


def test_scan_is_longest_first_and_reads_any_white_space() -> None:
    text = "The German  Democratic\nRepublic and Guinea-Bissau and Papua New Guinea"
    assert [hit.name for hit in scan(text, 0, len(text))] == ["German Democratic Republic", "Guinea-Bissau", "Papua New Guinea"]


def test_agent_nouns_come_in_both_numbers() -> None:
    assert agent_kind("troop") == agent_kind("troops") == agent_kind("Troops") == "military"
    assert agent_kind("evacuation") == ""
