"""Every kind of chart, on any coding: sound XML inside its frame, all text data, same bytes, and a table of the same data."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

import build
import charted
import drawn
import snapshot
from brinkline.charts import KINDS, chart, find_kind
from brinkline.charts.rows import Rows
from brinkline.errors import UsageError
from brinkline.record import Coding

ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "timeline"])
def test_the_drawing_has_not_changed_snapshot(kind: str) -> None:
    snapshot.check(f"lake_selma_{kind}.svg", chart(kind, build.coding()).svg + "\n")


@pytest.mark.parametrize("kind", KINDS)
@ANY
@given(coding=charted.codings())
def test_any_coding_gives_a_sound_drawing(kind: str, coding: Coding) -> None:
    svg = chart(kind, coding).svg
    wide, high = drawn.size(svg)
    for x, y in drawn.points(svg):
        assert 0 <= x <= wide
        assert 0 <= y <= high
    for _, words, (left, top, right, bottom) in drawn.words(svg):
        assert left >= -2, words
        assert right <= wide + 2, words
        assert top >= 0, words
        assert bottom <= high, words
    assert drawn.outward(svg) == []
    assert "<script" not in svg
    assert svg == chart(kind, coding).svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_has_a_title_words_and_a_table(kind: str) -> None:
    given = chart(kind, build.coding())
    root = drawn.root(given.svg)
    names = root.attrib["aria-labelledby"].split()
    said = {element.attrib["id"]: element.text for element in root if "id" in element.attrib and element.text}
    assert "LAKE SELMA" in (said[names[0]] or "")
    assert said[names[1]] == given.told
    assert given.rows.rows
    assert all(len(row) == len(given.rows.columns) for row in given.rows.rows)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_said_in_the_picture(kind: str) -> None:
    empty = charted.coding([], [])
    given = chart(kind, empty)
    assert given.told in [words for _, words, _ in drawn.words(given.svg)]
    assert given.rows.rows == ()


@pytest.mark.parametrize("kind", KINDS)
def test_inside_a_page_colours_come_from_the_page(kind: str) -> None:
    inside = chart(kind, build.coding(), standalone=False).svg
    assert "<style" not in inside
    assert "xmlns" not in inside


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_can_lead_to_its_record(kind: str) -> None:
    linked = chart(kind, build.coding(), standalone=False, link="#").svg
    assert '<a href="#event:' in linked
    assert 'role="group"' in linked  # the children of an image are hidden from screen readers
    assert "<a " not in chart(kind, build.coding(), standalone=False).svg


@pytest.mark.parametrize("kind", KINDS)
def test_two_drawings_of_a_kind_can_stand_on_one_page(kind: str) -> None:
    page = "".join(chart(kind, build.coding(), standalone=False, ident=name).svg for name in ("one", "two"))
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids)) > 3
    used = {
        name for found in re.findall(r'aria-labelledby="([^"]*)"|url\(#([^)]*)\)', page) for name in " ".join(found).split()
    }
    assert used <= set(ids)


def test_an_unknown_kind_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        find_kind("pie")
    assert caught.value.code == "BL170"
    assert "timeline, map" in caught.value.remedy


def test_a_row_with_too_few_cells_is_no_table() -> None:
    with pytest.raises(ValueError):
        Rows(("one", "two"), ((1,),))
