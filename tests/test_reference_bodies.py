"""The table of bodies and collectives: whole, consistent, and right where history is well known."""

from __future__ import annotations

import pytest

from brinkline import data
from brinkline.errors import NotFound
from brinkline.model import Day
from brinkline.reference.bodies import PACKAGE, bodies, bodies_by_name, body
from brinkline.reference.periods import Period, first_day, last_day, period

KINDS = {"global", "regional", "security", "other", "collective"}


def state_numbers() -> set[int]:
    return {int(row["cow"]) for row in data.table(PACKAGE, "states.csv") if row["cow"]}


def test_ids_are_unique_and_say_what_they_name() -> None:
    ids = [item.id for item in bodies()]
    assert len(ids) == len(set(ids)) >= 280
    for item in bodies():
        assert item.id.startswith("collective:" if item.kind == "collective" else "body:"), item.id
        assert item.kind in KINDS


def test_every_row_of_the_three_files_belongs_to_a_body() -> None:
    ids = {item.id for item in bodies()}
    assert {item.parent for item in bodies()} - ids <= {""}
    for name in ("body_names.csv", "body_members.csv"):
        assert {row["body"] for row in data.table(PACKAGE, name)} <= ids, name


def test_every_line_names_its_source_and_a_use_that_exists() -> None:
    assert [item.id for item in bodies() if not item.source] == []
    assert [row for row in data.table(PACKAGE, "body_members.csv") if not row["source"]] == []
    assert {row["use"] for row in data.table(PACKAGE, "body_names.csv")} == {"sure", "context"}


def test_organ_codes_are_those_of_the_codebook() -> None:
    assert {item.globorg for item in bodies()} == {None, 3, 4, 5, 6}
    assert {item.regorg for item in bodies()} <= {None, *range(2, 15)}
    assert all(item.globorg is not None for item in bodies() if item.kind == "global")
    assert all(item.globorg is None for item in bodies() if item.kind != "global")


def test_organs_do_not_live_before_their_body() -> None:
    by_id = {item.id: item for item in bodies()}
    early = [
        "oas-foreign-ministers",
        "inter-american-peace-committee",
        "european-council",
        "european-commission",
        "european-parliament",
        "ec-troika",
        "ec-monitor-mission",
        "pan-american-conference",
    ]
    for item in bodies():
        parent = by_id.get(item.parent)
        if parent and parent.period.since and item.period.since and item.id.removeprefix("body:") not in early:
            assert parent.period.since <= item.period.since, item.id


def test_no_name_stands_twice_for_one_body_in_one_period() -> None:
    for item in bodies():
        keys = [(name.text, name.period) for name in item.names]
        assert len(keys) == len(set(keys)), item.id


def test_two_bodies_that_share_a_sure_name_are_told_apart_by_date() -> None:
    for text, found in bodies_by_name().items():
        sure = [(item, name) for item, name in found if name.sure]
        for position, (item, name) in enumerate(sure):
            for other, later in sure[position + 1 :]:
                apart = not name.period.overlaps(later.period.since, later.period.until)
                assert apart, f"{text}: {item.id} and {other.id}"


