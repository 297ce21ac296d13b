"""The review page of a narrative: the text beside its claims, the panel of one claim, finishing, and the twins."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from brinkline.errors import NotFound
from brinkline.project.clock import now
from brinkline.reference.event_scheme import event_types
from brinkline.review.desk import Desk, Item, open_desk
from brinkline.review.made import MODES
from brinkline.review.offered import offered, states_of
from brinkline.review.queue import finish, finished_by, next_narrative
from brinkline.review.work import steps
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import find_narrative
from brinkline.web.asking import Asked, Coder, Form, Reader
from brinkline.web.keys import KEYS
from brinkline.web.pages import review as shown
from brinkline.web.rendering import Column, page, twin

router = APIRouter()

_COLUMNS = (
    Column("claim", lambda item: item.claim.id),
    Column("kind", lambda item: item.claim.kind),
    Column("subject", lambda item: item.claim.subject),
    Column("field", lambda item: item.claim.field),
    Column("value", lambda item: shown.value_of(item.shown)),
    Column("basis", lambda item: item.shown.basis),
    Column("confidence", lambda item: item.claim.confidence),
    Column("words", lambda item: " … ".join(quote.text for quote in item.shown.evidence)),
    Column("state", lambda item: item.state),
)


def new_id() -> str:
    """A new id for a decision that a form makes."""
    return f"decision:{secrets.token_hex(10)}"


@router.get("/narratives/{key}/review.{form}")
def review_twin(asking: Reader, key: str, form: str) -> Response:
    """The claims of a narrative with their states, as CSV or JSON ("csv", "json")."""
    if form not in ("csv", "json"):
        raise NotFound("BL515", "there is no such page")
    with asking.project.database.reading() as conn:
        return twin(form, _COLUMNS, open_desk(conn, key, _person(asking)).items)


@router.get("/narratives/{key}/review", include_in_schema=False)
def review(
    asking: Reader,
    key: str,
    claim: str = "",
    order: str = "sure",
    kind: str = "",
    show: str = "all",
    part: str = "",
    told: str = "",
) -> Response:
    """The review page, with one claim selected; ``part=panel`` gives the panel of that claim alone."""
    with asking.project.database.reading() as conn:
        desk = open_desk(conn, key, _person(asking))
        groups = () if part and claim else shown.groups_of(desk, order, kind, only_open=show == "open")
        item = desk.find(claim) or _first(desk, groups)
        panel = shown.panel_of(conn, desk, item) if item else None
        common: dict[str, Any] = {
            "desk": desk,
            "panel": panel,
            "new_id": new_id,
            "keys": _keys(),
            "back": _back(key, order, kind, show),
        }
        if part:
            return page("review_panel.html.j2", asking, **common)
        keep = "".join(f"&{name}={value}" for name, value in _kept(order, kind, show))
        mine = steps(decisions_of(conn, desk.row.revision), _person(asking) or "")
        return page(
            "review.html.j2",
            asking,
            groups=groups,
            blocks=shown.text_of(desk, item),
            strip=shown.strip_of(conn, desk, "?claim="),
            order=order,
            kind=kind,
            show=show,
            kinds=shown.KINDS,
            keep=keep,
            all_keys=KEYS,
            mine=mine,
            told=_told(conn, desk, told),
            shown_open=[line.id for group in groups for line in group.lines if line.state in ("undecided",)],
            **common,
        )


@router.get("/narratives/{key}/new", include_in_schema=False)
def new_claim(
    asking: Coder,
    key: str,
    kind: str = "variable",
    subject: str = "crisis",
    field: str = "",
    evidence: str = "",
    words: str = "",
    part: str = "",
) -> Response:
    """The form for a claim of one's own: its kind, what it is of, and its value."""
    with asking.project.database.reading() as conn:
        desk = open_desk(conn, key, _person(asking))
    fields = shown.field_choices(subject, field)
    chosen = field if any(item.value == field for item in fields) else fields[0].value
    return page(
        "new_panel.html.j2" if part else "new.html.j2",
        asking,
        desk=desk,
        kind=kind,
        subject=subject,
        field=chosen,
        evidence=evidence,
        words=words,
        subjects=shown.subject_choices(desk, subject),
        fields=shown.field_choices(subject, chosen),
        offered=offered(subject, chosen, states_of(desk.claims)),
        types=event_types(),
        modes=MODES,
        actors=shown.actor_choices(desk),
        new_id=new_id,
        keys=_keys(),
        back=_back(key, "sure", "", "all"),
        kinds=shown.KINDS,
    )


@router.get("/narratives/{key}/finish", include_in_schema=False)
def finish_page(asking: Coder, key: str) -> Response:
    """What is left undecided, before somebody says that they are done."""
    with asking.project.database.reading() as conn:
        desk = open_desk(conn, key, _person(asking))
        at = finished_by(conn, desk.row.id, asking.person.id if asking.person else "")
        following = next_narrative(conn, asking.person.id if asking.person else "", desk.row.id)
    left = [item for item in desk.items if item.open]
    lines = [(shown.line_of(item, desk.people), shown.group_title(shown.group_of(item.claim))) for item in left]
    return page("finish.html.j2", asking, desk=desk, lines=lines, at=shown.when_text(at), following=following)


@router.post("/narratives/{key}/finish", include_in_schema=False)
def finish_narrative(asking: Coder, key: str, form: Form) -> Response:
    """Be done with a narrative and go on to the next one."""
    assert_person = asking.person
    with asking.project.database.writing() as conn:
        row = find_narrative(conn, key)
        if assert_person is not None:
            finish(conn, row.id, assert_person.id, now())
        following = next_narrative(conn, assert_person.id if assert_person else "", row.id)
    return RedirectResponse(f"/narratives/{quote(following.key, safe='')}/review" if following else "/", 303)


def _person(asking: Asked) -> str | None:
    return asking.person.id if asking.person else None


def _keys() -> dict[str, str]:
    return {key.action: key.key for key in KEYS}


def _kept(order: str, kind: str, show: str) -> list[tuple[str, str]]:
    given = (("order", order, "sure"), ("kind", kind, ""), ("show", show, "all"))
    return [(name, quote(value)) for name, value, usual in given if value != usual]


def _back(key: str, order: str, kind: str, show: str) -> str:
    asked = urlencode(_kept(order, kind, show))
    return f"/narratives/{quote(key, safe='')}/review" + (f"?{asked}" if asked else "")


def _first(desk: Desk, groups: tuple[shown.Group, ...]) -> Item | None:
    """The first claim shown that waits for a decision, else the first one."""
    lines = [line for group in groups for line in group.lines]
    line = next((line for line in lines if line.state == "undecided"), lines[0] if lines else None)
    return desk.find(line.id) if line else None


def _told(conn: Connection, desk: Desk, ref: str) -> tuple[shown.Line, list[shown.Told]] | None:
    """What a page without script tells after a decision: the claim as it is now, and who else decided on it."""
    item = desk.find(ref) if ref else None
    if item is None:
        return None
    rows = [row for row in desk.sight.decisions(decisions_of(conn, claims=[item.claim.id])) if row.person != desk.sight.person]
    return shown.line_of(item, desk.people), list(shown.told(rows, desk.people))
