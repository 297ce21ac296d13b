"""The crisis map: one arc for each event, in order of time, labels apart, and no more columns than can be read."""

from dataclasses import replace

import pytest
from hypothesis import given

import build
import charted
import drawn
from brinkline.charts import chart, crisis_map, draw_crisis_map
from brinkline.charts.draw_crisis_map import told
from brinkline.model import Day, Event
from brinkline.record import Coding
from test_charts_kinds import ANY


def event(number: int, first: Day | None, last: Day | None = None, **changes: object) -> Event:
    """An event that stands at that place of the narrative, on that day."""
    model = build.coding().events[0]
    quote = replace(model.evidence, start=number, end=number + 1)
    day = charted.when(first, last or first) if first else None
    return replace(model, evidence=quote, when=day, **changes)  # type: ignore[arg-type]


@ANY
@given(coding=charted.codings())
def test_every_event_of_the_table_has_one_arc(coding: Coding) -> None:
    table = crisis_map(coding)
    ids = [deed.event for deed in table.deeds]
    assert drawn.refs(draw_crisis_map(table), "arc") == ids
    assert len(ids) == len(set(ids))
    with_actor = [event for event in coding.events if event.who or event.whom]
    assert len(ids) + table.background == len(with_actor)
    assert len(ids) + table.background + table.nobody == len(coding.events)


@ANY
@given(coding=charted.codings())
def test_columns_are_few_and_everybody_has_one(coding: Coding) -> None:
    table = crisis_map(coding)
    assert len(table.parties) <= 11
    tones = [party.tone for party in table.parties]
    assert len(set(tones)) == len(tones)
    for deed in table.deeds:
        assert all(0 <= end.party < len(table.parties) for end in (*deed.who, *deed.whom))


