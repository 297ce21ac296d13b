"""What the review page shows: groups of rows, the marked text, the strip of days, and the panel of one claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from brinkline.calendar import from_iso
from brinkline.charts.draw_strip import draw_strip
from brinkline.charts.strip import Strip, strip
from brinkline.decision import Comment, Decision, State, StoredClaim
from brinkline.exchange.marks import Mark, Piece, blocks
from brinkline.model import Quote
from brinkline.plain import coded_day_text, in_order, one_line, span_text
from brinkline.project.why import Passage, passages, rules_named
from brinkline.reference.event_scheme import EventType, event_types
from brinkline.review.desk import Desk, Item
from brinkline.review.made import MODES
from brinkline.review.offered import Offered, fields_of, offered, state_name, states_of, variable_of
from brinkline.rules import Rule
from brinkline.store.claims import PROGRAM
from brinkline.store.codings import current_coding
from brinkline.store.decisions import comments_of, decisions_of

KINDS = (("variable", "Variables"), ("event", "Events"), ("date", "Dates"), ("actor", "Actors"), ("place", "Places"))
_TITLES = {"event": "Events", "date": "Dates", "actor": "Actors named", "place": "Places"}
_MARKED = ("date", "actor", "place", "event")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. ``id`` is what tells the claim from the others of its narrative; ``ranges`` are those of its words."""

    id: str
    what: str
    value: str
    basis: str
    sure: str
    state: State
    by: str
    ranges: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind, or of one subject of variables."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def open(self) -> int:
        """How many of them wait for a decision."""
        return sum(line.state in ("undecided", "skipped", "flagged", "outdated") for line in self.lines)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of the text: where it begins (code points), its kind, and its pieces."""

    start: int
    kind: str
    section: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as people read it."""

    who: str
    what: str
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form: a value, its name, whether it is chosen now."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One claim with everything that helps to decide on it."""

    line: Line
    item: Item
    group: str
    quotes: tuple[Quote, ...]
    offered: Offered | None
    types: Mapping[str, EventType]
    modes: tuple[str, ...]
    who: tuple[Choice, ...]
    whom: tuple[Choice, ...]
    days: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    passages: tuple[Passage, ...]
    rules: tuple[Rule, ...]
    history: tuple[Told, ...]
    comments: tuple[Told, ...]
    others: tuple[Choice, ...]


def short(claim_id: str) -> str:
    """What tells a claim from the others of its narrative: the end of its id."""
    return claim_id[-10:]


def line_of(item: Item, people: Mapping[str, str]) -> Line:
    """The row of an item."""
    claim = item.shown
    by = people.get(item.by, "") if item.by and not item.mine else ""
    ranges = " ".join(f"{quote.start}-{quote.end}" for quote in in_order(claim.evidence))
    sure = f"{claim.confidence:.0%}" if claim.author == PROGRAM and claim.confidence else ""
    return Line(
        short(item.claim.id), what_of(claim), value_of(claim), claim.basis, sure, item.state, by, ranges, group_of(item.claim)
    )


def what_of(claim: StoredClaim) -> str:
    """What a claim is about: the label of its variable, else its words."""
    if claim.kind == "variable":
        variable = variable_of(claim.subject, claim.field)
        return variable.label if variable else claim.field
    if claim.kind == "event":
        return one_line(claim.value["label"])
    return one_line(claim.value["text"])


def value_of(claim: StoredClaim) -> str:
    """The value of a claim as people read it."""
    value = claim.value
    if claim.kind == "variable":
        if value is None:
            return "not said" if claim.basis == "absent" else "open"
        label = claim.label or (coded_day_text(str(value)) if "date" in claim.field else "")
        return one_line(f"{value} · {label}" if label and label != str(value) else str(value))
    if claim.kind == "date":
        if value["earliest"] and value["latest"]:
            return span_text(from_iso(value["earliest"]), from_iso(value["latest"]))
        return value["edtf"] or "open"
    if claim.kind == "actor":
        return one_line(value["actor"]["name"]) if value["actor"] else "open"
    if claim.kind == "place":
        return one_line(value["name"])
    who, whom = (", ".join(dict.fromkeys(map(mention_name, value[side]))) for side in ("who", "whom"))
    text = f"{who or '?'} → {whom}" if whom else who
    when = f", {value['when']['edtf']}" if value["when"] and value["when"]["edtf"] else ""
    return text + (f" ({value['mode']})" if value["mode"] != "done" else "") + when


