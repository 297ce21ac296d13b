"""Claims that people make: built from ranges of the text, checked before they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from brinkline.decision import ClaimKind, StoredClaim
from brinkline.errors import InputError
from brinkline.model import Basis, Narrative, Run, content_id, quote
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.store.claims import claim_id
from brinkline.version import SCHEMA_VERSION

#: The rule of what a person says.
RULE = "person"
_LISTS = {"date": "dates", "actor": "actors", "event": "events"}


def own_claim(
    narrative: Narrative,
    revision_id: str,
    *,
    kind: ClaimKind,
    subject: str,
    field: str,
    value: Any,
    author: str,
    at: str,
    label: str = "",
    basis: Basis = "quoted",
    evidence: Iterable[tuple[int, int]] = (),
    note: str = "",
) -> StoredClaim:
    """A person's claim with its id and quotes. ``author`` is the person's id; ``value`` is a code, or for a date, mention or
    event the record in the published layout, whose id and words are filled in here.

    InputError BL291 for a range outside the text, or a quoted claim without words; BL262 for a record that does not fit the
    layout.
    """
    try:
        quotes = tuple(quote(narrative.text, start, end) for start, end in evidence)
    except ValueError as fault:
        raise InputError("BL291", str(fault), place=f"{subject} {field}", remedy="mark the words in the text again") from fault
    if basis == "quoted" and not quotes:
        raise InputError("BL291", "a quoted value shows no words", place=f"{subject} {field}", remedy="mark words in the text")
    if kind in _LISTS:
        value = _record(narrative, kind, value)
        subject = value["id"]
    ranges = [(item.start, item.end) for item in quotes]
    name = claim_id(revision_id, kind, subject, field, value, ranges, author)
    return StoredClaim(name, revision_id, kind, subject, field, value, label, basis, quotes, author, 1.0, RULE, (), note, at)


def _record(narrative: Narrative, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its id, checked against the text by reading it as part of a coding."""
    made = dict(value)
    if kind == "event":
        verb = made.get("verb") or {}
        made["id"] = content_id("event", (narrative.digest, made.get("type"), verb.get("start"), made.get("mode")))
    else:
        made["id"] = f"{kind}:{made.get('start')}-{made.get('end')}"
    layout = Coding(Run("", SCHEMA_VERSION, (), ()), narrative, (), (), (), (), (), ()).to_dict()
    layout[_LISTS[kind]] = [made]
    read = read_coding(layout).to_dict()
    record: dict[str, Any] = read[_LISTS[kind]][0]
    return record
