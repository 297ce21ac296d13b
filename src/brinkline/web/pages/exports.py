"""What can be downloaded: formats with the rows they will have, and releases with their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from sqlalchemy import Connection, Select, func, select

from brinkline.exchange.formats import FORMATS
from brinkline.search.snapshot import kept
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.schema import claim, coding, coding_claim, decision, found_value, narrative, revision
from brinkline.web.rendering import Column

#: What a format has rows of, as keys of ``counts``.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "csv": ("narratives", "actor rows", "values", "events", "mentions", "dates", "decisions"),
    "icb1": ("narratives",),
    "icb2": ("actor rows",),
    "plover": ("events",),
    "geojson": ("places",),
    "jsonld": ("narratives", "values", "events"),
    "brat": ("narratives", "mentions", "events", "dates"),
    "timeml": ("narratives", "dates"),
}
_TABLES = ("csv", "sqlite", "parquet", "stata")
_LIBRARY = {"parquet": ("pyarrow", "parquet"), "stata": ("pyreadstat", "stata")}


@dataclass(frozen=True, slots=True)
class Export:
    """A format to download: what it is, rows by table, and the optional part that it lacks ("" when it can be made)."""

    name: str
    help: str
    suffix: str
    rows: tuple[tuple[str, int], ...]
    lacks: str = ""


COLUMNS: Sequence[Column] = (
    Column("format", lambda item: item.name),
    Column("about", lambda item: item.help),
    Column("rows", lambda item: "; ".join(f"{name}: {count}" for name, count in item.rows)),
    Column("address", lambda item: f"/export/{item.name}"),
)


def exports(conn: Connection) -> tuple[Export, ...]:
    """The formats in the order of the registry, then the project file."""
    counts = counts_of(conn)
    found = []
    for form in FORMATS:
        if form.name == "table":
            continue
        names = _ROWS["csv"] if form.name in _TABLES else _ROWS.get(form.name, ("narratives",))
        library, extra = _LIBRARY.get(form.name, ("", ""))
        lacks = extra if library and find_spec(library) is None else ""
        found.append(Export(form.name, form.help, form.suffix, tuple((name, counts[name]) for name in names), lacks))
    whole = ("narratives", "decisions")
    about = "everything in one file: texts, codings, people, decisions; can be brought in again"
    return (*found, Export("project", about, ".jsonl", tuple((name, counts[name]) for name in whole)))


def counts_of(conn: Connection) -> Mapping[str, int]:
    """Rows of the current codings by kind, as the program coded them, and decisions."""
    decided = conn.execute(_decisions(conn)).scalar_one()
    return {**kept(conn, "rows of exports", _read_counts), "decisions": decided}


def _decisions(conn: Connection) -> Select[Any]:
    """The number of decisions on present texts; all of them, without looking at their claims, while no text has another one."""
    query = select(func.count()).select_from(decision)
    if (conn.execute(select(func.max(revision.c.ordinal))).scalar() or 1) == 1:
        return query
    old = select(claim.c.id).join(revision, revision.c.id == claim.c.revision_id).where(~is_current_revision())
    return query.where(decision.c.claim_id.not_in(old))


def _read_counts(conn: Connection) -> Mapping[str, int]:
    kinds = conn.execute(
        select(claim.c.kind, func.count())
        .join(coding_claim, coding_claim.c.claim_id == claim.c.id)
        .join(coding, coding.c.id == coding_claim.c.coding_id)
        .join(revision, revision.c.id == coding.c.revision_id)
        .where(is_current_coding() & is_current_revision())
        .group_by(claim.c.kind)
    ).all()
    counts: Counter[str] = Counter(dict(kinds))
    rows = select(found_value.c.revision_id, found_value.c.subject).where(found_value.c.subject != "crisis").distinct()
    coded = (
        select(func.count(narrative.c.id.distinct()))
        .join(revision, revision.c.narrative_id == narrative.c.id)
        .join(coding, coding.c.revision_id == revision.c.id)
        .where(is_current_revision())
    )
    return {
        "narratives": conn.execute(coded).scalar_one(),
        "actor rows": conn.execute(select(func.count()).select_from(rows.subquery())).scalar_one(),
        "values": counts["variable"],
        "events": counts["event"],
        "mentions": counts["actor"],
        "dates": counts["date"],
        "places": counts["place"],
    }
