"""Events: who did what to whom, when, in which mode."""

from brinkline.events.find import find_events

__all__ = ["find_events"]
