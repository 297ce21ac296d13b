"""Sequence search: chains found in a project on both databases, and the matcher against a plain search through all chains."""

from collections.abc import Iterator
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

import search_project as tales
from brinkline.search import sequence
from brinkline.search.found import SequenceHit, ShownChain
from brinkline.search.sequence import HAPPENED, EventRow, Kind, SequenceQuery, Step, Variable, Within
from brinkline.search.sequence_match import match, ready
from brinkline.search.sequence_parse import parse_sequence
from brinkline.store.database import Database

ROWS = tales.case_rows("search_sequences.tsv")


@pytest.fixture
def conn(told_project: Database) -> Iterator[Connection]:
    with told_project.reading() as connection:
        yield connection


def told(hit: SequenceHit, chain: ShownChain) -> str:
    letters = " ".join(f"{letter}={name}" for letter, name in chain.bindings)
    days = " ".join(event.earliest or "-" for event in chain.events)
    return f"{'' if chain.certain else '~'}{hit.number or 'q'}{' ' if letters else ''}{letters}: {days}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sequence"])
def test_chains(conn: Connection, row: dict[str, str]) -> None:
    found = sequence(conn, row["sequence"])
    shown = " | ".join(told(hit, chain) for hit in found.hits for chain in hit.chains) or "-"
    assert shown == row["chains"], row["why"]
    assert found.total == len(found.hits)
    assert sequence(conn, found.query) == found


def test_a_chain_shows_words_actors_and_days(conn: Connection) -> None:
    (hit,) = sequence(conn, "A demand B then A attack B").hits
    ((demand, attack),) = [chain.events for chain in hit.chains]
    assert (demand.text, demand.label, demand.who, demand.whom) == ("Japan demanded", "demand", ("Japan",), ("Soviet Union",))
    assert (attack.earliest, attack.latest, attack.sentence) == ("1938-07-09", "1938-07-09", 1)
    text = tales.coding_of(tales.FORD).narrative.text
    assert text[attack.start : attack.end] == attack.text == "Japanese troops attacked the Soviet post"


def test_pages_of_narratives(conn: Connection) -> None:
    whole = sequence(conn, "any attack")
    assert [hit.number for hit in whole.hits] == [12, 901, 902]
    assert sequence(conn, "any attack", limit=1, offset=1).hits == whole.hits[1:2]
    assert sequence(conn, "any attack", limit=1, offset=1).total == 3


_TYPES = ("say.demand", "do.attack", "do.withdraw")
_ACTORS = ("state:2", "state:200", "state:365")
_SIDES = st.lists(st.sampled_from(_ACTORS), max_size=2, unique=True).map(tuple)
_DAYS = st.none() | st.tuples(st.integers(0, 20), st.sampled_from([0, 0, 3, 30])).map(lambda item: (item[0], sum(item)))


def _row(position: int, kind: str, who: tuple[str, ...], whom: tuple[str, ...], days: tuple[int, int] | None) -> EventRow:
    first, last = days or (None, None)
    return EventRow(f"event:{position}", Kind(kind, "", "done"), who, whom, first, last, position)


_ROWS = st.lists(st.tuples(st.sampled_from(_TYPES), _SIDES, _SIDES, _DAYS), max_size=7).map(
    lambda items: [_row(at, *item) for at, item in enumerate(items)]
)
_SLOT = st.sampled_from([None, Variable("A"), Variable("B")])
_STEP = st.builds(
    lambda kind, who, whom, within, negated: Step(kind, who, whom, "", HAPPENED, within, negated),
    st.sampled_from(["demand", "attack", "withdraw"]),
    _SLOT,
    _SLOT,
    st.none() | st.builds(Within, st.integers(1, 20), st.just("d")),
    st.booleans(),
)
_SEQUENCES = st.tuples(_STEP, st.lists(_STEP, max_size=3)).map(
    lambda item: SequenceQuery((Step(item[0].type, item[0].who, item[0].whom), *item[1]))
)


def later(one: EventRow, two: EventRow) -> bool:
    if one.last is not None and two.first is not None and two.first > one.last:
        return True
    if one.first is not None and two.last is not None and two.last < one.first:
        return False
    return two.position > one.position


def in_time(one: EventRow, two: EventRow, within: Within | None) -> bool:
    if within is None:
        return True
    if one.first is None or one.last is None or two.first is None or two.last is None:
        return False
    coarse = max(one.last - one.first, two.last - two.first) > within.number
    return not coarse and two.first - one.last <= within.number


def fits(step: Step, row: EventRow, letters: dict[str, str]) -> bool:
    """True when an event can be the step; a letter that stands for nobody yet may be anyone but the others."""
    if row.kind.type.rpartition(".")[2] != step.type:
        return False
    choices = []
    for slot, side in ((step.who, row.who), (step.whom, row.whom)):
        if isinstance(slot, Variable):
            choices.append([(slot.name, actor) for actor in side if letters.get(slot.name, actor) == actor])
    for choice in product(*choices):
        bound = {**letters, **dict(choice)}
        if len(dict(choice)) == len(set(choice)) and len(set(bound.values())) == len(bound):
            return True
    return False


def chain_exists(sequence_: SequenceQuery, rows_: list[EventRow], letters: dict[str, str]) -> bool:
    """Every choice of events for the steps that must be there, tried one by one."""
    positive = [step for step in sequence_.steps if not step.negated]
    return any(_holds(sequence_, rows_, letters, list(chosen)) for chosen in permutations(rows_, len(positive)))


def _holds(sequence_: SequenceQuery, rows_: list[EventRow], letters: dict[str, str], chosen: list[EventRow]) -> bool:
    before: EventRow | None = None
    barred: list[Step] = []
    for step in (*sequence_.steps, None):
        if step is not None and step.negated:
            barred.append(step)
            continue
        row = chosen.pop(0) if step is not None else None
        if row is not None and step is not None:
            if not fits(step, row, letters):
                return False
            if before is not None and not (later(before, row) and in_time(before, row, step.within)):
                return False
        for bar in barred:
            for other in rows_:
                if other in (before, row) or before is None:
                    continue
                between = later(before, other) and in_time(before, other, bar.within) and (row is None or later(other, row))
                if between and fits(bar, other, letters):
                    return False
        before, barred = row, []
    return True


@settings(max_examples=400, deadline=None)
@given(_SEQUENCES, _ROWS)
def test_the_matcher_finds_what_a_plain_search_finds(asked: SequenceQuery, events: list[EventRow]) -> None:
    found = {chain.bindings for chain in match(ready(asked), events)}
    positive = [step for step in asked.steps if not step.negated]
    letters = sorted({slot.name for step in positive for slot in (step.who, step.whom) if isinstance(slot, Variable)})
    expected = set()
    for actors in permutations(_ACTORS, len(letters)):
        bound = dict(zip(letters, actors, strict=True))
        if chain_exists(asked, events, bound):
            expected.add(tuple(sorted(bound.items())))
    assert {tuple(sorted(item)) for item in found} == expected


def test_five_hundred_stories_do_not_grow_with_the_number_of_chains() -> None:
    """Ninety like events of two actors have millions of chains; each binding is told once."""
    events = [_row(at, "do.attack", ("state:2", "state:365"), ("state:2", "state:365"), (at, at)) for at in range(90)]
    chains = match(ready(parse_sequence("A attack B then B attack A then A attack B then B attack A")), events)
    assert [dict(chain.bindings) for chain in chains] == [
        {"A": "state:2", "B": "state:365"},
        {"A": "state:365", "B": "state:2"},
    ]
    assert [row.position for row in chains[0].events] == [0, 1, 2, 3]
