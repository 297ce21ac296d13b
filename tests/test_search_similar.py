"""Similar crises: agreement of values, distance of ordinal codes, rare values, likeness of courses, and the reasons told."""

import math
from dataclasses import replace

import numpy as np
import pytest

import search_project as tales
from brinkline import data
from brinkline.errors import NotFound, UsageError
from brinkline.reference.codebook import codebook
from brinkline.search import similar
from brinkline.search.profiles import LEVELS, in_time, weights_of
from brinkline.search.sequence import EventRow, Kind
from brinkline.search.similar import Table, common_course, compare_course, compare_row, courses
from brinkline.store.database import Database
from brinkline.store.narratives import add_narrative

NAN = math.nan


def table(*rows: tuple[float, ...], spans: tuple[float, ...], weights: tuple[float, ...] = (1.0, 1.0, 1.0)) -> Table:
    return Table(np.array(weights[: len(spans)]), np.array(spans), np.array(rows), np.arange(len(rows)))


def test_a_case_is_wholly_like_itself() -> None:
    likeness = compare_row(table((1, 2, 3), (2, 2, 1), (1, 1, 1), spans=(0, 0, 4)), 0)
    assert likeness.score[0] == 1


def test_nominal_codes_agree_or_not_and_ordinal_ones_by_distance() -> None:
    likeness = compare_row(table((1, 1), (2, 2), (5, 5), spans=(0, 4)), 0)
    assert likeness.agreement.tolist() == [[1, 1], [0, 0.75], [0, 0]]


def test_a_rare_value_counts_for_more_than_a_common_one() -> None:
    common = [(1.0, float(number)) for number in range(3, 9)]
    likeness = compare_row(table((1, 2), (1, 9), (7, 2), *common, spans=(0, 0)), 0)
    assert likeness.score[2] > likeness.score[1] > 0
    assert likeness.weights[1] > likeness.weights[0]


def test_what_is_not_coded_counts_neither_way() -> None:
    likeness = compare_row(table((1, 2), (1, NAN), (NAN, NAN), (3, 3), spans=(0, 0)), 0)
    assert likeness.score[1] == 1
    assert math.isnan(likeness.score[2])


def test_a_course_is_like_one_with_the_same_rare_acts_in_the_same_order() -> None:
    meet, demand, attack, leave = (
        ("do.meet", "CONSULT"),
        ("say.demand", "REQUEST"),
        ("do.attack", "ASSAULT"),
        ("do.leave", "YIELD"),
    )
    cases = [[meet, demand, attack], [meet, demand, attack], [meet, attack, demand], [meet, leave], [meet], []]
    score = compare_course(courses(cases), 0, cases[0])
    assert score[0] == pytest.approx(1)
    assert score[1] == pytest.approx(1)
    assert score[1] > score[2] > score[3] >= 0
    assert math.isnan(score[5])


def test_the_common_course_keeps_order_and_prefers_rare_acts() -> None:
    assert common_course(list("abcd"), list("bxd"), {}) == [(1, 0), (3, 2)]
    assert common_course(["a", "b"], ["b", "a"], {"a": 0.1, "b": 2.0}) == [(1, 0)]
    assert common_course([], ["a"], {}) == []


def test_events_stand_in_the_order_of_time_with_undated_ones_beside_their_neighbours() -> None:
    def row(position: int, first: int | None, mode: str = "done", kind: str = "do.attack") -> EventRow:
        return EventRow(str(position), Kind(kind, "", mode), (), (), first, first, position)

    rows = [row(0, 50), row(1, None), row(2, 10), row(3, None), row(4, 20, "threatened"), row(5, 12, kind="think.crisis_end")]
    assert [item.id for item in in_time(rows)] == ["2", "3", "0", "1"]


def test_every_compared_variable_is_in_the_codebook() -> None:
    for level in LEVELS:
        for name, weight in weights_of(level).items():
            assert codebook().variable(name, level).scale not in ("text", "identifier", "date")
            assert weight > 0
    assert sum(data.toml("brinkline.search", "similar.toml")["parts"].values()) == pytest.approx(1)


def test_the_nearest_case_comes_first_with_its_reasons(database: Database) -> None:
    twin = replace(tales.FORD, number=905, title="Pebble Ford Again")
    tales.store(database, (*tales.TALES, twin))
    with database.reading() as conn:
        found = similar(conn, "901")
        assert (found.number, found.title) == (901, "Pebble Ford")
        first, second = found.cases[:2]
        assert (first.number, first.score) == (905, 1)
        assert {item.field for item in first.shared} >= {"triggr", "outcom"}
        assert first.apart == ()
        assert [event.type for event in first.course] == [
            "demand",
            "reject",
            "attack",
            "withdraw",
            "cease_fire",
        ] or first.course
        assert second.number == 12
        assert second.score < 1
        assert ("break", "violent act", "violent act") in {(item.field, item.label, item.other_label) for item in second.shared}
        assert "attack" in {item.type for item in second.course}
        assert similar(conn, found.narrative_id) == found
        assert len(similar(conn, "901", limit=1).cases) == 1
        parts = [item.part for item in (*first.shared, *first.apart)]
        assert 0 < sum(parts) <= 1.001


def test_a_case_that_is_not_there_or_not_coded_is_told(database: Database) -> None:
    tales.store(database, tales.TALES)
    given = tales.coding_of(replace(tales.LAMP, number=77, title="Uncoded Bay"))
    with database.writing() as conn:
        add_narrative(conn, given.narrative, given.sentences, tales.AT)
    with database.reading() as conn:
        with pytest.raises(UsageError) as caught:
            similar(conn, "77")
        assert caught.value.code == "BL464"
        assert "Uncoded Bay" in caught.value.message
        with pytest.raises(NotFound):
            similar(conn, "4711")
