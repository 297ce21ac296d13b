"""``actor_notices``: warnings about the actors of a narrative: names the tables lack, states before or after their time."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.timeline import DayLine
from brinkline.model import Day, Mention, Notice, Sentence, When
from brinkline.reference.states import State, state_by_key

#: Years around its membership in which a state is named without a warning: recognition often comes later than the state.
_SLACK = 2


def actor_notices(mentions: Sequence[Mention], sentences: Sequence[Sentence], dates: Sequence[When]) -> tuple[Notice, ...]:
    """One notice for each unknown name (BL341) and for each state named outside its membership (BL342), in text order.

    A state is warned of once, at its first mention as an actor by name; names in the background of a crisis count too.
    """
    line = DayLine(dates)
    notices: list[Notice] = []
    told: set[str] = set()
    place = 0
    for mention in mentions:
        while place + 1 < len(sentences) and sentences[place].end <= mention.start:
            place += 1
        if mention.actor is None or mention.actor.id in told or not sentences:
            continue
        message = _message(mention, line.day(sentences[place], mention.start))
        if message:
            told.add(mention.actor.id)
            notices.append(Notice(*message, mention.start, mention.end))
    return tuple(notices)


def _message(mention: Mention, day: Day | None) -> tuple[str, str] | None:
    actor = mention.actor
    if actor is None:
        return None
    if actor.kind == "unknown":
        return "BL341", f"{mention.text!r}: the tables know no actor of this name; it stays as it is written"
    if actor.kind != "state" or not mention.basis.startswith("name") or day is None:
        return None
    state = state_by_key(actor.id)
    if not state.membership or _member_about(state, day):
        return None
    return "BL342", f"{mention.text!r} is read as {state.name}, which was no member of the state system on {day.iso()}"


def _member_about(state: State, day: Day) -> bool:
    return any(state.member_on(Day(day.year + years, day.month, min(day.day, 28))) for years in range(-_SLACK, _SLACK + 1))
