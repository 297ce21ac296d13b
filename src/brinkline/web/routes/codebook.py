"""The codebook: variables, their codes and rules, the event types."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from brinkline.reference.codebook_rules import CodebookFile
from brinkline.reference.event_scheme import event_types
from brinkline.search.event_terms import type_named
from brinkline.web.asking import Asked, Reader
from brinkline.web.pages import codebook as of_codebook
from brinkline.web.rendering import page, twin

router = APIRouter()

Form = Literal["csv", "json"]
Levels = Literal["crisis", "actor"]


def _books(asking: Asked) -> tuple[CodebookFile, ...]:
    return of_codebook.books(str(asking.project.settings["codebook"]))


@router.get("/codebook", include_in_schema=False)
def codebook(asking: Reader) -> Response:
    """The variables of the codebooks in force."""
    books = _books(asking)
    with asking.project.database.reading() as conn:
        rows = of_codebook.variables(conn, books)
    return page("codebook.html.j2", asking, books=books, rows=rows)


@router.get("/codebook.{form}")
def codebook_twin(asking: Reader, form: Form) -> Response:
    """The variables as a table."""
    with asking.project.database.reading() as conn:
        rows = of_codebook.variables(conn, _books(asking))
    return twin(form, of_codebook.LIST_COLUMNS, rows)


@router.get("/codebook/events", include_in_schema=False)
def events(asking: Reader) -> Response:
    """The event types as a tree."""
    with asking.project.database.reading() as conn:
        tree = of_codebook.event_tree(of_codebook.event_counts(conn))
    names = {item: (type_named(item) or (item,))[0] for item in event_types()}
    return page("events.html.j2", asking, tree=tree, names=names)


@router.get("/codebook/events.{form}")
def events_twin(asking: Reader, form: Form) -> Response:
    """The event types as a table."""
    with asking.project.database.reading() as conn:
        counts = of_codebook.event_counts(conn)
    return twin(form, of_codebook.EVENT_COLUMNS, [(item, counts.get(item.id, 0)) for item in event_types().values()])


@router.get("/codebook/{level}/{name}", include_in_schema=False)
def variable(asking: Reader, level: Levels, name: str) -> Response:
    """One variable: definition, codes, rules, and how often each value occurs."""
    with asking.project.database.reading() as conn:
        found = of_codebook.variable_page(conn, _books(asking), level, name)
    return page("variable.html.j2", asking, found=found, record=found.record)


@router.get("/codebook/{level}/{name}/values.{form}")
def values_twin(asking: Reader, level: Levels, name: str, form: Form) -> Response:
    """The values of a variable with their counts as a table."""
    with asking.project.database.reading() as conn:
        found = of_codebook.variable_page(conn, _books(asking), level, name)
    return twin(form, of_codebook.VALUE_COLUMNS, found.values)
