"""Whether an expression stands where a date can stand; names and amounts that look like dates do not."""

from __future__ import annotations

import functools

from brinkline import data
from brinkline.dates.find import Found
from brinkline.dates.lexicon import word_value


@functools.cache
def context(name: str) -> frozenset[str]:
    """A word list of ``context.toml``."""
    return frozenset(data.toml("brinkline.dates", "context.toml")[name]["words"])


def is_date(item: Found, text: str) -> bool:
    """Whether an expression is a date where it stands: "Theresa May", "Operation Dawn" and "1200 of them" are none."""
    words = text[item.start : item.end]
    if item.rule == "month":
        return not (_is_name(item, words, text) or _is_walk(item, words))
    if item.rule == "year":
        return _is_year(item)
    if item.has("season") and _capital_inside(item, words):
        return item.attribute or item.follower[:1].isupper() or item.opener in context("openers")
    if item.form in ("daypart", "set") and _capital_inside(item, words):
        return item.opener in context("openers")
    return True


def _is_year(item: Found) -> bool:
    """Whether a number from 1000 to 2199 is a year: early ones and ones before something counted need an opener."""
    if word_value("COUNTED", item.follower) is not None:
        return item.opener in context("counted_year_openers") and item.follower not in ("per", "percent", "%")
    return int(item.slot("year")) >= 1500 or item.opener in context("year_openers")


def _is_name(item: Found, words: str, text: str) -> bool:
    """Theresa May, President May: a month name after a capitalised word that opens no time phrase."""
    if words not in context("month_names"):
        return False
    before = text[max(0, item.start - 30) : item.start].split()
    previous = before[-1] if before else ""
    if item.follower[:1].isupper() and not item.attribute and item.opener not in context("openers"):
        return True
    return previous[:1].isupper() and previous.lower() not in context("openers") and previous[-1:] not in ".,;:)"


def _is_walk(item: Found, words: str) -> bool:
    """The March to the Sea: a walk, not a month, when an article or a quotation mark is all that stands before it."""
    if words == "March" and item.opener in ('"', "“", "'", "‘", "long"):
        return True
    return words in ("the March", "The March") and not item.attribute


def _capital_inside(item: Found, words: str) -> bool:
    """Whether an expression is capitalised though it opens no sentence and is no word in capitals."""
    return words[0].isupper() and words[-1].islower() and item.opener not in {"", *context("sentence_signs")}
