"""Narratives and their revisions: a text is stored once and never changed; a corrected text is a new revision."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select

from brinkline.errors import InputError, NotFound
from brinkline.model import Narrative, Run, Sentence, content_id
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.store import found
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.rows import insert_rows, json_text
from brinkline.store.schema import claim, coding, decision, narrative, revision
from brinkline.version import SCHEMA_VERSION

_NO_RUN = Run("", SCHEMA_VERSION, (), ())
_OTHER = re.compile(r"[^a-z0-9]+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a text: a narrative that is new, a new revision of a known one, or nothing new."""

    narrative_id: str
    revision_id: str
    what: Literal["new", "revision", "unchanged"]
    #: The revision that was the current one before, when ``what`` is "revision".
    before: str | None = None


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """One line of a list of narratives. ``revision`` is the current one, the ``ordinal``-th; ``run`` and ``coded`` (a time)
    tell of its current coding, None without one; ``claims`` are those of that coding, ``decided`` those of them and of people
    that somebody decided on."""

    id: str
    key: str
    number: int | None
    title: str
    source: str
    revision: str
    ordinal: int
    characters: int
    added: str
    run: str | None
    coded: str | None
    claims: int
    decided: int


def narrative_key(given: Narrative) -> str:
    """The name a narrative goes by: its number, else its title, else the name of its file, else its hash.

    >>> narrative_key(Narrative("A text.", None, "Lake Selma (1931)"))
    'lake-selma-1931'
    """
    if given.number is not None:
        return str(given.number)
    stem = PurePosixPath(given.source.replace("\\", "/")).stem
    return _slug(given.title) or _slug(stem) or f"text-{given.digest[:12]}"


def add_narrative(
    conn: Connection,
    given: Narrative,
    sentences: Sequence[Sentence],
    at: str,
    person: str | None = None,
    *,
    as_new: bool = False,
) -> Added:
    """Store a text: nothing when it is the current one of its narrative, else a new revision, else a new narrative.

    ``as_new`` makes a narrative of its own even when its number or title is known. InputError BL290 for signs that a database
    cannot keep.
    """
    if _UNSTORABLE.search(given.text) or _UNSTORABLE.search(given.title):
        raise InputError(
            "BL290", "the text holds a NUL or half a character", place=given.source, remedy="save it as UTF-8 and add it again"
        )
    key = narrative_key(given)
    known = conn.execute(select(narrative.c.id).where(narrative.c.key == key)).scalar()
    if known is not None and as_new:
        key, known = _free_key(conn, key), None
    if known is not None:
        return _revise(conn, known, key, given, sentences, at)
    narrative_id = content_id("narrative", (key,))
    conn.execute(
        insert(narrative).values(
            id=narrative_id,
            key=key,
            number=given.number,
            title=given.title,
            source=given.source,
            added=at,
            added_by=person,
        )
    )
    revision_id = _add_revision(conn, narrative_id, key, given, sentences, at, 1)
    return Added(narrative_id, revision_id, "new")


def find_narrative(conn: Connection, ref: str | int) -> NarrativeRow:
    """The narrative of a number, key, id or title (in any case); NotFound BL550 with near names when there is none."""
    text = str(ref).strip()
    wanted = narrative.c.key == text
    if text.isdecimal():
        wanted |= narrative.c.number == int(text) if len(text) < 10 else wanted
    for condition in (
        narrative.c.id == text,
        wanted,
        narrative.c.key == _slug(text),
        func.lower(narrative.c.title) == text.lower(),
    ):
        rows = conn.execute(_listing().where(condition)).all()
        if len(rows) == 1:
            return _row(conn, rows[0])
        if rows:
            keys = ", ".join(sorted(row.key for row in rows))
            raise NotFound("BL551", f"{text!r} is the name of several narratives", remedy=f"use a key: {keys}")
    names = conn.execute(select(narrative.c.key, narrative.c.title)).all()
    near = difflib.get_close_matches(text.lower(), [name.lower() for row in names for name in row if name], n=3)
    remedy = f"did you mean {', '.join(near)}?" if near else "brinkline list shows them all"
    raise NotFound("BL550", f"no narrative {text!r} in this project", remedy=remedy)


def list_narratives(conn: Connection) -> tuple[NarrativeRow, ...]:
    """All narratives: numbered ones by number, then the rest by key."""
    decided = _decided(conn)
    order = (narrative.c.number.is_(None), narrative.c.number, narrative.c.key)
    return tuple(_row(conn, row, decided) for row in conn.execute(_listing().order_by(*order)))


def narrative_of(conn: Connection, revision_id: str) -> Narrative:
    """The narrative of a revision, as it was read; NotFound BL552 when the project has no such revision."""
    return stored_text(conn, revision_id)[0]


