"""Releases of a project, and citations of its data, of the program and of its narratives."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from brinkline.errors import NotFound, UsageError
from brinkline.exchange.decided import Decided
from brinkline.exchange.release import (
    Recipe,
    Release,
    ReleaseDetails,
    Work,
    data_work,
    details_from,
    make_release,
    narrative_work,
    read_recipe,
)
from brinkline.project.clock import now
from brinkline.project.moving import decided_of
from brinkline.project.project import Project
from brinkline.record import Coding
from brinkline.store.claims import claims_of
from brinkline.store.codings import coding_of
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import narrative_of
from brinkline.store.releases import ReleaseRow, State, coded_at, list_releases, present_state, store_release
from brinkline.store.settled import settled


@dataclass(frozen=True, slots=True)
class _Then:
    """The project as it was at a state: codings and decisions, one narrative at a time."""

    project: Project
    state: State

    def codings(self) -> Iterator[Coding]:
        for revision, name in self._coded():
            with self.project.database.reading() as conn:
                decisions = decisions_of(conn, revision, last=self.state.decision)
                coding = coding_of(conn, name)
                yield settled(coding, claims_of(conn, revision), decisions) if decisions else coding

    def decisions(self) -> Iterator[Decided]:
        for revision, _ in self._coded():
            with self.project.database.reading() as conn:
                known = {row.id for row in decisions_of(conn, revision, last=self.state.decision)}
                found = [item for item in decided_of(conn, revision) if item.decision.id in known]
            yield from found

    def _coded(self) -> tuple[tuple[str, str], ...]:
        with self.project.database.reading() as conn:
            return tuple(coded_at(conn, self.state))


def release(
    project: Project,
    name: str,
    given: Mapping[str, Any],
    *,
    formats: Iterable[str] = (),
    out: str | Path | None = None,
    like: str | Path | None = None,
) -> Release:
    """A release in ``releases/NAME`` of the project or in ``out``.

    Details come from ``given``, then from the table [release] of ``brinkline.toml``. ``like`` names the folder of an earlier
    release that is made again: its details, formats and the state of the project at its time. Errors are those of
    ``brinkline.exchange.release.make_release``.
    """
    folder = Path(out) if out is not None else project.folder.releases / name
    if like is not None:
        return _again(project, read_recipe(like), folder)
    with project.database.reading() as conn:
        state, earlier = present_state(conn), list_releases(conn)
    if out is None and any(row.name == name for row in earlier):
        raise UsageError("BL493", f"release {name} was made already", remedy="give the release another name")
    details = _details(project, name, given, state)
    then = _Then(project, state)
    previous = _folder_of(project, earlier[-1]) if earlier else None
    made = make_release(folder, then.codings(), details, formats, previous, decisions=then.decisions())
    if out is None:
        with project.database.writing() as conn:
            store_release(conn, name, now(), made.manifest)
    return made


def _again(project: Project, recipe: Recipe, folder: Path) -> Release:
    state = dict(recipe.details.state)
    try:
        then = _Then(project, State(state["revision"], int(state["coding"]), int(state["decision"])))
    except (KeyError, ValueError):
        raise NotFound(
            "BL496", "the release does not say which state of the project it shows", remedy="it cannot be made again"
        ) from None
    previous = project.folder.releases / recipe.previous if recipe.previous else None
    return make_release(folder, then.codings(), recipe.details, recipe.formats, previous, decisions=then.decisions())


def _details(project: Project, name: str, given: Mapping[str, Any], state: State) -> ReleaseDetails:
    standing = {"name": name, "title": project.folder.title, "day": now()[:10]}
    made = details_from({**standing, **_table(project), **given}, place=str(project.folder.file))
    kept = (("coding", str(state.coding)), ("decision", str(state.decision)), ("revision", state.revision))
    return replace(made, state=kept)


def _table(project: Project) -> dict[str, Any]:
    """The table [release] of ``brinkline.toml``."""
    table: dict[str, Any] = tomllib.loads(project.folder.file.read_text(encoding="utf-8")).get("release", {})
    return table


def _folder_of(project: Project, row: ReleaseRow) -> Path | None:
    folder = project.folder.releases / row.name
    return folder if folder.is_dir() else None


def releases(project: Project) -> tuple[ReleaseRow, ...]:
    """The releases of a project, the oldest first."""
    with project.database.reading() as conn:
        return list_releases(conn)


def works(project: Project, refs: Iterable[str | int]) -> tuple[Work, ...]:
    """What to cite: the named narratives, or else the data of the last release.

    NotFound BL550 for an unknown narrative, BL497 when nothing is released yet.
    """
    rows = [project.narrative(ref) for ref in refs]
    if rows:
        collection = str(_table(project).get("collection", ""))
        with project.database.reading() as conn:
            return tuple(narrative_work(narrative_of(conn, row.revision), collection) for row in rows)
    made = releases(project)
    if not made:
        raise NotFound("BL497", "nothing is released yet", remedy="brinkline release 1.0, or: brinkline cite NARRATIVE")
    return (data_work(details_from(made[-1].document["details"])),)
