"""The command table: every command of ``brinkline`` and its options, with examples first in each help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brinkline.cli import agree_app, care_app, chart_app, exchange_app, project_app, search_app, serve_app, site_app
from brinkline.cli.codebook_app import codebook_app
from brinkline.cli.evaluate_app import evaluate_app
from brinkline.cli.people_app import people_app
from brinkline.cli.project_app import ProjectOption
from brinkline.cli.rules_app import rules_app
from brinkline.version import __version__

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"brinkline {__version__}")
        raise typer.Exit()


@app.callback(
    epilog="Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 3 unreadable, 4 project or database, 5 not found, "
    "6 check failed, 70 a bug."
)
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Narratives of international crises in, structured data out; every value shows the words that support it.

    Nothing is sent anywhere: all work is done on this machine.
    """


@app.command()
def code(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE", help="Files or folders with narratives; - reads from standard input. Without one: the project."
        ),
    ] = None,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help="Output: table, json, jsonl, csv, sqlite, parquet, stata, icb1, icb2, plover, geojson, jsonld, brat, timeml, "
            "html.",
        ),
    ] = "table",
    out: Annotated[
        str, typer.Option("--out", metavar="PATH", help="File, or folder ending in /, to write to; - is standard output.")
    ] = "-",
    only: Annotated[
        str | None, typer.Option("--only", metavar="STAGE", help="Stop after dates, actors, events or variables.")
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Worker processes for many narratives.")] = None,
    pipeline: Annotated[str | None, typer.Option("--pipeline", help="Installed spaCy pipeline that parses sentences.")] = None,
    text_column: Annotated[
        str | None, typer.Option("--text-column", metavar="NAME", help="Column or key with the text, for CSV and JSON Lines.")
    ] = None,
    codebook: Annotated[
        str | None, typer.Option("--codebook", metavar="FILE.toml", help="Code with a codebook of your own.")
    ] = None,
    project: ProjectOption = None,
) -> int:
    """Code narratives: dated events, crisis actors and variables, each with its words.

    \b
    brinkline code crisis.txt                            a table on the terminal
    brinkline code folder/ --as jsonl --out out.jsonl    one JSON object a narrative
    cat crisis.txt | brinkline code - --as json
    brinkline code crisis.txt --as html > crisis.html    one self-contained page
    brinkline code folder/ --only dates --as timeml --out tml/
    brinkline code folder/ --as icb2 --out coded.csv     the columns of the ICB actor table
    brinkline code folder/ --codebook mine.toml --as csv --out coded/
    brinkline code --workers 2                           in a project: what is new or outdated
    """
    options = {"workers": workers, "pipeline": pipeline, "text_column": text_column, "codebook": codebook}
    if not files:
        from brinkline.cli.project import code_project_command

        return code_project_command(options, project, as_=as_, out=out, only=only)

    from brinkline.cli.code import code_command

    return code_command(files, as_, out, only, options)


@app.command()
def sample(
    name: Annotated[str | None, typer.Argument(help="Name of a bundled narrative; without it their names are listed.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="File to write to instead of the terminal.")] = None,
) -> int:
    """Print a bundled sample narrative, or list their names.

    \b
    brinkline sample
    brinkline sample amur_river_1937 | brinkline code -
    """
    from brinkline.cli.sample import sample_command

    return sample_command(name, out)


@app.command()
def settings() -> int:
    """Show every setting, its value in force and where it can be set.

    \b
    brinkline settings
    BRINKLINE_WORKERS=2 brinkline settings
    """
    from brinkline.cli.settings import settings_command

    return settings_command()


project_app.register(app)
care_app.register(app)
search_app.register(app)
exchange_app.register(app)
app.command()(agree_app.agree)
app.command()(agree_app.settle)
app.command()(serve_app.serve)
app.command()(site_app.site)
app.command()(chart_app.chart)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(codebook_app, name="codebook")
app.add_typer(rules_app, name="rules")
app.add_typer(people_app, name="people")
