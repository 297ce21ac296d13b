"""Pictures of drawings: PNG by resvg (MIT), which the optional part [png] installs. The fonts are those of the machine."""

from __future__ import annotations

import importlib
import re
from types import ModuleType

from brinkline.errors import MissingExtra, UsageError

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\}")
#: More pixels than any screen or printed page needs; a larger picture would take gigabytes.
MOST_PIXELS = 120_000_000


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """The drawing (one that stands alone) as a PNG file in light colours, ``scale`` pixels to each of its units.

    MissingExtra BL110 without the optional part; UsageError BL171 for a scale that gives no picture or too large a one.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("not a drawing of brinkline.charts")
    wide, high = float(found[1]), float(found[2])
    if not 0.1 <= scale <= 10 or wide * high * scale * scale > MOST_PIXELS:
        raise UsageError("BL171", f"a scale of {scale:g} gives no picture of this chart", remedy="choose one from 0.1 to 10")
    picture: bytes = _resvg().svg_to_bytes(svg_string=_MEDIA.sub("", svg), zoom=scale)
    return bytes(picture)


def _resvg() -> ModuleType:
    try:
        return importlib.import_module("resvg_py")
    except ImportError:
        raise MissingExtra("png", "a picture in PNG") from None
