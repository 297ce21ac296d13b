"""The coding as people left it: what every export of decided data shows.

Variables are settled by field: an adjudication decides, else the latest accepted or edited claim of the field, whoever made it;
a rejected value is taken out, and what nobody decided on stays as it was coded. Dates, actors, places and events are settled
one by one: rejected ones go, edited ones are replaced, accepted ones that this coding does not hold are put in. Where an event
was not decided on itself, its actors, date and places follow the decisions on those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brinkline.decision import Decision, StoredClaim, standing
from brinkline.errors import NotFound
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.reference.states import state_by_cow
from brinkline.store.claims import claims_of_layout

_LISTS = {"date": "dates", "actor": "actors", "event": "events"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim: the claim that stands (itself or a replacement), or None when it was rejected.

    ``rank`` orders verdicts on one field: adjudications over others, then by the order of decisions.
    """

    stands: StoredClaim | None
    rank: tuple[bool, int]


def settled(coding: Coding, claims: Iterable[StoredClaim], decisions: Iterable[Decision]) -> Coding:
    """The coding with accepted and edited values in and rejected ones out, adjudications first; itself when nothing changes.

    ``claims`` are those of its revision, with every replacement that a decision names (``store.claims.claims_of`` gives
    them). A claim that nobody decided on changes nothing, whoever made it. InputError BL262 when a person's record does not
    fit the layout of a coding.
    """
    by_id = {claim.id: claim for claim in claims}
    verdicts = verdicts_on(by_id, decisions)
    if not verdicts:
        return coding
    layout = coding.to_dict()
    revision = next(iter(by_id.values())).revision
    own = claims_of_layout(layout, revision)
    _settle_records(layout, own, by_id, verdicts)
    _settle_variables(layout, own, by_id, verdicts)
    made = read_coding(layout)
    return coding if made == coding else made


def verdicts_on(claims: Mapping[str, StoredClaim], decisions: Iterable[Decision]) -> dict[str, Verdict]:
    """What people decided on each claim that they accepted, edited, rejected or settled; others are left out."""
    rows: dict[str, list[Decision]] = defaultdict(list)
    order: dict[str, int] = {}
    for number, row in enumerate(decisions):
        rows[row.claim].append(row)
        order[row.id] = number
    found = {}
    for name, items in rows.items():
        now = standing(items)
        if name not in claims or now.decision is None or now.state not in ("accepted", "edited", "rejected", "settled"):
            continue
        found[name] = Verdict(_stands(claims, name, now.state, now.decision), (now.state == "settled", order[now.decision.id]))
    return found


def _stands(claims: Mapping[str, StoredClaim], name: str, state: str, row: Decision) -> StoredClaim | None:
    """An adjudication without a replacement keeps the claim, or takes it out when its note begins with "reject"."""
    if row.replacement is not None:
        return claims.get(row.replacement, claims[name])
    if state == "rejected" or (state == "settled" and row.note.startswith("reject")):
        return None
    return claims[name]


def _settle_records(
    layout: dict[str, Any], own: Sequence[StoredClaim], claims: Mapping[str, StoredClaim], verdicts: Mapping[str, Verdict]
) -> None:
    held = {claim.id for claim in own}
    changed: dict[str, dict[tuple[int, int, str], Any]] = {kind: {} for kind in ("date", "actor", "place")}
    decided_events = {claims[name].subject for name in verdicts if claims[name].kind == "event"}
    for claim in own:
        verdict = verdicts.get(claim.id)
        if verdict is not None and claim.kind in changed:
            changed[claim.kind][_place(claim.value)] = verdict.stands.value if verdict.stands else None
    for event in layout["events"]:
        if event["id"] not in decided_events:
            _follow(event, changed)
    for kind, name in _LISTS.items():
        items = []
        for claim, item in zip((claim for claim in own if claim.kind == kind), layout[name], strict=True):
            verdict = verdicts.get(claim.id)
            if verdict is None:
                items.append(item)
            elif verdict.stands is not None:
                items.append(item if verdict.stands.id == claim.id else dict(verdict.stands.value))
        for claim_name, verdict in verdicts.items():
            if claims[claim_name].kind == kind and claim_name not in held and verdict.stands is not None:
                _put_in(items, dict(verdict.stands.value))
        layout[name] = items


