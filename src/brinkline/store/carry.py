"""Taking a claim from one revision of a text to the next: the same words, at their new place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from brinkline.decision import StoredClaim
from brinkline.model import Narrative, Quote, content_id
from brinkline.store.claims import claim_id
from brinkline.store.moved import Moved

#: Ranges inside a text: "pronoun: Japan, 41-46; Russia, 60-66".
_RANGE = re.compile(r"(?:(?<=, )|(?<=; )|^)(\d+)-(\d+)(?=;|$)")


class Carrier:
    """Brings claims of the revision with ``old`` as its text into the revision ``revision_id``.

    ``starts`` are the first positions of the new revision's sentences, ``events`` the events of the old one by id.
    """

    def __init__(
        self, old: Narrative, new: Narrative, revision_id: str, starts: Sequence[int], events: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._moved = Moved(old.text, new.text)
        self._new = new
        self._revision = revision_id
        self._starts = starts
        self._events = events

    def carry(self, claim: StoredClaim) -> StoredClaim | None:
        """The claim at the new place of its words; None when some of them are not found again."""
        try:
            quotes = tuple(self._quote(item.start, item.end) for item in claim.evidence)
            value = claim.value if claim.kind == "variable" else self._value(claim.value)
        except LookupError:
            return None
        subject = claim.subject if claim.kind == "variable" else self._subject(claim.kind, value)
        if isinstance(value, dict) and "id" in value:
            value["id"] = subject
        ranges = [(item.start, item.end) for item in quotes]
        name = claim_id(self._revision, claim.kind, subject, claim.field, value, ranges, claim.author)
        note = self._ranges(claim.note) if claim.kind == "actor" else claim.note
        return replace(claim, id=name, revision=self._revision, subject=subject, value=value, evidence=quotes, note=note)

    def _quote(self, start: int, end: int) -> Quote:
        """The words at their new place; LookupError when they are not found."""
        moved = self._moved.range(start, end)
        if moved is None:
            raise LookupError(f"[{start}, {end})")
        return Quote(*moved, self._new.text[moved[0] : moved[1]])

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        made = {key: self._value(item) for key, item in value.items()}
        if "start" in value and "end" in value:
            words = self._quote(value["start"], value["end"])
            made |= {"start": words.start, "end": words.end}
            made |= {key: words.text for key in ("text", "quote") if key in value}
            if str(value.get("id", "")).startswith(("date:", "actor:")):
                made["id"] = f"{value['id'].split(':')[0]}:{words.start}-{words.end}"
        if "evidence" in made and "sentence" in made:
            made["sentence"] = max(0, bisect_right(self._starts, made["evidence"]["start"]) - 1)
        if made.get("content"):
            made["content"] = self._event_id(made["content"])
        return made | {key: self._ranges(made[key]) for key in ("basis", "also") if key in made}

    def _event_id(self, old: str) -> str | None:
        """The id in the new revision of an event of the old one; None when its words are gone."""
        value = self._events.get(old)
        verb = value and self._moved.range(value["verb"]["start"], value["verb"]["end"])
        return content_id("event", (self._new.digest, value["type"], verb[0], value["mode"])) if value and verb else None

    def _subject(self, kind: str, value: Mapping[str, Any]) -> str:
        if kind == "event":  # the id that coding the new text gives to the same event
            return content_id("event", (self._new.digest, value["type"], value["verb"]["start"], value["mode"]))
        return f"{kind}:{value['start']}-{value['end']}"

    def _ranges(self, text: str) -> str:
        """The text with the ranges in it at their new places; those that are not found again stay."""

        def put(found: re.Match[str]) -> str:
            start, end = int(found[1]), int(found[2])
            moved = self._moved.range(start, end) if start < end else None
            return f"{moved[0]}-{moved[1]}" if moved else found[0]

        return _RANGE.sub(put, text)
