"""``clean``: a decoded text made ready to be fixed as the text of a narrative.

Line ends become "\\n" (CRLF, CR, form feed, vertical tab, U+0085, U+2028, U+2029) and a byte order mark at the start goes.
Control characters become blanks and half surrogates U+FFFD, one for one, with a warning: neither can be written to XML.
All else stays, trailing blanks too.
"""

from __future__ import annotations

import re

from brinkline.model import Notice

_LINE_ENDS = re.compile("\r\n?|[\f\v\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNPRINTABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> tuple[str, tuple[Notice, ...]]:
    """The text as it will be stored, and warnings BL302 (control characters) and BL303 (broken characters)."""
    text = text.removeprefix("\ufeff")
    text = _LINE_ENDS.sub("\n", text)
    notices = []
    for pattern, with_what, code, what in (
        (_CONTROL, " ", "BL302", "control characters replaced by blanks"),
        (_UNPRINTABLE, "\ufffd", "BL303", "broken characters replaced by U+FFFD"),
    ):
        first = pattern.search(text)
        if first:
            text, count = pattern.subn(with_what, text)
            notices.append(Notice(code, f"{count} {what}", first.start(), first.end()))
    return text, tuple(notices)
