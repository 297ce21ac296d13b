"""Chart tables and drawings: what is drawn, where, and that it is the same everywhere."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import build
import snapshot
from brinkline.charts import draw_timeline, timeline
from brinkline.charts.axis import ticks
from brinkline.charts.data import claim_days
from brinkline.charts.draw import describe
from brinkline.model import Claim, CrisisActor, Day
from brinkline.plain import coded_day_text, span_text
from brinkline.record import Coding

SVG = "{http://www.w3.org/2000/svg}"


def with_claims(row: CrisisActor, **values: str | None) -> CrisisActor:
    """The row with the values of some claims changed; None takes the claim away."""

    def changed(claim: Claim) -> Claim:
        return replace(claim, value=values.get(claim.field, claim.value))

    return replace(row, claims=tuple(changed(claim) for claim in row.claims if values.get(claim.field, "") is not None))


def shifted(years: int) -> Coding:
    """The invented coding with the second actor's crisis ending so many years later."""
    given = build.coding()
    end = f"{1931 + years}-05-02"
    return replace(given, crisis_actors=tuple(with_claims(row, termination_date=end) for row in given.crisis_actors))


def test_the_timeline_has_not_changed_snapshot() -> None:
    snapshot.check("lake_selma.svg", draw_timeline(timeline(build.coding())) + "\n")


def test_the_table_says_who_did_what_when() -> None:
    table = timeline(build.coding())
    assert [lane.name for lane in table.lanes] == ["Estmark", "Vesland", "Others"]
    assert [(bar.lane, bar.first, bar.last) for bar in table.bars] == [
        (0, Day(1931, 3, 3), Day(1931, 5, 2)),
        (1, Day(1931, 3, 9), Day(1931, 5, 2)),
    ]
    assert (len(table.marks), table.undated) == (10, 1)
    assert [(mark.lane, mark.who, mark.label, mark.mode) for mark in table.marks[:2]] == [
        (1, "Vesland", "occupy territory", "done"),
        (1, "Vesland", "expel people", "done"),
    ]
    assert list(table.marks) == sorted(table.marks, key=lambda mark: mark.first)


def test_the_background_does_not_press_the_crisis_together() -> None:
    given = build.coding()
    old = replace(given.events[0], when=replace(given.dates[1], off_line=False))
    table = timeline(replace(given, events=(old, *given.events[1:])))
    assert (table.first, table.last, table.before) == (Day(1931, 3, 3), Day(1931, 5, 2), 1)
    assert "1 earlier" in describe(table)


def test_what_stands_close_to_the_crisis_is_drawn_with_it() -> None:
    given = build.coding()
    assert given.events[0].when
    eve = replace(given.events[0].when, earliest=Day(1931, 2, 25), latest=Day(1931, 2, 25))
    table = timeline(replace(given, events=(replace(given.events[0], when=eve), *given.events[1:])))
    assert (table.first, table.last, table.before) == (Day(1931, 2, 25), Day(1931, 5, 2), 0)


def test_without_crisis_actors_the_events_make_the_window() -> None:
    table = timeline(replace(build.coding(), crisis_actors=(), crisis=()))
    assert (table.first, table.last) == (Day(1931, 3, 3), Day(1931, 5, 2))
    assert [lane.name for lane in table.lanes] == ["Others"]


def test_nothing_dated_gives_a_drawing_that_says_so() -> None:
    table = timeline(replace(build.coding(), crisis_actors=(), crisis=(), events=()))
    assert table.first is None
    assert "Nothing in the narrative could be dated." in draw_timeline(table)


@pytest.mark.parametrize(
    ("values", "last", "open_end"),
    [
        ({"termination_date": None}, Day(1931, 3, 9), True),
        ({"termination_date": "1931-05-66"}, Day(1931, 5, 10), False),
        ({"termination_date": "1931-06"}, Day(1931, 6, 30), False),
        ({"termination_date": "1930-06"}, Day(1931, 3, 9), True),
    ],
)
def test_a_bar_ends_with_its_crisis_or_is_open(values: dict[str, str | None], last: Day, open_end: bool) -> None:
    given = build.coding()
    table = timeline(replace(given, crisis_actors=(with_claims(given.crisis_actors[1], **values),)))
    assert (table.bars[0].last, table.bars[0].open_end) == (last, open_end)
    assert ("end not coded" in draw_timeline(table)) == open_end


def test_a_state_with_two_crises_has_two_lanes_and_its_events_fall_to_the_right_one() -> None:
    given = build.coding()
    first = with_claims(given.crisis_actors[1], trigger_date="1931-03-01", termination_date="1931-03-20")
    second = replace(with_claims(given.crisis_actors[1], trigger_date="1931-04-20"), row=2)
    table = timeline(replace(given, crisis_actors=(first, second)))
    assert [lane.name for lane in table.lanes[:2]] == ["Vesland (1)", "Vesland (2)"]
    lanes = {mark.label: mark.lane for mark in table.marks}
    assert (lanes["occupy territory"], lanes["withdraw forces"]) == (0, 1)