def _place(value: Mapping[str, Any]) -> tuple[int, int, str]:
    """What tells a date, mention or place from others of its kind."""
    actor = value.get("actor") or {}
    return value["start"], value["end"], str(actor.get("id", "")) or str(value.get("name", ""))


def _follow(event: dict[str, Any], changed: Mapping[str, Mapping[tuple[int, int, str], Any]]) -> None:
    """An event nobody decided on, with its date, actors and places as they were settled."""
    for key, kind in (("who", "actor"), ("whom", "actor"), ("where", "place")):
        followed = [changed[kind].get(_place(item), item) for item in event[key]]
        event[key] = [item for item in followed if item is not None]
    if event["when"] is not None:
        event["when"] = changed["date"].get(_place(event["when"]), event["when"])


def _put_in(items: list[dict[str, Any]], item: dict[str, Any]) -> None:
    """Before the first record that stands later in the text."""
    at = _start(item)
    index = next((number for number, other in enumerate(items) if _start(other) > at), len(items))
    items.insert(index, item)


def _start(item: Mapping[str, Any]) -> int:
    return int(item["evidence"]["start"] if "evidence" in item else item["start"])


def _settle_variables(
    layout: dict[str, Any], own: Sequence[StoredClaim], claims: Mapping[str, StoredClaim], verdicts: Mapping[str, Verdict]
) -> None:
    coded = {(claim.subject, claim.field): claim for claim in own if claim.kind == "variable"}
    slots: dict[tuple[str, str], list[tuple[StoredClaim, Verdict]]] = defaultdict(list)
    for name, verdict in verdicts.items():
        if claims[name].kind == "variable":
            slots[claims[name].subject, claims[name].field].append((claims[name], verdict))
    for slot, found in slots.items():
        adjudicated = [verdict for _, verdict in found if verdict.rank[0]]
        standing_ones = [verdict for _, verdict in found if verdict.stands is not None]
        program = coded.get(slot)
        if adjudicated or standing_ones:
            last = max(adjudicated or standing_ones, key=lambda verdict: verdict.rank)
            _put_value(layout, slot, last.stands, program)
        elif program is not None and any(claim.id == program.id for claim, _ in found):
            _put_value(layout, slot, None, program)
    layout["crisis_actors"] = [row for row in layout["crisis_actors"] if row["claims"]]


def _put_value(layout: dict[str, Any], slot: tuple[str, str], stands: StoredClaim | None, program: StoredClaim | None) -> None:
    """Make a claim the value of its field, or take the field out."""
    subject, field = slot
    if stands is not None and program is not None and stands.id == program.id:
        return
    fields = layout["crisis"] if subject == "crisis" else _row(layout, subject, make=stands is not None)
    if stands is None:
        fields.pop(field, None)
        return
    fields[field] = {
        "id": stands.id,
        "subject": subject,
        "field": field,
        "value": stands.value,
        "label": stands.label,
        "basis": stands.basis,
        "evidence": [{"start": item.start, "end": item.end, "quote": item.text} for item in stands.evidence],
        "from": list(stands.sources),
        "confidence": stands.confidence,
        "rule": stands.rule,
        "note": stands.note,
    }


def _row(layout: dict[str, Any], subject: str, *, make: bool) -> dict[str, Any]:
    """The fields of a crisis actor ("actor:740", "actor:740:2" for a second row), made at the end when a person adds one."""
    _, cow, number = (*subject.split(":"), "1")[:3]
    for row in layout["crisis_actors"]:
        if (row["cow"], row["row"]) == (int(cow), int(number)):
            fields: dict[str, Any] = row["claims"]
            return fields
    if not make:
        return {}
    try:
        state = state_by_cow(int(cow))
        abbrev, name = state.abbrev, state.name
    except NotFound:
        abbrev, name = "", f"state {cow}"
    made: dict[str, Any] = {}
    layout["crisis_actors"].append({"cow": int(cow), "abbrev": abbrev, "name": name, "row": int(number), "claims": made})
    return made
