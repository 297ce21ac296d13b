"""Who does the same: "Norland, along with Sudland, ...", "Norland withdrew, as did Sudland"."""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.events.tree import Tree

_COMPANY = frozenset({"along", "together"})
_STAND_IN = frozenset({"do", "have", "be"})


def partners(tree: Tree, predicate: int) -> list[int]:
    """The heads of the phrases that name who shares the grammatical subject of a verb, in order of the text.

    Company named after an object is that of the object ("accused Norland, together with Sudland").
    """
    subjects = tree.kids(predicate, "nsubj", "nsubjpass")
    objects = tree.kids(predicate, "dobj")
    found = [head for each in subjects for head in _company(tree, each)]
    found += [head for head in _company(tree, predicate) if not any(each < head for each in objects)]
    found += [head for each in tree.kids(predicate, "advcl", "ccomp", "conj") for head in _ellipsis(tree, each)]
    return sorted(set(found))


def is_stand_in(tree: Tree, predicate: int) -> bool:
    """True for the verb of "as did Sudland": it stands for the verb above it and is no act of its own."""
    token = tree.tokens[predicate]
    if token.lemma.lower() not in _STAND_IN or tree.kids(predicate, "dobj", "attr", "acomp", "xcomp", "ccomp"):
        return False
    opened = {tree.tokens[kid].lemma.lower() for kid in tree.kids(predicate, "mark", "advmod", "prep")}
    follows = any(tree.tokens[kid].start > token.start for kid in tree.kids(predicate, "nsubj", "nsubjpass"))
    return follows and not opened.isdisjoint({"as", "so"})


def _ellipsis(tree: Tree, predicate: int) -> Iterator[int]:
    if is_stand_in(tree, predicate):
        for subject in tree.kids(predicate, "nsubj", "nsubjpass"):
            yield from tree.conjuncts(subject)


def _company(tree: Tree, index: int) -> Iterator[int]:
    """The phrases with "along with" and "together with" under a noun or verb, however the parser hangs the two words."""
    for prep in tree.kids(index, "prep", "advmod"):
        word = tree.tokens[prep].lemma.lower()
        inner = [kid for kid in tree.kids(prep, "prep") if tree.tokens[kid].lemma.lower() == "with"] if word in _COMPANY else []
        beside = [kid for kid in tree.kids(prep, "advmod", "prep") if tree.tokens[kid].lemma.lower() in _COMPANY]
        for each in inner or ([prep] if word == "with" and beside else []):
            for pobj in tree.kids(each, "pobj"):
                yield from tree.conjuncts(pobj)
