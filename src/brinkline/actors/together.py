"""Words that mean several actors together, or one of two: "both actors", "each side", "they", "the latter"."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from brinkline.actors.found import Found
from brinkline.actors.lexicon import PACKAGE
from brinkline.actors.pointers import words_of
from brinkline.actors.salience import Antecedent, Discourse, antecedent
from brinkline.data import toml
from brinkline.model import Actor


def settle(found: Found, best: Antecedent, kind: str, text: str) -> bool:
    """Takes an antecedent and says so in the basis; True."""
    found.actor = best.actor
    found.basis = f"{kind}: {text[best.start : best.end]}, {best.start}-{best.end}"
    return True


def leave_open(found: Found, options: Sequence[Antecedent], kind: str) -> bool:
    """Keeps the nearest options as candidates, the nearest last; False when there are none."""
    found.candidates = tuple(dict.fromkeys(item.actor.id for item in options))[-4:]
    found.basis = f"{kind}: open"
    return bool(options)


def pair_of(options: Sequence[Antecedent]) -> tuple[Antecedent, ...]:
    """Two or more joined by "and", or subjects of one verb, the nearest, that a plural pronoun takes together."""
    groups: dict[tuple[int, int, bool], list[Antecedent]] = {}
    compounds = {(item.sentence, item.top) for item in options if item.joined}
    for item in options:
        if not item.plural or (item.sentence, item.top) in compounds:  # "Anglo-French leaders" are two
            key = (item.sentence, item.head, True) if item.subject else (item.sentence, item.top, False)
            groups.setdefault(key, []).append(item)
    joined = [items for items in groups.values() if len({item.actor.id for item in items}) > 1]
    if not joined:
        return ()
    nearest = max(joined, key=lambda items: (items[-1].sentence, items[-1].subject, items[-1].end))
    within = {id(item) for item in nearest}
    plural = [item for item in options if item.plural and item.subject and item.start > nearest[-1].end]
    return () if [item for item in plural if id(item) not in within] else tuple(nearest)


def set_many(found: Found, items: Sequence[Antecedent], kind: str, text: str) -> bool:
    """Takes several actors as one collective; True."""
    unique = {item.actor.id: item for item in items}
    members = tuple(unique)
    name = " and ".join(item.actor.name for item in unique.values())
    found.actor = Actor("collective", "collective:" + "+".join(members), name, members=members)
    shown = "; ".join(f"{text[item.start : item.end]}, {item.start}-{item.end}" for item in unique.values())
    found.basis = f"{kind}: {shown}"
    return True


@functools.cache
def _both() -> dict[str, int]:
    numbers: dict[str, int] = toml(PACKAGE, "refer.toml")["both"]["numbers"]
    return numbers


def count_of(word: str) -> int:
    """How many a word such as "two" counts; 0 for any other word."""
    return _both().get(word, 0)


def resolve_both(found: Found, discourse: Discourse, leading: tuple[Antecedent, ...], text: str) -> bool:
    """The actors of the crisis when they are as many, else the states named last when they are as many."""
    count = _both()[found.name]
    near = [item for item in discourse.near(found.words, found.start, 3) if item.actor.kind == "state"]
    here = {item.actor.id: item for item in near if item.sentence == found.words.sentence.index}
    unique = {item.actor.id: item for item in near}
    party = found.kind == "sides" or text[found.start : found.end].split()[-1].lower() in words_of("both", "own")
    pair = {item.actor.id: item for item in pair_of([item for item in near if item.actor.kind != "collective"])}
    if len(leading) == count and (party or len(here) != count):
        return set_many(found, leading, "both", text)
    for items in (here, unique, pair):
        if len(items) == count:
            return set_many(found, tuple(items.values()), "both", text)
    if found.kind == "sides":
        return _set_as_named(found, discourse, text)
    return leave_open(found, list(unique.values()), "both")


def _set_as_named(found: Found, discourse: Discourse, text: str) -> bool:
    """ "the parties" where others are meant already: those that such words meant last; False when there are none."""
    before = [item for item in discourse.before if item.actor.kind == "collective" and item.both]
    return settle(found, before[-1], "both", text) if before else False


def resolve_latter(found: Found, discourse: Discourse, text: str) -> bool:
    """The last of two actors named before for "the latter", the one before it for "the former"."""
    near = [item for item in discourse.near(found.words, found.start, 1) if not item.attribute]
    distinct: list[Antecedent] = []
    for item in reversed(near):
        if all(item.actor.id != other.actor.id for other in distinct):
            distinct.append(item)
    if len(distinct) < 2:
        return False
    return settle(found, distinct[0] if found.name == "latter" else distinct[1], found.name, text)


def leading_pair(founds: Sequence[Found]) -> tuple[Antecedent, ...]:
    """The states of the first sentence that names any: in this prose the actors of the crisis."""
    first = next((found for found in founds if found.actor is not None and found.actor.kind == "state"), None)
    if first is None:
        return ()
    unique: dict[str, Antecedent] = {}
    for found in founds:
        if found.words is first.words and found.actor is not None and found.actor.kind == "state":
            unique.setdefault(found.actor.id, antecedent(found, found.actor))
    return tuple(unique.values())
