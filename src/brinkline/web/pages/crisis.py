"""What the page of a narrative shows: its coding as it stands, the way from each value to its words, charts, sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection, select

from brinkline.charts import KINDS, Chart, chart
from brinkline.decision import Decision, State, StoredClaim
from brinkline.errors import NotFound
from brinkline.exchange import values
from brinkline.exchange.formats import FORMATS
from brinkline.exchange.marks import Block, Mark, blocks, marks
from brinkline.exchange.release import cite, software_work
from brinkline.exchange.release.works import narrative_work
from brinkline.exchange.tables import claims as claims_of_coding
from brinkline.plain import coded_day_text, day_text, one_line
from brinkline.record import Coding
from brinkline.review.desk import Item, items_of
from brinkline.review.sight import sight_of
from brinkline.search.snapshot import kept
from brinkline.store.claims import claims_of
from brinkline.store.codings import current_coding
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import NarrativeRow, find_narrative
from brinkline.store.schema import narrative
from brinkline.store.settled import settled
from brinkline.web.ways import Ways

#: The tabs of the page: name in addresses, title, and the chart that it shows.
TABS: tuple[tuple[str, str, str], ...] = (
    ("facts", "Facts", ""),
    ("actors", "Actors", ""),
    ("timeline", "Timeline", "timeline"),
    ("map", "Crisis map", "map"),
    ("intensity", "Intensity", "intensity"),
    ("dyads", "Dyads", "network"),
    ("places", "Places", "places"),
    ("sources", "Sources", ""),
)
CITATIONS = (("text", "Text"), ("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"))
#: Where the row of a marked word stands, by the first letter of its short id.
_TAB_OF = {"c": "facts", "a": "actors", "e": "timeline", "d": "timeline", "s": "sources", "n": "sources"}
#: Settled codings that are kept at most.
_RECENT = 32
_LINK = re.compile(r'href="#w-([^"]+)"')


@dataclass(frozen=True, slots=True)
class Checked:
    """What people did with a value: its state, and the id of its claim in the project."""

    state: State
    claim: str


@dataclass(frozen=True, slots=True)
class Case:
    """A narrative with its coding as it stands for who looks at it; ``checked`` is by the short ids of ``exchange.marks``."""

    row: NarrativeRow
    coding: Coding
    checked: Mapping[str, Checked]
    blind: bool
    decided: int
    total: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The narrative before or after, in the order of the list."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors of the network: ids ("" for all others together), names, events each way, mean intensity."""

    one: str
    other: str
    one_name: str
    other_name: str
    there: int
    back: int
    intensity: float
    first: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart in the page: its drawing, its words, its table, and the forms it can be saved in."""

    kind: str
    title: str
    told: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def open_case(conn: Connection, ref: str, person: str | None) -> Case:
    """The case of a narrative for a person. NotFound BL550 for an unknown narrative, BL514 for one that is not coded."""
    row = find_narrative(conn, ref)
    coding = current_coding(conn, row.revision)
    if coding is None:
        raise NotFound("BL514", "the narrative is not coded yet", place=row.key, remedy="code it from the list of narratives")
    sight = sight_of(conn, row.id, person)
    claims = claims_of(conn, row.revision)
    decisions = decisions_of(conn, row.revision)
    items = items_of(claims, decisions, sight)
    seen = sight.decisions(decisions)
    now = _settled(conn, coding, row.revision, sight.claims(claims), seen) if seen else coding
    open_ = sum(item.open for item in items)
    return Case(row, now, dict(_checked(now, items)), sight.blind, len(items) - open_, len(items))


def _settled(conn: Connection, coding: Coding, revision: str, claims: list[StoredClaim], decisions: list[Decision]) -> Coding:
    """The coding with these decisions. Some are kept, since people look at one part of a narrative after the other; decisions
    are only ever added, so their ids tell whether anything is new."""
    recent: dict[tuple[str, ...], Coding] = kept(conn, "settled codings of pages", lambda _: {})
    name = (revision, *(row.id for row in decisions))
    found = recent.get(name)
    if found is None:
        if len(recent) >= _RECENT:
            recent.clear()
        found = recent[name] = settled(coding, claims, decisions)
    return found


def _checked(coding: Coding, items: Iterable[Item]) -> Iterator[tuple[str, Checked]]:
    by_slot: dict[tuple[str, str], Item] = {}
    for item in items:
        slot = (item.claim.subject, item.claim.field)
        if slot not in by_slot or not item.open:
            by_slot[slot] = item
    named = [(f"c{n}", claim.subject, claim.field) for n, claim in enumerate(claims_of_coding(coding))]
    named += [(f"e{n}", event.id, "event") for n, event in enumerate(coding.events)]
    named += [(f"d{n}", when.id, "date") for n, when in enumerate(coding.dates)]
    named += [(f"a{n}", mention.id, "actor") for n, mention in enumerate(coding.actors)]
    for short, subject, field in named:
        found = by_slot.get((subject, field))
        if found is not None:
            yield short, Checked(found.state, found.claim.id)


def neighbours(conn: Connection, row: NarrativeRow) -> tuple[Neighbour | None, Neighbour | None]:
    """The narratives before and after, None at the ends."""
    order = (narrative.c.number.is_(None), narrative.c.number, narrative.c.key)
    rows = conn.execute(select(narrative.c.key, narrative.c.title).order_by(*order)).all()
    at = next(place for place, item in enumerate(rows) if item.key == row.key)
    before, after = rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None
    return _neighbour(before), _neighbour(after)


def _neighbour(row: object) -> Neighbour | None:
    return None if row is None else Neighbour(row.key, row.title or row.key)  # type: ignore[attr-defined]


def text_of(coding: Coding, ways: Ways, key: str, tab: str) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """The blocks of the text, each with the address that each of its pieces leads to ("" for none)."""
    for block in blocks(coding.narrative, _with_places(coding)):
        yield block, tuple(to_value(ways, key, tab, piece.href[3:]) if piece.href else "" for piece in block.pieces)


def _with_places(coding: Coding) -> list[Mark]:
    """The marks of the text. Notices are not shown in it."""
    return [mark for mark in marks(coding) if mark.kind != "notice"]


def to_value(ways: Ways, key: str, tab: str, short: str) -> str:
    """The address of the row of a value: on this tab by its anchor alone, else on the tab that has it."""
    goal = _TAB_OF[short[0]]
    return f"#v-{short}" if goal == tab else ways.crisis(key, goal, f"v-{short}")


def short_ids(coding: Coding) -> dict[str, str]:
    """The short ids of the page by the ids of events and claims."""
    found = {claim.id: f"c{n}" for n, claim in enumerate(claims_of_coding(coding))}
    return found | {event.id: f"e{n}" for n, event in enumerate(coding.events)}


def shown_chart(coding: Coding, kind: str) -> Shown:
    """The chart for a page: each mark leads to its words in the text of the same page."""
    made = chart(kind, coding, standalone=False, link="#w-")
    short = short_ids(coding)
    svg = _LINK.sub(lambda found: f'href="#w-{short.get(found[1].split()[0], "")}"', made.svg)
    rows = tuple(tuple(_linked(cell, name, short) for cell, name in _cells(made, row)) for row in made.rows.rows)
    return Shown(kind, made.title, made.told, Markup(svg), made.rows.columns, rows)


def _cells(made: Chart, row: tuple[object, ...]) -> Iterator[tuple[object, str]]:
    return zip(row, made.rows.columns, strict=True)


def _linked(cell: object, column: str, short: Mapping[str, str]) -> object:
    """The short id in the place of the long one."""
    if column in ("event", "id") and isinstance(cell, str) and cell:
        return short.get(cell.split()[0], "")
    return "" if cell is None else cell


def pairs(coding: Coding, known: Collection[str]) -> tuple[Pair, ...]:
    """The pairs of the network, the most frequent first; ids only of actors that have a page."""
    table = KINDS["network"].table(coding)
    short = short_ids(coding)
    rows = []
    for tie in sorted(table.ties, key=lambda tie: -tie.count):
        one, other = table.parties[tie.one], table.parties[tie.other]
        first = short.get(tie.events[0], "")
        named = (f"state:{party.cow}" if party.cow is not None else party.key for party in (one, other))
        keys = [ident if ident in known else "" for ident in named]
        rows.append(Pair(keys[0], keys[1], one.name, other.name, tie.there, tie.back, tie.intensity, first))
    return tuple(rows)


def actor_ids(coding: Coding) -> dict[str, str]:
    """The ids of the actors by the names that the page shows."""
    named = {one_line(mention.actor.name): mention.actor.id for mention in coding.actors if mention.actor}
    return named | {one_line(row.name): f"state:{row.cow}" for row in coding.crisis_actors}


def span_of(coding: Coding) -> str:
    """From when to when the crisis was, by its own claims; "" when they leave it open."""
    given = {claim.field: claim.value for claim in coding.crisis if claim.value is not None}
    ends = [coded_day_text(str(given[name])) for name in ("trigger_date", "termination_date") if name in given]
    return " – ".join(ends)


def citations(coding: Coding, collection: str) -> tuple[tuple[str, str, str], ...]:
    """How to cite the narrative and the program that coded it: name of the form, title of the form, text."""
    works = [narrative_work(coding.narrative, collection), software_work(coding.run.program)]
    return tuple((form, title, cite(works, form).strip()) for form, title in CITATIONS)


def content(case: Case, tab: str, ways: Ways, collection: str, known: Collection[str]) -> dict[str, Any]:
    """What the template of a tab shows. ``known`` are the ids of the actors that have a page."""
    coding = case.coding
    kind = next(kind for name, _, kind in TABS if name == tab)
    updated = coding.narrative.last_updated
    return {
        "case": case,
        "tab": tab,
        "tabs": TABS,
        "span": span_of(coding),
        "subjects": values.subjects(coding) if tab in ("facts", "actors") else (),
        "named": values.actors(coding) if tab == "actors" else (),
        "ids": {name: ident for name, ident in actor_ids(coding).items() if ident in known},
        "events": values.events(coding) if tab == "timeline" else (),
        "dates": values.dates(coding) if tab == "timeline" else (),
        "sources": values.sources(coding) if tab == "sources" else (),
        "warnings": values.warnings(coding) if tab == "sources" else (),
        "pairs": pairs(coding, known) if tab == "dyads" else (),
        "chart": shown_chart(coding, kind) if kind else None,
        "png": find_spec("resvg_py") is not None,
        "text": tuple(text_of(coding, ways, case.row.key, tab)),
        "citations": citations(coding, collection),
        "formats": [form for form in FORMATS if form.name != "table"],
        "updated": day_text(updated) if updated else "",
    }
