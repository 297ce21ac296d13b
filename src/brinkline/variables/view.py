"""``Line``: a sentence in which every mention and date is one token, so that a cue phrase can be written as a plain pattern.

"On 22 June Japan's General Staff received reports" becomes "On «D2» «A4»'s General Staff received reports". ``A`` is a state,
``B`` a body such as the League, ``C`` states together ("the superpowers"), ``G`` anybody else, ``D`` a date; the number is the
place in the mentions or dates given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.model import Mention, Narrative, SectionKind, Sentence, When

_EDGE = re.compile(r"[,;:] |--|\. |\.$|[()]")
TOKEN = re.compile(r"«([ABCGD])(\d+)»")
#: Bases of mentions that stand for states without naming them.
WORDED = frozenset({"both", "pronoun"})
#: Pronouns that can be read as the name they stand for; "its" is part of another noun.
_IT = ("it", "he", "she", "they", "which")
_KINDS = {"state": "A", "body": "B", "collective": "C"}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with tokens in place of mentions and dates; ``starts`` and ``origins`` map it to the narrative."""

    index: int
    start: int
    end: int
    section: SectionKind
    paragraph: int
    text: str
    aside: bool
    starts: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the narrative that stands behind ``text[start:end]``; a token counts as a whole."""
        return self._origin(start)[0], self._origin(max(start, end - 1))[1]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The range of the narrative of the words around ``text[start:end]``, from one comma, colon or stop to the next."""
        left = max((match.end() for match in _EDGE.finditer(self.text, 0, start)), default=0)
        right = _EDGE.search(self.text, end)
        return self.source(left, right.start() if right and right.start() > left else max(end, len(self.text.rstrip(" .;:"))))

    def _origin(self, position: int) -> tuple[int, int]:
        index = bisect_right(self.starts, position) - 1
        begin, finish = self.origins[index]
        if self.text[self.starts[index]] == "«":
            return begin, finish
        offset = begin + position - self.starts[index]
        return offset, offset + 1


def make_lines(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    *,
    pronouns: bool = False,
) -> tuple[Line, ...]:
    """One line per sentence, in order; where a mention and a date overlap the earlier and longer one is the token.

    Of "from 22 June to 4 July" the two dates are tokens, not the span as a whole, so that each keeps its own precision.
    With ``pronouns`` the word "it" is a token too where it stands for a body or a single state.
    """
    marks = sorted(
        [(when.start, -when.end, "D", number) for number, when in enumerate(dates) if not _has_parts(when, number, dates)]
        + [
            (item.start, -item.end, _letter(item), number)
            for number, item in enumerate(mentions)
            if _speaks_for_itself(item) or (pronouns and _stands_for_one(item))
        ]
    )
    lines = []
    first = 0
    for sentence in sentences:
        while first < len(marks) and marks[first][0] < sentence.start:
            first += 1
        inside = []
        while first < len(marks) and -marks[first][1] <= sentence.end and marks[first][0] < sentence.end:
            inside.append(marks[first])
            first += 1
        lines.append(_line(narrative, sentence, inside))
    return tuple(lines)


def _has_parts(when: When, number: int, dates: Sequence[When]) -> bool:
    """True for a span whose two ends follow it as dates of their own."""
    inside = [part for part in dates[number + 1 : number + 4] if when.start <= part.start and part.end <= when.end]
    return when.kind == "interval" and len(inside) >= 2


def _speaks_for_itself(mention: Mention) -> bool:
    """False for "both actors" and pronouns: the cue phrases have words of their own for these."""
    return mention.basis.split(":")[0] not in WORDED


def _stands_for_one(mention: Mention) -> bool:
    return mention.basis.startswith("pronoun") and mention.actor is not None and mention.text.lower() in _IT


def _letter(mention: Mention) -> str:
    return _KINDS.get(mention.actor.kind, "G") if mention.actor is not None else "G"


def _line(narrative: Narrative, sentence: Sentence, marks: Sequence[tuple[int, int, str, int]]) -> Line:
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int]] = []
    length = 0

    def put(text: str, start: int, end: int) -> None:
        nonlocal length
        if text:
            pieces.append(text)
            starts.append(length)
            origins.append((start, end))
            length += len(text)

    at = sentence.start
    for start, negative_end, letter, number in marks:
        if start >= at:
            put(_plain(narrative.text[at:start]), at, start)
            put(f"«{letter}{number}»", start, -negative_end)
            at = -negative_end
    put(_plain(narrative.text[at : sentence.end]), at, sentence.end)
    aside = any(span.start <= sentence.start and sentence.end <= span.end for span in narrative.asides)
    return Line(
        sentence.index,
        sentence.start,
        sentence.end,
        sentence.section,
        sentence.paragraph,
        "".join(pieces),
        aside,
        tuple(starts),
        tuple(origins),
    )


_SAME_LENGTH = str.maketrans({"«": '"', "»": '"', "\n": " ", "\t": " ", "\xa0": " ", "’": "'", "‘": "'", "–": "-", "—": "-"})


def _plain(text: str) -> str:
    """The text with one kind of apostrophe, dash and space and no token brackets; as long as before."""
    return text.translate(_SAME_LENGTH)
