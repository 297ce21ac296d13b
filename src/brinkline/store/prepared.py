"""A coding as the rows a project keeps, made without the database: the costly part of storing, for the process that coded.

What comes out is tuples of text and numbers, which go to another process faster than the coding itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brinkline.model import Run
from brinkline.record import Coding
from brinkline.store.claims import ClaimRows, claim_rows, claims_of_layout
from brinkline.store.found import IndexRows, index_rows
from brinkline.store.rows import json_text, pack, text_digest


@dataclass(frozen=True, slots=True)
class Prepared:
    """A coding of a revision, ready to be stored by ``codings.store_prepared``.

    ``text`` is the digest of the narrative coded, ``digest`` the one of the layout, ``document`` the layout itself, packed;
    a row of ``held`` is one of ``coding_claim`` without the id of the coding, which depends on the codings there are.
    """

    revision_id: str
    at: str
    run: Run
    text: str
    digest: str
    document: bytes
    claims: ClaimRows
    held: list[tuple[Any, ...]]
    starts: list[int]
    index: IndexRows


def prepare_coding(given: Coding, revision_id: str, at: str) -> Prepared:
    """The rows of a coding of this revision, made at this time; equal for equal input."""
    layout = given.to_dict()
    document = json_text(layout)
    claims = claims_of_layout(layout, revision_id, at)
    held = [
        (position, item.id, item.confidence, item.rule, json_text(item.sources) if item.sources else "[]", item.note)
        for position, item in enumerate(claims)
    ]
    return Prepared(
        revision_id,
        at,
        given.run,
        given.narrative.digest,
        text_digest(document),
        pack(document),
        claim_rows(claims),
        held,
        [sentence.start for sentence in given.sentences],
        index_rows(revision_id, claims),
    )
