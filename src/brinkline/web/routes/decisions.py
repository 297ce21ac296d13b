"""Decisions and comments: one POST each, with an id made where it was decided, as JSON or as a plain form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy import Connection

from brinkline.decision import Comment, Decision, Person
from brinkline.errors import NotFound, UsageError
from brinkline.project.clock import now
from brinkline.review.desk import items_now, open_desk
from brinkline.review.made import Making
from brinkline.review.sight import Sight, sight_of
from brinkline.review.work import Wish, check_id, perform, redo, revision_of, stem, stored_step, undo
from brinkline.store.claims import claims_by_id
from brinkline.store.decisions import add_comment, decisions_of
from brinkline.store.narratives import find_narrative
from brinkline.store.people import list_people
from brinkline.web.asking import Asked, Coder, Refused, check_form
from brinkline.web.pages import review as shown
from brinkline.web.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in: the fields, each with its values, and whether it was JSON."""

    fields: Mapping[str, Sequence[str]]
    as_json: bool

    def one(self, name: str, otherwise: str = "") -> str:
        """The first value of a field."""
        values = self.fields.get(name) or ()
        return values[0] if values else otherwise


async def _sent(request: Request) -> Sent:
    """The fields of a decision of ours; Refused 403 for one of another site, UsageError BL144 for what is no decision."""
    if "json" not in request.headers.get("content-type", ""):
        form = await request.form(max_files=0, max_fields=2000)
        fields = {name: [str(value) for value in form.getlist(name)] for name in form}
        check_form(request, (fields.get("token") or [""])[0])
        return Sent(fields, False)
    check_form(request, request.headers.get("X-Form-Token", ""))
    try:
        data = json.loads(await request.body())
    except ValueError:
        raise UsageError("BL144", "this is not JSON") from None
    if not isinstance(data, dict):
        raise UsageError("BL144", "a decision is an object of texts and lists of texts")
    return Sent({str(name): _texts(value) for name, value in data.items()}, True)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int) and not isinstance(item, bool) for item in values) or len(values) > 2000:
        raise UsageError("BL144", "a decision is an object of texts and lists of texts")
    return [str(item) for item in values]


Posted = Annotated[Sent, Depends(_sent)]


@router.post("/decisions")
def decisions(asking: Coder, sent: Posted) -> Response:
    """Decide on a claim, or several; take back; decide again; make a claim. Sent twice with one id, it is done once.

    The answer tells the new state of every claim it is about, and who else decided on it in the meantime: both decisions stay.
    """
    person = _person(asking)
    verdict = sent.one("verdict")
    with asking.project.database.writing() as conn:
        row = find_narrative(conn, sent.one("narrative"))
        sight = sight_of(conn, row.id, person.id)
        if verdict in ("undo", "redo"):
            act = undo if verdict == "undo" else redo
            claims = act(conn, row.revision, person.id, sent.one("id"), now())
            stored = bool(claims)
        else:
            wish = _wish(conn, row.revision, row.key, person, sent)
            stored, claims = perform(conn, wish), wish.claims
        answer = _answer(conn, asking, claims, sight, sent, stored)
    return JSONResponse(answer) if sent.as_json else _see_other(sent, claims)


def _wish(conn: Connection, revision: str, key: str, person: Person, sent: Sent) -> Wish:
    """What is wanted, with the claim that a person makes by it."""
    claims = tuple(sent.fields.get("claim") or ())
    verdict, row_id, at = sent.one("verdict"), sent.one("id"), now()
    check_id(row_id)
    if verdict == "new":
        known = stored_step(conn, row_id)
        if known:
            return Wish(row_id, person.id, at, "accept", tuple(row.claim for row in known))
        made = _making(conn, key, person, at).new(sent.fields)
        return Wish(row_id, person.id, at, "accept", (made.id,), made, note=sent.one("why"))
    if not claims or revision_of(conn, claims) != revision:
        raise UsageError("BL166", "these are not claims of the text as it is now", remedy="load the page and decide again")
    if verdict == "edit" and not sent.one("replacement") and len(claims) == 1 and not stored_step(conn, row_id):
        before = claims_by_id(conn, claims)[claims[0]]
        making = _making(conn, key, person, at)
        item = next((item for item in making.items if item.claim.id == before.id), None)
        made = making.edited(item.shown if item is not None else before, sent.fields)
        return Wish(row_id, person.id, at, "edit", claims, made, note=sent.one("why"))
    instead = sent.one("replacement") or None
    return Wish(row_id, person.id, at, verdict, claims, None, instead, sent.one("why"))  # type: ignore[arg-type]


