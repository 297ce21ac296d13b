"""Bringing the tables of a database to the version this program needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from brinkline.store.database import Database, version


def migrate(database: Database) -> tuple[str, str]:
    """The versions of the tables before and after; all steps are one transaction, so a fault leaves the old version whole."""
    before = version(database)
    with database.writing() as conn:
        bring_to(conn, "head")
    return before, version(database)


def bring_to(conn: Connection, number: str) -> None:
    """Run the steps up to a version ("head" for the last one) inside the transaction of ``conn``."""
    config = Config()
    config.set_main_option("script_location", "brinkline.store:migrations")
    config.attributes["connection"] = conn
    command.upgrade(config, number)
