"""What tests ask of a drawing: its points, its words with the room they take, and what leads out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from brinkline.charts.svg import width

SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLHVQCZmlhvz])([^MLHVQCZmlhvz]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SIZES = {"tiny": 11, "small": 12}

Box = tuple[float, float, float, float]


def root(svg: str) -> ElementTree.Element:
    """The drawing as a tree; fails when it is no XML."""
    return ElementTree.fromstring(svg)


def size(svg: str) -> tuple[float, float]:
    """Width and height of the view box."""
    _, _, wide, high = root(svg).attrib["viewBox"].split()
    return float(wide), float(high)


def points(svg: str) -> Iterator[tuple[float, float]]:
    """Every point of the drawing; what is clipped to a frame is left out."""
    clipped = {id(item) for group in root_groups(svg) if "clip-path" in group.attrib for item in group.iter()}
    for element in _tree(svg).iter():
        if id(element) in clipped:
            continue
        attributes = element.attrib
        if element.tag == f"{SVG}path":
            yield from path_points(attributes["d"])
        elif element.tag == f"{SVG}rect":
            x, y = float(attributes.get("x", 0)), float(attributes.get("y", 0))
            yield x, y
            yield x + float(attributes["width"]), y + float(attributes["height"])
        elif element.tag == f"{SVG}circle":
            x, y, r = (float(attributes[name]) for name in ("cx", "cy", "r"))
            yield x - r, y - r
            yield x + r, y + r


_CACHE: dict[str, ElementTree.Element] = {}


def _tree(svg: str) -> ElementTree.Element:
    """The tree of the drawing, the same object for the same text, so that elements can be told by identity."""
    if svg not in _CACHE:
        _CACHE.clear()
        _CACHE[svg] = root(svg)
    return _CACHE[svg]


def root_groups(svg: str) -> Iterator[ElementTree.Element]:
    """The groups of the drawing."""
    yield from _tree(svg).iter(f"{SVG}g")


def path_points(data: str) -> Iterator[tuple[float, float]]:
    """The points that a path's commands name."""
    x = y = 0.0
    for command, rest in _STEP.findall(data):
        numbers = [float(item) for item in _NUMBER.findall(rest)]
        relative = command.islower()
        match command.upper():
            case "H":
                x = numbers[0] + (x if relative else 0)
            case "V":
                y = numbers[0] + (y if relative else 0)
            case "Z":
                continue
            case _:
                start = (x, y) if relative else (0.0, 0.0)
                for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                    # Relative steps of one command go from point to point.
                    x, y = start[0] + across, start[1] + down
                    start = (x, y) if relative else start
                    yield x, y
        yield x, y


def words(svg: str) -> list[tuple[str, str, Box]]:
    """Every text: its class, its words and the estimated room (left, top, right, bottom)."""
    found = []
    for element in _tree(svg).iter(f"{SVG}text"):
        kind, content = element.attrib.get("class", ""), "".join(element.itertext())
        letter = next((size for name, size in _SIZES.items() if name in kind.split()), 13)
        wide = width(content, letter, bold="lane-name" in kind or "group" in kind)
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        left = {"middle": x - wide / 2, "end": x - wide}.get(element.attrib.get("text-anchor", ""), x)
        found.append((kind, content, (left, y - 0.8 * letter, left + wide, y + 0.2 * letter)))
    return found


def meet(one: Box, other: Box, slack: float = 1.0) -> bool:
    """Whether two rooms overlap by more than ``slack``."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def refs(svg: str, kind: str) -> list[str]:
    """The ``data-ref`` of the groups of a class, in the order drawn."""
    return [
        element.attrib["data-ref"]
        for element in _tree(svg).iter(f"{SVG}g")
        if kind in element.attrib.get("class", "").split() and "data-ref" in element.attrib
    ]


def outward(svg: str) -> list[str]:
    """What would make a reader load or run something: scripts, handlers, foreign addresses, style that imports."""
    found = []
    for element in _tree(svg).iter():
        if element.tag.split("}")[1] in ("script", "foreignObject", "image", "use", "iframe", "animate", "set"):
            found.append(element.tag)
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or (name.endswith("href") and not value.startswith("#")) or name == "style":
                found.append(f"{name}={value}")
            if "url(" in value and "url(#" not in value:
                found.append(value)
        if element.tag == f"{SVG}style" and re.search(r"url\(|@import|expression|//", element.text or ""):
            found.append(element.text or "")
    return found
