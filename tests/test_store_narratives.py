"""Narratives in a project: a text is kept once and never changed, and is found by number, title or key."""

from dataclasses import replace

import pytest

from brinkline.errors import InputError, NotFound
from brinkline.model import Narrative, Sentence
from brinkline.store.database import Database
from brinkline.store.narratives import (
    add_narrative,
    find_narrative,
    list_narratives,
    narrative_key,
    narrative_of,
    revisions_of,
    stored_text,
)
from build import coding

AT = "2026-11-24T10:00:00.000000Z"


def plain(text: str, number: int | None = None, title: str = "", source: str = "") -> tuple[Narrative, tuple[Sentence, ...]]:
    return Narrative(text, number, title, source=source), (Sentence(0, 0, len(text), "summary", 0),)


def test_a_narrative_comes_out_as_it_went_in(database: Database) -> None:
    given = coding()
    with database.writing() as conn:
        added = add_narrative(conn, given.narrative, given.sentences, AT)
    with database.reading() as conn:
        assert added.what == "new"
        assert narrative_of(conn, added.revision_id) == given.narrative
        assert stored_text(conn, added.revision_id) == (given.narrative, given.sentences)


def test_adding_a_text_twice_adds_nothing(database: Database) -> None:
    given, sentences = plain("The fleet left port.", 7)
    with database.writing() as conn:
        first = add_narrative(conn, given, sentences, AT)
        again = add_narrative(conn, replace(given, source="elsewhere.txt"), sentences, AT)
        assert (again.what, again.revision_id) == ("unchanged", first.revision_id)
        assert len(list_narratives(conn)) == 1


def test_a_corrected_text_is_a_new_revision_and_the_old_one_stays(database: Database) -> None:
    with database.writing() as conn:
        first = add_narrative(conn, *plain("The fleet left port.", 7), AT)
        second = add_narrative(conn, *plain("The fleets left port.", 7), AT)
        back = add_narrative(conn, *plain("The fleet left port.", 7), AT)
        assert (second.what, second.before, back.what, back.before) == (
            "revision",
            first.revision_id,
            "revision",
            second.revision_id,
        )
        assert revisions_of(conn, first.narrative_id) == (first.revision_id, second.revision_id, back.revision_id)
        assert narrative_of(conn, first.revision_id).text == "The fleet left port."
        row = find_narrative(conn, 7)
        assert (row.revision, row.ordinal) == (back.revision_id, 3)


def test_another_text_under_a_known_number_can_be_a_narrative_of_its_own(database: Database) -> None:
    with database.writing() as conn:
        add_narrative(conn, *plain("One text.", 7, "Strait"), AT)
        other = add_narrative(conn, *plain("Another text.", 7, "Strait"), AT, as_new=True)
        assert other.what == "new"
        assert [row.key for row in list_narratives(conn)] == ["7", "7-2"]
        assert find_narrative(conn, "7-2").id == other.narrative_id
        with pytest.raises(NotFound) as caught:
            find_narrative(conn, "strait")
        assert (caught.value.code, caught.value.remedy) == ("BL551", "use a key: 7, 7-2")


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (plain("Text.", 12, "Some title", "a.txt")[0], "12"),
        (plain("Text.", None, "Gibraltar: the Second Siege", "a.txt")[0], "gibraltar-the-second-siege"),
        (plain("Text.", None, "Åland Íslands", "a.txt")[0], "aland-islands"),
        (plain("Text.", None, "", "/data/Siege of Acre.txt")[0], "siege-of-acre"),
        (plain("Text.", None, "", "C:\\texts\\acre.txt")[0], "acre"),
        (plain("Text.", None, "危机", "")[0], "text-f06dce27b84e"),
    ],
)
def test_a_narrative_goes_by_number_then_title_then_file_then_hash(given: Narrative, key: str) -> None:
    assert narrative_key(given) == key


def test_the_list_is_in_order_of_number_then_key(database: Database) -> None:
    with database.writing() as conn:
        for text, number, title in (("a", None, "Zebra"), ("b", 10, ""), ("c", 9, ""), ("d", None, "Ant")):
            add_narrative(conn, *plain(text, number, title), AT)
        assert [row.key for row in list_narratives(conn)] == ["9", "10", "ant", "zebra"]


def test_finding_by_number_title_key_or_id(database: Database) -> None:
    with database.writing() as conn:
        added = add_narrative(conn, *plain("Text.", 55, "Lake Selma"), AT)
        for ref in (55, "55", "LAKE SELMA", "Lake Selma", added.narrative_id):
            assert find_narrative(conn, ref).id == added.narrative_id


def test_a_wrong_name_gets_near_ones(database: Database) -> None:
    with database.writing() as conn:
        add_narrative(conn, *plain("Text.", 55, "Lake Selma"), AT)
        with pytest.raises(NotFound) as caught:
            find_narrative(conn, "Lake Salma")
        assert (caught.value.code, caught.value.remedy) == ("BL550", "did you mean lake selma?")
        with pytest.raises(NotFound):
            find_narrative(conn, "99999999999999999999")


@pytest.mark.parametrize("bad", ["half \ud83d a sign", "a \x00 in it"])
def test_signs_that_a_database_cannot_keep_are_refused_before_anything_is_stored(database: Database, bad: str) -> None:
    with database.writing() as conn:
        with pytest.raises(InputError) as caught:
            add_narrative(conn, *plain(bad, 3), AT)
        assert caught.value.code == "BL290"
        assert list_narratives(conn) == ()


def test_a_fault_inside_the_block_leaves_nothing_behind(database: Database) -> None:
    def broken() -> None:
        with database.writing() as conn:
            add_narrative(conn, *plain("Text.", 1), AT)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        broken()
    with database.reading() as conn:
        assert list_narratives(conn) == ()
