"""W3C Web Annotations (Web Annotation Data Model, 2017) as JSON-LD: one annotation for each date, mention, event and claim.

A target is a narrative, named by the hash of its text (``ni:///sha-256;...``, RFC 6920), with two selectors:
TextPositionSelector counts Unicode code points, TextQuoteSelector has the words and what stands before and behind them. A
claim without words has the whole narrative as its target. The bodies say what kind of thing it is, what it means in words,
and the whole record as JSON.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from brinkline.exchange.json_stream import json_line
from brinkline.exchange.tables import claims
from brinkline.model import Narrative
from brinkline.plain import names, one_line, value_text
from brinkline.record import Coding

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_COLLECTION = "urn:brinkline:annotations"
_AROUND = 32
_WHY = {"date": "identifying", "mention": "identifying", "event": "describing", "claim": "classifying"}


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put one collection with the annotations of all codings on the stream."""
    head = {"@context": _CONTEXT, "id": _COLLECTION, "type": "AnnotationCollection", "label": "brinkline codings"}
    page = {"id": f"{_COLLECTION}:1", "type": "AnnotationPage", "partOf": _COLLECTION, "startIndex": 0}
    stream.write(json.dumps(head)[:-1] + ', "first": ' + json.dumps(page)[:-1] + ', "items": [')
    total = 0
    for coding in codings:
        for item in items(coding):
            stream.write((",\n" if total else "\n") + json_line(item))
            total += 1
    stream.write(f'\n]}}, "total": {total}}}\n')


def items(coding: Coding) -> Iterator[dict[str, Any]]:
    """The annotations of a coding: dates, mentions, events, claims."""
    plain = coding.to_dict()
    told = {
        "date": [(when.edtf or when.timex.value or "open", [(when.start, when.end)]) for when in coding.dates],
        "mention": [(item.actor.name if item.actor else "open", [(item.start, item.end)]) for item in coding.actors],
        "event": [
            (
                " ".join(part for part in (names(event.who), f"{event.label} ({event.mode})", names(event.whom)) if part),
                [(event.evidence.start, event.evidence.end)],
            )
            for event in coding.events
        ],
        "claim": [
            (f"{claim.subject} {claim.field}: {value_text(claim)}", [(item.start, item.end) for item in claim.evidence])
            for claim in claims(coding)
        ],
    }
    claim_records = [*plain["crisis"].values(), *(item for row in plain["crisis_actors"] for item in row["claims"].values())]
    records = {"date": plain["dates"], "mention": plain["actors"], "event": plain["events"], "claim": claim_records}
    for kind, found in told.items():
        for (text, ranges), record in zip(found, records[kind], strict=True):
            yield _annotation(coding, kind, one_line(text), ranges, record)


def source_id(narrative: Narrative) -> str:
    """The name of a text: its SHA-256 as a named information URI (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(narrative.digest)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _annotation(coding: Coding, kind: str, text: str, ranges: list[tuple[int, int]], record: dict[str, Any]) -> dict[str, Any]:
    targets = [_target(coding.narrative, start, end) for start, end in ranges]
    return {
        "id": f"urn:brinkline:{coding.narrative.digest[:12]}:{record['id']}",
        "type": "Annotation",
        "motivation": _WHY[kind],
        "generator": {"type": "Software", "name": coding.run.program},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": kind},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": text},
            {"type": "TextualBody", "format": "application/json", "value": json.dumps(record, ensure_ascii=False)},
        ],
        "target": (targets if len(targets) > 1 else targets[0]) if targets else source_id(coding.narrative),
    }


def _target(narrative: Narrative, start: int, end: int) -> dict[str, Any]:
    text = narrative.text
    return {
        "source": source_id(narrative),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }
