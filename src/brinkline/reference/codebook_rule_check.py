"""From the table of one rule to its record; what is wrong is gathered with its place and remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from brinkline.model import Mode, SectionKind, Value
from brinkline.reference.codebook import Variable
from brinkline.reference.codebook_refs import Names, read_tests
from brinkline.reference.codebook_rules import EventTest, Rule, Source, ValueTest, WordTest
from brinkline.reference.event_scheme import PLOVER_ROOTS, Layer, Stance, event_types
from brinkline.reference.fields import Fault, Field, below, near, read_fields, scalar, shown
from brinkline.reference.patterns import bounded_pattern, phrases_pattern

#: How a mention can stand to the row that is coded, or what kind of actor it is.
RELATIONS = ("row", "another", "party", "outsider", "any", "state", "body", "group")
TOLD: tuple[SectionKind, ...] = ("header", "background", "pre-crisis", "summary", "other")
_SECTIONS = Field("choices", choices=get_args(SectionKind), default=TOLD)
_COMMON = {
    "id": Field("name", required=True, default=""),
    "from": Field("choice", required=True, choices=get_args(Source)),
    "take": Field("text", default="value"),
    "value": Field("scalar"),
    "confidence": Field("share", default=0.5),
    "priority": Field("number", default=0),
    "note": Field("text", default=""),
}
_WHICH = Field("choice", choices=("first", "last"), default="first")
_WORDS = {
    "which": _WHICH,
    "words": Field("texts", default=()),
    "pattern": Field("text"),
    "near": Field("texts", default=()),
    "without": Field("texts", default=()),
    "sections": _SECTIONS,
    "asides": Field("bool", default=False),
    "negated": Field("choice", choices=("skip", "allow", "only"), default="skip"),
    "actor": Field("texts", default=()),
}
_EVENTS = {
    "which": _WHICH,
    "type": Field("texts", default=()),
    "plover": Field("choices", choices=PLOVER_ROOTS, default=()),
    "layer": Field("choices", choices=get_args(Layer), default=()),
    "stance": Field("choices", choices=get_args(Stance), default=()),
    "mode": Field("choices", choices=get_args(Mode), default=("done", "ongoing")),
    "armed": Field("bool"),
    "who": Field("texts", default=()),
    "whom": Field("texts", default=()),
    "words": Field("texts", default=()),
    "sections": _SECTIONS,
    "least": Field("count", default=1),
}
_VARIABLES = {
    "when": Field("table", default={}),
    "of": Field("texts", default=()),
    "map": Field("table", default={}),
    "inclusive": Field("bool", default=False),
}
_KEYS: Mapping[str, Mapping[str, Field]] = {"words": _WORDS, "events": _EVENTS, "variables": _VARIABLES, "nothing": {}}
#: What each kind of rule can take, and the scales of the variables that can hold it (() for all).
TAKES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "words": {
        "value": (),
        "date": ("date",),
        "number": ("count",),
        "count": ("count",),
        "words": ("text",),
        "actor": ("text", "nominal"),
    },
    "events": {"value": (), "date": ("date",), "count": ("count",), "who": ("text", "nominal"), "whom": ("text", "nominal")},
    "variables": {"value": (), "copy": (), "max": (), "min": (), "sum": ("count",), "days": ("count",), "count": ("count",)},
    "nothing": {"value": ()},
}


def build_rule(raw: Mapping[str, Any], variable: Variable, names: Names, place: str, faults: list[Fault]) -> Rule:
    """The rule; only to be used when no fault was added."""
    source = raw.get("from")
    known = source if isinstance(source, str) and source in _KEYS else None
    keys = {**_COMMON, **(_KEYS[known] if known else {key: field for own in _KEYS.values() for key, field in own.items()})}
    values = read_fields(raw, keys, place, faults)
    if known is None:
        return Rule(values["id"], "nothing", "value", None, "first", 0.5, 0, "", None)
    _check_take(known, {**values, "told": "value" in raw}, variable, place, faults)
    test = _BUILD[known](values, variable, names, place, faults)
    return Rule(
        id=values["id"],
        source=values["from"],
        take=values["take"],
        value=None if values["value"] is None else plain_value(values["value"]),
        which=values.get("which", "first"),
        confidence=float(values["confidence"]),
        priority=values["priority"],
        note=values["note"],
        test=test,
    )


def plain_value(value: int | str | date) -> Value:
    """The value as claims hold it: a code that is a whole number as a number, any other as a text."""
    text = str(value)
    digits = text.removeprefix("-")
    whole = digits.isascii() and digits.isdecimal() and len(digits) <= 15
    return int(text) if whole and str(int(text)) == text else text


def _check_take(source: str, values: Mapping[str, Any], variable: Variable, place: str, faults: list[Fault]) -> None:
    take, value = values["take"], values["value"]
    takes = TAKES[source]
    if take not in takes:
        faults.append(Fault(below(place, "take"), f"a rule from {source} cannot take {shown(take)}", near(take, takes)))
        return
    if str(variable.scale) == "":  # told already; what follows from it would only bury it
        return
    scales = takes[take]
    if scales and (variable.scale not in scales or (variable.scale == "nominal" and not variable.takes_states)):
        wanted = " or ".join("nominal with states = true" if scale == "nominal" else scale for scale in scales)
        message = f"{take} cannot be the value of {variable.name}, whose scale is {variable.scale}"
        faults.append(Fault(below(place, "take"), message, f"the scale must be {wanted}"))
    if take == "value":
        if value is None and not values["told"]:
            faults.append(Fault(place, "value is missing", "add value = CODE, or take something from what is found"))
        elif value is not None and not variable.allows(value):
            faults.append(Fault(below(place, "value"), f"{variable.name} has no value {shown(value)}", allowed(variable)))
    elif value is not None:
        faults.append(Fault(below(place, "value"), f"a rule that takes {take} has no value of its own", "remove one of them"))


def allowed(variable: Variable) -> str:
    """The remedy for a value that a variable does not have."""
    if variable.codes:
        codes = ", ".join(code.value for code in variable.codes[:20])
        return f"codes: {codes}" + (", or the number of a state" if variable.takes_states else "")
    return {"date": "write a date such as 1937-06-22", "count": "write a whole number"}.get(variable.scale, "")


def _words(values: Mapping[str, Any], variable: Variable, names: Names, place: str, faults: list[Fault]) -> WordTest:
    if bool(values["words"]) == bool(values["pattern"]):
        faults.append(Fault(place, "a rule from words has either words or a pattern", 'add words = ["..."]'))
    pattern = _phrases(values, "words", place, faults)
    if values["pattern"]:
        pattern = _told(bounded_pattern, values["pattern"], below(place, "pattern"), faults)
    return WordTest(
        pattern=pattern,
        near=_phrases(values, "near", place, faults),
        without=_phrases(values, "without", place, faults),
        sections=values["sections"],
        asides=values["asides"],
        negated=values["negated"],
        actor=_actors(values, "actor", variable, place, faults),
    )


def _events(values: Mapping[str, Any], variable: Variable, names: Names, place: str, faults: list[Fault]) -> EventTest:
    asked = [key for key in ("type", "plover", "layer", "stance", "who", "whom", "words") if values[key]]
    if not asked and values["armed"] is None:
        faults.append(Fault(place, "this rule takes any event", 'say which: type = ["..."], plover = ["..."], who = ["row"]'))
    for name in values["type"]:
        if name.removesuffix("*") == name and name not in event_types():
            faults.append(Fault(below(place, "type"), f"there is no event type {shown(name)}", near(name, event_types())))
        elif name.endswith("*") and not any(known.startswith(name[:-1]) for known in event_types()):
            faults.append(Fault(below(place, "type"), f"no event type begins with {shown(name[:-1])}", "see docs/events.md"))
    return EventTest(
        types=values["type"],
        plover=values["plover"],
        layers=values["layer"],
        stances=values["stance"],
        modes=values["mode"],
        armed=values["armed"],
        who=_actors(values, "who", variable, place, faults),
        whom=_actors(values, "whom", variable, place, faults),
        pattern=_phrases(values, "words", place, faults),
        sections=values["sections"],
        least=values["least"],
    )


def _variables(values: Mapping[str, Any], variable: Variable, names: Names, place: str, faults: list[Fault]) -> ValueTest:
    take = values["take"]
    of = names.read_list(values["of"], variable.level, below(place, "of"), faults)
    if take == "value" and not values["when"]:
        faults.append(Fault(place, "a rule from variables that gives a value says when", "add when = { name = 1 }"))
    least, most = {"value": (0, 0), "copy": (1, 1), "days": (2, 2)}.get(take, (1, 100))
    if not least <= len(values["of"]) <= most:
        count = {0: "no variables", 2: "two variables"}.get(most, "one variable" if most == 1 else "at least one variable")
        faults.append(Fault(below(place, "of"), f"taking {take} needs {count} in of", 'write of = ["name"]'))
    if values["map"] and take != "copy":
        faults.append(Fault(below(place, "map"), "only a rule that takes copy has a map", 'set take = "copy"'))
    return ValueTest(
        tests=read_tests(values["when"], names, variable.level, below(place, "when"), faults),
        of=of,
        recode=tuple(_recoded(values["map"], variable, below(place, "map"), faults)),
        inclusive=values["inclusive"],
    )


def _recoded(table: Mapping[str, Any], variable: Variable, place: str, faults: list[Fault]) -> list[tuple[str, Value]]:
    pairs = []
    for key, value in table.items():
        if str(variable.scale) and (not scalar(value) or not variable.allows(value)):
            faults.append(Fault(below(place, key), f"{variable.name} has no value {shown(value)}", allowed(variable)))
        else:
            pairs.append((key, plain_value(value)))
    return pairs


def _nothing(values: Mapping[str, Any], variable: Variable, names: Names, place: str, faults: list[Fault]) -> None:
    return None


_BUILD: Mapping[str, Callable[[Mapping[str, Any], Variable, Names, str, list[Fault]], Any]] = {
    "words": _words,
    "events": _events,
    "variables": _variables,
    "nothing": _nothing,
}


def _phrases(values: Mapping[str, Any], key: str, place: str, faults: list[Fault]) -> str:
    phrases: Sequence[str] = values[key]
    return _told(phrases_pattern, phrases, below(place, key), faults) if phrases else ""


def _told(make: Callable[[Any], str], given: Any, place: str, faults: list[Fault]) -> str:
    try:
        return make(given)
    except ValueError as error:
        faults.append(Fault(place, str(error), "see the section on words and patterns in docs/codebooks.md"))
        return ""


def _actors(values: Mapping[str, Any], key: str, variable: Variable, place: str, faults: list[Fault]) -> tuple[str, ...]:
    """Relations and names of actors; a word in small letters must be a relation, so that a slip is not taken for a name."""
    for item in values[key]:
        if item in ("row", "another") and variable.level == "crisis":
            faults.append(
                Fault(below(place, key), f"{item!r} needs a row, and {variable.name} is of the crisis level", 'write "party"')
            )
        elif item not in RELATIONS and item == item.casefold() and ":" not in item:
            faults.append(Fault(below(place, key), f"{shown(item)} is neither a relation nor a name", near(item, RELATIONS)))
    return tuple(values[key])
