"""What the name of an event type means in a query: a leaf, a node of the tree with all its leaves, or a root of PLOVER.

Small letters name leaves and nodes; PLOVER's own capitals ("ASSAULT") name its root, which depends on the mode of the event.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from brinkline import data
from brinkline.model import Mode
from brinkline.reference.event_scheme import PLOVER_ROOTS, EventType, Layer, Stance, event_types
from brinkline.store.words import words_of

LAYERS: tuple[str, ...] = get_args(Layer)
STANCES: tuple[str, ...] = get_args(Stance)
MODES: tuple[str, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class TypeSet:
    """The events a name stands for: those of one of the leaves, or those with one of the PLOVER roots."""

    leaves: frozenset[str]
    roots: frozenset[str] = frozenset()

    def covers(self, leaf: str, root: str) -> bool:
        """True for an event of this leaf and this PLOVER root."""
        return leaf in self.leaves or root in self.roots


def type_named(name: str) -> tuple[str, TypeSet] | None:
    """The canonical name and what it stands for; None when there is no such leaf, node or root.

    >>> type_named("Declare war")[0], sorted(type_named("talk")[1].leaves)[:2], type_named("nothing")
    ('declare_war', ['do.discuss', 'do.mediate'], None)
    """
    if name in PLOVER_ROOTS:
        return name, TypeSet(frozenset(), frozenset({name}))
    canonical = _names().get(_key(name))
    return None if canonical is None else (canonical, TypeSet(nodes()[canonical]))


def type_names() -> tuple[str, ...]:
    """Every canonical name, for lists and for the nearest name in an error."""
    return (*nodes(), *PLOVER_ROOTS)


@functools.cache
def nodes() -> Mapping[str, frozenset[str]]:
    """The leaves under each leaf and node by canonical name: leaves first, then the named nodes, then those of the scheme."""
    leaves = event_types()
    short = _short_names()
    found = {short[leaf]: frozenset({leaf}) for leaf in leaves}
    for name, node in data.toml("brinkline.search", "nodes.toml")["nodes"].items():
        found[name] = frozenset(leaf for leaf, kind in leaves.items() if _meets(kind, node))
    for kind in leaves.values():
        for name in (kind.layer, kind.stance, kind.group, kind.plover.lower()):
            if name and name not in short.values():
                found[name] = found.get(name, frozenset()) | {kind.id}
    return MappingProxyType(found)


def _meets(kind: EventType, node: Mapping[str, Any]) -> bool:
    """True for a leaf that the node lists, or that meets all its conditions."""
    if "leaves" in node:
        return kind.id in node["leaves"]
    return all(
        getattr(kind, name) in (wanted if isinstance(wanted, list) else [wanted])
        for name, wanted in node.items()
        if name != "label"
    )


@functools.cache
def _short_names() -> Mapping[str, str]:
    """Each leaf's name without its layer where that is clear ("attack"), else the whole id."""
    last = [leaf.rpartition(".")[2] for leaf in event_types()]
    return {leaf: name if last.count(name) == 1 else leaf for leaf, name in zip(event_types(), last, strict=True)}


@functools.cache
def _names() -> Mapping[str, str]:
    """The canonical name by every way of writing it: the name, the id of a leaf, its label."""
    found: dict[str, str] = {}
    for leaf, short in _short_names().items():
        for name in (short, leaf, event_types()[leaf].label):
            found.setdefault(_key(name), short)
    for node in nodes():
        found.setdefault(_key(node), node)
    return MappingProxyType(found)


def _key(name: str) -> str:
    """A name for comparison: folded words, so that "declare war", "Declare-War" and "declare_war" are one."""
    return " ".join(word.folded for word in words_of(name))
