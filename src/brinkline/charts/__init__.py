"""Charts: tables of what a chart shows, and drawings of them as SVG that are the same on every machine.

``chart(name, coding)`` gives any of ``KINDS``: drawing, words, rows. The tables and drawings also stand alone:

>>> from brinkline.charts import KINDS, chart, draw_timeline, timeline
"""

from brinkline.charts.bars import Agreement, Progress, Share, Stage, agreement_rows, progress_rows
from brinkline.charts.crisis_map import CrisisMap, Deed, crisis_map
from brinkline.charts.data import Bar, Lane, Mark, Timeline, timeline
from brinkline.charts.draw import draw_timeline
from brinkline.charts.draw_bars import draw_agreement, draw_progress
from brinkline.charts.draw_crisis_map import draw_crisis_map
from brinkline.charts.draw_intensity import draw_intensity
from brinkline.charts.draw_network import draw_network
from brinkline.charts.draw_strip import draw_strip
from brinkline.charts.draw_world import draw_world
from brinkline.charts.intensity import Intensity, intensity
from brinkline.charts.kinds import KINDS, Chart, Kind, chart, find_kind
from brinkline.charts.network import Network, network
from brinkline.charts.places import World, world
from brinkline.charts.png import png
from brinkline.charts.rows import Rows
from brinkline.charts.strip import Strip, strip
from brinkline.charts.style import RULES

__all__ = [
    "KINDS",
    "RULES",
    "Agreement",
    "Bar",
    "Chart",
    "CrisisMap",
    "Deed",
    "Intensity",
    "Kind",
    "Lane",
    "Mark",
    "Network",
    "Progress",
    "Rows",
    "Share",
    "Stage",
    "Strip",
    "Timeline",
    "World",
    "agreement_rows",
    "chart",
    "crisis_map",
    "draw_agreement",
    "draw_crisis_map",
    "draw_intensity",
    "draw_network",
    "draw_progress",
    "draw_strip",
    "draw_timeline",
    "draw_world",
    "find_kind",
    "intensity",
    "network",
    "png",
    "progress_rows",
    "strip",
    "timeline",
    "world",
]
