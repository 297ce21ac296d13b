"""Events against ICBe, collapsed: which actors act, speak and think in each crisis, and in which domains.

ICBe (Douglass et al. 2022) codes the same narratives by hand. Its collapsed table has a row for each crisis, initiating actor
and layer, with flags for the domains. The coding's rows are the actors that ``rows_of`` gives for its events: deeds only
when they were done, and nothing that is denied or hypothetical.
"""

from __future__ import annotations

import functools
import re
import urllib.parse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from brinkline import data
from brinkline.evaluate.coded import Coding, crisis_of, document_of
from brinkline.evaluate.compare import in_order, set_score, weights_of
from brinkline.evaluate.misses import mentions, passages
from brinkline.evaluate.records import Document, Fault, Miss, Report, SetScore
from brinkline.evaluate.tables import sheet_faults, unknown_columns
from brinkline.exchange.imports.cells import plain_number
from brinkline.exchange.imports.sheet import Sheet
from brinkline.measures.resample import Figure, Weights
from brinkline.reference.bodies import bodies, bodies_by_name
from brinkline.reference.states import readings

LAYERS = {"do": "Action", "say": "Speech", "think": "Thought"}
DOMAINS = ("land", "air", "sea", "wmd", "space", "cyber")
_DONE = frozenset({"done", "ongoing", "reported"})
#: Deeds that are done in words (ICBe's "general political support" is content of a speech), and words that are acts of a
#: body or before one.
_IN_WORDS = frozenset({"do.support", "do.recognize", "do.serve"})
_ACTS = frozenset({"say.adopt", "say.bring_before"})
_NEVER = frozenset({"denied", "hypothetical"})
_ASIDE = re.compile(r" \([^)]*\)$|#.*$")

#: Crisis, actor and layer: the unit that is compared.
Unit = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Layers:
    """One side: the domains of every unit, the name of each actor, and where a unit comes from (a row, or events)."""

    source: str
    crises: frozenset[str]
    domains: Mapping[Unit, frozenset[str]]
    names: Mapping[str, str]
    rows: Mapping[Unit, int]
    events: Mapping[Unit, Sequence[Mapping[str, Any]]]
    faults: tuple[Fault, ...]


def read_layers(sheet: Sheet) -> Layers:
    """The units of a collapsed ICBe table; rows without actor or layer, and rows that stand twice, are faults."""
    faults = [*sheet_faults(sheet, "human"), *unknown_columns(sheet, {"crisno", "actor", "event_type", *DOMAINS}, "human")]
    domains: dict[Unit, frozenset[str]] = {}
    names: dict[str, str] = {}
    rows: dict[Unit, int] = {}
    seen: dict[Unit, int] = {}
    for number, cells in sheet.rows:
        wrong = next((name for name in ("crisno", "actor", "event_type") if not cells.get(name)), "")
        if wrong:
            faults.append(Fault("BL244", "the cell is empty; the row is left out", "human", sheet.source, number, wrong))
            continue
        if cells["event_type"] not in LAYERS.values():
            message = f"{cells['event_type']!r} is no layer of ICBe; the row is left out"
            faults.append(Fault("BL241", message, "human", sheet.source, number, "event_type"))
            continue
        actor, name = actor_key(cells["actor"])
        unit = (plain_number(cells["crisno"]), actor, cells["event_type"])
        flags = frozenset(name for name in DOMAINS if cells.get(name) == "1")
        written = (unit[0], cells["actor"], unit[2])
        if written in seen:
            message = f"the same crisis, actor and layer as row {seen[written]}; left out"
            faults.append(Fault("BL242", message, "human", sheet.source, number, "actor"))
            continue
        seen[written] = number
        names.setdefault(actor, name)
        rows.setdefault(unit, number)
        domains[unit] = domains.get(unit, frozenset()) | flags
    crises = frozenset(unit[0] for unit in domains)
    return Layers(sheet.source, crises, domains, names, rows, {}, tuple(faults))


