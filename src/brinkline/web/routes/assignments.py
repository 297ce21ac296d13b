"""Who codes what: narratives chosen by facet and spread evenly, a share of them to two who code blind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from brinkline.decision import Person
from brinkline.errors import UsageError
from brinkline.project.clock import now
from brinkline.project.people import plan_free, store_plan
from brinkline.review.assign import Planned
from brinkline.store.assignments import assign, unassign
from brinkline.store.narratives import find_narrative
from brinkline.store.people import find_person, list_people
from brinkline.web.asking import Adjudicator, Asked, Form, Owner
from brinkline.web.batch import TheBatch
from brinkline.web.pages.narratives import Wanted, listed, narrative_list
from brinkline.web.pages.people import ASSIGNMENT_COLUMNS, assignment_rows
from brinkline.web.rendering import page, twin

router = APIRouter()
_Text = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Spread:
    """How to spread: people by id, the percent to be coded twice, the seed, the most narratives (0: all)."""

    people: tuple[str, ...] = ()
    percent: int = 20
    seed: int = 1
    most: int = 0


def _wanted(words: _Text = "", state: _Text = "", coded: _Text = "", actor: _Text = "") -> Wanted:
    return Wanted(words, state, coded, actor)


def _spread(
    person: Annotated[list[_Text], Query(max_length=100)] = [],  # noqa: B006  (FastAPI copies it)
    percent: Annotated[int, Query(ge=0, le=100)] = 20,
    seed: Annotated[int, Query(ge=0, le=10**9)] = 1,
    most: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Spread:
    return Spread(tuple(person), percent, seed, most)


@router.get("/assignments", include_in_schema=False)
def assignments(
    asking: Adjudicator,
    batch: TheBatch,
    wanted: Annotated[Wanted, Depends(_wanted)],
    spread: Annotated[Spread, Depends(_spread)],
) -> Response:
    """Who has what and how far they are; how the narratives that fit would be spread. Looking stores nothing."""
    return _page(asking, batch.run, wanted, spread)


@router.get("/assignments.{form}")
def assignments_twin(asking: Adjudicator, batch: TheBatch, form: Literal["csv", "json"]) -> Response:
    """All assignments with their progress."""
    with asking.project.database.reading() as conn:
        rows = assignment_rows(conn, listed(conn, batch.run))
    return twin(form, ASSIGNMENT_COLUMNS, rows)


@router.post("/assignments", include_in_schema=False)
def spread_out(asking: Owner, batch: TheBatch, form: Form) -> Response:
    """Assign as the page showed: the same choice and seed give the same plan."""
    words, state, coded, actor = (str(form.get(name, ""))[:200] for name in ("words", "state", "coded", "actor"))
    wanted = Wanted(words, state, coded, actor)
    try:
        numbers = [
            _whole(str(form.get(name, "")), limit) for name, limit in (("percent", 100), ("seed", 10**9), ("most", 10**6))
        ]
        spread = Spread(tuple(str(value) for value in form.getlist("person"))[:100], *numbers)
    except UsageError as error:
        return _page(asking, batch.run, wanted, Spread(), 422, error.message)
    try:
        with asking.project.database.writing() as conn:
            store_plan(conn, _plan(conn, batch.run, wanted, spread))
    except UsageError as error:
        return _page(asking, batch.run, wanted, spread, 422, f"{error.message}; {error.remedy}")
    return RedirectResponse("/assignments", 303)


@router.post("/assignments/one", include_in_schema=False)
def assign_one(asking: Owner, form: Form) -> Response:
    """Give one narrative to one person."""
    with asking.project.database.writing() as conn:
        narrative = find_narrative(conn, str(form.get("narrative", "")))
        person = find_person(conn, str(form.get("person", "")))
        assign(conn, narrative.id, person.id, form.get("blind") == "yes", now())
    return RedirectResponse("/assignments", 303)


@router.post("/assignments/back", include_in_schema=False)
def take_back(asking: Owner, form: Form) -> Response:
    """Take a narrative back from somebody; what they decided stays."""
    with asking.project.database.writing() as conn:
        narrative = find_narrative(conn, str(form.get("narrative", "")))
        unassign(conn, narrative.id, find_person(conn, str(form.get("person", ""))).id)
    return RedirectResponse("/assignments", 303)


def _page(asking: Asked, run: str, wanted: Wanted, spread: Spread, status: int = 200, told: str = "") -> Response:
    made: tuple[Planned, ...] = ()
    with asking.project.database.reading() as conn:
        found = narrative_list(conn, wanted, run)
        every = listed(conn, run)
        people = coders(conn)
        rows = assignment_rows(conn, every)
        if spread.people and not told:
            try:
                made = _plan(conn, run, wanted, spread)
            except UsageError as error:
                status, told = 422, f"{error.message}; {error.remedy}"
    free = sum(not item.assigned for item in found.rows)
    titles = {item.row.id: item.row.title or item.row.key for item in every}
    names = {person.id: person.name for person in people}
    content = {"found": found, "free": free, "titles": titles, "names": names, "people": people, "rows": rows}
    values = {name: value for name, value in wanted.values().items() if value}
    return page(
        "assignments.html.j2",
        asking,
        status=status,
        wanted=wanted,
        values=values,
        spread=spread,
        plan=made,
        told=told,
        **content,
    )


def _plan(conn: Connection, run: str, wanted: Wanted, spread: Spread) -> tuple[Planned, ...]:
    known = {person.id: person for person in coders(conn)}
    people = [known[name] for name in spread.people if name in known]
    fitting = [item.row.id for item in narrative_list(conn, wanted, run).rows]
    return plan_free(conn, fitting, people, spread.percent, spread.seed, spread.most)


def coders(conn: Connection) -> tuple[Person, ...]:
    """Those who can be given narratives: everybody but readers."""
    return tuple(person for person in list_people(conn) if person.role != "reader")


def _whole(text: str, limit: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= limit:
        return int(text)
    raise UsageError("BL164", f"{text[:20]!r} is not a whole number from 0 to {limit}")
