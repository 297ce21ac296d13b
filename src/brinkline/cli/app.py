"""The command table: every command of ``brinkline`` and its options, with examples first in each help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brinkline.cli.codebook_app import codebook_app
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
    epilog="Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 3 unreadable, 5 not found, 6 check failed, 70 a bug."
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
        list[str],
        typer.Argument(metavar="FILE", help="Files or folders with narratives; - reads from standard input."),
    ],
    as_: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Output: table, json, jsonl, csv, timeml, icb2 or html.")
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
    """
    from brinkline.cli.code import code_command

    options = {"workers": workers, "pipeline": pipeline, "text_column": text_column, "codebook": codebook}
    return code_command(files, as_, out, only, options)


@app.command()
def evaluate(
    coded: Annotated[
        Path,
        typer.Argument(metavar="CODED", help="The coding: JSON Lines of code --as jsonl, or a CSV as of --as icb2."),
    ],
    against: Annotated[
        Path,
        typer.Option("--against", metavar="HUMAN.csv", help="The human coding: ICB2, ICB1, ICBe, or any CSV with --mapping."),
    ],
    narratives: Annotated[
        Path | None, typer.Option("--narratives", metavar="FOLDER", help="Count only crises with a narrative in this folder.")
    ] = None,
    variables: Annotated[
        str | None, typer.Option("--variables", metavar="NAMES", help="Compare these alone, separated by commas.")
    ] = None,
    skip: Annotated[str | None, typer.Option("--skip", metavar="NUMBERS", help="Leave these crises out.")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE.toml", help="Which column of HUMAN.csv is what.")
    ] = None,
    as_: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table, json, csv or html.")] = "table",
    out: Annotated[
        str, typer.Option("--out", metavar="PATH", help="File, or folder for CSV tables; - is standard output.")
    ] = "-",
    misses: Annotated[int, typer.Option("--misses", help="Misses that the table on the terminal lists.", min=0)] = 10,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="SHARE", help="Exit with 6 when the mean share is less.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the bootstrap.")] = 1,
    resamples: Annotated[int, typer.Option("--resamples", help="Bootstrap resamples of crises.")] = 1000,
) -> int:
    """Measure a coding against a human coding: shares, kappa, alpha, dates, actors and every miss with its words.

    \b
    brinkline evaluate coded.jsonl --against icb2_v14.csv
    brinkline evaluate coded.csv --against icb2_v14.csv --narratives folder/ --fail-under 0.6
    brinkline evaluate coded.jsonl --against icb1_v14.csv --as html --out report.html
    brinkline evaluate coded.jsonl --against mine.csv --mapping mine.toml --variables triggr,outcom
    """
    from brinkline.cli.evaluate import evaluate_command

    options = {
        "mapping": mapping,
        "narratives": narratives,
        "skip": skip,
        "variables": variables,
        "seed": seed,
        "resamples": resamples,
    }
    return evaluate_command(coded, against, as_, out, fail_under, misses, options)


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


app.add_typer(codebook_app, name="codebook")
app.add_typer(rules_app, name="rules")
