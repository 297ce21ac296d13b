"""Decisions that a new text left behind: what stood, why it no longer does, and what is coded there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from brinkline.decision import Decision, StoredClaim, standing
from brinkline.search.conditions import among
from brinkline.store.claims import claims_by_id, claims_of
from brinkline.store.current import is_current_revision
from brinkline.store.decisions import decisions_of
from brinkline.store.schema import claim, decision, narrative, person, revision
from brinkline.web.rendering import Column

Why = Literal["words gone", "not carried over"]
#: What it means in words.
WHYS: dict[str, str] = {
    "words gone": "the words it rested on are no longer in the text",
    "not carried over": "the text has a new revision, and the decision waits for its coding",
}


@dataclass(frozen=True, slots=True)
class OutdatedRow:
    """One decision that no longer holds: its claim, where, by whom, what it was (a verdict), and why it is outdated.

    ``follows`` is the last row on the claim, which saying "seen" answers.
    """

    claim: str
    key: str
    title: str
    narrative: str
    revision: str
    person: str
    at: str
    verdict: str
    why: Why
    follows: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A row with the claim that stood and the claims of the same field that stand now."""

    row: OutdatedRow
    stood: StoredClaim
    now: tuple[StoredClaim, ...]


COLUMNS: Sequence[Column] = (
    Column("narrative", lambda item: item.row.key),
    Column("title", lambda item: item.row.title),
    Column("claim", lambda item: item.row.claim),
    Column("subject", lambda item: item.stood.subject),
    Column("field", lambda item: item.stood.field),
    Column("stood", lambda item: item.stood.label),
    Column("words", lambda item: " / ".join(quote.text for quote in item.stood.evidence)),
    Column("decision", lambda item: item.row.verdict),
    Column("person", lambda item: item.row.person),
    Column("at", lambda item: item.row.at),
    Column("why", lambda item: item.row.why),
    Column("now", lambda item: " / ".join(claim.label for claim in item.now)),
)


def outdated(conn: Connection) -> tuple[OutdatedRow, ...]:
    """The decisions on earlier revisions that were not carried to the current one and that nobody answered, by narrative."""
    if (conn.execute(select(func.max(revision.c.ordinal))).scalar() or 1) == 1:
        return ()
    old = conn.execute(select(revision.c.id).where(~is_current_revision())).scalars().all()
    query = (
        select(decision.c.claim_id, narrative.c.id, narrative.c.key, narrative.c.title, revision.c.id.label("revision"))
        .join(claim, claim.c.id == decision.c.claim_id)
        .join(revision, revision.c.id == claim.c.revision_id)
        .join(narrative, narrative.c.id == revision.c.narrative_id)
        .where(among(claim.c.revision_id, old, conn.dialect.name))
        .order_by(narrative.c.number.is_(None), narrative.c.number, narrative.c.key, decision.c.seq)
    )
    places = {row.claim_id: row for row in conn.execute(query)}
    if not places:
        return ()
    rows: dict[str, list[Decision]] = defaultdict(list)
    for item in decisions_of(conn, claims=places):
        rows[item.claim].append(item)
    names = dict(conn.execute(select(person.c.id, person.c.name)).all())
    answered = _answered(conn, [item.id for own in rows.values() for item in own])
    found = []
    for name, place in places.items():
        stood = _outdated(rows[name], answered)
        if stood is not None:
            what, why, follows = stood
            where = (name, place.key, place.title, place.id, place.revision, names.get(what.person, what.person))
            found.append(OutdatedRow(*where, what.at, what.verdict, why, follows))
    return tuple(found)


def _outdated(rows: Sequence[Decision], answered: frozenset[str]) -> tuple[Decision, Why, str] | None:
    """The decision that no longer holds, why, and the last row; None when it was carried over or answered."""
    now = standing(rows)
    if now.decision is None or now.state in ("skipped", "undecided"):
        return None
    if now.state == "outdated":
        before = standing([row for row in rows if row.verdict != "outdated"]).decision
        return before or now.decision, "words gone", now.decision.id
    if any(row.id in answered for row in rows):
        return None
    return now.decision, "not carried over", now.decision.id


def _answered(conn: Connection, ids: Iterable[str]) -> frozenset[str]:
    """The decisions that a row on another claim follows: carried to a later revision."""
    given = list(ids)
    carried = select(decision.c.follows).where(
        among(decision.c.follows, given, conn.dialect.name), decision.c.verdict.in_(("carry", "adjudicate"))
    )
    return frozenset(conn.execute(carried).scalars())


def with_claims(conn: Connection, rows: Sequence[OutdatedRow]) -> tuple[Outdated, ...]:
    """The rows with what stood and what stands now; a claim that was changed shows what it was changed to."""
    claims = claims_by_id(conn, [row.claim for row in rows])
    current: dict[str, tuple[StoredClaim, ...]] = {}
    for row in rows:
        if row.narrative not in current:
            own = select(revision.c.id).where(revision.c.narrative_id == row.narrative, is_current_revision())
            current[row.narrative] = claims_of(conn, conn.execute(own).scalar_one(), ("variable",))
    return tuple(Outdated(row, claims[row.claim], _same_field(claims[row.claim], current[row.narrative])) for row in rows)


def _same_field(stood: StoredClaim, claims: Iterable[StoredClaim]) -> tuple[StoredClaim, ...]:
    if stood.kind != "variable":
        return ()
    return tuple(item for item in claims if (item.subject, item.field) == (stood.subject, stood.field))
