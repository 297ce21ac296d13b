"""``Coding``, the result of coding one narrative, and its published layout (``Coding.to_dict``).

The layout is described by ``coding.schema.json`` beside this file; a test validates every sample against it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
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
    Span,
    When,
)
from brinkline.plain import names, one_line, value_text, words
from brinkline.version import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class OwnVariable:
    """A variable of a user's codebook, for whoever shows its values: the built-in codebook does not describe it."""

    level: str
    name: str
    label: str
    scale: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One narrative as structured data; every value keeps the words that support it.

    ``crisis`` holds the crisis-level claims by ICB1 name, ``crisis_actors`` one row per crisis actor by ICB2 name.
    ``warnings`` are those that arose while coding; those of reading are ``narrative.warnings``. ``own_variables`` describe
    the fields that a user's codebook added or replaced.
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
    own_variables: tuple[OwnVariable, ...] = ()

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
            "crisis": _by_field(self.crisis),
            "crisis_actors": [_crisis_actor(row) for row in self.crisis_actors],
            "own_variables": [_own(item) for item in self.own_variables],
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """``to_dict`` as JSON text (UTF-8 characters kept); ``indent=None`` gives one line.

        Lines of a text can end in other signs than "\\n"; those that some readers of JSON Lines split at are escaped.
        """
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")

    def _repr_html_(self) -> str:
        """Two small tables for notebooks, the coded values and the events; all text escaped."""
        title = f"{self.narrative.number or ''} {one_line(self.narrative.title)}".strip() or "Narrative"
        crisis = [("crisis", claim) for claim in self.crisis]
        claims = [*crisis, *((row.name, claim) for row in self.crisis_actors for claim in row.claims)]
        values = [(of, claim.field, value_text(claim), words(claim.evidence)) for of, claim in claims]
        events = [
            (event.when.edtf if event.when else "", names(event.who), f"{event.label} ({event.mode})", names(event.whom))
            for event in self.events
        ]
        dates = [(when.text, when.edtf, when.precision, when.anchor) for when in self.dates] if not self.events else []
        return (
            f"<h4>{html.escape(title)}</h4>"
            + _html_table(("of", "variable", "value", "words"), values)
            + _html_table(("date", "who", "did", "to whom"), events)
            + _html_table(("words", "date", "precision", "drawn from"), dates)
        )


def json_schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of ``Coding.to_dict()``; a fresh object on every call."""
    text = resources.files("brinkline").joinpath("coding.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _html_table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(one_line(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _by_field(claims: tuple[Claim, ...]) -> dict[str, Any]:
    """Claims by field name; ValueError when two hold the same field, since one of them would be lost without a word."""
    fields = {claim.field: _claim(claim) for claim in claims}
    if len(fields) != len(claims):
        twice = sorted(field for field in fields if sum(claim.field == field for claim in claims) > 1)
        raise ValueError(f"two claims of one subject for {', '.join(twice)}")
    return fields


def _narrative(narrative: Narrative, warnings: tuple[Notice, ...]) -> dict[str, Any]:
    return {
        "number": narrative.number,
        "title": narrative.title,
        "source": narrative.source,
        "sha256": narrative.digest,
        "text": narrative.text,
        "sections": [_section(section) for section in narrative.sections],
        "paragraphs": [_span(span) for span in narrative.paragraphs],
        "asides": [_span(span) for span in narrative.asides],
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
        "created": narrative.created.iso() if narrative.created else None,
        "head": narrative.head,
        "warnings": [
            *(_notice(item, "reading") for item in narrative.warnings),
            *(_notice(item, "coding") for item in warnings),
        ],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def _notice(notice: Notice, stage: str) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message, "start": notice.start, "end": notice.end, "stage": stage}


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


def _own(item: OwnVariable) -> dict[str, Any]:
    return {"level": item.level, "name": item.name, "label": item.label, "scale": item.scale}


def _crisis_actor(row: CrisisActor) -> dict[str, Any]:
    return {
        "cow": row.cow,
        "abbrev": row.abbrev,
        "name": row.name,
        "row": row.row,
        "claims": _by_field(row.claims),
    }
