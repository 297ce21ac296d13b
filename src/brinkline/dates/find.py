"""Date expressions of a stretch of text: where they stand, which pattern found them and what each part says."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from brinkline.dates.grammar import Grammar, Rule, grammar
from brinkline.dates.tokens import Tokens, tokenize


_CAPITALISED = grammar().lexicon.symbols_of("CAPITALISED")
_NOUNS = grammar().lexicon.symbols_of("OTHER") + _CAPITALISED

_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that", "s", "'s", "’s"})


@dataclass(slots=True)
class Found:
    """One expression: ``[start, end)``, form and id of its pattern, and its parts by slot name.

    ``part`` is "a" or "b" for the two ends of a pair such as "17 and 18 May"; ``link`` is what joins the expression to
    the one before it ("-", "to", "and"), "" when nothing does; ``opener`` is the word before it ("from", "by", ...);
    ``attribute`` says that a noun follows at once ("the August uprising"); ``follower`` is the next word or sign.
    """

    start: int
    end: int
    form: str
    rule: str
    slots: dict[str, tuple[str, ...]]
    options: dict[str, str] = field(default_factory=dict)
    part: str = ""
    link: str = ""
    opener: str = ""
    attribute: bool = False
    follower: str = ""

    def slot(self, name: str) -> str:
        """The words of a part with single spaces, "" when the expression has no such part."""
        return " ".join(self.slots.get(name, ()))

    def has(self, *names: str) -> bool:
        """Whether the expression has any of these parts."""
        return any(name in self.slots for name in names)


@functools.lru_cache(maxsize=50_000)
def _symbol(text: str) -> str:
    return grammar().lexicon.symbol(text)


def find_expressions(text: str, start: int, end: int) -> list[Found]:
    """The expressions in ``text[start:end]`` in order, none overlapping another."""
    rules = grammar()
    tokens = tokenize(text, start, end)
    symbols = "".join(map(_symbol, tokens.texts))
    found: list[Found] = []
    place, by_symbol = 0, rules.by_symbol
    for index, symbol in enumerate(symbols):
        if index < place or symbol not in by_symbol:
            continue
        best = _longest(rules, symbol, symbols, index)
        if best is not None:
            rule, groups, stop = best
            found.extend(_build(rule, groups, tokens, symbols, index, stop))
            place = stop
    return found


def _longest(rules: Grammar, symbol: str, symbols: str, index: int) -> tuple[Rule, dict[str, tuple[int, int]], int] | None:
    best, best_stop = None, index
    for rule in rules.by_symbol[symbol]:
        match = rule.regex.match(symbols, index)
        if match is not None and match.end() > best_stop:
            best, best_stop = (rule, match), match.end()
    if best is None:
        return None
    rule, match = best
    groups: dict[str, tuple[int, int]] = {}
    for name, options in rule.slots:
        for option in options:
            if match.start(option) >= 0 and match.end(option) > match.start(option):
                groups[name] = match.span(option)
    return rule, groups, best_stop


def _build(
    rule: Rule, groups: dict[str, tuple[int, int]], tokens: Tokens, symbols: str, first: int, stop: int
) -> Iterator[Found]:
    opener = tokens.texts[first - 1].lower() if first else ""
    follower = tokens.texts[stop].lower() if stop < len(tokens.texts) else ""
    attribute = stop < len(symbols) and symbols[stop] in _NOUNS and tokens.starts[stop] > tokens.ends[stop - 1]
    words = {name: tuple(tokens.texts[a:b]) for name, (a, b) in groups.items()}
    if rule.form != "pair":
        if _drops_article(rule, words, tokens, symbols, first, stop, attribute):
            first += 1
            opener = tokens.texts[first - 1].lower()
        attribute = attribute and opener in _DETERMINERS
        start, end = tokens.starts[first], tokens.ends[stop - 1]
        yield Found(start, end, rule.form, rule.id, words, rule.options, "", "", opener, attribute, follower)
        return
    shared = {name: value for name, value in words.items() if len(name) > 1 and name[:2] not in ("a_", "b_")}
    for part in ("a", "b"):
        own = {name[2:]: value for name, value in words.items() if name.startswith(f"{part}_")}
        a, b = groups[part]
        link = "".join(tokens.texts[groups["a"][1] : groups["b"][0]][:1]) if part == "b" else ""
        yield Found(
            tokens.starts[a],
            tokens.ends[b - 1],
            "date",
            rule.id,
            {**shared, **own},
            rule.options,
            part,
            link.lower(),
            opener,
            attribute,
        )


def _drops_article(
    rule: Rule, words: dict[str, tuple[str, ...]], tokens: Tokens, symbols: str, first: int, stop: int, attribute: bool
) -> bool:
    """Whether the article belongs to a noun that follows, as in "the summer offensive", "the 46-day battle"."""
    if stop - first < 2 or tokens.texts[first].lower() not in ("the", "a", "an"):
        return False
    if rule.form == "date":
        return attribute and not words.keys().isdisjoint(("month", "season"))
    if rule.form != "duration" or rule.id == "duration-period":
        return False
    return "-" in tokens.texts[first:stop] or (attribute and symbols[stop] == _CAPITALISED)
