"""The records of a user's codebook: its variables and, for each, the rules that code it in the order they are tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from brinkline.model import Mode, SectionKind, Value
from brinkline.reference.codebook import Codebook, Level

Rows = Literal["crisis", "acting", "named"]
Source = Literal["words", "events", "variables", "nothing"]
Scope = Literal["same", "crisis", "actors", "icb"]


@dataclass(frozen=True, slots=True)
class Ref:
    """Another variable as a rule names it: ``name``, ``crisis.name``, ``actors.name`` (any row) or ``icb.name`` (built in)."""

    scope: Scope
    name: str

    def __str__(self) -> str:
        return self.name if self.scope == "same" else f"{self.scope}.{self.name}"


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a value: "in" and "not in" take codes, "<" and its like one number or date, "known" and "unknown" nothing."""

    op: Literal["in", "not in", "<", "<=", ">", ">=", "known", "unknown"]
    operands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTest:
    """Which words count: regular expressions (see ``patterns``), "" for none, and where and beside whom they must stand."""

    pattern: str
    near: str
    without: str
    sections: tuple[SectionKind, ...]
    asides: bool
    negated: Literal["skip", "allow", "only"]
    actor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventTest:
    """Which events count; an empty tuple or None asks for nothing. ``who`` and ``whom`` are relations or names."""

    types: tuple[str, ...]
    plover: tuple[str, ...]
    layers: tuple[str, ...]
    stances: tuple[str, ...]
    modes: tuple[Mode, ...]
    armed: bool | None
    who: tuple[str, ...]
    whom: tuple[str, ...]
    pattern: str
    sections: tuple[SectionKind, ...]
    least: int


@dataclass(frozen=True, slots=True)
class ValueTest:
    """What other variables must hold (all of ``tests``), which ones are taken (``of``), and how a copied value is recoded."""

    tests: tuple[tuple[Ref, Test], ...]
    of: tuple[Ref, ...]
    recode: tuple[tuple[str, Value], ...]
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it looks at, what it takes from it, its value when it takes the value as given, and how sure it is."""

    id: str
    source: Source
    take: str
    value: Value
    which: Literal["first", "last"]
    confidence: float
    priority: int
    note: str
    test: WordTest | EventTest | ValueTest | None


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook with its rules. ``rules`` has the rules of each variable in the order in which they are tried.

    ``extends`` keeps the built-in variables beside its own; ``rows`` says for which states the actor level is coded.
    ``order`` are the variables so that each comes after those it is worked out from.
    """

    codebook: Codebook
    description: str
    extends: bool
    rows: Rows
    rules: tuple[tuple[Level, str, tuple[Rule, ...]], ...]
    order: tuple[tuple[Level, str], ...]
    digest: str

    @property
    def version(self) -> tuple[str, str]:
        """Its line in the versions of a run: ("codebook cease-fire", "1.0 a1b2c3d4e5f6")."""
        return f"codebook {self.codebook.id}", f"{self.codebook.version} {self.digest}"

    def rules_for(self, level: Level, name: str) -> tuple[Rule, ...]:
        """The rules of one variable, in the order in which they are tried."""
        return next((rules for own, other, rules in self.rules if (own, other) == (level, name)), ())
