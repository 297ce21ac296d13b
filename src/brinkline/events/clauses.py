"""Clauses of a sentence: predicates (verbs, event nouns, adjectives with "be") and the phrases that depend on them.

What grammar leaves unsaid is filled in here: the subject of an infinitive or participle, the shared subject and object of
joined verbs, the noun a relative clause hangs on, the holder of an event noun ("its refusal", "the Soviet evacuation").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from brinkline.events.partners import is_stand_in, partners
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes

_SUBJECTS = ("nsubj", "csubj")
_RELATIVES = frozenset({"which", "who", "whom", "that"})
_HOLDERS = ("poss", "compound", "amod", "nmod", "nn")


@dataclass(slots=True)
class Clause:
    """One predicate with the heads of its phrases. ``obliques`` maps a preposition to the heads of its phrases;
    ``governor`` is the predicate it depends on, by ``link`` (a dependency label); ``answers`` is true for "its response
    was ...", ``earlier`` for the past perfect ("had landed"), which tells of a time before.
    """

    head: int
    kind: str
    key: str
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    receivers: list[int] = field(default_factory=list)
    obliques: dict[str, list[int]] = field(default_factory=dict)
    particles: set[str] = field(default_factory=set)
    complements: set[str] = field(default_factory=set)
    passive: bool = False
    negated: bool = False
    modal: str = ""
    aspect: str = ""
    hypothetical: bool = False
    earlier: bool = False
    answers: bool = False
    governor: int | None = None
    link: str = ""


def find_clauses(tree: Tree, event_nouns: frozenset[str]) -> dict[int, Clause]:
    """The clauses of a sentence by the index of their predicate, in order; nouns count when they are in ``event_nouns``."""
    clauses: dict[int, Clause] = {}
    for token in tree.tokens:
        if token.dep == "amod":
            if is_backing(tree, token.index):
                clauses[token.index] = _backing_clause(tree, token.index)
            continue  # "the captured gunboat", "armed men": a property, not an event
        if token.dep == "advcl" and is_stand_in(tree, token.index):
            continue  # "as did Sudland" belongs to the verb above
        if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
            clauses[token.index] = _verb_clause(tree, token.index)
        elif token.pos == "ADJ" and tree.kids(token.index, "nsubj", "nsubjpass"):
            clauses[token.index] = _adjective_clause(tree, token.index)
        elif (
            (token.pos == "NOUN" or _is_note(tree, token.index))
            and token.dep != "compound"
            and token.lemma.lower() in event_nouns
            and not _is_purpose(tree, token.index)
        ):
            clauses[token.index] = _noun_clause(tree, token.index)
    for clause in clauses.values():
        _link(tree, clause, clauses)
    for clause in clauses.values():
        _reattach(tree, clause, clauses)
    for index in clauses:
        _fill(tree, clauses, index, set())
    _share_objects(tree, clauses)
    return clauses


def _is_note(tree: Tree, index: int) -> bool:
    """True for a message that is written like a name ("a Note to the League")."""
    token = tree.tokens[index]
    named = token.pos == "PROPN" and token.lemma.lower() in word_classes()["messages"]
    return named and any(tree.tokens[kid].lemma.lower() in ("a", "an", "its") for kid in tree.kids(index, "det", "poss"))


def _is_purpose(tree: Tree, index: int) -> bool:
    """True for the noun of "in order to"."""
    token = tree.tokens[index]
    return token.text == "order" and index > 0 and tree.tokens[index - 1].lemma.lower() == "in"


def _verb_clause(tree: Tree, index: int) -> Clause:
    token = tree.tokens[index]
    clause = Clause(index, "verb", token.lemma.lower())
    for child in tree.children[index]:
        _take(tree, clause, child)
    (clause.objects if tree.kids(index, "nsubjpass") else clause.subjects).extend(
        head for head in partners(tree, index) if head not in clause.subjects
    )
    if token.tag == "VBN" and token.dep in ("acl", "advcl", "relcl") and not tree.kids(index, "aux", "nsubj"):
        clause.passive = True
    grammatical = clause.subjects or clause.objects
    clause.negated = clause.negated or any(
        tree.tokens[kid].lemma.lower() in ("neither", "no")
        for head in grammatical
        for kid in tree.kids(head, "preconj", "det", "cc")
    )
    busy = clause.key == "engage" and "in" in clause.obliques
    if clause.passive and not clause.subjects and (busy or clause.key in word_classes()["states_of_mind"]):
        clause.passive, clause.subjects, clause.objects = False, clause.objects, []  # "was committed to", "was engaged in"
    subjects = tree.words(clause.subjects)
    clause.answers = token.lemma == "be" and not subjects.isdisjoint(word_classes()["responses"])
    adjective = next(iter(tree.kids(index, "acomp")), None)
    if adjective is not None and token.lemma in ("be", "remain", "become", "seem", "appear", "feel", "stay"):
        clause.kind, clause.key = "adj", tree.tokens[adjective].lemma.lower()
        for child in tree.children[adjective]:
            _take(tree, clause, child)
    return clause


def _adjective_clause(tree: Tree, index: int) -> Clause:
    """An adjective that the parser made the head ("The two powers were aloof")."""
    clause = _verb_clause(tree, index)
    clause.kind, clause.passive = "adj", False
    clause.subjects, clause.objects = [*clause.subjects, *clause.objects], []
    return clause


def is_backing(tree: Tree, index: int) -> bool:
    """True for the participle of "Norland-backed rebels": who backs or supplies whom."""
    return tree.tokens[index].lemma.lower() in word_classes()["backing"] and bool(tree.kids(index, "npadvmod"))


def _backing_clause(tree: Tree, index: int) -> Clause:
    clause = Clause(index, "verb", tree.tokens[index].lemma.lower(), passive=True)
    clause.subjects = tree.kids(index, "npadvmod")
    clause.objects = [tree.tokens[index].head]
    return clause


def _take(tree: Tree, clause: Clause, child: int) -> None:
    """Enter one dependent of a predicate into its clause."""
    token = tree.tokens[child]
    dep, lemma = token.dep, token.lemma.lower()
    if dep in _SUBJECTS:
        clause.subjects += tree.conjuncts(child)
    elif dep == "nsubjpass":
        clause.passive = True
        clause.objects += tree.conjuncts(child)
    elif dep in ("dobj", "attr", "oprd"):
        clause.objects += tree.conjuncts(child)
    elif dep == "dative":
        heads = tree.kids(child, "pobj") or [child]
        clause.receivers += [joined for head in heads for joined in tree.conjuncts(head)]
    elif dep == "agent":
        clause.passive = True
        clause.subjects += [joined for head in tree.kids(child, "pobj") for joined in tree.conjuncts(head)]
    elif dep == "prep":
        _take_preposition(tree, clause, child)
    elif dep == "auxpass":
        clause.passive = True
    elif dep == "neg" or (dep in ("advmod", "preconj", "det") and lemma in ("never", "no", "neither", "nor")):
        clause.negated = True
    elif dep == "aux":
        _take_auxiliary(clause, token.tag, lemma, token.text.lower())
    elif dep == "prt" or (dep == "advmod" and token.pos in ("ADV", "ADP")):
        clause.particles.add(lemma)
    elif dep in ("xcomp", "ccomp", "acl", "advcl"):
        _take_complement(tree, clause, child)
    elif dep == "mark" and lemma in ("if", "unless"):
        clause.hypothetical = True


def _take_auxiliary(clause: Clause, tag: str, lemma: str, text: str) -> None:
    if tag == "MD":
        clause.modal = {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(text, text)
    elif lemma == "be":
        clause.aspect = "progressive"
    elif text == "had":
        clause.earlier = True


def _take_preposition(tree: Tree, clause: Clause, child: int) -> None:
    preposition = tree.tokens[child].lemma.lower()
    heads = [joined for pobj in tree.kids(child, "pobj") for joined in tree.conjuncts(pobj)]
    if preposition == "on" and tree.words(heads) == {"part"}:  # "on the part of": by
        preposition = "by"
    clause.obliques.setdefault(preposition, []).extend(heads)
    for inner in tree.kids(child, "prep", "conj"):  # "to the Council and to Norland"
        if tree.tokens[inner].pos in ("ADP", "SCONJ"):
            _take_preposition(tree, clause, inner)
    if tree.kids(child, "pcomp"):
        clause.complements.add("ing")


def _take_complement(tree: Tree, clause: Clause, child: int) -> None:
    verb = tree.tokens[child]
    marks = {tree.tokens[kid].lemma.lower() for kid in tree.kids(child, "mark", "aux")}
    if verb.dep == "advcl" and not (verb.tag == "VB" and "to" in marks):
        return
    if verb.tag == "VBG" and not tree.kids(child, "nsubj"):
        clause.complements.add("ing")
    elif verb.dep == "ccomp" or "that" in marks or tree.kids(child, "nsubj", "nsubjpass"):
        clause.complements.add("inf" if "to" in marks else "that")
    else:
        clause.complements.add("inf")


def _noun_clause(tree: Tree, index: int) -> Clause:
    """An event noun: its holders (poss, demonym, "by") are subjects, "of" is kept as an oblique for the lexicon to read."""
    clause = Clause(index, "noun", tree.tokens[index].lemma.lower())
    for child in tree.children[index]:
        token = tree.tokens[child]
        if token.dep in _HOLDERS:
            clause.subjects.append(child)
        elif token.dep == "prep":
            _take_preposition(tree, clause, child)
        elif token.dep in ("acl", "relcl", "ccomp", "xcomp"):
            _take_complement(tree, clause, child)
        elif token.dep == "det" and token.lemma.lower() == "no":
            clause.negated = True
    clause.subjects += clause.obliques.pop("by", [])
    return clause


def _link(tree: Tree, clause: Clause, clauses: dict[int, Clause]) -> None:
    """Find the predicate above: the nearest ancestor that heads a clause; ``link`` is the label of the step under it."""
    here = clause.head
    if tree.tokens[here].dep == "amod":  # "Norland-backed": as real as the act it is said of, done beside any other noun
        noun = tree.tokens[here].head
        clause.governor, clause.link = (noun, "acl") if noun in clauses else (None, "")
        return
    while True:
        token = tree.tokens[here]
        if token.head == here:
            return
        if token.dep in CLAUSE_LINKS and not clause.link:
            clause.link = "xcomp" if _is_complement(tree, here) else token.dep
        if token.head in clauses:
            clause.governor = token.head
            clause.link = clause.link or token.dep
            return
        here = token.head


def _reattach(tree: Tree, clause: Clause, clauses: dict[int, Clause]) -> None:
    """ "denied that it had a claim and threatened to ...": the parser joins the second act to the state that was denied.

    A past act without a subject that is joined to "had" or "was" inside what is said belongs to the word of saying. One that
    the parser takes for what a participle before it speaks of ("Norland, fearing a war, called ...") is the main act.
    """
    if _is_main(tree, clause, clauses):
        clause.link = "parataxis"
        return
    if _is_said(tree, clause, clauses) and clause.governor is not None:
        clause.link = "ccomp"
        clauses[clause.governor].complements.add("that")
        return
    if clause.link != "conj" or clause.governor is None or tree.kids(clause.head, "nsubj", "nsubjpass", "aux"):
        return
    joined = clauses[clause.governor]
    if joined.key not in ("have", "be") or joined.link != "ccomp" or joined.governor is None:
        return
    if tree.tokens[clause.head].tag == tree.tokens[joined.governor].tag == "VBD":
        clause.governor = joined.governor


def _is_said(tree: Tree, clause: Clause, clauses: dict[int, Clause]) -> bool:
    """True for "told the envoy that Norland would ..." where the parser hangs what is said on the one who is told."""
    token = tree.tokens[clause.head]
    if token.dep not in ("relcl", "acl") or token.head in clauses or clause.governor is None:
        return False
    marked = any(tree.tokens[kid].lemma.lower() == "that" for kid in tree.kids(clause.head, "mark"))
    return marked and bool(tree.kids(clause.head, "nsubj", "nsubjpass")) and clauses[clause.governor].kind == "verb"


def _is_main(tree: Tree, clause: Clause, clauses: dict[int, Clause]) -> bool:
    if clause.link != "ccomp" or clause.governor is None or tree.kids(clause.head, "nsubj", "nsubjpass", "mark", "aux"):
        return False
    above = tree.tokens[clause.governor]
    participle = above.tag == "VBG" and not tree.kids(above.index, "aux") and clauses[clause.governor].kind == "verb"
    return participle and tree.tokens[clause.head].tag == "VBD" and above.index < clause.head


def _is_complement(tree: Tree, index: int) -> bool:
    """An infinitive that the parser took for an adverbial though the verb above has no object ("swore to fight")."""
    token = tree.tokens[index]
    infinitive = (
        token.dep == "advcl" and token.tag == "VB" and any(tree.tokens[kid].tag == "TO" for kid in tree.kids(index, "aux"))
    )
    return infinitive and not tree.kids(token.head, "dobj", "nsubjpass", "prep")


CLAUSE_LINKS = frozenset(
    {
        "xcomp",
        "ccomp",
        "advcl",
        "relcl",
        "acl",
        "conj",
        "pcomp",
        "parataxis",
        "dobj",
        "pobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "appos",
    }
)


def _fill(tree: Tree, clauses: dict[int, Clause], index: int, seen: set[int]) -> None:
    """Give a clause the subject (or, in the passive, the object) that grammar leaves unsaid."""
    clause = clauses[index]
    if index in seen:
        return
    seen.add(index)
    _resolve_relative(tree, clause)
    if clause.kind == "noun" or tree.kids(index, "nsubj", "nsubjpass", "csubj", "expl"):
        return
    unsaid = _unsaid(tree, clauses, clause, seen)
    if not unsaid:
        return
    if clause.passive and not clause.objects:
        clause.objects = unsaid
    elif not clause.passive and not clause.subjects:
        clause.subjects = unsaid


def _resolve_relative(tree: Tree, clause: Clause) -> None:
    token = tree.tokens[clause.head]
    if token.dep != "relcl" or clause.link == "ccomp":
        return
    noun = tree.conjuncts(token.head)
    for heads in (clause.subjects, clause.objects, *clause.obliques.values()):
        if any(tree.tokens[head].lemma.lower() in _RELATIVES for head in heads):
            heads[:] = noun
            return
    if not clause.objects and not clause.passive and clause.kind == "verb" and not clause.obliques:
        clause.objects = noun


def _unsaid(tree: Tree, clauses: dict[int, Clause], clause: Clause, seen: set[int]) -> list[int]:
    token = tree.tokens[clause.head]
    if token.dep in ("acl", "relcl") and clause.link != "ccomp" and not (token.tag == "VB" and token.head in clauses):
        infinitive = token.tag == "VB"
        return [] if infinitive else tree.conjuncts(token.head)
    if clause.governor is None:
        return []
    _fill(tree, clauses, clause.governor, seen)
    governor = clauses[clause.governor]
    if clause.link == "parataxis":
        return list(governor.subjects)
    if token.dep in ("xcomp", "ccomp") or (token.dep == "advcl" and token.tag == "VB"):
        if governor.kind == "noun":
            return list(governor.subjects)
        if token.tag == "VB" and governor.kind == "verb" and governor.key in word_classes()["coming_to"]:
            return list(governor.subjects)  # "visited Sudland to seek recognition"
        return list(governor.objects or governor.receivers or _addressed(governor) or governor.subjects)
    if token.dep == "pcomp" and tree.tokens[token.head].lemma in ("of", "from", "for", "into") and governor.kind == "verb":
        return list(governor.objects or governor.subjects)
    if token.dep == "conj" and governor.passive and governor.kind == "verb":
        return list(governor.objects)
    return list(governor.objects if governor.passive else governor.subjects)


def _addressed(governor: Clause) -> list[int]:
    """Who is asked in "called on Sudland to ...", "appealed to Sudland to ..."."""
    if governor.key not in word_classes()["addressing"]:
        return []
    return [head for preposition in ("on", "upon", "to") for head in governor.obliques.get(preposition, ())]


def _share_objects(tree: Tree, clauses: dict[int, Clause]) -> None:
    """ "bombed and sank a gunboat": a joined verb without object takes that of the verb after it."""
    for index in sorted(clauses, reverse=True):
        clause = clauses[index]
        if clause.kind != "verb" or clause.objects or clause.complements or clause.passive:
            continue
        for child in tree.kids(index, "conj"):
            other = clauses.get(child)
            if any(index < kid < child for kid in tree.kids(index, "prep", "advmod", "prt", "advcl")):
                break  # "marched on the capital and took it"
            if other is not None and other.kind == "verb" and other.objects and not other.passive:
                clause.objects = list(other.objects)
                break
