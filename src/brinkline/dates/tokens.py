"""Tokens of a stretch of text for date finding, with exact positions; finer than those of a language model."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""
      [A-Z]{1,4}-\d+[A-Za-z]*                              # F-16, T-34: never a number of a date
    | \d{4}-\d\d-\d\d(?!\d)                                # ISO days
    | \d\d[2-9]\d-(?:0\d|1[0-2])(?![\d-])                  # ISO months; 1911-12 and 2007-08 are two years
    | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d) | \d{1,2}\.\d{1,2}\.\d{4}(?!\d)
    | 9/11(?![\d/])
    | \d{1,2}:\d\d(?!\d)
    | \d{1,3}(?:,\d{3})+(?:\.\d+)?
    | \d{1,3}0['’]?s(?!\w)
    | \d+(?:\.\d+)?(?:st|nd|rd|th)?(?![^\W\d])
    | [lIO\d]{1,2}(?:st|nd|rd|th)\b
    | ['’]\d\ds?(?!\w)
    | \d+
    | (?:[A-Za-z]\.){2,}[A-Za-z]?\b|(?:[A-Za-z]\.){2,}|(?:B\.C|A\.D)\b    # a.m., B.C., U.S.
    | ['’]s\b
    | [Nn]os?\.(?=\s*\d)
    | [^\W\d_]+
    | --
    | [^\s\w] | _
    """,
    re.VERBOSE,
)


class Tokens(NamedTuple):
    """Parallel columns of the tokens of one stretch: words, first and last positions."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``."""
    spans = [match.span() for match in TOKEN.finditer(text, start, end)]
    return Tokens([text[a:b] for a, b in spans], [a for a, _ in spans], [b for _, b in spans])
