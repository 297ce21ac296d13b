"""Dated backups of a project's database, and bringing one back: into a copy, which then takes the place of the present one.

A SQLite database is copied by SQLite while others go on working (``.db``); PostgreSQL's is written as a dump (``.jsonl.gz``,
``store.dump``), which a SQLite project can take in too, and the other way round: so a project moves from one to the other.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from brinkline.errors import ProjectError
from brinkline.store.address import parse_address
from brinkline.store.database import Database, open_database
from brinkline.store.dump import check_dump, damaged, read_dump, write_dump
from brinkline.store.faults import clear_errors, clear_file_errors
from brinkline.store.migrate import migrate

DUMP = ".jsonl.gz"
_DATED = re.compile(r"project-\d{4}-\d\d-\d\dT\d{6}(?:\.\d+)?Z(?:-\d+)?(?:\.db|\.jsonl\.gz)")


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was brought back, and where what was there before is kept (None when there was nothing to keep)."""

    source: Path
    kept: Path | None


def backup(database: Database, folder: Path, at: str, *, dump: bool = False) -> Path:
    """A copy of the database as it is now, named by the time, checked before it counts. ``dump`` writes one that both kinds of
    database can take in. ProjectError when it cannot be written; no part of it is left then."""
    plain = database.dialect == "sqlite" and not dump
    with clear_file_errors(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder / f"project-{at.replace(':', '')}", ".db" if plain else DUMP)
    part = path.with_name(f"{path.name}.part")
    try:
        if plain:
            _copy(database, part)
            check_file(part)
        else:
            write_dump(database, part)
            check_dump(part)
        with clear_file_errors(str(path)):
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def list_backups(folder: Path) -> tuple[Path, ...]:
    """The backups of a folder, the oldest first."""
    return tuple(sorted(path for path in folder.glob("project-*") if _DATED.fullmatch(path.name)))


def restore(url: str, source: Path, at: str) -> Restored:
    """Bring a backup back as the database at an address. The backup is checked and, if of an earlier version, brought up
    before anything is replaced. What was there is kept beside it (SQLite) or as a dump beside the backup (PostgreSQL).

    ProjectError BL412 for a backup that cannot be used, BL406 while another process writes.
    """
    if not source.is_file():
        raise ProjectError("BL412", "there is no such backup", place=str(source), remedy="brinkline backup --list shows them")
    parsed = parse_address(url)
    if parsed.get_backend_name() == "sqlite":
        return _restore_file(Path(parsed.database or ""), source, at)
    if not source.name.endswith(DUMP):
        raise damaged(source, "a server takes in dumps only (make one with: brinkline backup --dump)")
    with closing(open_database(url, create=True, outdated=True)) as database, database.worker_lock():
        kept = backup(database, source.parent, at)
        with database.writing() as conn:
            read_dump(conn, source)
    return Restored(source, kept)


def _free_name(start: Path, end: str) -> Path:
    """A name that no file has: a second backup of the same moment never takes the place of the first."""
    names = (start.with_name(f"{start.name}{f'-{number}' if number > 1 else ''}{end}") for number in count(1))
    return next(path for path in names if not path.exists())


def check_file(path: Path) -> None:
    """ProjectError BL412 unless the file is a whole SQLite database of a project."""
    try:
        with closing(sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True)) as conn:
            found = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
            conn.execute("SELECT count(*) FROM narrative").fetchone()
    except sqlite3.DatabaseError as fault:
        raise damaged(path, str(fault)) from fault
    if found != "ok":
        raise damaged(path, found)


def _restore_file(target: Path, source: Path, at: str) -> Restored:
    copy = target.with_name(f"{target.name}.restored")
    with Database(parse_address(str(target)), patience=2).worker_lock():
        _remove(copy)
        try:
            _fill(copy, source)
            kept = _swap(target, copy, at)
        finally:
            _remove(copy)
    return Restored(source, kept)


def _fill(copy: Path, source: Path) -> None:
    """A database of this version made from a backup of any kind."""
    if source.name.endswith(DUMP):
        with closing(open_database(str(copy), create=True)) as database, database.writing() as conn:
            read_dump(conn, source)
        _quiet(copy)
        return
    check_file(source)
    with clear_errors(str(copy)), closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    with closing(open_database(str(copy), outdated=True)) as database:
        migrate(database)
    _quiet(copy)


def _swap(target: Path, copy: Path, at: str) -> Path | None:
    """Put the copy in the place of the database, which keeps its content under a dated name; at no moment is there none."""
    if not target.exists():
        with clear_file_errors(str(target)):
            copy.replace(target)
        return None
    kept = target.with_name(f"{target.stem}-replaced-{at.replace(':', '')}.db")
    _quiet(target)
    with clear_file_errors(str(target)):
        try:
            kept.hardlink_to(target)
        except OSError:  # a file system without links
            shutil.copyfile(target, kept)
        for end in ("-wal", "-shm"):  # the log of the old file must not be read as one of the new
            beside = Path(f"{target}{end}")
            if beside.exists():
                beside.replace(f"{kept}{end}")
        copy.replace(target)
    return kept


def _quiet(target: Path) -> None:
    """Bring everything into the one file, and fail with BL406 when another process writes; a damaged file is left as it is."""
    try:
        with closing(sqlite3.connect(target, timeout=2, isolation_level=None)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        if getattr(fault, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            with clear_errors(str(target)):
                raise
    except sqlite3.DatabaseError:
        return


def _copy(database: Database, path: Path) -> None:
    with clear_errors(str(path)), closing(sqlite3.connect(str(database.path))) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)


def _remove(path: Path) -> None:
    with clear_file_errors(str(path)):
        for end in ("", "-wal", "-shm", "-batch"):
            Path(f"{path}{end}").unlink(missing_ok=True)
