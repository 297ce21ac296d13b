"""``brinkline sample``: the bundled narratives."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from brinkline.cli.output import standard_output
from brinkline.errors import NotFound
from brinkline.exchange import write_whole


def sample_command(name: str | None, out: Path | None) -> int:
    """0 after printing a sample or the names of all. NotFound BL502 for a name that is not among them."""
    folder = resources.files("brinkline.samples")
    names = sorted(item.name.removesuffix(".txt") for item in folder.iterdir() if item.name.endswith(".txt"))
    if name is None:
        with standard_output() as stream:
            stream.write("\n".join(names) + "\n")
        return 0
    if name not in names:
        raise NotFound("BL502", f"there is no sample {name!r}", remedy="samples: " + ", ".join(names))
    text = folder.joinpath(f"{name}.txt").read_text(encoding="utf-8")
    if out is None:
        with standard_output() as stream:
            stream.write(text)
    else:
        write_whole(out, text)
    return 0
