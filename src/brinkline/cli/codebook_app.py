"""The commands under ``brinkline codebook``: its variables, the check of a codebook file, the comparison of two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup


class VariableGroup(TyperGroup):
    """Commands, or the name of a variable: ``brinkline codebook triggr`` means ``brinkline codebook show triggr``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command and its arguments; a first word that is no command is the variable to show."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["show", *args]
        return super().resolve_command(ctx, args)


codebook_app = typer.Typer(cls=VariableGroup, rich_markup_mode=None, add_completion=False)

AsOption = Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table, json or csv.")]
FileOption = Annotated[
    Path | None, typer.Option("--codebook", metavar="FILE.toml", help="A codebook of your own instead of the built-in one.")
]
LevelOption = Annotated[
    Literal["actor", "crisis"] | None, typer.Option("--level", metavar="LEVEL", help="Only this level: actor or crisis.")
]


@codebook_app.callback(invoke_without_command=True)
def codebook(ctx: typer.Context, as_: AsOption = "table", file: FileOption = None, level: LevelOption = None) -> int:
    """Show the codebook: its variables, one variable with codes and rules; check and compare codebook files.

    \b
    brinkline codebook                                 all variables of both ICB tables
    brinkline codebook triggr                          label, definition, codes and rules of one
    brinkline codebook --as csv --level actor
    brinkline codebook --codebook mine.toml
    brinkline codebook check mine.toml                 every fault, with place and remedy
    brinkline codebook diff mine-1.toml mine-2.toml    icb stands for the built-in codebook
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from brinkline.cli.codebook import list_command

    return list_command(as_, file, level)


@codebook_app.command()
def show(
    variable: Annotated[str, typer.Argument(metavar="VARIABLE", help="Name of the variable, such as triggr.")],
    as_: AsOption = "table",
    file: FileOption = None,
    level: LevelOption = None,
) -> int:
    """Show one variable: label, definition, scale, codes, missing codes and the rules that code it.

    \b
    brinkline codebook triggr
    brinkline codebook show trigent --level crisis --as json
    """
    from brinkline.cli.codebook import show_command

    return show_command(variable, as_, file, level)


@codebook_app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The codebook file.")],
    as_: AsOption = "table",
) -> int:
    """Check a codebook file: all its faults at once, each with place and remedy; exit code 6 when there are any.

    \b
    brinkline codebook check mine.toml
    brinkline codebook check mine.toml --as json
    """
    from brinkline.cli.codebook import check_command

    return check_command(file, as_)


@codebook_app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A codebook file, or icb for the built-in codebook.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A codebook file, or icb.")],
    as_: AsOption = "table",
) -> int:
    """Compare two codebooks: variables, labels, scales, codes and rules that were added, removed or changed.

    \b
    brinkline codebook diff mine-1.toml mine-2.toml
    brinkline codebook diff icb mine.toml --as csv
    """
    from brinkline.cli.codebook import diff_command

    return diff_command(old, new, as_)
