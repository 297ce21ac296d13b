"""The end of each actor's crisis: its date (termination_date)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.variables.acts import Act
from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.story import Telling
from brinkline.variables.trigger import Trigger, is_again


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of the end of one actor's crisis: the cue phrase if there is one, the line that tells it, the date."""

    party: Party
    telling: Telling | None
    act: Act | None
    date: Finding


def find_endings(case: Case, frame: Frame, triggers: Sequence[Trigger], tellings: Sequence[Telling]) -> tuple[Ending, ...]:
    """One end per crisis actor: its own where one is told, else the end of the crisis as a whole."""
    return tuple(_ending(case, frame, trigger, triggers, tellings) for trigger in triggers)


def _ending(case: Case, frame: Frame, trigger: Trigger, triggers: Sequence[Trigger], tellings: Sequence[Telling]) -> Ending:
    own = [item for item in tellings if trigger.party in item.parties and item.hit.scope in ("named", "it")]
    own = [item for item in own if item.moment is None or not _too_early(trigger, item)]
    shared = [item for item in tellings if item.hit.scope in ("all", "none")]
    last = [item for item in shared if frame.end and item.moment and item.moment.value == frame.end.value] or shared
    if trigger.row > 1:
        own = [item for item in own if is_again(item)][:1] or own[:1]
    elif any(other.row > 1 and other.party == trigger.party for other in triggers):
        own = [item for item in own if not is_again(item)]
    telling = own[-1] if own else (last[-1] if last else None)
    act = Act(telling.hit.line, 0, len(telling.hit.line.text)) if telling else _last_act(case, frame)
    return Ending(trigger.party, telling, act, _date(frame, telling, named=bool(own)))


def _too_early(trigger: Trigger, telling: Telling) -> bool:
    if telling.moment is None or not isinstance(trigger.date.value, str):
        return False
    return rough_day(telling.moment.value) < rough_day(trigger.date.value)


def _date(frame: Frame, telling: Telling | None, *, named: bool) -> Finding:
    """The date told for this actor; for all actors the last date of the opening, which is the end of the crisis."""
    if telling is not None and telling.moment is not None and (named or frame.end is None):
        when = telling.moment.when
        cue = telling.hit.line.source(telling.hit.start, telling.hit.end)
        rule = "told" if telling.moment.same_line else "told-before"
        return Finding(telling.moment.value, "quoted", rule, (cue, (when.start, when.end)))
    if frame.end is None:
        return Finding(None, "absent", "none", note="no date in the narrative can be tied to the end of the crisis")
    span = (frame.end.when.start, frame.end.when.end)
    if telling is not None:
        cue = telling.hit.line.source(telling.hit.start, telling.hit.end)
        return Finding(frame.end.value, "quoted", "end-all", (cue, span))
    return Finding(frame.end.value, "inferred", "end", (span,), ("crisis:termination_date",))


def _last_act(case: Case, frame: Frame) -> Act | None:
    """The last line of the story that tells the day on which the crisis ended."""
    if frame.end is not None:
        for line in reversed(case.story):
            if any(when.edtf == frame.end.when.edtf for when in case.whens(line.text)):
                return Act(line, 0, len(line.text))
    return None
