"""Settling what coders left different: one POST per difference, idempotent; names come out when it is settled."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.datastructures import FormData

from brinkline.decision import StoredClaim
from brinkline.errors import UsageError
from brinkline.project.clock import now
from brinkline.review.adjudicate import Difference, differences, find_difference, reopen, settle
from brinkline.review.made import Making
from brinkline.review.offered import offered
from brinkline.store.claims import claims_by_id, claims_of
from brinkline.store.narratives import find_narrative, stored_text
from brinkline.web.addresses import with_values
from brinkline.web.asking import Adjudicator, Form
from brinkline.web.pages.adjudicate import COLUMNS, said, settling
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
    return twin(form, COLUMNS, [row for row in rows if narrative in ("", row.place.key)])


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
            _settle(conn, key, item, row_id, asking.me.id, form)
    state = "settled" if form.get("act") == "reopen" else ""
    return RedirectResponse(with_values("/adjudicate", {"narrative": back, "state": state}) + "#main", 303)


def _settle(conn: Connection, key: str, item: Difference, row_id: str, person: str, form: FormData) -> None:
    note, choice = str(form.get("note", ""))[:2000], str(form.get("choice", ""))
    if choice == "own":
        made = _made(conn, key, item, person, str(form.get("value", "")))
        settle(conn, row_id, item, person, now(), made=made, note=note)
        return
    if not choice.isdecimal() or len(choice) > 3:
        raise UsageError("BL166", "no answer was chosen", remedy="choose one of the answers, or give a value")
    settle(conn, row_id, item, person, now(), choice=int(choice), note=note)


def _made(conn: Connection, key: str, item: Difference, person: str, value: str) -> StoredClaim:
    """The adjudicator's own value of a variable, with the words of the first answer that has some."""
    if item.unit.unit.kind != "variable":
        raise UsageError("BL166", "a date, actor, place or event is settled by one of the answers")
    row = find_narrative(conn, key)
    narrative, sentences = stored_text(conn, row.revision)
    sides = [side.claim for side in item.choices if side.claim is not None]
    before = sides[0] if sides else claims_by_id(conn, [min(a.claim for a in item.unit.answers.values())]).popitem()[1]
    making = Making(narrative, sentences, row.revision, claims_of(conn, row.revision), person, now())
    return making.edited(before, {"value": [value]})
