"""``load_project``: the lines of a project file into a project, all of them or none.

What the project has already is left as it is, so that loading a file twice, or files of two coders who share texts, adds what
is new: revisions, codings, claims, decisions and comments of everybody, under the names of those who made them.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from brinkline.exchange.imports.faults import Fault, Faults
from brinkline.exchange.imports.project_file import Line
from brinkline.exchange.project_layout import CODED, EVIDENCE, LINE_TYPES, LineType
from brinkline.store import found, schema
from brinkline.store.claims import claims_from
from brinkline.store.codings import current_coding
from brinkline.store.current import current_revision
from brinkline.store.narratives import stored_text
from brinkline.store.rows import insert_rows, json_text

#: Lines that are held in memory at once; codings are large.
_BATCH, _LARGE = 500, 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many lines of each kind were new, and how many the project had already."""

    added: Mapping[str, int]
    known: Mapping[str, int]


def load_project(conn: Connection, lines: Iterable[Line | Fault], source: str = "the file") -> Loaded:
    """Store the lines of a project file within the transaction of ``conn``; InputError with all faults of the file, which ends
    that transaction, so that nothing of it is stored.

    Beside the faults of the lines: BL276 a line points to one that is nowhere, BL277 words that do not stand in the text,
    BL278 the project has something else under the same id or name.
    """
    faults = Faults(source)
    loader = _Loader(conn, faults)
    for line in lines:
        if isinstance(line, Fault):
            loader.pass_over(line)
        else:
            loader.take(line)
    loader.flush()
    faults.check()
    loader.index()
    return Loaded(dict(loader.added), dict(loader.known))


