"""The ranges that a query speaks of in a sentence: words are found in the text, all else comes from the evidence of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from brinkline.search.conditions import actor_sentences, among, date_sentences
from brinkline.search.found import FoundClaim, Mark, MarkKind
from brinkline.search.query import And, Not, Or, Query, Term, Words
from brinkline.search.selection import Group, event_rows, group_of, value_rows
from brinkline.store.schema import evidence, found_actor, found_date, found_event, found_value
from brinkline.store.stems import stem
from brinkline.store.words import Word, words_of


def word_marks(query: Query, start: int, text: str) -> Iterator[Mark]:
    """The places of the query's words in a sentence that begins at ``start``; words under "not" are left out."""
    words = words_of(text)
    for wanted in _wanted(query):
        size = len(wanted.words)
        for at in range(len(words) - size + 1):
            if _fits(words[at : at + size], wanted):
                yield Mark(start + words[at].start, start + words[at + size - 1].end, "word")


def claim_marks(conn: Connection, query: Query, sentences: Sequence[int]) -> Mapping[int, Sequence[Mark]]:
    """The evidence of what the query's other terms find in some sentences, by sentence."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for kind, rows in _finders(conn, query, sentences):
        own = rows.subquery()
        ranges = select(own.c.sentence_id, evidence.c.start, evidence.c.end).join(
            evidence, evidence.c.claim_id == own.c.claim_id
        )
        for sentence, start, end in conn.execute(ranges):
            marks[sentence].append(Mark(start, end, kind))
    return marks


def claims_found(conn: Connection, query: Query, sentences: Sequence[int]) -> Mapping[int, Sequence[FoundClaim]]:
    """The coded values that the query's terms find, by the sentence that shows them."""
    found: dict[int, list[FoundClaim]] = defaultdict(list)
    columns = (found_value.c.claim_id, found_value.c.subject, found_value.c.field, found_value.c.value, found_value.c.label)
    for group in _groups(query):
        for rows in _value_selects(conn, group, sentences):
            for sentence, *parts in conn.execute(rows.with_only_columns(found_value.c.sentence_id, *columns)):
                claim = FoundClaim(*parts)
                if claim not in found[sentence]:
                    found[sentence].append(claim)
    return {
        sentence: sorted(claims, key=lambda item: (item.subject, item.field, item.id)) for sentence, claims in found.items()
    }


def _finders(conn: Connection, query: Query, sentences: Sequence[int]) -> Iterator[tuple[MarkKind, Select[Any]]]:
    """For each term a selection of sentence and claim, within the sentences given."""
    dialect = conn.dialect.name
    for group in _groups(query):
        if group.events:
            yield "event", event_rows(group).where(among(found_event.c.sentence_id, sentences, dialect))
        for rows in _value_selects(conn, group, sentences):
            yield "value", rows.with_only_columns(found_value.c.sentence_id, found_value.c.claim_id)
        for part in group.others:
            if not isinstance(part, Term):
                continue
            if part.field == "actor":
                rows = actor_sentences(part, dialect).add_columns(found_actor.c.claim_id)
                yield "actor", rows.where(among(found_actor.c.sentence_id, sentences, dialect))
            elif part.reach == "date":
                dates, events = date_sentences(part)
                rows = dates.add_columns(found_date.c.claim_id)
                yield "date", rows.where(among(found_date.c.sentence_id, sentences, dialect))
                rows = events.add_columns(found_event.c.claim_id)
                yield "event", rows.where(among(found_event.c.sentence_id, sentences, dialect))


def _value_selects(conn: Connection, group: Group, sentences: Sequence[int]) -> Iterator[Select[Any]]:
    if group.values or (group.claims and not group.events):
        for term in group.values or (None,):
            rows = value_rows(term, group.claims, conn.dialect.name)
            yield rows.where(among(found_value.c.sentence_id, sentences, conn.dialect.name))


def _groups(query: Query) -> Iterator[Group]:
    """The groups of terms that bind, those under "not" left out."""
    match query:
        case And(parts):
            group = group_of(parts)
            yield group
            for part in group.others:
                if not isinstance(part, Term):
                    yield from _groups(part)
        case Or(parts):
            for part in parts:
                yield from _groups(part)
        case Term():
            yield group_of((query,))
        case _:
            return


def _wanted(query: Query) -> Iterable[Words]:
    match query:
        case Words():
            return (query,)
        case And(parts) | Or(parts):
            return [words for part in parts for words in _wanted(part)]
        case Not() | Term():
            return ()


def _fits(words: Sequence[Word], wanted: Words) -> bool:
    """True when the words are the ones wanted."""
    *front, last = wanted.words
    if wanted.form == "stem":
        return all(stem(word.folded) == stem(other) for word, other in zip(words, wanted.words, strict=True))
    if any(word.folded != other for word, other in zip(words, front, strict=False)):
        return False
    return words[-1].folded.startswith(last) if wanted.prefix else words[-1].folded == last
