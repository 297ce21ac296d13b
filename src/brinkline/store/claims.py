"""Claims: what runs and people say about a revision. An id is made from content, so that saying it twice adds nothing."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select, true

from brinkline.decision import ClaimKind, StoredClaim
from brinkline.errors import NotFound
from brinkline.model import Quote
from brinkline.record import Coding
from brinkline.store.current import is_current_coding
from brinkline.store.rows import insert_rows, json_text, text_digest
from brinkline.store.schema import claim, coding, coding_claim, decision, evidence

#: The author of what a run says.
PROGRAM = "brinkline"

#: Parts of a record that tell how it was found, not what it says: another version may find the same in another way.
_HOW = frozenset({"id", "rule", "confidence", "anchor", "basis", "date basis"})

_DEEP = frozenset({dict, list})
_SORTED = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False, separators=(",", ":"))

CLAIM_COLUMNS = (
    "id", "revision_id", "kind", "subject", "field", "value", "label", "basis", "author", "at", "confidence", "rule", "sources",
    "note",
)  # fmt: skip
EVIDENCE_COLUMNS = ("claim_id", "position", "start", "end", "quote")


def claim_id(
    revision: str, kind: ClaimKind, subject: str, field: str, value: Any, evidence: Iterable[tuple[int, int]], author: str
) -> str:
    """The id of a claim: equal for equal content, whatever rule found it and how sure it was.

    Its first six digits are of the revision, so that the claims of a text lie together in the database and storing them
    touches a few pages only.
    """
    said = value if kind == "variable" else _said(value)
    text = _SORTED.encode((revision, kind, subject, field, said, tuple(evidence), author))
    return f"claim:{_start(revision)}{text_digest(text)[:10]}"


@functools.lru_cache(maxsize=16)
def _start(revision: str) -> str:
    return text_digest(revision)[:6]


def claims_from(given: Coding, revision_id: str, at: str = "") -> tuple[StoredClaim, ...]:
    """Everything a coding says as claims: dates, actors, places, events, then variables of the crisis and of its actors."""
    return claims_of_layout(given.to_dict(), revision_id, at)


def claims_of_layout(layout: Mapping[str, Any], revision_id: str, at: str = "") -> tuple[StoredClaim, ...]:
    """As ``claims_from``, for a coding in its published layout."""
    make = _Maker(revision_id, at)
    dates = [make.record("date", when, when["edtf"], when["rule"]) for when in layout["dates"]]
    actors = [make.record("actor", item, _actor_label(item), "", item["basis"]) for item in layout["actors"]]
    places = [make.record("place", item, item["name"]) for item in _places(layout["events"])]
    events = [make.event(item) for item in layout["events"]]
    crisis = [make.variable(item) for item in layout["crisis"].values()]
    rows = [make.variable(item) for row in layout["crisis_actors"] for item in row["claims"].values()]
    return (*dates, *actors, *places, *events, *crisis, *rows)


def add_claim(conn: Connection, given: StoredClaim) -> bool:
    """Store a person's claim; False when it is there already."""
    known = conn.execute(select(claim.c.id).where(claim.c.id == given.id)).scalar()
    if known is None:
        store_claims(conn, [given], own=True)
    return known is None


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """Claims as rows of the tables ``claim`` and ``evidence``."""

    claims: list[tuple[Any, ...]]
    quotes: list[tuple[Any, ...]]


def claim_rows(claims: Sequence[StoredClaim], *, own: bool = False) -> ClaimRows:
    """The rows of claims. ``own`` keeps confidence, rule, sources and note beside the claim; those of a run stand with its
    coding, since they differ from run to run."""
    rows = []
    for item in claims:
        how = (item.confidence, item.rule, json_text(list(item.sources)), item.note) if own else (None, None, None, None)
        what = (item.kind, item.subject, item.field, json_text(item.value), item.label, item.basis, item.author, item.at)
        rows.append((item.id, item.revision, *what, *how))
    quotes = [
        (item.id, position, quote.start, quote.end, quote.text)
        for item in claims
        for position, quote in enumerate(item.evidence)
    ]
    return ClaimRows(rows, quotes)


