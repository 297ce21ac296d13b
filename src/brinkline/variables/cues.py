"""Cue phrases as data (``cues.toml``) and the places where a narrative uses them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from brinkline import data
from brinkline.variables.view import Line

Role = Literal["trigger", "response", "end"]
ROLES: tuple[Role, ...] = ("trigger", "response", "end")
_MACRO = re.compile(r"\{([A-Z]+)\}")
_STEMS: Mapping[Role, re.Pattern[str]] = {
    "trigger": re.compile(r"cris[ie]s|IWC|trigger|catalyst|perce", re.IGNORECASE),
    "response": re.compile(
        r"respon|react|retaliat|counter|repl|answer|riposte|same|likewise|suit|reciprocat|in kind", re.IGNORECASE
    ),
    "end": re.compile(
        r"cris[ie]s|IWC|terminat|\bit (?:was |were |had )?(?:\w+ly )?(?:end|came|drew|faded|subsid|conclu|over)", re.IGNORECASE
    ),
}
#: "nine months before the end of this crisis" dates something else.
_BY_THE_WAY = re.compile(
    r"\b(?:before|after|by|towards?|since|until|at|following|near|of) (?:the )?$|\b(?:before|after|until) the ?$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"the (?:end|termination|conclusion)\b", re.IGNORECASE)
_STAGE = re.compile(r"\b(?:stage|phase|round|day|week)s?\b(?: of| in)")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue phrase: what it tells (``role``), its compiled pattern, an example. ``weak`` ones count for want of others."""

    id: str
    role: Role
    pattern: re.Pattern[str]
    example: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue phrase found in a line: ``who`` is the line text that names the states; ``scope`` tells whom it speaks of
    when no state is named: "all" the actors, "it" the state last spoken of, or "none"."""

    cue: Cue
    line: Line
    start: int
    end: int
    who: str
    scope: Literal["named", "all", "it", "none"]


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with macros put in, macros within macros too; KeyError names one that is not defined."""
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: f"(?:{macros[match[1]]})", pattern)
    return pattern


@functools.cache
def cues() -> tuple[Cue, ...]:
    """All cue phrases in the order of the file; within a role the earlier one wins where two overlap."""
    content = data.toml("brinkline.variables", "cues.toml")
    macros = cast("dict[str, str]", content["macros"])
    return tuple(
        Cue(
            row["id"],
            row["role"],
            re.compile(expand(row["pattern"], macros), re.IGNORECASE),
            row["example"],
            row.get("weak", False),
        )
        for row in content["cue"]
    )


@functools.cache
def _of_role(role: Role) -> tuple[Cue, ...]:
    return tuple(cue for cue in cues() if cue.role == role)


def _compiled(pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(expand(pattern, macros), re.IGNORECASE)


def find_hits(lines: Iterable[Line], role: Role) -> Iterator[Hit]:
    """The uses of one role's cue phrases, line by line in the order of the text; overlapping uses count once."""
    wanted = _of_role(role)
    for line in lines:
        if _STEMS[role].search(line.text):
            taken: list[Hit] = []
            for cue in wanted:
                for match in cue.pattern.finditer(line.text):
                    if all(match.end() <= hit.start or hit.end <= match.start() for hit in taken) and _counts(match, role):
                        taken.append(_hit(cue, line, match))
            yield from sorted(taken, key=lambda hit: hit.start)


def _counts(match: re.Match[str], role: Role) -> bool:
    """False for "ended the first stage of the crisis" unless it is the crisis as a whole that ended."""
    if role != "end":
        return True
    if _BY_THE_WAY.search(match.string, max(0, match.start() - 30), match.start() + 4):
        return False
    if _NOUN.match(match[0]) and match.string[: match.start()].endswith("» "):
        return False
    words = match.string[max(0, match.start() - 30) : match.end() + 20]
    return not _STAGE.search(words) or "as a whole" in words


def _hit(cue: Cue, line: Line, match: re.Match[str]) -> Hit:
    groups = match.groupdict()
    who = groups.get("who") or ""
    if who:
        return Hit(cue, line, match.start(), match.end(), who, "named")
    if groups.get("all") or groups.get("all2"):
        return Hit(cue, line, match.start(), match.end(), "", "all")
    it = cue.id in ("response-it", "response-unnamed", "response-in", "end-its")
    return Hit(cue, line, match.start(), match.end(), "", "it" if it else "none")
