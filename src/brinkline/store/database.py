"""``Database``: the connections to a project's tables. One writer at a time, readers beside it, each with a steady view."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.sql import column, table

from brinkline.errors import ProjectError
from brinkline.store.address import parse_address, public
from brinkline.store.faults import clear_errors, clear_file_errors
from brinkline.store.schema import TABLES_VERSION

Dialect = Literal["sqlite", "postgresql"]

#: Seconds to wait for another process that writes.
PATIENCE = 10.0
#: The number of the advisory lock that a batch holds on PostgreSQL ("brinkline" as digits of a telephone's keys).
_BATCH_LOCK = 274655463
_IN_USE = "another process is coding in this project"


class Database:
    """An open database of a project; made by ``open_database``. ``place`` names it in messages, without a password."""

    def __init__(self, url: URL, patience: float = PATIENCE) -> None:
        self.dialect: Dialect = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"
        self.place = public(url)
        self.path = Path(url.database) if self.dialect == "sqlite" and url.database else None
        self._url = url
        self._patience = patience
        self._file: int | None = None
        self._one_writer = threading.Lock()
        self.engine = _sqlite_engine(url, patience) if self.dialect == "sqlite" else _postgres_engine(url, patience)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; what it sees stays the same until the block ends."""
        self._follow_file()
        with clear_errors(self.place), self.engine.connect() as conn:
            if self.dialect == "postgresql":
                conn = conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with conn.begin():
                yield conn

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[Connection]:
        """A connection whose work is stored as a whole when the block ends, and not at all when it raises.

        What people did waits for the disk. Without ``lasting`` a power cut may take the last transactions away again, whole
        and in order (the end of the process never does): enough for codings, which can be made anew, and faster.

        ProjectError BL406 when another process writes for longer than the patience of this database.
        """
        if self.dialect == "postgresql":
            with clear_errors(self.place), self.engine.begin() as conn:
                if not lasting:
                    conn.exec_driver_sql("SET LOCAL synchronous_commit = off")
                yield conn
            return
        self._follow_file()
        with self._one_writer, clear_errors(self.place), self.engine.connect() as conn:
            conn = conn.execution_options(brinkline_writes="FULL" if lasting else "NORMAL")
            with conn.begin():
                yield conn

    @contextmanager
    def worker_lock(self) -> Iterator[None]:
        """The right to run a batch in this project, for one process at a time; it ends with the block or the process.

        ProjectError BL406 when another process holds it for longer than the patience of this database.
        """
        lock = self._file_lock() if self.path is not None else self._server_lock()
        with lock:
            yield

    def _follow_file(self) -> None:
        """Let go of connections to a file that another one has taken the place of (a restored backup)."""
        if self.path is None:
            return
        try:
            now = self.path.stat().st_ino
        except OSError:
            return
        if self._file is not None and self._file != now:
            self.engine.dispose()
        self._file = now

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        """A lock of its own file, held by SQLite, so that it works on every system and goes when the process dies."""
        beside = f"{self.path}-batch"
        with clear_errors(beside), closing(sqlite3.connect(beside, timeout=self._patience, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as fault:
                if getattr(fault, "sqlite_errorname", "") == "SQLITE_BUSY":
                    raise _in_use(self.place) from fault
                raise
            yield

    @contextmanager
    def _server_lock(self) -> Iterator[None]:
        with clear_errors(self.place), self.engine.connect() as conn:
            conn = conn.execution_options(isolation_level="AUTOCOMMIT")
            try:
                conn.execute(text(f"SELECT pg_advisory_lock({_BATCH_LOCK})"))
            except Exception as fault:
                if getattr(getattr(fault, "orig", None), "sqlstate", None) == "55P03":
                    raise _in_use(self.place) from fault
                raise
            try:
                yield
            finally:
                conn.execute(text(f"SELECT pg_advisory_unlock({_BATCH_LOCK})"))

    def close(self) -> None:
        """Every connection closed; the database can be opened again."""
        self.engine.dispose()


def open_database(url: str, *, create: bool = False, outdated: bool = False, patience: float = PATIENCE) -> Database:
    """The database at an address: a path, "sqlite:///..." or "postgresql://...". ``create`` makes its tables when it has none.

    ``outdated`` opens one of an earlier version too, which ``migrate`` brings up. ProjectError BL401 to BL411 says why a
    database cannot be used.
    """
    parsed = parse_address(url)
    path = parsed.database if parsed.get_backend_name() == "sqlite" else None
    if path is not None and not create:
        with clear_file_errors(path):
            there = Path(path).exists()
        if not there:
            raise ProjectError("BL402", "the database is not there", place=path, remedy="check the path, or: brinkline restore")
    database = Database(parsed, patience)
    try:
        _check(database, create, outdated)
    except BaseException:
        database.close()
        raise
    return database


def version(database: Database) -> str:
    """The version of the tables, "" when there are none; ProjectError BL401 when others have put tables there."""
    with database.reading() as conn:
        names = set(inspect(conn).get_table_names())
        if "alembic_version" in names and {"narrative", "claim", "decision"} <= names:
            return conn.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar_one()
        if names:
            raise ProjectError(
                "BL401",
                "this is a database, but not one of a project",
                place=database.place,
                remedy="name the database of a project, or an empty one for a new project",
            )
        return ""


def _check(database: Database, create: bool, outdated: bool) -> None:
    found = version(database)
    if not found and create:
        from brinkline.store.migrate import migrate

        _prepare(database)
        migrate(database)
    elif not found:
        raise ProjectError("BL401", "the database is empty", place=database.place, remedy="make a project with: brinkline init")
    elif found > TABLES_VERSION:
        raise ProjectError(
            "BL410",
            f"the database is of a newer version (tables {found}, this program knows {TABLES_VERSION})",
            place=database.place,
            remedy="install a newer brinkline; nothing was changed",
        )
    elif found < TABLES_VERSION and not outdated:
        raise ProjectError(
            "BL411",
            f"the database is of an earlier version (tables {found}, this program needs {TABLES_VERSION})",
            place=database.place,
            remedy="bring it up with: brinkline migrate (a backup is made first)",
        )


def _prepare(database: Database) -> None:
    """Settings that stay with a database: SQLite's log that lets readers go on beside a writer; UTF-8 on a server."""
    if database.path is not None:
        with clear_errors(database.place), closing(sqlite3.connect(database.path)) as conn:
            conn.execute("PRAGMA journal_mode = WAL")
        return
    with database.reading() as conn:
        encoding = conn.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise ProjectError(
            "BL401",
            f"the database keeps text as {encoding}, which cannot hold every narrative",
            place=database.place,
            remedy="make it anew: createdb --encoding UTF8 --template template0 NAME",
        )


def _sqlite_engine(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.execute("PRAGMA cache_size = -32768")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get("brinkline_writes")
        if writes:
            conn.exec_driver_sql(f"PRAGMA synchronous = {writes}")
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres_engine(url: URL, patience: float) -> Engine:
    options = f"-c lock_timeout={int(patience * 1000)} -c client_encoding=UTF8"
    return create_engine(url, pool_pre_ping=True, connect_args={"options": options, "application_name": "brinkline"})


def _in_use(place: str) -> ProjectError:
    return ProjectError("BL406", _IN_USE, place=place, remedy="wait until it is done, then run the command again")