def store_claims(conn: Connection, claims: Sequence[StoredClaim], *, own: bool = False) -> None:
    """Store claims that are not there yet; ``own`` as for ``claim_rows``."""
    store_claim_rows(conn, claim_rows(claims, own=own))


def store_claim_rows(conn: Connection, rows: ClaimRows) -> None:
    """Store the claims of these rows that are not there yet."""
    insert_rows(conn, claim, CLAIM_COLUMNS, rows.claims)
    insert_rows(conn, evidence, EVIDENCE_COLUMNS, rows.quotes)


def claims_of(conn: Connection, revision_id: str, kinds: Iterable[ClaimKind] | None = None) -> tuple[StoredClaim, ...]:
    """The claims of a revision in force: those of its current coding in order, then those of people, of earlier revisions and
    of earlier codings that somebody decided on, in the order they came."""
    in_kinds = claim.c.kind.in_(tuple(kinds)) if kinds is not None else true()
    coded = _with_how().join(coding_claim, coding_claim.c.claim_id == claim.c.id)
    coded = coded.join(coding, coding.c.id == coding_claim.c.coding_id)
    of_revision = (coding.c.revision_id == revision_id) & is_current_coding()
    rows = conn.execute(coded.where(of_revision & in_kinds).order_by(coding_claim.c.position)).all()
    decided = select(decision.c.id).where(decision.c.claim_id == claim.c.id).exists()
    others = select(claim.c.id).where((claim.c.revision_id == revision_id) & (claim.c.rule.is_not(None) | decided) & in_kinds)
    known = {row.id for row in rows}
    more = [name for name in conn.execute(others.order_by(claim.c.seq)).scalars() if name not in known]
    quotes = _quotes(conn, select(claim.c.id).where(claim.c.revision_id == revision_id))
    return (*(_claim(row, quotes[row.id]) for row in rows), *claims_by_id(conn, more).values())


def claim_of(conn: Connection, ref: str) -> StoredClaim:
    """The claim of an id, with the confidence and rule of the last coding that holds it; NotFound BL553."""
    return claims_by_id(conn, (ref,))[ref]


def claims_by_id(conn: Connection, refs: Iterable[str]) -> dict[str, StoredClaim]:
    """The claims of the ids; NotFound BL553 when one of them is not there."""
    wanted = list(dict.fromkeys(refs))
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in conn.execute(_own().where(claim.c.id.in_(part))):
            found[row.id] = row
        coded = (
            _with_how()
            .join(coding_claim, coding_claim.c.claim_id == claim.c.id)
            .join(coding, coding.c.id == coding_claim.c.coding_id)
            .where(claim.c.id.in_(part))
            .order_by(coding.c.seq)
        )
        for row in conn.execute(coded):
            found[row.id] = row
    missing = [ref for ref in wanted if ref not in found]
    if missing:
        raise NotFound("BL553", f"no claim {missing[0]!r} in this project", remedy="brinkline show NARRATIVE lists its claims")
    quotes: dict[str, tuple[Quote, ...]] = defaultdict(tuple)
    for start in range(0, len(wanted), 500):
        quotes.update(_quotes(conn, wanted[start : start + 500]))
    return {ref: _claim(found[ref], quotes[ref]) for ref in wanted}


