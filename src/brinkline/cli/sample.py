"""``brinkline sample``: the bundled narratives."""

from __future__ import annotations

from pathlib import Path

from brinkline.cli.output import standard_output
from brinkline.exchange import write_whole
from brinkline.samples import sample_names, sample_text


def sample_command(name: str | None, out: Path | None) -> int:
    """0 after printing a sample or the names of all. NotFound BL502 for a name that is not among them."""
    text = "\n".join(sample_names()) + "\n" if name is None else sample_text(name)
    if out is None or name is None:
        with standard_output() as stream:
            stream.write(text)
    else:
        write_whole(out, text)
    return 0
