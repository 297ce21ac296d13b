"""``actor_notices``: warnings about the actors of a narrative: names the tables lack, states before or after their time."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.timeline import DayLine
from brinkline.model import Actor, Day, Mention, Notice, Sentence, When
from brinkline.reference.states import State, state_by_key

#: Years around its membership in which a state is named without a warning: recognition often comes later than the state.
_SLACK = 2
#: Names that one notice spells out.
_SHOWN = 8


def actor_notices(mentions: Sequence[Mention], sentences: Sequence[Sentence], dates: Sequence[When]) -> tuple[Notice, ...]:
    """A notice for each unknown name (BL341) and one for all states named outside their membership (BL342).

    Each stands at the first mention it speaks of; a name that means a territory of its day (a colony) is listed too.
    """
    line = DayLine(dates)
    unknown: dict[str, Mention] = {}
    outside: dict[str, tuple[Mention, Day]] = {}
    place = 0
    for mention in mentions:
        while place + 1 < len(sentences) and sentences[place].end <= mention.start:
            place += 1
        if mention.actor is None or not sentences:
            continue
        if mention.actor.kind == "unknown":
            unknown.setdefault(mention.actor.id, mention)
            continue
        day = line.day(sentences[place], mention.start)
        if day is not None and _outside(mention.actor, mention.basis, day):
            outside.setdefault(mention.actor.id, (mention, day))
    notices = [
        Notice("BL341", f"{item.text!r}: the tables know no actor of this name; it stays as written", item.start, item.end)
        for item in unknown.values()
    ]
    return (*notices, *_one_notice(list(outside.values())))


def _one_notice(items: Sequence[tuple[Mention, Day]]) -> tuple[Notice, ...]:
    if not items:
        return ()
    shown = ", ".join(f"{mention.text} ({day.iso()})" for mention, day in items[:_SHOWN])
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    first = items[0][0]
    message = f"named before or after its time in the state system: {shown}{more}"
    return (Notice("BL342", message, first.start, first.end),)


def _outside(actor: Actor, basis: str, day: Day) -> bool:
    if actor.kind != "state" or not basis.startswith("name"):
        return False
    state = state_by_key(actor.id)
    return bool(state.membership) and not _member_about(state, day)


def _member_about(state: State, day: Day) -> bool:
    return any(state.member_on(Day(day.year + years, day.month, min(day.day, 28))) for years in range(-_SLACK, _SLACK + 1))
