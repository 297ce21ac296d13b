"""The event record: its words, attributes and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.events.classify import Reading
from brinkline.events.clauses import Clause
from brinkline.events.details import details
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import Event, Mention, Mode, Narrative, ParsedSentence, Place, When, content_id, quote
from brinkline.reference.event_scheme import EventType, plover_root

#: Word classes that show the domain of an armed act.
DOMAINS = {"land": ("land_words",), "air": ("planes", "air_words"), "sea": ("ships", "sea_words"), "nuclear": ("wmd_words",)}
_OUTSIDE = frozenset({"ccomp", "advcl", "relcl", "parataxis", "punct", "cc"})


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found out about one event; ``basis`` says where its date comes from."""

    reading: Reading
    leaf: EventType
    mode: Mode
    who: tuple[Mention, ...]
    whom: tuple[Mention, ...]
    when: When | None
    basis: str
    where: tuple[Place, ...] = ()


def build_event(narrative: Narrative, sentence: ParsedSentence, tree: Tree, found: Found, dates: Sequence[When] = ()) -> Event:
    """The record of an event, without its content; its id is made from the text, the type, the place and the mode."""
    leaf, clause = found.leaf, found.reading.clause
    verb = tree.tokens[clause.head]
    start, end = extent(tree, clause)
    return Event(
        id=content_id("event", (narrative.digest, leaf.id, verb.start, found.mode)),
        type=leaf.id,
        label=leaf.label,
        layer=leaf.layer,
        stance=leaf.stance,
        armed=leaf.armed,
        mode=found.mode,
        plover=plover_root(leaf, found.mode),
        cameo=leaf.cameo,
        intensity=leaf.intensity,
        who=found.who,
        whom=found.whom,
        when=found.when,
        where=found.where,
        evidence=quote(narrative.text, start, end),
        sentence=sentence.sentence.index,
        confidence=_confidence(found),
        rule=found.reading.rule,
        verb=quote(narrative.text, verb.start, verb.end),
        attributes=(*_attributes(tree, found), *details(tree, narrative.text, found.reading, leaf, (start, end), dates)),
    )


def extent(tree: Tree, clause: Clause) -> tuple[int, int]:
    """The range of a clause: its predicate and phrases, without joined and dependent clauses."""
    inside, waiting = [clause.head], [clause.head]
    while waiting:
        for child in tree.children[waiting.pop()]:
            token = tree.tokens[child]
            if token.dep not in _OUTSIDE and not (token.dep == "conj" and token.pos in ("VERB", "AUX")):
                inside.append(child)
                waiting.append(child)
    return tree.tokens[min(inside)].start, tree.tokens[max(inside)].end


def _attributes(tree: Tree, found: Found) -> tuple[tuple[str, str], ...]:
    """Where the date comes from, whether both sides do it, and the domains of an armed act (what is used or hit, else the
    usual one of its type)."""
    pairs = [("date basis", found.basis)] if found.basis else []
    if found.leaf.parties == "mutual":
        pairs.append(("parties", "mutual"))
    domains = _domains(tree, found)
    pairs += [("domain", "; ".join(domains))] if domains else []
    return tuple(pairs)


def _domains(tree: Tree, found: Found) -> list[str]:
    """The domains of an armed act, and of what is said of one: those of what is used or hit, else the usual one of its type."""
    leaf = found.leaf
    if not (leaf.armed or leaf.layer == "say"):
        return []
    words = tree.words(tree.subtree(found.reading.clause.head))
    named = [domain for domain, classes in DOMAINS.items() if any(words & word_classes()[name] for name in classes)]
    return named or ([leaf.domain] if leaf.domain else [])


def _confidence(found: Found) -> float:
    """From 0 to 1: how much of the event the words give (both roles, a date of its own, a verb and not a noun)."""
    own_date, verb = found.basis == "clause", found.reading.clause.kind == "verb"
    return round(0.5 + 0.15 * bool(found.who) + 0.1 * bool(found.whom) + 0.1 * own_date + 0.1 * verb, 2)
