"""TimeML in: the words of ``<TEXT>`` without their tags, and the creation day; annotations already there are ignored."""

from __future__ import annotations

import html
import re

from brinkline.errors import InputError
from brinkline.model import Day, Narrative, Section
from brinkline.reading.asides import find_asides
from brinkline.reading.paragraphs import paragraph_spans

_TEXT = re.compile(r"<TEXT(?:\s[^>]*)?>(.*)</TEXT\s*>", re.DOTALL)
_TOKEN = re.compile(r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|</?[A-Za-z][^<>]*>|(?P<words>[^<]+|<)", re.DOTALL)
_CREATION = re.compile(r"<TIMEX3\b[^>]*\bfunctionInDocument=[\"']CREATION_TIME[\"'][^>]*>|<DCT>.*?</DCT>", re.DOTALL)
_VALUE = re.compile(r"\bvalue=[\"'](\d{4})-?(\d\d)-?(\d\d)")
_NAME = re.compile(r"<DOCID>\s*(.*?)\s*</DOCID>", re.DOTALL)


def parse_timeml(data: str, source: str) -> Narrative:
    """The narrative of a TimeML document; its text is what stands in ``<TEXT>``, white space included.

    ``created`` is the day of the creation time when the document gives one, ``title`` its DOCID, ``head`` all that stands
    before the text. What stands behind it (links between annotations that are left out) is dropped. InputError BL221 when
    there is no ``<TEXT>`` element, BL203 when it is empty.
    """
    body = _TEXT.search(data)
    if body is None:
        raise InputError(
            "BL221", "no <TEXT> element", place=source, remedy="give a TimeML 1.2 document with its words in <TEXT>...</TEXT>"
        )
    text = plain_text(body[1])
    if not text.strip():
        raise InputError("BL203", "the input is empty", place=source, remedy="give a text with at least one sentence")
    paragraphs = tuple(paragraph_spans(text))
    asides, _ = find_asides(text, paragraphs)
    name = _NAME.search(data)
    return Narrative(
        text,
        title=html.unescape(name[1]) if name else "",
        sections=(Section("other", "", 0, len(text)),),
        paragraphs=paragraphs,
        asides=asides,
        created=_created(data),
        source=source,
        head=data[: body.start(1)],
    )


def plain_text(markup: str) -> str:
    """The words of a piece of markup: tags and comments dropped, entities decoded, white space kept."""
    parts: list[str] = []
    for match in _TOKEN.finditer(markup):
        if match["cdata"] is not None:
            parts.append(match["cdata"])
        elif match["words"] is not None:
            parts.append(match["words"])
    return "".join(part if "&" not in part else html.unescape(part) for part in parts)


def _created(data: str) -> Day | None:
    for match in _CREATION.finditer(data):
        if value := _VALUE.search(match[0]):
            year, month, day = (int(part) for part in value.groups())
            return Day(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    return None
