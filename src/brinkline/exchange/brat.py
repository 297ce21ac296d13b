"""brat stand-off (brat 1.3): for each narrative a text (``.txt``) and its annotations (``.ann``), and one ``annotation.conf``.

- Text-bound annotations: dates, mentions (by kind of actor), places, and the words of coded values (``Value``).
- Events: the verb is the trigger; ``Who``, ``Whom``, ``When``, ``Where`` and ``Content`` are the roles.
- Attributes: ``Mode``, ``Layer``, ``Armed``, ``Precision``, ``OffLine``. Normalizations: the state number. Notes: what a date
  means, the values that rest on the words.

Offsets are code points of the text. brat cannot hold an annotation over a line end; such words become one annotation in parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from brinkline.exchange.names import file_name, unused
from brinkline.exchange.output import whole_file, whole_files
from brinkline.exchange.tables import claims
from brinkline.model import Claim, Event, Mention, Place, When
from brinkline.plain import one_line, value_text
from brinkline.record import Coding
from brinkline.reference.event_scheme import event_types

#: Signs at which some reader of the annotation file would end a line or a field.
_BREAKS = re.compile("[\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_UNNAMED = re.compile(r"[^A-Za-z0-9_-]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENTITIES = ("Date", "State", "Body", "Group", "Collective", "Unknown", "Open", "Place", "Value")
_ACTORS = "State|Body|Group|Collective|Unknown|Open"
_MODES = "done|ongoing|planned|promised|threatened|demanded|reported|denied|hypothetical"


def write_folder(codings: Iterable[Coding], folder: Path, keep: Collection[str | Path] = ()) -> tuple[Path, ...]:
    """The files written to an existing folder; the two of a narrative appear together."""
    used: set[str] = {"annotation.conf"}
    types = {_name(leaf) for leaf in event_types()}
    paths: list[Path] = []
    for coding in codings:
        types |= {_name(event.type) for event in coding.events}
        text_path = folder / unused(file_name(coding, ".txt"), used)
        pair = (text_path, text_path.with_suffix(".ann"))
        with whole_files(keep=keep) as open_file:
            open_file(pair[0]).write(brat_text(coding.narrative.text))
            open_file(pair[1]).writelines(f"{line}\n" for line in lines(coding))
        paths += pair
    with whole_file(folder / "annotation.conf", keep=keep) as stream:
        stream.write(_configuration(sorted(types)))
    return (*paths, folder / "annotation.conf")


def brat_text(text: str) -> str:
    """The text as brat's file holds it: what UTF-8 cannot hold is U+FFFD, so that every offset stays."""
    return _SURROGATE.sub("\ufffd", text)


def lines(coding: Coding) -> list[str]:
    """The lines of the annotation file of a coding."""
    return _Lines(coding).all()


