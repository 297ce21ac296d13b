"""Short plain renderings of records for people: one-line quotes, names, values; shared by the terminal, page and notebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from brinkline.model import Claim, Mention, Quote

_SPACE = re.compile(r"\s+")
#: Characters that steer a terminal or turn the writing direction: controls (Cc) and bidirectional embeddings and overrides.
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def one_line(text: str) -> str:
    """The text on one line: white space is one space, control characters and direction overrides are left out."""
    flat = _SPACE.sub(" ", text).strip()
    if flat.isprintable():
        return flat
    return "".join(char for char in flat if char not in _STEERING and unicodedata.category(char) not in ("Cc", "Cs"))


def words(quotes: Iterable[Quote]) -> str:
    """The quotes on one line, joined by " … "."""
    return " … ".join(one_line(item.text) for item in quotes)


def names(mentions: Iterable[Mention]) -> str:
    """The names of the actors meant, each once, joined by commas; the words themselves where the actor stayed open."""
    seen = dict.fromkeys(one_line(item.actor.name if item.actor else item.text) for item in mentions)
    return ", ".join(seen)


def value_text(claim: Claim) -> str:
    """The value and its label: "9 · violent act", "1937-06-22"; "open" when the narrative cannot settle it."""
    if claim.value is None:
        return "open"
    value, label = one_line(str(claim.value)), one_line(claim.label)
    return value if not label or label == value else f"{value} · {label}"
