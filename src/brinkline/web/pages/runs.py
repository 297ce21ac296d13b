"""Runs: the versions and settings that codings were made with, and what two of them say differently."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from brinkline.decision import StoredClaim
from brinkline.errors import NotFound
from brinkline.search.snapshot import kept
from brinkline.store.claims import claims_by_id
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.schema import claim, coding, coding_claim, narrative, revision, run
from brinkline.web.rendering import Column

MOST = 100


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: what made it, how many codings, how many of them current, and when the first and last were made."""

    id: str
    program: str
    versions: Mapping[str, str]
    settings: Mapping[str, str]
    codings: int
    current: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Change:
    """A variable that two runs code differently in a narrative; None where a run has no claim of it."""

    key: str
    title: str
    subject: str
    field: str
    old: StoredClaim | None
    new: StoredClaim | None

    @property
    def value(self) -> bool:
        """Whether the value is another, and not only the words it rests on."""
        return self.old is None or self.new is None or self.old.value != self.new.value


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs compared: narratives that both coded, changes of each variable by count, and the changes themselves."""

    both: int
    counts: tuple[tuple[str, int, int], ...]
    changes: tuple[Change, ...]


RUN_COLUMNS: Sequence[Column] = (
    Column("run", lambda item: item.id),
    Column("program", lambda item: item.program),
    Column("codings", lambda item: item.codings),
    Column("current", lambda item: item.current),
    Column("first", lambda item: item.first),
    Column("last", lambda item: item.last),
    Column("versions", lambda item: "; ".join(f"{name} {value}" for name, value in item.versions.items())),
    Column("settings", lambda item: "; ".join(f"{name}={value}" for name, value in item.settings.items())),
)
CHANGE_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda item: item.key),
    Column("title", lambda item: item.title),
    Column("subject", lambda item: item.subject),
    Column("field", lambda item: item.field),
    Column("old", lambda item: item.old and item.old.value),
    Column("old_label", lambda item: item.old and item.old.label),
    Column("old_words", lambda item: item.old and " / ".join(quote.text for quote in item.old.evidence)),
    Column("new", lambda item: item.new and item.new.value),
    Column("new_label", lambda item: item.new and item.new.label),
    Column("new_words", lambda item: item.new and " / ".join(quote.text for quote in item.new.evidence)),
    Column("what", lambda item: "value" if item.value else "words"),
)


def runs(conn: Connection) -> tuple[RunRow, ...]:
    """The runs of a project, the one with the last coding first."""
    return kept(conn, "runs", _read_runs)


def _read_runs(conn: Connection) -> tuple[RunRow, ...]:
    current: dict[str, int] = dict(
        conn.execute(
            select(coding.c.run_id, func.count())
            .join(revision, revision.c.id == coding.c.revision_id)
            .where(is_current_coding() & is_current_revision())
            .group_by(coding.c.run_id)
        ).all()
    )
    made = select(coding.c.run_id, func.count(), func.min(coding.c.at), func.max(coding.c.at)).group_by(coding.c.run_id)
    figures = {row[0]: tuple(row[1:]) for row in conn.execute(made)}
    rows = []
    for row in conn.execute(select(run)):
        codings, first, last = figures.get(row.id, (0, row.added, row.added))
        what = (row.id, row.program, json.loads(row.versions), json.loads(row.settings))
        rows.append(RunRow(*what, codings, current.get(row.id, 0), first, last))
    return tuple(sorted(rows, key=lambda item: item.last, reverse=True))


def run_named(rows: Sequence[RunRow], name: str) -> RunRow:
    """The run of an id; NotFound BL518."""
    for row in rows:
        if row.id == name:
            return row
    raise NotFound("BL518", f"no run {name!r} in this project", remedy="the page of runs lists them")


def compare(conn: Connection, old: str, new: str) -> Compared:
    """What two runs code differently, variable by variable, in the present text of the narratives that both coded."""
    names = f"runs {old} {new}"
    return kept(conn, names, lambda own: _compare(own, old, new))


def _compare(conn: Connection, old: str, new: str) -> Compared:
    pairs = _pairs(conn, old, new)
    sides = [_only(conn, [(one, two) for one, two in codings]) for codings in (pairs, [(two, one) for one, two in pairs])]
    claims = claims_by_id(conn, [name for side in sides for name in side])
    places = {
        row.id: row
        for row in conn.execute(
            select(revision.c.id, narrative.c.key, narrative.c.title, narrative.c.number).join(
                narrative, narrative.c.id == revision.c.narrative_id
            )
        )
    }
    found: dict[tuple[str, str, str], list[StoredClaim | None]] = defaultdict(lambda: [None, None])
    for side, names in enumerate(sides):
        for name in names:
            item = claims[name]
            found[item.revision, item.subject, item.field][side] = item
    changes = [
        Change(places[of].key, places[of].title, subject, field, before, after)
        for (of, subject, field), (before, after) in found.items()
    ]
    order = {row.key: (row.number is None, row.number or 0, row.key) for row in places.values()}
    changes.sort(key=lambda item: (order[item.key], item.subject != "crisis", item.subject, item.field))
    values, words = (Counter(item.field for item in changes if item.value is what) for what in (True, False))
    fields = sorted(set(values) | set(words), key=lambda name: (-values[name], -words[name], name))
    return Compared(len(pairs), tuple((name, values[name], words[name]) for name in fields), tuple(changes))


def _places(conn: Connection) -> dict[str, Any]:
    """Key, title and number of the narrative of each revision."""
    query = select(revision.c.id, narrative.c.key, narrative.c.title, narrative.c.number)
    return {row.id: row for row in conn.execute(query.join(narrative, narrative.c.id == revision.c.narrative_id))}


def _pairs(conn: Connection, old: str, new: str) -> list[tuple[str, str]]:
    """The last codings of both runs of each present text that both coded."""

    def last(of: str) -> dict[str, str]:
        query = select(coding.c.revision_id, coding.c.id).join(revision, revision.c.id == coding.c.revision_id)
        rows = conn.execute(query.where(coding.c.run_id == of, is_current_revision()).order_by(coding.c.seq))
        return {row.revision_id: row.id for row in rows}

    before, after = last(old), last(new)
    return [(before[name], after[name]) for name in before if name in after]


def _only(conn: Connection, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The variables' claims of the first coding of each pair that the second does not hold."""
    found: list[str] = []
    for one, two in pairs:
        found.extend(conn.execute(_variables(one).where(claim.c.id.not_in(_claims(two)))).scalars())
    return found


def _variables(of: str) -> Select[Any]:
    query = select(claim.c.id).join(coding_claim, coding_claim.c.claim_id == claim.c.id)
    return query.where(coding_claim.c.coding_id == of, claim.c.kind == "variable")


def _claims(of: str) -> Select[Any]:
    return select(coding_claim.c.claim_id).where(coding_claim.c.coding_id == of)
