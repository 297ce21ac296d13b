"""Taking a project out and bringing things in: exports of what people left, project files, tables of human codings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from brinkline.errors import NotFound, UsageError
from brinkline.exchange import find_format, save, whole_file
from brinkline.exchange.decided import Decided
from brinkline.exchange.imports.codings import LoadedTable, load_codings, read_codings
from brinkline.exchange.imports.project_file import read_project
from brinkline.exchange.imports.project_load import Loaded, load_project
from brinkline.exchange.project_lines import write_project
from brinkline.project.care import backup
from brinkline.project.clock import now
from brinkline.project.project import Project
from brinkline.record import Coding
from brinkline.store.claims import claims_by_id, claims_of
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import narrative_of
from brinkline.store.people import add_person, find_person


@dataclass(frozen=True, slots=True)
class Moved:
    """What an import did: the backup made before it, and what was stored."""

    backup: Path
    project: Loaded | None = None
    table: LoadedTable | None = None


def export(project: Project, form: str, out: str | Path, refs: Iterable[str | int] | None = None) -> tuple[Path, ...]:
    """The files written: codings of all or of the named narratives as people left them, with the decisions where the format
    has a place for them. ``form`` is a name of ``brinkline.exchange.FORMATS`` or "project" for everything in one file."""
    if form == "project":
        return (_export_project(project, Path(out)),)
    chosen = None if refs is None else list(refs)
    return save(chosen_codings(project, chosen), find_format(form), out, decisions=decided(project, chosen))


def chosen_codings(project: Project, refs: Iterable[str | int] | None = None) -> Iterator[Coding]:
    """The codings, one at a time; NotFound BL514 when there is none at all."""
    empty = True
    for coding in project.codings(refs):
        empty = False
        yield coding
    if empty:
        raise NotFound("BL514", "no narrative is coded yet", remedy="code them with: brinkline code")


def _export_project(project: Project, out: Path) -> Path:
    with project.database.reading() as conn, whole_file(out) as stream:
        write_project(conn, stream)
    return out


def decided(project: Project, refs: Iterable[str | int] | None = None) -> Iterator[Decided]:
    """Every decision on the narratives beside the claim it is about, narrative by narrative."""
    rows = project.narratives() if refs is None else tuple(project.narrative(ref) for ref in refs)
    for row in rows:
        if row.decided:
            with project.database.reading() as conn:
                yield from tuple(decided_of(conn, row.revision))


def decided_of(conn: Connection, revision: str) -> Iterator[Decided]:
    """Every decision on the claims of a revision beside the claim it is about, in the order they came."""
    claims = {claim.id: claim for claim in claims_of(conn, revision)}
    decisions = decisions_of(conn, revision)
    missing = {decision.claim for decision in decisions} | {row.replacement for row in decisions if row.replacement}
    claims |= claims_by_id(conn, missing - set(claims))
    digest = narrative_of(conn, revision).digest
    for decision in decisions:
        replacement = claims[decision.replacement] if decision.replacement else None
        yield Decided(digest, decision, claims[decision.claim], replacement)


def load(project: Project, file: str | Path, *, person: str = "", mapping: str | Path | None = None) -> Moved:
    """Bring a project file, or a table of human codings by ``person``, into the project: whole or not at all.

    InputError with all faults of the file at once; UsageError BL470 when a table comes without the name of its coder.
    A backup is made before anything is stored.
    """
    path = Path(file)
    if not path.is_file():
        raise NotFound("BL501", "there is no such file", place=str(path), remedy="check the path")
    if mapping is None and is_project_file(path):
        copy = backup(project)
        with path.open(encoding="utf-8", newline="\n") as stream, project.database.writing() as conn:
            return Moved(copy, project=load_project(conn, read_project(stream), path.name))
    if not person.strip():
        raise UsageError("BL470", "whose codings are these?", place=str(path), remedy='name the coder: --person "Name"')
    table = read_codings(path, None if mapping is None else Path(mapping))
    copy = backup(project)
    with project.database.writing() as conn:
        try:
            coder = find_person(conn, person)
        except NotFound:
            coder = add_person(conn, person, "coder", now())
        return Moved(copy, table=load_codings(conn, table, coder.id, now()))


def is_project_file(path: Path) -> bool:
    """Whether the first line of a file is that of a project file."""
    try:
        with path.open(encoding="utf-8") as stream:
            first = json.loads(stream.readline())
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and first.get("type") == "project"
