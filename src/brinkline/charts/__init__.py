"""Charts: tables of what a chart shows (``data``), and drawings of them as SVG that are the same on every machine (``draw``).

>>> from brinkline.charts import draw_timeline, timeline
"""

from brinkline.charts.data import Bar, Lane, Mark, Timeline, timeline
from brinkline.charts.draw import draw_timeline

__all__ = ["Bar", "Lane", "Mark", "Timeline", "draw_timeline", "timeline"]
