"""The examples of the data files of ``brinkline.variables``: the pattern of each entry must find its own example."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from brinkline import data
from brinkline.rules import Example, Rule, examples_of
from brinkline.variables.cues import cues
from brinkline.variables.custom.denial import is_denied
from brinkline.variables.fighting import patterns as violence_patterns
from brinkline.variables.frame import head_patterns
from brinkline.variables.gains import guards, sign_cues
from brinkline.variables.lexicon import groups, words
from brinkline.variables.outcome import patterns as outcome_patterns
from brinkline.variables.roles import patterns as role_patterns
from brinkline.variables.values import patterns as value_patterns

FILES = ("acts.toml", "cues.toml", "frame.toml", "outcome.toml", "roles.toml", "values.toml", "violence.toml")
#: The words whose denial the examples of ``negation.toml`` show.
_DENIED = "truce"


def examples() -> Iterator[Example]:
    """The examples of the files with patterns, then those of the words of denial."""
    for name in FILES:
        yield from examples_of(f"variables/{name}", _is_found)
    yield from examples_of("variables/custom/negation.toml", _is_denied)


def _is_found(rule: Rule, text: str) -> str | None:
    pattern = _patterns().get((rule.file.removeprefix("variables/"), rule.part, rule.entry["id"]))
    if pattern is None:
        return f"no variable reads the part [[{rule.part}]]"
    return None if pattern.search(text) else "its pattern finds nothing"


def _is_denied(rule: Rule, text: str) -> str | None:
    start = text.find(_DENIED)
    if start < 0:
        return f"the word {_DENIED!r}, which is to be denied, is not in the example"
    denied = is_denied(text, start, start + len(_DENIED))
    if denied == (rule.part != "harmless"):
        return None
    return f"{_DENIED!r} counts as {'denied' if denied else 'not denied'}"


@functools.cache
def _patterns() -> Mapping[tuple[str, str, str], re.Pattern[str]]:
    """The compiled patterns by file, part and id, as the variables use them."""
    found = {("cues.toml", "cue", cue.id): cue.pattern for cue in cues()}
    found |= {("acts.toml", "act", word.id): word.pattern for word in words()}
    found |= {("acts.toml", "group", row["id"]): groups() for row in data.toml("brinkline.variables", "acts.toml")["group"]}
    found |= {("frame.toml", "head", rule): pattern for rule, pattern, _ in head_patterns()}
    found |= {("roles.toml", part, item.id): item.pattern for part in _lists("roles.toml") for item in role_patterns(part)}
    found |= {("outcome.toml", "sign", cue.id): cue.pattern for cue in sign_cues()}
    found |= {("outcome.toml", "guard", name): pattern for name, pattern in guards().items()}
    found |= {("outcome.toml", part, rule): words for part in ("form", "result") for rule, _, words in outcome_patterns(part)}
    for name, patterns in (
        ("values.toml", value_patterns),
        ("violence.toml", violence_patterns),
    ):
        found |= {(name, part, rule): pattern for part in _lists(name) for rule, _, pattern in patterns(part)}
    return found


def _lists(name: str) -> list[str]:
    return [part for part, rows in data.toml("brinkline.variables", name).items() if isinstance(rows, list)]
