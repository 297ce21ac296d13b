"""Reading: narratives from files, bytes and texts."""

from __future__ import annotations

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.reading.clean import clean
from brinkline.reading.files import find_inputs, read, read_bytes
from brinkline.reading.layout import parse

__all__ = ["find_inputs", "read", "read_bytes", "read_text"]


def read_text(text: str, source: str = "<text>") -> Narrative:
    """The narrative of a text in the ICB layout or in plain prose, detected by its headings. InputError BL203 when empty.

    >>> read_text("CRISNO 900\\n\\nTHE QUAY\\n\\nSummary:\\n\\nA raid on 4 May 1931 began a crisis.").title
    'THE QUAY'
    """
    cleaned, notices = clean(text)
    if not cleaned.strip():
        raise InputError("BL203", "the text is empty", place=source, remedy="give a text with at least one sentence")
    return parse(cleaned, source, notices=notices)
