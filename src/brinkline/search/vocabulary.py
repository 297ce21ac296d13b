"""What a query may name: the built-in tables, and what a project adds (names of actors, own variables, people)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from brinkline.reference.codebook import Codebook, codebook

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``names`` gives the ids of actors that no table knows, by folded name; ``fields`` the variables of users' codebooks;
    ``people`` the names of those who code (None: nothing is known of them, every name is taken).

    The three are asked only when a query names something that the tables do not know.
    """

    book: Codebook = field(default_factory=codebook)
    names: Callable[[], Mapping[str, tuple[str, ...]]] = lambda: _NOTHING
    fields: Callable[[], tuple[str, ...]] = lambda: ()
    people: Callable[[], tuple[str, ...] | None] = lambda: None
