"""PLOVER: one JSON list of event records with the keys of the PLOVER event data (Open Event Data Alliance, 2017 and later).

Each record has ``id``, ``date`` (first day it can have happened), ``source`` and ``target`` (``actorText``, ``code``,
``sector``), ``event`` (a root such as ASSAULT), ``eventText``, ``mode``, ``context``, ``location`` and ``text`` (the clause).
PLOVER has no place for acts of thought, so those are left out, and none for the narrative: ``textInfo`` says which it is and
where the words stand. States have ISO 3166 alpha-3 codes, other actors their own abbreviation or id.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from brinkline.exchange.json_stream import json_line
from brinkline.exchange.tables import narrative_key
from brinkline.model import Event, Mention
from brinkline.record import Coding
from brinkline.reference.states import states

#: PLOVER's sectors for the kinds of agents; the others have none there.
_SECTORS = {"military": "MIL", "government": "GOV", "leader": "GOV", "diplomat": "GOV", "party": "PTY", "people": "CVL"}


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the records of all codings on the stream as one list."""
    separator = "[\n"
    for coding in codings:
        for record in records(coding):
            stream.write(separator + json_line(record))
            separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


def records(coding: Coding) -> Iterator[dict[str, Any]]:
    """The events of a coding that have a PLOVER root."""
    for event in coding.events:
        if event.plover:
            yield _record(event, coding)


def _record(event: Event, coding: Coding) -> dict[str, Any]:
    when = event.when
    attributes = dict(event.attributes)
    return {
        "id": f"{narrative_key(coding)}/{event.id}",
        "date": when.earliest.iso() if when and when.earliest else None,
        "dateEnd": when.latest.iso() if when and when.latest else None,
        "source": [_actor(mention) for mention in event.who],
        "target": [_actor(mention) for mention in event.whom],
        "event": event.plover,
        "eventText": event.verb.text,
        "mode": event.mode,
        "context": attributes.get("domain", ""),
        "location": [{"name": place.name, "latitude": place.latitude, "longitude": place.longitude} for place in event.where],
        "text": event.evidence.text,
        "textInfo": {
            "narrative": coding.narrative.number,
            "title": coding.narrative.title,
            "sha256": coding.narrative.digest,
            "start": event.evidence.start,
            "end": event.evidence.end,
        },
        "language": "en",
        "coder": coding.run.program,
        "intensity": event.intensity,
        "confidence": event.confidence,
    }


@functools.cache
def _iso_codes() -> dict[str, str]:
    return {state.id: state.iso3 for state in states() if state.iso3}


def _actor(mention: Mention) -> dict[str, Any]:
    """An actor as PLOVER writes one; the code is empty where it stayed open."""
    actor = mention.actor
    code = ""
    if actor is not None:
        code = _iso_codes().get(actor.id) or actor.abbrev or actor.id
    sector = _SECTORS.get(mention.agent_kind, "IGO" if actor is not None and actor.kind == "body" else "")
    found = {"actorText": mention.text, "code": code, "sector": sector}
    return {key: value for key, value in found.items() if value or key != "sector"}
