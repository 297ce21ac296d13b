"""A check of everything a project keeps: what can be computed again is computed again and compared."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from brinkline.decision import VERDICTS
from brinkline.model import Run, content_id
from brinkline.store.claims import claim_id, claims_of_layout
from brinkline.store.codings import run_id
from brinkline.store.current import is_current_revision
from brinkline.store.rows import text_digest, unpacked_text
from brinkline.store.schema import (
    claim,
    coding,
    coding_claim,
    decision,
    evidence,
    found_sentence,
    metadata,
    narrative,
    revision,
    run,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: the table, the row (its id, "" for the whole table) and what is wrong with it."""

    table: str
    row: str
    message: str


def check(conn: Connection) -> tuple[Fault, ...]:
    """Everything that does not hold in a project, nothing when all is well.

    The file first (SQLite), since nothing else can be trusted when it is damaged; then hashes, ids, quote ranges, references
    and the index. Narratives are read one at a time.
    """
    damage = tuple(_file(conn))
    if damage:
        return damage
    checks = (_references(conn), _runs(conn), _revisions(conn), _decisions(conn), _index(conn))
    return tuple(fault for found in checks for fault in found)


def _file(conn: Connection) -> Iterator[Fault]:
    if conn.dialect.name != "sqlite":
        return
    for (line,) in conn.execute(text("PRAGMA integrity_check(20)")):
        if line != "ok":
            yield Fault("database", "", str(line))


def _references(conn: Connection) -> Iterator[Fault]:
    """Rows that point to rows that are not there; asked again although the database forbids them, for restored files."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            target = key.column.table.alias("target")
            column = key.parent
            missing = (
                select(func.count())
                .select_from(table.outerjoin(target, column == target.c[key.column.name]))
                .where(column.is_not(None) & target.c[key.column.name].is_(None))
            )
            number = conn.execute(missing).scalar_one()
            if number:
                yield Fault(table.name, "", f"{number} rows name a {key.column.table.name} that is not there ({column.name})")


def _runs(conn: Connection) -> Iterator[Fault]:
    for row in conn.execute(select(run)):
        versions, settings = (tuple(json.loads(part).items()) for part in (row.versions, row.settings))
        if run_id(Run(row.program, row.schema_version, versions, settings)) != row.id:
            yield Fault("run", row.id, "the id is not that of its content")


def _revisions(conn: Connection) -> Iterator[Fault]:
    query = select(revision, narrative.c.key).join(narrative, narrative.c.id == revision.c.narrative_id)
    names = conn.execute(select(revision.c.id).order_by(revision.c.narrative_id, revision.c.ordinal)).scalars().all()
    for name in names:
        row = conn.execute(query.where(revision.c.id == name)).one()
        yield from _revision(conn, row)
        yield from _claims(conn, row)
        yield from _codings(conn, row)


def _revision(conn: Connection, row: Row[Any]) -> Iterator[Fault]:
    if text_digest(row.text) != row.digest:
        yield Fault("revision", row.id, "the text is not the one that was stored: its hash differs")
    earlier = (revision.c.narrative_id == row.narrative_id) & (revision.c.ordinal < row.ordinal)
    again = conn.execute(select(func.count()).select_from(revision).where(earlier & (revision.c.digest == row.digest))).scalar()
    if content_id("revision", (row.key, row.digest, again) if again else (row.key, row.digest)) != row.id:
        yield Fault("revision", row.id, "the id is not that of its content")
    try:
        document, sentences = json.loads(row.document), json.loads(row.sentences or "[]")
    except ValueError as fault:
        yield Fault("revision", row.id, f"the description of the text cannot be read: {fault}")
        return
    if document.get("sha256") != row.digest:
        yield Fault("revision", row.id, "the description is of another text")
    if any(not 0 <= item["start"] < item["end"] <= len(row.text) for item in sentences):
        yield Fault("revision", row.id, "a sentence lies outside of the text")


def _claims(conn: Connection, of: Row[Any]) -> Iterator[Fault]:
    words: dict[str, list[Row[Any]]] = defaultdict(list)
    own = select(claim.c.id).where(claim.c.revision_id == of.id)
    for row in conn.execute(select(evidence).where(evidence.c.claim_id.in_(own)).order_by(evidence.c.position)):
        words[row.claim_id].append(row)
        if of.text[row.start : row.end] != row.quote:
            yield Fault("evidence", row.claim_id, f"the words {row.quote!r} do not stand at [{row.start}, {row.end})")
    for row in conn.execute(select(claim).where(claim.c.revision_id == of.id)):
        ranges = [(item.start, item.end) for item in words[row.id]]
        try:
            value = json.loads(row.value)
        except ValueError as fault:
            yield Fault("claim", row.id, f"the value cannot be read: {fault}")
            continue
        if claim_id(of.id, row.kind, row.subject, row.field, value, ranges, row.author) != row.id:
            yield Fault("claim", row.id, "the id is not that of its content")


def _codings(conn: Connection, of: Row[Any]) -> Iterator[Fault]:
    for row in conn.execute(select(coding).where(coding.c.revision_id == of.id).order_by(coding.c.seq)):
        try:
            document = unpacked_text(row.document)
        except (zlib.error, UnicodeDecodeError) as fault:
            yield Fault("coding", row.id, f"the document cannot be read: {fault}")
            continue
        if text_digest(document) != row.digest:
            yield Fault("coding", row.id, "the document is not the one that was stored: its hash differs")
            continue
        said = [item.id for item in claims_of_layout(json.loads(document), of.id)]
        held = select(coding_claim.c.claim_id).where(coding_claim.c.coding_id == row.id).order_by(coding_claim.c.position)
        if said != conn.execute(held).scalars().all() or len(said) != row.claims:
            yield Fault("coding", row.id, "its claims are not those of its document")


def _decisions(conn: Connection) -> Iterator[Fault]:
    rows = conn.execute(select(decision.c.id, decision.c.verdict, decision.c.replacement, decision.c.follows))
    for row in rows:
        if row.verdict not in VERDICTS:
            yield Fault("decision", row.id, f"there is no verdict {row.verdict!r}")
        if row.verdict == "edit" and row.replacement is None:
            yield Fault("decision", row.id, "an edit without the claim that stands instead")
        if row.verdict == "withdraw" and row.follows is None:
            yield Fault("decision", row.id, "a withdrawal that takes nothing back")


def _index(conn: Connection) -> Iterator[Fault]:
    """The index for search against the current revisions; ``found.rebuild_index`` mends it."""
    counted = select(found_sentence.c.revision_id, func.count()).group_by(found_sentence.c.revision_id)
    indexed = {row[0]: row[1] for row in conn.execute(counted)}
    rows = conn.execute(select(revision.c.id, revision.c.sentences).where(is_current_revision()))
    for row in rows:
        expected, found = len(json.loads(row.sentences or "[]")), indexed.pop(row.id, 0)
        if found != expected:
            yield Fault("found_sentence", row.id, f"search knows {found} of {expected} sentences")
    for name in indexed:
        yield Fault("found_sentence", name, "search knows sentences of a text that is not the current one")
