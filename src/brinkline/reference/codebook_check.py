"""From the tables of a codebook file to its records; everything that is wrong is gathered with its place and remedy.

Each kind of table has its keys here, so that a key that is not known, missing or of the wrong kind is told, never ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from brinkline.reference.codebook import Code, Codebook, Level, Variable, codebook
from brinkline.reference.codebook_order import in_order
from brinkline.reference.codebook_refs import Names
from brinkline.reference.codebook_rule_check import build_rule
from brinkline.reference.codebook_rules import CodebookFile, Rows, Rule
from brinkline.reference.fields import Fault, Field, below, read_fields, scalar, shown

_TOP = {
    "name": Field("name", required=True, default=""),
    "title": Field("text", default=""),
    "version": Field("text", required=True, default=""),
    "description": Field("text", default=""),
    "extends": Field("choice", choices=("icb",)),
    "rows": Field("choice", choices=get_args(Rows), default="crisis"),
    "variable": Field("tables", required=True, default=()),
}
_VARIABLE = {
    "name": Field("name", required=True, default=""),
    "label": Field("text", required=True, default=""),
    "level": Field("choice", required=True, choices=get_args(Level), default="crisis"),
    "scale": Field("choice", required=True, choices=("nominal", "ordinal", "count", "date", "text"), default=""),
    "definition": Field("text", default=""),
    "codes": Field("table"),
    "states": Field("bool", default=False),
    "missing": Field("scalars", default=()),
    "rule": Field("tables", default=()),
}


def build(content: Mapping[str, Any], digest: str, faults: list[Fault]) -> CodebookFile:
    """The codebook of a file's content; only to be used when ``faults`` stays empty."""
    top = read_fields(content, _TOP, "$", faults)
    raw = [(below(below("$", "variable"), number), item) for number, item in enumerate(top["variable"])]
    read = [(place, read_fields(item, _VARIABLE, place, faults)) for place, item in raw]
    variables = tuple(_variable(values, place, faults) for place, values in read)
    _check_names(variables, [place for place, _ in read], faults)
    names = Names(variables, extends=bool(top["extends"]))
    rules = tuple(
        (variable.level, variable.name, _rules(values["rule"], variable, names, place, faults))
        for (place, values), variable in zip(read, variables, strict=True)
    )
    return CodebookFile(
        codebook=Codebook(top["name"], top["title"] or top["name"], top["version"], "", variables),
        description=top["description"],
        extends=bool(top["extends"]),
        rows=top["rows"],
        rules=rules,
        order=in_order(rules, names, [place for place, _ in read], faults),
        digest=digest,
    )


def _variable(values: Mapping[str, Any], place: str, faults: list[Fault]) -> Variable:
    codes = _codes(values["codes"] or {}, below(place, "codes"), faults)
    scale = values["scale"]
    if scale in ("nominal", "ordinal") and not values["codes"] and not values["states"]:
        faults.append(Fault(place, f"a {scale} variable needs codes", 'add [variable.codes] with lines such as 1 = "signed"'))
    if scale in ("count", "date", "text") and codes:
        remedy = "take codes away, or choose nominal or ordinal"
        faults.append(Fault(below(place, "codes"), f"a variable of scale {scale} has no codes", remedy))
    if values["states"] and scale not in ("nominal", ""):
        faults.append(Fault(below(place, "states"), "only a nominal variable takes states", 'set scale = "nominal"'))
    missing = tuple(str(code) for code in values["missing"])
    faults += [
        Fault(below(place, "missing"), f"{shown(code.value)} is a code and a missing code", "keep it in one of them")
        for code in codes
        if code.value in missing
    ]
    return Variable(
        level=values["level"],
        name=values["name"],
        label=values["label"],
        scale=scale,
        codes=codes,
        takes_states=values["states"],
        missing=missing,
        note=values["definition"],
    )


def _codes(table: Mapping[str, Any], place: str, faults: list[Fault]) -> tuple[Code, ...]:
    codes = []
    for key, label in table.items():
        if not scalar(key):
            faults.append(Fault(place, f"{shown(key)} is not a code", "a code is a number or a short text"))
        elif not isinstance(label, str) or not label.strip() or len(label) > 200:
            faults.append(Fault(below(place, key), f"{shown(label)} is not a label", "write what the code means, in a text"))
        else:
            codes.append(Code(key, label))
    labels = [code.label for code in codes]
    faults += [
        Fault(below(place, code.value), f"the label {shown(code.label)} stands twice", "give every code a label of its own")
        for number, code in enumerate(codes)
        if code.label in labels[:number]
    ]
    return tuple(codes)


def _check_names(variables: tuple[Variable, ...], places: list[str], faults: list[Fault]) -> None:
    if not variables:
        faults.append(Fault("$.variable", "the codebook has no variable", "add [[variable]] with name, label, level and scale"))
    seen: set[tuple[Level, str]] = set()
    dates = {(item.level, item.name) for item in codebook().variables if item.scale == "date"}
    for variable, place in zip(variables, places, strict=True):
        key = (variable.level, variable.name)
        if variable.name and key in seen:
            message = f"there are two variables {variable.name} on the {variable.level} level"
            faults.append(Fault(below(place, "name"), message, "give one of them another name"))
        if key in dates and variable.scale not in ("date", ""):
            message = f"{variable.name} is a date of the ICB codebook and cannot be a {variable.scale}"
            faults.append(Fault(below(place, "scale"), message, 'choose another name, or scale = "date"'))
        seen.add(key)


def _rules(raw: Any, variable: Variable, names: Names, place: str, faults: list[Fault]) -> tuple[Rule, ...]:
    """The rules of a variable, those of higher priority first, then in the order of the file."""
    places = [below(below(place, "rule"), number) for number in range(len(raw))]
    rules = [build_rule(item, variable, names, where, faults) for item, where in zip(raw, places, strict=True)]
    ids = [rule.id for rule in rules]
    faults += [
        Fault(below(where, "id"), f"the id {rule.id} stands twice", "give every rule of a variable an id of its own")
        for number, (rule, where) in enumerate(zip(rules, places, strict=True))
        if rule.id and rule.id in ids[:number]
    ]
    tried = sorted(zip(rules, places, strict=True), key=lambda pair: -pair[0].priority)
    last = next((number for number, (rule, _) in enumerate(tried) if rule.source == "nothing" and rule.value is not None), None)
    if last is not None:
        faults += [
            Fault(where, f"this rule is never tried: {tried[last][0].id}, from nothing, comes before it", "put that rule last")
            for _, where in tried[last + 1 :]
        ]
    return tuple(rule for rule, _ in tried)
