"""The first version of the tables, as they were then; ``store.schema`` shows them as they are now."""

import sqlalchemy as sa
from alembic import op

from brinkline.store.migrations.rules import full_text, only_added

revision = "0001"
down_revision = None

_FIXED = ("revision", "scheme", "run", "coding", "coding_claim", "claim", "evidence", "decision", "comment")
_ORDER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, the full-text index and the triggers."""
    _tables()
    dialect = op.get_bind().dialect.name
    for statement in (*full_text(dialect), *only_added(dialect, _FIXED)):
        op.execute(statement)


def _tables() -> None:
    _found_actor()
    _found_date()
    _found_event()
    _found_event_actor()
    _found_sentence()
    _found_value()
    _narrative()
    _person()
    _project_note()
    _release()
    _run()
    _scheme()
    _assignment()
    _comment()
    _revision()
    _session()
    _claim()
    _coding()
    _coding_claim()
    _decision()
    _evidence()


def _found_actor() -> None:
    op.create_table(
        "found_actor",
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("abbrev", sa.Text(), nullable=False),
        sa.Column("cow", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
    )
    op.create_index("found_actor_abbrev", "found_actor", ["abbrev"])
    op.create_index("found_actor_actor", "found_actor", ["actor_id"])
    op.create_index("found_actor_revision", "found_actor", ["revision_id"])
    op.create_index("found_actor_sentence", "found_actor", ["sentence_id"])


def _found_date() -> None:
    op.create_table(
        "found_date",
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
    )
    op.create_index("found_date_first", "found_date", ["first", "last"])
    op.create_index("found_date_revision", "found_date", ["revision_id"])
    op.create_index("found_date_sentence", "found_date", ["sentence_id"])


def _found_event() -> None:
    op.create_table(
        "found_event",
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("plover", sa.Text(), nullable=False),
        sa.Column("intensity", sa.Float(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("claim_id", sa.Text(), nullable=False),
    )
    op.create_index("found_event_claim", "found_event", ["claim_id"])
    op.create_index("found_event_revision", "found_event", ["revision_id", "position"])
    op.create_index("found_event_sentence", "found_event", ["sentence_id"])
    op.create_index("found_event_type", "found_event", ["type"])


def _found_event_actor() -> None:
    op.create_table(
        "found_event_actor",
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("abbrev", sa.Text(), nullable=False),
        sa.Column("cow", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_index("found_event_actor_abbrev", "found_event_actor", ["abbrev"])
    op.create_index("found_event_actor_actor", "found_event_actor", ["actor_id"])
    op.create_index("found_event_actor_claim", "found_event_actor", ["claim_id", "side"])
    op.create_index("found_event_actor_revision", "found_event_actor", ["revision_id"])


def _found_sentence() -> None:
    op.create_table(
        "found_sentence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("narrative_id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("found_sentence_narrative", "found_sentence", ["narrative_id", "sentence"])
    op.create_index("found_sentence_revision", "found_sentence", ["revision_id", "sentence"])


def _found_value() -> None:
    op.create_table(
        "found_value",
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=True),
        sa.Column("sentence_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Text(), nullable=False),
    )
    op.create_index("found_value_field", "found_value", ["field", "value"])
    op.create_index("found_value_revision", "found_value", ["revision_id"])
    op.create_index("found_value_sentence", "found_value", ["sentence_id"])


def _narrative() -> None:
    op.create_table(
        "narrative",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("narrative_number", "narrative", ["number"])


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )


def _project_note() -> None:
    op.create_table(
        "project_note",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _scheme() -> None:
    op.create_table(
        "scheme",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("narrative_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["narrative_id"],
            ["narrative.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assignment_narrative", "assignment", ["narrative_id"])
    op.create_index("assignment_person", "assignment", ["person_id"])


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("seq", _ORDER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("comment_subject", "comment", ["subject"])


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("narrative_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["narrative_id"],
            ["narrative.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("revision_digest", "revision", ["digest"])
    op.create_index("revision_narrative", "revision", ["narrative_id", "ordinal"], unique=True)


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("seq", _ORDER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("claim_revision", "claim", ["revision_id", "seq"])


def _coding() -> None:
    op.create_table(
        "coding",
        sa.Column("seq", _ORDER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("coding_revision", "coding", ["revision_id", "seq"])


def _coding_claim() -> None:
    op.create_table(
        "coding_claim",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["coding.id"],
        ),
        sa.PrimaryKeyConstraint("coding_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("coding_claim_claim", "coding_claim", ["claim_id"])


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("seq", _ORDER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=True),
        sa.Column("follows", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.ForeignKeyConstraint(
            ["follows"],
            ["decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replacement"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("decision_claim", "decision", ["claim_id", "seq"])
    op.create_index("decision_follows", "decision", ["follows"])
    op.create_index("decision_person", "decision", ["person_id", "seq"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim_id", "position"),
        sqlite_with_rowid=False,
    )
