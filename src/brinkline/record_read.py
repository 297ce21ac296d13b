"""``Coding`` records from their published layout: the way back from ``Coding.to_dict``.

Every fault is an InputError BL262 with the path of the value in the document ("$.events[3].who[0].start"). What was read
writes the same bytes again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from brinkline.calendar import from_iso
from brinkline.errors import InputError
from brinkline.model import (
    Actor,
    ActorKind,
    Basis,
    Claim,
    CrisisActor,
    CrossReference,
    Day,
    Event,
    Mention,
    Mode,
    Narrative,
    Notice,
    Place,
    Precision,
    Quote,
    Reference,
    Run,
    Section,
    SectionKind,
    Sentence,
    Span,
    Timex,
    When,
    WhenKind,
)
from brinkline.record import Coding, OwnVariable

T = TypeVar("T")

_WORDS = {
    "sections": get_args(SectionKind),
    "precision": get_args(Precision),
    "kind": get_args(WhenKind),
    "actor": get_args(ActorKind),
    "mode": get_args(Mode),
    "basis": get_args(Basis),
    "layer": ("think", "say", "do"),
    "timex": ("DATE", "TIME", "DURATION", "SET"),
}


class _Node:
    """A value of the document together with its path, so that each fault can say where it stands."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self.path = path

    def fault(self, message: str) -> InputError:
        return InputError("BL262", message, place=self.path, remedy="give a coding as brinkline code --as json writes it")

    def get(self, key: str) -> _Node:
        if not isinstance(self.value, dict):
            raise self.fault("an object is expected here")
        if key not in self.value:
            raise self.fault(f"the key {key!r} is missing")
        return _Node(self.value[key], f"{self.path}.{key}")

    def text(self, key: str) -> str:
        return self._of(key, str, "a text")

    def number(self, key: str) -> int:
        return self._of(key, int, "a whole number")

    def truth(self, key: str) -> bool:
        return self._of(key, bool, "true or false")

    def decimal(self, key: str) -> float:
        node = self.get(key)
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise node.fault(f"a number is expected here, not {node.value!r}")
        return node.value

    def word(self, key: str, words: str) -> Any:
        node = self.get(key)
        if node.value not in _WORDS[words]:
            raise node.fault(f"{node.value!r} is not one of {', '.join(_WORDS[words])}")
        return node.value

    def day(self, key: str) -> Day | None:
        node = self.get(key)
        if node.value is None:
            return None
        try:
            return from_iso(node.value)
        except (TypeError, ValueError):
            raise node.fault(f"{node.value!r} is not a day in ISO 8601 form") from None

    def maybe(self, key: str, read: Callable[[_Node], T]) -> T | None:
        node = self.get(key)
        return None if node.value is None else read(node)

    def each(self, key: str, read: Callable[[_Node], T]) -> tuple[T, ...]:
        node = self.get(key)
        if not isinstance(node.value, list):
            raise node.fault("a list is expected here")
        return tuple(read(_Node(item, f"{node.path}[{number}]")) for number, item in enumerate(node.value))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        node = self.get(key)
        if not isinstance(node.value, dict) or not all(isinstance(value, str) for value in node.value.values()):
            raise node.fault("an object of texts is expected here")
        return tuple(node.value.items())

    def _of(self, key: str, kind: type[T], name: str) -> T:
        node = self.get(key)
        if not isinstance(node.value, kind) or (kind is int and isinstance(node.value, bool)):
            raise node.fault(f"{name} is expected here, not {node.value!r}")
        return node.value


def read_coding(data: Mapping[str, Any]) -> Coding:
    """The coding that ``data`` describes, equal to the one that wrote it.

    InputError BL262 with the path of the first value that does not fit the layout, or whose words differ from the text.
    """
    root = _Node(dict(data), "$")
    narrative, coding_warnings = _narrative(root.get("narrative"))
    run = root.get("run")
    coding = Coding(
        run=Run(run.text("program"), root.text("schema_version"), run.pairs("versions"), run.pairs("settings")),
        narrative=narrative,
        sentences=root.each("sentences", _sentence),
        dates=root.each("dates", _when),
        actors=root.each("actors", _mention),
        events=root.each("events", _event),
        crisis=_claims(root.get("crisis")),
        crisis_actors=root.each("crisis_actors", _crisis_actor),
        warnings=coding_warnings,
        own_variables=root.each("own_variables", _own_variable),
    )
    _check_words(coding)
    return coding


def _narrative(node: _Node) -> tuple[Narrative, tuple[Notice, ...]]:
    number = node.get("number").value
    if number is not None:
        number = node.number("number")
    notices = list(zip(node.each("warnings", _notice), node.each("warnings", lambda item: item.text("stage")), strict=True))
    narrative = Narrative(
        text=node.text("text"),
        number=number,
        title=node.text("title"),
        sections=node.each("sections", _section),
        paragraphs=node.each("paragraphs", _span),
        asides=node.each("asides", _span),
        references=node.each("references", _reference),
        cross_references=node.each("cross_references", _cross_reference),
        last_updated=node.day("last_updated"),
        created=node.day("created"),
        warnings=tuple(notice for notice, stage in notices if stage == "reading"),
        source=node.text("source"),
        head=node.text("head"),
    )
    if node.text("sha256") != narrative.digest:
        raise node.get("sha256").fault("the hash is not that of the text: the text was changed after coding")
    return narrative, tuple(notice for notice, stage in notices if stage == "coding")


def _span(node: _Node) -> Span:
    start, end = node.number("start"), node.number("end")
    if not 0 <= start < end:
        raise node.fault(f"not a range of text: [{start}, {end})")
    return Span(start, end)


