"""The commands under ``brinkline rules``: the rules of the data files, and a run of all their examples."""

from __future__ import annotations

from typing import Annotated

import typer

rules_app = typer.Typer(rich_markup_mode=None, add_completion=False)

FileOption = Annotated[
    str | None, typer.Option("--file", metavar="NAME", help="Only this data file, or the files of this folder.")
]
AsOption = Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table or json.")]


@rules_app.callback()
def rules() -> None:
    """Show the rules and words that brinkline reads with, and run the examples that stand beside them.

    \b
    brinkline rules test                          every example of every data file; exit code 6 when one fails
    brinkline rules test --file dates             the files of one folder
    brinkline rules list --file patterns.toml     the rules of one file with their examples
    """


@rules_app.command(name="test")
def run_examples(file: FileOption = None, as_: AsOption = "table") -> int:
    """Run every example of every data file; exit code 6 when one does not come out as its rule says.

    \b
    brinkline rules test
    brinkline rules test --file lexicon.csv
    brinkline rules test --as json
    """
    from brinkline.cli.rules import run_command

    return run_command(file, as_)


@rules_app.command(name="list")
def list_rules(file: FileOption = None, as_: AsOption = "table") -> int:
    """List the rules: file, id, source and examples, and how many have no example.

    \b
    brinkline rules list --file cues.toml
    brinkline rules list --as json
    """
    from brinkline.cli.rules import list_command

    return list_command(file, as_)
