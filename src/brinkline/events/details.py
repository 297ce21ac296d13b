"""What the words of a clause say beside who, whom and when: places, dead, forces, units, territory, agreements.

Attributes hold words as written; ``docs/events.md`` lists their names. Amounts are read by ``amounts.py``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from brinkline.events.amounts import Amount, amount_lists, any_of, find_amounts
from brinkline.events.classify import Reading
from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import Place, When
from brinkline.reference.event_scheme import EventType

_KILLING = frozenset({"do.kill", "do.mass_killing", "do.execute", "do.assassinate"})
_TAKING = frozenset({"do.occupy", "do.annex", "do.cede", "do.invade"})
_AGREEING = frozenset({"do.sign", "do.ally", "do.terminate_treaty", "do.violate", "do.settle", "do.cease_fire", "say.agree"})
_UNITS = ("ships", "planes", "weapons", "troops")
#: Words that stand between an amount and what is counted ("40,000 well armed Norland troops").
_BETWEEN = 4
_NUMBERLIKE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|eleven"
    r"|twelve|dozens?|scores|hundreds?|thousands?|million|several|a few)\b",
    re.IGNORECASE,
)


def owners(tree: Tree, clauses: Mapping[int, Clause]) -> list[int]:
    """For each token the predicate it belongs to: the nearest above it, itself included; -1 where there is none."""
    found = [-2] * len(tree.tokens)
    for token in tree.tokens:
        path, here = [], token.index
        while found[here] == -2 and here not in clauses and tree.tokens[here].head != here:
            path.append(here)
            here = tree.tokens[here].head
        owner = found[here] if found[here] != -2 else here if here in clauses else -1
        found[here] = owner
        for index in path:
            found[index] = owner
    return found


def places_of(
    tree: Tree, reading: Reading, leaf: EventType, places: Sequence[tuple[int, Place]], owner: Sequence[int]
) -> tuple[Place, ...]:
    """Where an event took place: the places in its phrases of place, and what an armed act hits or takes.

    ``places`` are those of the sentence with the token they begin at. A place that only tells who someone is ("the ambassador
    in Westport") or names an agreement is none.
    """
    if leaf.layer == "think":
        return ()
    heads = {reading.clause.head} | ({reading.absorbed} if reading.absorbed is not None else set())
    found = [place for at, place in places if owner[at] in heads and _is_scene(tree, at, owner[at], leaf)]
    return tuple({place.name: place for place in reversed(found)}.values())[::-1]


def _is_scene(tree: Tree, at: int, predicate: int, leaf: EventType) -> bool:
    prepositions, persons = word_classes()["place_prepositions"], word_classes()["persons"]
    noun = tree.tokens[predicate].pos == "NOUN"
    here, found = at, False
    while here != predicate:
        token = tree.tokens[here]
        above = tree.tokens[token.head]
        if token.dep == "prep":
            if above.lemma.lower() in persons:
                return False
            of_noun = (
                noun and leaf.armed and token.lemma.lower() == "of" and above.lemma.lower() not in word_classes()["treaty"]
            )
            found = found or token.lemma.lower() in prepositions or of_noun
        elif token.head == predicate:
            hit = token.dep in ("dobj", "nsubjpass") and leaf.layer == "do" and leaf.armed
            return hit or (found and token.dep not in ("nsubj", "agent"))
        elif token.dep in ("poss", "amod") and not found:
            return False
        here = token.head
    return found


def details(
    tree: Tree, text: str, reading: Reading, leaf: EventType, extent: tuple[int, int], dates: Sequence[When]
) -> Iterator[tuple[str, str]]:
    """The attributes that the words of a clause give, as pairs of name and words; ``extent`` is the range of the clause.

    Numbers that belong to one of the ``dates`` count nothing."""
    start, end = extent
    if leaf.layer == "do":
        amounts = _amounts(text, start, end, dates)
        yield from _fatalities(tree, text, reading.clause, leaf, amounts, extent)
        if leaf.armed:
            if leaf.id not in _KILLING:
                yield from _forces(tree, text, amounts)
            yield from _units(tree, extent)
    if leaf.id in _TAKING:
        yield from _territory(tree, text, reading.clause)
    if leaf.id in _AGREEING:
        named = next(_treaty_names().finditer(text, start, end), None)
        if named is not None:
            yield "agreement", " ".join(named[0].split())


def _amounts(text: str, start: int, end: int, dates: Sequence[When]) -> tuple[Amount, ...]:
    if not _NUMBERLIKE.search(text, start, end):
        return ()
    return tuple(
        amount
        for amount in find_amounts(text, start, end)
        if not any(when.start < amount.end and amount.start < when.end for when in dates)
    )


def _fatalities(
    tree: Tree, text: str, clause: Clause, leaf: EventType, amounts: Sequence[Amount], extent: tuple[int, int]
) -> Iterator[tuple[str, str]]:
    """The dead: the words, and the least, the stated and the greatest number as far as the words give them."""
    wounded = tree.tokens[clause.head].lemma.lower() in word_classes()["wounding"]
    if wounded:
        return
    counted = _killed(tree, text, clause) if leaf.id in _KILLING else []
    if not counted:
        counted = [amount for amount in amounts if _is_of_the_dead(text, amount, extent)][:1]
    if not counted:
        return
    yield "fatalities", " ".join(text[counted[0].start : counted[-1].end].split())
    for name, values in (
        ("low", [amount.low for amount in counted]),
        ("best", [amount.best for amount in counted]),
        ("high", [amount.high for amount in counted]),
    ):
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            yield f"fatalities {name}", str(sum(known))


def _killed(tree: Tree, text: str, clause: Clause) -> list[Amount]:
    """The amounts of those that a word of killing has as its objects; "a soldier" is one."""
    found = []
    for head in clause.objects:
        inside = tree.phrase(head)
        start, end = tree.tokens[inside[0]].start, tree.tokens[inside[-1]].end
        amount = next(find_amounts(text, start, end), None)
        if amount is None and tree.tokens[inside[0]].lemma.lower() in ("a", "an") and _is_person(tree, head):
            amount = Amount(start, tree.tokens[head].end, 1, 1, 1)
        if amount is not None:
            found.append(amount)
    return found


def _is_person(tree: Tree, head: int) -> bool:
    lemma = tree.tokens[head].lemma.lower()
    return tree.tokens[head].tag == "NN" and any(lemma in word_classes()[name] for name in ("people", "persons", "leaders"))


def _is_of_the_dead(text: str, amount: Amount, extent: tuple[int, int]) -> bool:
    before, behind = _dead_patterns()
    return bool(before.search(text, extent[0], amount.start) or behind.match(text, amount.end, extent[1]))


@functools.cache
def _dead_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    dead = amount_lists()["dead"]
    words = r"(?:[A-Za-z][\w'’-]*\s+){0,5}?(?:(?:were|was|being|had been|have been)\s+)?(?:reported(?:ly)?\s+)?"
    before = re.compile(rf"\b{any_of(dead['before'])}\s+\Z", re.IGNORECASE)
    return before, re.compile(rf"\s+{words}{any_of(dead['behind'])}\b", re.IGNORECASE)


def _forces(tree: Tree, text: str, amounts: Sequence[Amount]) -> Iterator[tuple[str, str]]:
    found = []
    for amount in amounts:
        after = [token for token in tree.tokens if token.start >= amount.end][: _BETWEEN + 1]
        for token in after:
            if token.pos not in ("ADJ", "NOUN", "PROPN", "ADP", "ADV", "VERB", "DET") or token.lemma in ("in", "on", "at"):
                break
            if token.dep != "compound" and any(token.lemma.lower() in word_classes()[name] for name in _UNITS):
                found.append(" ".join(text[amount.start : token.end].split()))
                break
    if found:
        yield "force", "; ".join(found)


def _units(tree: Tree, extent: tuple[int, int]) -> Iterator[tuple[str, str]]:
    classes = [word_classes()[name] for name in _UNITS]
    named = [
        token.text.lower()
        for token in tree.tokens
        if extent[0] <= token.start < extent[1]
        and token.pos in ("NOUN", "PROPN")
        and any(token.lemma.lower() in words for words in classes)
    ]
    if named:
        yield "units", "; ".join(dict.fromkeys(named))


def _territory(tree: Tree, text: str, clause: Clause) -> Iterator[tuple[str, str]]:
    """What is taken or given up, as written."""
    heads = clause.objects if clause.kind == "verb" else clause.obliques.get("of", [])
    found = []
    for head in heads:
        token = tree.tokens[head]
        if token.pos != "PROPN" and not (token.pos == "NOUN" and token.lemma.lower() in word_classes()["territory"]):
            continue
        inside = tree.phrase(head)
        words = " ".join(text[tree.tokens[inside[0]].start : tree.tokens[inside[-1]].end].split())
        found.append(re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE))
    if found:
        yield "territory", "; ".join(found)


@functools.cache
def _treaty_names() -> re.Pattern[str]:
    """Names of agreements: "Treaty of Westport", "Norland-Sudland Pact", "Westport Accords"; capitals throughout."""
    kinds = "|".join(word.capitalize() for word in sorted(word_classes()["treaty"] | word_classes()["truce"]))
    name = r"[A-Z][\w'’.-]*"
    return re.compile(
        rf"(?:{name}(?:\s+(?:of|and|on)?\s*(?={name}))?\s*)*\b(?:{kinds})s?(?:\s+of\s+(?:the\s+)?{name}(?:\s+{name})*)?(?!\w)"
    )
