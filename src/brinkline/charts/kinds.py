"""The charts a coding gives, by name: what the command line and the pages offer.

>>> sorted(KINDS)
['intensity', 'map', 'network', 'places', 'strip', 'timeline']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from brinkline.charts.crisis_map import crisis_map, map_rows
from brinkline.charts.data import timeline, timeline_rows
from brinkline.charts.draw import describe, draw_timeline
from brinkline.charts.draw_crisis_map import describe_map, draw_crisis_map
from brinkline.charts.draw_intensity import describe_intensity, draw_intensity
from brinkline.charts.draw_network import describe_network, draw_network
from brinkline.charts.draw_strip import describe_strip, draw_strip
from brinkline.charts.draw_world import describe_world, draw_world
from brinkline.charts.intensity import intensity, intensity_rows
from brinkline.charts.network import network, network_rows
from brinkline.charts.places import world, world_rows
from brinkline.charts.rows import Rows
from brinkline.charts.strip import strip, strip_rows
from brinkline.errors import UsageError
from brinkline.record import Coding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of chart: name, title, and the functions from a coding to its table and from the table to what is shown."""

    name: str
    title: str
    table: Callable[[Coding], T]
    svg: Callable[..., str]
    rows: Callable[[T], Rows]
    told: Callable[[T], str]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a coding, ready to show: the drawing, what it shows in words, and the table of the same data."""

    kind: str
    title: str
    svg: str
    told: str
    rows: Rows


_ALL: tuple[Kind[Any], ...] = (
    Kind("timeline", "Timeline", timeline, draw_timeline, timeline_rows, describe),
    Kind("map", "Crisis map", crisis_map, draw_crisis_map, map_rows, describe_map),
    Kind("intensity", "Intensity over time", intensity, draw_intensity, intensity_rows, describe_intensity),
    Kind("network", "Who acts towards whom", network, draw_network, network_rows, describe_network),
    Kind("places", "Places", world, draw_world, world_rows, describe_world),
    Kind("strip", "Days of the narrative", strip, draw_strip, strip_rows, describe_strip),
)
KINDS: Mapping[str, Kind[Any]] = MappingProxyType({kind.name: kind for kind in _ALL})


def find_kind(name: str) -> Kind[Any]:
    """The kind of chart with a name. UsageError BL170 when there is none."""
    if name not in KINDS:
        raise UsageError("BL170", f"unknown chart {name!r}", remedy="charts: " + ", ".join(KINDS))
    return KINDS[name]


def chart(name: str, coding: Coding, *, standalone: bool = True, link: str | None = None, ident: str | None = None) -> Chart:
    """A chart of a coding by the name of its kind; see ``KINDS``. UsageError BL170 for an unknown name.

    ``standalone`` gives a drawing for a file of its own, else one for a page that has ``style.RULES`` in its style sheet.
    ``link`` makes what is drawn links to "link + id" of the records behind it; ``ident`` begins the ids inside the drawing,
    for pages that show several charts of one kind.
    """
    kind = find_kind(name)
    table = kind.table(coding)
    svg = kind.svg(table, standalone=standalone, link=link, ident=ident or name)
    return Chart(name, kind.title, svg, kind.told(table), kind.rows(table))