class _Desk(Making):
    """Where a claim is made, with the items that lie there."""

    items: tuple[Any, ...] = ()


def _making(conn: Connection, key: str, person: Person, at: str) -> _Desk:
    desk = open_desk(conn, key, person.id)
    making = _Desk(desk.narrative, desk.sentences, desk.row.revision, desk.claims, person.id, at)
    making.items = desk.items
    return making


def _answer(conn: Connection, asking: Asked, claims: Sequence[str], sight: Sight, sent: Sent, stored: bool) -> dict[str, Any]:
    """The claims as rows of the page, those that are no longer shown with an empty row, and who decided meanwhile."""
    people = {item.id: item.name for item in list_people(conn, all_of_them=True)}
    items = {item.claim.id: item for item in items_now(conn, claims, sight)} if claims else {}
    rows = []
    for name in claims:
        item = items.get(name)
        line = shown.line_of(item, people) if item else None
        html = page("review_row.html.j2", asking, line=line, keep="").body.decode() if line else ""  # type: ignore[union-attr]
        rows.append(
            {
                "id": shown.short(name),
                "html": html,
                "state": line.state if line else "gone",
                "group": line.group if line else "",
                "seen": item.seen if item else 0,
            }
        )
    meanwhile = _meanwhile(decisions_of(conn, claims=claims), sight, sent, people) if len(claims) == 1 else []
    return {"stored": stored, "rows": rows, "meanwhile": meanwhile}


def _meanwhile(rows: Sequence[Decision], sight: Sight, sent: Sent, people: Mapping[str, str]) -> list[dict[str, str]]:
    """The decisions of others that came after those the person had seen."""
    seen = int(sent.one("seen", "0")) if sent.one("seen", "0").isdecimal() else 0
    later = [row for row in sight.decisions(rows)[seen:] if row.person != sight.person and stem(row.id) != sent.one("id")]
    return [{"person": people.get(row.person, ""), "verdict": row.verdict, "at": shown.when_text(row.at)} for row in later]


@router.post("/comments")
def comments(asking: Coder, sent: Posted) -> Response:
    """Write a comment on a claim or a narrative. Sent twice with one id, it is stored once."""
    person = _person(asking)
    text = sent.one("text").strip()
    if not text or len(text) > 5000:
        raise UsageError("BL144", "a comment has 1 to 5,000 characters")
    row_id = sent.one("id").replace("decision:", "comment:")
    check_id(row_id.replace("comment:", "decision:"))
    with asking.project.database.writing() as conn:
        row = find_narrative(conn, sent.one("narrative"))
        subject = sent.one("claim") or row.id
        if subject != row.id and subject not in claims_by_id(conn, [subject]):
            raise NotFound("BL553", f"no claim {subject!r} in this project")
        stored = add_comment(conn, Comment(row_id, subject, person.id, now(), text))
    claims = [subject] if subject.startswith("claim:") else []
    return JSONResponse({"stored": stored, "rows": [], "meanwhile": []}) if sent.as_json else _see_other(sent, claims)


def _see_other(sent: Sent, claims: Sequence[str]) -> Response:
    """Back to the review page after a form: to the claim, which tells its new state, or to the next one."""
    back = urlsplit(sent.one("back"))
    path = back.path if back.path.startswith("/narratives/") else f"/narratives/{quote(sent.one('narrative'), safe='')}/review"
    stays = sent.one("verdict") in ("undo", "redo") or "text" in sent.fields
    asked = {"told": shown.short(claims[0])} if claims else {}
    if stays and claims:
        asked["claim"] = shown.short(claims[0])
    query = "&".join(filter(None, (back.query, urlencode(asked))))
    return RedirectResponse(f"{path}?{query}#panel", 303)


def _person(asking: Asked) -> Person:
    if asking.person is None:
        raise Refused(401, "BL141", "give your name first")
    return asking.person
