"""``parse_sequence(text)``: a sequence as records, or an error that shows the place.

sequence = step { "then" ["not"] ["within" TIME] step }
step     = [actor] act [actor]
actor    = A letter, such as A or B2 | RUS | 365 | "Soviet Union" | several joined by commas | any
act      = type [":" type] ["[" mode { "," mode } "]"]
TIME     = a number and d, w, m or y (days, weeks, months, years)
"""

from __future__ import annotations

import re
from typing import cast

from brinkline.search.event_terms import MODES, type_named
from brinkline.search.faults import fault, nearest
from brinkline.search.scan import Piece
from brinkline.search.sequence import HAPPENED, Actors, SequenceQuery, Slot, Step, Unit, Variable, Within
from brinkline.search.terms import read_actor, read_type
from brinkline.search.vocabulary import Vocabulary

LONGEST = 2000
MOST_STEPS = 12

_PIECE = re.compile(r'(?:"[^"]*"|[^\s"])+')
_PART = re.compile(r'"[^"]*"|[^,"]+')
_VARIABLE = re.compile(r"[A-Z][0-9]?")
_TIME = re.compile(r"(\d{1,4})\s*(d|w|m|y|days?|weeks?|months?|years?)", re.IGNORECASE)
_ACT = re.compile(r'("[^"]*"|[^:\[\]"]+)(?::("[^"]*"|[^:\[\]"]+))?(?:\[([^\[\]]*)\])?')
_ARROWS = {"->", "→", ";"}


def parse_sequence(text: str, vocabulary: Vocabulary | None = None) -> SequenceQuery:
    """The sequence as records. UsageError BL450, BL454, BL455 and BL460 to BL463 with the place and the nearest names.

    >>> from brinkline.search.sequence import sequence_text
    >>> sequence_text(parse_sequence('A demand:withdraw "Soviet Union" then within 2 weeks A attack[any] RUS'))
    'A demand:withdraw RUS then within 2w A attack[any] RUS'
    """
    if len(text) > LONGEST:
        raise fault("BL459", f"a sequence has at most {LONGEST:,} characters", text, LONGEST, LONGEST + 1, "shorten it")
    pieces = [Piece("word", found[0], found.start(), found.end()) for found in _PIECE.finditer(text)]
    if text.count('"') % 2:
        at = text.rindex('"')
        raise fault("BL451", "a quotation mark is never closed", text, at, at + 1, 'close it: "like this"')
    if not pieces:
        raise fault("BL450", "the sequence is empty", text, 0, 1, "write: A demand B then within 10d A attack B")
    steps = [_step(text, group, index, vocabulary or Vocabulary()) for index, group in enumerate(_groups(text, pieces))]
    if len(steps) > MOST_STEPS:
        raise fault("BL459", f"a sequence has at most {MOST_STEPS} steps", text, 0, len(text), "ask for fewer")
    return SequenceQuery(tuple(steps))


