"""Finding the words of one text again in another: where a quote of an earlier revision stands in the new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

_TOKEN = re.compile(r"\w+|[^\w\s]")
#: Longer differing parts are not compared word by word, which would take minutes; their quotes are looked for one by one.
_LONGEST = 20_000
#: How far around a quote the words are compared, and how many signs must agree, to choose between several places.
_CONTEXT = 60
_ENOUGH = 8
#: How many tokens beside a quote both texts must share for the quote to move with them.
_BESIDE = 2


class Moved:
    """The way from positions of ``old`` to positions of ``new``. White space may differ, words may not."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._old = [(found.start(), found.end()) for found in _TOKEN.finditer(old)]
        self._new = [(found.start(), found.end()) for found in _TOKEN.finditer(new)]
        self._starts = [start for start, _ in self._old]
        self._blocks = list(self._equal())
        self._block_starts = [block[0] for block in self._blocks]

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the words ``old[start:end]`` stand in ``new``; None when they are gone or stand in several like places.

        Words that both texts have in the same order move with them. Other words are looked for: they count as found when they
        stand in one place only, or when the words around one place are clearly nearer to those in the old text than elsewhere.
        """
        return self._in_step(start, end) or self._elsewhere(start, end)

    def _equal(self) -> Iterator[tuple[int, int, int]]:
        """Runs of equal tokens: first token in old, first token in new, length."""
        old = [self.old[start:end] for start, end in self._old]
        new = [self.new[start:end] for start, end in self._new]
        shorter = min(len(old), len(new))
        head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        rest = shorter - head
        tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
        if head:
            yield 0, 0, head
        middle = old[head : len(old) - tail], new[head : len(new) - tail]
        if all(middle) and max(map(len, middle)) <= _LONGEST:
            for block in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
                if block.size:
                    yield head + block.a, head + block.b, block.size
        if tail:
            yield len(old) - tail, len(new) - tail, tail

    def _in_step(self, start: int, end: int) -> tuple[int, int] | None:
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1) - 1
        block = bisect_right(self._block_starts, first) - 1
        if first < 0 or block < 0:
            return None
        old_first, new_first, size = self._blocks[block]
        if last >= old_first + size or size < last - first + 1 + _BESIDE:
            return None
        shift = new_first - old_first
        moved = (
            self._new[first + shift][0] + start - self._old[first][0],
            self._new[last + shift][1] - (self._old[last][1] - end),
        )
        same = self.old[start:end].split() == self.new[moved[0] : moved[1]].split()
        return moved if same and moved[0] < moved[1] else None

    def _elsewhere(self, start: int, end: int) -> tuple[int, int] | None:
        words = self.old[start:end].split()
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        places = [(found.start(), found.end()) for found in re.finditer(pattern, self.new)] if words else []
        if len(places) < 2:
            return places[0] if places else None
        ranked = sorted(((self._likeness(start, end, *place), place) for place in places), reverse=True)
        (best, place), (second, _) = ranked[:2]
        return place if best >= _ENOUGH and best > second else None

    def _likeness(self, start: int, end: int, new_start: int, new_end: int) -> int:
        """How many signs before and after two places agree."""
        old_before, new_before = self.old[max(0, start - _CONTEXT) : start], self.new[max(0, new_start - _CONTEXT) : new_start]
        old_after, new_after = self.old[end : end + _CONTEXT], self.new[new_end : new_end + _CONTEXT]
        return _common(old_before[::-1], new_before[::-1]) + _common(old_after, new_after)


def _common(first: str, second: str) -> int:
    """How many signs two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
