"""What people decided, in the shape that exports show: each decision beside the claim it is about."""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.decision import Decision, StoredClaim


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, the digest of the text it is about, its claim, and the claim that stands instead (edit, adjudicate)."""

    digest: str
    decision: Decision
    claim: StoredClaim
    replacement: StoredClaim | None = None