class _Loader:
    """Takes lines in, stores them in batches of one kind."""

    def __init__(self, conn: Connection, faults: Faults) -> None:
        self._conn = conn
        self._faults = faults
        self._batch: list[Line] = []
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._text: tuple[str, str] = ("", "")
        self._narratives: set[str] = set()
        self._last: dict[str, int] = {}
        self.added: Counter[str] = Counter()
        self.known: Counter[str] = Counter()

    def pass_over(self, fault: Fault) -> None:
        """Note a faulty line; what points to it is not told as wrong too."""
        self._faults.take(fault)
        if fault.of is not None:
            self._ids[fault.of[0]].add(fault.of[1])

    def take(self, line: Line) -> None:
        size = _LARGE if line.kind in ("coding", "revision") else _BATCH
        if self._batch and (self._batch[0].kind != line.kind or len(self._batch) == size):
            self.flush()
        self._batch.append(line)

    def flush(self) -> None:
        """Check and store the lines taken in."""
        lines, self._batch = self._batch, []
        if not lines:
            return
        kind = LINE_TYPES[lines[0].kind]
        self._check_links(kind, lines)
        present = self._present(kind, [line.values[kind.id] for line in lines])
        new = []
        for line in lines:
            name = line.values[kind.id]
            if name in self._ids[kind.name]:
                self._fault("BL278", line, f"{name!r} stands in the file twice", kind.id)
            elif name in present:
                self._compare(kind, line, present[name])
                self.known[kind.name] += 1
            elif self._free(kind, line):
                new.append(line)
            self._ids[kind.name].add(name)
        if not len(self._faults):  # after a fault nothing will be kept: the rest is only checked
            self._store(kind, new)
        self.added[kind.name] += len(new)

    def _fault(self, code: str, line: Line, message: str, key: str, remedy: str = "") -> None:
        self._faults.add(code, message, line.number, key, remedy)

    def _check_links(self, kind: LineType, lines: list[Line]) -> None:
        """Every line above or in the project that a line points to is there."""
        for key in kind.keys:
            if key.of:
                wanted = [(line, line.values[key.name]) for line in lines if line.values[key.name] is not None]
                inside = {line.values[kind.id]: line.number for line in lines} if key.of == kind.name else {}
                here = self._known_ids(key.of, {name for _, name in wanted if name not in inside})
                for line, name in wanted:
                    if name not in here and not inside.get(name, line.number) < line.number:
                        self._fault("BL276", line, f"there is no {key.of} {name!r} above or in the project", key.name)
        if kind.name == "claim":
            for line in lines:
                self._check_words(line)
        if kind.name == "coding":
            self._check_codings(lines)

    def _check_codings(self, lines: list[Line]) -> None:
        for line in lines:
            names = {item["claim"] for item in line.values["claims"]}
            for name in sorted(names - self._known_ids("claim", names)):
                self._fault("BL276", line, f"there is no claim {name!r} above or in the project", "claims")

    def _known_ids(self, kind: str, names: set[str]) -> set[str]:
        unknown = sorted(names - self._ids[kind])
        return (names & self._ids[kind]) | set(self._present(LINE_TYPES[kind], unknown))

    def _present(self, kind: LineType, names: list[str]) -> dict[str, Any]:
        """The rows of the project with these ids."""
        column = kind.table.c[kind.id]
        rows: dict[str, Any] = {}
        for start in range(0, len(names), _BATCH):
            query = select(kind.table).where(column.in_(names[start : start + _BATCH]))
            rows |= {getattr(row, kind.id): row for row in self._conn.execute(query)}
        return rows

    def _check_words(self, line: Line) -> None:
        revision = line.values["revision"]
        if self._text[0] != revision and line.values["evidence"]:
            query = select(schema.revision.c.text).where(schema.revision.c.id == revision)
            self._text = (revision, self._conn.execute(query).scalar() or "")
        text = self._text[1]
        for item in line.values["evidence"]:
            if self._text[1] and text[item["start"] : item["end"]] != item["quote"]:
                message = f"the words {item['quote'][:60]!r} do not stand at [{item['start']}, {item['end']}) of the text"
                self._fault("BL277", line, message, "evidence")

    def _compare(self, kind: LineType, line: Line, row: Any) -> None:
        """A line that the project has already says the same there, apart from what may change in a project (a role)."""
        same = {
            "decision": ("claim", "person", "verdict", "at"),
            "comment": ("subject", "person", "text"),
            "coding": ("digest",),
        }
        same |= {"release": ("document",), "revision": ("digest", "narrative"), "scheme": ("document",)}
        columns = {key.name: key.column for key in kind.keys}
        for name in same.get(kind.name, ()):
            if getattr(row, columns[name]) != line.values[name]:
                remedy = "one of the two was changed; import into an empty project"
                self._fault("BL278", line, f"the project has another {kind.name} {line.values[kind.id]!r}", name, remedy)
                return

    def _free(self, kind: LineType, line: Line) -> bool:
        """Whether the name of a new person and the key of a new narrative are not those of another one."""
        column = {"person": "name", "narrative": "key"}.get(kind.name)
        if column is None:
            return True
        same = func.lower(kind.table.c[column]) == line.values[column].lower()
        query = select(kind.table.c.id).where(same | (kind.table.c[column] == line.values[column]))
        other = self._conn.execute(query).scalar()
        if other is not None:
            message = f"the project has another {kind.name} called {line.values[column]!r} ({other})"
            self._fault("BL278", line, message, column, "rename one of the two")
        return other is None

    def _store(self, kind: LineType, lines: list[Line]) -> None:
        rows = [self._row(kind, line) for line in lines]
        columns = [key.column for key in kind.keys]
        if kind.name == "coding":
            columns.append("claims")
        insert_rows(self._conn, kind.table, columns, rows)
        if kind.name == "claim":
            quotes = [
                (line.values["id"], place, *(item[key] for key in EVIDENCE))
                for line in lines
                for place, item in enumerate(line.values["evidence"])
            ]
            insert_rows(self._conn, schema.evidence, ("claim_id", "position", *EVIDENCE), quotes)
        if kind.name == "coding":
            self._store_coded(lines)

    def _store_coded(self, lines: list[Line]) -> None:
        for line in lines:
            coded = [
                (line.values["id"], place, *(json_text(item[key]) if key == "sources" else item[key] for key in CODED))
                for place, item in enumerate(line.values["claims"])
            ]
            names = ("coding_id", "position", "claim_id", *CODED[1:])
            insert_rows(self._conn, schema.coding_claim, names, coded)
            self._touched(line.values["revision"])

    def _row(self, kind: LineType, line: Line) -> tuple[Any, ...]:
        values = dict(line.values)
        if kind.name == "revision":
            values["ordinal"] = self._ordinal(values)
            self._narratives.add(values["narrative"])
        cells = [key.cell(values[key.name]) for key in kind.keys]
        if kind.name == "coding":
            place = kind.names.index("document")
            cells[place] = zlib.compress(cells[place].encode("utf-8"), 3)
            cells.append(len(values["claims"]))
        return tuple(cells)

    def _ordinal(self, values: dict[str, Any]) -> int:
        """The place of a revision: its own, or behind the last one when the project has another revision there."""
        narrative_id = values["narrative"]
        if narrative_id not in self._last:
            table = schema.revision
            query = select(func.max(table.c.ordinal)).where(table.c.narrative_id == narrative_id)
            self._last[narrative_id] = self._conn.execute(query).scalar() or 0
        self._last[narrative_id] = max(values["ordinal"], self._last[narrative_id] + 1)
        return self._last[narrative_id]

    def _touched(self, revision: str) -> None:
        query = select(schema.revision.c.narrative_id).where(schema.revision.c.id == revision)
        self._narratives.add(str(self._conn.execute(query).scalar()))

    def index(self) -> None:
        """Make what was stored known to search."""
        for narrative_id in sorted(self._narratives):
            revision = current_revision(self._conn, narrative_id)
            if revision is None:
                continue
            narrative, sentences = stored_text(self._conn, revision)
            found.index_text(self._conn, narrative_id, revision, narrative.text, sentences)
            coding = current_coding(self._conn, revision)
            if coding is not None:
                starts = [sentence.start for sentence in coding.sentences]
                found.index_claims(self._conn, revision, starts, claims_from(coding, revision))
