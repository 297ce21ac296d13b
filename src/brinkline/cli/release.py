"""``brinkline release`` and ``brinkline cite``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from brinkline.cli.output import standard_output
from brinkline.cli.project import open_project, place_of
from brinkline.cli.terminal import stderr
from brinkline.errors import CheckFailed
from brinkline.exchange.release import Work, check_release, cite, software_work
from brinkline.project import Project, releasing


def release_command(
    name: str, given: Mapping[str, Any], formats: Sequence[str], out: str | None, like: str | None, folder: str | None
) -> int:
    """0 after making a release."""
    with open_project(folder) as project:
        made = releasing.release(project, name, given, formats=formats, out=out, like=like)
    stderr().print(f"released: {made.folder}", markup=False)
    return 0


def check_command(name: str, out: str | None, folder: str | None) -> int:
    """0 when the files of a release are as they were released; CheckFailed BL605 after what differs is printed otherwise."""
    place = Path(out) if out else Project.folder_of(place_of(folder)).releases / name
    faults = check_release(place)
    with standard_output() as stream:
        stream.writelines(f"{fault}\n" for fault in faults)
    if faults:
        raise CheckFailed("BL605", "the release is not as it was made", place=str(place), remedy="take a whole copy")
    stderr().print("all files are as released", markup=False)
    return 0


def cite_command(refs: Sequence[str], software: bool, form: str, folder: str | None) -> int:
    """0 after printing citations; the program can be cited without a project."""
    if software:
        works: Sequence[Work] = (software_work(),)
    else:
        with open_project(folder) as project:
            works = releasing.works(project, refs)
    with standard_output() as stream:
        stream.write(cite(works, form))
    return 0
