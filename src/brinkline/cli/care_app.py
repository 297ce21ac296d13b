"""The commands that look after a project: doctor, backup, restore, migrate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from brinkline.cli.project_app import ProjectOption


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Build the index for search anew.")] = False,
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table or json.")] = "table",
    project: ProjectOption = None,
) -> int:
    """Check the project: hashes, ids, quoted words, references, index; nothing is changed without --mend.

    \b
    brinkline doctor
    """
    from brinkline.cli.care import doctor_command

    return doctor_command(mend, as_, project)


def backup(
    dump: Annotated[
        bool, typer.Option("--dump", help="Write all rows as text: SQLite and PostgreSQL can both take it in.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the backups instead.")] = False,
    project: ProjectOption = None,
) -> int:
    """Write a dated, checked copy of the database into the folder backups.

    \b
    brinkline backup
    brinkline backup --list
    brinkline backup --dump        to move between SQLite and PostgreSQL
    """
    from brinkline.cli.care import backup_command

    return backup_command(dump, list_, project)


def restore(
    file: Annotated[str, typer.Argument(metavar="BACKUP", help="File of the backup, or latest.")],
    project: ProjectOption = None,
) -> int:
    """Bring a backup back; it is checked first, and what is there now is kept beside it.

    \b
    brinkline restore latest
    brinkline restore backups/project-2026-11-24T162005.123456Z.db
    """
    from brinkline.cli.care import restore_command

    return restore_command(file, project)


def migrate(project: ProjectOption = None) -> int:
    """Bring the tables of the project to the version this program needs; a backup is made first.

    \b
    brinkline migrate
    """
    from brinkline.cli.care import migrate_command

    return migrate_command(project)


def register(app: typer.Typer) -> None:
    """Put these commands on the command table."""
    commands: tuple[Callable[..., int], ...] = (doctor, backup, restore, migrate)
    for command in commands:
        app.command()(command)
