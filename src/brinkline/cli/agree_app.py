"""The commands ``agree`` and ``settle``: how far coders agree, and what they left different."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brinkline.cli.project_app import AsOption, ProjectOption


def agree(
    as_: AsOption = "table",
    pair: Annotated[tuple[str, str], typer.Option("--pair", metavar="A B", help="Two coders alone, by name.")] = ("", ""),
    variable: Annotated[
        str, typer.Option("--variable", metavar="NAME", help="One variable alone: actor.triggr, crisis.viol, date, event.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="Of the bootstrap; the same seed gives the same figures.")] = 1,
    resamples: Annotated[int, typer.Option("--resamples", min=0, max=100_000, help="Of the bootstrap.")] = 1000,
    project: ProjectOption = None,
) -> int:
    """Measure how far coders agree: percent, kappa, alpha, dates by overlap, events by F1, with intervals.

    \b
    brinkline agree
    brinkline agree --pair "Ana Ruiz" "Ben Okoro"
    brinkline agree --variable actor.triggr --as json
    """
    from brinkline.cli.agree import agree_command

    return agree_command(as_, [name for name in pair if name], variable, seed, resamples, project)


def settle(
    narrative: Annotated[
        str | None, typer.Argument(metavar="NARRATIVE", help="One narrative alone: number, key or title.")
    ] = None,
    as_: AsOption = "table",
    settled: Annotated[bool, typer.Option("--settled", help="What was settled instead, with who settled it.")] = False,
    file: Annotated[Path | None, typer.Option("--from", metavar="FILE.csv", help="Settle what this filled table says.")] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="NAME", help="Who settles, with --from.")] = None,
    project: ProjectOption = None,
) -> int:
    """List what coders left different; settle it elsewhere: export, fill in the column choice or value, bring it back.

    \b
    brinkline settle
    brinkline settle --as csv > differences.csv
    brinkline settle --from differences.csv --person "Ana Ruiz"
    """
    from brinkline.cli.agree import settle_command

    return settle_command(narrative, as_, settled, file, person, project)
