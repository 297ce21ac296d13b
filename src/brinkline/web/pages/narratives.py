"""The list of narratives: rows with the state of their work, facets that narrow it, order and pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from brinkline.search.snapshot import kept
from brinkline.store.narratives import NarrativeRow, list_narratives
from brinkline.store.schema import assignment, found_actor, person
from brinkline.web.pages.progress import OPEN, PARTS, work_of
from brinkline.web.rendering import Column

PAGE = 50
#: Values of a facet that are shown at most; what is chosen is shown in any case.
MOST = 12
STATES = {"uncoded": "not coded", "untouched": "nothing decided", "working": "in work", "done": "all decided"}
CODED = {"now": "by these versions", "other": "by other versions or settings", "never": "not coded"}
NOBODY = "nobody"
_NONE = (0,) * len(PARTS)


@dataclass(frozen=True, slots=True)
class Listed:
    """One narrative of the list: its row, where its claims stand (``counts`` by part), and who it is assigned to."""

    row: NarrativeRow
    counts: tuple[int, ...]
    coded: str
    assigned: tuple[str, ...]

    @property
    def open(self) -> int:
        """Claims that wait for somebody."""
        return self.counts[OPEN]

    @property
    def claims(self) -> int:
        """All claims in force."""
        return sum(self.counts)

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        if self.row.run is None:
            return "uncoded"
        if self.open == self.claims and self.claims:
            return "untouched"
        return "working" if self.open else "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for: words of the title, one value of each facet ("": all), the order and the page from 1."""

    words: str = ""
    state: str = ""
    coded: str = ""
    actor: str = ""
    assigned: str = ""
    sort: str = ""
    page: int = 1

    def values(self) -> dict[str, str]:
        """The same as the query of an address."""
        named = {"words": self.words, "state": self.state, "coded": self.coded, "actor": self.actor}
        return {**named, "assigned": self.assigned, "sort": self.sort}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what it is called, how many narratives have it, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetOf:
    """A facet of the list; ``name`` is its parameter in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NarrativeList:
    """What the page shows: all rows that fit in order, those of the page, and facets."""

    rows: tuple[Listed, ...]
    shown: tuple[Listed, ...]
    facets: tuple[FacetOf, ...]
    total: int
    pages: int
    page: int


_ORDER: Mapping[str, Callable[[Listed], object]] = {
    "title": lambda item: (item.row.title or item.row.key).casefold(),
    "open": lambda item: -item.open,
    "claims": lambda item: -item.claims,
    "coded": lambda item: item.row.coded or "",
    "added": lambda item: item.row.added,
    "state": lambda item: list(STATES).index(item.state),
}
SORTS = ("", *_ORDER)


def _part(at: int, part: str) -> Column:
    return Column(part.replace(" ", "_"), lambda item: item.counts[at])


COLUMNS: Sequence[Column] = (
    Column("narrative", lambda item: item.row.key),
    Column("number", lambda item: item.row.number),
    Column("title", lambda item: item.row.title),
    Column("state", lambda item: STATES[item.state]),
    Column("coded", lambda item: item.row.coded),
    Column("coded_by", lambda item: CODED[item.coded]),
    Column("run", lambda item: item.row.run),
    Column("claims", lambda item: item.claims),
    *(_part(at, part) for at, part in enumerate(PARTS)),
    Column("assigned", lambda item: "; ".join(item.assigned)),
    Column("revision", lambda item: item.row.ordinal),
    Column("characters", lambda item: item.row.characters),
    Column("source", lambda item: item.row.source),
    Column("added", lambda item: item.row.added),
)


def narrative_list(conn: Connection, wanted: Wanted, run: str) -> NarrativeList:
    """The narratives that fit. ``run`` is the id of the run that coding now would be."""
    every = listed(conn, run)
    actors = _actors_of(conn)
    fits = {name: _fits(wanted, name, actors) for name in ("words", "state", "coded", "actor", "assigned")}
    rows = [item for item in every if all(test(item) for test in fits.values())]
    if wanted.sort in _ORDER:
        rows.sort(key=_ORDER[wanted.sort])  # type: ignore[arg-type]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, wanted.page), pages)
    shown = tuple(rows[(page - 1) * PAGE : page * PAGE])
    return NarrativeList(tuple(rows), shown, tuple(_facets(every, wanted, fits, actors)), len(every), pages, page)


def listed(conn: Connection, run: str) -> tuple[Listed, ...]:
    """All narratives with where they stand, in the order of the project."""
    work, assigned = work_of(conn), _assigned(conn)
    rows = kept(conn, "list of narratives", list_narratives)
    return tuple(
        Listed(row, work.by_revision.get(row.revision, _NONE), _coded(row, run), assigned.get(row.id, ())) for row in rows
    )


def _coded(row: NarrativeRow, run: str) -> str:
    return "never" if row.run is None else "now" if row.run == run else "other"


def _assigned(conn: Connection) -> dict[str, tuple[str, ...]]:
    rows = conn.execute(
        select(assignment.c.narrative_id, person.c.name)
        .join(person, person.c.id == assignment.c.person_id)
        .order_by(person.c.name)
    )
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for narrative_id, name in rows:
        found[narrative_id] += (name,)
    return found


def _actors_of(conn: Connection) -> Mapping[str, Mapping[str, str]]:
    """The actors of each revision: names by id."""
    return kept(conn, "actors of narratives", _read_actors)


def _read_actors(conn: Connection) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    query = select(found_actor.c.revision_id, found_actor.c.actor_id, found_actor.c.name).distinct()
    for of, actor, name in conn.execute(query):
        found[of].setdefault(actor, name)
    return found


def _fits(wanted: Wanted, name: str, actors: Mapping[str, Mapping[str, str]]) -> Callable[[Listed], bool]:
    """The test of one parameter; everything passes where nothing is asked."""
    value = getattr(wanted, name)
    if not value:
        return lambda item: True
    match name:
        case "words":
            words = value.casefold().split()
            return lambda item: all(word in f"{item.row.key} {item.row.title}".casefold() for word in words)
        case "state":
            return lambda item: item.state == value
        case "coded":
            return lambda item: item.coded == value
        case "actor":
            return lambda item: value in actors.get(item.row.revision, {})
        case _:
            return lambda item: value in item.assigned or (value == NOBODY and not item.assigned)


def _facets(
    every: Sequence[Listed],
    wanted: Wanted,
    fits: Mapping[str, Callable[[Listed], bool]],
    actors: Mapping[str, Mapping[str, str]],
) -> Iterable[FacetOf]:
    """Counts of a facet are over the narratives that fit everything but the facet itself."""

    def others(name: str) -> list[Listed]:
        return [item for item in every if all(test(item) for key, test in fits.items() if key != name)]

    yield _facet("state", "Work", Counter(item.state for item in others("state")), STATES, wanted.state)
    yield _facet("coded", "Coded", Counter(item.coded for item in others("coded")), CODED, wanted.coded)
    people = Counter(name for item in others("assigned") for name in item.assigned or (NOBODY,))
    if set(people) - {NOBODY} or wanted.assigned:
        yield _facet("assigned", "Assigned to", people, {name: name for name, _ in people.most_common()}, wanted.assigned)
    names = {actor: name for own in actors.values() for actor, name in own.items()}
    counts = Counter(actor for item in others("actor") for actor in actors.get(item.row.revision, ()))
    first = sorted(counts, key=lambda actor: (-counts[actor], names[actor]))[:MOST]
    shown = dict.fromkeys([*first, *([wanted.actor] if wanted.actor else [])])
    yield _facet("actor", "Actors", counts, {actor: names.get(actor, actor) for actor in shown}, wanted.actor)


def _facet(name: str, label: str, counts: Mapping[str, int], labels: Mapping[str, str], chosen: str) -> FacetOf:
    choices = [
        Choice(value, told, counts.get(value, 0), value == chosen)
        for value, told in labels.items()
        if counts.get(value, 0) or value == chosen
    ]
    return FacetOf(name, label, tuple(choices))
