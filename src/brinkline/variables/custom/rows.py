"""The rows of the actor level: the crisis actors that the built-in rules found, or the states that act or are named."""

from __future__ import annotations

from collections.abc import Iterable

from brinkline.model import Actor, CrisisActor, Mention
from brinkline.reference.codebook_rule_check import TOLD
from brinkline.reference.codebook_rules import CodebookFile
from brinkline.variables.custom.scene import Scene, Subject
from brinkline.variables.record import Variables


def rows_for(book: CodebookFile, scene: Scene, built_in: Variables) -> list[Subject]:
    """One subject a row. Rows of the built-in rules come first; states without a number are left out."""
    ids = _ids_by_number(scene)
    rows = list(built_in.crisis_actors) if book.rows == "crisis" or book.extends else []
    if book.rows != "crisis":
        known = {row.cow for row in rows}
        mentions = _acting(scene) if book.rows == "acting" else _named(scene)
        for number, actor in _states(mentions, scene).items():
            if number not in known:
                rows.append(CrisisActor(number, actor.abbrev, actor.name, ()))
    return [_subject(row, frozenset(ids.get(row.cow, ())) | {f"state:{row.cow}"}) for row in rows]


def _subject(row: CrisisActor, ids: frozenset[str]) -> Subject:
    key = f"actor:{row.cow}" if row.row == 1 else f"actor:{row.cow}:{row.row}"
    return Subject("actor", key, row, ids)


def _ids_by_number(scene: Scene) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for mention in scene.mentions:
        number = scene.number(mention.actor) if mention.actor else None
        if mention.actor is not None and number is not None:
            found.setdefault(number, set()).add(mention.actor.id)
    return found


def _acting(scene: Scene) -> list[Mention]:
    """The actors of everything that was done or said, in the order of the text."""
    events = [event for event in scene.events if scene.section(event) in TOLD and event.mode in ("done", "ongoing")]
    return [mention for event in events for mention in (*event.who, *event.whom)]


def _named(scene: Scene) -> list[Mention]:
    return [mention for sight in scene.sights if sight.section in TOLD and not sight.aside for mention in sight.mentions]


def _states(mentions: Iterable[Mention], scene: Scene) -> dict[int, Actor]:
    """The states among them by number, in the order in which they are first named."""
    found: dict[int, Actor] = {}
    for mention in mentions:
        number = scene.number(mention.actor) if mention.actor else None
        if mention.actor is not None and number is not None:
            found.setdefault(number, mention.actor)
    return found
