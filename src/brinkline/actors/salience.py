"""``Discourse``: the actors named so far and how near to mind each is at a point of the narrative.

The weights follow the usual findings on English pronouns (subjects before objects, the same clause or the sentence before
first, recency last) with one rule of this prose: after "a crisis for X", X is what the next sentence speaks of.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE
from brinkline.actors.nouns import persons
from brinkline.data import toml
from brinkline.model import Actor, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
#: Two antecedents nearer than this in weight are too close to choose between.
_MARGIN = 0.35
_SINGULAR = frozenset({"it", "its", "itself"})
_REACH = 2


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone a pronoun can mean: the actor, the words that named it, its sentence, and whether they are plural.

    ``person``: a man or woman who acts for the actor ("he" can be meant); ``deed``: it owns a deed that is the subject ("the
    Greek reply"); ``both``: words for the two sides, ``each`` in the singular; ``joined``: half of a
    compound ("Anglo-French leaders").
    """

    actor: Actor
    start: int
    end: int
    sentence: int
    paragraph: int
    subject: bool
    crisis: bool
    attribute: bool
    plural: bool
    head: int
    top: int
    agent_kind: str
    agent: str
    governor: str
    person: bool = False
    deed: bool = False
    both: bool = False
    each: bool = False
    joined: bool = False


class Discourse:
    """The antecedents of a narrative in the order of the text; grows as the text is read."""

    def __init__(self) -> None:
        self.before: list[Antecedent] = []

    def add(self, found: Found) -> None:
        """Takes in a mention that has an actor."""
        if found.actor is not None:
            self.before.append(antecedent(found, found.actor))

    def near(self, words: Words, position: int, reach: int = _REACH) -> list[Antecedent]:
        """The antecedents before a position, at most ``reach`` sentences back in the same paragraph, the nearest last."""
        sentence = words.sentence
        return [
            item
            for item in self.before[-60:]
            if item.end <= position and sentence.index - item.sentence <= reach and item.paragraph == sentence.paragraph
        ]


def antecedent(found: Found, actor: Actor) -> Antecedent:
    """A mention as an antecedent, with its place in the grammar of its sentence."""
    words = found.words
    index = words.at(found.end - 1)
    if words.possessive(index):
        index = max(index - 1, 0)
    token = words.tokens[index]
    adjective = found.basis.startswith("adjective") and not found.agent
    people = adjective and token.dep not in _MODIFIERS  # "the British perceived"
    first = token
    while found.agent and first.dep == "conj" and first.head != first.index:
        first = words.head(first.index)  # "British, French and Italian warships"
    owned = words.head(first.index)
    modifies = first.dep in ("amod", "compound", "nmod", "npadvmod") and owned.pos in ("NOUN", "PROPN", "ADJ")
    joined = modifies and bool(found.agent) and found.end <= owned.start
    if joined:
        token = owned
        if token.dep == "amod":
            token = words.head(token.index)
    top = token
    for _ in range(3):
        if top.dep not in ("conj", "appos") or top.head == top.index:
            break
        top = words.head(top.index)
    head = words.head(top.index)
    governor = words.head(head.index) if top.dep == "pobj" else head
    crisis = top.dep == "pobj" and head.text.lower() == "for" and words.head(head.index).lemma in ("crisis", "trigger", "end")
    agents = bool(found.agent) and token.tag in ("NNS", "NNPS")
    return Antecedent(
        actor,
        found.start,
        found.end,
        words.sentence.index,
        words.sentence.paragraph,
        top.dep in _SUBJECTS,
        crisis,
        (adjective and not people) or (modifies and not found.agent and not adjective and owned.pos == "NOUN"),
        people or agents or actor.kind == "collective" or found.kind == "demonym",
        head.index,
        top.index,
        found.agent_kind,
        found.agent,
        governor.lemma.lower() if top.dep in ("dobj", "pobj", "dative") else "",
        _person(found, token),
        _owns_subject(found, token, owned),
        found.kind in ("both", "sides"),
        found.role == "each",
        joined,
    )


def _owns_subject(found: Found, token: Token, owned: Token) -> bool:
    """Whether the subject is a deed of the actor ("the Greek reply") or anything of its own ("Hungary's defeat")."""
    if found.agent or token.dep not in _MODIFIERS or owned.dep != "nsubj":
        return False
    return token.dep == "poss" or owned.lemma.lower() in _deeds()


@functools.cache
def _deeds() -> frozenset[str]:
    return frozenset(toml(PACKAGE, "refer.toml")["things"]["deeds"].split())


def _person(found: Found, token: Token) -> bool:
    """Whether a mention is of one man or woman: "President Nasser", "the Secretary-General", "the Greek premier"."""
    if found.basis.startswith("leader") or found.kind == "person":
        return True
    if found.actor is not None and found.actor.kind == "body":
        return any(word in persons() for word in found.actor.name.lower().split())
    titled = any(word.lower() in persons() for word in found.agent.split())
    return titled and token.tag not in ("NNS", "NNPS") and found.kind not in ("pronoun", "relative")


def best_of(
    options: Sequence[Antecedent], words: Words, position: int, verb: int | None
) -> tuple[Antecedent, list[Antecedent]]:
    """The likeliest of some antecedents, and other actors that are almost as likely."""
    ranked = sorted(options, key=lambda item: (-weight(item, words, position, verb), -item.start))
    best = ranked[0]
    score = weight(best, words, position, verb)
    others = [item for item in ranked[1:] if item.actor.id != best.actor.id]
    return best, others if others and score - weight(others[0], words, position, verb) < _MARGIN else []


def weight(item: Antecedent, words: Words, position: int, verb: int | None) -> float:
    """How likely an antecedent is what a pronoun at ``position``, in the clause of ``verb``, means; higher is likelier."""
    distance = words.sentence.index - item.sentence
    value = (3.0, 2.5, 0.5)[min(distance, 2)]
    value += 2.0 * item.subject + 2.5 * (item.crisis and distance <= 1) - 2.0 * item.attribute
    if item.each:
        value += 3.0  # "each side ... its troops"
    if item.deed:
        value += 3.0 if item.attribute else 1.5  # "The Greek reply was a note declaring its readiness"
    if item.plural and not item.each and words.lower(words.at(position)) in _SINGULAR:
        value -= 2.0  # "Norwegian gunboats ... it"
    if distance == 0 and item.subject and item.head == verb:
        value += 1.5
    if distance == 0 and verb is not None and words.tokens[verb].dep == "relcl" and _covers_token(item, words, verb):
        value += 5.0  # "the Council, which offered its good offices"
    if distance == 0 and item.governor in _object_first() and _leads_on(item, words, position):
        value += 4.0
    return value - (position - item.end) / 400


@functools.cache
def _object_first() -> frozenset[str]:
    return frozenset(toml(PACKAGE, "refer.toml")["things"]["object_first"].split())


def _covers_token(item: Antecedent, words: Words, verb: int) -> bool:
    noun = words.head(verb)
    return item.start <= noun.start < item.end


def _leads_on(item: Antecedent, words: Words, position: int) -> bool:
    """Whether what follows belongs to an object: "called on Cuba to end its aid", "condemned Cuba for its aid"."""
    first, last = words.at(item.end), words.at(position)
    between = [token.text.lower() for token in words.tokens[first:last] if token.start >= item.end]
    return len(between) <= 8 and any(word in ("to", "for", "of") for word in between[:2])
