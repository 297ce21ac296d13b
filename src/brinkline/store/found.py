"""The index that search reads: made from the current coding of each narrative, thrown away and made again at will."""

from __future__ import annotations

import functools
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select

from brinkline.calendar import from_iso, to_number
from brinkline.decision import StoredClaim
from brinkline.model import Sentence
from brinkline.store.claims import claims_of_layout
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.rows import insert_rows, unpack
from brinkline.store.schema import (
    FOUND,
    coding,
    found_actor,
    found_date,
    found_event,
    found_event_actor,
    found_sentence,
    found_value,
    revision,
)
from brinkline.store.words import index_words

_SENTENCE = ("revision_id", "narrative_id", "sentence", "start", "end", "text", "words", "stems")
_ACTOR = ("revision_id", "sentence", "sentence_id", "actor_id", "abbrev", "cow", "name", "claim_id")
_DATE = ("revision_id", "sentence", "sentence_id", "earliest", "latest", "first", "last", "claim_id")
_VALUE = ("revision_id", "subject", "field", "value", "label", "basis", "sentence", "sentence_id", "claim_id")
_EVENT = (
    "revision_id", "sentence", "sentence_id", "type", "layer", "stance", "mode", "plover", "intensity",
    "earliest", "latest", "first", "last", "position", "start", "end", "content", "claim_id",
)  # fmt: skip
_EVENT_ACTOR = ("revision_id", "claim_id", "side", "actor_id", "abbrev", "cow", "name")


def index_text(
    conn: Connection, narrative_id: str, revision_id: str, text: str, sentences: Sequence[Sentence], *, first: bool = False
) -> None:
    """Make a revision's sentences the ones that search finds, in place of those of any earlier revision and its coding.

    ``first`` says that the narrative has none in the index.
    """
    earlier = select(revision.c.id).where(revision.c.narrative_id == narrative_id)
    for table in () if first else FOUND:
        conn.execute(delete(table).where(table.c.revision_id.in_(earlier)))
    rows = []
    for sentence in sentences:
        own = text[sentence.start : sentence.end]
        given = index_words(own)
        rows.append((revision_id, narrative_id, sentence.index, sentence.start, sentence.end, own, given.words, given.stems))
    insert_rows(conn, found_sentence, _SENTENCE, rows)


@dataclass(slots=True)
class IndexRows:
    """Rows of the index tables for one revision, as ``index_rows`` makes them: where a table has the number and the id of a
    sentence, a row has the first position of the words, or None."""

    actors: list[tuple[Any, ...]] = field(default_factory=list)
    dates: list[tuple[Any, ...]] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    event_actors: list[tuple[Any, ...]] = field(default_factory=list)


def index_rows(revision_id: str, claims: Sequence[StoredClaim]) -> IndexRows:
    """What the index holds of the claims of a revision's coding, made without the database."""
    index = _Index(revision_id)
    index.types = {claim.value["id"]: claim.value["type"] for claim in claims if claim.kind == "event"}
    for position, claim in enumerate(claims):
        index.add(claim, position)
    return index.rows


def index_claims(
    conn: Connection, revision_id: str, starts: Sequence[int], claims: Sequence[StoredClaim], *, first: bool = False
) -> None:
    """As ``store_index``, for claims."""
    store_index(conn, revision_id, starts, index_rows(revision_id, claims), first=first)


def store_index(conn: Connection, revision_id: str, starts: Sequence[int], rows: IndexRows, *, first: bool = False) -> None:
    """Make these rows the ones that search finds for a revision; ``starts`` are the first positions of its sentences.

    The sentences of the index decide which one a row belongs to; ``starts`` counts only while the index has none.
    ``first`` says that the revision has no claims in the index.
    """
    for table in () if first else FOUND:
        if table is not found_sentence:
            conn.execute(delete(table).where(table.c.revision_id == revision_id))
    own = select(found_sentence.c.id, found_sentence.c.start).where(found_sentence.c.revision_id == revision_id)
    places = conn.execute(own.order_by(found_sentence.c.sentence)).all()
    starts = [row.start for row in places] or starts
    ids = [row.id for row in places] or [0] * len(starts)

    def placed(given: list[tuple[Any, ...]], at: int) -> list[tuple[Any, ...]]:
        return [(*row[:at], *_sentence(starts, ids, row[at]), *row[at + 1 :]) for row in given]

    insert_rows(conn, found_actor, _ACTOR, placed(rows.actors, _ACTOR.index("sentence")))
    insert_rows(conn, found_date, _DATE, placed(rows.dates, _DATE.index("sentence")))
    insert_rows(conn, found_value, _VALUE, placed(rows.values, _VALUE.index("sentence")))
    insert_rows(conn, found_event, _EVENT, placed(rows.events, _EVENT.index("sentence")))
    insert_rows(conn, found_event_actor, _EVENT_ACTOR, rows.event_actors)


