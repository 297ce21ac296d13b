"""The event lexicon: rules from words to leaves, read from ``lexicon.csv`` and ``classes.toml`` and looked up by head word.

A frame is a list of conditions on a clause, all of which must hold:

    obj  -obj  subj            has (has no) object, subject
    obj=@troops|ship           the head of an object is one of these lemmas or of this class
                               ("PROPN": is a name)
    obj~aid                    any word of an object phrase is
    subj=  subj~               the same for the subject
    mod~naval                  any word of the head noun's own phrase is (event nouns)
    +out                       a particle or adverb is there
    any~guilty                 any word of the clause is
    from  from=@territory      a prepositional phrase is there (with this head; "~" for any of its words)
    inf  that  ing             a complement clause is there; "that~word" asks for a word in it
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from brinkline.data import table
from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes

_CONDITION = re.compile(r"(?P<sign>[-+]?)(?P<name>[a-z]+)(?:(?P<how>[=~])(?P<words>\S+))?")
_PACKAGE = "brinkline.events"

Test = Callable[[Tree, Clause], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the lexicon; ``weight`` grows with its conditions: the heavier rule wins, then the earlier one.
    ``of`` is "object" when "of" after the noun names the receiver, "weak" for a noun that needs a verb."""

    id: str
    leaf: str
    content: str
    tests: tuple[Test, ...]
    example: str
    heads: tuple[str, ...]
    kind: str
    weight: float
    of: str


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of the file; ValueError for a frame that cannot be read."""
    return tuple(
        Rule(
            row["id"],
            row["leaf"],
            row["content"],
            tuple(_test(condition, row["id"]) for condition in row["frame"].split()),
            row["example"],
            tuple(row["head"].split("|")),
            row["kind"],
            _weight(row["leaf"], row["frame"].split()),
            row["of"],
        )
        for row in table(_PACKAGE, "lexicon.csv")
    )


def _weight(leaf: str, conditions: list[str]) -> float:
    """A bare "obj" says little, a light verb with an event noun more than one condition on the verb."""
    bare = sum(condition in ("obj", "subj", "-obj", "-subj") for condition in conditions)
    complements = sum(condition in ("inf", "that", "ing") for condition in conditions)
    return (
        len(conditions)
        - bare / 2
        - complements / 5
        + (0.9 if leaf in ("*light", "*into", "*received", "*occurs", "*responds", "*form", "*drawn", "*comes") else 0)
    )


@functools.cache
def lookup() -> Mapping[tuple[str, str], tuple[Rule, ...]]:
    """Rules by (kind, head word), heaviest first."""
    found: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules():
        for head in rule.heads:
            found.setdefault((rule.kind, head), []).append(rule)
    return {key: tuple(sorted(several, key=lambda rule: -rule.weight)) for key, several in found.items()}


@functools.cache
def event_nouns() -> frozenset[str]:
    """The head words of noun rules."""
    return frozenset(head for kind, head in lookup() if kind == "noun")


def matching(tree: Tree, clause: Clause) -> list[Rule]:
    """The rules whose conditions a clause meets, best first."""
    candidates = lookup().get((clause.kind, clause.key), ())
    return [rule for rule in candidates if all(test(tree, clause) for test in rule.tests)]


def _test(condition: str, rule_id: str) -> Test:
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        raise ValueError(f"lexicon rule {rule_id}: cannot read the condition {condition!r}")
    sign, name, how = parts["sign"], parts["name"], parts["how"]
    if sign == "+":
        return lambda tree, clause: name in clause.particles or name in clause.obliques
    words = _words(parts["words"], rule_id) if how else frozenset()
    if name in ("inf", "that", "ing") and not how:
        return lambda tree, clause: name in clause.complements
    heads = _heads(name)
    if sign == "-":
        return lambda tree, clause: not heads(clause)
    if name == "any":
        return lambda tree, clause: not words.isdisjoint(tree.words(tree.subtree(clause.head, clauses=True)))
    if how == "=":
        names = "PROPN" in words
        return lambda tree, clause: any(
            tree.tokens[head].lemma.lower() in words
            or tree.tokens[tree.core(head)].lemma.lower() in words
            or (names and tree.tokens[head].pos == "PROPN")
            for head in heads(clause)
        )
    if how == "~":
        return lambda tree, clause: any(not words.isdisjoint(tree.words(tree.phrase(head))) for head in heads(clause))
    if name in ("obj", "subj"):
        return lambda tree, clause: bool(heads(clause))
    return lambda tree, clause: name in clause.obliques


def _heads(name: str) -> Callable[[Clause], list[int]]:
    if name == "obj":
        return lambda clause: clause.objects
    if name == "subj":
        return lambda clause: clause.subjects
    if name in ("mod", "that"):
        return lambda clause: [clause.head]
    return lambda clause: clause.obliques.get(name, [])


def _words(text: str, rule_id: str) -> frozenset[str]:
    words: set[str] = set()
    for part in text.split("|"):
        if not part.startswith("@"):
            words.add(part)
        elif part[1:] in word_classes():
            words |= word_classes()[part[1:]]
        else:
            raise ValueError(f"lexicon rule {rule_id}: unknown word class {part}")
    return frozenset(words)
