"""Batches in a project: reading files into it, and coding what is new or outdated. Each narrative is stored when it is done,
so that stopping a batch at any moment loses at most the narrative in work; running it again finishes the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from brinkline.coding import Engine, code_as_done
from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.project.clock import now
from brinkline.record import Coding
from brinkline.sentences import split_sentences
from brinkline.store.codings import run_id, store_prepared, to_code
from brinkline.store.database import Database
from brinkline.store.decisions import carry_over
from brinkline.store.narratives import Added, add_narrative, narrative_of
from brinkline.store.prepared import Prepared, prepare_coding

_READ_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Stored:
    """One narrative of a batch that is coded and stored."""

    revision: str
    coding: str
    narrative: Narrative


def add_narratives(
    database: Database, narratives: Iterable[Narrative | InputError], person: str | None = None, *, as_new: bool = False
) -> Iterator[tuple[Narrative, Added] | InputError]:
    """Store narratives one after the other, each whole or not at all; an input that failed gives its error in its place.

    A new revision takes over the decisions of the one before where the words they rest on are found again.
    """
    for given in narratives:
        if isinstance(given, InputError):
            yield given
            continue
        try:
            yield given, _add(database, given, person, as_new)
        except InputError as error:
            yield error


def _add(database: Database, given: Narrative, person: str | None, as_new: bool) -> Added:
    sentences = split_sentences(given)
    at = now()
    with database.writing() as conn:
        added = add_narrative(conn, given, sentences, at, person, as_new=as_new)
        if added.before is not None:
            carry_over(conn, added.before, added.revision_id, at)
    return added


def outstanding(database: Database, engine: Engine, revisions: Iterable[str] | None = None) -> tuple[str, ...]:
    """The revisions that a batch of this engine would code: those without a coding by these versions and settings.

    ``revisions`` narrows them down, and codes those again that are up to date.
    """
    if revisions is not None:
        return tuple(revisions)
    with database.reading() as conn:
        return to_code(conn, run_id(engine.run()))


def code_batch(
    database: Database, engine: Engine, revisions: Iterable[str] | None = None, *, apart: bool = False
) -> Iterator[Stored]:
    """Code what is outstanding in ``settings["workers"]`` processes and store each narrative when it is done; ``apart`` codes
    outside this process in any case.

    ProjectError BL406 when another process codes in this project at the same time.
    """
    with database.worker_lock():
        todo = outstanding(database, engine, revisions)
        under_way: dict[str, Narrative] = {}
        for revision, ready in code_as_done(_narratives(database, todo, under_way), engine, _prepare, apart=apart):
            with database.writing(lasting=False) as conn:
                coding = store_prepared(conn, ready)
            yield Stored(revision, coding, under_way.pop(revision))


def _prepare(revision: str, coding: Coding) -> Prepared:
    """The coding as rows; made by the worker, whose time it takes is spread over all cores, and smaller on its way back."""
    return prepare_coding(coding, revision, now())


def _narratives(
    database: Database, revisions: tuple[str, ...], under_way: dict[str, Narrative]
) -> Iterator[tuple[str, Narrative]]:
    """The narratives of the revisions, read some at a time, so that memory does not grow with the project; each is put in
    ``under_way`` when it is handed out."""
    for start in range(0, len(revisions), _READ_AT_ONCE):
        with database.reading() as conn:
            some = [(revision, narrative_of(conn, revision)) for revision in revisions[start : start + _READ_AT_ONCE]]
        for revision, narrative in some:
            under_way[revision] = narrative
            yield revision, narrative
