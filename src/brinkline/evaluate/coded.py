"""``read_coded``: the coding to be evaluated, from JSON Lines (with its words) or a CSV in the layout of ICB.

JSON Lines are the published layout of ``Coding.to_dict``, one coding on each line; a JSON document with one coding or a list
of them is read too. Only what the comparison needs is looked at, and a coding that lacks it is a ``Fault``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from brinkline.errors import InputError
from brinkline.evaluate.records import Document, Fault, Row, Table
from brinkline.evaluate.tables import read_table
from brinkline.exchange.imports.cells import plain_number
from brinkline.exchange.imports.layout import Layout, icb_layout
from brinkline.exchange.imports.sheet import file_text, read_sheet

Coding = Mapping[str, Any]
_SHOWN_MENTIONS = 3  # of an actor whose row the coding lacks: enough for a reader to see what the narrative says of it


def is_json(path: Path) -> bool:
    """Whether a file holds codings as JSON or JSON Lines (told by its first sign, not by its name)."""
    return file_text(path).lstrip()[:1] in ("{", "[")


def read_codings(path: Path) -> tuple[tuple[tuple[int, Coding], ...], tuple[Fault, ...]]:
    """The codings of a JSON or JSON Lines file, each with its line number (or place in the list), and what is wrong.

    A coding without a crisis number, and the second one of a number, are faults. InputError BL249 when there is none left.
    """
    good: list[tuple[int, Coding]] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, item in _objects(path, faults):
        wrong = _wrong(item)
        crisis = "" if wrong else crisis_of(item)
        if not wrong and crisis in seen:
            wrong = f"a second coding of crisis {crisis} (the first is {seen[crisis]})"
        if wrong:
            faults.append(Fault("BL249", f"{wrong}; left out", "coded", path.name, number))
            continue
        seen[crisis] = number
        good.append((number, item))
    if not good:
        reasons = "; ".join(f"{fault.row}: {fault.message}" for fault in faults[:5])
        raise InputError(
            "BL249", "there is no coding in it", place=str(path), remedy=reasons or "make it with: code --as jsonl"
        )
    return tuple(good), tuple(faults)


def read_coded(path: Path, layout: Layout) -> Table:
    """One side of the comparison from a file of codings, rows and variables as the layout's level has them."""
    if not is_json(path):
        sheet = read_sheet(path)
        return read_table(sheet, icb_layout("icb1" if layout.level == "crisis" else "icb2"), "coded")
    codings, faults = read_codings(path)
    rows = [row for number, item in codings for row in _rows(item, number, layout)]
    return Table(
        path.name,
        tuple(rows),
        frozenset(crisis_of(item) for _, item in codings),
        frozenset(name for row in rows for name in row.values),
        faults,
        {crisis_of(item): document_of(item) for _, item in codings},
    )


def table_of(source: str, codings: Iterable[Coding], layout: Layout) -> Table:
    """One side of the comparison from codings in their published layout, each of another crisis; ``source`` names them."""
    rows: list[Row] = []
    documents: dict[str, Document] = {}
    for number, item in enumerate(codings, 1):
        documents[crisis_of(item)] = document_of(item)
        rows += _rows(item, number, layout)
    return Table(
        source, tuple(rows), frozenset(documents), frozenset(name for row in rows for name in row.values), (), documents
    )


def crisis_of(item: Coding) -> str:
    """The crisis number of a coding, as it is compared."""
    return plain_number(str(item["narrative"]["number"]))


def _objects(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Any]]:
    text = file_text(path)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        whole = None
    if whole is not None:
        yield from enumerate(whole if isinstance(whole, list) else [whole], 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(Fault("BL249", f"no JSON: {error.msg}; left out", "coded", path.name, number))


def _wrong(item: Any) -> str:
    """What keeps an object from being a coding that can be compared; "" when nothing does."""
    if not isinstance(item, dict) or not isinstance(item.get("narrative"), dict):
        return "this is no coding of brinkline"
    if item["narrative"].get("number") is None:
        return "the coding has no crisis number"
    claims = [item.get("crisis"), *(_claims_of(row) for row in _list(item.get("crisis_actors")))]
    if not all(isinstance(group, dict) and all(isinstance(claim, dict) for claim in group.values()) for group in claims):
        return "the coding lacks its variables (was it made with --only?)"
    return ""


def _claims_of(row: Any) -> Any:
    return row.get("claims") if isinstance(row, dict) and "cow" in row else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _rows(item: Coding, number: int, layout: Layout) -> Iterator[Row]:
    crisis = crisis_of(item)
    if layout.level == "crisis":
        yield Row(crisis, "", str(item["narrative"].get("title", "")), number, _values(item["crisis"], layout), item["crisis"])
        return
    for row in item["crisis_actors"]:
        yield Row(crisis, str(row["cow"]), str(row.get("name", "")), number, _values(row["claims"], layout), row["claims"])


def _values(claims: Mapping[str, Mapping[str, Any]], layout: Layout) -> dict[str, str]:
    given = {name: claim.get("value") for name, claim in claims.items() if name in layout.fields}
    return {name: plain_number(str(value)) for name, value in given.items() if value is not None}


def document_of(item: Coding) -> Document:
    """The text of a coding's narrative with the ranges of its sentences and of the first mentions of each state."""
    narrative = item["narrative"]
    ranges = tuple((int(part["start"]), int(part["end"])) for part in item.get("sentences", ()))
    mentions: dict[str, tuple[tuple[int, int], ...]] = {}
    for mention in item.get("actors", ()):
        state = str((mention.get("actor") or {}).get("cow") or "")
        if state and len(mentions.get(state, ())) < _SHOWN_MENTIONS:
            mentions[state] = (*mentions.get(state, ()), (int(mention["start"]), int(mention["end"])))
    return Document(str(narrative.get("title", "")), str(narrative.get("text", "")), ranges, mentions)
