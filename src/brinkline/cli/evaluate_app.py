"""The commands under ``brinkline evaluate``: a coding against a human coding, and events against gold events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_HELP = ("--help", "-h")


class CodingGroup(TyperGroup):
    """Commands, or a coded file: ``brinkline evaluate CODED --against FILE`` means ``brinkline evaluate coding CODED ...``."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """The arguments with the command put in where they begin with a file or an option of ``coding``."""
        if args and args[0] not in self.commands and args[0] not in _HELP:
            args = ["coding", *args]
        return super().parse_args(ctx, args)


evaluate_app = typer.Typer(cls=CodingGroup, rich_markup_mode=None, add_completion=False)

AsOption = Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table, json, csv or html.")]
OutOption = Annotated[str, typer.Option("--out", metavar="PATH", help="File, or folder for CSV tables; - is standard output.")]
MissesOption = Annotated[int, typer.Option("--misses", help="Misses that the table on the terminal lists.", min=0)]
SkipOption = Annotated[str | None, typer.Option("--skip", metavar="NUMBERS", help="Leave these crises out.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the bootstrap.")]
ResamplesOption = Annotated[int, typer.Option("--resamples", help="Bootstrap resamples of crises.")]


@evaluate_app.callback()
def evaluate() -> None:
    """Measure a coding against a human coding, or events against gold events.

    \b
    brinkline evaluate coded.jsonl --against icb2_v14.csv
    brinkline evaluate coded.csv --against icb2_v14.csv --narratives folder/ --fail-under 0.6
    brinkline evaluate coded.jsonl --against icb1_v14.csv --as html --out report.html
    brinkline evaluate coded.jsonl --against mine.csv --mapping mine.toml --variables triggr,outcom
    brinkline evaluate events --against gold.json                           gold sentences are coded and compared
    brinkline evaluate events folder/ --against crisis_actor_type_domain.csv
    brinkline evaluate coding --help                                        options for codings
    brinkline evaluate events --help                                        options for events
    """


@evaluate_app.command()
def coding(
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
    skip: SkipOption = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE.toml", help="Which column of HUMAN.csv is what.")
    ] = None,
    as_: AsOption = "table",
    out: OutOption = "-",
    misses: MissesOption = 10,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="SHARE", help="Exit with 6 when the mean share is less.")
    ] = None,
    seed: SeedOption = 1,
    resamples: ResamplesOption = 1000,
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


@evaluate_app.command()
def events(
    against: Annotated[
        Path,
        typer.Option(
            "--against", metavar="FILE", help="PLOVER gold records (JSON), sentences with marks (TSV), or the ICBe table (CSV)."
        ),
    ],
    source: Annotated[
        Path | None,
        typer.Argument(metavar="NARRATIVES_OR_CODED", help="For ICBe: narratives to code, or codings of code --as jsonl."),
    ] = None,
    skip: SkipOption = None,
    as_: AsOption = "table",
    out: OutOption = "-",
    misses: MissesOption = 10,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="SHARE", help="Exit with 6 when macro-F1 (ICBe: F1) is less."),
    ] = None,
    seed: SeedOption = 1,
    resamples: ResamplesOption = 1000,
) -> int:
    """Measure events against gold events: who, to whom and of which root; against ICBe: actor by layer and domains.

    \b
    brinkline evaluate events --against gold.json
    brinkline evaluate events --against marked.tsv --as csv --out roots.csv
    brinkline evaluate events folder/ --against crisis_actor_type_domain.csv
    brinkline evaluate events coded.jsonl --against crisis_actor_type_domain.csv --skip 64,88
    """
    from brinkline.cli.evaluate_events import events_command

    options = {"skip": skip, "seed": seed, "resamples": resamples}
    return events_command(source, against, as_, out, fail_under, misses, options)