def mention_name(mention: Mapping[str, Any]) -> str:
    """The name of the actor that is mentioned, the words where it stayed open."""
    return one_line(mention["actor"]["name"] if mention["actor"] else mention["text"])


def group_of(claim: StoredClaim) -> str:
    """The key of the group a claim stands in."""
    return claim.subject.replace(":", "-") if claim.kind == "variable" else claim.kind


def group_title(key: str) -> str:
    """The title of a group."""
    if key == "crisis":
        return "The crisis"
    if key.startswith("actor-"):
        _, number, *again = key.split("-")
        return (state_name(int(number)) if number.isdecimal() else number) + "".join(f" ({part})" for part in again)
    return _TITLES[key]


def groups_of(desk: Desk, order: str, kind: str = "", *, only_open: bool = False) -> tuple[Group, ...]:
    """The rows in groups, least sure first or in the order of the text."""
    items = [item for item in desk.items if (not kind or item.claim.kind == kind) and (not only_open or item.open)]
    if order == "text":
        items.sort(key=lambda item: min((quote.start for quote in item.shown.evidence), default=10**9))
    else:
        items.sort(key=lambda item: item.claim.confidence)
    made: dict[str, list[Line]] = {}
    for item in items:
        made.setdefault(group_of(item.claim), []).append(line_of(item, desk.people))
    ranked = sorted(made, key=lambda key: _rank(key, desk))
    return tuple(Group(key, group_title(key), tuple(made[key])) for key in ranked)


def _rank(key: str, desk: Desk) -> tuple[int, int]:
    kinds = ["crisis", "actor-", "event", "date", "actor", "place"]
    place = 1 if key.startswith("actor-") else kinds.index(key)
    first = next((number for number, item in enumerate(desk.items) if group_of(item.claim) == key), 0)
    return place, first


def text_of(desk: Desk, selected: Item | None) -> Iterator[TextBlock]:
    """The text with marks for dates, actors, places and events, the words of the selected claim, and where sentences begin."""
    marked = [item for item in desk.items if item.shown.kind in _MARKED and item.state != "rejected"]
    found = [
        Mark(quote.start, quote.end, short(item.claim.id), item.shown.kind)  # type: ignore[arg-type]
        for item in marked
        for quote in item.shown.evidence
    ]
    if selected is not None:
        for place, quote in enumerate(in_order(selected.shown.evidence)):
            found.append(Mark(quote.start, quote.end, "on", "claim", "" if place else "w"))
    begun = [sentence for sentence in desk.sentences if sentence.start < sentence.end]
    found += [Mark(sentence.start, sentence.end, "", "notice", f"s{sentence.index}") for sentence in begun]
    text, at = desk.narrative.text, 0
    for block in blocks(desk.narrative, found):
        whole = "".join(piece.text for piece in block.pieces)
        at = text.index(whole, at)
        yield TextBlock(at, block.kind, block.section, block.pieces)
        at += len(whole)


def strip_of(conn: Connection, desk: Desk, link: str) -> Markup | None:
    """The strip of days, each pin a link to its claim; None when nothing is dated. Its texts are escaped by the drawing."""
    coding = current_coding(conn, desk.row.revision)
    if coding is None:
        return None
    table = strip(coding)
    if table.first is None:
        return None
    of = {(item.claim.subject, item.claim.field): item for item in desk.items}
    names: dict[str, str] = {}
    for claim in (*coding.crisis, *(claim for row in coding.crisis_actors for claim in row.claims)):
        item = of.get((claim.subject, claim.field))
        names[claim.id] = short(item.claim.id) if item else ""
    for event in coding.events:
        item = of.get((event.id, "event"))
        names[event.id] = short(item.claim.id) if item else ""
    pins = tuple(replace(pin, ref=names[pin.ref]) for pin in table.pins if names.get(pin.ref))
    done = {short(item.claim.id) for item in desk.items if not item.open}
    return Markup(draw_strip(_with(table, pins), standalone=False, link=link, decided=done))


def _with(table: Strip, pins: tuple[Any, ...]) -> Strip:
    return replace(table, pins=pins)


