"""What a search shows: sentences cut into plain and marked pieces, narrowing queries, and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from brinkline.errors import UsageError
from brinkline.reference.codebook import codebook
from brinkline.search import search, sequence
from brinkline.search.found import Found, Hit, Mark, SequenceFound
from brinkline.search.snapshot import VARIABLES, snapshot_of
from brinkline.store.schema import found_actor, found_event, found_event_actor
from brinkline.web.rendering import Column

#: Which mark is shown where several kinds lie on the same words, the first one first.
_RANK = ("word", "value", "event", "actor", "date")

#: What facets are called; those of variables by their labels.
FACETS = {"narrative": "Narratives", "actor": "Actors", "type": "Events"} | {
    item.name: f"{item.label} ({item.name})" for item in codebook().variables if item.name in VARIABLES
}

HIT_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda hit: hit.narrative_id),
    Column("number", lambda hit: hit.number),
    Column("title", lambda hit: hit.title),
    Column("sentence", lambda hit: hit.sentence),
    Column("start", lambda hit: hit.start),
    Column("end", lambda hit: hit.end),
    Column("text", lambda hit: hit.text),
    Column("marks", lambda hit: " ".join(f"{mark.kind}:{mark.start}-{mark.end}" for mark in hit.marks)),
    Column("values", lambda hit: "; ".join(f"{item.subject} {item.field}={item.value or 'open'}" for item in hit.claims)),
)
CHAIN_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda row: row[0].narrative_id),
    Column("number", lambda row: row[0].number),
    Column("title", lambda row: row[0].title),
    Column("chain", lambda row: row[1]),
    Column("certain", lambda row: row[2].certain),
    Column("actors", lambda row: "; ".join(f"{letter}={name}" for letter, name in row[2].bindings)),
    Column("who", lambda row: "; ".join(row[3].who)),
    Column("event", lambda row: row[3].type),
    Column("mode", lambda row: row[3].mode),
    Column("whom", lambda row: "; ".join(row[3].whom)),
    Column("earliest", lambda row: row[3].earliest),
    Column("latest", lambda row: row[3].latest),
    Column("start", lambda row: row[3].start),
    Column("end", lambda row: row[3].end),
    Column("text", lambda row: row[3].text),
)
SIMILAR_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda case: case.narrative_id),
    Column("number", lambda case: case.number),
    Column("title", lambda case: case.title),
    Column("score", lambda case: case.score),
    Column("values", lambda case: case.values),
    Column("events", lambda case: case.events),
    Column("alike", lambda case: "; ".join(f"{item.field}={item.label or item.value}" for item in case.shared)),
    Column("course", lambda case: " > ".join(item.type for item in case.course)),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; ``kind`` is that of their mark, "" for none."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Queries that find something in this project."""

    sentences: tuple[tuple[str, str], ...]
    sequences: tuple[tuple[str, str], ...]


def pieces(hit: Hit) -> tuple[Piece, ...]:
    """A sentence as marked and plain pieces in order; where marks overlap the most telling kind is shown."""
    return tuple(_pieces(hit.text, hit.start, hit.marks))


def _pieces(text: str, start: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    inner = [
        (max(mark.start - start, 0), min(mark.end - start, len(text)), mark.kind)
        for mark in sorted(marks, key=lambda mark: _RANK.index(mark.kind))
    ]
    edges = sorted({0, len(text), *(at for first, last, _ in inner for at in (first, last) if first < last)})
    last = Piece("", "")
    for first, end in pairwise(edges):
        kind = next((kind for begin, stop, kind in inner if begin <= first and end <= stop), "")
        if kind == last.kind:
            last = Piece(last.text + text[first:end], kind)
            continue
        if last.text:
            yield last
        last = Piece(text[first:end], kind)
    if last.text:
        yield last


def narrowed(found: Found, term: str) -> str:
    """The query with one more term; what holds only an "or" at its top is put in brackets first."""
    return f"({found.query}) {term}" if _has_or(found.query) else f"{found.query} {term}"


def _has_or(query: str) -> bool:
    depth, quoted = 0, False
    for at, char in enumerate(query):
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            if depth == 0 and query.startswith(" OR ", at):
                return True
    return False


def keys_of(conn: Connection) -> dict[str, str]:
    """The key of each narrative by its id, for links."""
    return {case.narrative_id: case.key for case in snapshot_of(conn).cases}


def examples(conn: Connection) -> Examples:
    """Queries with the actors and types of events that are frequent in this project; general ones when nothing is coded."""
    names = _most(conn, found_actor.c.abbrev)
    types = [name.rpartition(".")[2] for name in _most(conn, found_event.c.type)]
    pair = _pair(conn)
    one = names[0] if names else "JPN"
    first = types[0] if types else "attack"
    sentences = [
        ("troops", "sentences with this word"),
        ("stem:withdraw", "any form of the word"),
        (f"actor:{one} type:{first}", "an actor and a type of event"),
        ("type:demand mode:done -type:talk", "demands, without talks in the same sentence"),
        ("state:undecided basis:inferred", "inferred values that nobody decided on"),
    ]
    sequences = [
        ("A demand B then B reject A", "a demand that is refused"),
        (f"{pair[0]} violence {pair[1]} then within 30d any talk", "fighting, then talks within thirty days"),
        ("A violence B then not B violence A", "violence that is not answered"),
        ("A demand B then B accept A", "a demand that is accepted"),
    ]
    told = tuple(item for item in sentences if _finds(search, conn, item[0]))
    chains = tuple(item for item in sequences if _finds(sequence, conn, item[0]))
    return Examples(told or tuple(sentences), chains or tuple(sequences))


def _finds(ask: Callable[[Connection, str, int], Found | SequenceFound], conn: Connection, query: str) -> bool:
    """Whether a query finds something; one with a name that no query takes does not."""
    try:
        return ask(conn, query, 1).total > 0
    except UsageError:
        return False


def _most(conn: Connection, column: object) -> list[str]:
    query = select(column).where(column != "").group_by(column).order_by(sql.count().desc(), column).limit(3)  # type: ignore[call-overload]
    return list(conn.execute(query).scalars())


def _pair(conn: Connection) -> tuple[str, str]:
    who, whom = found_event_actor.alias(), found_event_actor.alias()
    query = (
        select(who.c.abbrev, whom.c.abbrev)
        .join(whom, (whom.c.claim_id == who.c.claim_id) & (whom.c.side == "whom"))
        .where(who.c.side == "who", who.c.abbrev != "", whom.c.abbrev != "", who.c.abbrev != whom.c.abbrev)
        .group_by(who.c.abbrev, whom.c.abbrev)
        .order_by(sql.count().desc(), who.c.abbrev)
        .limit(1)
    )
    row = conn.execute(query).first()
    return (row[0], row[1]) if row else ("A", "B")
