"""Intensity, network, places, strip, bars: what is counted, where it stands, and what is left out."""

from dataclasses import replace
from itertools import pairwise

import pytest

import build
import charted
import drawn
from brinkline.charts import (
    Agreement,
    Progress,
    Share,
    Stage,
    agreement_rows,
    chart,
    draw_agreement,
    draw_progress,
    draw_strip,
    draw_world,
    intensity,
    network,
    progress_rows,
    strip,
    world,
)
from brinkline.charts.draw_network import signed
from brinkline.charts.land import borders_in, land_in, shapes
from brinkline.charts.places import Box, box_of
from brinkline.charts.svg import escaped, fit, num, width, wrapped
from brinkline.model import Day, Place
from test_charts_map import event

# intensity


def test_the_running_mean_takes_what_was_done_alone() -> None:
    events = [
        event(1, Day(1931, 3, 3), intensity=-8.0, mode="done"),
        event(2, Day(1931, 3, 4), intensity=10.0, mode="demanded"),
        event(3, Day(1931, 3, 5), intensity=-2.0, mode="reported"),
        event(4, Day(1931, 3, 5), intensity=10.0, mode="denied"),
    ]
    table = intensity(charted.coding(events))
    assert [round(mean, 2) for _, mean in table.running] == [-8.0, -5.0]
    assert len(table.points) == 4
    assert "Mean of what was done: -5.0" in chart("intensity", charted.coding(events)).told


def test_the_running_mean_forgets_after_five() -> None:
    days = [event(place, Day(1931, 3, 1 + place), intensity=-10.0 if place == 0 else 0.0) for place in range(7)]
    means = [mean for _, mean in intensity(charted.coding(days)).running]
    assert means == [-10.0, -5.0, -3.333, -2.5, -2.0, 0.0, 0.0]


def test_points_of_one_day_do_not_hide_each_other() -> None:
    events = [event(place, Day(1931, 3, 3), intensity=-8.0) for place in range(6)]
    svg = chart("intensity", charted.coding(events)).svg
    marks = [element for element in drawn.root_groups(svg) if element.attrib.get("class") == "mark"]
    xs = sorted(float(mark.find(f"{drawn.SVG}rect").attrib["x"]) for mark in marks)  # type: ignore[union-attr]
    assert all(right - left >= 12 for left, right in pairwise(xs))


# network


def test_pairs_are_counted_each_way_and_only_what_was_done() -> None:
    one, two = charted.mention(0), charted.mention(1)
    events = [
        event(1, Day(1931, 3, 3), who=(one,), whom=(two,), intensity=-8.0),
        event(2, Day(1931, 3, 3), who=(two,), whom=(one,), intensity=-4.0),
        event(3, Day(1931, 3, 3), who=(one,), whom=(two,), intensity=-10.0, mode="threatened"),
        event(4, Day(1931, 3, 3), who=(one,), whom=(one,), intensity=-10.0),
        event(5, Day(1931, 3, 3), who=(one, two), whom=(one, two), intensity=0.0),
    ]
    (tie,) = network(charted.coding(events, [])).ties
    assert (tie.there, tie.back, tie.count, tie.intensity) == (2, 2, 4, -3.0)
    assert tie.events == ("event:0", "event:1", "event:4")


