"""What adding would do: each narrative of a form with what was found in it, and whether the project knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.plain import one_line
from brinkline.sentences import split_sentences
from brinkline.store.current import is_current_revision
from brinkline.store.narratives import narrative_key
from brinkline.store.schema import narrative, revision

#: Characters of the first words that are shown.
_SHOWN = 240
WHAT = {
    "new": "a new narrative",
    "revision": "a new text of a narrative that is here already; decisions are carried over where their words are found again",
    "unchanged": "here already with this text; nothing will be stored",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """One narrative of a preview: ``at`` is its place, ``what`` a key of ``WHAT``; ``fault`` instead when it cannot be read."""

    at: int
    source: str
    number: int | None = None
    title: str = ""
    key: str = ""
    what: str = ""
    words: int = 0
    sentences: int = 0
    sections: tuple[str, ...] = ()
    begins: str = ""
    warnings: tuple[tuple[str, str], ...] = ()
    fault: InputError | None = None


def looked_at(conn: Connection, given: Iterable[Narrative | InputError]) -> tuple[Looked, ...]:
    """Each narrative or fault of a form, in order."""
    known = dict(
        conn.execute(
            select(narrative.c.key, revision.c.digest)
            .join(revision, revision.c.narrative_id == narrative.c.id)
            .where(is_current_revision())
        ).all()
    )
    return tuple(_looked(at, item, known) for at, item in enumerate(given))


def _looked(at: int, item: Narrative | InputError, known: dict[str, str]) -> Looked:
    if isinstance(item, InputError):
        return Looked(at, one_line(item.place), fault=item)
    key = narrative_key(item)
    digest = known.get(key)
    body = next((part for part in item.sections if part.kind in ("background", "pre-crisis", "summary", "other")), None)
    start = body.start if body else 0
    return Looked(
        at,
        one_line(item.source),
        item.number,
        one_line(item.title),
        key,
        "new" if digest is None else "unchanged" if digest == item.digest else "revision",
        len(item.text.split()),
        len(split_sentences(item)),
        tuple(one_line(part.heading).rstrip(": ") or part.kind for part in item.sections if part.kind != "header"),
        one_line(item.text[start : start + _SHOWN]) + ("…" if len(item.text) > start + _SHOWN else ""),
        tuple((notice.code, notice.message) for notice in item.warnings),
    )
