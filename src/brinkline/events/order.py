"""Events in time: what a clause says of before and after, and all events in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.model import Day, Event

#: Words that put the clause or phrase they open before or after the one above.
_RELATIONS = {
    "after": "after",
    "following": "after",
    "follow": "after",
    "since": "after",
    "once": "after",
    "upon": "after",
    "before": "before",
    "until": "before",
    "till": "before",
}
_FURTHEST = Day(99999, 1, 1)


def in_time(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events by their earliest day, those of one day by their place in the text; events without a date come last."""

    def place(event: Event) -> tuple[Day, int, int]:
        day = event.when.earliest if event.when is not None and event.when.earliest is not None else _FURTHEST
        return day, event.evidence.start, event.verb.start

    return tuple(sorted(events, key=place))


def relations(
    tree: Tree, clauses: Mapping[int, Clause], made: Mapping[int, Event], absorbed: Mapping[int, int]
) -> Iterator[tuple[int, str, str]]:
    """What the words say of order: (index of the event, "after" or "before", id of the other event).

    ``absorbed`` tells which verb took in an event noun.
    """
    for index in sorted(clauses):
        other = made.get(absorbed.get(index, index))
        relation, above = _opened_by(tree, index)
        if other is None or not relation or above is None:
            continue
        head: int | None = above
        while head is not None and absorbed.get(head, head) not in made:
            head = clauses[head].governor if head in clauses else None
        first = made[absorbed.get(head, head)] if head is not None else None
        if head is not None and first is not None and first.id != other.id:
            yield absorbed.get(head, head), relation, other.id


def _opened_by(tree: Tree, index: int) -> tuple[str, int | None]:
    """The relation that the word before a clause or event noun states, and the token above that word."""
    token = tree.tokens[index]
    if token.dep in ("advcl", "ccomp"):
        marks = [tree.tokens[kid].lemma.lower() for kid in tree.kids(index, "mark", "advmod")]
        return next((_RELATIONS[mark] for mark in marks if mark in _RELATIONS), ""), token.head
    if token.dep in ("pobj", "pcomp"):
        opener = tree.tokens[token.head]
        return _RELATIONS.get(opener.lemma.lower(), ""), opener.head
    return "", None
