"""What the narrative says of a power or body clause by clause: that it kept out, or what it did."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.view import TOKEN, Line

_BREAK = re.compile(r";|--|: |, (?:but|while|whereas|although|though|and) |\. | (?:but|while|whereas|and) ")
_SUBJECT = re.compile(r"(?:the |a |an |its |their |in |on |both |no |neither )*(?:«[ABCG]|it\b|they\b|he\b|there\b)")
#: What somebody wants of a body, up to the next stop.
_WANTED = re.compile(r"«Q»[^.,;«]*")
_VERB = re.compile(r"\b(?:was|were|is|are|did|had|has|would|\w{3,}ed|met|sent|gave|took|made|held|began|sought|led)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that names the power or body, with «P» in place of its token(s)."""

    line: Line
    start: int
    end: int
    text: str

    def source(self) -> tuple[int, int]:
        """The range of the narrative, without the spaces and stops at its ends."""
        words = self.line.text[self.start : self.end]
        left = len(words) - len(words.lstrip(" ,;:-"))
        right = len(words.rstrip(" ,;:-"))
        return self.line.source(self.start + left, self.start + max(left + 1, right))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of ``roles.toml``: its id, compiled pattern, the codes it stands for and an example."""

    id: str
    pattern: re.Pattern[str]
    codes: tuple[int, ...]
    sure: bool
    example: str
    unless: re.Pattern[str] | None = None

    def fits(self, text: str, start: int = 0) -> bool:
        """True when the words stand in the text and none of those that forbid them."""
        return bool(self.pattern.search(text, start)) and not (self.unless and self.unless.search(text))


@functools.cache
def patterns(part: str) -> tuple[Pattern, ...]:
    """The patterns of one part of ``roles.toml`` (deny, power, body, asked, addressed) in the order of the file."""
    return tuple(
        Pattern(
            row["id"],
            re.compile(row["pattern"], re.IGNORECASE),
            tuple(row[name] for name in ("level", "globact", "regact") if name in row),
            row.get("sure", False),
            row["example"],
            re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None,
        )
        for row in data.toml("brinkline.variables", "roles.toml")[part]
    )


def clauses(case: Case, lines: Iterable[Line], names: Callable[[int], bool]) -> Iterator[Clause]:
    """The clauses that name somebody; ``names`` tells by the number of a mention whether it is meant."""
    for line in lines:
        tokens = [match for match in TOKEN.finditer(line.text) if match[1] in "ABC" and names(int(match[2]))]
        if not tokens:
            continue
        begin = 0
        for stop in _stops(line.text):
            own = [match for match in tokens if begin <= match.start() < stop]
            if own:
                yield Clause(line, begin, stop, _marked(line.text[begin:stop], own))
            begin = stop


def _stops(text: str) -> list[int]:
    """Where the clauses of a line end: at a stop, before "but" and "while", and before "and" with a new subject after it;
    never within a list of names ("A and B were not involved")."""
    stops: list[int] = []
    verbs = [match.start() for match in _VERB.finditer(text)]
    begin = 0
    for match in _BREAK.finditer(text):
        joins = match[0][0] not in ";-:."
        left, right = bisect_left(verbs, begin), bisect_left(verbs, match.end())
        both = left < len(verbs) and verbs[left] < match.start() and right < len(verbs)
        if not joins or (both and ("and " not in match[0] or _SUBJECT.match(text, match.end()))):
            stops.append(match.end())
            begin = match.end()
    return [*stops, len(text)]


def _marked(text: str, own: Iterable[re.Match[str]]) -> str:
    tokens = {match[0] for match in own}
    return TOKEN.sub(lambda match: "«P»" if match[0] in tokens else match[0], text)


def as_doer(text: str) -> str:
    """The text of a clause with «Q» for each «P» that is spoken to or about by others ("called upon «P»", "rejecting «P»"),
    without what they want of it."""
    for item in patterns("addressed"):
        text = item.pattern.sub(lambda match: match[0][:-2] + "Q»", text)
    return _WANTED.sub("«Q»", text)


def denied(clause: Clause) -> bool:
    """True when the clause says that the power or body kept out of the crisis."""
    return any(item.fits(clause.text) for item in patterns("deny"))


def asked(clause: Clause) -> bool:
    """True when the clause only tells that somebody turned to the body."""
    return any(item.fits(clause.text) for item in patterns("asked"))
