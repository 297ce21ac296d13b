"""Other variables as a rule names them, and the tests of their values that a codebook can write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from brinkline.reference.codebook import Level, Variable, codebook, split_date
from brinkline.reference.codebook_rules import Ref, Scope, Test
from brinkline.reference.fields import Fault, below, near, scalar, shown

_COMPARED = re.compile(r"(<=|>=|<|>|!=)\s*(\S.*)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")


class Names:
    """The variables that rules of one codebook can name: its own and the built-in ones."""

    def __init__(self, variables: Sequence[Variable], *, extends: bool) -> None:
        self._own = {(item.level, item.name): item for item in variables}
        self._icb = {(item.level, item.name): item for item in codebook().variables}
        self._extends = extends

    def is_own(self, level: Level, ref: Ref) -> bool:
        """True when the reference, in a rule of a variable of this level, is to a variable of the codebook itself."""
        return ref.scope != "icb" and (level_of(level, ref), ref.name) in self._own

    def read(self, text: str, level: Level, place: str, faults: list[Fault]) -> Ref | None:
        """The reference; None, and a fault, when there is no such variable or it cannot be reached from this level."""
        scope, _, name = text.rpartition(".")
        if scope not in ("", "crisis", "actors", "icb"):
            remedy = "write name, crisis.name, actors.name or icb.name"
            faults.append(Fault(place, f"{shown(text)} does not name a variable", remedy))
            return None
        ref = Ref(cast(Scope, scope or "same"), name)
        if (ref.scope == "actors" and level == "actor") or (ref.scope == "crisis" and level == "crisis"):
            faults.append(Fault(place, f"{text} stands on the same level", f"write {name}"))
            return None
        at = level_of(level, ref)
        known = self._icb if ref.scope == "icb" else {**(self._icb if self._extends else {}), **self._own}
        if (at, name) in known:
            return ref
        remedy = near(name, [own for own_level, own in known if own_level == at])
        if (at, name) in self._icb:
            remedy = f'write icb.{name} for the built-in variable, or extends = "icb" at the top'
        faults.append(Fault(place, f"there is no variable {shown(name)} on the {at} level", remedy))
        return None

    def read_list(self, texts: Sequence[str], level: Level, place: str, faults: list[Fault]) -> tuple[Ref, ...]:
        """The references of a list; those that are wrong are left out."""
        found = [self.read(text, level, place, faults) for text in texts]
        return tuple(ref for ref in found if ref is not None)


def level_of(level: Level, ref: Ref) -> Level:
    """The level on which the variable stands that a rule of ``level`` names."""
    if ref.scope == "crisis":
        return "crisis"
    return "actor" if ref.scope == "actors" else level


def read_tests(
    table: Mapping[str, Any], names: Names, level: Level, place: str, faults: list[Fault]
) -> tuple[tuple[Ref, Test], ...]:
    """The tests of a ``when`` table: variable = code, list of codes, or a text such as ">= 3", "!= 2", "known", "unknown"."""
    tests = []
    for key, wanted in table.items():
        where = below(place, key)
        ref = names.read(key, level, where, faults)
        test = _test(wanted)
        if test is None:
            remedy = 'write a code, a list of codes, "known", "unknown", or "< 3", ">= 1937-06-22", "!= 2"'
            faults.append(Fault(where, f"{shown(wanted)} is not a test", remedy))
        elif ref is not None:
            tests.append((ref, test))
    return tuple(tests)


def _test(wanted: object) -> Test | None:
    if isinstance(wanted, list):
        return Test("in", tuple(str(item) for item in wanted)) if wanted and all(scalar(item) for item in wanted) else None
    if not scalar(wanted):
        return None
    text = str(wanted).strip()
    if text in ("known", "unknown"):
        return Test("known") if text == "known" else Test("unknown")
    compared = _COMPARED.fullmatch(text)
    if compared is None:
        return Test("in", (text,)) if text and text[0] not in "<>=!" else None
    sign, operand = compared[1], compared[2].strip()
    if sign == "!=":
        return Test("not in", (operand,))
    return Test(cast(Any, sign), (operand,)) if _NUMBER.fullmatch(operand) or is_date(operand) else None


def is_date(text: str) -> bool:
    """True for "YYYY-MM" and "YYYY-MM-DD", the dates that can be compared; a bare year is compared as a number."""
    try:
        return split_date(text)[1] is not None
    except ValueError:
        return False
