"""Date expressions of a stretch of text: where they stand, which pattern found them and what each part says."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from brinkline.dates.grammar import Grammar, Rule, grammar
from brinkline.dates.tokens import Tokens, tokenize

Words = dict[str, tuple[str, ...]]
_ARTICLES = frozenset({"the", "a", "an"})
_DETERMINERS = _ARTICLES | {"his", "her", "its", "their", "this", "that", "'s", "’s"}


@dataclass(slots=True)
class Found:
    """One expression: ``[start, end)``, form and id of its pattern, and its parts by slot name.

    ``opener`` and ``follower`` are the words or signs around it; ``attribute`` says that it describes the noun that
    follows ("the August uprising"), ``noun_follows`` that a word which may be a noun does. ``link`` is how it is joined
    to the date before it ("-", "to", "and", "ended", or ""); ``inherited`` says that its year was taken from a date it
    is joined to. ``turn`` is the side of the running date it looks to: -1 back, 1 on, 0 either.
    """

    start: int
    end: int
    form: str
    rule: str
    slots: Words
    options: dict[str, str] = field(default_factory=dict)
    opener: str = ""
    follower: str = ""
    attribute: bool = False
    noun_follows: bool = False
    link: str = ""
    inherited: bool = False
    turn: int = 0

    def slot(self, name: str) -> str:
        """The words of a part with single spaces, "" when the expression has no such part."""
        return " ".join(self.slots.get(name, ()))

    def has(self, *names: str) -> bool:
        """Whether the expression has any of these parts."""
        return any(name in self.slots for name in names)


@functools.lru_cache(maxsize=50_000)
def _symbol(text: str) -> str:
    return grammar().lexicon.symbol(text)


@functools.cache
def _nouns() -> tuple[str, str]:
    """The symbols of capitalised words, and of all words that may be nouns ("uprising" among them)."""
    lexicon = grammar().lexicon
    capitalised = lexicon.symbols_of("CAPITALISED")
    return capitalised, capitalised + lexicon.symbols_of("OTHER") + lexicon.symbols_of("GERUND")


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
            rule, groups, place = best
            found.extend(_build(rule, groups, tokens, symbols, index, place))
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
            if match.end(option) > match.start(option):
                groups[name] = match.span(option)
    return rule, groups, best_stop


def _build(
    rule: Rule, groups: dict[str, tuple[int, int]], tokens: Tokens, symbols: str, first: int, stop: int
) -> Iterator[Found]:
    """The expression of a match, or the two or three of a list."""
    words: Words = {name: tuple(tokens.texts[a:b]) for name, (a, b) in groups.items()}
    attribute = stop < len(symbols) and symbols[stop] in _nouns()[1] and tokens.starts[stop] > tokens.ends[stop - 1]
    if rule.form != "pair":
        if _drops_article(rule, words, tokens, symbols, first, stop, attribute):
            first += 1
        yield _found(rule, rule.form, words, tokens, first, stop, attribute)
        return
    parts = [part for part in "abc" if part in groups]
    shared = {name: value for name, value in words.items() if name[0] not in parts or name[1:2] not in ("", "_")}
    _full_second_year(words)
    for part in parts:
        own = {name[2:]: value for name, value in words.items() if name.startswith(f"{part}_")}
        yield _found(rule, "date", {**shared, **own}, tokens, *groups[part], attribute and part == parts[-1])


def _found(rule: Rule, form: str, words: Words, tokens: Tokens, first: int, stop: int, attribute: bool) -> Found:
    opener = tokens.texts[first - 1].lower() if first else ""
    return Found(
        tokens.starts[first],
        tokens.ends[stop - 1],
        form,
        rule.id,
        words,
        rule.options,
        opener,
        tokens.texts[stop] if stop < len(tokens.texts) else "",
        attribute and opener in _DETERMINERS,
        attribute,
    )


def _full_second_year(words: Words) -> None:
    """Writes the second year of "1918-20" in full: the first such year after the first one."""
    first, second = words.get("a_year", ("",))[0], words.get("b_year", ("",))[0]
    if len(first) == 4 and len(second) == 2 and first.isdigit() and second.isdigit():
        year = int(first[:2] + second)
        words["b_year"] = (str(year if year > int(first) else year + 100),)


def _drops_article(rule: Rule, words: Words, tokens: Tokens, symbols: str, first: int, stop: int, attribute: bool) -> bool:
    """Whether the article belongs to a noun that follows, as in "the summer offensive", "the 46-day battle"."""
    if stop - first < 2 or tokens.texts[first].lower() not in _ARTICLES:
        return False
    if rule.form == "date":
        if "ref" in words or not attribute or words.keys().isdisjoint(("month", "season")) or "of" in tokens.texts[first:stop]:
            return False
        if "day" in words:
            return tokens.texts[stop][0].islower()
        return "season" not in words or tokens.texts[stop - 1][0].isupper() == tokens.texts[stop][0].isupper()
    if rule.form != "duration" or rule.id == "duration-period":
        return False
    return "-" in tokens.texts[first:stop] or words["unit"][-1][0].isupper()