@pytest.mark.parametrize("years", [0, 1, 3, 10, 80, 900])
def test_drawings_are_xml_and_stay_inside_their_frame(years: int) -> None:
    text = draw_timeline(timeline(shifted(years)))
    root = ElementTree.fromstring(text)
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    for element in root.iter():
        for name, most in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(element.attrib.get(name, 0)) <= most
    texts = [element for element in root.iter(f"{SVG}text") if element.attrib.get("text-anchor") == "middle"]
    rows: dict[str, list[tuple[float, str]]] = {}
    for element in texts:
        rows.setdefault(element.attrib["y"], []).append((float(element.attrib["x"]), element.text or ""))
    for labels in rows.values():
        for (left, one), (right, other) in pairwise(labels):
            assert right - left > 3.4 * (len(one) + len(other)), (one, other)


def test_every_mark_has_a_title_and_leads_to_its_event() -> None:
    given = build.coding()
    root = ElementTree.fromstring(draw_timeline(timeline(given)))
    marked = {
        element.attrib["data-ref"]: element.findtext(f"{SVG}title") or ""
        for element in root.iter(f"{SVG}g")
        if "data-ref" in element.attrib
    }
    dated = [event for event in given.events if event.when]
    assert {event.id for event in dated} <= set(marked)
    assert marked[given.events[0].id] == "1931-03-03: Vesland: occupy territory → Estmark"
    assert marked[given.events[9].id].endswith("withdraw forces (demanded)")


def test_shapes_tell_what_colours_tell() -> None:
    text = draw_timeline(timeline(build.coding()))
    legend = text[text.rindex('<text class="grid') :] if '<text class="grid' in text else text
    for word in ("deed", "word", "thought", "armed force", "not done"):
        assert word in legend
    assert re.search(r'class="mark armed"', text)
    assert re.search(r'class="mark undone"', text)


def test_a_pile_too_high_to_draw_is_counted() -> None:
    given = build.coding()
    many = tuple(replace(given.events[0], id=f"event:{n}") for n in range(20))
    text = draw_timeline(timeline(replace(given, events=many)))
    assert text.count('class="mark') == 9
    assert ">+11</text>" in text


def test_names_are_data_in_a_drawing() -> None:
    given = build.coding()
    name = '"><script>alert(1)</script>'
    text = draw_timeline(timeline(replace(given, crisis_actors=(replace(given.crisis_actors[0], name=name),))))
    assert "<script" not in text
    ElementTree.fromstring(text)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (Day(1937, 6, 22), Day(1937, 6, 26), ["22", "23", "24", "25", "26"]),
        (Day(1937, 6, 22), Day(1937, 7, 8), ["23", "25", "27", "29", "1", "3", "5", "7"]),
        (Day(1937, 6, 1), Day(1937, 8, 25), ["1", "10", "20", "1", "10", "20", "1", "10", "20"]),
        (Day(1936, 11, 5), Day(1937, 3, 5), ["Dec", "Jan", "Feb", "Mar"]),
        (Day(1918, 5, 1), Day(1920, 4, 1), ["July", "Oct", "Jan", "Apr", "July", "Oct", "Jan", "Apr"]),
        (Day(1914, 7, 1), Day(1923, 12, 1), ["1916", "1918", "1920", "1922"]),
        (Day(-2, 1, 1), Day(2, 12, 31), ["3 BC", "2 BC", "1 BC", "1", "2"]),
    ],
)
def test_ticks_suit_the_span(first: Day, last: Day, labels: list[str]) -> None:
    assert [tick.label for tick in ticks(first, last, 9)] == labels


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (Day(1937, 6, 22), Day(1937, 6, 22), "22 June 1937"),
        (Day(1937, 6, 22), Day(1937, 6, 29), "22 – 29 June 1937"),
        (Day(1937, 6, 22), Day(1937, 7, 4), "22 June – 4 July 1937"),
        (Day(1936, 12, 22), Day(1937, 1, 4), "22 December 1936 – 4 January 1937"),
        (Day(1936, 8, 1), Day(1937, 6, 30), "August 1936 – June 1937"),
        (Day(1936, 2, 1), Day(1936, 2, 29), "February 1936"),
        (Day(1937, 2, 1), Day(1937, 2, 28), "February 1937"),
        (Day(1937, 6, 1), Day(1937, 6, 10), "1 – 10 June 1937"),
        (Day(1918, 1, 1), Day(1918, 12, 31), "1918"),
        (Day(1918, 1, 1), Day(1920, 12, 31), "1918 – 1920"),
        (Day(-479, 8, 1), Day(-479, 8, 31), "August 480 BC"),
    ],
)
def test_days_are_told_as_people_write_them(first: Day, last: Day, text: str) -> None:
    assert span_text(first, last) == text


@pytest.mark.parametrize(
    ("value", "text", "days"),
    [
        ("1937-06-22", "22 June 1937", (22, 22)),
        ("1937-06-66", "early June 1937", (1, 10)),
        ("1937-06-77", "mid-June 1937", (11, 20)),
        ("1937-06-88", "late June 1937", (21, 30)),
        ("1937-06", "June 1937", (1, 30)),
    ],
)
def test_coded_days_are_told_and_drawn(value: str, text: str, days: tuple[int, int]) -> None:
    given = build.coding()
    claim = replace(given.crisis[0], value=value)
    assert coded_day_text(value) == text
    found = claim_days(claim)
    assert found
    assert (found[0].day, found[1].day) == days
