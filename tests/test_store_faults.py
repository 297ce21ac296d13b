"""What goes wrong around a database: a clear error each time, and nothing that was stored is lost."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from brinkline.errors import InputError, MissingExtra, ProjectError, UsageError
from brinkline.model import Narrative, Sentence
from brinkline.store.backup import backup
from brinkline.store.codings import store_coding
from brinkline.store.database import Database, open_database, version
from brinkline.store.integrity import check
from brinkline.store.migrate import migrate
from brinkline.store.narratives import add_narrative, list_narratives
from brinkline.store.schema import TABLES_VERSION
from build import coding
from store_fixtures import Cluster

_DECISION = ("id", "claim_id", "person_id", "at", "verdict", "scheme", "note")
AT = "2026-11-24T10:00:00.000000Z"


def add(database: Database, number: int, size: int = 100) -> None:
    words = f"Narrative {number}. " + "The fleet left port. " * (size // 20)
    with database.writing() as conn:
        add_narrative(conn, Narrative(words, number), (Sentence(0, 0, len(words), "summary", 0),), AT)


def numbers(database: Database) -> list[int | None]:
    with database.reading() as conn:
        return [row.number for row in list_narratives(conn)]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A SQLite project with one narrative."""
    database = open_database(str(tmp_path / "project.db"), create=True, patience=0.3)
    add(database, 1)
    yield database
    database.close()


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ProjectError) as caught:
        call()
    assert caught.value.place
    assert caught.value.remedy
    return caught.value.code


def test_a_full_disk_loses_nothing_that_was_stored(file: Database) -> None:
    def fill() -> None:
        with file.engine.connect() as conn:
            pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
            conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        add(file, 2, 200_000)

    assert code_of(fill) == "BL405"
    file.close()  # the limit belongs to the connection: some space is free again
    assert numbers(file) == [1]
    add(file, 2, 200_000)
    assert numbers(file) == [1, 2]
    with file.reading() as conn:
        assert check(conn) == ()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a small disk is mounted by root on Linux only")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with closing(open_database(str(disk / "project.db"), create=True)) as database:
            add(database, 1)
            assert code_of(lambda: add(database, 2, 3_000_000)) == "BL405"
            with pytest.raises(OSError, match="space"):
                (disk / "ballast").write_bytes(bytes(3_000_000))
            assert code_of(lambda: backup(database, disk / "backups", AT)) == "BL405"
            assert list((disk / "backups").iterdir()) == []
            (disk / "ballast").unlink()
            add(database, 3)
            assert numbers(database) == [1, 3]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _as_nobody(path: str) -> None:
    """Exits with 0 when reading a project in a read-only folder works or says why not, and writing says why not."""
    os.setgid(65534)
    os.setuid(65534)
    try:
        database = open_database(path)
    except ProjectError as error:
        os._exit(0 if error.code == "BL404" else 2)
    try:
        add(database, 5)
    except ProjectError as error:
        os._exit(0 if error.code == "BL404" else 3)
    os._exit(4)


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming somebody without rights takes root")
@pytest.mark.parametrize("rights", [0o555, 0o000])
def test_a_folder_without_rights(file: Database, rights: int) -> None:
    assert file.path is not None
    folder = file.path.parent
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    file.close()
    file.path.chmod(0o444)
    folder.chmod(rights)
    try:
        process = multiprocessing.get_context("fork").Process(target=_as_nobody, args=(str(file.path),))
        process.start()
        process.join(30)
        assert process.exitcode == 0
    finally:
        folder.chmod(0o755)
        file.path.chmod(0o644)
    assert numbers(file) == [1]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert code_of(lambda: open_database(str(tmp_path / "no" / "project.db"), create=True)) == "BL404"
    assert code_of(lambda: open_database(str(tmp_path / "project.db"))) == "BL402"
    assert not (tmp_path / "project.db").exists()


