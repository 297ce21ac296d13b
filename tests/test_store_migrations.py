"""The steps that make the tables lead to the tables the program works with, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import brinkline.store.migrations.versions as steps
from brinkline.errors import ProjectError
from brinkline.store.database import Database, open_database, version
from brinkline.store.migrate import migrate
from brinkline.store.schema import FIXED, FOUND, TABLES_VERSION, metadata

_APART = ("found_text", "words_vector", "stems_vector", "found_sentence_words", "found_sentence_stems", "alembic_version")


def _in_common(given: object, name: str | None, *_: Any) -> bool:
    """What both databases have; full text is made in its own way on each."""
    return not (name or "").startswith(_APART)


def test_the_steps_make_the_tables_of_the_program(database: Database) -> None:
    with database.reading() as conn:
        context = MigrationContext.configure(conn, opts={"include_object": _in_common, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_last_step_is_the_version_of_the_program(database: Database) -> None:
    numbers = sorted(path.name[1:5] for path in Path(str(steps.__file__)).parent.glob("v*.py"))
    assert numbers[-1] == TABLES_VERSION == version(database)
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)], "one step for each number"


def test_every_table_that_is_only_added_to_has_its_triggers(database: Database) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if database.path else "SELECT tgname FROM pg_trigger"
    with database.reading() as conn:
        names = set(conn.execute(text(query)).scalars())
    ends = ("_update", "_delete") if database.path else ("",)
    assert {f"{table}_fixed{end}" for table in FIXED for end in ends} <= names
    assert set(FIXED) <= set(metadata.tables)


def test_every_index_table_can_be_cleared_by_revision() -> None:
    assert all("revision_id" in table.c for table in FOUND)
    assert {table.name for table in FOUND} == {name for name in metadata.tables if name.startswith("found_")}


def test_a_step_that_fails_leaves_the_old_tables_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "project.db"
    monkeypatch.setattr(
        "brinkline.store.migrations.rules._SQLITE_TEXT", ("CREATE TABLE half (a)", "CREATE TABLE no table at all")
    )
    with pytest.raises(Exception, match="syntax error"):
        open_database(str(path), create=True)
    with pytest.raises(ProjectError) as caught:
        open_database(str(path))
    assert caught.value.code == "BL401", "nothing of the step is there"
    monkeypatch.undo()
    database = open_database(str(path), create=True)
    with database.reading() as conn:
        assert "half" not in inspect(conn).get_table_names()
    assert migrate(database) == (TABLES_VERSION, TABLES_VERSION)
    database.close()
