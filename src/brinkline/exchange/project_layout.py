"""The layout of a project in JSON Lines: which kinds of lines there are and what each holds.

Each line is an object whose first key ``type`` says what it is; all keys are always there. A line only points to lines above
it. Passwords and sessions are never written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from sqlalchemy import Table

from brinkline.decision import ROLES, VERDICTS, ClaimKind
from brinkline.model import Basis
from brinkline.store import schema
from brinkline.store.rows import json_text

#: The version of the layout; it rises when a key changes its meaning or goes.
LAYOUT = "1"

#: text: words; time: UTC in ISO 8601; whole, truth, number: as in JSON; json: any JSON value, kept as text in the database.
Kind = Literal["text", "time", "whole", "truth", "number", "json"]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
#: What no database of ours can keep: NUL and half a character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_HALF = "the text holds a NUL or half a character"
_TYPES: Mapping[Kind, tuple[type, ...]] = {
    "text": (str,),
    "time": (str,),
    "whole": (int,),
    "truth": (bool,),
    "number": (int, float),
}
_NAMES = {"text": "a text", "time": "a time", "whole": "a whole number", "truth": "true or false", "number": "a number"}
_LARGEST = 2**31 - 1


def _is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a line: the column it comes from, what it holds, whether the column can be NULL, the words it can be (empty:
    any), the kind of line that its value names ("" when it names none)."""

    name: str
    column: str
    kind: Kind = "text"
    null: bool = False
    words: tuple[str, ...] = ()
    of: str = ""

    def cell(self, value: Any) -> Any:
        """The value as its column holds it."""
        return json_text(value) if self.kind == "json" and not (value is None and self.null) else value

    def fault(self, value: Any) -> str:
        """What is wrong with a value, "" when nothing is."""
        if value is None and self.kind != "json":
            return "" if self.null else "it is empty (null)"
        if self.kind == "json":
            return "" if _is_storable(json_text(value)) else _HALF
        if not isinstance(value, _TYPES[self.kind]) or (self.kind in ("whole", "number") and isinstance(value, bool)):
            return f"{_NAMES[self.kind]} is expected here, not {str(value)[:60]!r}"
        if isinstance(value, int) and not 0 <= value <= _LARGEST:
            return f"{value} is not from 0 to {_LARGEST}"
        if self.kind == "time" and not _TIME.fullmatch(str(value)):
            return f"{value!r} is no UTC time such as 2026-05-04T09:30:00.000000Z"
        if isinstance(value, str) and not _is_storable(value):
            return _HALF
        if self.words and value not in self.words:
            return f"{value!r} is not one of {', '.join(self.words)}"
        return ""


@dataclass(frozen=True, slots=True)
class LineType:
    """One kind of line: its table and its keys. ``order`` are the columns its lines are sorted by."""

    name: str
    table: Table
    keys: tuple[Key, ...]
    order: tuple[str, ...]
    id: str = "id"
    #: Keys that are made from other tables.
    more: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All keys of a line in their order, without ``type``."""
        return (*(key.name for key in self.keys), *self.more)


def _same(*names: str) -> tuple[Key, ...]:
    return tuple(Key(name, name) for name in names)


_ID = Key("id", "id")
_TYPE_LIST = (
    LineType(
        "person",
        schema.person,
        (
            *_same("id", "name"),
            Key("role", "role", words=ROLES),
            Key("active", "active", "truth"),
            Key("created", "created", "time"),
        ),
        ("created", "id"),
    ),
    LineType("scheme", schema.scheme, (*_same("id", "kind", "document"), Key("added", "added", "time")), ("added", "id")),
    LineType(
        "run",
        schema.run,
        (
            *_same("id", "program", "schema_version"),
            Key("versions", "versions", "json"),
            Key("settings", "settings", "json"),
            Key("added", "added", "time"),
        ),
        ("added", "id"),
    ),
    LineType(
        "narrative",
        schema.narrative,
        (
            *_same("id", "key"),
            Key("number", "number", "whole", True),
            *_same("title", "source"),
            Key("added", "added", "time"),
            Key("added_by", "added_by", null=True),
        ),
        ("added", "id"),
    ),
    LineType(
        "revision",
        schema.revision,
        (
            _ID,
            Key("narrative", "narrative_id", of="narrative"),
            Key("ordinal", "ordinal", "whole"),
            *_same("digest", "text"),
            Key("document", "document", "json"),
            Key("sentences", "sentences", "json", True),
            Key("added", "added", "time"),
        ),
        ("narrative_id", "ordinal"),
    ),
    LineType(
        "claim",
        schema.claim,
        (
            _ID,
            Key("revision", "revision_id", of="revision"),
            Key("kind", "kind", words=get_args(ClaimKind)),
            *_same("subject", "field"),
            Key("value", "value", "json"),
            Key("label", "label"),
            Key("basis", "basis", words=get_args(Basis)),
            Key("author", "author"),
            Key("at", "at"),
            Key("confidence", "confidence", "number", True),
            Key("rule", "rule", null=True),
            Key("sources", "sources", "json", True),
            Key("note", "note", null=True),
        ),
        ("seq",),
        more=("evidence",),
    ),
    LineType(
        "coding",
        schema.coding,
        (
            _ID,
            Key("revision", "revision_id", of="revision"),
            Key("run", "run_id", of="run"),
            Key("at", "at", "time"),
            Key("digest", "digest"),
            Key("document", "document", "json"),
        ),
        ("seq",),
        more=("claims",),
    ),
    LineType(
        "decision",
        schema.decision,
        (
            _ID,
            Key("claim", "claim_id", of="claim"),
            Key("person", "person_id", of="person"),
            Key("at", "at", "time"),
            Key("verdict", "verdict", words=VERDICTS),
            Key("scheme", "scheme"),
            Key("replacement", "replacement", null=True, of="claim"),
            Key("follows", "follows", null=True, of="decision"),
            Key("note", "note"),
        ),
        ("seq",),
    ),
    LineType(
        "comment",
        schema.comment,
        (*_same("id", "subject"), Key("person", "person_id", of="person"), Key("at", "at", "time"), Key("text", "text")),
        ("seq",),
    ),
    LineType(
        "assignment",
        schema.assignment,
        (
            _ID,
            Key("narrative", "narrative_id", of="narrative"),
            Key("person", "person_id", of="person"),
            Key("blind", "blind", "truth"),
            Key("created", "created", "time"),
            Key("finished", "finished", "time", True),
        ),
        ("created", "id"),
    ),
    LineType(
        "release",
        schema.release,
        (Key("name", "name"), Key("at", "at", "time"), Key("document", "document")),
        ("at", "name"),
        "name",
    ),
)
#: The kinds of lines in the order in which they stand in a file, after the line ``project``.
LINE_TYPES: Mapping[str, LineType] = MappingProxyType({line.name: line for line in _TYPE_LIST})

#: What a line of evidence and of a claim of a coding hold.
EVIDENCE = ("start", "end", "quote")
CODED = ("claim", "confidence", "rule", "sources", "note")
