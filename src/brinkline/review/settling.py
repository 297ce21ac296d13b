"""Differences as a table to settle elsewhere, and the way back: a choice or a value in its row settles a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from brinkline.decision import Person, StoredClaim
from brinkline.errors import UsageError
from brinkline.review.adjudicate import Difference, Side, find_difference, settle
from brinkline.review.made import Making
from brinkline.store.claims import claims_by_id, claims_of
from brinkline.store.narratives import find_narrative, stored_text
from brinkline.store.rows import text_digest

#: The columns of the table; ``choice`` (the number of an answer), ``value`` and ``note`` are to be filled in.
COLUMNS = (
    "unit", "narrative", "title", "subject", "field", "label", "answers", "words", "settled", "by", "choice", "value", "note",
)  # fmt: skip
#: In the column ``value``: the narrative does not say.
NOTHING = "none"


def said(side: Side | None) -> str:
    """What a coder says, in a cell: "" for one who decided nothing, "(no value)" for one who took the value out."""
    if side is None:
        return ""
    return side.answer.label or side.answer.value or "(no value)"


def row_of(item: Difference) -> tuple[str, ...]:
    """A difference as cells under ``COLUMNS``; names of coders stand in none."""
    unit, row = item.unit.unit, item.settled
    answers = " | ".join(f"{side.number}: {said(side)}" for side in item.choices)
    words = " | ".join(
        f"{side.number}: " + " / ".join(quote.text for quote in side.claim.evidence) for side in item.choices if side.claim
    )
    where = (item.id, item.place.key, item.place.title, unit.subject, unit.field, item.label)
    done = (item.outcome or "(no value)" if row else "", item.by)
    return (*where, answers, words, *done, "", "", row.note if row else "")


def own_value(conn: Connection, item: Difference, person: str, value: str, at: str) -> StoredClaim:
    """A value of the adjudicator's own for a variable, with the words of the first answer that has some; "" says that the
    narrative does not tell. UsageError BL166 for anything but a variable, BL167 for what the codebook does not allow."""
    if item.unit.unit.kind != "variable":
        raise UsageError("BL166", "a date, actor, place or event is settled by one of the answers")
    row = find_narrative(conn, item.place.key)
    narrative, sentences = stored_text(conn, row.revision)
    known = [side.claim for side in item.choices if side.claim is not None]
    answers = item.unit.answers.values()
    before = known[0] if known else claims_by_id(conn, [min(answer.claim for answer in answers)]).popitem()[1]
    making = Making(narrative, sentences, row.revision, claims_of(conn, row.revision), person, at)
    return making.edited(before, {"value": [value]})


def settle_row(conn: Connection, row: Mapping[str, str], person: Person, at: str) -> bool:
    """Settle the difference of a filled row; False for one that is not filled in or that stands settled already.

    NotFound BL559 for a difference that is not there, UsageError BL166 or BL167 for a choice or value that cannot be.
    """
    choice, value = (row.get("choice") or "").strip(), (row.get("value") or "").strip()
    if not choice and not value:
        return False
    narrative = find_narrative(conn, row.get("narrative") or "")
    item = find_difference(conn, narrative.id, row.get("unit") or "")
    if item.settled is not None:
        return False
    note = row.get("note") or ""
    name = f"decision:{text_digest(repr((item.id, person.id, choice, value, note, at)))[:32]}"
    if value:
        made = own_value(conn, item, person.id, "" if value == NOTHING else value, at)
        return settle(conn, name, item, person.id, at, made=made, note=note)
    return settle(conn, name, item, person.id, at, choice=number_of(choice), note=note)


def number_of(choice: str) -> int:
    """The number of a choice; UsageError BL166 for what is none."""
    if not choice.isdecimal() or len(choice) > 3:
        raise UsageError("BL166", "no answer was chosen", remedy="choose one of the answers by its number, or give a value")
    return int(choice)


def filled(rows: Sequence[Mapping[str, str]]) -> list[tuple[int, Mapping[str, str]]]:
    """The rows in which something is filled in, each with its number as a spreadsheet counts (column names are row 1)."""
    return [
        (number, row)
        for number, row in enumerate(rows, 2)
        if (row.get("choice") or "").strip() or (row.get("value") or "").strip()
    ]