@pytest.mark.parametrize(
    "content", [b"Dear Sir, this is a letter and no database. " * 200, b"", b"SQLite format 3\x00" + bytes(84)]
)
def test_a_file_that_is_no_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "project.db"
    path.write_bytes(content)
    assert code_of(lambda: open_database(str(path))) in ("BL401", "BL407")
    assert path.read_bytes() == content


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE photo (id INTEGER)")
    for create in (False, True):
        assert code_of(lambda create=create: open_database(str(path), create=create)) == "BL401"  # type: ignore[misc]
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]


def test_a_database_of_a_newer_and_of_an_earlier_version(database: Database) -> None:
    url = str(database.path) if database.path else database.engine.url.render_as_string(hide_password=False)
    add(database, 1)
    with database.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    assert code_of(lambda: open_database(url)) == "BL410"
    assert code_of(lambda: open_database(url, create=True, outdated=True)) == "BL410"
    with database.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert code_of(lambda: open_database(url)) == "BL411"
    with database.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": TABLES_VERSION})
    with closing(open_database(url)) as again:
        assert migrate(again) == (TABLES_VERSION, TABLES_VERSION)
        assert numbers(again) == [1]


def test_pages_that_were_overwritten_are_reported(file: Database, tmp_path: Path) -> None:
    assert file.path is not None
    with file.writing() as conn:
        added = add_narrative(conn, coding().narrative, coding().sentences, AT)
        store_coding(conn, coding(), added.revision_id, AT)
    file.close()
    healthy = file.path.read_bytes()
    found = []
    for page in range(2, len(healthy) // 4096, 4):
        copy = tmp_path / f"hurt-{page}.db"
        copy.write_bytes(healthy[: page * 4096] + b"\xa5" * 4096 + healthy[(page + 1) * 4096 :])
        try:
            with closing(open_database(str(copy))) as hurt, hurt.reading() as conn:
                found.append(len(check(conn)) > 0)
        except ProjectError as error:
            found.append(error.code in ("BL401", "BL407"))
        copy.unlink()
    assert len(found) > 20
    assert all(found)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE revision SET text = replace(text, 'fleet', 'float')", "revision"),
        ("UPDATE evidence SET start = start + 1", "evidence"),
        ("UPDATE claim SET value = '3' WHERE field = 'viol'", "claim"),
        ("UPDATE coding_claim SET position = position + 1000 WHERE position = 3", "coding"),
        ("UPDATE coding SET document = x'00'", "coding"),
        ("UPDATE coding SET digest = 'x'", "coding"),
        ("UPDATE run SET program = 'another'", "run"),
        ("DELETE FROM evidence WHERE position = 0", "claim"),
        ("DELETE FROM found_sentence WHERE sentence = 0", "found_sentence"),
        (f"INSERT INTO decision ({', '.join(_DECISION)}) VALUES ('d', 'none', 'p', '', 'accept', '', '')", "decision"),
    ],
)  # fmt: skip
def test_a_change_behind_the_program_is_found(file: Database, change: str, table: str) -> None:
    with file.writing() as conn:
        added = add_narrative(conn, coding().narrative, coding().sentences, AT)
        store_coding(conn, coding(), added.revision_id, AT)
        assert check(conn) == ()
    with closing(sqlite3.connect(str(file.path))) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%fixed%'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(change)
        conn.commit()
    with file.reading() as read:
        faults = check(read)
    assert table in {fault.table for fault in faults}


def test_a_writer_waits_for_another_and_then_says_so(database: Database) -> None:
    if database.dialect == "postgresql":
        pytest.skip("PostgreSQL lets several write at once")
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(str(database.path), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ready.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    ready.wait(10)
    assert code_of(lambda: add(database, 2)) == "BL406"
    assert numbers(database) == []  # readers are not held up
    done.set()
    holder.join()
    add(database, 2)
    assert numbers(database) == [2]


def test_one_batch_at_a_time(database: Database) -> None:
    url = str(database.path) if database.path else database.engine.url.render_as_string(hide_password=False)
    with closing(open_database(url, patience=0.3)) as other:
        with database.worker_lock():
            assert code_of(lambda: other.worker_lock().__enter__()) == "BL406"
            add(database, 1)  # the lock holds up batches, not writers
        with other.worker_lock():
            pass


def _hold(path: str, ready: str) -> None:
    with open_database(path).worker_lock():
        Path(ready).touch()
        time.sleep(60)


def test_a_killed_batch_frees_its_lock(file: Database, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(file.path), str(ready)))
    process.start()
    while not ready.exists():
        time.sleep(0.02)
    assert code_of(lambda: file.worker_lock().__enter__()) == "BL406"
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)
    with file.worker_lock():
        pass


