"""The word lists and tables of the actors stage: every example does what its entry says, nothing is listed twice."""

from __future__ import annotations

from collections import Counter

import pytest

from brinkline.actors.lexicon import false_phrases, groups_by_name, named_agents, prefixes, scan
from brinkline.actors.nouns import agent_kind
from brinkline.data import table, toml
from brinkline.reference.states import name_index, states
from test_actors_cases import read

PACKAGE = "brinkline.actors"
DAY = "1961-06-01"


def entries(file: str, name: str) -> list[dict[str, str]]:
    return list(toml(PACKAGE, file)[name])


@pytest.mark.parametrize("entry", entries("agents.toml", "agent"), ids=lambda entry: entry["id"])
def test_agent_examples(entry: dict[str, str]) -> None:
    kinds = {mention.agent_kind for mention in read(entry["example"], DAY, "parse")[1]}
    assert entry["kind"] in kinds


@pytest.mark.parametrize("entry", entries("agents.toml", "generic"), ids=lambda entry: entry["id"])
def test_generic_group_examples(entry: dict[str, str]) -> None:
    assert any(mention.basis == "noun" for mention in read(entry["example"], DAY, "parse")[1])


@pytest.mark.parametrize("rule", ["before", "after"])
def test_false_friend_examples_name_no_state(rule: str) -> None:
    for entry in entries("false_friends.toml", rule):
        found = [mention.text for mention in read(entry["example"], DAY, "text")[1]]
        assert found == [], entry["id"]


def test_the_example_of_the_phrases_names_no_state() -> None:
    assert read(toml(PACKAGE, "false_friends.toml")["phrases"]["example"], DAY, "text")[1] == ()


@pytest.mark.parametrize("row", table(PACKAGE, "prefixes.csv"), ids=lambda row: row["id"])
def test_prefix_examples_give_their_state_first(row: dict[str, str]) -> None:
    mention = read(row["example"], DAY, "text")[1][0]
    assert mention.actor is not None
    assert mention.actor.id == f"state:{row['state']}"


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
