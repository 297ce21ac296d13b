"""From clauses to leaves of the event scheme: which rule of the lexicon speaks, and what stands for "the same" or "the end"."""

from __future__ import annotations

from dataclasses import dataclass, field

from brinkline.events.clauses import Clause
from brinkline.events.lexicon import Rule, matching
from brinkline.events.tree import Tree
from brinkline.reference.event_scheme import EventType, event_types

#: Links by which a clause is the content of the one above ("demanded *that ...*", "a threat *to ...*", "threatened *war*").
CONTENT_LINKS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "nsubjpass", "attr", "csubj"})
_FUTURE = frozenset({"will", "would", "shall"})
_DUTY = frozenset({"must", "should", "ought"})


@dataclass(slots=True)
class Reading:
    """A clause read as an event: its leaf (None when it has no event of its own), the rule, the mode of its content, and the
    event noun it took in ("launched an *attack*")."""

    clause: Clause
    leaf: EventType | None
    rule: str
    content_mode: str = ""
    absorbed: int | None = None
    reversed: bool = False
    contents: list[int] = field(default_factory=list)


def read_clauses(tree: Tree, clauses: dict[int, Clause]) -> dict[int, Reading]:
    """The clauses the lexicon knows, read as events, by the index of their predicate."""
    readings: dict[int, Reading] = {}
    for index in sorted(clauses, key=lambda index: -_depth(tree, index)):
        contents = [other for other in clauses.values() if other.governor == index and other.link in CONTENT_LINKS]
        reading = _read(tree, clauses[index], contents, readings)
        if reading is not None:
            reading.contents = [other.head for other in contents]
            readings[index] = reading
    return dict(sorted(readings.items()))


def _depth(tree: Tree, index: int) -> int:
    depth = 0
    while tree.tokens[index].head != index:
        index = tree.tokens[index].head
        depth += 1
    return depth


def _read(tree: Tree, clause: Clause, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    for rule in matching(tree, clause):
        if not rule.leaf.startswith("*"):
            return Reading(clause, event_types()[rule.leaf] if rule.leaf else None, rule.id, rule.content)
        special = _SPECIAL[rule.leaf](clause, rule, contents, readings)
        if special is not None:
            return special
    return None


def _object_noun(clause: Clause, readings: dict[int, Reading]) -> int | None:
    """The event noun a light verb or a stop verb speaks of: its object, else its last resort, a phrase with "to" or "with"."""
    heads = [*clause.objects, *clause.obliques.get("to", ()), *clause.obliques.get("in", ()), *clause.obliques.get("into", ())]
    return next((head for head in heads if head in readings and readings[head].clause.kind == "noun"), None)


def _same(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    noun = _object_noun(clause, readings)
    if noun is not None:
        inner = readings[noun]
        return Reading(clause, inner.leaf, f"{rule.id}+{inner.rule}", inner.content_mode, absorbed=noun)
    return Reading(clause, None, rule.id, rule.content) if contents and clause.complements else None


def _light(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    return _same(clause, rule, [], readings)


def _received(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    """ "Norland received an ultimatum from Sudland": the subject is the receiver."""
    reading = _same(clause, rule, [], readings)
    if reading is not None:
        reading.reversed = True
    return reading


def _ends(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    noun = _object_noun(clause, readings) if clause.kind == "verb" else None
    if noun is None:
        noun = next((other.head for other in contents if other.head in readings), None)
    inner = readings[noun].leaf if noun is not None else None
    if inner is None or not inner.ends:
        return None
    return Reading(
        clause,
        event_types()[inner.ends],
        f"{rule.id}+{readings[noun].rule}" if noun is not None else rule.id,
        rule.content,
        absorbed=noun,
    )


def _intent(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    content = next((readings[other.head] for other in contents if other.head in readings), None)
    return Reading(clause, event_types()[_leaf_of_intent(content)], rule.id, rule.content)


def _leaf_of_intent(content: Reading | None) -> str:
    if content is None or content.leaf is None:
        return "say.intend"
    if content.leaf.hostile:
        return "say.threaten"
    return "say.promise" if content.leaf.stance in ("cooperative", "deescalating") else "say.intend"


def _speech(clause: Clause, rule: Rule, contents: list[Clause], readings: dict[int, Reading]) -> Reading | None:
    """A word of saying, by what is said: "said it would ...", "said they must ...", or just reports an event."""
    inner = next((other for other in contents if other.link == "ccomp"), contents[0] if contents else None)
    if inner is None:
        return Reading(clause, event_types()["say.state"], rule.id, rule.content)
    content = readings.get(inner.head)
    leaf, mode = "say.state", rule.content
    if inner.modal in _DUTY or (inner.modal in ("can", "could") and inner.negated):
        leaf, mode = "say.demand", "demanded"
    elif inner.modal in _FUTURE and inner.negated:
        leaf, mode = "say.reject", "denied"
    elif inner.modal in _FUTURE:
        leaf, mode = _leaf_of_intent(content), "planned"
    elif content is not None and content.leaf is not None:
        leaf = ""
    return Reading(clause, event_types()[leaf] if leaf else None, rule.id, mode)


_SPECIAL = {"*same": _same, "*light": _light, "*received": _received, "*ends": _ends, "*intent": _intent, "*speech": _speech}
