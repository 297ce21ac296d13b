"""The command that serves the review app."""

from __future__ import annotations

from typing import Annotated

import typer

from brinkline.cli.project_app import ProjectOption


def serve(
    open_: Annotated[bool, typer.Option("--open", help="Open the home page in the browser.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody can change anything.")] = False,
    team: Annotated[bool, typer.Option("--team", help="People sign in; their roles decide what they may do.")] = False,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="Another name by which browsers call this machine.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8737,
    project: ProjectOption = None,
) -> int:
    """Serve the review app on this machine.

    \b
    brinkline serve --open
    brinkline serve --team --host 0.0.0.0 --name crises.example.org
    """
    from brinkline.cli.serve import serve_command

    return serve_command(open_, read_only, team, host, tuple(name or ()), port, project)
