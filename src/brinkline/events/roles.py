"""Who did it and to whom: the mentions of actors in the phrases of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brinkline.events.classify import Reading
from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.model import Mention

#: Prepositions whose phrases name the receiver, the likeliest first.
_RECEIVER = (
    "against",
    "on",
    "upon",
    "with",
    "to",
    "at",
    "toward",
    "towards",
    "between",
    "among",
    "from",
    "over",
    "for",
    "into",
    "of",
    "before",
    "about",
    "by",
    "in",
    "across",
    "near",
    "inside",
    "around",
    "along",
)
_PLACES = frozenset({"in", "at", "near", "across", "along", "inside", "around"})
_INSIDE = ("poss", "compound", "amod", "nmod", "nn", "det", "appos", "nummod")


def phrase_mentions(tree: Tree, head: int) -> list[Mention]:
    """The actors a noun phrase names: its head, else what stands before the head, else its prepositional phrases."""
    found = tree.mentions_at([head])
    if found:
        return found
    near = [inner for child in tree.kids(head, *_INSIDE) for inner in tree.subtree(child)]
    found = tree.mentions_at(near)
    if found:
        return found
    for child in tree.kids(head, "prep"):
        for pobj in tree.kids(child, "pobj"):
            for joined in tree.conjuncts(pobj):
                found += phrase_mentions(tree, joined)
    if found:
        return found
    return (
        []
        if not tree.mentions
        else tree.mentions_at(inner for child in tree.kids(head, "relcl", "acl") for inner in tree.subtree(child))
    )


def roles(
    tree: Tree, reading: Reading, clauses: dict[int, Clause], readings: dict[int, Reading]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The initiators and the receivers of an event; either may be empty."""
    clause = reading.clause
    noun = clauses[reading.absorbed] if reading.absorbed is not None else None
    who = _initiators(tree, clause, clauses)
    if not who and noun is not None:
        who = _mentions(tree, noun.subjects)
    if reading.reversed:
        giver = _mentions(tree, clause.obliques.get("from", ())) or (_mentions(tree, noun.subjects) if noun is not None else [])
        return tuple(giver), tuple(who)
    whom = _receivers(tree, clause, noun, who)
    if not whom and reading.leaf is not None and reading.leaf.layer == "say":
        whom = _from_contents(tree, reading, readings, who)
    return tuple(who), tuple(whom)


def _initiators(tree: Tree, clause: Clause, clauses: dict[int, Clause]) -> list[Mention]:
    who = _mentions(tree, clause.subjects)
    if not who and clause.kind == "noun":
        who = _mentions(tree, clause.obliques.get("of", ()))
    steps = 0
    while not who and clause.governor is not None and steps < 4 and _lends_subject(tree, clause):
        clause, steps = clauses[clause.governor], steps + 1
        who = _mentions(tree, clause.subjects)
    return who


def _lends_subject(tree: Tree, clause: Clause) -> bool:
    """True when the subject of the clause above does this too: a pronoun that names no actor ("Norland said it had ..."),
    or a tool that is sent to do it ("sent planes to bomb")."""
    if clause.passive or clause.kind == "noun":
        return False
    if clause.link in ("xcomp", "advcl") and clause.subjects:
        return True
    return clause.link == "ccomp" and any(tree.tokens[head].pos == "PRON" for head in clause.subjects)


def _mentions(tree: Tree, heads: Iterable[int]) -> list[Mention]:
    found: list[Mention] = []
    for head in heads:
        found += [mention for mention in phrase_mentions(tree, head) if mention not in found]
    return found


def _receivers(tree: Tree, clause: Clause, noun: Clause | None, who: Sequence[Mention]) -> list[Mention]:
    groups: list[Sequence[int]] = [clause.objects, clause.receivers] if noun is None else [clause.receivers]
    obliques = [clause.obliques] if noun is None else [noun.obliques, clause.obliques]
    groups += [phrases[name] for name in _RECEIVER for phrases in obliques if name in phrases]
    if noun is not None:
        groups.append(clause.objects)
    for heads in groups:
        found = [mention for mention in _mentions(tree, heads) if not _same_actor(mention, who)]
        if found:
            return found
    return []


def _from_contents(tree: Tree, reading: Reading, readings: dict[int, Reading], who: Sequence[Mention]) -> list[Mention]:
    for index in reading.contents:
        if index in readings:
            inner = readings[index].clause
            found = [mention for mention in _mentions(tree, [*inner.subjects, *inner.objects]) if not _same_actor(mention, who)]
            if found:
                return found
    return []


def _same_actor(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(
        mention == other or (mention.actor is not None and other.actor is not None and mention.actor.id == other.actor.id)
        for other in others
    )
