"""The command that writes the read-only pages as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brinkline.cli.project_app import ProjectOption


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the site: new, empty, or a site made before.")],
    project: ProjectOption = None,
) -> int:
    """Write the pages of the project as files: narratives with their charts, actors, pairs, codebook, sources.

    \b
    brinkline site public
    brinkline site /srv/www/crises --project ~/crises

    The pages hold the texts of the narratives. They need no script, and work from a disk and on any web server.
    """
    from brinkline.cli.site import site_command

    return site_command(folder, project)