class _Lines:
    """The lines of one annotation file as they are numbered."""

    def __init__(self, coding: Coding) -> None:
        self._coding = coding
        self._text = brat_text(coding.narrative.text)
        self._lines: list[str] = []
        self._counts = dict.fromkeys("TEAN#", 0)
        self._known: dict[tuple[object, ...], str] = {}

    def all(self) -> list[str]:
        for when in self._coding.dates:
            self._date(when)
        for mention in self._coding.actors:
            self._mention(mention)
        names = {event.id: self._next("E") for event in self._coding.events}
        for event in self._coding.events:
            self._event(event, names)
        for claim in claims(self._coding):
            self._claim(claim)
        return self._lines

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"

    def _bound(self, kind: str, start: int, end: int, *more: object) -> tuple[str, bool]:
        """The name of a text-bound annotation, and whether it is new; the same one is written once."""
        key = (kind, start, end, *more)
        if key in self._known:
            return self._known[key], False
        name = self._known[key] = self._next("T")
        parts = fragments(self._text, start, end)
        words = " ".join(self._text[first:last] for first, last in parts)
        ranges = ";".join(f"{first} {last}" for first, last in parts)
        self._lines.append(f"{name}\t{kind} {ranges}\t{words}")
        return name, True

    def _attribute(self, name: str, of: str, value: str = "") -> None:
        self._lines.append(f"{self._next('A')}\t{name} {of} {value}".rstrip())

    def _note(self, of: str, text: str) -> None:
        if text:
            self._lines.append(f"{self._next('#')}\tAnnotatorNotes {of}\t{one_line(text)}")

    def _date(self, when: When) -> str:
        name, new = self._bound("Date", when.start, when.end)
        if new:
            self._attribute("Precision", name, when.precision)
            if when.off_line:
                self._attribute("OffLine", name)
            self._note(name, when.edtf or when.timex.value)
        return name

    def _mention(self, mention: Mention) -> str:
        actor = mention.actor
        kind = actor.kind.capitalize() if actor else "Open"
        name, new = self._bound(kind, mention.start, mention.end, actor.id if actor else "")
        if new and actor is not None:
            if actor.cow is not None:
                self._lines.append(f"{self._next('N')}\tReference {name} COW:{actor.cow}\t{one_line(actor.name)}")
            else:
                self._note(name, actor.name)
        return name

    def _place(self, place: Place) -> str:
        name, new = self._bound("Place", place.start, place.end)
        if new:
            self._note(name, place.name)
        return name

    def _event(self, event: Event, names: dict[str, str]) -> None:
        kind, name = _name(event.type), names[event.id]
        trigger, _ = self._bound(kind, event.verb.start, event.verb.end, event.id)
        roles = [("Who", self._mention(item)) for item in event.who] + [("Whom", self._mention(item)) for item in event.whom]
        roles += [("When", self._date(event.when))] if event.when else []
        roles += [("Where", self._place(place)) for place in event.where]
        roles += [("Content", names[event.content])] if event.content in names else []
        told = "".join(f" {role}:{target}" for role, target in _numbered(roles))
        self._lines.append(f"{name}\t{kind}:{trigger}{told}")
        self._attribute("Mode", name, event.mode)
        self._attribute("Layer", name, event.layer)
        if event.armed:
            self._attribute("Armed", name)

    def _claim(self, claim: Claim) -> None:
        for item in claim.evidence:
            name, _ = self._bound("Value", item.start, item.end)
            self._note(name, f"{claim.subject} {claim.field} = {value_text(claim)}")


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the words between line ends, without the blanks at their ends; the whole range when nothing is left."""
    parts: list[tuple[int, int]] = []
    place = start
    for found in [*_BREAKS.finditer(text, start, end), None]:
        stop = found.start() if found else end
        words = text[place:stop]
        first = place + len(words) - len(words.lstrip(" "))
        last = first + len(words.strip(" "))
        if last > first:
            parts.append((first, last))
        place = found.end() if found else end
    return parts or [(start, end)]


def _numbered(roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Roles as brat writes them: Who, Who2, Who3, ..."""
    seen: dict[str, int] = {}
    for role, target in roles:
        seen[role] = seen.get(role, 0) + 1
        yield role if seen[role] == 1 else f"{role}{seen[role]}", target


def _name(kind: str) -> str:
    """The type of an event as brat can name it: "do.occupy" is do_occupy."""
    return _UNNAMED.sub("_", kind)


def _configuration(types: Iterable[str]) -> str:
    roles = f"Who*:{_ACTORS}, Whom*:{_ACTORS}, When?:Date, Where*:Place, Content?:<EVENT>"
    return "\n".join(
        [
            *("[entities]", *_ENTITIES, "", "[relations]", "", "[events]", *(f"{name} {roles}" for name in types), ""),
            *(
                "[attributes]",
                f"Mode Arg:<EVENT>, Value:{_MODES}",
                "Layer Arg:<EVENT>, Value:think|say|do",
                "Armed Arg:<EVENT>",
            ),
            "Precision Arg:Date, Value:time|day|week|month|season|quarter|year|decade|century|interval|none",
            *("OffLine Arg:Date", ""),
        ]
    )
