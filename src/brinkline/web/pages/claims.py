"""What the permanent page of one claim shows: its words in their sentences, what became of it, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from brinkline.decision import StoredClaim, standing
from brinkline.errors import NotFound
from brinkline.project.why import Passage, Why, why
from brinkline.review.sight import sight_of
from brinkline.store.decisions import comments_of
from brinkline.store.narratives import NarrativeRow, find_narrative
from brinkline.store.people import list_people
from brinkline.store.schema import revision
from brinkline.web.pages.review import Told, group_of, group_title, told, told_comments, value_of, what_of


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim. ``outdated`` tells that a later revision of the text has come in since."""

    why: Why
    row: NarrativeRow
    ordinal: int
    title: str
    value: str
    group: str
    author: str
    history: tuple[Told, ...]
    comments: tuple[Told, ...]
    citation: str

    @property
    def outdated(self) -> bool:
        """Whether the claim is of an earlier revision of the text."""
        return self.why.claim.revision != self.row.revision


def claim_page(conn: Connection, ref: str, person: str | None, project: str) -> ClaimPage:
    """The page of a claim for a person. NotFound BL553 for an unknown one, and for one they must not see yet (blind)."""
    found = why(conn, ref)
    claim = found.claim
    of = conn.execute(select(revision.c.narrative_id, revision.c.ordinal).where(revision.c.id == claim.revision)).one()
    row = find_narrative(conn, of.narrative_id)
    sight = sight_of(conn, row.id, person)
    if not sight.sees(claim.author):
        raise NotFound("BL553", f"no claim {ref!r} in this project", remedy="brinkline show NARRATIVE lists its claims")
    history = tuple(sight.decisions(found.history))
    found = Why(claim, found.passages, found.rules, found.drawn_from, history, standing(history))
    people = {item.id: item.name for item in list_people(conn, all_of_them=True)}
    author = "brinkline" if claim.author == "brinkline" else people.get(claim.author, claim.author)
    comments = sight.comments(comments_of(conn, [claim.id]))
    return ClaimPage(
        found,
        row,
        of.ordinal,
        what_of(claim),
        value_of(claim),
        group_title(group_of(claim)),
        author,
        tuple(told(history, people)),
        tuple(told_comments(comments, people)),
        _citation(claim, row, of.ordinal, author, project),
    )


def pieces(passage: Passage) -> Sequence[tuple[str, bool]]:
    """A sentence cut at the words it holds: text, and whether the claim rests on it."""
    start, end = passage.sentence.start, passage.sentence.end
    cuts = sorted({start, end, *(edge for word in passage.words for edge in (max(word.start, start), min(word.end, end)))})
    text = passage.sentence.text
    made = []
    for one, two in pairwise(cuts):
        held = any(word.start <= one and two <= word.end for word in passage.words)
        made.append((text[one - start : two - start], held))
    return made


def claim_document(page: ClaimPage) -> dict[str, Any]:
    """The claim in plain JSON types."""
    claim = page.why.claim
    return {
        "id": claim.id,
        "narrative": {"key": page.row.key, "title": page.row.title, "revision": claim.revision, "ordinal": page.ordinal},
        "kind": claim.kind,
        "subject": claim.subject,
        "field": claim.field,
        "value": claim.value,
        "label": claim.label,
        "basis": claim.basis,
        "evidence": [{"start": item.start, "end": item.end, "quote": item.text} for item in claim.evidence],
        "author": page.author,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "note": claim.note,
        "state": page.why.state.state,
        "history": [{"person": row.who, "verdict": row.what, "at": row.at, "note": row.note} for row in page.history],
        "citation": page.citation,
    }


def _citation(claim: StoredClaim, row: NarrativeRow, ordinal: int, author: str, project: str) -> str:
    title = row.title or row.key
    return f"{project}, “{title}”, revision {ordinal}, {claim.field}: {value_of(claim)} (coded by {author}; {claim.id})."
