"""Events of a narrative: every clause the lexicon knows, with roles, mode, date and words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from brinkline.events.classify import Reading, read_clauses
from brinkline.events.clauses import Clause, find_clauses
from brinkline.events.lexicon import event_nouns
from brinkline.events.merge import merge_events
from brinkline.events.modes import modes
from brinkline.events.roles import roles
from brinkline.events.timing import date_of, dates_by_clause
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import Event, Mention, Mode, Narrative, ParsedSentence, When, content_id, quote
from brinkline.reference.event_scheme import plover_root

_SKIPPED_SECTIONS = frozenset({"references", "updated"})
#: Word classes that show the domain of an armed act.
DOMAINS = {"land": ("land_words",), "air": ("planes", "air_words"), "sea": ("ships", "sea_words"), "nuclear": ("wmd_words",)}
_OUTSIDE = frozenset({"ccomp", "advcl", "relcl", "parataxis", "punct", "cc"})


def find_events(
    narrative: Narrative, parsed: Sequence[ParsedSentence], dates: Sequence[When], mentions: Sequence[Mention]
) -> tuple[Event, ...]:
    """The events of a narrative in the order of the text; clauses without any actor give none."""
    found: list[Event] = []
    nouns: list[str] = []
    carried: When | None = None
    when_starts = [when.start for when in dates]
    mention_starts = [mention.start for mention in mentions]
    for sentence in parsed:
        if sentence.sentence.section in _SKIPPED_SECTIONS or not sentence.tokens:
            continue
        start, end = sentence.sentence.start, sentence.sentence.end
        whens = dates[bisect_left(when_starts, start) : bisect_left(when_starts, end)]
        named = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        for event, kind in _sentence_events(narrative, sentence, whens, named, carried):
            found.append(event)
            if kind == "noun":
                nouns.append(event.id)
        line = [when for when in whens if not when.off_line and when.earliest is not None and when.kind in ("date", "time")]
        carried = line[-1] if line else carried
    return merge_events(found, nouns)


def _sentence_events(
    narrative: Narrative, sentence: ParsedSentence, whens: Sequence[When], named: Sequence[Mention], carried: When | None
) -> list[tuple[Event, str]]:
    tree = Tree(sentence, named, narrative.text)
    clauses = find_clauses(tree, event_nouns())
    readings = read_clauses(tree, clauses)
    how = modes(clauses, readings)
    by_clause = dates_by_clause(tree, clauses, whens)
    absorbed = {reading.absorbed for reading in readings.values() if reading.absorbed is not None}
    made: dict[int, Event] = {}
    for index in sorted(readings, reverse=True):
        reading = readings[index]
        if reading.leaf is None or index in absorbed or reading.of == "weak":
            continue
        who, whom = roles(tree, reading, clauses, readings)
        if reading.leaf.layer == "say" and reading.clause.kind == "verb" and not who and not reading.clause.passive:
            continue  # "sources said": a speech by nobody who is known
        if who or whom or reading.leaf.id.startswith("think.crisis"):
            when, basis = date_of(index, clauses, by_clause, carried)
            content = None
            if reading.leaf.layer != "do":
                inner = [*reading.contents, *(readings[reading.absorbed].contents if reading.absorbed in readings else ())]
                content = next((made[index].id for index in inner if index in made), None)
            made[index] = _event(narrative, sentence, tree, reading, how[index], who, whom, when, basis, content)
    return [(made[index], readings[index].clause.kind) for index in sorted(made)]


def _event(
    narrative: Narrative,
    sentence: ParsedSentence,
    tree: Tree,
    reading: Reading,
    mode: Mode,
    who: tuple[Mention, ...],
    whom: tuple[Mention, ...],
    when: When | None,
    basis: str,
    content: str | None,
) -> Event:
    leaf = reading.leaf
    if leaf is None:
        raise ValueError("a reading without a leaf is no event")
    verb = tree.tokens[reading.clause.head]
    start, end = _extent(tree, reading.clause)
    return Event(
        id=content_id("event", (narrative.digest, leaf.id, verb.start, mode)),
        type=leaf.id,
        label=leaf.label,
        layer=leaf.layer,
        stance=leaf.stance,
        armed=leaf.armed,
        mode=mode,
        plover=plover_root(leaf, mode),
        cameo=leaf.cameo,
        intensity=leaf.intensity,
        who=who,
        whom=whom,
        when=when,
        where=(),
        evidence=quote(narrative.text, start, end),
        sentence=sentence.sentence.index,
        confidence=_confidence(reading, who, whom, basis),
        rule=reading.rule,
        verb=quote(narrative.text, verb.start, verb.end),
        content=content,
        attributes=_attributes(tree, reading, basis),
    )


def _attributes(tree: Tree, reading: Reading, basis: str) -> tuple[tuple[str, str], ...]:
    """Where the date comes from, whether both sides do it, and the domains of an armed act (what is used or hit, else the
    usual one of its type)."""
    found = [("date basis", basis)] if basis else []
    if reading.leaf is not None and reading.leaf.parties == "mutual":
        found.append(("parties", "mutual"))
    if reading.leaf is not None and reading.leaf.layer == "do" and reading.leaf.armed:
        words = tree.words(tree.subtree(reading.clause.head))
        named = [domain for domain, classes in DOMAINS.items() if any(words & word_classes()[name] for name in classes)]
        domains = named or ([reading.leaf.domain] if reading.leaf.domain else [])
        found += [("domain", "; ".join(domains))] if domains else []
    return tuple(found)


def _extent(tree: Tree, clause: Clause) -> tuple[int, int]:
    """The range of a clause: its predicate and phrases, without joined and dependent clauses."""
    inside, waiting = [clause.head], [clause.head]
    while waiting:
        for child in tree.children[waiting.pop()]:
            token = tree.tokens[child]
            if token.dep not in _OUTSIDE and not (token.dep == "conj" and token.pos in ("VERB", "AUX")):
                inside.append(child)
                waiting.append(child)
    return tree.tokens[min(inside)].start, tree.tokens[max(inside)].end


def _confidence(reading: Reading, who: Sequence[Mention], whom: Sequence[Mention], basis: str) -> float:
    """From 0 to 1: how much of the event the words give (both roles, a date of its own, a verb and not a noun)."""
    value = 0.5 + 0.15 * bool(who) + 0.1 * bool(whom) + 0.1 * (basis == "clause") + 0.1 * (reading.clause.kind == "verb")
    return round(value, 2)
