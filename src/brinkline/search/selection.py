"""A query as the set of sentences that it finds: each term asks the index once, sets are joined here.

Terms that stand beside one another bind: terms of events speak of one event, terms of variables of one actor's values (or
the crisis's), and ``basis``, ``state`` and ``coder`` of the claims that those find.
"""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select
from sqlalchemy import case as choice

from brinkline.errors import UsageError
from brinkline.search.actor_terms import name_key
from brinkline.search.conditions import (
    actor_sentences,
    claim_condition,
    date_sentences,
    event_condition,
    value_condition,
    word_sentences,
)
from brinkline.search.faults import nearest
from brinkline.search.query import And, Not, Or, Query, Term, Words, binds
from brinkline.search.snapshot import Bits, Case, Snapshot, listed, whole_list
from brinkline.store.schema import found_event, found_value

_VALUE = found_value.c


@dataclass(frozen=True, slots=True)
class Selected:
    """Sentences for which a query holds. ``of_text`` is False when it speaks of narratives alone; ``pins`` are then the
    sentences that show why (None: none is better than another)."""

    sentences: Bits
    of_text: bool
    pins: Bits | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The terms of one "and" that bind: those of one event, those of the values of one subject, and those of claims."""

    events: tuple[Query, ...]
    values: tuple[Term, ...]
    claims: tuple[Term, ...]
    others: tuple[Query, ...]


def group_of(parts: Sequence[Query]) -> Group:
    """The parts of an "and" by what they bind to. A date beside terms of events is the date of the event."""
    events = [
        part for part in parts if (isinstance(part, Term) and part.reach == "event") or (isinstance(part, Or) and binds(part))
    ]
    values = tuple(part for part in parts if isinstance(part, Term) and part.reach == "value")
    claims = tuple(part for part in parts if isinstance(part, Term) and part.reach == "claim")
    dates = [part for part in parts if isinstance(part, Term) and part.reach == "date"]
    bound = [*events, *dates] if events else []
    taken = {id(part) for part in (*bound, *values, *claims)}
    return Group(tuple(bound), values, claims, tuple(part for part in parts if id(part) not in taken))


def event_rows(group: Group) -> Select[Any]:
    """The events of a group: sentence and claim."""
    conditions = [event_condition(part) for part in group.events]
    conditions += [claim_condition(term, found_event.c.claim_id) for term in group.claims]
    return select(found_event.c.sentence_id, found_event.c.claim_id).where(and_(*conditions))


def value_rows(term: Term | None, claims: Sequence[Term], dialect: str) -> Select[Any]:
    """The coded values of a term (None: any variable) under the terms of claims: revision, subject, sentence, each once."""
    columns = (_VALUE.revision_id, _VALUE.subject, _VALUE.sentence_id)
    return select(*columns).where(_value_condition(term, claims, dialect)).distinct()


def _value_condition(term: Term | None, claims: Sequence[Term], dialect: str) -> ColumnElement[bool]:
    conditions = [value_condition(term, dialect)] if term else []
    for item in claims:
        if item.field == "basis":
            conditions.append(_VALUE.basis.in_(item.values))
        else:
            conditions.append(claim_condition(item, _VALUE.claim_id))
    return and_(*conditions)


class Selector:
    """Answers the parts of a query from the index of one project, as one connection sees it."""

    def __init__(self, conn: Connection, snapshot: Snapshot) -> None:
        self.conn = conn
        self.snapshot = snapshot
        self.dialect = conn.dialect.name

    def select(self, query: Query) -> Selected:
        """The sentences for which the query holds."""
        match query:
            case Words():
                return Selected(self._bits(word_sentences(query, self.dialect)), True)
            case Not(part):
                inner = self.select(part)
                return Selected(~inner.sentences, inner.of_text)
            case Or(parts):
                return self._either([self.select(part) for part in parts])
            case And(parts):
                return self._all(group_of(parts))
            case Term():
                return self._term(query)

    def shown(self, selected: Selected) -> Bits:
        """The sentences to show: of narratives alone, the ones that show why, else the first of each narrative."""
        if selected.of_text or selected.pins is None:
            return selected.sentences
        pinned = selected.sentences & selected.pins
        bare = self.snapshot.cases_of(selected.sentences) & ~self.snapshot.cases_of(pinned)
        for at in bare.nonzero()[0]:
            pinned[self.snapshot.cases[at].first] = True
        return pinned

    def _either(self, found: list[Selected]) -> Selected:
        sentences = functools.reduce(operator.or_, (item.sentences for item in found))
        if all(item.of_text for item in found):
            return Selected(sentences, True)
        if all(not item.of_text and item.pins is None for item in found):
            return Selected(sentences, False)
        return Selected(sentences, False, functools.reduce(operator.or_, map(self.shown, found)))

    def _all(self, group: Group) -> Selected:
        found = [self.select(part) for part in group.others]
        if group.events:
            found.append(Selected(self._bits(event_rows(group)), True))
        if group.values or (group.claims and not group.events):
            found.append(self._values(group))
        sentences = functools.reduce(operator.and_, (item.sentences for item in found))
        if any(item.of_text for item in found):
            return Selected(sentences, True)
        pins = [item.pins for item in found if item.pins is not None]
        return Selected(sentences, False, functools.reduce(operator.or_, pins) if pins else None)

    def _term(self, term: Term) -> Selected:
        match term.reach:
            case "event" | "value" | "claim":
                return self._all(group_of((term,)))
            case "date":
                dates, events = (self._bits(part) for part in date_sentences(term))
                return Selected(dates | events, True)
            case "narrative":
                return Selected(self.snapshot.of_revisions(case.revision_id for case in self._cases(term)), False)
            case _:
                return Selected(self._bits(actor_sentences(term, self.dialect)), True)

    def _bits(self, statement: Any) -> Bits:
        """The sentences of a selection, which the database hands over as one list: a row for each would take longer."""
        ids = statement.subquery().c[0]
        return self.snapshot.bits(whole_list(self.conn.execute(select(listed(self.conn, ids))).scalar_one()))

    def _values(self, group: Group) -> Selected:
        """Narratives in which one subject has all the values; what is coded of the crisis holds for each of its actors."""
        if not group.values:
            return self._claims(group)
        subjects: dict[str, set[str] | None] = {}
        pins: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for turn, term in enumerate(group.values):
            found: dict[str, set[str]] = defaultdict(set)
            for revision, subject, sentence in self.conn.execute(value_rows(term, group.claims, self.dialect)).all():
                found[revision].add(subject)
                if sentence is not None:
                    pins[revision].append((subject, sentence))
            subjects = _joined(subjects, found) if turn else {key: _own(item) for key, item in found.items()}
        shown = [
            sentence
            for revision, own in subjects.items()
            for subject, sentence in pins[revision]
            if own is None or subject == "crisis" or subject in own
        ]
        return Selected(self.snapshot.of_revisions(subjects), False, self.snapshot.bits(shown))

    def _claims(self, group: Group) -> Selected:
        """Narratives with any coded value that meets the terms of claims; one pass, since there are tens of thousands."""
        bare = choice((_VALUE.sentence_id.is_(None), _VALUE.revision_id))
        lists = select(listed(self.conn, _VALUE.sentence_id.distinct()), listed(self.conn, bare.distinct()))
        ids, revisions = self.conn.execute(lists.where(_value_condition(None, group.claims, self.dialect))).one()
        shown = self.snapshot.bits(whole_list(ids))
        return Selected(self.snapshot.whole(shown) | self.snapshot.of_revisions(whole_list(revisions)), False, shown)

    def _cases(self, term: Term) -> list[Case]:
        """The narratives of ``case:``; UsageError BL458 when the project has none."""
        found: dict[str, Case] = {}
        for value in term.values:
            fitting = [case for case in self.snapshot.cases if _is_case(case, value)]
            if not fitting:
                known = [
                    name for case in self.snapshot.cases for name in (str(case.number or ""), case.key, case.title) if name
                ]
                remedy = nearest(value, known, all_up_to=0) or "brinkline list shows the narratives"
                raise UsageError("BL458", f"no narrative is numbered or named {value!r}", place=f"case:{value}", remedy=remedy)
            found.update({case.revision_id: case for case in fitting})
        return list(found.values())


def _own(subjects: set[str]) -> set[str] | None:
    """The actors that have a value; None when it is coded of the crisis, which holds for all of them."""
    return None if "crisis" in subjects else subjects


def _joined(before: dict[str, set[str] | None], found: dict[str, set[str]]) -> dict[str, set[str] | None]:
    """The subjects that have the earlier values and this one, by revision; revisions without any are left out."""
    joined: dict[str, set[str] | None] = {}
    for revision, subjects in found.items():
        if revision not in before:
            continue
        one, other = before[revision], _own(subjects)
        both = other if one is None else one if other is None else one & other
        if both is None or both:
            joined[revision] = both
    return joined


def _is_case(case: Case, value: str) -> bool:
    """True for the number, a range of numbers, the key, or words of the title."""
    low, dots, high = value.partition("..")
    if value.isdecimal() or (dots and (low + high).isdecimal()):
        if case.number is None:
            return case.key == value
        return case.number == int(value) if not dots else (int(low or 0) <= case.number <= int(high or 10**9))
    return case.key == value or case.narrative_id == value or f" {name_key(value)} " in f" {name_key(case.title)} "
