"""What is measured of the built-in rules: how often each agreed with the human coding (``confidence.csv``)."""

from __future__ import annotations

from typing import Any

from brinkline import data
from brinkline.reference.codebook import Level


def measured_rules(level: Level, name: str) -> list[dict[str, Any]]:
    """The measured rules of a variable as records (id, share, cases) in the order of the file; "all" is the whole variable."""
    key = name if level == "actor" else f"crisis.{name}"
    found = []
    for row in data.table("brinkline.variables", "confidence.csv"):
        variable, _, rule = row["rule"].partition(":")
        if variable == key:
            found.append({"id": rule or "all", "share": float(row["share"]), "cases": int(row["cases"])})
    return found