def test_ten_actors_and_eighty_events_stay_readable() -> None:
    events = [
        event(
            place,
            Day(1931, 1 + place // 8, 1 + place % 8),
            label=charted.LABELS[place % 5],
            mode=charted.MODES[place % 9],
            who=(charted.mention(place % 10),),
            whom=(charted.mention((place * 3 + 1) % 10),) if place % 4 else (),
        )
        for place in range(80)
    ]
    svg = draw_crisis_map(crisis_map(charted.coding(events, [])))
    labels = [(words, box) for kind, words, box in drawn.words(svg) if "halo" in kind.split() and words != "?"]
    assert len(labels) > 80  # an arc's label each, and the names repeated on the way down
    for place, (one, box) in enumerate(labels):
        for other, next_box in labels[place + 1 :]:
            assert not drawn.meet(box, next_box), (one, other)
    names = [box for kind, _, box in drawn.words(svg) if "lane-name" in kind]
    assert not any(drawn.meet(one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    shown = [words.split(" (")[0] for words, _ in labels]
    assert sum(words in charted.LABELS for words in shown) == 80  # none is cut


def test_rows_stand_in_order_of_time() -> None:
    year = (Day(1931, 1, 1), Day(1931, 12, 31))
    month = (Day(1931, 3, 1), Day(1931, 3, 31))
    events = [
        event(10, Day(1931, 3, 9)),
        event(20, *month),
        event(30, Day(1931, 1, 5)),
        event(40, *year),
        event(50, Day(1931, 3, 22), Day(1931, 4, 4)),
        event(60, Day(1931, 3, 1), Day(1931, 6, 30)),
        event(70, Day(1930, 12, 31), Day(1932, 1, 1)),
    ]
    deeds = crisis_map(charted.coding(events)).deeds
    assert [(deed.group, deed.day) for deed in deeds] == [
        ("Dec 1930", "31 – 1 Jan 1932"),
        ("1931", ""),
        ("Jan 1931", "5"),
        ("Mar 1931", ""),
        ("Mar 1931", "to June"),
        ("Mar 1931", "9"),
        ("Mar 1931", "22 – 4 Apr"),
    ]


def test_an_event_without_a_date_stands_behind_its_neighbour() -> None:
    events = [event(10, Day(1931, 3, 9)), event(20, None), event(30, None), event(40, Day(1931, 3, 1))]
    assert [deed.event for deed in crisis_map(charted.coding(events)).deeds] == ["event:3", "event:0", "event:1", "event:2"]
    first = [event(10, None), event(20, Day(1931, 3, 9))]
    deeds = crisis_map(charted.coding(first)).deeds
    assert [(deed.event, deed.day) for deed in deeds] == [("event:0", "no date"), ("event:1", "9")]


def test_the_background_is_counted_and_drawn_on_demand() -> None:
    old = event(5, Day(1884, 1, 1))
    old = replace(old, when=charted.when(Day(1884, 1, 1), Day(1884, 12, 31), off_line=True))
    given = charted.coding([old, event(10, Day(1931, 3, 9))])
    assert (len(crisis_map(given).deeds), crisis_map(given).background) == (1, 1)
    assert "1 of the background" in chart("map", given).told
    assert len(crisis_map(given, background=True).deeds) == 2


def test_crisis_actors_come_first_and_the_rest_is_others() -> None:
    events = [event(place, Day(1931, 3, 9), who=(charted.mention(place),), whom=()) for place in range(13)]
    rows = [charted.crisis_row(4, "1931-03-03", None), charted.crisis_row(2, None, None)]
    table = crisis_map(charted.coding(events, rows))
    assert [party.name for party in table.parties[:2]] == [charted.NAMES[4], charted.NAMES[2]]
    assert (len(table.parties), table.parties[-1].name) == (11, "Others")
    assert sum(deed.who[0].party == 10 for deed in table.deeds) == 3


def test_an_actor_has_one_colour_in_every_chart() -> None:
    given = build.coding()
    tones = {party.name: f"t{party.tone}" for party in crisis_map(given).parties}
    line = chart("timeline", given).svg
    for name in ("Estmark", "Vesland"):
        lane = line[line.index('<text class="lane-name" x="2" y="', line.index(f">{name}</text>") - 60) :]
        assert f"band {tones[name]}" in lane[:600]


def test_what_stayed_open_is_marked_and_a_small_collective_is_its_members() -> None:
    both = charted.mention(0)
    assert both.actor
    pair = replace(both, actor=replace(both.actor, kind="collective", id="x", cow=None, members=("state:900", "state:901")))
    table = crisis_map(charted.coding([event(1, None, who=(pair,), whom=(charted.mention(None),))], []))
    assert [party.key for party in table.parties] == ["cow:900", "cow:901"] or table.parties[-1].name == "Others"
    assert [end.certain for end in table.deeds[0].who] == [True, True]
    assert [end.certain for end in table.deeds[0].whom] == [False, False]
    assert "one of several, not settled" in draw_crisis_map(table)


@pytest.mark.parametrize(
    ("mode", "dashed", "struck"),
    [("done", 0, 0), ("ongoing", 0, 0), ("demanded", 1, 0), ("threatened", 1, 0), ("denied", 1, 2)],
)
def test_the_line_tells_how_it_is_meant(mode: str, dashed: int, struck: int) -> None:
    svg = draw_crisis_map(crisis_map(charted.coding([event(1, Day(1931, 3, 9), mode=mode)])))
    arc = svg[svg.index('<g class="arc"') :]
    arc = arc[: arc.index("</g>")]
    assert (arc.count("dashed"), arc.count('class="cross"')) == (dashed, struck)
    assert (f"({mode})" in arc.split("</title>")[1]) == (mode in ("ongoing", "demanded", "threatened"))


def test_an_arc_tells_who_did_what_to_whom() -> None:
    deeds = crisis_map(build.coding()).deeds
    assert told(deeds[0]) == "1931-03-03: Vesland: occupy territory → Estmark"
    assert "withdraw forces (demanded)" in told(next(deed for deed in deeds if deed.mode == "demanded"))


def test_the_crisis_of_an_actor_is_a_band_from_its_trigger_to_its_end() -> None:
    svg = draw_crisis_map(crisis_map(build.coding()))
    assert "Crisis of Vesland: 9 March 1931 – 2 May 1931" in svg
    open_end = charted.coding([event(1, Day(1931, 3, 9))], [charted.crisis_row(0, "1931-03-03", None)])
    assert "end not coded" in draw_crisis_map(crisis_map(open_end))