def _groups(text: str, pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of each step."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text.lower() == "then" or piece.text in _ARROWS:
            if not groups[-1]:
                raise fault(
                    "BL460", "a step is missing before this", text, piece.start, piece.end, "write: A demand B then ..."
                )
            groups.append([])
        else:
            groups[-1].append(piece)
    if not groups[-1]:
        last = pieces[-1]
        raise fault("BL460", "a step is missing behind this", text, last.start, last.end, "write: ... then A attack B")
    return groups


def _step(text: str, pieces: list[Piece], index: int, vocabulary: Vocabulary) -> Step:
    """One step with its "not" and "within" in either order."""
    first, rest = pieces[0], list(pieces)
    negated, within = False, None
    while rest and rest[0].text.lower() in ("not", "within"):
        if rest[0].text.lower() == "not":
            negated = True
            rest = rest[1:]
        else:
            within, rest = _within(text, rest)
    if index == 0 and (negated or within):
        word = "not" if negated else "within"
        raise fault(
            "BL461",
            f"the first step has nothing before it for {word!r}",
            text,
            first.start,
            first.end,
            "begin with what happened",
        )
    if not rest:
        raise fault("BL460", "a step is missing behind this", text, pieces[-1].start, pieces[-1].end, "write: A attack B")
    who, act, whom = _parts(text, rest)
    type_name, content, modes = _act(text, act, vocabulary)
    return Step(type_name, _slot(text, who, vocabulary), _slot(text, whom, vocabulary), content, modes, within, negated)


def _within(text: str, pieces: list[Piece]) -> tuple[Within, list[Piece]]:
    """The time behind "within", written "10d" or "10 days", and the pieces behind it."""
    for size in (1, 2):
        found = _TIME.fullmatch(" ".join(piece.text for piece in pieces[1 : 1 + size]))
        if found and int(found[1]) > 0:
            return Within(int(found[1]), cast(Unit, found[2][0].lower())), pieces[1 + size :]
    place = pieces[1] if len(pieces) > 1 else pieces[0]
    remedy = "write within 10d, 2w, 3m or 1y (days, weeks, months, years)"
    raise fault("BL462", "within needs a time", text, place.start, place.end, remedy)


def _parts(text: str, pieces: list[Piece]) -> tuple[Piece | None, Piece, Piece | None]:
    """Who, act and whom: of two pieces, the one that names an act is it."""
    match pieces:
        case [act]:
            return None, act, None
        case [one, other]:
            if not _VARIABLE.fullmatch(one.text) and _names_act(one.text) and not _names_act(other.text):
                return None, one, other
            return one, other, None
        case [who, act, whom]:
            return who, act, whom
        case _:
            extra = pieces[3]
            remedy = 'a step is: who does-what whom; put names and types of several words into quotation marks, "like this"'
            raise fault("BL460", "a step has at most three parts", text, extra.start, extra.end, remedy)


def _names_act(text: str) -> bool:
    found = _ACT.fullmatch(text)
    return found is not None and type_named(found[1].strip('"')) is not None


def _act(text: str, piece: Piece, vocabulary: Vocabulary) -> tuple[str, str, tuple[str, ...]]:
    """The type, the type of its content ("" if none), and the modes (empty for all)."""
    found = _ACT.fullmatch(piece.text)
    if found is None:
        remedy = "write attack, demand:withdraw, attack[planned] or attack[any]"
        raise fault("BL460", "not an act", text, piece.start, piece.end, remedy)
    names = []
    for group in (1, 2):
        part = found[group]
        if part is None:
            names.append("")
            continue
        place = Piece("value", part.strip('"'), piece.start + found.start(group), piece.start + found.end(group))
        names.append(read_type(text, "type", place, vocabulary)[0])
    return names[0], names[1], _modes(text, piece, found)


def _modes(text: str, piece: Piece, found: re.Match[str]) -> tuple[str, ...]:
    if found[3] is None:
        return HAPPENED
    names = [name.strip().lower() for name in found[3].split(",")]
    if names == ["any"]:
        return ()
    wrong = next((name for name in names if name not in MODES), None)
    if wrong is not None:
        start, end = piece.start + found.start(3), piece.start + found.end(3)
        remedy = nearest(wrong, ("any", *MODES))
        raise fault("BL455", f"there is no mode {wrong!r}", text, start, max(end, start + 1), remedy)
    return tuple(mode for mode in MODES if mode in names)


def _slot(text: str, piece: Piece | None, vocabulary: Vocabulary) -> Slot:
    """The actor of a side."""
    if piece is None or piece.text.lower() in ("any", "anyone", "*"):
        return None
    if _VARIABLE.fullmatch(piece.text):
        return Variable(piece.text)
    names: list[str] = []
    for part in _PART.finditer(piece.text):
        place = Piece("value", part[0].strip('"'), piece.start + part.start(), piece.start + part.end())
        names += read_actor(text, "actor", place, vocabulary)
    if not names:
        raise fault("BL460", "an actor is missing here", text, piece.start, piece.end, 'write A, RUS or "Soviet Union"')
    return Actors(tuple(dict.fromkeys(names)))