def actor_key(written: str) -> tuple[str, str]:
    """The actor that an ICBe name means, as an id of the tables ("state:365", "body:league") or "name:..." when they do not
    know it, and the name to show. Organs count as the body they belong to.

    >>> actor_key("Soviet_Union")
    ('state:365', 'Soviet Union')
    """
    name = urllib.parse.unquote(written).replace("_", " ").strip()
    plain = _ASIDE.sub("", name)
    listed = _listed().get(name)
    if listed:
        return listed, name
    for text in (name, plain, plain.removeprefix("The ")):
        states = readings(text, None)
        if states:
            return states[0].state.id, name
        found = bodies_by_name().get(text)
        if found:
            return _whole(found[0][0].id), name
    return f"name:{plain.casefold()}", name


def coded_layers(codings: Iterable[Coding], source: str, faults: tuple[Fault, ...]) -> Layers:
    """The units of the codings' events."""
    domains: defaultdict[Unit, frozenset[str]] = defaultdict(frozenset)
    events: defaultdict[Unit, list[Mapping[str, Any]]] = defaultdict(list)
    names: dict[str, str] = {}
    crises = []
    for coding in codings:
        crisis = crisis_of(coding)
        crises.append(crisis)
        for event in coding.get("events", ()):
            for actor, name, layer in rows_of(event):
                names.setdefault(actor, name)
                domains[crisis, actor, layer] |= _domains(event)
                events[crisis, actor, layer].append(event)
    return Layers(source, frozenset(crises), domains, names, {}, events, faults)


def compare_layers(
    human: Layers,
    numbered: Sequence[tuple[int, Coding]],
    faults: tuple[Fault, ...],
    source: str,
    scope: frozenset[str] | None,
    left_out: set[str],
    *,
    seed: int,
    resamples: int,
) -> Report:
    """The evaluation of the codings' events: a set score for each layer, for deeds and words together, and for the domains.

    InputError BL250 when no crisis stands in both.
    """
    codings = {crisis_of(coding): coding for _, coding in numbered}
    coded = coded_layers(codings.values(), source, faults)
    crises = coded.crises if scope is None else scope
    weights = weights_of((crises & human.crises) - left_out, f"{source} against {human.source}", seed, resamples)
    common = weights.crises
    alone = [
        Fault(
            "BL243",
            f"crisis {crisis} has no narrative among those coded; left out",
            "human",
            human.source,
            _first(human, crisis),
        )
        for crisis in sorted(human.crises - crises - left_out, key=in_order)
    ]
    sets = tuple(_scores(human, coded, weights))
    return Report(
        coded=source,
        human=human.source,
        layout="ICBe, crisis by actor by layer",
        crises=common,
        human_rows=sum(unit[0] in set(common) for unit in human.domains),
        coded_rows=sum(unit[0] in set(common) for unit in coded.domains),
        mean=sets[0].f1 if sets else Figure(None),
        mean_of="F1 of actors that act or speak",
        sets=sets,
        dates=(),
        variables=(),
        misses=tuple(_misses(human, coded, common, codings)),
        reliability=(),
        brier=None,
        faults=(*human.faults, *faults, *alone),
        seed=seed,
        resamples=resamples,
    )


def _scores(human: Layers, coded: Layers, weights: Weights) -> Iterator[SetScore]:
    yield _score("Action and Speech", human, coded, ("Action", "Speech"), weights)
    for layer in LAYERS.values():
        yield _score(layer, human, coded, (layer,), weights)
    table = np.zeros((len(weights.crises), 3))
    at = {crisis: index for index, crisis in enumerate(weights.crises)}
    for unit in human.domains.keys() & coded.domains.keys():
        if unit[0] in at and unit[2] != "Thought":
            wanted, found = human.domains[unit], coded.domains[unit]
            table[at[unit[0]]] += (len(wanted), len(found), len(wanted & found))
    yield set_score("Domains", table, weights)


def _score(name: str, human: Layers, coded: Layers, layers: tuple[str, ...], weights: Weights) -> SetScore:
    table = np.zeros((len(weights.crises), 3))
    at = {crisis: index for index, crisis in enumerate(weights.crises)}
    for column, units in enumerate((set(human.domains), set(coded.domains), human.domains.keys() & coded.domains.keys())):
        for unit in units:
            if unit[0] in at and unit[2] in layers:
                table[at[unit[0]], column] += 1
    return set_score(name, table, weights)


