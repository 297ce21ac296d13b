"""Coding in the background: one batch at a time, in a process of its own, so that pages stay quick while it runs."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, cast

from fastapi import Depends, Request

from brinkline.errors import BrinklineError
from brinkline.project import Project
from brinkline.project.batch import code_batch, outstanding
from brinkline.project.clock import now
from brinkline.store.codings import run_id

Phase = Literal["idle", "running", "stopping", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch is: ``done`` of ``total`` narratives, title of the last; ``fault`` and ``remedy`` if it failed."""

    phase: Phase = "idle"
    total: int = 0
    done: int = 0
    last: str = ""
    began: str = ""
    fault: str = ""
    remedy: str = ""

    @property
    def busy(self) -> bool:
        """Whether narratives are being coded."""
        return self.phase in ("running", "stopping")


class Batch:
    """The one batch of a served project. What is done is stored narrative by narrative, so that stopping loses only the one
    in work."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._state = BatchState()

    @functools.cached_property
    def run(self) -> str:
        """The id of the run that coding now would be: a coding of another run is of other versions or settings."""
        return run_id(self._project.engine().run())

    def told(self) -> BatchState:
        """How far the batch is, or how the last one ended."""
        with self._lock:
            return self._state

    def start(self, revisions: Sequence[str] | None = None) -> bool:
        """Begin to code the revisions, or what is new or outdated; False when a batch runs already."""
        with self._lock:
            if self._state.busy:
                return False
            self._state = BatchState("running", began=now())
        threading.Thread(target=self._work, args=(revisions,), name="coding", daemon=True).start()
        return True

    def stop(self) -> None:
        """Stop after the narrative in work."""
        with self._lock:
            if self._state.phase == "running":
                self._state = replace(self._state, phase="stopping")

    def _work(self, revisions: Sequence[str] | None) -> None:
        try:
            self._code(revisions)
        except BrinklineError as error:
            self._set(phase="failed", fault=f"{error.message} ({error.code})", remedy=error.remedy)
        except BaseException:
            self._set(phase="failed", fault="this is a bug in brinkline (BL700)", remedy="the terminal shows where")
            raise

    def _code(self, revisions: Sequence[str] | None) -> None:
        engine = self._project.engine()
        todo = outstanding(self._project.database, engine, revisions)
        self._set(total=len(todo))
        for number, stored in enumerate(code_batch(self._project.database, engine, todo, apart=True), start=1):
            self._set(done=number, last=stored.narrative.title or stored.narrative.source)
            if self.told().phase == "stopping":
                break
        self._set(phase="stopped" if self.told().done < len(todo) else "done")

    def _set(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]


def batch_of(request: Request) -> Batch:
    """The batch of the site that answers a request."""
    return cast(Batch, request.app.state.batch)


TheBatch = Annotated[Batch, Depends(batch_of)]