def test_every_member_is_a_state_of_the_state_table() -> None:
    known = state_numbers()
    for item in bodies():
        assert {member.state for member in item.members} <= known, item.id


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("League of Nations", 1923, "body:league"),
        ("Council of the League", 1931, "body:league-council"),
        ("Security Council", 1956, "body:un-security-council"),
        ("General Assembly", 1956, "body:un-general-assembly"),
        ("Secretary-General of the United Nations", 1961, "body:un-secretary-general"),
        ("ONUC", 1961, "body:onuc"),
        ("UNFICYP", 1974, "body:unficyp"),
        ("UNTSO", 1956, "body:untso"),
        ("UNPROFOR", 1993, "body:unprofor"),
        ("UNSCOM", 1998, "body:unscom"),
        ("OAS", 1962, "body:oas"),
        ("Pan American Union", 1932, "body:pan-american-union"),
        ("OAU", 1977, "body:oau"),
        ("AU", 2008, "body:african-union"),
        ("Baghdad Pact", 1957, "body:cento"),
        ("CSCE", 1992, "body:osce"),
        ("OSCE", 2014, "body:osce"),
        ("ECOMOG", 1991, "body:ecomog"),
        ("Conference of Ambassadors", 1923, "body:conference-of-ambassadors"),
        ("World Court", 1931, "body:pcij"),
        ("World Court", 1986, "body:icj"),
    ],
)
def test_a_sure_name_means_one_body_in_its_time(name: str, year: int, expected: str) -> None:
    day = Day(year, 7, 1)
    found = [item.id for item, entry in bodies_by_name()[name] if entry.sure and entry.period.covers(day)]
    assert found == [expected]


@pytest.mark.parametrize(
    ("name", "globorg"),
    [("body:league-council", 6), ("body:un-general-assembly", 5), ("body:un-secretary-general", 4), ("body:unef", 3)],
)
def test_organ_levels(name: str, globorg: int) -> None:
    assert body(name).globorg == globorg


@pytest.mark.parametrize(
    ("name", "regorg"),
    [("body:arab-league", 2), ("body:nato", 3), ("body:oas", 4), ("body:oau", 5), ("body:african-union", 5), ("body:seato", 6),
     ("body:cento", 7), ("body:warsaw-pact", 8), ("body:gcc", 10), ("body:eu", 11), ("body:asean", 12), ("body:osce", 13),
     ("body:ecowas", 14), ("body:ecomog", 14)],
)  # fmt: skip
def test_regional_codes(name: str, regorg: int) -> None:
    assert body(name).regorg == regorg


@pytest.mark.parametrize(
    ("name", "day", "members"),
    [
        ("collective:western-allies", Day(1948, 6, 24), (2, 200, 220)),
        ("body:warsaw-pact", Day(1968, 8, 20), (265, 290, 310, 315, 339, 355, 360, 365)),
        ("body:warsaw-pact", Day(1969, 1, 1), (265, 290, 310, 315, 355, 360, 365)),
        ("body:little-entente", Day(1938, 9, 1), (315, 345, 360)),
        ("collective:p5", Day(1973, 10, 22), (2, 200, 220, 365, 710)),
        ("collective:gulf-states", Day(1990, 8, 2), (670, 690, 692, 694, 696, 698)),
        ("body:arab-league", Day(1948, 5, 15), (645, 651, 652, 660, 663, 670, 678)),
        ("collective:arab-states", Day(1948, 5, 15), (645, 651, 652, 660, 663, 670, 678)),
        ("collective:axis", Day(1935, 10, 3), ()),
    ],
)
def test_members_on_a_day(name: str, day: Day, members: tuple[int, ...]) -> None:
    assert body(name).members_on(day) == members


def test_an_unknown_body_is_an_error_that_says_where_to_look() -> None:
    with pytest.raises(NotFound) as caught:
        body("body:holy-alliance-of-nobody")
    assert caught.value.code == "BL520"
    assert "bodies.csv" in caught.value.remedy


def test_a_table_date_opens_to_its_widest_period() -> None:
    assert period("1936-02", "1936-02") == Period(Day(1936, 2, 1), Day(1936, 2, 29))
    assert (first_day("1936"), last_day("1936")) == (Day(1936, 1, 1), Day(1936, 12, 31))
    assert period("", "") == Period(None, None)
    assert period("1936", "").covers(Day(2020, 1, 1))
    assert not period("1936", "1937").covers(Day(1938, 1, 1))


@pytest.mark.parametrize(
    ("since", "until"), [("1936-13", ""), ("36", ""), ("1936-02-30", ""), ("1937", "1936"), ("c. 1936", "")]
)
def test_a_wrong_table_date_is_refused(since: str, until: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(since, until)
