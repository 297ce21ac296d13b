"""The time of what people and batches do. Nothing in a coding depends on it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present time, UTC in ISO 8601 with microseconds: "2026-11-24T16:20:05.123456Z"."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