def _write_on(path: str) -> None:
    with closing(open_database(path)) as database:
        for number in range(2, 100_000):
            add(database, number, 3_000)


def test_killing_a_writer_at_any_moment_leaves_whole_narratives(file: Database) -> None:
    for round_number in range(6):
        process = multiprocessing.get_context("fork").Process(target=_write_on, args=(str(file.path),))
        process.start()
        time.sleep(0.15 + 0.05 * round_number)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(10)
    with file.reading() as conn:
        assert check(conn) == ()
    stored = numbers(file)
    assert stored == list(range(1, len(stored) + 1))
    assert len(stored) > 1


def test_readers_see_a_steady_state(database: Database) -> None:
    add(database, 1)
    with database.reading() as conn:
        assert len(list_narratives(conn)) == 1
        add(database, 2)
        assert len(list_narratives(conn)) == 1
    assert numbers(database) == [1, 2]


def test_reading_never_writes(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("a reader of SQLite is told apart by the code only")
    with pytest.raises(ProjectError) as caught, database.reading() as conn:
        conn.execute(text("INSERT INTO project_note VALUES ('a', 'b')"))
    assert caught.value.code == "BL404"


def test_a_wrong_password_and_who_is_unknown(cluster: Cluster) -> None:
    url = cluster.new("template_project")
    cluster.sql("CREATE ROLE strict LOGIN PASSWORD 'right'")
    name = url.split("@/")[1]
    try:
        for user in ("strict:wrong", "strict", "nobody_known"):
            with pytest.raises(ProjectError) as caught:
                open_database(f"postgresql://{user}@/{name}")
            assert caught.value.code == "BL403", user
            assert "wrong" not in str(caught.value)
        with pytest.raises(ProjectError) as caught:
            open_database(f"postgresql://strict:right@/{name}")
        assert caught.value.code == "BL404", "may sign in, but not read"
    finally:
        cluster.sql("DROP ROLE strict")


def test_a_server_or_a_database_that_is_not_there(tmp_path: Path, cluster: Cluster) -> None:
    assert code_of(lambda: open_database(cluster.url("nowhere"))) == "BL402"
    assert code_of(lambda: open_database(f"postgresql://brinkline@/x?host={tmp_path}&port=1")) == "BL402"


def test_a_server_database_that_cannot_hold_every_text(cluster: Cluster) -> None:
    cluster.sql("CREATE DATABASE narrow ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    assert code_of(lambda: open_database(cluster.url("narrow"), create=True)) == "BL401"


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "sqlite://", "sqlite:///:memory:", "ftp://x/y"])
def test_an_address_that_names_no_database(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_database(url)
    assert caught.value.code == "BL160"


def test_without_its_driver_the_install_line_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra) as caught:
        open_database("postgresql://host/db")
    assert "pip install 'brinkline[postgres]'" in str(caught.value)


def test_what_only_a_bug_can_cause_is_not_dressed_up(database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, database.reading() as conn:
        conn.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, ProjectError | InputError)
    assert version(database) == TABLES_VERSION


def test_a_copied_project_is_its_own(file: Database, tmp_path: Path) -> None:
    assert file.path is not None
    file.close()
    shutil.copy(file.path, tmp_path / "copy.db")
    with closing(open_database(str(tmp_path / "copy.db"))) as copy:
        add(copy, 2)
        assert numbers(copy) == [1, 2]
    assert numbers(file) == [1]
