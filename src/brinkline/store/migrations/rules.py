"""Database code that SQLAlchemy cannot express, per dialect: full text and the triggers of tables that are only added to."""

from __future__ import annotations

from collections.abc import Iterable

_SQLITE_TEXT = (
    "CREATE VIRTUAL TABLE found_text USING fts5(words, stems, content='found_sentence', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER found_sentence_added AFTER INSERT ON found_sentence BEGIN "
    "INSERT INTO found_text(rowid, words, stems) VALUES (new.id, new.words, new.stems); END",
    "CREATE TRIGGER found_sentence_gone AFTER DELETE ON found_sentence BEGIN "
    "INSERT INTO found_text(found_text, rowid, words, stems) VALUES ('delete', old.id, old.words, old.stems); END",
)
_POSTGRES_TEXT = (
    "ALTER TABLE found_sentence ADD COLUMN words_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "ALTER TABLE found_sentence ADD COLUMN stems_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED",
    "CREATE INDEX found_sentence_words ON found_sentence USING gin (words_vector)",
    "CREATE INDEX found_sentence_stems ON found_sentence USING gin (stems_vector)",
)
_POSTGRES_FUNCTION = (
    "CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of % are only added, never changed', TG_TABLE_NAME; END $$"
)


def full_text(dialect: str) -> tuple[str, ...]:
    """The statements that make the full-text index over ``found_sentence``."""
    return _SQLITE_TEXT if dialect == "sqlite" else _POSTGRES_TEXT


def only_added(dialect: str, tables: Iterable[str]) -> tuple[str, ...]:
    """The statements that make the tables refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL)."""
    if dialect == "sqlite":
        return tuple(
            f'CREATE TRIGGER {table}_fixed_{what.lower()} BEFORE {what} ON "{table}" BEGIN '
            f"SELECT RAISE(ABORT, 'rows of {table} are only added, never changed'); END"
            for table in tables
            for what in ("UPDATE", "DELETE")
        )
    triggers = (
        f'CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION only_added()"
        for table in tables
    )
    return (_POSTGRES_FUNCTION, *triggers)
