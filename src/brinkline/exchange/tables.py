"""The rows of the CSV tables; their columns and what each means stand in ``tables.csv``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brinkline import data
from brinkline.exchange.cells import Cell, guarded, value_cell
from brinkline.model import Claim, Day, Mention, When
from brinkline.plain import names
from brinkline.record import Coding

Row = list[Cell]


def columns(table: str) -> tuple[str, ...]:
    """The names of a table's columns, in order; the first is always "narrative"."""
    return tuple(line["column"] for line in data.table("brinkline.exchange", "tables.csv") if line["table"] == table)


def narrative_key(coding: Coding) -> str:
    """The key that joins the tables: the first 12 hexadecimal digits of the text's SHA-256."""
    return coding.narrative.digest[:12]


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
        guarded(narrative.title),
        guarded(narrative.source),
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
            guarded(when.text),
            when.edtf,
            when.timex.type,
            when.timex.value,
            when.timex.mod,
            _iso(when.earliest),
            _iso(when.latest),
            when.precision,
            when.kind,
            guarded(when.anchor),
            when.rule,
            int(when.off_line),
        ]


def _actors(coding: Coding) -> Iterator[Row]:
    for mention in coding.actors:
        actor = mention.actor
        yield [
            mention.id,
            mention.start,
            mention.end,
            guarded(mention.text),
            actor.id if actor else None,
            actor.kind if actor else None,
            actor.cow if actor else None,
            guarded(actor.name) if actor else None,
            guarded(mention.agent),
            mention.agent_kind,
            guarded(mention.basis),
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
            guarded(names(event.who)),
            _ids(event.whom),
            guarded(names(event.whom)),
            when.edtf if when else None,
            *_bounds(when),
            guarded("; ".join(place.name for place in event.where)),
            event.sentence,
            event.evidence.start,
            event.evidence.end,
            guarded(event.evidence.text),
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
        value_cell(claim.value),
        guarded(claim.label),
        claim.basis,
        claim.confidence,
        claim.rule,
        " ".join(claim.sources),
        guarded(claim.note),
    ]


def _evidence(coding: Coding) -> Iterator[Row]:
    for claim in claims(coding):
        for number, quote in enumerate(claim.evidence, 1):
            yield [claim.id, number, quote.start, quote.end, guarded(quote.text)]


def _references(coding: Coding) -> Iterator[Row]:
    for item in coding.narrative.references:
        years = " ".join(item.years)
        yield [
            item.start,
            item.end,
            guarded(item.text),
            guarded(item.author),
            years,
            guarded(item.pages),
            guarded(item.note),
            None,
        ]
    for pointer in coding.narrative.cross_references:
        yield [pointer.start, pointer.end, guarded(pointer.text), None, None, None, guarded(pointer.name), pointer.case]


def _warnings(coding: Coding) -> Iterator[Row]:
    for notice in (*coding.narrative.warnings, *coding.warnings):
        yield [notice.code, guarded(notice.message), notice.start, notice.end]


#: For each table, the function that gives the rows of one coding, without the narrative's key.
ROWS: dict[str, Callable[[Coding], Iterator[Row]]] = {
    "narratives": _narratives,
    "dates": _dates,
    "actors": _actors,
    "events": _events,
    "claims": _claim_rows,
    "evidence": _evidence,
    "references": _references,
    "warnings": _warnings,
}
