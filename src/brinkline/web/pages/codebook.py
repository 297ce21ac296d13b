"""The codebook as pages: variables with how often each value occurs in the project, and the tree of event types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select

from brinkline.reference.codebook import Codebook, Level, Variable
from brinkline.reference.codebook_describe import built_in, rule_record, variable_record
from brinkline.reference.codebook_file import load_codebook
from brinkline.reference.codebook_rules import CodebookFile
from brinkline.reference.event_scheme import EventType, event_types
from brinkline.search.snapshot import kept
from brinkline.store.schema import found_event, found_value
from brinkline.variables.measured import measured_rules
from brinkline.web.rendering import Column

#: The values of a variable without codes (dates, counts) that are shown at most.
MOST = 60

Values = Mapping[tuple[str, str], Mapping[str, tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A variable of the list: how many codes it has, and how many values of it are coded and left open."""

    book: str
    variable: Variable
    coded: int
    open: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a variable and how often it is coded; "" is what narratives leave open."""

    value: str
    label: str
    count: int
    term: str


@dataclass(frozen=True, slots=True)
class Page:
    """One variable: its record in plain types (``codebook_describe``), and its values by count."""

    book: Codebook
    record: Mapping[str, Any]
    values: tuple[Value, ...]
    more: int


LIST_COLUMNS: Sequence[Column] = (
    Column("codebook", lambda item: item.book),
    Column("level", lambda item: item.variable.level),
    Column("name", lambda item: item.variable.name),
    Column("label", lambda item: item.variable.label),
    Column("scale", lambda item: item.variable.scale),
    Column("codes", lambda item: len(item.variable.codes)),
    Column("coded", lambda item: item.coded),
    Column("open", lambda item: item.open),
)
VALUE_COLUMNS: Sequence[Column] = (
    Column("value", lambda item: item.value or None),
    Column("label", lambda item: item.label),
    Column("count", lambda item: item.count),
    Column("term", lambda item: item.term),
)
_OF_EVENT = ("id", "label", "layer", "stance", "plover", "cameo", "icbe", "intensity", "definition", "example")


def _of_event(name: str) -> Column:
    return Column(name, lambda item: getattr(item[0], name))


EVENT_COLUMNS: Sequence[Column] = (*(_of_event(name) for name in _OF_EVENT), Column("count", lambda item: item[1]))


def books(own: str) -> tuple[CodebookFile, ...]:
    """The codebooks in force: that of the project's settings (a path, "" for none), then the built-in one."""
    if not own:
        return (built_in(),)
    found = load_codebook(own)
    return (found, built_in()) if found.extends else (found,)


def variables(conn: Connection, given: Iterable[CodebookFile]) -> tuple[Listed, ...]:
    """The variables of the codebooks with how often each is coded."""
    values = values_of(conn)
    rows = []
    for book in given:
        for item in book.codebook.variables:
            own = values.get((item.level, item.name), {})
            open_ = own.get("", ("", 0))[1]
            rows.append(Listed(book.codebook.id, item, sum(count for _, count in own.values()) - open_, open_))
    return tuple(rows)


def variable_page(conn: Connection, given: Sequence[CodebookFile], level: Level, name: str) -> Page:
    """The page of a variable of the first codebook that has it; NotFound BL530 with near names."""
    book = next((item for item in given if any((v.level, v.name) == (level, name) for v in item.codebook.variables)), given[-1])
    variable = book.codebook.variable(name, level)
    icb = not book.digest
    rules = measured_rules(level, name) if icb else [rule_record(rule) for rule in book.rules_for(level, name)]
    found = values_of(conn).get((level, name), {})
    labels = {code.value: code.label for code in variable.codes} | {
        value: label for value, (label, _) in found.items() if label
    }
    counted = {value: count for value, (_, count) in found.items()}
    order = [code.value for code in variable.codes]
    order += sorted((value for value in counted if value not in labels or value not in order), key=lambda v: (-counted[v], v))
    shown = list(dict.fromkeys(order))
    rows = [Value(value, labels.get(value, ""), counted.get(value, 0), _term(variable, value)) for value in shown]
    kept_rows = rows if variable.codes else rows[:MOST]
    return Page(book.codebook, variable_record(variable, rules, icb=icb), tuple(kept_rows), len(rows) - len(kept_rows))


def _term(variable: Variable, value: str) -> str:
    shown = value if value.replace("-", "").isalnum() else f'"{value}"' if '"' not in value else ""
    return f"{variable.level}.{variable.name}:{shown or 'open'}"


def values_of(conn: Connection) -> Values:
    """How often each value of each variable is coded: by level and name, then by value ("" for open), label and count."""
    return kept(conn, "values of variables", _read_values)


def _read_values(conn: Connection) -> Values:
    value = found_value.c
    level = case((value.subject == "crisis", "crisis"), else_="actor")
    query = select(level, value.field, value.value, func.min(value.label), func.count())
    found: dict[tuple[str, str], dict[str, tuple[str, int]]] = defaultdict(dict)
    for of, field, given, label, count in conn.execute(query.group_by(level, value.field, value.value)):
        found[of, field][given or ""] = (label or "", count)
    return found


def event_counts(conn: Connection) -> Mapping[str, int]:
    """How often each type of event is coded, by its id."""
    return kept(conn, "types of events", _read_events)


def _read_events(conn: Connection) -> Mapping[str, int]:
    rows = conn.execute(select(found_event.c.type, func.count()).group_by(found_event.c.type)).all()
    return dict(rows)


def event_tree(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[tuple[str, tuple[tuple[EventType, int], ...]], ...]], ...]:
    """The event types by layer, then by stance, each with its count; in the order of the scheme."""
    tree: dict[str, dict[str, list[tuple[EventType, int]]]] = defaultdict(lambda: defaultdict(list))
    for item in event_types().values():
        tree[item.layer][item.stance].append((item, counts.get(item.id, 0)))
    return tuple((layer, tuple((stance, tuple(rows)) for stance, rows in own.items())) for layer, own in tree.items())
