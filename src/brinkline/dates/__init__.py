"""Dates: ``find_dates`` gives the date expressions of a narrative and what each means."""

from __future__ import annotations

from brinkline.dates.assemble import find_dates

__all__ = ["find_dates"]
