"""Fighting: which words tell that it took place, and how they are weighed."""

from __future__ import annotations

import pytest

from brinkline import data
from brinkline.variables.fighting import is_doubted, is_undone, patterns


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("the cabinet feared an attack", True),
        ("to prevent a battle", True),
        ("there was no fighting", True),
        ("a possible invasion", True),
        ("at dawn there was an attack", False),
        ("after two weeks of rain came the battle", False),
        ("the risk had passed. At dawn there was an attack", False),  # another sentence
    ],
)
def test_what_was_feared_or_denied_did_not_take_place(words: str, doubted: bool) -> None:
    assert is_doubted(words, words.rindex(words.split()[-1])) is doubted


@pytest.mark.parametrize(
    ("after", "undone"),
    [(" was prevented by the rain", True), (" between the fleets was only just averted", True), (" was fought at dawn", False)],
)
def test_what_was_prevented_did_not_take_place(after: str, undone: bool) -> None:
    assert is_undone("a battle" + after, len("a battle")) is undone


def _signs(text: str) -> set[str]:
    return {str(kind) for _, kind, pattern in patterns("sign") if pattern.search(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("some 2,400 soldiers were killed", {"war", "clash"}),
        ("three guards were killed", {"clash"}),
        ("the second border war", {"war"}),
        ("a war of words", set()),
        ("a truce came into effect", {"battle"}),
        ("the consul asked for a truce", set()),
        ("patrols clashed", {"clash"}),
        ("they agreed on the fishing grounds", set()),
    ],
)
def test_signs_of_fighting(text: str, kinds: set[str]) -> None:
    assert _signs(text) == kinds


def test_the_scale_rises_and_gives_armies_more_than_clashes() -> None:
    scale = data.toml("brinkline.variables", "violence.toml")["scale"]
    assert scale["thresholds"] == sorted(scale["thresholds"])
    assert scale["war"] >= scale["battle"] > scale["clash"] > 0
    assert {str(kind) for _, kind, _ in patterns("sign")} <= set(scale)
