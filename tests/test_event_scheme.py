"""The event scheme holds together, and each leaf's example and counter-example are coded as they say."""

from __future__ import annotations

import pytest

from brinkline.events.examples import examples
from brinkline.reference.event_scheme import PLOVER_ROOTS, EventType, event_types, plover_root
from brinkline.rules import Example

LEAVES = tuple(event_types().values())


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.id)
def test_leaf_is_whole(leaf: EventType) -> None:
    assert leaf.id.startswith(f"{leaf.layer}.")
    assert leaf.layer in ("think", "say", "do")
    assert leaf.stance in ("cooperative", "uncooperative", "neutral", "escalating", "deescalating")
    assert leaf.plover in (*PLOVER_ROOTS, "")
    assert leaf.cameo == "" or 1 <= int(leaf.cameo) <= 20
    assert -10 <= leaf.intensity <= 10
    assert leaf.ends == "" or leaf.ends in event_types()
    assert leaf.parties in ("", "own", "mutual", "authority", "all")
    assert leaf.definition.endswith(".")
    assert leaf.icbe


@pytest.mark.parametrize(
    "example",
    [item for item in examples() if item.file == "reference/scheme/events.csv"],
    ids=lambda example: f"{example.rule} {example.kind}",
)
def test_example_is_coded_as_the_leaf_and_counter_example_is_not(example: Example) -> None:
    assert example.check() is None


def test_every_leaf_has_both() -> None:
    assert [leaf.id for leaf in LEAVES if not (leaf.example and leaf.counter)] == []


def test_armed_and_unarmed_stances_are_not_mixed() -> None:
    wrong = [leaf.id for leaf in LEAVES if leaf.stance in ("escalating", "deescalating") and not leaf.armed]
    assert wrong == []


def test_hostile_leaves_are_never_friendly() -> None:
    assert [leaf.id for leaf in LEAVES if leaf.hostile and leaf.intensity > 0] == []
    assert [leaf.id for leaf in LEAVES if leaf.stance in ("cooperative", "deescalating") and leaf.intensity < 0] == []


@pytest.mark.parametrize(
    ("leaf", "mode", "root"),
    [
        ("do.withdraw", "done", "YIELD"),
        ("do.withdraw", "demanded", "REQUEST"),
        ("do.withdraw", "planned", "AGREE"),
        ("do.withdraw", "denied", "REJECT"),
        ("do.attack", "planned", "THREATEN"),
        ("do.attack", "denied", "ASSAULT"),
        ("do.meet", "planned", "AGREE"),
        ("do.investigate", "planned", "ACCUSE"),
        ("say.demand", "reported", "REQUEST"),
        ("say.accept", "denied", "REJECT"),
    ],
)
def test_plover_root_follows_the_mode(leaf: str, mode: str, root: str) -> None:
    assert plover_root(event_types()[leaf], mode) == root


def test_icbe_groups() -> None:
    assert event_types()["do.attack"].group == "interact_escalate"
    assert event_types()["do.mobilize"].group == "act_escalate"
    assert event_types()["say.demand"].group == "say"
