"""Patterns of date expressions: read from ``patterns.toml``, compiled to regular expressions over token symbols.

A pattern is written in words: ``the? (DAY | ORDDAY):day of? MONTH:month``. Capitals name a class of ``words.toml`` or of
numbers (``lexicon.py``), small words and signs stand for themselves, ``( | )`` is a choice, ``?`` ``*`` ``+`` repeat,
``:name`` keeps what was matched, ``!X`` means "but no X here", ``&X`` "and X here", ``!<X`` "but no X before",
``<X`` "and X before", ``$NAME`` puts in a macro.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from brinkline import data
from brinkline.dates.lexicon import Lexicon, build_lexicon

_PACKAGE = "brinkline.dates"
_ATOM = re.compile(r"\s*(!<|[()|?*+!<&]|:[a-z_0-9]+|[^\s()|?*+:!<&]+)")
_MACRO = re.compile(r"\$([A-Z_]+)")
_LOOKS = {"!": "(?!", "!<": "(?<!", "<": "(?<=", "&": "(?="}
_SIGNS = frozenset({"(", ")", "|", "?", "*", "+", *_LOOKS})
_CLASS = re.compile(r"[A-Z][A-Z0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern ready for use. ``slots`` maps a slot name to the group numbers that may hold it."""

    id: str
    form: str
    regex: re.Pattern[str]
    slots: tuple[tuple[str, tuple[str, ...]], ...]
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, by the symbol they can begin with, in the order of the file."""

    lexicon: Lexicon
    rules: tuple[Rule, ...]
    by_symbol: dict[str, tuple[Rule, ...]]


class _Compiler:
    """Turns one pattern into a regular expression; state is the place in the pattern and the groups so far."""

    def __init__(self, pattern: str, lexicon: Lexicon) -> None:
        self.atoms = [match[1] for match in _ATOM.finditer(pattern)]
        self.place = 0
        self.lexicon = lexicon
        self.groups: dict[str, list[str]] = {}

    def choice(self) -> tuple[str, set[str], bool]:
        """(regex, symbols it can begin with, whether it can be empty) of a choice up to its end."""
        parts = [self.sequence()]
        while self.peek() == "|":
            self.place += 1
            parts.append(self.sequence())
        regex = "|".join(part[0] for part in parts)
        return regex, set().union(*(part[1] for part in parts)), any(part[2] for part in parts)

    def sequence(self) -> tuple[str, set[str], bool]:
        regex, first, empty = "", set[str](), True
        while self.peek() not in ("", "|", ")"):
            part, begins, can_be_empty = self.item()
            regex += part
            if empty:
                first |= begins
                empty = can_be_empty
        return regex, first, empty

    def item(self) -> tuple[str, set[str], bool]:
        atom = self.take()
        if atom in _LOOKS:
            return f"{_LOOKS[atom]}{self.item()[0]})", set(), True
        if atom == "(":
            regex, first, empty = self.choice()
            self.take()
        else:
            symbols = self.lexicon.symbols_of(atom)
            regex, first, empty = f"[{re.escape(symbols)}]", set(symbols), False
        quantifier = self.take() if self.peek() in ("?", "*", "+") else ""
        wrap = "(?:"
        if self.peek().startswith(":"):
            name = self.take()[1:]
            group = f"{name}__{len(self.groups.setdefault(name, []))}"
            self.groups[name].append(group)
            wrap = f"(?P<{group}>"
        return f"{wrap}(?:{regex}){quantifier})", first, empty or quantifier in ("?", "*")

    def peek(self) -> str:
        return self.atoms[self.place] if self.place < len(self.atoms) else ""

    def take(self) -> str:
        self.place += 1
        return self.atoms[self.place - 1]


@functools.cache
def grammar() -> Grammar:
    """The grammar of ``patterns.toml``; built once."""
    table = data.toml(_PACKAGE, "patterns.toml")
    macros: dict[str, str] = table["macros"]
    texts = [_expand(entry["pattern"], macros) for entry in table["pattern"]]
    literals = {atom for text in texts for atom in _ATOM.findall(text) if _is_literal(atom)}
    lexicon = build_lexicon(literals)
    rules: list[Rule] = []
    by_symbol: dict[str, list[Rule]] = {}
    for entry, text in zip(table["pattern"], texts, strict=True):
        compiler = _Compiler(text, lexicon)
        regex, first, _ = compiler.choice()
        slots = tuple((name, tuple(groups)) for name, groups in compiler.groups.items())
        options = {key: str(entry[key]) for key in entry if key not in ("id", "form", "pattern", "examples", "not")}
        rule = Rule(entry["id"], entry["form"], re.compile(regex), slots, options)
        rules.append(rule)
        for symbol in first:
            by_symbol.setdefault(symbol, []).append(rule)
    return Grammar(lexicon, tuple(rules), {symbol: tuple(found) for symbol, found in by_symbol.items()})


def _is_literal(atom: str) -> bool:
    return not (atom in _SIGNS or atom.startswith(":") or _CLASS.match(atom))


def _expand(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: f"( {macros[match[1]]} )", pattern)
    return pattern
