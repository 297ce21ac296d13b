"""The permanent page of one claim, and its JSON twin."""

from __future__ import annotations

import json

from fastapi import APIRouter, Response

from brinkline.web.asking import Asked, Reader
from brinkline.web.pages.claims import ClaimPage, claim_document, claim_page, pieces
from brinkline.web.rendering import page

router = APIRouter()


@router.get("/claims/{ref}.json")
def claim_json(asking: Reader, ref: str) -> Response:
    """A claim with its words, state, history and citation."""
    content = json.dumps(claim_document(_found(asking, ref)), ensure_ascii=False, indent=1)
    return Response(content + "\n", media_type="application/json")


@router.get("/claims/{ref}", include_in_schema=False)
def claim(asking: Reader, ref: str) -> Response:
    """The page of a claim."""
    return page("claim.html.j2", asking, found=_found(asking, ref), pieces=pieces)


def _found(asking: Asked, ref: str) -> ClaimPage:
    with asking.project.database.reading() as conn:
        return claim_page(conn, ref, asking.person.id if asking.person else None, asking.project.folder.title)