def stored_text(conn: Connection, revision_id: str) -> tuple[Narrative, tuple[Sentence, ...]]:
    """The narrative of a revision and its sentences; NotFound BL552 when the project has no such revision."""
    row = conn.execute(select(revision).where(revision.c.id == revision_id)).one_or_none()
    if row is None:
        raise NotFound("BL552", f"no revision {revision_id!r} in this project")
    document: dict[str, Any] = _empty(Narrative("")).to_dict()
    document["narrative"] = {**json.loads(row.document), "text": row.text}
    document["sentences"] = json.loads(row.sentences) if row.sentences else []
    read = read_coding(document)
    return read.narrative, read.sentences


def revisions_of(conn: Connection, narrative_id: str) -> tuple[str, ...]:
    """The ids of a narrative's revisions, the first one first."""
    rows = conn.execute(select(revision.c.id).where(revision.c.narrative_id == narrative_id).order_by(revision.c.ordinal))
    return tuple(rows.scalars())


def _revise(conn: Connection, narrative_id: str, key: str, given: Narrative, sentences: Sequence[Sentence], at: str) -> Added:
    rows = conn.execute(
        select(revision.c.id, revision.c.digest, revision.c.ordinal)
        .where(revision.c.narrative_id == narrative_id)
        .order_by(revision.c.ordinal)
    ).all()
    current = rows[-1]
    if current.digest == given.digest:
        return Added(narrative_id, current.id, "unchanged")
    again = sum(row.digest == given.digest for row in rows)
    revision_id = _add_revision(conn, narrative_id, key, given, sentences, at, current.ordinal + 1, again)
    return Added(narrative_id, revision_id, "revision", current.id)


def _add_revision(
    conn: Connection,
    narrative_id: str,
    key: str,
    given: Narrative,
    sentences: Sequence[Sentence],
    at: str,
    ordinal: int,
    again: int = 0,
) -> str:
    """``again`` counts earlier revisions of the same text: a text that was changed and changed back is a new revision."""
    revision_id = content_id("revision", (key, given.digest, again) if again else (key, given.digest))
    layout = _empty(given, tuple(sentences)).to_dict()
    document = {name: value for name, value in layout["narrative"].items() if name != "text"}
    row = (
        revision_id,
        narrative_id,
        ordinal,
        given.digest,
        given.text,
        json_text(document),
        json_text(layout["sentences"]),
        at,
    )
    insert_rows(conn, revision, [column.name for column in revision.columns], [row])
    found.index_text(conn, narrative_id, revision_id, given.text, sentences, first=ordinal == 1)
    return revision_id


def _empty(given: Narrative, sentences: tuple[Sentence, ...] = ()) -> Coding:
    """A coding without codes: the published layout of a narrative is part of that of a coding."""
    return Coding(_NO_RUN, given, sentences, (), (), (), (), ())


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain).strip("-")[:80]


def _free_key(conn: Connection, key: str) -> str:
    keys = set(conn.execute(select(narrative.c.key)).scalars())
    number = 2
    while f"{key}-{number}" in keys:
        number += 1
    return f"{key}-{number}"


def _listing() -> Select[Any]:
    """Narratives with their last revision and its last coding."""
    return (
        select(
            narrative.c.id,
            narrative.c.key,
            narrative.c.number,
            narrative.c.title,
            narrative.c.source,
            narrative.c.added,
            revision.c.id.label("revision"),
            revision.c.ordinal,
            func.length(revision.c.text).label("characters"),
            coding.c.run_id.label("run"),
            coding.c.at.label("coded"),
            coding.c.claims,
        )
        .select_from(narrative)
        .join(revision, (revision.c.narrative_id == narrative.c.id) & is_current_revision())
        .outerjoin(coding, (coding.c.revision_id == revision.c.id) & is_current_coding())
    )


def _decided(conn: Connection, revision_id: str | None = None) -> dict[str, int]:
    query = (
        select(claim.c.revision_id, func.count(decision.c.claim_id.distinct()))
        .join(decision, decision.c.claim_id == claim.c.id)
        .group_by(claim.c.revision_id)
    )
    if revision_id is not None:
        query = query.where(claim.c.revision_id == revision_id)
    return {row[0]: row[1] for row in conn.execute(query)}


def _row(conn: Connection, row: Row[Any], decided: dict[str, int] | None = None) -> NarrativeRow:
    counts = _decided(conn, row.revision) if decided is None else decided
    return NarrativeRow(
        row.id,
        row.key,
        row.number,
        row.title,
        row.source,
        row.revision,
        row.ordinal,
        row.characters,
        row.added,
        row.run,
        row.coded,
        row.claims or 0,
        counts.get(row.revision, 0),
    )