def _misses(human: Layers, coded: Layers, common: Sequence[str], codings: Mapping[str, Coding]) -> Iterator[Miss]:
    """Units that only one side has; those of the coding come with the words of the first event."""
    for crisis in common:
        coding = codings.get(crisis)
        document = document_of(coding) if coding else Document("", "", ())
        units = {unit for unit in human.domains.keys() ^ coded.domains.keys() if unit[0] == crisis}
        for unit in sorted(units):
            extra = unit in coded.domains
            name = (coded if extra else human).names[unit[1]]
            event = coded.events[unit][0] if extra else {}
            shown = f"{event.get('label', '')} ({event.get('mode', '')})" if extra else ""
            yield Miss(
                kind="extra" if extra else "missed",
                crisis=crisis,
                title=document.title,
                actor=unit[1].removeprefix("state:").removeprefix("name:"),
                actor_name=name,
                variable=unit[2],
                variable_label="Layer of events",
                human="" if extra else unit[2],
                human_label="",
                coded=unit[2] if extra else "",
                coded_label=shown,
                human_row=None if extra else human.rows[unit],
                confidence=float(event["confidence"]) if extra else None,
                rule=str(event.get("rule", "")),
                words=passages({"evidence": [event["evidence"]]}, document)
                if extra
                else mentions(unit[1].removeprefix("state:"), document),
            )


def _first(human: Layers, crisis: str) -> int:
    return min(row for unit, row in human.rows.items() if unit[0] == crisis)


def rows_of(event: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Key, name and layer of each row that ICBe's table has for an event.

    A row has each initiator; of words also each whom they are said to, for in every crisis whose events ICBe has drawn the
    receivers of words have a row for Speech; and both sides of an act that is mutual (a meeting, a treaty, a battle). Deeds
    that are done in words stand in both layers, and so do words that are acts of a body or before one. "Greece and Bulgaria"
    are two; a named collective is one where ICBe's table knows it, else its members. Groups without a name of their own
    (rebels, tribesmen) have no row: ICBe's actors are entries of Wikidata.
    """
    mode, layer = event["mode"], event["layer"]
    if mode in _NEVER or (layer == "do" and mode not in _DONE):
        return
    other = [LAYERS["say"]] if event["type"] in _IN_WORDS else [LAYERS["do"]] if event["type"] in _ACTS else []
    both = layer == "say" or event["attributes"].get("parties") == "mutual"
    for side, layers in (("who", [LAYERS[layer], *other]), ("whom", [LAYERS[layer]] if both else [])):
        for mention in event[side] if layers else ():
            for actor, name in _actors(mention["actor"]):
                yield from ((actor, name, each) for each in layers)


def _actors(actor: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if actor is None or (actor["kind"] == "group" and actor["name"][:1].islower()):
        return
    members = actor["members"] if actor["kind"] == "collective" and actor["id"] not in _known() else []
    if members:
        names = actor["name"].split(" and ")
        yield from zip(members, names if len(names) == len(members) else members, strict=True)
    elif actor["kind"] == "unknown":
        yield f"name:{actor['name'].casefold()}", str(actor["name"])
    else:
        yield _whole(actor["id"]), str(actor["name"])


def _whole(actor: str) -> str:
    """The body that an organ belongs to; any other id as it is."""
    parents = _parents()
    while parents.get(actor):
        actor = parents[actor]
    return actor


@functools.cache
def _listed() -> Mapping[str, str]:
    return {row["name"]: row["actor"] for row in data.table("brinkline.evaluate", "icbe_actors.csv")}


@functools.cache
def _known() -> frozenset[str]:
    """The ids of actors that have a name of their own in ICBe."""
    return frozenset(_listed().values())


@functools.cache
def _parents() -> Mapping[str, str]:
    return {item.id: item.parent for item in bodies()}


def _domains(event: Mapping[str, Any]) -> frozenset[str]:
    given = str(event["attributes"].get("domain", "")).replace("nuclear", "wmd")
    return frozenset(name for name in DOMAINS if name in re.findall(r"\w+", given))
