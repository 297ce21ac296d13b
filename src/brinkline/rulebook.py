"""The rules of every data file, and a run of all their examples: what ``brinkline rules`` shows.

A data file says what it means by its examples. Here every example of every file is run on the stage that reads the file,
so whoever adds a word, a form of date or a rule sees at once what comes of it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import brinkline.actors.examples
import brinkline.dates.examples
import brinkline.events.examples
import brinkline.reading.examples
import brinkline.reference.examples
import brinkline.sentences
import brinkline.variables.examples
from brinkline import data
from brinkline.errors import InputError, NotFound
from brinkline.rules import FACTS, Example, Rule, rules_of

#: One function for each stage that reads rules, in the order of the flow.
STAGES: tuple[Callable[[], Iterator[Example]], ...] = (
    brinkline.reading.examples.examples,
    brinkline.sentences.examples,
    brinkline.dates.examples.examples,
    brinkline.reference.examples.examples,
    brinkline.actors.examples.examples,
    brinkline.events.examples.examples,
    brinkline.variables.examples.examples,
)
#: What a fault in a data file raises where it is read: broken TOML or CSV, a pattern, a frame, a missing key or macro.
_FAULTS = (ValueError, KeyError, re.error)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example that was run; ``reason`` says what came out instead, None when it came out as the rule says."""

    example: Example
    reason: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One data file in figures. ``bare`` are the ids of rules without an example; ``names`` marks a table of names, each of
    which is its own example."""

    file: str
    rules: int
    bare: tuple[str, ...]
    examples: int
    failed: int
    names: bool


def rule_files(name: str | None = None) -> tuple[str, ...]:
    """The data files with rules, in sorted order; with a name of a file or folder, those it means. NotFound BL540 when none.

    >>> rule_files("dates")
    ('dates/context.toml', 'dates/patterns.toml', 'dates/words.toml')
    """
    files = tuple(file for file in data.coding_files() if file not in FACTS)
    if name is None:
        return files
    wanted = name.replace("\\", "/").removeprefix("src/").removeprefix("brinkline/").strip("/")
    found = tuple(file for file in files if file == wanted or file.endswith(f"/{wanted}") or file.startswith(f"{wanted}/"))
    if not found:
        near = difflib.get_close_matches(wanted, [*files, *(file.rpartition("/")[2] for file in files)], n=1)
        remedy = f"did you mean {near[0]}?" if near else "brinkline rules test lists the files"
        raise NotFound("BL540", f"no data file with rules is named {name!r}", remedy=remedy)
    return found


def rules(files: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of the files, in their order. InputError BL260 for a file that cannot be read as rules."""
    found: list[Rule] = []
    for file in files:
        try:
            found += rules_of(file)
        except _FAULTS as error:
            raise _unreadable(file, error) from error
    return tuple(found)


def examples(files: Iterable[str]) -> tuple[Example, ...]:
    """The examples of the files, stage by stage; none is run yet. InputError BL260 for a file that cannot be read."""
    wanted = frozenset(files)
    rules(data.coding_files())  # a broken file is told by its name, not by the stage that stumbles over it
    found: list[Example] = []
    for stage in STAGES:
        try:
            found += [example for example in stage() if example.file in wanted]
        except _FAULTS as error:
            raise _unreadable(stage.__module__, error) from error
    return (*found, *_not_run(wanted, {(example.file, example.rule) for example in found}))


def _not_run(files: frozenset[str], shown: set[tuple[str, str]]) -> Iterator[Example]:
    """The examples of rules that no stage has a check for, as examples that fail: none may go unread."""
    for rule in rules(sorted(files)):
        if rule.examples and (rule.file, rule.id) not in shown:
            for text in rule.examples:
                yield Example(rule.file, rule.id, text, "positive", lambda: "no stage runs the examples of this rule")


def run(given: Iterable[Example]) -> Iterator[Outcome]:
    """Each example and what came of it, in the order given. A rule that cannot be read at all counts as failed."""
    for example in given:
        try:
            yield Outcome(example, example.check())
        except _FAULTS as error:
            yield Outcome(example, f"cannot be read: {error}")


def summaries(files: Iterable[str], outcomes: Iterable[Outcome]) -> tuple[Summary, ...]:
    """The files in figures, in the order given."""
    by_file: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_file.setdefault(outcome.example.file, []).append(outcome)
    return tuple(_summary(file, by_file.get(file, [])) for file in files)


def _summary(file: str, outcomes: list[Outcome]) -> Summary:
    own = rules_of(file)
    shown = {outcome.example.rule for outcome in outcomes}
    bare = tuple(rule.id for rule in own if rule.id not in shown)
    failed = sum(outcome.reason is not None for outcome in outcomes)
    names = bool(shown) and not any(rule.examples for rule in own)
    return Summary(file, len(own), bare, len(outcomes), failed, names)


def _unreadable(file: str, error: Exception) -> InputError:
    what = f"no entry {error}" if isinstance(error, KeyError) else str(error)
    return InputError("BL260", f"a data file cannot be read: {what}", place=file, remedy="see docs/rules.md for its form")
