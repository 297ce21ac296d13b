"""A whole project in JSON Lines: out, into an empty project, out again byte by byte; the faults of a file, all at once."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import build
from brinkline.decision import Comment, Decision, StoredClaim
from brinkline.errors import InputError
from brinkline.exchange.project_lines import Loaded, load_project, read_project, write_project
from brinkline.model import Narrative, Quote, Run
from brinkline.record import Coding
from brinkline.store import schema
from brinkline.store.claims import add_claim, claim_id, claims_of
from brinkline.store.codings import current_coding, store_coding
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import add_comment, decide, decisions_of
from brinkline.store.narratives import add_narrative, find_narrative, list_narratives
from brinkline.store.people import add_person, find_person, set_active

AT = "2026-05-04T09:30:00.{:06d}Z"
ODD = "Line one.\u2028Line two of \U0001f30d 危机.\r\nEnd."


def at(number: int) -> str:
    return AT.format(number)


def other_run(given: Coding) -> Coding:
    return replace(given, run=Run("brinkline other", "1.0", (("reference", "ba9876543210"),), given.run.settings))


def fill(database: Database) -> None:
    """A project with everything a project can hold."""
    coding = build.coding()
    odd = Coding(coding.run, Narrative(ODD, None, "Odd signs", source="odd.txt"), (), (), (), (), (), ())
    with database.writing() as conn:
        ann, bo = add_person(conn, "Ann", "coder", at(1)), add_person(conn, "Bo Ås", "adjudicator", at(2))
        set_active(conn, bo.id, False)
        first = add_narrative(conn, coding.narrative, coding.sentences, at(3), ann.id)
        store_coding(conn, coding, first.revision_id, at(4))
        store_coding(conn, other_run(coding), first.revision_id, at(5))
        second = add_narrative(conn, odd.narrative, (), at(6))
        store_coding(conn, odd, second.revision_id, at(7))
        changed = replace(odd.narrative, text=ODD + " More.")
        add_narrative(conn, changed, (), at(8))
        given = {(item.subject, item.field): item for item in claims_of(conn, first.revision_id)}
        old = given["crisis", "viol"]
        own = human(first.revision_id, 3, ann.id)
        add_claim(conn, own)
        verdicts = [
            Decision("d-edit", old.id, ann.id, at(10), "edit", "icb 14", own.id, None, "see the text"),
            Decision("d-accept", given["actor:991", "triggr"].id, ann.id, at(11), "accept", "icb 14"),
            Decision("d-back", old.id, ann.id, at(12), "withdraw", "icb 14", None, "d-edit"),
            Decision("d-settle", old.id, bo.id, at(13), "adjudicate", "icb 14", own.id),
        ]
        for item in verdicts:
            assert decide(conn, item)
        add_comment(conn, Comment("c-1", old.id, ann.id, at(14), "Is this war?\nI doubt it."))
        add_comment(conn, Comment("c-2", "comment:c-1", bo.id, at(15), "No."))
        conn.execute(schema.scheme.insert().values(id="icb 14", kind="codebook", document='id = "icb"', added=at(16)))
        conn.execute(schema.release.insert().values(name="1.0", at=at(17), document='{"files": []}'))
        conn.execute(
            schema.assignment.insert().values(
                id="a-1", narrative_id=first.narrative_id, person_id=ann.id, blind=True, created=at(18), finished=None
            )
        )


def human(revision: str, value: int, author: str) -> StoredClaim:
    """A claim that a person makes."""
    words = "Estmark mobilized two regiments"
    start, end = build.find(words)
    name = claim_id(revision, "variable", "crisis", "viol", value, [(start, end)], author)
    quotes = (Quote(start, end, words),)
    return StoredClaim(
        name, revision, "variable", "crisis", "viol", value, "serious clashes", "quoted", quotes, author, 1.0, "", (), "", at(9)
    )


def exported(database: Database) -> str:
    stream = io.StringIO()
    with database.reading() as conn:
        lines = write_project(conn, stream)
    assert lines == stream.getvalue().count("\n")
    return stream.getvalue()


def loaded(database: Database, text: str) -> Loaded:
    with database.writing() as conn:
        return load_project(conn, read_project(io.StringIO(text)), "project.jsonl")


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes an empty project in SQLite or PostgreSQL."""
    made: list[Database] = []

    def make(dialect: str) -> Database:
        if dialect == "sqlite":
            path = tmp_path / f"other{len(made)}.db"
            shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
            made.append(open_database(str(path), patience=0.5))
        else:
            made.append(open_database(request.getfixturevalue("cluster").new("template_project"), patience=0.5))
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture(scope="module")
def project_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a full project."""
    database = open_database(str(tmp_path_factory.mktemp("full") / "project.db"), create=True)
    try:
        fill(database)
        return exported(database)
    finally:
        database.close()


def test_a_project_comes_back_byte_by_byte(database: Database, empty: Callable[[str], Database]) -> None:
    fill(database)
    text = exported(database)
    for dialect in ("sqlite", database.dialect):
        other = empty(dialect)
        done = loaded(other, text)
        assert exported(other) == text
        assert sum(done.added.values()) == text.count("\n") - 1
        assert not any(done.known.values())


def test_a_loaded_project_says_the_same(database: Database, empty: Callable[[str], Database]) -> None:
    fill(database)
    other = empty(database.dialect)
    loaded(other, exported(database))
    with database.reading() as old, other.reading() as new:
        assert list_narratives(old) == list_narratives(new)
        revision = find_narrative(old, 950).revision
        assert current_coding(old, revision) == current_coding(new, revision) == other_run(build.coding())
        assert claims_of(old, revision) == claims_of(new, revision)
        assert decisions_of(old) == decisions_of(new)
        assert find_person(new, "bo ås").role == "adjudicator"
        for table in schema.FOUND:  # the index for search
            count = select(func.count()).select_from(table)
            assert old.execute(count).scalar() == new.execute(count).scalar(), table.name


def test_loading_twice_adds_nothing(database: Database) -> None:
    fill(database)
    text = exported(database)
    done = loaded(database, text)
    assert exported(database) == text
    assert not any(done.added.values())
    assert sum(done.known.values()) == text.count("\n") - 1


def test_decisions_of_a_second_coder_are_added(database: Database, empty: Callable[[str], Database]) -> None:
    fill(database)
    other = empty("sqlite")
    loaded(other, exported(database))
    with other.writing() as conn:
        cleo = add_person(conn, "Cleo", "coder", at(30))
        revision = find_narrative(conn, 950).revision
        chosen = next(item for item in claims_of(conn, revision) if item.field == "regorg")
        decide(conn, Decision("d-cleo", chosen.id, cleo.id, at(31), "reject", "icb 14"))
    done = loaded(database, exported(other))
    assert done.added == {**dict.fromkeys(done.added, 0), "person": 1, "decision": 1}
    with database.reading() as conn:
        assert [item.id for item in decisions_of(conn)][-1] == "d-cleo"


def test_a_new_revision_of_a_known_narrative_goes_behind_the_last(database: Database, project_text: str) -> None:
    changed = replace(build.narrative(), text=build.TEXT + "\nMore.")
    with database.writing() as conn:
        add_narrative(conn, changed, (), at(40))
    loaded(database, project_text)
    with database.reading() as conn:
        row = find_narrative(conn, 950)
        assert (row.ordinal, row.characters) == (2, len(build.TEXT))
        assert row.claims


def test_no_password_leaves_the_project(database: Database) -> None:
    fill(database)
    with database.writing() as conn:
        conn.execute(schema.person.update().values(password="$argon2id$secret"))
    assert "argon2" not in exported(database)


# Faults


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def text_of(lines: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def number_of(lines: list[dict[str, Any]], **wanted: str) -> int:
    """The number in the file of the first line with these values."""
    return next(n for n, line in enumerate(lines, 1) if all(line.get(key) == value for key, value in wanted.items()))


CHANGES: list[tuple[str, dict[str, str], str, Any, str]] = [
    ("BL272", {"type": "scheme"}, "type", "schema", "is no kind of line"),
    ("BL273", {"type": "comment"}, "mood", "bad", "the key is not known"),
    ("BL274", {"type": "person"}, "role", "king", "'king' is not one of reader, coder"),
    ("BL274", {"type": "person"}, "active", 1, "true or false is expected"),
    ("BL274", {"type": "person"}, "name", None, "it is empty"),
    ("BL274", {"type": "narrative"}, "number", True, "a whole number is expected"),
    ("BL274", {"type": "narrative"}, "number", 2**40, "is not from 0 to"),
    ("BL274", {"type": "decision"}, "at", "yesterday", "is no UTC time"),
    ("BL274", {"type": "comment"}, "text", "a\x00b", "NUL or half a character"),
    ("BL274", {"type": "comment"}, "text", "\ud83d", "NUL or half a character"),
    ("BL274", {"type": "claim", "field": "viol"}, "evidence", [{"start": 3, "end": 1, "quote": ""}], "a list of objects"),
    ("BL274", {"type": "revision"}, "document", {"number": 950}, "the key"),
    ("BL274", {"type": "revision"}, "document", [], "an object is expected"),
    ("BL274", {"type": "revision"}, "sentences", [{"index": 0}], "the key 'start' is missing"),
    ("BL275", {"type": "revision"}, "text", "Other words.", "the hash is not that of the text"),
    ("BL275", {"type": "claim", "field": "viol"}, "value", 4, "the id is not that of the content"),
    ("BL275", {"type": "coding"}, "document", {}, "the hash is not that of the coding"),
    ("BL276", {"type": "decision"}, "person", "person:nobody", "there is no person 'person:nobody'"),
    ("BL276", {"type": "decision", "id": "d-back"}, "follows", "d-none", "there is no decision 'd-none'"),
    ("BL276", {"type": "decision", "id": "d-accept"}, "claim", "claim:none", "there is no claim 'claim:none'"),
]


@pytest.mark.parametrize(("code", "where", "key", "value", "words"), CHANGES)
def test_a_wrong_line_is_told_with_line_key_and_reason(
    database: Database, project_text: str, code: str, where: dict[str, str], key: str, value: Any, words: str
) -> None:
    lines = lines_of(project_text)
    number = number_of(lines, **where)
    lines[number - 1][key] = value
    with pytest.raises(InputError) as caught:
        loaded(database, "".join(json.dumps(line) + "\n" for line in lines))
    assert caught.value.code == code
    column = {"text": "digest", "document": "digest", "value": "id"}.get(key, key) if code == "BL275" else key
    column = "document" if key == "sentences" else column
    assert caught.value.place.startswith(f"project.jsonl, row {number}, column {column}")
    assert words in caught.value.message
    assert_empty(database)


def assert_empty(database: Database) -> None:
    with database.reading() as conn:
        for table in schema.metadata.sorted_tables:
            assert conn.execute(select(func.count()).select_from(table)).scalar() == 0, table.name


def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_stored(database: Database, project_text: str) -> None:
    lines = lines_of(project_text)
    for key, value in (("role", "king"), ("created", "soon")):
        lines[number_of(lines, type="person") - 1][key] = value
    lines[number_of(lines, type="comment", id="c-2") - 1]["person"] = "person:none"
    del lines[number_of(lines, type="release") - 1]["at"]
    text = text_of(lines) + "not json\n"
    with pytest.raises(InputError) as caught:
        loaded(database, text)
    told = str(caught.value)
    assert "faults in project.jsonl; nothing was imported" in told
    for words in ("'king'", "'soon'", "person:none", "the key is missing", f"row {len(lines) + 1}: this is not JSON"):
        assert words in told
    assert_empty(database)


def test_words_that_do_not_stand_in_the_text_are_told(database: Database, project_text: str) -> None:
    lines = lines_of(project_text)
    number = number_of(lines, type="claim", field="viol", label="serious clashes")
    line = lines[number - 1]
    line["evidence"][0]["quote"] = "Estmark mobilized six regiments"
    with pytest.raises(InputError) as caught:
        loaded(database, text_of(lines))
    assert caught.value.code == "BL277"
    assert f"row {number}, column evidence" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "BL270"),
        ("{}\n", "BL270"),
        ('{"type": "project", "layout": "99"}\n', "BL270"),
        ("narrative,number\n", "BL271"),
        ("[1]\n", "BL271"),
        ('{"type": "project", "layout": "1"}\n{"type": "person", "id": NaN}\n', "BL271"),
        ('{"type": "project", "layout": "1"}\n{"type": "claim", "confidence": 1e999}\n', "BL271"),
    ],
)
def test_what_is_no_project_file_is_told(database: Database, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        loaded(database, text)
    assert caught.value.code == code


def test_a_file_that_is_no_utf8_is_told(database: Database, project_text: str, tmp_path: Path) -> None:
    path = tmp_path / "project.jsonl"
    path.write_bytes(project_text.encode("utf-16"))
    with pytest.raises(InputError) as caught, path.open(encoding="utf-8") as stream, database.writing() as conn:
        load_project(conn, read_project(stream), path.name)
    assert caught.value.code == "BL271"
    assert "UTF-8" in str(caught.value)


def test_another_decision_under_a_known_id_is_no_silent_loss(database: Database, project_text: str) -> None:
    loaded(database, project_text)
    lines = lines_of(project_text)
    lines[number_of(lines, type="decision", id="d-accept") - 1]["verdict"] = "reject"
    with pytest.raises(InputError) as caught:
        loaded(database, text_of(lines))
    assert caught.value.code == "BL278"
    assert "another decision 'd-accept'" in str(caught.value)


def test_another_person_of_the_same_name_is_told(database: Database, project_text: str) -> None:
    loaded(database, project_text)
    lines = lines_of(project_text)
    lines[number_of(lines, type="person", name="Ann") - 1]["id"] = "person:other"
    with pytest.raises(InputError, match="another person called 'Ann'"):
        loaded(database, text_of(lines))
