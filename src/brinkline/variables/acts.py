"""The act behind a cue: which words describe the trigger or the response."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from brinkline.variables.case import Case
from brinkline.variables.cues import Hit
from brinkline.variables.lexicon import Kind, forces, kinds
from brinkline.variables.view import TOKEN, Line

_AFTER = re.compile(
    r"\btriggered\b(?! (?:a|an|the|another|crises|crisis|«))|\bcreated by\b|\btrigger\b|\bcatalyst\b|perceived|experienced"
    r"|\bbegan\b"
    r"|\bstarted\b|\boccurred\b|\berupted\b|\bbroke out\b|respon|react|retaliat|repl|answer|riposte|counter",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\W*(?:(?:[Tt]h(?:is|ese|at|ose)|[Ii]t)\b(?: \w+){0,4}?,? ?(?:in turn,? |also |thereby |thus |, in turn, )*$"
    r"|[Tt]h(?:is|ese|at|ose)\b|[Ww]hich\b|[Ww]ith (?:this|that)\b)"
)
#: "The shooting", "His words": what the sentence before told, if these words name no kind of act themselves.
_DEFINITE = re.compile(r"^\W*(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|(?:Word|News) of the) [^«]{0,40}$")
_WHEN = re.compile(r"^(?: (?:on|in) «D\d+»)?,? (?:when|by|as)\b")
_VERB = re.compile(r"\b(?:was|were|had|\w{3,}ed|struck|sent|met|took|began|broke|fell|shot|sank)\b")
#: "In response to the raid, the state …", "to the raid, …": what was answered, not the answer.
_ANSWERED = re.compile(
    r"^\W*(?:[Ii]n (?:response|reaction|reply|answer|retaliation) )?(?:to|for) (?:the |this |that |a |an |«A\d+»)[^,;.]{0,90}, "
    r"(?=(?:the )?«A\d+»)"
)
_TROOPS = " troops"
_CLAUSE_END = re.compile(r"[;]|--|\. ")


@dataclass(frozen=True, slots=True)
class Act:
    """A piece of a line that describes an act, and the line before it when that is where the act is told."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The line text with its tokens."""
        return self.line.text[self.start : self.end]

    @property
    def done(self) -> str:
        """The text without what the act answers, which is blanked so that positions stay."""
        answered = _ANSWERED.match(self.text)
        return self.text if answered is None else " " * answered.end() + self.text[answered.end() :]

    def source(self) -> tuple[int, int]:
        """The range of the narrative."""
        start, end = self.start, self.end
        while start < end - 1 and self.line.text[start] in " ,;:-":
            start += 1
        while end - 1 > start and self.line.text[end - 1] in " ,;:-":
            end -= 1
        return self.line.source(start, end)


def find_act(case: Case, hit: Hit) -> Act:
    """The words that describe the act: before the cue ("…, triggering a crisis for"), after it ("was triggered by …"), or the
    sentence before when the cue only points back ("This triggered …")."""
    line = hit.line
    cue = line.text[hit.start : hit.end]
    before, after = line.text[: hit.start], line.text[hit.end :]
    if _AFTER.search(cue) and len(after) > 25 and not re.search(r"triggering|(?:^|\W)(?:which|that) $", cue + before[-8:]):
        return _trim(Act(line, hit.end, len(line.text)))
    if len(after) > 25 and _WHEN.match(after) and not _VERB.search(before):
        return _trim(Act(line, hit.end, len(line.text)))
    if len(re.sub(r"«\w+»|\W", "", before)) < 8 or _BACK.match(before) or (_DEFINITE.match(before) and not kinds(before)):
        earlier = [item for item in case.story if item.index < line.index]
        if earlier:
            return Act(earlier[-1], 0, len(earlier[-1].text))
        return _trim(Act(line, hit.end, len(line.text))) if after else Act(line, 0, hit.start or len(line.text))
    return Act(line, 0, hit.start)


def _trim(act: Act) -> Act:
    """Without what follows the first full stop or semicolon."""
    match = _CLAUSE_END.search(act.line.text, act.start + 15, act.end)
    short = Act(act.line, act.start, match.start()) if match else act
    return short if kinds(short.text) else act


def kinds_with_forces(case: Case, text: str) -> Mapping[Kind, tuple[int, int, int]]:
    """The kinds of act in a text as ``kinds`` has them, where a mention such as "Norlandic troops" also counts as troops."""
    pieces, added, last, length = [], [], 0, 0
    for match in TOKEN.finditer(text):
        if match[1] == "A" and forces().search(case.mentions[int(match[2])].text):
            pieces.append(text[last : match.end()] + _TROOPS)
            length += len(pieces[-1])
            added.append(length)
            last = match.end()
    if not added:
        return kinds(text)

    def back(position: int) -> int:
        return min(max(0, position - len(_TROOPS) * sum(place <= position for place in added)), len(text))

    found = kinds("".join(pieces) + text[last:])
    return {kind: (weight, back(start), back(end)) for kind, (weight, start, end) in found.items()}
