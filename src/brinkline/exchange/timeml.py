"""TimeML out: the unchanged text of a narrative with its date expressions as inline TIMEX3 elements (TimeML 1.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brinkline.model import Narrative, When

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def write_timeml(narrative: Narrative, dates: Iterable[When]) -> str:
    """The narrative as a TimeML document; the head of the TimeML document it was read from, if any, is kept.

    A date that covers others (the interval "from 22 June to 4 July") is left out in favour of its two ends, since TIMEX3
    elements must not nest. Characters that XML cannot hold become U+FFFD.
    """
    body = "".join(_pieces(narrative.text, innermost(dates)))
    if narrative.head:
        return f"{narrative.head}{body}</TEXT>\n</TimeML>\n"
    name = _escape(narrative.title or narrative.source or "narrative")
    created = ""
    if narrative.created:
        day = narrative.created.iso()
        created = (
            f'<TIMEX3 tid="t0" type="DATE" value="{day}" temporalFunction="false" '
            f'functionInDocument="CREATION_TIME">{day}</TIMEX3>'
        )
    return f"{_HEAD}<DOCID>{name}</DOCID>\n<DCT>{created}</DCT>\n<TEXT>{body}</TEXT>\n</TimeML>\n"


def innermost(dates: Iterable[When]) -> list[When]:
    """The dates TimeML marks, in order: none that covers another, none that overlaps one before it.

    A date without a TIMEX3 value ("soon after", "at once") is no markable expression of TimeML 1.2.1.
    """
    ordered = sorted(dates, key=lambda when: (when.start, when.end))
    ordered = [when for when in ordered if when.timex.value]
    kept: list[When] = []
    for index, when in enumerate(ordered):
        covers = any(other.start >= when.start and other.end <= when.end for other in ordered[index + 1 : index + 4])
        covers = covers or any(
            other.start == when.start and other.end < when.end for other in ordered[max(0, index - 3) : index]
        )
        if not covers and (not kept or when.start >= kept[-1].end):
            kept.append(when)
    return kept


def _pieces(text: str, dates: list[When]) -> Iterable[str]:
    place = 0
    for number, when in enumerate(dates, 1):
        yield _escape_text(text[place : when.start])
        mod = f' mod="{when.timex.mod}"' if when.timex.mod else ""
        value = when.timex.value.translate(_ESCAPES)
        yield f'<TIMEX3 tid="t{number}" type="{when.timex.type}" value="{value}"{mod}>'
        yield _escape_text(text[when.start : when.end]) + "</TIMEX3>"
        place = when.end
    yield _escape_text(text[place:])


def _escape(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def _escape_text(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_TEXT_ESCAPES)
