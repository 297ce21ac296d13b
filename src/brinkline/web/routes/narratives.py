"""The list of narratives, and coding them in the background."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse

from brinkline.store.narratives import find_narrative
from brinkline.web.asking import Coder, Form, Reader, Refused
from brinkline.web.batch import TheBatch
from brinkline.web.pages.narratives import COLUMNS, Wanted, narrative_list
from brinkline.web.rendering import page, twin

router = APIRouter()

_Text = Annotated[str, Query(max_length=200)]


def _wanted(
    words: _Text = "",
    state: _Text = "",
    coded: _Text = "",
    actor: _Text = "",
    assigned: _Text = "",
    sort: _Text = "",
    at: Annotated[int, Query(alias="page", ge=1, le=10**6)] = 1,
) -> Wanted:
    """What the address asks for."""
    return Wanted(words, state, coded, actor, assigned, sort, at)


_Asks = Annotated[Wanted, Depends(_wanted)]


@router.get("/narratives", include_in_schema=False)
def narratives(asking: Reader, batch: TheBatch, wanted: _Asks) -> Response:
    """The table of narratives."""
    with asking.project.database.reading() as conn:
        found = narrative_list(conn, wanted, batch.run)
    return page("narratives.html.j2", asking, found=found, wanted=wanted, values=wanted.values(), batch=batch.told())


@router.get("/narratives.{form}")
def narratives_twin(asking: Reader, batch: TheBatch, form: Literal["csv", "json"], wanted: _Asks) -> Response:
    """All narratives that fit, as CSV or JSON."""
    with asking.project.database.reading() as conn:
        found = narrative_list(conn, wanted, batch.run)
    return twin(form, COLUMNS, found.rows)


@router.post("/code", include_in_schema=False)
def code(asking: Coder, batch: TheBatch, form: Form) -> Response:
    """Begin to code what is new or outdated, or the narratives that are marked, in the background."""
    marked = [str(key) for key in form.getlist("narrative")]
    chosen: list[str] | None = None
    if form.get("what") == "marked":
        if not marked:
            raise Refused(400, "BL148", "no narrative is marked", "mark some in the list, or code what is new")
        with asking.project.database.reading() as conn:
            chosen = [find_narrative(conn, key).revision for key in dict.fromkeys(marked)]
    if not batch.start(chosen):
        raise Refused(
            409, "BL149", "narratives are being coded already", "wait for the end, or stop it on the page of narratives"
        )
    return RedirectResponse("/narratives", 303)


@router.post("/code/stop", include_in_schema=False)
def stop(asking: Coder, batch: TheBatch, form: Form) -> Response:
    """Stop coding after the narrative in work."""
    batch.stop()
    return RedirectResponse("/narratives", 303)
