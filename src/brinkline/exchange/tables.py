"""The rows of the tables that have a row for each record; their columns and what each means stand in ``tables.csv``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brinkline.exchange.columns import Row
from brinkline.model import Claim, Day, Mention, When
from brinkline.plain import names
from brinkline.record import Coding

#: Digits of the text's SHA-256 that serve as key of a narrative.
KEY_LENGTH = 12


def narrative_key(coding: Coding) -> str:
    """The key that joins the tables: the first 12 hexadecimal digits of the text's SHA-256."""
    return coding.narrative.digest[:KEY_LENGTH]


def claims(coding: Coding) -> Iterator[Claim]:
    """All claims of a coding: those of the crisis, then those of each actor row."""
    yield from coding.crisis
    for row in coding.crisis_actors:
        yield from row.claims


def _iso(day: Day | None) -> str | None:
    return day.iso() if day else None


def _narratives(coding: Coding) -> Iterator[Row]:
    narrative = coding.narrative
    updated = _iso(narrative.last_updated)
    yield [
        narrative.number,
        narrative.title,
        narrative.source,
        narrative.digest,
        len(narrative.text),
        len(coding.sentences),
        updated,
        coding.run.program,
        coding.run.schema_version,
    ]


def _dates(coding: Coding) -> Iterator[Row]:
    for when in coding.dates:
        yield [
            when.id,
            when.start,
            when.end,
            when.text,
            when.edtf,
            when.timex.type,
            when.timex.value,
            when.timex.mod,
            _iso(when.earliest),
            _iso(when.latest),
            when.precision,
            when.kind,
            when.anchor,
            when.rule,
            int(when.off_line),
        ]


def _mentions(coding: Coding) -> Iterator[Row]:
    for mention in coding.actors:
        actor = mention.actor
        yield [
            mention.id,
            mention.start,
            mention.end,
            mention.text,
            actor.id if actor else None,
            actor.kind if actor else None,
            actor.cow if actor else None,
            actor.name if actor else None,
            mention.agent,
            mention.agent_kind,
            mention.basis,
            " ".join(mention.candidates),
        ]


def _events(coding: Coding) -> Iterator[Row]:
    for event in coding.events:
        when = event.when
        yield [
            event.id,
            event.type,
            event.label,
            event.layer,
            event.stance,
            int(event.armed),
            event.mode,
            event.plover,
            event.cameo,
            event.intensity,
            _ids(event.who),
            names(event.who),
            _ids(event.whom),
            names(event.whom),
            when.edtf if when else None,
            *_bounds(when),
            "; ".join(place.name for place in event.where),
            event.sentence,
            event.evidence.start,
            event.evidence.end,
            event.evidence.text,
            event.confidence,
            event.rule,
        ]


def _bounds(when: When | None) -> Row:
    return [_iso(when.earliest), _iso(when.latest), when.id] if when else [None, None, None]


def _ids(mentions: Iterable[Mention]) -> str:
    return " ".join(mention.actor.id if mention.actor else "?" for mention in mentions)


def _claim_rows(coding: Coding) -> Iterator[Row]:
    for claim in claims(coding):
        yield _claim(claim)


def _claim(claim: Claim) -> Row:
    return [
        claim.id,
        claim.subject,
        claim.field,
        claim.value,
        claim.label,
        claim.basis,
        claim.confidence,
        claim.rule,
        " ".join(claim.sources),
        claim.note,
    ]


def _evidence(coding: Coding) -> Iterator[Row]:
    for claim in claims(coding):
        for number, quote in enumerate(claim.evidence, 1):
            yield [claim.id, number, quote.start, quote.end, quote.text]


def _references(coding: Coding) -> Iterator[Row]:
    for item in coding.narrative.references:
        years = " ".join(item.years)
        yield [
            item.start,
            item.end,
            item.text,
            item.author,
            years,
            item.pages,
            item.note,
            None,
        ]
    for pointer in coding.narrative.cross_references:
        yield [pointer.start, pointer.end, pointer.text, None, None, None, pointer.name, pointer.case]


def _warnings(coding: Coding) -> Iterator[Row]:
    for notice in (*coding.narrative.warnings, *coding.warnings):
        yield [notice.code, notice.message, notice.start, notice.end]


#: For each table, the function that gives the rows of one coding, without the narrative's key.
ROWS: dict[str, Callable[[Coding], Iterator[Row]]] = {
    "narratives": _narratives,
    "events": _events,
    "dates": _dates,
    "mentions": _mentions,
    "claims": _claim_rows,
    "evidence": _evidence,
    "references": _references,
    "warnings": _warnings,
}
