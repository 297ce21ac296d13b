"""A person's claim from what they filled in: another value, other words, or a new claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from brinkline.decision import ClaimKind, StoredClaim
from brinkline.errors import UsageError
from brinkline.model import Basis, Narrative, Quote, Sentence
from brinkline.plain import in_order, one_line
from brinkline.reference.bodies import body
from brinkline.reference.event_scheme import event_types, plover_root
from brinkline.reference.states import state_by_key
from brinkline.review.edtf_days import date_values
from brinkline.review.offered import checked_value, level_of, state_name, variable_of
from brinkline.search.actor_terms import actor_ids, actors_named
from brinkline.store.own import own_claim

Fields = Mapping[str, Sequence[str]]
MODES = ("done", "ongoing", "planned", "promised", "threatened", "demanded", "reported", "denied", "hypothetical")
_BASES = ("quoted", "inferred", "absent")
_NEW: Mapping[str, dict[str, Any]] = {
    "date": {"off_line": False},
    "actor": {"actor": None, "agent": "", "agent_kind": "", "basis": "person", "candidates": []},
    "place": {"kind": "place", "latitude": None, "longitude": None, "state": ""},
    "event": {"who": [], "whom": [], "when": None, "where": [], "content": None, "attributes": {}, "confidence": 1.0},
}


class Making:
    """What a claim is made in: the narrative, its sentences, the claims shown, and who makes it when."""

    def __init__(
        self,
        narrative: Narrative,
        sentences: Sequence[Sentence],
        revision: str,
        claims: Sequence[StoredClaim],
        author: str,
        at: str,
    ) -> None:
        self.narrative = narrative
        self.sentences = sentences
        self.revision = revision
        self.claims = claims
        self.author = author
        self.at = at

    def edited(self, before: StoredClaim, fields: Fields) -> StoredClaim:
        """The claim that stands instead of another one: what the fields do not name stays as it was.

        UsageError BL167 for a value that cannot be, BL168 for words that are not in the text.
        """
        ranges = self._ranges(fields, before.evidence)
        if before.kind == "variable":
            return self._variable(before.subject, before.field, fields, ranges, before)
        return self._record(before.kind, dict(before.value), fields, ranges, before.subject)

    def new(self, fields: Fields) -> StoredClaim:
        """A claim of the person's own. UsageError BL167 or BL168 as for ``edited``."""
        kind = _one(fields, "kind", "variable")
        ranges = self._ranges(fields, ())
        if kind == "variable":
            return self._variable(_one(fields, "subject", "crisis"), _one(fields, "field"), fields, ranges, None)
        if kind not in _NEW or not ranges:
            raise UsageError("BL168", "a new claim needs words of the text", remedy="mark the words, then choose the kind")
        return self._record(cast(ClaimKind, kind), dict(_NEW[kind]), fields, ranges, "")

    def _variable(
        self, subject: str, field: str, fields: Fields, ranges: list[tuple[int, int]], before: StoredClaim | None
    ) -> StoredClaim:
        if before is None and not self._is_known(subject, field):
            raise UsageError(
                "BL167", f"there is no {field[:40]!r} of {subject[:40]!r}", remedy="choose a variable and a subject"
            )
        if "value" in fields:
            value, label = checked_value(subject, field, _one(fields, "value") or _one(fields, "written"))
        elif before is not None:
            value, label = before.value, before.label
        else:
            raise UsageError("BL167", f"{field or 'the claim'} needs a value", remedy="choose one of those offered")
        basis = _one(fields, "basis") or (before.basis if before and before.basis != "reference" else "quoted")
        if value is None:
            basis = "absent"
        elif not ranges:
            basis = "inferred"
        elif basis == "absent":
            basis = "quoted"
        if basis not in _BASES:
            raise UsageError("BL167", f"there is no basis {basis!r}", remedy="one of: " + ", ".join(_BASES))
        return own_claim(
            self.narrative,
            self.revision,
            kind="variable",
            subject=subject,
            field=field,
            value=value,
            author=self.author,
            at=self.at,
            label=label,
            basis=cast(Basis, basis),
            evidence=ranges,
            note=_one(fields, "note"),
        )

    def _is_known(self, subject: str, field: str) -> bool:
        """Whether a subject is the crisis, one of its actors or a state, and has a variable of this name."""
        own = [claim for claim in self.claims if claim.kind == "variable"]
        number = subject.removeprefix("actor:")
        state = subject.startswith("actor:") and number.isdecimal() and state_name(int(number)) != f"state {number}"
        is_subject = subject == "crisis" or state or any(claim.subject == subject for claim in own)
        levels = {(level_of(claim.subject), claim.field) for claim in own}
        return is_subject and (variable_of(subject, field) is not None or (level_of(subject), field) in levels)

    def _record(
        self, kind: ClaimKind, value: dict[str, Any], fields: Fields, ranges: list[tuple[int, int]], subject: str
    ) -> StoredClaim:
        start, end = ranges[0]
        words = self.narrative.text[start:end]
        fill = {"date": self._date, "actor": self._actor, "place": self._place, "event": self._event}[kind]
        value, label = fill(value, fields, words)
        if kind == "event":
            self._move_event(value, start, end)
        else:
            value |= {"start": start, "end": end, "text": words}
        return own_claim(
            self.narrative,
            self.revision,
            kind=kind,
            subject=subject or f"{kind}:{start}-{end}",
            field=kind,
            value=value,
            author=self.author,
            at=self.at,
            label=label,
            evidence=[(start, end)],
            note=_one(fields, "note"),
        )

    def _date(self, value: dict[str, Any], fields: Fields, words: str) -> tuple[dict[str, Any], str]:
        if "edtf" in fields or "edtf" not in value:
            value |= date_values(_one(fields, "edtf"))
        return value, value["edtf"]

    def _actor(self, value: dict[str, Any], fields: Fields, words: str) -> tuple[dict[str, Any], str]:
        if "actor" in fields or value.get("actor") is None:
            value |= {"actor": self.actor(_one(fields, "actor")), "candidates": [], "basis": "person"}
        return value, value["actor"]["name"]

    def actor(self, name: str) -> dict[str, Any]:
        """The actor of a name, number, abbreviation or id: one that the narrative names, else one of the tables.

        UsageError BL167 for an unknown one.
        """
        for claim in self.claims:
            known = claim.value.get("actor") if claim.kind == "actor" else None
            if known and name in (known["id"], known["name"], known["abbrev"]):
                return dict(known)
        for canonical in actors_named(name.strip()):
            for ident in actor_ids(canonical):
                if ident.startswith("state:"):
                    found = state_by_key(ident.removeprefix("state:")).actor()
                    return _actor_dict("state", found.id, found.name, found.cow, found.abbrev)
                if ident.startswith("body:"):
                    item = body(ident)
                    return _actor_dict("body", item.id, item.name, None, item.abbrev)
        if name.startswith("group:") and len(name) > 6:
            return _actor_dict("group", one_line(name), one_line(name[6:]), None, "")
        raise UsageError("BL167", f"no actor {name[:60]!r}", remedy="write a state or body; for another group: group:NAME")

    def _place(self, value: dict[str, Any], fields: Fields, words: str) -> tuple[dict[str, Any], str]:
        value["name"] = one_line(_one(fields, "name") or value.get("name") or words)[:200]
        return value, value["name"]

    def _event(self, value: dict[str, Any], fields: Fields, words: str) -> tuple[dict[str, Any], str]:
        mode, name = _one(fields, "mode") or value.get("mode", "done"), _one(fields, "type") or value.get("type", "")
        leaf = event_types().get(name)
        if leaf is None or mode not in MODES:
            raise UsageError("BL167", f"no event of type {name[:60]!r} and mode {mode[:20]!r}", remedy="choose from the lists")
        by_id = {claim.value["id"]: claim.value for claim in self.claims if claim.kind in ("actor", "date")}
        for side in ("who", "whom"):
            if side in fields:
                known = {item["id"]: item for item in value[side]} | by_id
                value[side] = [known[item] for item in fields[side] if item in known and item.startswith("actor:")]
        if "when" in fields:
            value["when"] = by_id.get(_one(fields, "when"))
        value |= {"type": leaf.id, "label": leaf.label, "layer": leaf.layer, "stance": leaf.stance, "armed": leaf.armed}
        value |= {"mode": mode, "plover": plover_root(leaf, mode), "cameo": leaf.cameo, "intensity": leaf.intensity}
        value |= {"rule": "person"}
        return value, leaf.label

    def _move_event(self, value: dict[str, Any], start: int, end: int) -> None:
        """The words of an event; the verb stays while it is among them, else it is the words themselves."""
        text = self.narrative.text
        value["evidence"] = {"start": start, "end": end, "quote": text[start:end]}
        verb = value.get("verb")
        if not verb or not start <= verb["start"] < verb["end"] <= end:
            value["verb"] = dict(value["evidence"])
        at = value["verb"]["start"]
        value["sentence"] = next((item.index for item in self.sentences if item.start <= at < item.end), 0)

    def _ranges(self, fields: Fields, before: Sequence[Quote]) -> list[tuple[int, int]]:
        """The ranges given ("12-20 31-40"), or where the words given stand (the place nearest to the ones before)."""
        if "evidence" in fields:
            return self._written_ranges(_one(fields, "evidence"))
        old = [(item.start, item.end) for item in in_order(before)]
        words = _one(fields, "words").strip()
        if not words or any(self.narrative.text[start:end] == words for start, end in old):
            return old
        near = old[0][0] if old else 0
        places = _places(self.narrative.text, words)
        if not places:
            raise UsageError("BL168", "these words do not stand in the text", remedy="copy them as they are written there")
        return [min(places, key=lambda place: abs(place[0] - near))]

    def _written_ranges(self, text: str) -> list[tuple[int, int]]:
        ranges = []
        for part in text.split():
            start, dash, end = part.partition("-")
            if not (dash and start.isdecimal() and end.isdecimal() and len(part) < 20):
                raise UsageError("BL168", f"{part[:40]!r} is not a range of the text", remedy="mark the words again")
            ranges.append((int(start), int(end)))
        if any(not start < end <= len(self.narrative.text) for start, end in ranges):
            raise UsageError("BL168", "the words are not inside the text", remedy="mark the words again")
        return sorted(set(ranges))


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text; any white space in them stands for any other."""
    parts = words.split()
    places, at = [], text.find(parts[0])
    while at >= 0:
        end = at
        for part in parts:
            while end < len(text) and text[end].isspace():
                end += 1
            if not text.startswith(part, end):
                break
            end += len(part)
        else:
            places.append((at, end))
        at = text.find(parts[0], at + 1)
    return places


def _one(fields: Fields, name: str, otherwise: str = "") -> str:
    values = fields.get(name) or ()
    return values[0] if values else otherwise


def _actor_dict(kind: str, ident: str, name: str, cow: int | None, abbrev: str) -> dict[str, Any]:
    return {"kind": kind, "id": ident, "cow": cow, "abbrev": abbrev, "name": name, "members": []}
