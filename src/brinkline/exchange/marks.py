"""The text of a narrative cut into blocks and pieces, so that marks which overlap can be shown without nesting.

A clause that tells an event contains dates and actors, and the words of a claim may begin in the middle of any of them. So the
text is cut at every beginning and end of a mark; each piece names all the marks that cover it. One sweep over the sorted
positions does it: the work grows with the number of marks, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from brinkline.exchange.tables import claims
from brinkline.model import Narrative
from brinkline.plain import in_order
from brinkline.record import Coding

Kind = Literal["date", "actor", "place", "event", "claim", "source", "notice"]
BlockKind = Literal["heading", "paragraph", "other"]
#: Classes of visible marks; words of claims show only when they are selected.
_CLASSES = {"date": "d", "actor": "a", "place": "p", "event": "e", "source": "s"}
_LINKED = ("date", "actor", "place", "source")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range: the short id of what it belongs to ("d3"), its kind, and the anchor its first piece carries."""

    start: int
    end: int
    id: str
    kind: Kind
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks: ``ids`` from the shortest mark to the longest; ``href`` leads to the value of
    a date, actor or source that has no link before; ``tags`` are events that begin here."""

    text: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    href: str
    anchors: tuple[str, ...]
    tags: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or other lines of the text, with its pieces."""

    kind: BlockKind
    section: str
    pieces: tuple[Piece, ...]


def marks(coding: Coding) -> list[Mark]:
    """All marks of a coding, in the numbering of the page: d, a, e, c, s and n followed by the place in its list."""
    narrative = coding.narrative
    found = [Mark(when.start, when.end, f"d{n}", "date", f"w-d{n}") for n, when in enumerate(coding.dates)]
    found += [Mark(item.start, item.end, f"a{n}", "actor", f"w-a{n}") for n, item in enumerate(coding.actors)]
    for n, event in enumerate(coding.events):
        found.append(Mark(event.evidence.start, event.evidence.end, f"e{n}", "event", f"w-e{n}", event.label))
    for n, claim in enumerate(claims(coding)):
        for place, quote in enumerate(in_order(claim.evidence)):
            found.append(Mark(quote.start, quote.end, f"c{n}", "claim", "" if place else f"w-c{n}"))
    for n, notice in enumerate((*narrative.warnings, *coding.warnings)):
        if notice.start is not None and notice.end is not None and notice.start < notice.end:
            found.append(Mark(notice.start, notice.end, f"n{n}", "notice", f"w-n{n}"))
    ranges = [(item.start, item.end) for item in narrative.references]
    ranges += [(item.start, item.end) for item in narrative.cross_references]
    found += [Mark(start, end, f"s{n}", "source", f"w-s{n}") for n, (start, end) in enumerate(ranges)]
    return found


def blocks(narrative: Narrative, found: Iterable[Mark]) -> Iterator[Block]:
    """The whole text as blocks in order; only stretches of white space between blocks are left out."""
    ordered = sorted(found, key=lambda mark: (mark.start, -mark.end, mark.id))
    sweep = _Sweep(narrative.text, ordered)
    for start, end, kind, section in _outline(narrative):
        yield Block(kind, section, tuple(sweep.pieces(start, end)))


def _outline(narrative: Narrative) -> Iterator[tuple[int, int, BlockKind, str]]:
    """The blocks without their pieces: range without white space at its ends, kind, kind of the section."""
    text = narrative.text
    cuts = {0, len(text)}
    cuts.update(edge for section in narrative.sections for edge in (section.start, section.end))
    cuts.update(edge for span in narrative.paragraphs for edge in (span.start, span.end))
    starts = {span.start for span in narrative.paragraphs}
    bodies = {section.start: section for section in narrative.sections}
    current, stop = "", 0
    for start, end in pairwise(sorted(cuts)):
        if start in bodies:
            current, stop = bodies[start].kind, bodies[start].end
        following = bodies.get(end)
        heading = following.heading.strip() if following is not None else ""
        at = text.rfind(heading, start, end) if heading else -1
        if at < 0 or text[at + len(heading) : end].strip():
            at = end
        kind: BlockKind = "paragraph" if start in starts else "other"
        yield from _trimmed(text, start, at, kind, current if start < stop else "")
        yield from _trimmed(text, at, end, "heading", following.kind if following is not None else "")


def _trimmed(text: str, start: int, end: int, kind: BlockKind, section: str) -> Iterator[tuple[int, int, BlockKind, str]]:
    """The block without white space at its ends; none when nothing is left."""
    words = text[start:end]
    if words.strip():
        yield end - len(words.lstrip()), start + len(words.rstrip()), kind, section


class _Sweep:
    """One pass over the marks, block after block."""

    def __init__(self, text: str, ordered: list[Mark]) -> None:
        self._text = text
        self._ordered = ordered
        self._next = 0
        self._active: list[Mark] = []
        self._linked: set[str] = set()

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of ``[start, end)``; blocks must be asked for in order."""
        position = start
        while position < end:
            self._active = [mark for mark in self._active if mark.end > position]
            begun: list[Mark] = []
            while self._next < len(self._ordered) and self._ordered[self._next].start <= position:
                mark = self._ordered[self._next]
                self._next += 1
                if mark.end > position:
                    begun.append(mark)
            self._active += begun
            stop = min((mark.end for mark in self._active), default=end)
            if self._next < len(self._ordered):
                stop = min(stop, self._ordered[self._next].start)
            stop = min(stop, end)
            yield self._piece(self._text[position:stop], begun)
            position = stop

    def _piece(self, text: str, begun: list[Mark]) -> Piece:
        """The piece under the active marks. Each mark is a link once, at the first piece where no shorter one is."""
        inner = sorted(self._active, key=lambda mark: (mark.end - mark.start, mark.id))
        linked = next((mark.id for mark in inner if mark.kind in _LINKED and mark.id not in self._linked), "")
        self._linked.add(linked)
        return _piece(text, inner, begun, f"#v-{linked}" if linked else "")


def _piece(text: str, inner: list[Mark], begun: list[Mark], href: str) -> Piece:
    classes = [_CLASSES[mark.kind] for mark in inner if mark.kind in _CLASSES]
    firsts = [f"{_CLASSES[mark.kind]}1" for mark in begun if mark.kind in _CLASSES]
    return Piece(
        text,
        tuple(dict.fromkeys(mark.id for mark in inner)),
        tuple(dict.fromkeys((*classes, *firsts))),
        href,
        tuple(mark.anchor for mark in begun if mark.anchor),
        tuple(mark for mark in begun if mark.kind == "event"),
    )
