"""Word classes for the frames of the lexicon and for grammar, read from ``classes.toml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from brinkline.data import toml

_PACKAGE = "brinkline.events"


@functools.cache
def word_classes() -> Mapping[str, frozenset[str]]:
    """The word classes by name."""
    return {name: frozenset(str(entry["words"]).split()) for name, entry in toml(_PACKAGE, "classes.toml").items()}
