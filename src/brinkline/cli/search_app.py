"""The commands that find things in a project: search, sequence, similar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from brinkline.cli.project_app import ProjectOption

AsOption = Annotated[str, typer.Option("--as", metavar="FORMAT", help="Output: table or json.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many results.")]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, help="Leave out so many results at the beginning.")]


def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="Words and terms; see docs/search.md.")],
    limit: LimitOption = 20,
    offset: OffsetOption = 0,
    as_: AsOption = "table",
    project: ProjectOption = None,
) -> int:
    """Find sentences by words and by what they were coded as.

    \b
    brinkline search '"border guards" actor:RUS -league'
    brinkline search 'dyad:JPN-RUS type:attack date:1937-06..1937-07'
    brinkline search 'triggr:9 (outcom:victory OR outcom:compromise)'
    """
    from brinkline.cli.search import search_command

    return search_command(" ".join(query), limit, offset, as_, project)


def sequence(
    query: Annotated[list[str], typer.Argument(metavar="SEQUENCE", help="Steps of events; letters stand for actors.")],
    limit: LimitOption = 20,
    offset: OffsetOption = 0,
    as_: AsOption = "table",
    project: ProjectOption = None,
) -> int:
    """Find crises by a sequence of events.

    \b
    brinkline sequence 'A demand B then within 10d A attack B then B yield A'
    """
    from brinkline.cli.search import sequence_command

    return sequence_command(" ".join(query), limit, offset, as_, project)


def similar(
    narrative: Annotated[str, typer.Argument(help="Number, key or title of a narrative.")],
    limit: LimitOption = 10,
    as_: AsOption = "table",
    project: ProjectOption = None,
) -> int:
    """Find the cases most like one, by coded values and course of events, with the reasons.

    \b
    brinkline similar 55
    """
    from brinkline.cli.search import similar_command

    return similar_command(narrative, limit, as_, project)


def register(app: typer.Typer) -> None:
    """Put these commands on the command table."""
    commands: tuple[Callable[..., int], ...] = (search, sequence, similar)
    for command in commands:
        app.command()(command)
