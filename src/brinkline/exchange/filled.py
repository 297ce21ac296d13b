"""``fill``: the rows of every table of an export, given to whoever writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brinkline.exchange.columns import Row, Table, codebook_rows, fixed_table
from brinkline.exchange.decided import Decided
from brinkline.exchange.tables import KEY_LENGTH, ROWS, narrative_key
from brinkline.exchange.wide import WideTables
from brinkline.model import Value
from brinkline.record import Coding

#: The tables of an export in their order.
TABLES = (
    *("narratives", "crises", "crisis_actors", "events", "dates", "mentions", "claims", "evidence"),
    *("decisions", "references", "warnings", "codebook"),
)
Put = Callable[[Table, Iterable[Row]], None]


def fill(codings: Iterable[Coding], decisions: Iterable[Decided], put: Put) -> None:
    """Give all rows to ``put(table, rows)``, at least once for each table, as the codings come.

    Tables of records come in many parts; ``crises`` and ``crisis_actors``, whose columns depend on all codings, come once at
    the end, and the codebook of all columns comes last.
    """
    fixed = {name: fixed_table(name) for name in (*ROWS, "decisions")}
    for table in fixed.values():
        put(table, ())
    wide = WideTables()
    for coding in codings:
        key = narrative_key(coding)
        for name, rows in ROWS.items():
            put(fixed[name], ([key, *row] for row in rows(coding)))
        wide.add(coding)
    put(fixed["decisions"], _decisions(decisions))
    described = dict(fixed)
    for table, found in wide.tables():
        described[table.name] = table
        put(table, found)
    put(fixed_table("codebook"), codebook_rows(described[name] for name in TABLES if name in described))


def _decisions(decisions: Iterable[Decided]) -> Iterator[Row]:
    for number, item in enumerate(decisions, 1):
        claim, decision, other = item.claim, item.decision, item.replacement
        yield [
            item.digest[:KEY_LENGTH],
            decision.id,
            number,
            claim.subject,
            claim.field,
            claim.id,
            _value(claim.value),
            claim.author,
            decision.person,
            decision.at,
            decision.verdict,
            decision.replacement,
            _value(other.value) if other else None,
            decision.scheme,
            decision.follows,
            decision.note,
        ]


def _value(value: object) -> Value:
    """The value of a claim in one cell: of a record (a date, a mention, an event) its words."""
    if isinstance(value, dict):
        evidence = value.get("evidence")
        return str(value.get("text") or (evidence.get("quote", "") if isinstance(evidence, dict) else ""))
    return value if isinstance(value, int | str) else None
