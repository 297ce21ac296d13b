"""Rules and their examples as records: what a line of a data file says, and whether its examples come out as it says.

A rule is an entry of a data file that has a name of its own: an item of a list, with its ``id``, a table or class of words,
or a line of a CSV file. Its examples stand beside it under ``example`` or ``examples``; under ``not`` and
``counter`` stand those that the rule must not find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from brinkline import data

Kind = Literal["positive", "negative"]

#: Tables of facts and codes: nothing in them is found in a text, so they have no examples and are not listed as rules.
#: (They are checked by tests of their own.)
FACTS = frozenset(
    {
        "reading/html.toml",
        "reference/bodies.csv",
        "reference/body_members.csv",
        "reference/codebook_codes.toml",
        "reference/codebook_definitions.toml",
        "reference/codebook_variables.csv",
        "reference/lands.csv",
        "reference/scheme/events_modes.csv",
        "reference/states.csv",
        "reference/states_codes.csv",
        "reference/states_membership.csv",
        "reference/states_sources.csv",
        "variables/confidence.csv",
        "variables/crisis.toml",
        "variables/model/models.csv",
        "variables/model/weights.csv",
    }
)
#: Columns that name a line together where there is no column "id".
_KEYS = ("group", "body", "name")
#: Parts of patterns, which show in the patterns that use them.
_MACROS = "macros"
_POSITIVE = ("example", "examples")
_NEGATIVE = ("not", "counter")


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of a data file: the file below ``brinkline/``, its part and id, its source and its examples.

    ``entry`` is the entry as it stands in the file; do not change it, it is shared.
    """

    file: str
    part: str
    id: str
    source: str
    examples: tuple[str, ...]
    negatives: tuple[str, ...]
    entry: Mapping[str, Any] = field(repr=False, compare=False)


#: What came out of a text instead of what the rule says, None when it came out as the rule says.
Check = Callable[[Rule, str], str | None]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the rule it shows: one that must find it (positive) or must not (negative)."""

    file: str
    rule: str
    text: str
    kind: Kind
    run: Callable[[], str | None] = field(repr=False, compare=False)

    def check(self) -> str | None:
        """None when the text comes out as the rule says, else what came out instead."""
        return self.run()


def rules_of(file: str) -> tuple[Rule, ...]:
    """The rules of a data file ("dates/patterns.toml"), in its order; none for a table of facts.

    An id that two parts of a file share is given with its part ("threat/territory"). ValueError for an entry without id,
    and for an id that stands twice in a part.
    """
    if file in FACTS:
        return ()
    found = list(_csv_entries(file) if file.endswith(".csv") else _toml_entries(file))
    for (part, name), count in Counter((part, name) for part, name, _ in found).items():
        if count > 1:
            raise ValueError(f"the id {name!r} stands {count} times{f' in [[{part}]]' if part else ''}")
    shared = {name for name, count in Counter(name for _, name, _ in found).items() if count > 1}
    source = data.source_line(file)
    return tuple(
        Rule(
            file,
            part,
            f"{part}/{name}" if name in shared and part else name,
            entry.get("source", "") or source,
            _texts(entry, _POSITIVE),
            _texts(entry, _NEGATIVE),
            entry,
        )
        for part, name, entry in found
    )


def examples_of(file: str, positive: Check, negative: Check | None = None) -> Iterator[Example]:
    """The examples of every rule of a data file; the checks get the rule and the text of one example.

    Without a check for negative ones, a file must not have any: ValueError names the rule that does.
    """
    for rule in rules_of(file):
        yield from (_example(rule, text, "positive", positive) for text in rule.examples)
        if rule.negatives and negative is None:
            raise ValueError(f"{file}: rule {rule.id} has a negative example, which no check reads")
        if negative is not None:
            yield from (_example(rule, text, "negative", negative) for text in rule.negatives)


def names_of(file: str, check: Check) -> Iterator[Example]:
    """The names of a table as examples of their own lines: each must be read as its line says, on a day when it is valid."""
    for rule in rules_of(file):
        yield _example(rule, str(rule.entry["name"]), "positive", check)


def _example(rule: Rule, text: str, kind: Kind, check: Check) -> Example:
    return Example(rule.file, rule.id, text, kind, lambda: check(rule, text))


def _csv_entries(file: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    rows = data.table("brinkline", file)
    if rows and "id" in rows[0]:
        yield from (("", row["id"], row) for row in rows)
        return
    names = [":".join(row[key] for key in _KEYS if row.get(key)) for row in rows]
    counts = Counter(names)
    for name, row in zip(names, rows, strict=True):
        yield "", f"{name}:{row['from']}" if counts[name] > 1 else name, row


def _toml_entries(file: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for part, value in data.toml("brinkline", file).items():
        if isinstance(value, list):
            yield from ((part, _id(part, item), item) for item in value if isinstance(item, dict))
        elif isinstance(value, str):
            yield "", part, {"words": value}
        elif isinstance(value, dict) and part != _MACROS:
            yield part, value.get("id", part), value


def _id(part: str, entry: Mapping[str, Any]) -> str:
    if not entry.get("id"):
        raise ValueError(f"an entry of [[{part}]] has no id: {dict(entry)}")
    return str(entry["id"])


def _texts(entry: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    values = [entry[key] for key in keys if entry.get(key)]
    return tuple(text for value in values for text in ([value] if isinstance(value, str) else value))
