"""What a person writes for a date, in EDTF (ISO 8601-2, level 1): its bounding days, precision and TIMEX3 value."""

from __future__ import annotations

import re
from typing import Any

from brinkline.calendar import is_day, last_day
from brinkline.errors import UsageError
from brinkline.model import Day

_POINT = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")


def date_values(edtf: str) -> dict[str, Any]:
    """The parts of a date record that follow from its EDTF text: a day, month or year, or two of them with "/" between;
    ".." or nothing leaves one side open; "?", "~" and "%" mark a doubt. UsageError BL167 for what is none of these.

    >>> date_values("1931-03")["latest"], date_values("1931-03-03/..")["precision"]
    ('1931-03-31', 'interval')
    """
    text = edtf.strip()
    first, slash, last = text.partition("/")
    if not slash:
        earliest, latest, precision = _point(first, text)
        timex = {"type": "DATE", "value": re.sub("[?~%]", "", first), "mod": "APPROX" if first[-1:] in "~%" else ""}
        return _record(text, earliest, latest, precision, "date", timex)
    start = _point(first, text)[0] if first not in ("", "..") else None
    end = _point(last, text)[1] if last not in ("", "..") else None
    if (start is None and end is None) or (start and end and end < start):
        raise _fault(edtf)
    return _record(text, start, end, "interval", "interval", {"type": "DATE", "value": text, "mod": ""})


def _record(
    text: str, earliest: Day | None, latest: Day | None, precision: str, kind: str, timex: dict[str, str]
) -> dict[str, Any]:
    return {
        "edtf": text,
        "timex": timex,
        "earliest": earliest.iso() if earliest else None,
        "latest": latest.iso() if latest else None,
        "precision": precision,
        "kind": kind,
        "anchor": "as the coder read it",
        "rule": "person",
    }


def _point(text: str, whole: str) -> tuple[Day, Day, str]:
    found = _POINT.fullmatch(text)
    if found is None:
        raise _fault(whole)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not found[2]:
        return Day(year, 1, 1), Day(year, 12, 31), "year"
    if not 1 <= month <= 12:
        raise _fault(whole)
    if not found[3]:
        return Day(year, month, 1), last_day(year, month), "month"
    if not is_day(year, month, day):
        raise _fault(whole)
    return Day(year, month, day), Day(year, month, day), "day"


def _fault(text: str) -> UsageError:
    return UsageError(
        "BL167", f"{text[:60]!r} is not a date", remedy="write 1931-03-03, 1931-03, 1931 or 1931-03-03/1931-05-02"
    )
