"""Where a project's database is: a file for SQLite, a server for PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from brinkline.errors import MissingExtra, UsageError

_KNOWN = "name a file such as project.db, or postgresql://user@host/database"


def parse_address(url: str) -> URL:
    """The address as SQLAlchemy knows it. A text without "://" is the path of a SQLite file.

    UsageError BL160 for an address that names neither; MissingExtra when PostgreSQL's driver is not installed.
    """
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url)))
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise UsageError("BL160", f"not an address of a database: {url}", remedy=_KNOWN) from fault
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite")
    if backend not in ("postgresql", "postgres") or not parsed.database:
        raise UsageError("BL160", f"not an address of a database: {public(parsed)}", remedy=_KNOWN)
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingExtra("postgres", "a project on a PostgreSQL server") from None
    return parsed.set(drivername="postgresql+psycopg")


def public(url: URL) -> str:
    """The address for messages, without password; for SQLite the path of the file."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql", password=None).render_as_string()
