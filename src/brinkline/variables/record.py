"""The record that coding variables gives back."""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.model import Claim, CrisisActor, Notice


@dataclass(frozen=True, slots=True)
class Variables:
    """Claims of the crisis by ICB1 name, one row per crisis actor with claims by ICB2 name, and warnings (BL35x)."""

    crisis: tuple[Claim, ...] = ()
    crisis_actors: tuple[CrisisActor, ...] = ()
    warnings: tuple[Notice, ...] = ()
