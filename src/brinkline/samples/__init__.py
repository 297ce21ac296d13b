"""The bundled narratives, written for brinkline from public historical facts."""

from __future__ import annotations

from importlib import resources

from brinkline.errors import NotFound


def sample_names() -> tuple[str, ...]:
    """The names of the samples in alphabetical order."""
    names = (item.name for item in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt")))


def sample_text(name: str) -> str:
    """The text of a sample; NotFound BL502 for a name that is not among them."""
    if name not in sample_names():
        raise NotFound("BL502", f"there is no sample {name!r}", remedy="samples: " + ", ".join(sample_names()))
    return resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
