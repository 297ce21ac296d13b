"""JSON written piece by piece: one object whose last key is a list of records, so that no collection has to fit into memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO


def write_listed(stream: TextIO, head: Mapping[str, Any], key: str, items: Iterable[Mapping[str, Any]], end: str = "}") -> None:
    """Put ``{head, key: [items]}`` on the stream, one item on each line; ``end`` closes what ``head`` opens."""
    start = json.dumps(head, ensure_ascii=False)[:-1] + (", " if head else "")
    stream.write(f"{start}{json.dumps(key)}: [")
    separator = "\n"
    for item in items:
        stream.write(separator + json_line(item))
        separator = ",\n"
    stream.write(f"\n]{end}\n")


def json_line(value: Any) -> str:
    """The value as JSON on one line, for readers too that split lines at other signs than a line feed."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
