"""``Project``: everything that can be done with a project, one method for each command."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from brinkline.coding import Engine, existing, narratives_in
from brinkline.errors import InputError, NotFound
from brinkline.model import Narrative
from brinkline.project import batch
from brinkline.project.clock import now
from brinkline.project.folder import DATABASE, ProjectFolder, create_folder, find_folder
from brinkline.project.why import Why, find_claims, why
from brinkline.reading import find_inputs, read_text
from brinkline.record import Coding
from brinkline.search import search, sequence, similar
from brinkline.search.found import Found, SequenceFound, SimilarFound
from brinkline.settings import SettingValue
from brinkline.store.address import parse_address, public
from brinkline.store.claims import claims_of
from brinkline.store.codings import current_coding
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import Added, NarrativeRow, find_narrative, list_narratives
from brinkline.store.settled import settled


class Project:
    """An open project; close it, or use it in a ``with`` block. Made by ``Project.open`` and ``Project.init``."""

    def __init__(self, folder: ProjectFolder, database: Database, settings: Mapping[str, SettingValue]) -> None:
        self.folder = folder
        self.database = database
        self.settings = dict(settings)

    @classmethod
    def init(
        cls, path: str | Path = ".", *, title: str = "", db: str = "", environment: Mapping[str, str] | None = None
    ) -> Self:
        """A new project in a folder, with an empty database. ``db`` is the address of a PostgreSQL database, without password.

        ProjectError BL430 when there is a project already; nothing is left behind when the database cannot be made.
        """
        at = Path(path).resolve()
        address = public(parse_address(db)) if "://" in db else (db or DATABASE)
        folder = ProjectFolder(at, str(uuid.uuid4()), title or at.name, now(), address)
        create_folder(folder)
        try:
            settings = folder.settings(None, environment)
            open_database(folder.database(str(settings["db"]) or db), create=True).close()
            return cls.open(at, environment=environment, settings={"db": db if "://" in db else None})
        except BaseException:
            folder.file.unlink(missing_ok=True)
            raise

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        settings: Mapping[str, SettingValue | None] | None = None,
        environment: Mapping[str, str] | None = None,
        outdated: bool = False,
    ) -> Self:
        """The project of a folder, or of the working folder or one above; ``outdated`` opens one that needs ``migrate`` too.

        NotFound BL512 when there is none, ProjectError when its file or database cannot be used.
        """
        folder = cls.folder_of(path)
        values = folder.settings(settings, environment)
        return cls(folder, open_database(folder.database(str(values["db"])), outdated=outdated), values)

    @staticmethod
    def folder_of(path: str | Path | None = None) -> ProjectFolder:
        """The folder that ``open`` would find, without opening its database."""
        return find_folder(Path(path) if path else Path.cwd())

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def engine(self, tell: Callable[[str], None] | None = None) -> Engine:
        """What codes the narratives of this project, by its settings."""
        return Engine(None, self.settings, tell)

    def add(
        self, sources: Iterable[str | Path], *, person: str | None = None, as_new: bool = False
    ) -> Iterator[tuple[Narrative, Added] | InputError]:
        """Add the narratives of files and folders, each stored when it is read; an input that fails gives its error.

        A known narrative (same number, else same title, else same file name) with another text gets a new revision, unless
        ``as_new`` says that it is another one. NotFound BL501 for a path that is not there, before anything is read.
        """
        paths = find_inputs([existing(source) for source in sources])
        return batch.add_narratives(self.database, narratives_in(paths, self.engine()), person, as_new=as_new)

    def add_text(
        self, text: str, *, source: str = "", person: str | None = None, as_new: bool = False
    ) -> Iterator[tuple[Narrative, Added] | InputError]:
        """Add one narrative from a text."""
        return batch.add_narratives(self.database, [read_text(text, source=source)], person, as_new=as_new)

    def code(self, refs: Iterable[str] | None = None, *, tell: Callable[[str], None] | None = None) -> Iterator[batch.Stored]:
        """Code what is new or was coded by other versions or settings, each narrative stored when it is done.

        ``refs`` names narratives to code in any case. NotFound BL550 for one that is not there.
        """
        revisions = None if refs is None else [row.revision for row in map(self.narrative, refs)]
        return batch.code_batch(self.database, self.engine(tell), revisions)

    def outstanding(self) -> tuple[str, ...]:
        """The revisions that ``code`` would code."""
        return batch.outstanding(self.database, self.engine())

    def narratives(self) -> tuple[NarrativeRow, ...]:
        """All narratives: numbered ones by number, then the rest by name."""
        with self.database.reading() as conn:
            return list_narratives(conn)

    def narrative(self, ref: str | int) -> NarrativeRow:
        """The narrative of a number, key, id or title; NotFound BL550 with near names when there is none."""
        with self.database.reading() as conn:
            return find_narrative(conn, ref)

    def coding(self, ref: str | int) -> Coding:
        """The coding of a narrative as people left it: edited values in place of the program's, rejected ones gone.

        NotFound BL550 for an unknown narrative, BL514 for one that is not coded yet.
        """
        with self.database.reading() as conn:
            row = find_narrative(conn, ref)
            coding = current_coding(conn, row.revision)
            if coding is None:
                raise NotFound("BL514", "the narrative is not coded yet", place=row.key, remedy="code it with: brinkline code")
            return self._settled(conn, row.revision, coding)

    def codings(self, refs: Iterable[str | int] | None = None) -> Iterator[Coding]:
        """The codings of all narratives that have one, or of those named, one at a time, as people left them."""
        rows = self.narratives() if refs is None else tuple(self.narrative(ref) for ref in refs)
        for row in rows:
            with self.database.reading() as conn:
                coding = current_coding(conn, row.revision)
                if coding is not None:
                    yield self._settled(conn, row.revision, coding)

    @staticmethod
    def _settled(conn: Connection, revision: str, coding: Coding) -> Coding:
        decisions = decisions_of(conn, revision)
        return settled(coding, claims_of(conn, revision), decisions) if decisions else coding

    def why(self, claim_id: str) -> Why:
        """What the claim of this id rests on; NotFound BL553 when there is none."""
        with self.database.reading() as conn:
            return why(conn, claim_id)

    def why_values(self, ref: str | int, field: str, actor: str = "") -> tuple[Why, ...]:
        """What the values of a variable rest on, of the crisis and of its actors, or of the one actor that is named.

        NotFound BL550 for an unknown narrative, BL513 when it has no such claim.
        """
        with self.database.reading() as conn:
            row = find_narrative(conn, ref)
            claims = find_claims(conn, row.revision, field, actor)
            return tuple(why(conn, claim.id) for claim in claims)

    def search(self, query: str, limit: int = 20, offset: int = 0) -> Found:
        """Sentences by words and codes; UsageError BL45x with the place for a query that cannot be read."""
        with self.database.reading() as conn:
            return search(conn, query, limit, offset)

    def sequence(self, query: str, limit: int = 20, offset: int = 0) -> SequenceFound:
        """Crises by a sequence of events; UsageError BL45x or BL46x for a sequence that cannot be read."""
        with self.database.reading() as conn:
            return sequence(conn, query, limit, offset)

    def similar(self, ref: str | int, limit: int = 10) -> SimilarFound:
        """The cases most like a narrative; NotFound BL550 for an unknown one, UsageError BL464 for one that is not coded."""
        with self.database.reading() as conn:
            return similar(conn, str(ref), limit)
