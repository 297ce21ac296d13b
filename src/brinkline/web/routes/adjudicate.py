"""Settling what coders left different: one POST per difference, idempotent; names come out when it is settled."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.datastructures import FormData

from brinkline.project.clock import now
from brinkline.review.adjudicate import Difference, differences, find_difference, reopen, settle
from brinkline.review.offered import offered
from brinkline.review.settling import number_of, own_value, row_of, said
from brinkline.store.narratives import find_narrative
from brinkline.web.addresses import with_values
from brinkline.web.asking import Adjudicator, Form
from brinkline.web.pages.adjudicate import COLUMNS, settling
from brinkline.web.pages.agreement import about
from brinkline.web.rendering import page, twin

router = APIRouter()

State = Annotated[Literal["open", "settled"], Query()]
Key = Annotated[str, Query(max_length=300)]
#: Differences on one page.
SHOWN = 40


@router.get("/adjudicate", include_in_schema=False)
def adjudicate_page(asking: Adjudicator, state: State = "open", narrative: Key = "") -> Response:
    """What coders left different, one row each; or what was settled, with the names of who said what."""
    with asking.project.database.reading() as conn:
        shown = settling(conn, settled=state == "settled", narrative=narrative)
    rows = [row for group in shown.groups for row in group.rows]
    return page(
        "adjudicate.html.j2",
        asking,
        shown=shown,
        state=state,
        narrative=narrative,
        said=said,
        about=about,
        most=SHOWN,
        ids={row.id: f"decision:{uuid.uuid4()}" for row in rows},
        offers={
            row.id: offered(row.unit.unit.subject, row.unit.unit.field) for row in rows if row.unit.unit.kind == "variable"
        },
    )


@router.get("/adjudicate.{form}")
def adjudicate_list(asking: Adjudicator, form: Literal["csv", "json"], state: State = "open", narrative: Key = "") -> Response:
    """The same as a list; names of coders stand in none."""
    with asking.project.database.reading() as conn:
        rows = differences(conn, settled=state == "settled")
    return twin(form, COLUMNS, [row_of(row) for row in rows if narrative in ("", row.place.key)])


@router.post("/adjudicate", include_in_schema=False)
def adjudicate(asking: Adjudicator, form: Form) -> Response:
    """Settle a difference by one of the answers or a value of one's own, or take that back. Sent twice, it is done once."""
    key, row_id = str(form.get("narrative", "")), str(form.get("id", ""))
    back = str(form.get("only", ""))
    with asking.project.database.writing() as conn:
        row = find_narrative(conn, key)
        item = find_difference(conn, row.id, str(form.get("unit", "")))
        if form.get("act") == "reopen":
            reopen(conn, row_id, item, asking.me.id, now())
        else:
            _settle(conn, item, row_id, asking.me.id, form)
    state = "settled" if form.get("act") == "reopen" else ""
    return RedirectResponse(with_values("/adjudicate", {"narrative": back, "state": state}) + "#main", 303)


def _settle(conn: Connection, item: Difference, row_id: str, person: str, form: FormData) -> None:
    note, choice = str(form.get("note", ""))[:2000], str(form.get("choice", ""))
    if choice == "own":
        made = own_value(conn, item, person, str(form.get("value", "")), now())
        settle(conn, row_id, item, person, now(), made=made, note=note)
        return
    settle(conn, row_id, item, person, now(), choice=number_of(choice), note=note)
