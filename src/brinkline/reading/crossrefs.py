"""``find_cross_references``: pointers to other cases ("see Case #39--Mukden", "Cases #10 and #11")."""

from __future__ import annotations

import re

from brinkline.model import CrossReference

_FIRST = re.compile(
    r"\b(?:(?:Cases?|CASES?|Cris[ie]s|CRIS[IE]S)\s+(?:#|No\.|Nos\.|Number)\s?|[Ss]ee(?:\s+also)?\s+[Cc]ases?\s+)(\d{1,5})\b"
)
_NEXT = re.compile(
    r"(?:,\s+in\s+\d{4}(?:[-–/]\d{2,4})?)?(?:\s*[,;]\s*(?:and\s+|or\s+)?|\s+and\s+|\s*(?:&|or)\s+)(?:[Ss]ee\s+)?(?:[Cc]ases?\s+)?#\s?(\d{1,5})\b"
)
_DASH_NAME = re.compile(r"\s?(?:--+|[–—])\s?(?=[A-Z\"“À-Þ])")
_COMMA_NAME = re.compile(r",\s+(?=[A-Z\"“À-Þ])(?!Case)")
_NAME_END = re.compile(r"[,;()\[\]\n]|(?<!Czech)\.(?=\s+[A-Z]|\s*$)|\.?$")
_NUMERALS = re.compile(r"^(?P<stem>.+?)\s+(?P<first>[IVX]+)$")
_NUMERAL = re.compile(r",\s*(?:and\s+)?([IVX]+)\b")
_NAME_LIMIT = 80


def find_cross_references(text: str, start: int = 0) -> tuple[CrossReference, ...]:
    """The pointers in order; each case of a list has its own range. Names written once for a list ("Border I, II") are
    shared out when there are as many numerals as cases."""
    found: list[CrossReference] = []
    at = start
    while match := _FIRST.search(text, at):
        group = [_item(text, _word_start(match), match.start(1), match.end(1))]
        while following := _NEXT.match(text, group[-1].end):
            group.append(_item(text, text.index("#", following.start()), following.start(1), following.end(1)))
        found += _share_names(text, group)
        at = group[-1].end
    return tuple(found)


def _word_start(match: re.Match[str]) -> int:
    """ "Case" itself opens the range, not "see"."""
    words = match[0]
    lower = words.lower()
    return match.start() + (lower.index("case") if lower.startswith("see") else 0)


def _item(text: str, start: int, number_start: int, number_end: int) -> CrossReference:
    case = int(text[number_start:number_end])
    dash = _DASH_NAME.match(text, number_end) or _COMMA_NAME.match(text, number_end)
    if dash is None:
        return CrossReference(start, number_end, text[start:number_end], case)
    limit = min(len(text), dash.end() + _NAME_LIMIT)
    stop = _NAME_END.search(text, dash.end(), limit)
    end = stop.start() if stop else limit
    name = text[dash.end() : end].strip().strip('"“”')
    if not name or end == limit < len(text):
        return CrossReference(start, number_end, text[start:number_end], case)
    end = dash.end() + len(text[dash.end() : end].rstrip())
    return CrossReference(start, end, text[start:end], case, name)


def _share_names(text: str, group: list[CrossReference]) -> list[CrossReference]:
    last = group[-1]
    match = _NUMERALS.match(last.name)
    if len(group) < 2 or match is None or any(item.name for item in group[:-1]):
        return group
    numerals = [match["first"]]
    end = last.end
    while (following := _NUMERAL.match(text, end)) and len(numerals) < len(group):
        numerals.append(following[1])
        end = following.end()
    if len(numerals) != len(group):
        return group
    named = [
        CrossReference(item.start, item.end, item.text, item.case, f"{match['stem']} {numeral}")
        for item, numeral in zip(group[:-1], numerals, strict=False)
    ]
    return [*named, CrossReference(last.start, end, text[last.start : end], last.case, f"{match['stem']} {numerals[-1]}")]
