"""Bringing the tables of a database to the version this program needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from brinkline.store.database import Database, version


def migrate(database: Database) -> tuple[str, str]:
    """The versions of the tables before and after; all steps are one transaction, so a fault leaves the old version whole."""
    before = version(database)
    config = Config()
    config.set_main_option("script_location", "brinkline.store:migrations")
    with database.writing() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
    return before, version(database)
