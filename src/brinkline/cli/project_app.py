"""The commands of a project: init, add, list, show, why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[
    str | None, typer.Option("--project", metavar="DIR", help="Folder of the project; else the working folder and those above.")
]
AsOption = Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table, json or csv.")]


HERE = Path(".")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the project; made when it is not there.")] = HERE,
    title: Annotated[str, typer.Option("--title", help="Title of the project; else the name of its folder.")] = "",
    db: Annotated[
        str, typer.Option("--db", metavar="ADDRESS", help="postgresql://user@host/database instead of a file in the folder.")
    ] = "",
) -> int:
    """Make a project: a folder with brinkline.toml and a database.

    \b
    brinkline init crises --title "Border crises"
    brinkline init crises --db postgresql://team@localhost/crises     password: PGPASSWORD, .pgpass or BRINKLINE_DB
    """
    from brinkline.cli.project import init_command

    return init_command(folder, title, db)


def add(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files or folders with narratives.")],
    as_new: Annotated[
        bool, typer.Option("--as-new", help="A text whose number or title is known is another narrative, not a new revision.")
    ] = False,
    text_column: Annotated[
        str | None, typer.Option("--text-column", metavar="NAME", help="Column or key with the text, for CSV and JSON Lines.")
    ] = None,
    project: ProjectOption = None,
) -> int:
    """Add narratives to the project; a changed text of a known narrative becomes its new revision.

    \b
    brinkline add narratives/
    brinkline add case55.txt case56.docx cases.csv
    """
    from brinkline.cli.project import add_command

    return add_command(files, as_new, project, {"text_column": text_column})


def list_(as_: AsOption = "table", project: ProjectOption = None) -> int:
    """List the narratives of the project with their state.

    \b
    brinkline list
    brinkline list --as csv > narratives.csv
    """
    from brinkline.cli.project import list_command

    return list_command(as_, project)


def show(
    narrative: Annotated[str, typer.Argument(help="Number, key or title of a narrative.")],
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Any format of brinkline code.")] = "table",
    out: Annotated[str, typer.Option("--out", metavar="PATH", help="File to write to; - is standard output.")] = "-",
    project: ProjectOption = None,
) -> int:
    """Show the coding of a narrative, with what people decided.

    \b
    brinkline show 55
    brinkline show 55 --as html --out 55.html
    """
    from brinkline.cli.project import show_command

    return show_command(narrative, as_, out, project)


def why(
    narrative: Annotated[str, typer.Argument(help="Number, key or title of a narrative, or the id of a claim.")],
    variable: Annotated[str, typer.Argument(help="Name of a variable such as triggr; not needed with the id of a claim.")] = "",
    actor: Annotated[
        str, typer.Option("--actor", metavar="NAME", help="Only this actor: COW number, abbreviation, name.")
    ] = "",
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table or json.")] = "table",
    project: ProjectOption = None,
) -> int:
    """Show why a value is what it is: words, rule, what it was drawn from, decisions.

    \b
    brinkline why 55 triggr
    brinkline why 55 outcom --actor JPN
    brinkline why claim:0123456789abcdef
    """
    from brinkline.cli.project import why_command

    return why_command(narrative, variable, actor, as_, project)


_Command = Callable[..., int]


def register(app: typer.Typer) -> None:
    """Put the commands of projects on the command table."""
    app.command("list")(list_)
    commands: tuple[_Command, ...] = (init, add, show, why)
    for command in commands:
        app.command()(command)
