"""The event scheme: a tree of leaf types, read from ``scheme/events.csv``, and the roots of other schemes they map to."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from brinkline.data import table

Layer = Literal["think", "say", "do"]
Stance = Literal["cooperative", "uncooperative", "neutral", "escalating", "deescalating"]

#: The event roots of PLOVER (the later naming: REQUEST for DEMAND, ACCUSE for DISAPPROVE, YIELD for CONCEDE and RETREAT).
PLOVER_ROOTS = (
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE"),
    *("REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)


@dataclass(frozen=True, slots=True)
class EventType:
    """One leaf of the scheme. ``ends`` is the leaf for stopping it ("" if there is none); ``parties`` is
    "own" (done with one's own forces), "mutual", "authority", "all" or ""; ``cameo`` a two-digit root;
    ``intensity`` runs from -10 (war) to +10 (union)."""

    id: str
    label: str
    layer: Layer
    directed: bool
    stance: Stance
    armed: bool
    plover: str
    cameo: str
    icbe: str
    intensity: float
    domain: str
    ends: str
    parties: str
    definition: str
    example: str
    counter: str

    @property
    def hostile(self) -> bool:
        """True for uncooperative and escalating acts."""
        return self.stance in ("uncooperative", "escalating")

    @property
    def group(self) -> str:
        """The ICBe leaf group of an act ("interact_escalate", "act_cooperative"); "say" or "think" for the other layers."""
        if self.layer != "do":
            return self.layer
        kind = "interact" if self.directed else "act"
        endings = {
            "cooperative": ("increasecoop", "cooperative"),
            "uncooperative": ("decreasecoop", "uncooperative"),
            "escalating": ("escalate", "escalate"),
            "deescalating": ("deescalate", "deescalate"),
            "neutral": ("increasecoop", "cooperative"),
        }
        return f"{kind}_{endings[self.stance][0 if self.directed else 1]}"


@functools.cache
def event_types() -> Mapping[str, EventType]:
    """The leaves of the scheme by id, in the order of the file."""
    return MappingProxyType({row["id"]: _leaf(row) for row in table("brinkline.reference", "scheme/events.csv")})


def _leaf(row: dict[str, str]) -> EventType:
    return EventType(
        id=row["id"],
        label=row["label"],
        layer=cast(Layer, row["layer"]),
        directed=row["directed"] == "yes",
        stance=cast(Stance, row["stance"]),
        armed=row["armed"] == "yes",
        plover=row["plover"],
        cameo=row["cameo"],
        icbe=row["icbe"],
        intensity=float(row["intensity"]),
        domain=row["domain"],
        ends=row["ends"],
        parties=row["parties"],
        definition=row["definition"],
        example=row["example"],
        counter=row["counter"],
    )


def plover_root(event_type: EventType, mode: str) -> str:
    """The PLOVER root of an act in a mode: an act that is only planned counts as AGREE or THREATEN, a refused one as REJECT.

    Words have their own root in every mode but denied ("will not accept" rejects).
    """
    if event_type.layer != "do" and mode != "denied":
        return event_type.plover
    hostile = "yes" if event_type.hostile else "no"
    for row in table("brinkline.reference", "scheme/events_modes.csv"):
        if row["mode"] == mode and row["root"] in ("*", event_type.plover) and row["hostile"] == hostile:
            return row["plover"]
    return event_type.plover
