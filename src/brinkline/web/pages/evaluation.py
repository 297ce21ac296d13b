"""How the program's codings agree with human ones: a table that somebody brings, or what a coder of the project coded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup
from sqlalchemy import Connection, func, select

from brinkline.errors import NotFound
from brinkline.evaluate import charts
from brinkline.evaluate.coded import table_of
from brinkline.evaluate.compare import compare
from brinkline.evaluate.layers import compare_layers, read_layers
from brinkline.evaluate.page import groups
from brinkline.evaluate.records import Miss, Report, Row, Table
from brinkline.evaluate.tables import read_table
from brinkline.exchange.imports.cells import plain_number
from brinkline.exchange.imports.layout import Layout, find_layout, icb_layout, read_layout
from brinkline.exchange.imports.sheet import read_sheet
from brinkline.review.sight import sight_of
from brinkline.search.snapshot import kept
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.people import find_person
from brinkline.store.rows import unpack
from brinkline.store.schema import claim, coding, found_value, narrative, person, revision

Level = Literal["crisis", "actor"]
#: Resamples of an interval: fewer than on the command line, so that a page does not keep anybody waiting.
RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody whose own values the project holds, and how many at each level."""

    id: str
    name: str
    crisis: int
    actor: int


def coders(conn: Connection) -> tuple[Coder, ...]:
    """The people who have values of their own in the project, by name."""
    level = func.substr(claim.c.subject, 1, 6) == "crisis"
    query = (
        select(person.c.id, person.c.name, level.label("crisis"), func.count())
        .join(claim, claim.c.author == person.c.id)
        .where(claim.c.kind == "variable")
        .group_by(person.c.id, person.c.name, level)
    )
    found: dict[tuple[str, str], dict[bool, int]] = defaultdict(dict)
    for ident, name, crisis, count in conn.execute(query):
        found[ident, name][bool(crisis)] = count
    rows = (Coder(ident, name, own.get(True, 0), own.get(False, 0)) for (ident, name), own in found.items())
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def against_table(conn: Connection, path: Path, name: str, mapping: Path | None) -> Report:
    """The evaluation against a table of human codings: one of ICB1, ICB2, ICBe, or any other with a mapping file."""
    sheet = read_sheet(path)
    kind = "" if mapping is not None else find_layout(sheet.columns, name)
    if kind == "icbe":
        numbered = tuple((number, item) for number, item in enumerate(_layouts(conn), 1))
        return compare_layers(read_layers(sheet), numbered, (), _OURS, None, set(), seed=1, resamples=RESAMPLES)
    layout = read_layout(mapping) if mapping is not None else icb_layout(kind)
    human = read_table(sheet, layout, "human")
    return compare(human, _coded(conn, layout, shared=mapping is None), layout, resamples=RESAMPLES)


def against_coder(conn: Connection, ref: str, level: Level, asker: str | None) -> Report:
    """The evaluation against the values of a coder of the project. NotFound BL555 for an unknown one, and BL558 for one
    without such values; narratives that ``asker`` codes blind are left out."""
    coder = find_person(conn, ref)
    layout = icb_layout("icb1" if level == "crisis" else "icb2")
    human = _human(conn, coder.id, coder.name, layout, asker)
    if not human.rows:
        remedy = "bring a table in: brinkline load"
        raise NotFound("BL558", "this person has no values of their own at this level", place=coder.name, remedy=remedy)
    return compare(human, _coded(conn, layout, shared=True), layout, crises=human.crises, resamples=RESAMPLES)


_OURS = "the codings of the project"


def _coded(conn: Connection, layout: Layout, *, shared: bool) -> Table:
    """The program's side; kept for the tables of ICB, since it reads every coding."""
    if not shared:
        return table_of(_OURS, _layouts(conn), layout)
    return kept(conn, f"coded side {layout.level}", lambda own: table_of(_OURS, _layouts(own), layout))


def _layouts(conn: Connection) -> Iterator[Mapping[str, Any]]:
    """The program's current codings of narratives with a number, as their published layout; the first of each number."""
    query = (
        select(coding.c.document, narrative.c.number)
        .join(revision, revision.c.id == coding.c.revision_id)
        .join(narrative, narrative.c.id == revision.c.narrative_id)
        .where(is_current_coding() & is_current_revision() & narrative.c.number.is_not(None))
        .order_by(narrative.c.number, narrative.c.key)
    )
    seen = set[int]()
    for document, number in conn.execute(query):
        if number not in seen:
            seen.add(number)
            yield unpack(document)


def _human(conn: Connection, ident: str, name: str, layout: Layout, asker: str | None) -> Table:
    """The values of one coder as a table, the last one of each variable."""
    query = (
        select(narrative.c.id, narrative.c.number, claim.c.subject, claim.c.field, claim.c.value)
        .join(revision, revision.c.id == claim.c.revision_id)
        .join(narrative, narrative.c.id == revision.c.narrative_id)
        .where((claim.c.author == ident) & (claim.c.kind == "variable") & is_current_revision())
        .where(narrative.c.number.is_not(None))
        .order_by(claim.c.seq)
    )
    seen: dict[str, bool] = {}
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for of, number, subject, field, value in conn.execute(query):
        if of not in seen:
            seen[of] = sight_of(conn, of, asker).sees(ident)
        level = "crisis" if subject == "crisis" else "actor"
        given = _plain(value)
        if seen[of] and level == layout.level and field in layout.fields and given:
            values[plain_number(str(number)), subject][field] = given
    rows = tuple(
        Row(crisis, "" if subject == "crisis" else subject.split(":")[1], "", number, own)
        for number, ((crisis, subject), own) in enumerate(values.items(), 1)
    )
    given_fields = frozenset(field for row in rows for field in row.values)
    return Table(name, rows, frozenset(row.crisis for row in rows), given_fields)


def _plain(stored: str) -> str:
    """A value as it is compared, from the JSON text that the database keeps."""
    value = json.loads(stored)
    return "" if value is None else plain_number(str(value))


def content(conn: Connection, report: Report) -> dict[str, Any]:
    """What the template of a report shows: charts, groups of misses, and the claim behind each miss."""
    measured = bool(report.dates or report.variables)
    return {
        "report": report,
        "groups": tuple(groups(report)),
        "shares": Markup(charts.shares(report)) if measured else "",
        "trust": Markup(charts.reliability(report.reliability)) if report.reliability else "",
        "claims": _claims(conn, report.misses),
    }


def _claims(conn: Connection, misses: tuple[Miss, ...]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """The key of the narrative, and the claim of the program ("" for none), by crisis, actor and variable."""
    wanted = {int(miss.crisis) for miss in misses if miss.crisis.isdecimal()}
    value = found_value.c
    rows = conn.execute(
        select(narrative.c.number, narrative.c.key, value.subject, value.field, value.claim_id)
        .join(revision, revision.c.narrative_id == narrative.c.id)
        .outerjoin(found_value, value.revision_id == revision.c.id)
        .where(narrative.c.number.is_not(None) & is_current_revision())
    )
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for number, key, subject, field, ident in rows:
        if number in wanted:
            crisis = plain_number(str(number))
            actor = "" if subject in (None, "crisis") else str(subject).split(":")[1]
            found.setdefault((crisis, "", ""), (key, ""))
            found.setdefault((crisis, actor, field or ""), (key, ident or ""))
    return found
