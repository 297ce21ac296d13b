"""Search: sentences by words and codes, crises by a sequence of events, similar cases."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from brinkline.errors import UsageError
from brinkline.search import search, sequence, similar
from brinkline.search.find import MOST_HITS
from brinkline.search.find_sequence import MOST_HITS as MOST_CASES
from brinkline.search.snapshot import kept
from brinkline.store.narratives import find_narrative
from brinkline.web.asking import Reader
from brinkline.web.pages import search as of_search
from brinkline.web.rendering import page, twin

router = APIRouter()

HITS, CASES, ALIKE = 20, 10, 10
Words = Annotated[str, Query(max_length=2000)]
At = Annotated[int, Query(alias="page", ge=1, le=10**6)]


@router.get("/search", include_in_schema=False)
def search_page(asking: Reader, q: Words = "", sequence: Words = "", at: At = 1) -> Response:
    """The query box and what it finds: ``q`` asks for sentences, ``sequence`` for crises."""
    content: dict[str, Any] = {"q": q, "sequence": sequence, "at": at, "found": None, "chains": None, "fault": None}
    with asking.project.database.reading() as conn:
        try:
            content |= _found(conn, q, sequence, at)
        except UsageError as error:
            content["fault"] = error
        content["keys"] = of_search.keys_of(conn)
        content["examples"] = kept(conn, "examples of queries", of_search.examples)
    total = content["found"] or content["chains"]
    size = HITS if content["found"] else CASES
    pages = max(1, -(-(total.total if total else 0) // size))
    tools = {
        "labels": of_search.FACETS,
        "pieces": of_search.pieces,
        "narrowed": of_search.narrowed,
        "pages": pages,
        "size": size,
    }
    return page("search.html.j2", asking, status=422 if content["fault"] else 200, **content, **tools)


def _found(conn: Any, q: str, chain: str, at: int) -> dict[str, Any]:
    if chain.strip():
        return {"chains": sequence(conn, chain, CASES, (at - 1) * CASES)}
    return {"found": search(conn, q, HITS, (at - 1) * HITS)} if q.strip() else {}


@router.get("/search.{form}")
def search_twin(asking: Reader, form: Literal["csv", "json"], q: Words = "", sequence: Words = "", at: At = 1) -> Response:
    """Hits of a query as a table, at most 1000 a page: sentences, or the events of the chains of a sequence."""
    with asking.project.database.reading() as conn:
        if sequence.strip():
            return twin(form, of_search.CHAIN_COLUMNS, _chain_rows(conn, sequence, at))
        hits = search(conn, q, MOST_HITS, (at - 1) * MOST_HITS, with_facets=False).hits if q.strip() else ()
    return twin(form, of_search.HIT_COLUMNS, hits)


def _chain_rows(conn: Any, text: str, at: int) -> list[tuple[Any, ...]]:
    found = sequence(conn, text, MOST_CASES, (at - 1) * MOST_CASES)
    return [
        (hit, number, chain, event)
        for hit in found.hits
        for number, chain in enumerate(hit.chains, start=1)
        for event in chain.events
    ]


@router.get("/similar/{key}", include_in_schema=False)
def similar_page(asking: Reader, key: str) -> Response:
    """The cases most like a narrative, with the reasons."""
    with asking.project.database.reading() as conn:
        row, keys = find_narrative(conn, key), of_search.keys_of(conn)
        try:
            found, fault = similar(conn, row.id, ALIKE), None
        except UsageError as error:
            found, fault = None, error
    return page("similar.html.j2", asking, row=row, found=found, fault=fault, keys=keys)


@router.get("/similar/{key}/cases.{form}")
def similar_twin(asking: Reader, key: str, form: Literal["csv", "json"]) -> Response:
    """The cases most like a narrative as a table."""
    with asking.project.database.reading() as conn:
        found = similar(conn, find_narrative(conn, key).id, ALIKE)
    return twin(form, of_search.SIMILAR_COLUMNS, found.cases)
