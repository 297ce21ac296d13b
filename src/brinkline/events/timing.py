"""The date of an event: that of its clause, else the nearest in its sentence, else the last of the narrative line.

The last date of the line is not carried to what tells of another time: the past perfect ("had landed"), what lasted ("for two
years"), who took part in the crisis as a whole, and what stands in a later paragraph than the end of the crisis. Such an event
stays without a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import When

#: What is true of a crisis as a whole unless the clause gives a day.
WHOLE = frozenset({"do.take_part"})
_STEPS = 50


def dates_by_clause(tree: Tree, clauses: Mapping[int, Clause], dates: Sequence[When]) -> dict[int, list[When]]:
    """The dates of a sentence by the predicate they hang on."""
    found: dict[int, list[When]] = {}
    for when in dates:
        first = next((token.index for token in tree.tokens if token.end > when.start), None)
        if first is None or when.kind in ("duration", "set") or when.earliest is None:
            continue
        found.setdefault(_predicate_over(tree, clauses, first), []).append(when)
    return found


def lasting(tree: Tree, clauses: Mapping[int, Clause], dates: Sequence[When]) -> frozenset[int]:
    """The predicates that say how long something went on ("lasted for two years", "throughout the crisis")."""
    spans = [when.start for when in dates if when.kind == "duration"]
    found = {_predicate_over(tree, clauses, tree.at(start)) for start in spans if _lasts(tree, tree.at(start))}
    words = (token.index for token in tree.tokens if token.lemma.lower() in word_classes()["lasting"])
    return frozenset(found | {_predicate_over(tree, clauses, index) for index in words})


def _lasts(tree: Tree, index: int) -> bool:
    """True for the length of what is told ("for two years"), not for the time since ("two days later")."""
    while tree.tokens[index].head != index:
        index = tree.tokens[index].head
        if tree.tokens[index].dep == "prep":
            return tree.tokens[index].lemma.lower() in ("for", "over", "throughout", "during")
        if tree.tokens[index].pos in ("VERB", "ADV", "ADP"):
            return False
    return False


def _predicate_over(tree: Tree, clauses: Mapping[int, Clause], index: int) -> int:
    while index not in clauses and tree.tokens[index].head != index:
        index = tree.tokens[index].head
    return index


def date_of(
    index: int, clauses: Mapping[int, Clause], by_clause: Mapping[int, list[When]], carried: When | None
) -> tuple[When | None, str]:
    """The date of the event at a predicate and where it comes from: "clause", "sentence", "carried" or "" without one."""
    for steps, here in enumerate(_upwards(index, clauses)):
        if by_clause.get(here):
            return by_clause[here][0], "clause" if steps == 0 else "sentence"
    before = [when for place, whens in by_clause.items() for when in whens if not _is_aside(place, clauses)]
    if before:
        return before[0], "sentence"
    return carried, "carried" if carried is not None else ""


def tells_of_another_time(index: int, clauses: Mapping[int, Clause], lasting: frozenset[int]) -> bool:
    """True when the clause of a predicate, or one that it is joined to, does not go on in the line of the narrative."""
    for here in _upwards(index, clauses):
        clause = clauses.get(here)
        if clause is None:
            return False
        if clause.earlier or here in lasting:
            return True
        if clause.link not in ("conj", "dobj", "nsubj", "nsubjpass", "xcomp"):
            return False
    return False


def _is_aside(place: int, clauses: Mapping[int, Clause]) -> bool:
    """True for a date inside a relative clause: it dates that clause alone ("the League, which first met in May, ...")."""
    return any(clauses[here].link == "relcl" for here in _upwards(place, clauses) if here in clauses)


def _upwards(index: int, clauses: Mapping[int, Clause]) -> Iterator[int]:
    """A predicate and those above it."""
    here: int | None = index
    for _ in range(_STEPS):
        if here is None:
            return
        yield here
        here = clauses[here].governor if here in clauses else None
