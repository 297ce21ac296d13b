"""How names are written: with accents and without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: letters that Unicode does not split into a plain letter and a mark
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss", "Ð": "D", "ə": "a"})
_MARKS = re.compile("[\u0300-\u036f]+")


def plain(text: str) -> str:
    """The text with accents and other marks taken from its letters: "Józef Piłsudski" gives "Jozef Pilsudski"."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return _MARKS.sub("", split)


def spellings(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms and, after each that has accents, the form without ("Perón", "Peron"); each once, empty ones left out."""
    found: dict[str, None] = {}
    for form in forms:
        if form:
            found[form] = None
            if not form.isascii():
                found[plain(form)] = None
    return tuple(found)