def _sentence(starts: Sequence[int], ids: Sequence[int], start: int | None) -> tuple[int | None, int | None]:
    """Number and id of the sentence at a position."""
    if start is None:
        return None, None
    at = max(0, bisect_right(starts, start) - 1)
    return at, ids[at] if ids else 0


def rebuild_index(conn: Connection) -> int:
    """Throw the index away and make it again; the number of narratives in it."""
    for table in FOUND:
        conn.execute(delete(table))
    query = (
        select(revision.c.id, revision.c.narrative_id, revision.c.text, revision.c.sentences, coding.c.document)
        .select_from(revision)
        .outerjoin(coding, (coding.c.revision_id == revision.c.id) & is_current_coding())
    )
    names = conn.execute(select(revision.c.id).where(is_current_revision()).order_by(revision.c.narrative_id)).scalars().all()
    for name in names:  # one at a time, so that memory does not grow with the project
        row = conn.execute(query.where(revision.c.id == name)).one()
        layout = json.loads(row.sentences) if row.sentences else []
        sentences = [Sentence(**sentence) for sentence in layout]
        index_text(conn, row.narrative_id, row.id, row.text, sentences, first=True)
        if row.document is not None:
            document = unpack(row.document)
            claims = claims_of_layout(document, row.id)
            index_claims(conn, row.id, [sentence["start"] for sentence in document["sentences"]], claims, first=True)
    return len(names)


class _Index:
    """Makes the rows of the index tables for one revision."""

    def __init__(self, revision_id: str) -> None:
        self.revision_id = revision_id
        self.types: dict[str, str] = {}
        self.rows = IndexRows()

    def add(self, claim: StoredClaim, position: int) -> None:
        if claim.kind == "actor":
            self.rows.actors.extend(self._actor(claim, claim.value))
        elif claim.kind == "date":
            self._date(claim)
        elif claim.kind == "event":
            self._event(claim, position)
        elif claim.kind == "variable":
            at = claim.evidence[0].start if claim.evidence else None
            value = None if claim.value is None else str(claim.value)
            head = (self.revision_id, claim.subject, claim.field)
            self.rows.values.append((*head, value, claim.label, claim.basis, at, claim.id))

    def _actor(self, claim: StoredClaim, mention: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        for row in _actor_rows(mention):
            yield (self.revision_id, mention["start"], *row, claim.id)

    def _date(self, claim: StoredClaim) -> None:
        days = _days(claim.value)
        if days is not None:
            self.rows.dates.append((self.revision_id, claim.value["start"], *days, claim.id))

    def _event(self, claim: StoredClaim, position: int) -> None:
        value = claim.value
        days = (_days(value["when"]) if value["when"] else None) or (None, None, None, None)
        what = (value["type"], value["layer"], value["stance"], value["mode"], value["plover"], value["intensity"])
        place = value["evidence"]
        content = self.types.get(value["content"])
        self.rows.events.append(
            (self.revision_id, place["start"], *what, *days, position, place["start"], place["end"], content, claim.id)
        )
        for side in ("who", "whom"):
            rows = dict.fromkeys(row for mention in value[side] for row in _actor_rows(mention))
            self.rows.event_actors.extend((self.revision_id, claim.id, side, *row) for row in rows)


def _actor_rows(mention: Mapping[str, Any]) -> Iterator[tuple[str, str, int | None, str]]:
    """Id, abbreviation, number and name of the actor meant, else one row for each candidate."""
    actor = mention["actor"]
    if actor is not None:
        yield actor["id"], actor["abbrev"], actor["cow"], actor["name"]
        return
    for candidate in mention["candidates"]:
        number = candidate.removeprefix("state:")
        yield candidate, "", int(number) if number != candidate and number.isdecimal() else None, mention["text"]


def _days(when: Mapping[str, Any]) -> tuple[str, str, int, int] | None:
    """The bounds of a date as text and number; an open side takes the other one's day; None when both are open."""
    earliest, latest = when["earliest"] or when["latest"], when["latest"] or when["earliest"]
    if earliest is None:
        return None
    return earliest, latest, _number(earliest), _number(latest)


@functools.lru_cache(maxsize=1024)
def _number(day: str) -> int:
    """The day as a number; the same few days stand in most events of a narrative."""
    return to_number(from_iso(day))
