"""``read_project``: the lines of a project file, each checked by itself; what is wrong with one comes out as a ``Fault``."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from brinkline.errors import InputError
from brinkline.exchange.imports.faults import Fault
from brinkline.exchange.project_layout import CODED, EVIDENCE, LAYOUT, LINE_TYPES, LineType
from brinkline.model import Narrative, Run
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.store.claims import claim_id
from brinkline.store.rows import json_text
from brinkline.version import SCHEMA_VERSION

_MEND = "export the project again"
_NAMES = {name: dict.fromkeys(kind.names) for name, kind in LINE_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a project file: its number, its kind and its values by key."""

    number: int
    kind: str
    values: dict[str, Any]


def read_project(stream: Iterable[str]) -> Iterator[Line | Fault]:
    """The lines of a project file as they come, checked; a fault in place of each that is wrong.

    Faults: BL270 no project file, BL271 not JSON, BL272 an unknown kind of line, BL273 a key is missing or unknown, BL274 a
    value cannot be right, BL275 a hash or an id does not fit its content. ``load_project`` finds what lies between lines.
    """
    number = 0
    for number, text in enumerate(_whole(stream), 1):
        if isinstance(text, Fault):
            yield text
            return
        line = _parsed(number, text)
        if number == 1:
            fault = line if isinstance(line, Fault) else _head(line)
            if fault is not None:
                yield fault
                return
        elif isinstance(line, Fault):
            yield line
        elif line:
            yield from _checked(number, line)
    if not number:
        yield Fault("BL270", "the file is empty", remedy=_MEND)


def _whole(stream: Iterable[str]) -> Iterator[str | Fault]:
    """The lines of a stream; a fault where the file is no text."""
    number = 0
    try:
        for number, text in enumerate(stream, 1):  # noqa: B007 - told when the next line fails
            yield text
    except UnicodeDecodeError as error:
        yield Fault("BL271", f"the file is not UTF-8: {error.reason}", number + 1, remedy=_MEND)


def _parsed(number: int, text: str) -> dict[str, Any] | Fault:
    if not text.strip():
        return {}
    try:
        line = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        return Fault("BL271", f"this is not JSON: {error}", number, remedy="one object on each line")
    return line if isinstance(line, dict) else Fault("BL271", "an object is expected here", number)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large")
    return number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _head(line: dict[str, Any]) -> Fault | None:
    if line.get("type") != "project":
        return Fault("BL270", "this is no project in JSON Lines", 1, remedy="give a file that brinkline export made")
    if line.get("layout") != LAYOUT:
        return Fault(
            "BL270",
            f"the file has layout {line.get('layout')!r}, this program knows {LAYOUT}",
            1,
            remedy="install a newer brinkline",
        )
    return None


def _checked(number: int, line: dict[str, Any]) -> Iterator[Line | Fault]:
    name = line.pop("type", None)
    kind = LINE_TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        yield Fault("BL272", f"{name!r} is no kind of line", number, "type", f"one of {', '.join(LINE_TYPES)}")
        return
    names = _NAMES[kind.name]
    faults = [Fault("BL273", "the key is missing", number, key, _MEND) for key in names if key not in line]
    faults += [Fault("BL273", "the key is not known", number, key, _MEND) for key in line if key not in names]
    if not faults:
        told = ((key.name, key.fault(line[key.name])) for key in kind.keys)
        faults = [Fault("BL274", message, number, key, _MEND) for key, message in told if message]
        faults += _lists(kind, line, number)
    if not faults:
        faults = _content(kind, line, number)
    if faults:
        name = line.get(kind.id)
        yield from (replace(fault, of=(kind.name, name)) if isinstance(name, str) else fault for fault in faults)
    else:
        yield Line(number, kind.name, line)


def _lists(kind: LineType, line: dict[str, Any], number: int) -> list[Fault]:
    """What is wrong with the quotes of a claim and the claims of a coding."""
    faults = []
    for name, keys in (("evidence", EVIDENCE), ("claims", CODED)):
        if name in kind.more:
            items = line[name]
            right = isinstance(items, list) and all(isinstance(item, dict) and tuple(item) == keys for item in items)
            if not right or not all(_fits(item) for item in items):
                faults.append(Fault("BL274", f"a list of objects with {', '.join(keys)} is expected here", number, name, _MEND))
    return faults


def _fits(item: dict[str, Any]) -> bool:
    kinds = {"start": int, "end": int, "quote": str, "claim": str, "rule": str, "sources": list, "note": str}
    plain = all(isinstance(value, kinds.get(key, (int, float))) and not isinstance(value, bool) for key, value in item.items())
    return plain and "\0" not in json_text(item) and item.get("start", 0) < item.get("end", 1)


def _content(kind: LineType, line: dict[str, Any], number: int) -> list[Fault]:
    """Whether hashes and ids fit, and whether a coding is one."""
    if kind.name == "revision":
        if _hash(line["text"]) != line["digest"]:
            return [_changed(number, "digest", "the hash is not that of the text")]
        return _unreadable(_layout_of(line), number)
    if kind.name == "claim":
        ranges = [(item["start"], item["end"]) for item in line["evidence"]]
        what = (line["revision"], line["kind"], line["subject"], line["field"], line["value"], ranges, line["author"])
        if claim_id(*what) != line["id"]:
            return [_changed(number, "id", "the id is not that of the content")]
    if kind.name == "coding":
        if _hash(json_text(line["document"])) != line["digest"]:
            return [_changed(number, "digest", "the hash is not that of the coding")]
        return _unreadable(line["document"], number)
    return []


def _unreadable(layout: Any, number: int) -> list[Fault]:
    """What keeps a document from being read as a coding."""
    if not isinstance(layout, dict):
        return [Fault("BL274", "an object is expected here", number, "document", _MEND)]
    try:
        read_coding(layout)
    except InputError as error:
        return [Fault("BL274", error.message, number, f"document {error.place}", _MEND)]
    return []


def _layout_of(line: dict[str, Any]) -> Any:
    """A revision as a coding without codes, which is how its narrative and sentences are read."""
    if not isinstance(line["document"], dict):
        return None
    empty = Coding(Run("", SCHEMA_VERSION, (), ()), Narrative(""), (), (), (), (), (), ()).to_dict()
    return {**empty, "narrative": {**line["document"], "text": line["text"]}, "sentences": line["sentences"] or []}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _changed(number: int, key: str, message: str) -> Fault:
    return Fault("BL275", f"{message}: the line was changed by hand", number, key, _MEND)