def panel_of(conn: Connection, desk: Desk, item: Item) -> Panel:
    """The panel of one claim."""
    claim = item.shown
    rows = desk.sight.decisions(decisions_of(conn, claims=[item.claim.id]))
    comments = desk.sight.comments(comments_of(conn, [item.claim.id]))
    is_variable = claim.kind == "variable"
    value = claim.value
    near = _near(desk, claim) if claim.kind == "event" else []
    chosen_day = value["when"]["id"] if claim.kind == "event" and value["when"] else ""
    return Panel(
        line=line_of(item, desk.people),
        item=item,
        group=group_title(group_of(item.claim)),
        quotes=tuple(in_order(claim.evidence)),
        offered=offered(claim.subject, claim.field, states_of(desk.claims)) if is_variable else None,
        types=event_types() if claim.kind == "event" else {},
        modes=MODES,
        who=_mentions(near, value["who"]) if claim.kind == "event" else (),
        whom=_mentions(near, value["whom"]) if claim.kind == "event" else (),
        days=_days(near, chosen_day, value["when"]) if claim.kind == "event" else (),
        actors=actor_choices(desk) if claim.kind == "actor" else (),
        passages=passages(desk.narrative, desk.sentences, claim.evidence),
        rules=rules_named(claim.rule) if claim.author == PROGRAM else (),
        history=tuple(told(rows, desk.people)),
        comments=tuple(told_comments(comments, desk.people)),
        others=_others(rows, desk, item),
    )


def told(rows: Iterable[Decision], people: Mapping[str, str]) -> Iterator[Told]:
    """Decisions as people read them."""
    for row in rows:
        yield Told(people.get(row.person, row.person), row.verdict, when_text(row.at), row.note)


def told_comments(comments: Iterable[Comment], people: Mapping[str, str]) -> Iterator[Told]:
    """Comments as people read them."""
    for item in comments:
        yield Told(people.get(item.person, item.person), "", when_text(item.at), item.text)


def when_text(at: str) -> str:
    """A time of day as people read it, UTC: "2026-03-04 12:01"."""
    return at[:16].replace("T", " ")


def _others(rows: Sequence[Decision], desk: Desk, item: Item) -> tuple[Choice, ...]:
    """Values that other people put in place of this claim, for taking over."""
    found: dict[str, Choice] = {}
    known = {other.shown.id: other.shown for other in desk.items}
    for row in rows:
        if row.replacement and row.person != desk.sight.person and row.replacement in known:
            text = f"{value_of(known[row.replacement])} ({desk.people.get(row.person, '')})"
            found[row.replacement] = Choice(row.replacement, text)
    if item.stands is not None and item.stands.id in found and item.mine:
        found.pop(item.stands.id)
    return tuple(found.values())


def _near(desk: Desk, claim: StoredClaim) -> list[StoredClaim]:
    """The mentions and dates of the sentence of an event and those beside it."""
    middle = int(claim.value["sentence"])
    part = [sentence for sentence in desk.sentences if abs(sentence.index - middle) <= 1]
    first, last = (part[0].start, part[-1].end) if part else (0, 0)
    inside = [item.shown for item in desk.items if item.state != "rejected" and item.shown.kind in ("actor", "date")]
    return [other for other in inside if first <= other.value["start"] < last]


def _mentions(near: Iterable[StoredClaim], chosen: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    known = {item["id"]: Choice(item["id"], f"{mention_name(item)} – {one_line(item['text'])}", True) for item in chosen}
    for claim in near:
        if claim.kind == "actor":
            text = f"{mention_name(claim.value)} – {one_line(claim.value['text'])}"
            known.setdefault(claim.value["id"], Choice(claim.value["id"], text))
    return tuple(known.values())


def _days(near: Iterable[StoredClaim], chosen: str, now: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    known = {chosen: Choice(chosen, f"{now['text']} – {now['edtf']}", True)} if now else {}
    for claim in near:
        if claim.kind == "date":
            name = claim.value["id"]
            known.setdefault(name, Choice(name, f"{claim.value['text']} – {claim.value['edtf']}"))
    return tuple(known.values())


def actor_choices(desk: Desk) -> tuple[Choice, ...]:
    """The actors that a narrative names, each once, for choosing."""
    found: dict[str, Choice] = {}
    for claim in desk.claims:
        known = claim.value.get("actor") if claim.kind == "actor" else None
        if known:
            found.setdefault(known["id"], Choice(known["id"], known["name"]))
    return tuple(found.values())


def subject_choices(desk: Desk, chosen: str) -> tuple[Choice, ...]:
    """The crisis and its actors, for a new value of a variable."""
    subjects = dict.fromkeys(claim.subject for claim in desk.claims if claim.kind == "variable")
    names = ["crisis", *(name for name in subjects if name != "crisis")]
    return tuple(Choice(name, group_title(name.replace(":", "-")), name == chosen) for name in names)


def field_choices(subject: str, chosen: str) -> tuple[Choice, ...]:
    """The variables of a subject."""
    return tuple(Choice(item.name, f"{item.label} ({item.name})", item.name == chosen) for item in fields_of(subject))
