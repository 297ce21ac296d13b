"""``decode``: bytes of a text file as text, with a warning when the encoding had to be guessed.

Order: byte order mark; UTF-16 and UTF-32 by their zero bytes; strict UTF-8; then a guess. Text with few bytes above 127 is
Windows-1252 (or Latin-1 when a byte is undefined there), the encodings of western European prose; text with many is given to
charset-normalizer. Bytes that are no text at all are an InputError.
"""

from __future__ import annotations

import codecs

import charset_normalizer

from brinkline.errors import InputError
from brinkline.model import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_NAMES = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}
# Control characters that turn up in text files: tab, line ends, form feed, the DOS end of file, escape.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b\x85")
_BINARY_SHARE = 0.05
_FOREIGN_SHARE = 0.15


def decode(data: bytes, source: str) -> tuple[str, tuple[Notice, ...]]:
    """The text of ``data`` and a notice BL301 when its encoding was guessed; InputError BL204 or BL205."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, source), ()
    wide = _wide(data)
    if wide:
        return _strict(data, wide, source), (_guessed(wide),)
    if looks_binary(data):
        raise InputError(
            "BL205",
            "this is a binary file, not a text",
            place=source,
            remedy="give text, Markdown, HTML, CSV, JSON Lines, PDF or DOCX",
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        name = _narrow(data)
    return data.decode(name), (_guessed(name),)


def looks_binary(data: bytes) -> bool:
    """Whether the first 64 KiB hold a zero byte or too many control characters for a text."""
    sample = data[:_SAMPLE]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in _TEXT_CONTROLS)
    return b"\0" in sample or controls > _BINARY_SHARE * len(sample)


def _strict(data: bytes, name: str, source: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(
            "BL204",
            f"cannot be decoded as {name.upper()}: {error.reason}",
            place=f"{source}, byte {error.start}",
            remedy="save the file as UTF-8",
        ) from None


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes of ASCII letters stand; "" when it is neither."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if (even > 0.4 * half and odd > 0.9 * half) or (odd > 0.4 * half and even > 0.9 * half):
        return "utf-32-le" if sample[0] else "utf-32-be"
    if odd > 0.5 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _narrow(data: bytes) -> str:
    """The one-byte or national encoding of bytes that are not UTF-8."""
    sample = data[:_SAMPLE]
    high = sum(byte > 127 for byte in sample)
    if high > _FOREIGN_SHARE * len(sample):
        best = charset_normalizer.from_bytes(sample).best()
        if best is not None and _decodes(data, best.encoding):
            return best.encoding
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _guessed(name: str) -> Notice:
    return Notice("BL301", f"the encoding is not declared; read as {_NAMES.get(name, name.upper().replace('_', '-'))}")
