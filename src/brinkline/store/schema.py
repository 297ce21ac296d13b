"""The tables of a project as SQLAlchemy metadata, the same for SQLite and PostgreSQL.

Ids are text made from content; times are UTC in ISO 8601 text; JSON is kept as text with keys in published order, because the
bytes count. What people and runs said (``FIXED``) is only ever added: triggers in the database refuse any change. The tables
``found_*`` are an index for search, made from the current coding of each narrative; they can be thrown away and built again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

metadata = MetaData()

#: The version of the tables: the number of the last step in ``store/migrations/versions``.
TABLES_VERSION = "0001"

#: Tables whose rows may be added but never changed or deleted.
FIXED = ("revision", "scheme", "run", "coding", "coding_claim", "claim", "evidence", "decision", "comment")


def _text(name: str, *, null: bool = False, unique: bool = False, key: bool = False, of: str = "") -> Column[str]:
    parts = [ForeignKey(of)] if of else []
    return Column(name, Text, *parts, nullable=null, unique=unique or None, primary_key=key)


def _number(name: str, *, null: bool = False, key: bool = False, kind: type[TypeEngine[int]] = Integer) -> Column[int]:
    return Column(name, kind, nullable=null, primary_key=key, autoincrement=False)


def _seq() -> Column[int]:
    """The order in which rows came in; gaps mean nothing."""
    return Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def _table(name: str, *columns: Column[Any] | Index, seq: bool = False) -> Table:
    return Table(name, metadata, *columns, sqlite_autoincrement=seq)


person = _table(
    "person",
    _text("id", key=True),
    _text("name", unique=True),
    _text("role"),
    _text("password", null=True),
    Column("active", Boolean, nullable=False),
    _text("created"),
)
narrative = _table(
    "narrative",
    _text("id", key=True),
    _text("key", unique=True),
    _number("number", null=True),
    _text("title"),
    _text("source"),
    _text("added"),
    _text("added_by", null=True),
    Index("narrative_number", "number"),
)
revision = _table(
    "revision",
    _text("id", key=True),
    _text("narrative_id", of="narrative.id"),
    _number("ordinal"),
    _text("digest"),
    _text("text"),
    _text("document"),
    _text("sentences", null=True),
    _text("added"),
    Index("revision_narrative", "narrative_id", "ordinal", unique=True),
    Index("revision_digest", "digest"),
)
scheme = _table("scheme", _text("id", key=True), _text("kind"), _text("document"), _text("added"))
run = _table(
    "run",
    _text("id", key=True),
    _text("program"),
    _text("schema_version"),
    _text("versions"),
    _text("settings"),
    _text("added"),
)
coding = _table(
    "coding",
    _seq(),
    _text("id", unique=True),
    _text("revision_id", of="revision.id"),
    _text("run_id", of="run.id"),
    _text("at"),
    _number("claims"),
    _text("digest"),
    Column("document", LargeBinary, nullable=False),
    Index("coding_revision", "revision_id", "seq"),
    seq=True,
)
claim = _table(
    "claim",
    _seq(),
    _text("id", unique=True),
    _text("revision_id", of="revision.id"),
    _text("kind"),
    _text("subject"),
    _text("field"),
    _text("value"),
    _text("label"),
    _text("basis"),
    _text("author"),
    _text("at"),
    Column("confidence", Float, nullable=True),
    _text("rule", null=True),
    _text("sources", null=True),
    _text("note", null=True),
    Index("claim_revision", "revision_id", "seq"),
    seq=True,
)
coding_claim = Table(
    "coding_claim",
    metadata,
    _text("coding_id", of="coding.id", key=True),
    _number("position", key=True),
    _text("claim_id", of="claim.id"),
    Column("confidence", Float, nullable=False),
    _text("rule"),
    _text("sources"),
    _text("note"),
    Index("coding_claim_claim", "claim_id"),
    sqlite_with_rowid=False,
)
evidence = Table(
    "evidence",
    metadata,
    _text("claim_id", of="claim.id", key=True),
    _number("position", key=True),
    _number("start"),
    _number("end"),
    _text("quote"),
    sqlite_with_rowid=False,
)
decision = _table(
    "decision",
    _seq(),
    _text("id", unique=True),
    _text("claim_id", of="claim.id"),
    _text("person_id", of="person.id"),
    _text("at"),
    _text("verdict"),
    _text("scheme"),
    _text("replacement", null=True, of="claim.id"),
    _text("follows", null=True, of="decision.id"),
    _text("note"),
    Index("decision_claim", "claim_id", "seq"),
    Index("decision_follows", "follows"),
    Index("decision_person", "person_id", "seq"),
    seq=True,
)
comment = _table(
    "comment",
    _seq(),
    _text("id", unique=True),
    _text("subject"),
    _text("person_id", of="person.id"),
    _text("at"),
    _text("text"),
    Index("comment_subject", "subject"),
    seq=True,
)
assignment = _table(
    "assignment",
    _text("id", key=True),
    _text("narrative_id", of="narrative.id"),
    _text("person_id", of="person.id"),
    Column("blind", Boolean, nullable=False),
    _text("created"),
    _text("finished", null=True),
    Index("assignment_person", "person_id"),
    Index("assignment_narrative", "narrative_id"),
)
session = _table(
    "session",
    _text("token_hash", key=True),
    _text("person_id", of="person.id"),
    _text("created"),
    _text("expires"),
)
release = _table("release", _text("name", key=True), _text("at"), _text("document"))
project_note = _table("project_note", _text("key", key=True), _text("value"))

#: Index for search. ``words`` and ``stems`` hold what ``store.words`` makes of the text: tokens joined by blanks; ``first`` and
#: ``last`` are the days ``earliest`` and ``latest`` as numbers (``calendar.to_number``), which order across year 0;
#: ``sentence_id`` is ``found_sentence.id``, so that search joins on whole numbers; an id is never given twice, so that
#: whoever keeps some of the index in memory sees that it was made anew.
found_sentence = _table(
    "found_sentence",
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("revision_id"),
    _text("narrative_id"),
    _number("sentence"),
    _number("start"),
    _number("end"),
    _text("text"),
    _text("words"),
    _text("stems"),
    Index("found_sentence_narrative", "narrative_id", "sentence"),
    Index("found_sentence_revision", "revision_id", "sentence"),
    seq=True,
)
found_actor = _table(
    "found_actor",
    _text("revision_id"),
    _number("sentence"),
    _number("sentence_id"),
    _text("actor_id"),
    _text("abbrev"),
    _number("cow", null=True),
    _text("name"),
    _text("claim_id"),
    Index("found_actor_sentence", "sentence_id"),
    Index("found_actor_revision", "revision_id"),
    Index("found_actor_actor", "actor_id"),
    Index("found_actor_abbrev", "abbrev"),
)
found_date = _table(
    "found_date",
    _text("revision_id"),
    _number("sentence"),
    _number("sentence_id"),
    _text("earliest"),
    _text("latest"),
    _number("first"),
    _number("last"),
    _text("claim_id"),
    Index("found_date_sentence", "sentence_id"),
    Index("found_date_revision", "revision_id"),
    Index("found_date_first", "first", "last"),
)
found_value = _table(
    "found_value",
    _text("revision_id"),
    _text("subject"),
    _text("field"),
    _text("value", null=True),
    _text("label"),
    _text("basis"),
    _number("sentence", null=True),
    _number("sentence_id", null=True),
    _text("claim_id"),
    Index("found_value_sentence", "sentence_id"),
    Index("found_value_revision", "revision_id"),
    Index("found_value_field", "field", "value"),
)
found_event = _table(
    "found_event",
    _text("revision_id"),
    _number("sentence"),
    _number("sentence_id"),
    _text("type"),
    _text("layer"),
    _text("stance"),
    _text("mode"),
    _text("plover"),
    Column("intensity", Float, nullable=False),
    _text("earliest", null=True),
    _text("latest", null=True),
    _number("first", null=True),
    _number("last", null=True),
    _number("position"),
    _number("start"),
    _number("end"),
    _text("content", null=True),
    _text("claim_id"),
    Index("found_event_sentence", "sentence_id"),
    Index("found_event_revision", "revision_id", "position"),
    Index("found_event_type", "type"),
    Index("found_event_claim", "claim_id"),
)
found_event_actor = _table(
    "found_event_actor",
    _text("revision_id"),
    _text("claim_id"),
    _text("side"),
    _text("actor_id"),
    _text("abbrev"),
    _number("cow", null=True),
    _text("name"),
    Index("found_event_actor_revision", "revision_id"),
    Index("found_event_actor_claim", "claim_id", "side"),
    Index("found_event_actor_actor", "actor_id"),
    Index("found_event_actor_abbrev", "abbrev"),
)

#: The index tables, each with a column ``revision_id``.
FOUND = (found_sentence, found_actor, found_date, found_value, found_event, found_event_actor)
