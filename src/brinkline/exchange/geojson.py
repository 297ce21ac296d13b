"""GeoJSON (RFC 7946): a point for each place of an event, with its date, actors, act and words; WGS84, longitude first.

Places that the tables give no position for are left out; ``events`` of the other formats have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from brinkline.exchange.json_stream import write_listed
from brinkline.exchange.tables import narrative_key
from brinkline.model import Event, Place
from brinkline.plain import names
from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put one collection with the places of all codings on the stream."""
    write_listed(stream, {"type": "FeatureCollection"}, "features", (item for coding in codings for item in features(coding)))


def features(coding: Coding) -> Iterator[dict[str, Any]]:
    """The places of the events of a coding in the order of the text."""
    for event in coding.events:
        for number, place in enumerate(event.where):
            if place.latitude is not None and place.longitude is not None:
                yield {
                    "type": "Feature",
                    "id": f"{narrative_key(coding)}/{event.id}/{number}",
                    "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                    "properties": _properties(coding, event, place),
                }


def _properties(coding: Coding, event: Event, place: Place) -> dict[str, Any]:
    when = event.when
    return {
        "narrative": narrative_key(coding),
        "number": coding.narrative.number,
        "title": coding.narrative.title,
        "place": place.name,
        "place_kind": place.kind,
        "state": place.state,
        "place_words": place.text,
        "place_start": place.start,
        "place_end": place.end,
        "event": event.id,
        "type": event.type,
        "label": event.label,
        "mode": event.mode,
        "armed": event.armed,
        "intensity": event.intensity,
        "who": names(event.who),
        "whom": names(event.whom),
        "edtf": when.edtf if when else None,
        "earliest": when.earliest.iso() if when and when.earliest else None,
        "latest": when.latest.iso() if when and when.latest else None,
        "words": event.evidence.text,
        "start": event.evidence.start,
        "end": event.evidence.end,
    }
