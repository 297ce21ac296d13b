"""Backups: a dated copy that is whole, brought back as a whole or not at all; a project moves between the two databases."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from brinkline.decision import Decision
from brinkline.errors import ProjectError
from brinkline.store import schema
from brinkline.store.backup import backup, list_backups, restore
from brinkline.store.claims import claims_of
from brinkline.store.codings import current_coding, store_coding
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import decide, decisions_of
from brinkline.store.integrity import check
from brinkline.store.narratives import add_narrative, list_narratives
from brinkline.store.people import add_person, list_people
from build import coding
from store_fixtures import Cluster

AT = "2026-11-24T10:00:00.000000Z"
LATER = "2026-11-25T11:30:00.250000Z"


def fill(database: Database) -> None:
    given = coding()
    with database.writing() as conn:
        revision = add_narrative(conn, given.narrative, given.sentences, AT).revision_id
        store_coding(conn, given, revision, AT)
        person = add_person(conn, "Ada", "coder", AT)
        for number, claim in enumerate(claims_of(conn, revision)[:3]):
            decide(conn, Decision(f"decision:{number}", claim.id, person.id, AT, "accept", "s", note="ünsicher"))


def address(database: Database) -> str:
    return str(database.path) if database.path else database.engine.url.render_as_string(hide_password=False)


def state(database: Database) -> tuple[object, ...]:
    with database.reading() as conn:
        rows = list_narratives(conn)
        codings = tuple(current_coding(conn, row.revision) for row in rows)
        found = conn.execute(schema.found_sentence.select().with_only_columns(schema.found_sentence.c.words)).scalars().all()
        return rows, codings, decisions_of(conn), list_people(conn), sorted(found)


def test_a_backup_brings_back_the_state_of_its_time(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = state(database)
    made = backup(database, tmp_path / "backups", AT)
    with database.writing() as conn:
        add_person(conn, "Bo", "coder", LATER)
        given = coding()
        decide(conn, Decision("decision:9", decisions_of(conn)[0].claim, list_people(conn)[0].id, LATER, "reject", "s"))
        store_coding(conn, given, list_narratives(conn)[0].revision, LATER)
    changed = state(database)
    assert changed != before
    done = restore(address(database), made, LATER)
    assert state(database) == before, "an open database sees the restored one"
    with database.writing() as conn:
        assert check(conn) == ()
        add_person(conn, "Cy", "coder", LATER)
        person = list_people(conn)[0].id
        assert decide(conn, Decision("decision:10", decisions_of(conn)[0].claim, person, LATER, "reject", "s"))
    assert done.kept is not None
    restore(address(database), done.kept, "2026-11-26T00:00:00.000000Z")
    assert state(database) == changed, "what was replaced is kept and can be brought back"


def test_backups_are_listed_by_date_and_nothing_else_is(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    second, first = backup(database, folder, LATER), backup(database, folder, AT)
    third = backup(database, folder, "2026-12-01T00:00:00Z", dump=True)
    (folder / "project-notes.txt").write_text("mine")
    (folder / "project-2026-11-24T100000Z.db.part").write_text("half")
    assert list_backups(folder) == (first, second, third)
    again = backup(database, folder, AT)
    assert again not in (first, second, third)
    assert set(list_backups(folder)) == {first, second, third, again}


def test_the_same_rows_give_the_same_dump(database: Database, tmp_path: Path) -> None:
    fill(database)
    one = backup(database, tmp_path / "a", AT, dump=True)
    two = backup(database, tmp_path / "b", AT, dump=True)
    assert one.read_bytes() == two.read_bytes()


def test_a_project_moves_between_file_and_server(tmp_path: Path, cluster: Cluster) -> None:
    with ExitStack() as opened:

        def opening(url: str, *, create: bool = False) -> Database:
            return opened.enter_context(closing(open_database(url, create=create)))

        _move(tmp_path, cluster, opening)


def _move(tmp_path: Path, cluster: Cluster, opening: Callable[..., Database]) -> None:
    file = opening(str(tmp_path / "project.db"), create=True)
    fill(file)
    server_url = cluster.new()
    restore(server_url, backup(file, tmp_path / "a", AT, dump=True), AT)
    server = opening(server_url)
    assert state(server) == state(file)
    restore(str(tmp_path / "again.db"), backup(server, tmp_path / "b", AT), AT)
    again = opening(str(tmp_path / "again.db"))
    assert state(again) == state(file)
    assert gzip.decompress(backup(again, tmp_path / "c", AT, dump=True).read_bytes()) == gzip.decompress(
        backup(file, tmp_path / "d", AT, dump=True).read_bytes()
    )


@pytest.mark.parametrize("hurt", ["cut off", "changed", "empty", "another file", "not there"])
@pytest.mark.parametrize("dump", [False, True])
def test_a_backup_that_is_damaged_replaces_nothing(tmp_path: Path, hurt: str, dump: bool) -> None:
    database = open_database(str(tmp_path / "project.db"), create=True)
    fill(database)
    before = state(database)
    made = backup(database, tmp_path / "backups", AT, dump=dump)
    content = made.read_bytes()
    middle = len(content) // 2
    if hurt == "cut off":
        made.write_bytes(content[:middle])
    elif hurt == "changed":
        made.write_bytes(content[:middle] + bytes(200) + content[middle + 200 :])
    elif hurt == "empty":
        made.write_bytes(b"")
    elif hurt == "another file":
        made.write_bytes(gzip.compress(b'{"a": 1}\n') if dump else b"a letter, not a database")
    else:
        made.unlink()
    if hurt == "changed" and not dump:  # bytes in the middle of a page may hit a text: damage the structure too
        made.write_bytes(content[:4096] + bytes(4096) + content[8192:])
    with pytest.raises(ProjectError) as caught:
        restore(str(database.path), made, LATER)
    assert caught.value.code == "BL412"
    assert state(database) == before
    assert not [path for path in tmp_path.iterdir() if "restored" in path.name or "replaced" in path.name]
    database.close()


def test_a_damaged_database_is_replaced_by_its_backup(tmp_path: Path) -> None:
    database = open_database(str(tmp_path / "project.db"), create=True)
    fill(database)
    before = state(database)
    made = backup(database, tmp_path / "backups", AT)
    database.close()
    (tmp_path / "project.db").write_bytes(b"nothing of it is left" * 500)
    done = restore(str(tmp_path / "project.db"), made, LATER)
    again = open_database(str(tmp_path / "project.db"))
    assert state(again) == before
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"nothing of it is left")
    again.close()


def test_nothing_is_restored_while_another_process_writes(tmp_path: Path) -> None:
    database = open_database(str(tmp_path / "project.db"), create=True)
    made = backup(database, tmp_path / "backups", AT)
    writer = sqlite3.connect(tmp_path / "project.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(ProjectError) as caught:
        restore(str(database.path), made, LATER)
    assert caught.value.code == "BL406"
    writer.close()
    with database.worker_lock(), pytest.raises(ProjectError) as caught:
        restore(str(database.path), made, LATER)
    assert caught.value.code == "BL406"
    database.close()
