"""The time of what people and batches do. Nothing in a coding depends on it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present time, UTC in ISO 8601 with microseconds: "2026-11-24T16:20:05.123456Z"."""
    return time_text(datetime.now(UTC))


def time_text(moment: datetime) -> str:
    """A time in UTC as the project keeps times; texts compare as the times do."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
