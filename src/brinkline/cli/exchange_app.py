"""The commands that take a project out and bring things in: export, load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from brinkline.cli.project_app import ProjectOption


def export(
    narratives: Annotated[
        list[str] | None, typer.Argument(metavar="NARRATIVE", help="Narratives by number, key or title; else all of them.")
    ] = None,
    as_: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Any format of brinkline code, or project for the whole project.")
    ] = "csv",
    out: Annotated[
        str, typer.Option("--out", metavar="PATH", help="File, or folder ending in /, to write to; - is standard output.")
    ] = "-",
    project: ProjectOption = None,
) -> int:
    """Write what the project holds, values as people left them.

    \b
    brinkline export --as stata --out stata/
    brinkline export --as parquet --out parquet/
    brinkline export --as project --out project.jsonl      everything, to load into another project
    brinkline export 55 56 --as icb2
    """
    from brinkline.cli.exchange import export_command

    return export_command(narratives, as_, out, project)


def load(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A project file (JSON Lines), or a CSV of human codings.")],
    person: Annotated[
        str, typer.Option("--person", metavar="NAME", help="Who coded the table; asked for with CSV files.")
    ] = "",
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="FILE.toml", help="How a table of your own is laid out.")
    ] = None,
    project: ProjectOption = None,
) -> int:
    """Bring a project file or a table of human codings into the project, whole or not at all; a backup is made first.

    \b
    brinkline load project.jsonl
    brinkline load icb2.csv --person "ICB"
    brinkline load ours.csv --person Ann --mapping ours.toml
    """
    from brinkline.cli.exchange import load_command

    return load_command(file, person, mapping, project)


def register(app: typer.Typer) -> None:
    """Put these commands on the command table."""
    commands: tuple[Callable[..., int], ...] = (export, load)
    for command in commands:
        app.command()(command)