def _notice(node: _Node) -> Notice:
    start, end = (node.maybe(key, lambda item: item.value) for key in ("start", "end"))
    return Notice(node.text("code"), node.text("message"), start, end)


def _section(node: _Node) -> Section:
    return Section(node.word("kind", "sections"), node.text("heading"), node.number("start"), node.number("end"))


def _reference(node: _Node) -> Reference:
    years = node.each("years", lambda item: str(item.value))
    return Reference(
        node.number("start"),
        node.number("end"),
        node.text("text"),
        node.text("author"),
        years,
        node.text("pages"),
        node.text("note"),
    )


def _cross_reference(node: _Node) -> CrossReference:
    return CrossReference(node.number("start"), node.number("end"), node.text("text"), node.number("case"), node.text("name"))


def _sentence(node: _Node) -> Sentence:
    return Sentence(
        node.number("index"),
        node.number("start"),
        node.number("end"),
        node.word("section", "sections"),
        node.number("paragraph"),
    )


def _when(node: _Node) -> When:
    timex = node.get("timex")
    return When(
        start=node.number("start"),
        end=node.number("end"),
        text=node.text("text"),
        timex=Timex(timex.word("type", "timex"), timex.text("value"), timex.text("mod")),
        edtf=node.text("edtf"),
        earliest=node.day("earliest"),
        latest=node.day("latest"),
        precision=node.word("precision", "precision"),
        kind=node.word("kind", "kind"),
        anchor=node.text("anchor"),
        rule=node.text("rule"),
        off_line=node.truth("off_line"),
    )


def _actor(node: _Node) -> Actor:
    cow = node.maybe("cow", lambda item: item.value)
    if cow is not None:
        cow = node.number("cow")
    members = node.each("members", lambda item: str(item.value))
    return Actor(node.word("kind", "actor"), node.text("id"), node.text("name"), cow, node.text("abbrev"), members)


def _mention(node: _Node) -> Mention:
    return Mention(
        start=node.number("start"),
        end=node.number("end"),
        text=node.text("text"),
        actor=node.maybe("actor", _actor),
        basis=node.text("basis"),
        agent=node.text("agent"),
        agent_kind=node.text("agent_kind"),
        candidates=node.each("candidates", lambda item: str(item.value)),
    )


def _place(node: _Node) -> Place:
    latitude, longitude = (None if node.get(key).value is None else node.decimal(key) for key in ("latitude", "longitude"))
    return Place(
        node.number("start"),
        node.number("end"),
        node.text("text"),
        node.text("name"),
        node.text("kind"),
        latitude,
        longitude,
        node.text("state"),
    )


def _quote(node: _Node) -> Quote:
    return Quote(node.number("start"), node.number("end"), node.text("quote"))


def _event(node: _Node) -> Event:
    return Event(
        id=node.text("id"),
        type=node.text("type"),
        label=node.text("label"),
        layer=node.word("layer", "layer"),
        stance=node.text("stance"),
        armed=node.truth("armed"),
        mode=node.word("mode", "mode"),
        plover=node.text("plover"),
        cameo=node.text("cameo"),
        intensity=node.decimal("intensity"),
        who=node.each("who", _mention),
        whom=node.each("whom", _mention),
        when=node.maybe("when", _when),
        where=node.each("where", _place),
        evidence=_quote(node.get("evidence")),
        sentence=node.number("sentence"),
        confidence=node.decimal("confidence"),
        rule=node.text("rule"),
        verb=_quote(node.get("verb")),
        content=node.maybe("content", lambda item: str(item.value)),
        attributes=node.pairs("attributes"),
    )


def _claims(node: _Node) -> tuple[Claim, ...]:
    if not isinstance(node.value, dict):
        raise node.fault("an object of claims is expected here")
    return tuple(_claim(node.get(key)) for key in node.value)


def _claim(node: _Node) -> Claim:
    value = node.get("value")
    if value.value is not None and (isinstance(value.value, bool) or not isinstance(value.value, (int, str))):
        raise value.fault("a code, a text or null is expected here")
    return Claim(
        id=node.text("id"),
        subject=node.text("subject"),
        field=node.text("field"),
        value=value.value,
        label=node.text("label"),
        basis=node.word("basis", "basis"),
        evidence=node.each("evidence", _quote),
        sources=node.each("from", lambda item: str(item.value)),
        confidence=node.decimal("confidence"),
        rule=node.text("rule"),
        note=node.text("note"),
    )


def _crisis_actor(node: _Node) -> CrisisActor:
    return CrisisActor(
        node.number("cow"), node.text("abbrev"), node.text("name"), _claims(node.get("claims")), node.number("row")
    )


def _own_variable(node: _Node) -> OwnVariable:
    return OwnVariable(node.text("level"), node.text("name"), node.text("label"), node.text("scale"))


def _check_words(coding: Coding) -> None:
    """InputError BL262 when quoted words are not those of the text at their range."""
    text = coding.narrative.text
    quoted: list[tuple[str, When | Mention | Quote]] = [("$.dates", item) for item in coding.dates]
    quoted += [("$.actors", item) for item in coding.actors]
    quoted += [("$.events", item) for event in coding.events for item in (event.evidence, event.verb)]
    quoted += [("$.crisis", item) for claim in coding.crisis for item in claim.evidence]
    quoted += [("$.crisis_actors", item) for row in coding.crisis_actors for claim in row.claims for item in claim.evidence]
    for path, item in quoted:
        if not 0 <= item.start < item.end <= len(text) or text[item.start : item.end] != item.text:
            raise InputError(
                "BL262",
                f"the words {item.text!r} do not stand at [{item.start}, {item.end}) of the text",
                place=path,
                remedy="give a coding as brinkline code --as json writes it",
            )
