"""From clauses to leaves of the event scheme: which rule of the lexicon speaks, and what stands for "the same" or "the end"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from brinkline.events.clauses import Clause
from brinkline.events.lexicon import Rule, matching
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.reference.event_scheme import EventType, event_types

#: Links by which a clause is the content of the one above ("demanded *that ...*", "a threat *to ...*", "threatened *war*").
CONTENT_LINKS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "nsubjpass", "attr", "csubj"})
_FUTURE = frozenset({"will", "would", "shall"})
_DUTY = frozenset({"must", "should", "ought"})


@dataclass(slots=True)
class Reading:
    """A clause read as an event: its leaf (None when it has no event of its own), the rule, the mode of its content, and the
    event noun it took in ("launched an *attack*"). ``reversed`` is true when the subject is the receiver; who did it then
    stands in a phrase with one of the prepositions ``giver``."""

    clause: Clause
    leaf: EventType | None
    rule: str
    content_mode: str = ""
    absorbed: int | None = None
    reversed: bool = False
    giver: tuple[str, ...] = ("from",)
    of: str = ""
    contents: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence while its clauses are read, deepest first."""

    tree: Tree
    clauses: dict[int, Clause]
    readings: dict[int, Reading]

    def noun_among(self, heads: list[int]) -> Reading | None:
        """The first of these phrases that is headed by an event noun which was read."""
        cores = (self.readings.get(self.tree.core(head)) or self.readings.get(head) for head in heads)
        return next((reading for reading in cores if reading is not None and reading.clause.kind == "noun"), None)


def read_clauses(tree: Tree, clauses: dict[int, Clause]) -> dict[int, Reading]:
    """The clauses the lexicon knows, read as events, by the index of their predicate."""
    scene = Scene(tree, clauses, {})
    for index in sorted(clauses, key=lambda index: -_depth(tree, index)):
        contents = [other for other in clauses.values() if other.governor == index and other.link in CONTENT_LINKS]
        reading = _read(scene, clauses[index], contents)
        if reading is not None:
            reading.contents = [other.head for other in contents]
            if _is_brought_before(tree, reading):
                reading.leaf = event_types()["say.bring_before"]
            scene.readings[index] = reading
    return dict(sorted(scene.readings.items()))


def _is_brought_before(tree: Tree, reading: Reading) -> bool:
    """True for "sent a note to the League": a message or an appeal to a body, named by a noun that its verb takes in."""
    if reading.absorbed is None or reading.leaf is None or reading.leaf.id not in ("say.inform", "say.appeal"):
        return False
    to = [*reading.clause.obliques.get("to", ()), *reading.clause.receivers]
    return any(tree.tokens[head].lemma.lower() in word_classes()["bodies"] for head in to)


def _depth(tree: Tree, index: int) -> int:
    depth = 0
    while tree.tokens[index].head != index:
        index = tree.tokens[index].head
        depth += 1
    return depth


def _read(scene: Scene, clause: Clause, contents: list[Clause]) -> Reading | None:
    for rule in matching(scene.tree, clause):
        if not rule.leaf.startswith("*"):
            leaf = event_types()[rule.leaf] if rule.leaf else None
            return Reading(clause, leaf, rule.id, rule.content, _named_twice(scene, clause, leaf), of=rule.of)
        special = _SPECIAL[rule.leaf](scene, clause, rule, contents)
        if special is not None:
            return special
    return None


def _named_twice(scene: Scene, clause: Clause, leaf: EventType | None) -> int | None:
    """The object that names the same event as its verb ("signed a treaty") or what the verb ends."""
    noun = scene.noun_among(clause.objects) if clause.kind == "verb" else None
    if noun is None or noun.leaf is None or leaf is None:
        return None
    return noun.clause.head if leaf.id in (noun.leaf.id, noun.leaf.ends) else None


def _taken_in(clause: Clause, rule: Rule, inner: Reading | None) -> Reading | None:
    """A verb that stands for the event noun it goes with."""
    if inner is None:
        return None
    return Reading(clause, inner.leaf, f"{rule.id}+{inner.rule}", inner.content_mode, absorbed=inner.clause.head)


