"""``brinkline export`` and ``brinkline load``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brinkline.cli.output import standard_output
from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.exchange import find_format, write
from brinkline.exchange.imports.codings import LoadedTable
from brinkline.exchange.project_lines import write_project
from brinkline.exchange.save import check_place
from brinkline.project import moving


def export_command(refs: Sequence[str] | None, form: str, out: str, folder: str | None) -> int:
    """0 after writing what the project holds."""
    if form != "project":
        check_place(find_format(form), out)
    with open_project(folder) as project:
        if out != "-":
            paths = moving.export(project, form, out, refs or None)
            told = f"written: {paths[0]}" if len(paths) == 1 else f"written: {len(paths)} files in {out}"
            stderr().print(told, markup=False)
            return 0
        with standard_output() as stream:
            if form == "project":
                with project.database.reading() as conn:
                    write_project(conn, stream)
            else:
                write(moving.chosen_codings(project, refs or None), find_format(form), stream)
    return 0


def load_command(file: str, person: str, mapping: str | None, folder: str | None) -> int:
    """0 after bringing a file in."""
    with open_project(folder) as project:
        moved = moving.load(project, file, person=person, mapping=mapping)
    stderr().print(f"backup: {moved.backup}", markup=False)
    if moved.project is not None:
        stderr().print(f"new: {_counted(moved.project.added)}", markup=False)
        stderr().print(f"here already: {_counted(moved.project.known)}", markup=False)
    if moved.table is not None:
        _tell_table(moved.table)
    return 0


def _tell_table(table: LoadedTable) -> None:
    told = f"values: {table.added} new, {table.known} here already; cases: {len(table.cases)}"
    stderr().print(told, markup=False)
    if table.left_out:
        some = ", ".join(table.left_out[:10]) + (" ..." if len(table.left_out) > 10 else "")
        stderr().print(f"{len(table.left_out)} cases without a narrative in the project left out: {some}", markup=False)
    for remark in table.remarks:
        stderr().print(f"look at {remark}", markup=False)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "nothing"
