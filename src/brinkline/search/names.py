"""What a query may name in a project beyond the built-in tables, read from the index when a query needs it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from sqlalchemy import Connection, select

from brinkline.search.actor_terms import name_key
from brinkline.search.vocabulary import Vocabulary
from brinkline.store.schema import found_actor, found_value, person


def vocabulary_of(conn: Connection) -> Vocabulary:
    """The names, variables and people of a project, each asked for once at most."""
    return Vocabulary(
        names=functools.cache(functools.partial(_names, conn)),
        fields=functools.cache(functools.partial(_fields, conn)),
        people=functools.cache(functools.partial(_people, conn)),
    )


def _names(conn: Connection) -> Mapping[str, tuple[str, ...]]:
    """The ids of the actors in the index that are no states, by their folded names and ids."""
    table = found_actor
    rows = conn.execute(select(table.c.actor_id, table.c.name).where(table.c.cow.is_(None)).distinct()).all()
    found: dict[str, dict[str, None]] = {}
    for actor_id, name in sorted((row.actor_id, row.name) for row in rows):
        for key in (name_key(name), name_key(actor_id)):
            found.setdefault(key, {})[actor_id] = None
    return {key: tuple(ids) for key, ids in found.items() if key}


def _fields(conn: Connection) -> tuple[str, ...]:
    return tuple(sorted(conn.execute(select(found_value.c.field).distinct()).scalars()))


def _people(conn: Connection) -> tuple[str, ...]:
    return tuple(sorted(conn.execute(select(person.c.name)).scalars()))
