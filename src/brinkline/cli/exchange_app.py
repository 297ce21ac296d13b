"""The commands that take a project out and bring things in: export, load, release, cite."""

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


def release(
    name: Annotated[str, typer.Argument(help="Number of the release, such as 1.0.")],
    title: Annotated[str | None, typer.Option("--title", help="Title of the data; else that of the project.")] = None,
    creator: Annotated[
        list[str] | None, typer.Option("--creator", metavar="NAME", help='"Family, Given" or a body; an ORCID may follow.')
    ] = None,
    licence: Annotated[str | None, typer.Option("--licence", metavar="SPDX", help="Licence such as CC-BY-4.0.")] = None,
    as_: Annotated[
        list[str] | None, typer.Option("--as", metavar="FORMAT", help="Another format beside CSV; may be given again.")
    ] = None,
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Day of the release; else today.")] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="Folder instead of releases/NAME.")] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="DIR", help="Make an earlier release again, with its details and state.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Check the files of a release that was made instead.")] = False,
    project: ProjectOption = None,
) -> int:
    """Make a release: a frozen, numbered, citable package of the data. More details: [release] in brinkline.toml.

    \b
    brinkline release 1.0 --creator "Lund, Ada" --licence CC-BY-4.0 --as stata --as parquet
    brinkline release 1.0 --check
    """
    from brinkline.cli.release import check_command, release_command

    if check:
        return check_command(name, out, project)

    given = {"title": title, "creators": creator, "licence": licence, "day": day}
    return release_command(name, {key: value for key, value in given.items() if value}, as_ or [], out, like, project)


def cite(
    narratives: Annotated[
        list[str] | None, typer.Argument(metavar="NARRATIVE", help="Narratives to cite; else the last release.")
    ] = None,
    software: Annotated[bool, typer.Option("--software", help="Cite the program.")] = False,
    as_: Annotated[str, typer.Option("--as", metavar="FORM", help="text, bibtex, csl or ris.")] = "text",
    project: ProjectOption = None,
) -> int:
    """Print how to cite the data, the program or a narrative.

    \b
    brinkline cite
    brinkline cite 55 --as bibtex
    """
    from brinkline.cli.release import cite_command

    return cite_command(narratives or [], software, as_, project)


def register(app: typer.Typer) -> None:
    """Put these commands on the command table."""
    commands: tuple[Callable[..., int], ...] = (export, load, release, cite)
    for command in commands:
        app.command()(command)
