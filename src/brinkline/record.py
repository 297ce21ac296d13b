"""``Coding``, the result of coding one narrative, and its published layout (``Coding.to_dict``).

The layout is described by ``coding.schema.json`` beside this file; a test validates every sample against it.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

from brinkline.model import (
    Actor,
    Claim,
    CrisisActor,
    Event,
    Mention,
    Narrative,
    Notice,
    Place,
    Quote,
    Run,
    Section,
    Sentence,
    When,
)
from brinkline.version import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Coding:
    """One narrative as structured data; every value keeps the words that support it.

    ``crisis`` holds the crisis-level claims by ICB1 name, ``crisis_actors`` one row per crisis actor by ICB2 name.
    ``warnings`` are those that arose while coding; those of reading are ``narrative.warnings``.
    """

    run: Run
    narrative: Narrative
    sentences: tuple[Sentence, ...]
    dates: tuple[When, ...]
    actors: tuple[Mention, ...]
    events: tuple[Event, ...]
    crisis: tuple[Claim, ...]
    crisis_actors: tuple[CrisisActor, ...]
    warnings: tuple[Notice, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The coding in the published layout, keys in fixed order, values of plain JSON types only."""
        return {
            "schema_version": SCHEMA_VERSION,
            "run": {
                "program": self.run.program,
                "versions": dict(self.run.versions),
                "settings": dict(self.run.settings),
            },
            "narrative": _narrative(self.narrative, self.warnings),
            "sentences": [
                {
                    "index": sentence.index,
                    "start": sentence.start,
                    "end": sentence.end,
                    "section": sentence.section,
                    "paragraph": sentence.paragraph,
                }
                for sentence in self.sentences
            ],
            "dates": [_when(when) for when in self.dates],
            "actors": [_mention(mention) for mention in self.actors],
            "events": [_event(event) for event in self.events],
            "crisis": {claim.field: _claim(claim) for claim in self.crisis},
            "crisis_actors": [_crisis_actor(row) for row in self.crisis_actors],
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """``to_dict`` as JSON text (UTF-8 characters kept); ``indent=None`` gives one line."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def _repr_html_(self) -> str:
        """A small table for notebooks: the crisis rows and the dated events; all text escaped."""
        title = html.escape(f"{self.narrative.number or ''} {self.narrative.title}".strip() or "Narrative")
        rows = "".join(
            f"<tr><td>{html.escape(row.name)}</td><td>{html.escape(claim.field)}</td>"
            f"<td>{html.escape(str(claim.value if claim.value is not None else ''))}</td>"
            f"<td>{html.escape(' … '.join(item.text for item in claim.evidence))}</td></tr>"
            for row in self.crisis_actors
            for claim in row.claims
        )
        events = "".join(
            f"<tr><td>{html.escape(event.when.edtf if event.when else '')}</td><td>{html.escape(_names(event.who))}</td>"
            f"<td>{html.escape(event.label)} ({html.escape(event.mode)})</td><td>{html.escape(_names(event.whom))}</td></tr>"
            for event in self.events
        )
        return (
            f"<h4>{title}</h4><table><thead><tr><th>actor</th><th>variable</th><th>value</th><th>words</th></tr></thead>"
            f"<tbody>{rows}</tbody></table><table><thead><tr><th>date</th><th>who</th><th>did</th><th>to whom</th></tr>"
            f"</thead><tbody>{events}</tbody></table>"
        )


def _names(mentions: tuple[Mention, ...]) -> str:
    return ", ".join(mention.actor.name if mention.actor else mention.text for mention in mentions)


def _narrative(narrative: Narrative, warnings: tuple[Notice, ...]) -> dict[str, Any]:
    return {
        "number": narrative.number,
        "title": narrative.title,
        "source": narrative.source,
        "sha256": narrative.digest,
        "text": narrative.text,
        "sections": [_section(section) for section in narrative.sections],
        "asides": [{"start": span.start, "end": span.end} for span in narrative.asides],
        "references": [
            {
                "start": item.start,
                "end": item.end,
                "text": item.text,
                "author": item.author,
                "years": list(item.years),
                "pages": item.pages,
                "note": item.note,
            }
            for item in narrative.references
        ],
        "cross_references": [
            {"start": item.start, "end": item.end, "text": item.text, "case": item.case, "name": item.name}
            for item in narrative.cross_references
        ],
        "last_updated": narrative.last_updated.iso() if narrative.last_updated else None,
        "warnings": [
            {"code": item.code, "message": item.message, "start": item.start, "end": item.end}
            for item in (*narrative.warnings, *warnings)
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    return {"kind": section.kind, "heading": section.heading, "start": section.start, "end": section.end}


def _when(when: When) -> dict[str, Any]:
    return {
        "id": when.id,
        "start": when.start,
        "end": when.end,
        "text": when.text,
        "edtf": when.edtf,
        "timex": {"type": when.timex.type, "value": when.timex.value, "mod": when.timex.mod},
        "earliest": when.earliest.iso() if when.earliest else None,
        "latest": when.latest.iso() if when.latest else None,
        "precision": when.precision,
        "kind": when.kind,
        "anchor": when.anchor,
        "rule": when.rule,
        "off_line": when.off_line,
    }


def _actor(actor: Actor | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {
        "kind": actor.kind,
        "id": actor.id,
        "cow": actor.cow,
        "abbrev": actor.abbrev,
        "name": actor.name,
        "members": list(actor.members),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "actor": _actor(mention.actor),
        "agent": mention.agent,
        "agent_kind": mention.agent_kind,
        "basis": mention.basis,
        "candidates": list(mention.candidates),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "name": place.name,
        "kind": place.kind,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "state": place.state,
    }


def _quote(item: Quote) -> dict[str, Any]:
    return {"start": item.start, "end": item.end, "quote": item.text}


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "label": event.label,
        "layer": event.layer,
        "stance": event.stance,
        "armed": event.armed,
        "mode": event.mode,
        "plover": event.plover,
        "cameo": event.cameo,
        "intensity": event.intensity,
        "who": [_mention(mention) for mention in event.who],
        "whom": [_mention(mention) for mention in event.whom],
        "when": _when(event.when) if event.when else None,
        "where": [_place(place) for place in event.where],
        "evidence": _quote(event.evidence),
        "verb": _quote(event.verb),
        "sentence": event.sentence,
        "confidence": event.confidence,
        "rule": event.rule,
        "content": event.content,
        "attributes": dict(event.attributes),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "subject": claim.subject,
        "field": claim.field,
        "value": claim.value,
        "label": claim.label,
        "basis": claim.basis,
        "evidence": [_quote(item) for item in claim.evidence],
        "from": list(claim.sources),
        "confidence": claim.confidence,
        "rule": claim.rule,
        "note": claim.note,
    }


def _crisis_actor(row: CrisisActor) -> dict[str, Any]:
    return {
        "cow": row.cow,
        "abbrev": row.abbrev,
        "name": row.name,
        "row": row.row,
        "claims": {claim.field: _claim(claim) for claim in row.claims},
    }
