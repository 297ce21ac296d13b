"""The palette: told apart by colour-blind readers, readable on light and dark paper, and plain where no page gives colours."""

import math
import operator
import re
from itertools import combinations

import pytest

import build
import drawn
from brinkline.charts import KINDS, RULES, chart
from brinkline.charts.style import DARK, LIGHT, TONES, own_style

#: Machado, Oliveira and Fernandes (2009), severity 1: what a reader without one kind of cone sees, in linear RGB.
SEEN = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
SHADES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> list[float]:
    """The colour in linear RGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2."""
    weights = (0.2126, 0.7152, 0.0722)
    dim, bright = sorted(sum(map(operator.mul, weights, linear(colour))) for colour in (one, other))
    return (bright + 0.05) / (dim + 0.05)


def oklab(colour: str, seen: str) -> tuple[float, float, float]:
    """The colour as some reader sees it, in Oklab (Ottosson 2020)."""
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True)))) for row in SEEN[seen])
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@SHADES
@pytest.mark.parametrize("seen", SEEN)
def test_tones_are_told_apart(colours: dict[str, str], seen: str) -> None:
    tones = [colours[f"a{place}"] for place in range(TONES)] + [colours["ax"]]
    for one, other in combinations(tones, 2):
        assert math.dist(oklab(one, seen), oklab(other, seen)) > 0.07, (one, other)


@SHADES
def test_hostile_and_friendly_are_told_apart(colours: dict[str, str]) -> None:
    for seen in SEEN:
        ties = [oklab(colours[name], seen) for name in ("bad", "good", "even")]
        assert all(math.dist(one, other) > 0.07 for one, other in combinations(ties, 2))


@SHADES
def test_words_and_marks_stand_out_from_the_paper(colours: dict[str, str]) -> None:
    for paper in ("paper", "land", "water"):
        assert contrast(colours["ink"], colours[paper]) >= 7
        assert contrast(colours["soft"], colours[paper]) >= 4.5
    for name in (*(f"a{place}" for place in range(TONES)), "ax", "bad", "good", "even"):
        assert contrast(colours[name], colours["paper"]) >= 3, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_for_itself_needs_no_custom_properties(kind: str) -> None:
    svg = chart(kind, build.coding()).svg
    assert "var(" not in svg
    assert "prefers-color-scheme:dark" in svg


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_carries_a_class_has_a_rule(kind: str) -> None:
    svg = chart(kind, build.coding(), standalone=False).svg
    used = {name for element in drawn.root(svg).iter() for name in element.attrib.get("class", "").split()}
    groups = {"bl-chart", "mark", "arc", "crisis", "spot", "dyad", "pins", "row", "lane"}
    ruled = set(re.findall(r"\.([\w-]+)", RULES))
    assert used - groups - ruled == set()
    alone = own_style(svg)
    assert used - groups - ruled == set()
    assert {name for name in used if re.fullmatch(r"t[0-9x]", name)} <= set(re.findall(r"\.(t[0-9x])\b", alone))


def test_one_shade_for_good_has_no_choice_left() -> None:
    svg = chart("map", build.coding(), standalone=False).svg
    assert "@media" not in own_style(svg, dark=False)
    assert DARK["a0"] in own_style(svg, dark=True)
