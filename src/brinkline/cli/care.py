"""``brinkline doctor``, ``backup``, ``restore`` and ``migrate``."""

from __future__ import annotations

import os
from pathlib import Path

from brinkline.cli.output import check_format, print_json, print_table
from brinkline.cli.project import open_project, place_of
from brinkline.cli.terminal import stderr
from brinkline.errors import CheckFailed, NotFound
from brinkline.plain import one_line
from brinkline.project import Project, care


def doctor_command(mend: bool, form: str, folder: str | None) -> int:
    """0 when all is well; CheckFailed BL604 after the faults are printed otherwise."""
    check_format(form, ("table", "json"))
    with open_project(folder) as project:
        faults = care.doctor(project, mend=mend)
    if form == "json":
        print_json([{"table": fault.table, "row": fault.row, "message": fault.message} for fault in faults])
    elif faults:
        print_table(("table", "row", "fault"), ((fault.table, fault.row, one_line(fault.message)) for fault in faults))
    if faults:
        raise CheckFailed(
            "BL604",
            f"the project has {len(faults)} fault{'s' if len(faults) != 1 else ''}",
            place=str(project.folder.path),
            remedy="faults of the index: brinkline doctor --mend; all others: brinkline restore latest",
        )
    stderr().print("all is well", markup=False)
    return 0


def backup_command(dump: bool, list_: bool, folder: str | None) -> int:
    """0 after writing a backup, or listing them."""
    with open_project(folder) as project:
        if list_:
            rows = ((path.name, f"{path.stat().st_size / 1e6:.1f} MB") for path in care.backups(project))
            print_table(("backup", "size"), rows)
        else:
            stderr().print(f"written: {care.backup(project, dump=dump)}", markup=False)
    return 0


def restore_command(file: str, folder: str | None) -> int:
    """0 after bringing a backup back. The database itself is not opened: it may be what is broken."""
    found = Project.folder_of(place_of(folder))
    if file == "latest":
        known = care.list_backups(found.backups)
        if not known:
            raise NotFound("BL516", "the project has no backups", place=str(found.backups), remedy="brinkline backup")
        path = known[-1]
    else:
        path = Path(file)
    restored = care.restore(found, path, os.environ)
    stderr().print(f"restored: {path}", markup=False)
    if restored.kept is not None:
        stderr().print(f"what was there before: {restored.kept}", markup=False)
    return 0


def migrate_command(folder: str | None) -> int:
    """0 after bringing the tables up, with a backup first when there is something to do."""
    with open_project(folder, outdated=True) as project:
        before, after, copy = care.migrate(project)
    if copy is None:
        stderr().print(f"the tables are of version {after} already", markup=False)
    else:
        stderr().print(f"backup: {copy}\ntables: version {before} -> {after}", markup=False)
    return 0
