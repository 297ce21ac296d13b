"""Comparison of output with a stored file; ``WRITE_SNAPSHOTS=1`` writes the file anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def check(name: str, text: str) -> None:
    """Fail when ``text`` differs from the stored file of that name."""
    path = FOLDER / name
    if os.environ.get("WRITE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8", newline="")
    assert path.exists(), f"no snapshot {name}: see tests/snapshots/README.md"
    assert text == path.read_bytes().decode("utf-8"), f"output differs from tests/snapshots/{name}: see its README.md"
