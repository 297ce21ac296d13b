"""A narrative as it lies before somebody who reviews it: its claims, what became of each, and who said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from brinkline.decision import Decision, State, StoredClaim, standing
from brinkline.model import Narrative, Sentence
from brinkline.review.sight import Sight, sight_of
from brinkline.store.claims import PROGRAM, claims_by_id, claims_of
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import NarrativeRow, find_narrative, stored_text
from brinkline.store.people import list_people

#: States in which somebody still has to decide.
OPEN: frozenset[State] = frozenset(("undecided", "skipped", "flagged", "outdated"))


@dataclass(frozen=True, slots=True)
class Item:
    """A claim and its state for the one who reviews: their own decision, else that of others they may see, else none; an
    adjudication stands over both. ``stands`` is the claim that holds now (a replacement after an edit), None when rejected.
    ``seen`` counts the decisions that are shown with it; ``by`` is who decided, "" for nobody."""

    claim: StoredClaim
    state: State
    stands: StoredClaim | None
    by: str
    mine: bool
    seen: int

    @property
    def shown(self) -> StoredClaim:
        """The claim whose value is shown."""
        return self.stands or self.claim

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a review page shows of a narrative; ``people`` gives the names of the people by id."""

    row: NarrativeRow
    narrative: Narrative
    sentences: tuple[Sentence, ...]
    sight: Sight
    items: tuple[Item, ...]
    people: Mapping[str, str]

    @property
    def claims(self) -> list[StoredClaim]:
        """The claims as they stand."""
        return [item.shown for item in self.items]

    def find(self, ref: str) -> Item | None:
        """The item of a claim by its id, or by the end of it that tells it from the others of the narrative."""
        tail = ref.removeprefix("claim:")
        return next((item for item in self.items if tail and item.claim.id.endswith(tail)), None)


def open_desk(conn: Connection, ref: str, person: str | None) -> Desk:
    """The desk of a narrative for a person (None: somebody who only reads). NotFound BL550."""
    row = find_narrative(conn, ref)
    narrative, sentences = stored_text(conn, row.revision)
    sight = sight_of(conn, row.id, person)
    claims = claims_of(conn, row.revision)
    items = items_of(claims, decisions_of(conn, row.revision), sight)
    people = {item.id: item.name for item in list_people(conn, all_of_them=True)}
    return Desk(row, narrative, sentences, sight, tuple(items), people)


def items_now(conn: Connection, claims: Iterable[str], sight: Sight) -> list[Item]:
    """The items of some claims; those that are no longer shown are left out."""
    names = list(dict.fromkeys(claims))
    rows = decisions_of(conn, claims=names)
    more = [row.replacement for row in rows if row.replacement]
    known = claims_by_id(conn, [*names, *more])
    return [item for item in items_of(known.values(), rows, sight) if item.claim.id in names]


def items_of(claims: Iterable[StoredClaim], decisions: Iterable[Decision], sight: Sight) -> list[Item]:
    """The claims to show with their states, in the order given.

    A value that stands instead of another is shown in its place. A claim of a person's own goes when they take it back.
    """
    by_id = {claim.id: claim for claim in claims}
    rows = sight.decisions(decisions)
    of: dict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        of[row.claim].append(row)
    instead = {row.replacement for row in rows if row.replacement}
    made = []
    for claim in sight.claims(by_id.values()):
        if claim.author != PROGRAM and _is_gone(claim, of[claim.id], instead):
            continue
        made.append(_item(claim, of[claim.id], by_id, sight))
    return made


def _is_gone(claim: StoredClaim, rows: Sequence[Decision], instead: set[str]) -> bool:
    if not rows:
        return claim.id in instead
    return standing(rows).state == "undecided"


def _item(claim: StoredClaim, rows: list[Decision], by_id: Mapping[str, StoredClaim], sight: Sight) -> Item:
    everybody = standing(rows)
    mine = standing([row for row in rows if row.person == sight.person])
    now = everybody if everybody.state == "settled" or mine.state == "undecided" else mine
    stands: StoredClaim | None = claim
    if now.decision is not None and now.decision.replacement:
        stands = by_id.get(now.decision.replacement, claim)
    elif now.state == "rejected" or (now.state == "settled" and now.decision and now.decision.note.startswith("reject")):
        stands = None
    by = now.decision.person if now.decision else ""
    return Item(claim, now.state, stands, by, by != "" and by == sight.person, len(rows))
