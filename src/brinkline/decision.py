"""What people decide about claims: the records, and the fold that gives the present state of a claim.

Decisions are rows that are only ever added. Who decided what last is read from them, never stored beside them; taking a
decision back is one more row ("withdraw").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from brinkline.model import Basis, Quote

#: accept: the value stands. edit: ``replacement`` stands instead. reject: no value stands. skip: seen, left undecided.
#: flag: somebody should look at it. adjudicate: settles what coders left different. withdraw: takes ``follows`` back.
#: carry: a decision brought over from the same words of an earlier revision. outdated: the words are gone.
Verdict = Literal["accept", "edit", "reject", "skip", "flag", "adjudicate", "withdraw", "carry", "outdated"]
State = Literal["undecided", "accepted", "edited", "rejected", "skipped", "flagged", "settled", "outdated"]
Role = Literal["reader", "coder", "adjudicator", "owner"]
ClaimKind = Literal["date", "actor", "place", "event", "variable"]

VERDICTS: tuple[Verdict, ...] = ("accept", "edit", "reject", "skip", "flag", "adjudicate", "withdraw", "carry", "outdated")
ROLES: tuple[Role, ...] = ("reader", "coder", "adjudicator", "owner")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who codes or decides. ``created`` is a UTC time in ISO 8601."""

    id: str
    name: str
    role: Role
    created: str


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as a project keeps it: of one revision, by one author ("brinkline" or "person:ID").

    ``kind`` says what ``value`` holds: the published layout of a date, a mention, a place or an event as a dictionary of
    JSON types, or the code of a variable. ``subject`` is "crisis", "actor:740" or the id of the record inside its coding;
    ``field`` is the name of the variable, or the kind.
    """

    id: str
    revision: str
    kind: ClaimKind
    subject: str
    field: str
    value: Any
    label: str
    basis: Basis
    evidence: tuple[Quote, ...]
    author: str
    confidence: float
    rule: str
    sources: tuple[str, ...] = ()
    note: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of somebody's work on a claim. ``id`` is made where the decision is made, so that sending it twice adds one row.

    ``replacement`` is the claim that stands instead (edit, adjudicate), ``follows`` the decision this one answers or takes
    back, ``scheme`` the codebook version in force, ``at`` a UTC time in ISO 8601 with microseconds.
    """

    id: str
    claim: str
    person: str
    at: str
    verdict: Verdict
    scheme: str
    replacement: str | None = None
    follows: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """Words of a person about a narrative ("narrative:..."), a claim ("claim:...") or another comment."""

    id: str
    subject: str
    person: str
    at: str
    text: str


_STATES: Mapping[Verdict, State] = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "skip": "skipped",
    "flag": "flagged",
    "adjudicate": "settled",
    "outdated": "outdated",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The present state of a claim and the decision it comes from (None while undecided)."""

    state: State
    decision: Decision | None


def standing(decisions: Iterable[Decision]) -> Standing:
    """The state of one claim after its decisions, in the order they were stored.

    A withdrawn decision counts for nothing. An adjudication outlasts what coders decide after it. A carried decision counts
    as the verdict it carries, which ``note`` names.
    """
    rows = list(decisions)
    gone = {row.follows for row in rows if row.verdict == "withdraw"}
    rows = [row for row in rows if row.verdict != "withdraw" and row.id not in gone]
    settled = [row for row in rows if row.verdict == "adjudicate"]
    if not rows:
        return Standing("undecided", None)
    last = (settled or rows)[-1]
    if last.verdict == "carry":
        return Standing(_STATES[carried(last)], last)
    return Standing(_STATES[last.verdict], last)


def carried(decision: Decision) -> Verdict:
    """The verdict that a carried decision brings over; "accept" when its note names none."""
    word = decision.note.split(" ", 1)[0]
    return next((verdict for verdict in VERDICTS if verdict == word and verdict in _STATES), "accept")