class _Maker:
    """Makes the claims of one coding."""

    def __init__(self, revision_id: str, at: str) -> None:
        self.revision_id = revision_id
        self.at = at

    def record(self, kind: ClaimKind, value: Mapping[str, Any], label: str, rule: str = "", note: str = "") -> StoredClaim:
        subject = value.get("id") or f"{kind}:{value['start']}-{value['end']}"
        quotes = (Quote(value["start"], value["end"], value["text"]),)
        return self._claim(kind, subject, kind, value, label, "quoted", quotes, 1.0, rule, (), note)

    def event(self, value: Mapping[str, Any]) -> StoredClaim:
        words = (_quote(value["evidence"]),)
        how = (value["confidence"], value["rule"])
        return self._claim("event", value["id"], "event", value, value["label"], "quoted", words, *how)

    def variable(self, item: Mapping[str, Any]) -> StoredClaim:
        quotes = tuple(_quote(words) for words in item["evidence"])
        what = (item["subject"], item["field"], item["value"], item["label"], item["basis"])
        how = (item["confidence"], item["rule"], tuple(item["from"]), item["note"])
        return self._claim("variable", *what, quotes, *how)

    def _claim(
        self,
        kind: ClaimKind,
        subject: str,
        field: str,
        value: Any,
        label: str,
        basis: Any,
        quotes: tuple[Quote, ...],
        confidence: float,
        rule: str,
        sources: tuple[str, ...] = (),
        note: str = "",
    ) -> StoredClaim:
        ranges = [(item.start, item.end) for item in quotes]
        name = claim_id(self.revision_id, kind, subject, field, value, ranges, PROGRAM)
        what = (name, self.revision_id, kind, subject, field, value, label, basis, quotes, PROGRAM)
        return StoredClaim(*what, confidence, rule, sources, note, self.at)


def _said(value: Mapping[str, Any]) -> dict[str, Any]:
    """A record without the parts that tell how it was found, at every depth."""
    return {key: _said_of(item) if item.__class__ in _DEEP else item for key, item in value.items() if key not in _HOW}


def _said_of(value: Any) -> Any:
    if value.__class__ is dict:
        return _said(value)
    return [_said(item) if item.__class__ is dict else item for item in value]


def _places(events: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The places of events, each once, in the order of the text."""
    places = {(place["start"], place["end"], place["name"]): place for event in events for place in event["where"]}
    return iter([places[key] for key in sorted(places)])


def _actor_label(mention: Mapping[str, Any]) -> str:
    return str(mention["actor"]["name"]) if mention["actor"] else ""


def _quote(words: Mapping[str, Any]) -> Quote:
    return Quote(words["start"], words["end"], words["quote"])


_PLAIN = (
    claim.c.id, claim.c.revision_id, claim.c.kind, claim.c.subject, claim.c.field, claim.c.value, claim.c.label, claim.c.basis,
    claim.c.author, claim.c.at,
)  # fmt: skip


def _with_how() -> Select[Any]:
    return select(*_PLAIN, coding_claim.c.confidence, coding_claim.c.rule, coding_claim.c.sources, coding_claim.c.note)


def _own() -> Select[Any]:
    return select(*_PLAIN, claim.c.confidence, claim.c.rule, claim.c.sources, claim.c.note)


def _quotes(conn: Connection, claims: Any) -> dict[str, tuple[Quote, ...]]:
    rows = conn.execute(
        select(evidence).where(evidence.c.claim_id.in_(claims)).order_by(evidence.c.claim_id, evidence.c.position)
    )
    found: dict[str, tuple[Quote, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.claim_id] += (Quote(row.start, row.end, row.quote),)
    return found


def _claim(row: Row[Any], quotes: tuple[Quote, ...]) -> StoredClaim:
    value = json.loads(row.value)
    confidence, rule = (row.confidence if row.confidence is not None else 1.0), row.rule or ""
    if isinstance(value, dict) and "rule" in value:
        value["rule"] = rule
        if "confidence" in value:
            value["confidence"] = confidence
    sources = tuple(json.loads(row.sources)) if row.sources else ()
    what = (row.id, row.revision_id, row.kind, row.subject, row.field, value, row.label, row.basis, quotes, row.author)
    return StoredClaim(*what, confidence, rule, sources, row.note or "", row.at)
