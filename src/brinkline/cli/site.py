"""``brinkline site``: the read-only pages of a project as files."""

from __future__ import annotations

from pathlib import Path

from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.web.site import write_site


def site_command(folder: Path, project: str | None) -> int:
    """0 after the site was written."""
    console = stderr()
    with open_project(project) as opened, console.status("writing the site") as status:
        count = write_site(opened, folder, tell=lambda title: status.update(title.replace("[", r"\[")))
    console.print(f"written: {folder / 'index.html'} and {count - 1:,} more files", markup=False)
    return 0