def test_a_network_of_many_says_the_numbers_of_the_strongest_pairs() -> None:
    people = [charted.mention(place) for place in range(10)]
    events = [
        event(place, None, who=(people[place % 10],), whom=(people[(place + place // 10 + 1) % 10],)) for place in range(60)
    ]
    svg = chart("network", charted.coding(events, [])).svg
    labels = [box for kind, words, box in drawn.words(svg) if " · " in words]
    assert len(labels) > 10
    assert not any(drawn.meet(one, other) for place, one in enumerate(labels) for other in labels[place + 1 :])


@pytest.mark.parametrize(("value", "text"), [(-8.52, "-8.5"), (3.0, "+3.0"), (0.0, "0.0"), (-0.04, "0.0")])
def test_means_carry_their_sign(value: float, text: str) -> None:
    assert signed(value) == text


# places


def at(name: str, latitude: float | None, longitude: float | None) -> Place:
    return Place(0, 3, "CRI", name, "city", latitude, longitude)


def test_a_place_of_several_events_is_one_spot_with_its_days() -> None:
    island = at("Gull Island", 61.5, 24.25)
    events = [
        event(1, Day(1931, 3, 3), where=(island,)),
        event(2, Day(1931, 5, 2), where=(replace(island, start=5, end=9),)),
        event(3, None, where=(island, at("Nowhere", None, None))),
    ]
    table = world(charted.coding(events))
    (spot,) = table.spots
    assert (len(spot.visits), spot.days, table.unplaced) == (3, "3 Mar – 2 May 1931", 1)
    assert "1 named without coordinates" in chart("places", charted.coding(events)).told


@pytest.mark.parametrize(
    ("points", "inside"),
    [
        ([(48.5, 135.1)], (48.5, 135.1)),
        ([(21.3, -157.9), (35.7, 139.7)], (28.0, 170.0)),
        ([(64.0, -21.0), (-54.8, -68.3)], (0.0, -40.0)),
        ([(89.0, 0.0), (-89.0, 179.0)], (0.0, 90.0)),
    ],
)
def test_the_box_holds_its_places_the_short_way_round(points: list[tuple[float, float]], inside: tuple[float, float]) -> None:
    box = box_of(points)
    assert box.south <= inside[0] <= box.north
    assert any(box.west <= inside[1] + turn <= box.east for turn in (-360, 0, 360))
    assert box.east - box.west <= 360.001
    if len(points) == 2 and abs(points[0][1] - points[1][1]) > 180:
        assert box.east - box.west < 150


def test_no_line_of_land_crosses_the_picture_at_the_date_line() -> None:
    box = Box(150.0, 40.0, 210.0, 72.0)
    for ring in land_in(box):
        for one, other in pairwise(ring):
            long = abs(one[0] - other[0]) > 20 or abs(one[1] - other[1]) > 20
            assert not long or any(_on_edge(one, axis) and _on_edge(other, axis) for axis in (0, 1))


def _on_edge(point: tuple[float, float], axis: int) -> bool:
    """Whether the point lies on an edge of the cut, which is outside the picture."""
    edges = ((150 - 2.4, 210 + 2.4), (40 - 1.28, 72 + 1.28))[axis]
    return any(abs(point[axis] - edge) < 1e-6 for edge in edges)


def test_land_is_where_land_is() -> None:
    def inside(longitude: float, latitude: float) -> bool:
        crossings = 0
        for ring in shapes().rings:
            for (ax, ay), (bx, by) in zip(ring.points, (*ring.points[1:], ring.points[0]), strict=True):
                if (ay > latitude) != (by > latitude) and longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax:
                    crossings += 1
        return crossings % 2 == 1

    for longitude, latitude in ((2.35, 48.85), (37.6, 55.75), (135.1, 48.5), (-58.4, -34.7), (27.0, -26.0), (14.2, 37.6)):
        assert inside(longitude, latitude), (longitude, latitude)
    for longitude, latitude in ((-30.0, 40.0), (18.0, 38.0), (150.0, 30.0), (80.0, -20.0)):
        assert not inside(longitude, latitude), (longitude, latitude)
    assert "Natural Earth" in shapes().source
    assert sum(1 for _ in borders_in(Box(5.0, 45.0, 25.0, 55.0))) > 10


def test_labels_of_places_stay_apart() -> None:
    events = [event(n, Day(1931, 3, 1 + n), where=(at(f"Place {n}", 50 + n % 3 * 0.4, 20 + n // 3 * 0.7),)) for n in range(12)]
    svg = draw_world(world(charted.coding(events, [])))
    boxes = [box for kind, _, box in drawn.words(svg) if "halo" in kind]
    assert len(boxes) >= 16
    assert not any(drawn.meet(one, other, 3) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    assert len(drawn.refs(svg, "spot")) == 12


# strip


def test_the_strip_has_events_and_date_claims_in_the_order_of_the_text() -> None:
    table = strip(build.coding())
    assert [pin.start for pin in table.pins] == sorted(pin.start for pin in table.pins)
    claims = [pin.told for pin in table.pins if pin.claim]
    assert claims[0].startswith("Estmark, trigger_date: 1931-03-03")
    svg = draw_strip(table, decided={table.pins[0].ref})
    assert svg.count(' full" ') == 1
    assert drawn.refs(svg, "pins") == [pin.ref for pin in table.pins]


# bars


def test_agreement_tells_value_interval_and_units() -> None:
    first = Share("triggr", "trigger", 0.71, 0.6, 0.8, 42, "/a/triggr")
    table = Agreement("Agreement", "alpha", (first, Share("gravty", "", -0.2, -0.5, 0.1), Share("x", "", None)))
    svg = draw_agreement(table, link="")
    assert "triggr: alpha 0.71, interval 0.60 to 0.80, 42 units" in svg
    assert '<a href="/a/triggr"' in svg
    assert ">-1.0<" in svg  # a value below 0 needs the whole scale
    assert ">-1.0<" not in draw_agreement(Agreement("Agreement", "percent", (first,)))
    assert agreement_rows(table).rows[0] == ("triggr", "trigger", 0.71, 0.6, 0.8, 42)
    wide, high = drawn.size(svg)
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in drawn.points(svg))
    assert draw_agreement(Agreement("Agreement", "alpha", ()))


def test_progress_is_as_long_as_its_counts() -> None:
    table = Progress(
        "Progress", ("accepted", "changed", "open"), (Stage("Corfu", (30, 0, 10)), Stage(charted.NASTY, (0, 0, 0)))
    )
    svg = draw_progress(table)
    bars = [element for element in drawn.root(svg).iter(f"{drawn.SVG}rect") if "part" in element.attrib.get("class", "")]
    widths = [float(bar.attrib["width"]) for bar in bars][:2]
    assert widths[0] == pytest.approx(3 * widths[1], abs=1)
    assert "30 of 40 done, 10 open." in svg
    assert progress_rows(table).columns == ("name", "accepted", "changed", "open")
    assert "Nothing to do yet." in draw_progress(Progress("Progress", ("done", "open"), ()))


@pytest.mark.parametrize("counts", [(1,), (1, 2, 3), (1, -1)])
def test_a_stage_has_one_count_for_each_part(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        Progress("Progress", ("done", "open"), (Stage("Corfu", counts),))


# words


def test_words_are_cut_and_wrapped_to_their_room() -> None:
    assert fit("Soviet Union", 300) == "Soviet Union"
    assert fit("Soviet Union", 50).endswith("…")
    assert width(fit("Soviet Union", 50)) <= 50
    assert wrapped("Non-Aligned Movement", 70, 3) == ["Non-", "Aligned", "Movement"]
    assert wrapped("Non-Aligned Movement", 70, 2) == ["Non-", "Aligned…"]
    assert wrapped("Non-Aligned Movement", 300, 2) == ["Non-Aligned Movement"]


def test_no_character_breaks_the_drawing() -> None:
    assert escaped('<a b="c">&\x00\ufffe\u202e') == "&lt;a b=&quot;c&quot;&gt;&amp;"
    assert (num(2.0), num(-0.01), num(1234.56)) == ("2", "0", "1234.6")