def _light(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "launched an attack": the noun's event, done by the subject; "an attack launched by": the agent goes to the noun."""
    token = scene.tree.tokens[clause.head]
    if token.dep in ("acl", "relcl") and token.head in scene.clauses and clause.passive:
        noun = scene.clauses[token.head]
        noun.subjects += [head for head in clause.subjects if head not in noun.subjects]
        for preposition, heads in clause.obliques.items():
            noun.obliques.setdefault(preposition, []).extend(heads)
        return Reading(clause, None, rule.id)
    return _taken_in(clause, rule, scene.noun_among(clause.objects))


def _into(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "entered into talks", "engaged in espionage": the event of the phrase."""
    phrases = clause.obliques
    return _taken_in(clause, rule, scene.noun_among([*phrases.get("into", ()), *phrases.get("in", ()), *phrases.get("to", ())]))


def _same(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "began talks" or "began to attack": the noun's event, or nothing beside the event of the complement."""
    reading = _light(scene, clause, rule, contents)
    if reading is None and contents and clause.complements:
        return Reading(clause, None, rule.id, rule.content)
    return reading


def _form(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "took the form of a protest", "consisted of a protest", "took the lead in a protest": the event of the phrase."""
    tree = scene.tree
    phrases = [prep for head in clause.objects for prep in tree.kids(head, "prep")]
    named = [joined for prep in phrases for pobj in tree.kids(prep, "pobj") for joined in tree.conjuncts(pobj)]
    return _taken_in(clause, rule, scene.noun_among([*clause.obliques.get("of", ()), *clause.obliques.get("in", ()), *named]))


def _drawn(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "drew a protest from Norland": the noun's event, done by those it is drawn from."""
    reading = _taken_in(clause, rule, scene.noun_among(clause.objects))
    if reading is not None:
        reading.reversed = True
    return reading


def _comes(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "a protest came from Norland": the event of the subject, done by those it comes from."""
    inner = scene.noun_among(clause.subjects)
    if inner is None or inner.leaf is None or inner.leaf.parties == "mutual":
        return None
    reading = Reading(clause, inner.leaf, f"{rule.id}+{inner.rule}", inner.content_mode, absorbed=inner.clause.head)
    clause.subjects = clause.obliques.pop("from")
    return reading


def _fallen(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "the city fell to the rebels": they took it; what falls must be a place."""
    places = word_classes()["territory"]
    heads = [scene.tree.tokens[head] for head in clause.subjects]
    if not any(head.pos == "PROPN" or head.lemma.lower() in places for head in heads):
        return None
    return Reading(clause, event_types()["do.occupy"], rule.id, reversed=True, giver=("to", "into"))


def _received(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "received an ultimatum from Sudland": the subject is the receiver."""
    reading = _taken_in(clause, rule, scene.noun_among(clause.objects))
    if reading is not None:
        reading.reversed = True
    return reading


def _occurs(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "fighting broke out": the event of the subject."""
    verb = next((scene.readings[head] for head in clause.subjects if head in scene.readings), None)
    return _taken_in(clause, rule, scene.noun_among(clause.subjects) or verb)


def _responds(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "responded with a protest": the event of the phrase with "with" or "by", done by the subject."""
    noun = scene.noun_among([*clause.obliques.get("with", ()), *clause.obliques.get("by", ())])
    if noun is not None and not noun.clause.complements and "the" in scene.tree.words(scene.tree.kids(noun.clause.head, "det")):
        return None  # "responded with the backing of Westland", but with "the charge that ..."
    return _taken_in(clause, rule, noun)


def _ends(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "suspended the talks", "stopped attacking": what the scheme gives as the end of that event."""
    inner = scene.noun_among(clause.objects) if clause.kind == "verb" else None
    if inner is None:
        inner = next((scene.readings[other.head] for other in contents if other.head in scene.readings), None)
    if inner is None or inner.leaf is None or not inner.leaf.ends:
        return None
    leaf = event_types()[inner.leaf.ends]
    return Reading(clause, leaf, f"{rule.id}+{inner.rule}", rule.content, absorbed=inner.clause.head)


def _intent(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "planned to attack" threatens, "pledged to withdraw" promises."""
    content = next((scene.readings[other.head] for other in contents if other.head in scene.readings), None)
    leaf = _leaf_of_intent(content)
    return Reading(clause, event_types()[leaf], rule.id, "promised" if leaf == "say.promise" else rule.content)


def _prepare(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """ "prepared to attack" readies forces; any other preparation is an intention."""
    content = next((scene.readings[other.head] for other in contents if other.head in scene.readings), None)
    if content is not None and content.leaf is not None and content.leaf.hostile and content.leaf.armed:
        return Reading(clause, event_types()["do.mobilize"], rule.id, rule.content)
    return _intent(scene, clause, rule, contents)


def _leaf_of_intent(content: Reading | None) -> str:
    if content is None or content.leaf is None:
        return "say.intend"
    if content.leaf.hostile:
        return "say.threaten"
    return "say.promise" if content.leaf.stance in ("cooperative", "deescalating") else "say.intend"


def _speech(scene: Scene, clause: Clause, rule: Rule, contents: list[Clause]) -> Reading | None:
    """A word of saying, by what is said: "said it would ...", "said they must ...", or just reports an event."""
    inner = next((other for other in contents if other.link == "ccomp"), contents[0] if contents else None)
    if inner is None:
        return Reading(clause, event_types()["say.state"], rule.id, rule.content)
    content = scene.readings.get(inner.head)
    leaf, mode = "say.state", rule.content
    if inner.modal in _DUTY or (inner.modal in ("can", "could") and inner.negated):
        leaf, mode = "say.demand", "demanded"
    elif inner.modal in _FUTURE and inner.negated:
        leaf, mode = "say.reject", "denied"
    elif inner.modal in _FUTURE:
        leaf = _leaf_of_intent(content)
        mode = "promised" if leaf == "say.promise" else "planned"
    elif content is not None and content.leaf is not None and clause.key not in word_classes()["announcing"]:
        leaf = ""
    return Reading(clause, event_types()[leaf] if leaf else None, rule.id, mode)


_SPECIAL: dict[str, Callable[[Scene, Clause, Rule, list[Clause]], Reading | None]] = {
    "*same": _same,
    "*light": _light,
    "*into": _into,
    "*form": _form,
    "*fallen": _fallen,
    "*drawn": _drawn,
    "*comes": _comes,
    "*received": _received,
    "*occurs": _occurs,
    "*responds": _responds,
    "*ends": _ends,
    "*intent": _intent,
    "*prepare": _prepare,
    "*speech": _speech,
}
