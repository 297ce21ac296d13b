"""``compare_releases``: what is new, gone or different since the last release, row by row and value by value.

Narratives are recognised by their number, else by their title, so that a corrected text is a change and not two other cases.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from brinkline import data
from brinkline.errors import NotFound
from brinkline.exchange.cells import unguarded
from brinkline.exchange.filled import TABLES
from brinkline.exchange.release.described import csv_file, rows_of
from brinkline.plain import one_line

_MOVES = 3


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table before and after: rows in each, rows added, removed and changed, columns that came and went."""

    table: str
    before: int
    after: int
    added: int
    removed: int
    changed: int
    new_columns: tuple[str, ...] = ()
    old_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A variable before and after: values changed, added and removed, values that are known in another way than before, and
    the most frequent moves from one value to another."""

    level: str
    variable: str
    changed: int
    added: int
    removed: int
    basis: int
    moves: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs from the previous release; names of narratives as people call them."""

    previous: str
    new: tuple[str, ...]
    gone: tuple[str, ...]
    revised: tuple[str, ...]
    tables: tuple[TableChange, ...]
    values: tuple[ValueChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no row and no column differs."""
        return not any(
            (item.added, item.removed, item.changed, item.new_columns, item.old_columns) != (0, 0, 0, (), ())
            for item in self.tables
        )


def compare_releases(old: Path, new: Path, previous: str) -> Changes:
    """What the tables in CSV of two release folders differ in; ``previous`` is the name of the old one.

    NotFound BL494 when the old folder has no tables.
    """
    if not (old / csv_file("narratives")).is_file():
        raise NotFound("BL494", "no tables of an earlier release", place=str(old), remedy="name the folder of a release")
    before, after = _narratives(old), _narratives(new)
    tables, values = [], []
    for name in TABLES:
        sides = [folder / csv_file(name) for folder in (old, new)]
        if any(path.is_file() for path in sides):
            tables.append(_table(name, sides, (before, after)))
            values += list(_values(sides, (before, after))) if name == "claims" else []
    texts = [{shown: key for key, (_, shown) in side.items()} for side in (before, after)]
    known = [dict(side.values()) for side in (before, after)]
    return Changes(
        previous=previous,
        new=tuple(shown for who, shown in known[1].items() if who not in known[0]),
        gone=tuple(shown for who, shown in known[0].items() if who not in known[1]),
        revised=tuple(shown for shown, key in texts[1].items() if texts[0].get(shown, key) != key),
        tables=tuple(tables),
        values=tuple(values),
    )


Known = Mapping[str, tuple[str, str]]


def _narratives(folder: Path) -> Known:
    """For each key of a narrative, what it is recognised by, and what people call it."""
    names, rows = _read(folder / csv_file("narratives"))
    found = {}
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    numbers = Counter(row.get("number", "") for row in listed)
    titles = Counter(row.get("title", "") for row in listed)
    for row in listed:
        key, number, title = (row.get(name, "") for name in ("narrative", "number", "title"))
        shown = one_line(unguarded(title)) or f"narrative {key}"
        if number and numbers[number] == 1:
            found[key] = f"number {number}", f"{number} {shown}" if title else f"case {number}"
        else:
            found[key] = (f"title {title}", shown) if title and titles[title] == 1 else (f"key {key}", f"{shown} ({key})")
    return found


def _read(path: Path) -> tuple[list[str], Iterator[list[str]]]:
    """Column names and rows of a table; none of either for one that is not there."""
    if not path.is_file():
        return [], iter(())
    rows = rows_of(path)
    return next(rows, []), rows


def _table(name: str, sides: Sequence[Path], known: Sequence[Known]) -> TableChange:
    facts = data.toml("brinkline.exchange.release", "tables.toml")[name]
    key = facts.get("compare") or facts.get("key", ())
    names = [_read(path)[0] for path in sides]
    skipped = {*facts.get("skip", ()), *(() if name == "narratives" else ("narrative",))}
    common = [column for column in names[0] if column in names[1] and column not in skipped]
    before, after = (
        _rows(path, key, common, side) if key else _heap(path, common, side) for path, side in zip(sides, known, strict=True)
    )
    return TableChange(
        table=name,
        before=sum(count for count, _ in before.values()),
        after=sum(count for count, _ in after.values()),
        added=_surplus(after, before),
        removed=_surplus(before, after),
        changed=sum(1 for row, (_, told) in after.items() if row in before and before[row][1] != told),
        new_columns=tuple(column for column in names[1] if column not in names[0]) if names[0] else (),
        old_columns=tuple(column for column in names[0] if column not in names[1]) if names[1] else (),
    )


#: How often each row stands, by its key, and a hash of its cells.
Rows = dict[tuple[str, ...], tuple[int, bytes]]


def _surplus(rows: Rows, others: Rows) -> int:
    """How many rows there are that the others do not have."""
    return sum(max(0, count - (others[key][0] if key in others else 0)) for key, (count, _) in rows.items())


def _rows(path: Path, key: Sequence[str], columns: Sequence[str], known: Known) -> Rows:
    """For each row by its key, 1 and a hash of its cells; rows that share a key across narratives count as themselves."""
    found: Rows = {}
    names, rows = _read(path)
    places, cells = [names.index(part) for part in key], [names.index(column) for column in columns]
    for row in rows:
        named = tuple(_known(row[place], known) if key[at] == "narrative" else row[place] for at, place in enumerate(places))
        told = _hash([row[place] for place in cells])
        count, earlier = found.get(named, (0, b""))
        found[named] = count + 1, earlier + told
    return found


def _heap(path: Path, columns: Sequence[str], known: Known) -> Rows:
    """How often each row stands in a table without a key."""
    found: Rows = {}
    names, rows = _read(path)
    cells = [names.index(column) for column in columns]
    for row in rows:
        who = _known(row[names.index("narrative")], known) if "narrative" in names else ""
        named = (who, _hash([row[place] for place in cells]).hex())
        found[named] = found.get(named, (0, b""))[0] + 1, b""
    return found


def _known(key: str, known: Known) -> str:
    return known.get(key, (key, key))[0]


def _hash(cells: Sequence[str]) -> bytes:
    return hashlib.blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=8).digest()


@dataclass(slots=True)
class _Count:
    """The changes of one variable while they are counted."""

    changed: int = 0
    added: int = 0
    removed: int = 0
    basis: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)


def _values(sides: Sequence[Path], known: Sequence[Known]) -> Iterator[ValueChange]:
    """The variables whose values differ in cases that both releases have, in the order of their names."""
    before, after = (_claims(path, side) for path, side in zip(sides, known, strict=True))
    both = {who for who, _ in known[0].values()} & {who for who, _ in known[1].values()}
    counts: dict[tuple[str, str], _Count] = {}
    for row in before.keys() | after.keys():
        old, new = before.get(row), after.get(row)
        if old == new or row[0] not in both:
            continue
        count = counts.setdefault((row[1].partition(":")[0], row[2]), _Count())
        if old is None or new is None:
            count.added += old is None
            count.removed += new is None
        elif old[0] != new[0]:
            count.changed += 1
            count.moves[old[0], new[0]] += 1
        else:
            count.basis += 1
    for (level, name), count in sorted(counts.items()):
        ranked = sorted(count.moves.items(), key=lambda item: (-item[1], item[0]))
        moves = tuple((one, other, number) for (one, other), number in islice(ranked, _MOVES))
        yield ValueChange(level, name, count.changed, count.added, count.removed, count.basis, moves)


def _claims(path: Path, known: Known) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Value and basis of every claim, by narrative, subject and field."""
    names, rows = _read(path)
    if not names:
        return {}
    places = [names.index(name) for name in ("narrative", "subject", "field", "value", "basis")]
    found = {}
    for row in rows:
        key, subject, name, value, basis = (row[place] for place in places)
        found[_known(key, known), subject, name] = unguarded(value), basis
    return found
