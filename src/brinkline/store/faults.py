"""What a database driver reports, as errors a user can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from brinkline.errors import ProjectError

_BUSY = "the database is in use by another process"
_WAIT = "wait until it is done, then run the command again"
_SPACE = "free some space and run the command again; nothing was half stored"

#: Error code, what happened, what to do; by the name SQLite gives the fault (its first parts count, the longest first).
_SQLITE: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("SQLITE_FULL", ("BL405", "the disk is full", _SPACE)),
    (
        "SQLITE_BUSY",
        ("BL406", _BUSY, _WAIT),
    ),
    (
        "SQLITE_LOCKED",
        ("BL406", _BUSY, _WAIT),
    ),
    ("SQLITE_NOTADB", ("BL401", "this is not a database of a project", "name the folder of a project")),
    (
        "SQLITE_CORRUPT",
        ("BL407", "the database is damaged", "see what is left: brinkline doctor; then: brinkline restore"),
    ),
    ("SQLITE_IOERR", ("BL408", "the disk does not answer", "check the disk, then: brinkline doctor")),
    ("SQLITE_CANTOPEN", ("BL404", "the database cannot be opened", "check that the folder exists and is yours to write to")),
    ("SQLITE_READONLY", ("BL404", "the database is read-only", "check your rights to the file and its folder")),
    ("SQLITE_PERM", ("BL404", "the database is read-only", "check your rights to the file and its folder")),
    ("SQLITE_AUTH", ("BL404", "the database is read-only", "check your rights to the file and its folder")),
)
_FILES = {errno.ENOSPC: "SQLITE_FULL", errno.EDQUOT: "SQLITE_FULL", errno.EFBIG: "SQLITE_FULL", errno.EIO: "SQLITE_IOERR"}
#: The same by SQLSTATE (PostgreSQL, appendix "Error Codes").
_POSTGRES: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("28", ("BL403", "the server refuses the name or password", "set PGPASSWORD or a ~/.pgpass line for this server")),
    ("3D", ("BL402", "the server has no such database", "create it first: createdb NAME")),
    (
        "53100",
        ("BL405", "the disk of the server is full", _SPACE),
    ),
    ("53300", ("BL402", "the server takes no more connections", "try again later")),
    ("55P03", ("BL406", _BUSY, _WAIT)),
    ("57", ("BL402", "the server is shutting down or starting", "try again later")),
    ("08", ("BL402", "the server cannot be reached", "check host, port and network")),
    ("25006", ("BL404", "the database is read-only", "ask the owner of the server for write access")),
    ("42501", ("BL404", "the database does not let you do that", "ask the owner of the server for the rights")),
    ("XX001", ("BL407", "the database is damaged", "ask the owner of the server; then: brinkline restore")),
    ("XX002", ("BL407", "the database is damaged", "ask the owner of the server; then: brinkline restore")),
    ("58", ("BL408", "the disk of the server does not answer", "ask the owner of the server")),
)
#: While connecting PostgreSQL's driver knows no SQLSTATE, only words.
_CONNECTING: tuple[tuple[str, str], ...] = (
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("role ", "28"),
    ("no pg_hba.conf entry", "28"),
    ("database ", "3D"),
    ("too many clients", "53300"),
    ("starting up", "57"),
    ("shutting down", "57"),
)


@contextmanager
def clear_errors(place: str) -> Iterator[None]:
    """Faults of the database inside the block come out as ProjectError with a code of BL401 to BL409; others pass through."""
    try:
        yield
    except DBAPIError as fault:
        error = project_error(fault.orig if fault.orig is not None else fault, place)
        if error is None:
            raise
        raise error from fault
    except sqlite3.Error as fault:
        error = project_error(fault, place)
        if error is None:
            raise
        raise error from fault


@contextmanager
def clear_file_errors(place: str) -> Iterator[None]:
    """Faults of files inside the block come out as ProjectError BL404, BL405 or BL408."""
    try:
        yield
    except OSError as fault:
        known = _by_name(_FILES.get(fault.errno or 0, ""))
        why = known or (
            "BL404",
            f"a file cannot be written or read: {fault.strerror}",
            "check the folder and your rights to it",
        )
        raise ProjectError(why[0], why[1], place=place, remedy=why[2]) from fault


def project_error(fault: BaseException, place: str) -> ProjectError | None:
    """The error a user can act on; None for a fault that only a bug can cause."""
    known = _known(fault)
    if known is None:
        return None
    code, message, remedy = known
    return ProjectError(code, message, place=place, remedy=remedy)


def _known(fault: BaseException) -> tuple[str, str, str] | None:
    if "are only added, never changed" in str(fault):
        return "BL409", "what was coded or decided is never changed, only added to", "take a decision back with: withdraw"
    if isinstance(fault, sqlite3.Error):
        name = getattr(fault, "sqlite_errorname", "") or ""
        return _by_name(name)
    state = getattr(fault, "sqlstate", None)
    if state is None and type(fault).__name__ == "OperationalError":
        text = str(fault)
        state = next((state for words, state in _CONNECTING if words in text), "08")
    return next((known for start, known in _POSTGRES if state is not None and state.startswith(start)), None)


def _by_name(name: str) -> tuple[str, str, str] | None:
    return next((known for start, known in _SQLITE if name.startswith(start)), None)
