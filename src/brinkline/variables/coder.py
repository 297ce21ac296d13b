"""All variable families in order, from the records of the earlier stages to ``Variables``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brinkline.model import CrisisActor, Event, Mention, Narrative, Sentence, When
from brinkline.variables.case import Case, make_case
from brinkline.variables.ending import Ending, find_endings
from brinkline.variables.finding import Finding, to_claim
from brinkline.variables.frame import Frame, Party, read_frame
from brinkline.variables.record import Variables
from brinkline.variables.response import Response, find_responses, response_type
from brinkline.variables.story import tell
from brinkline.variables.trigger import Trigger, after_response, find_triggers, trigger_place, trigger_type


def code_variables(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
) -> Variables:
    """The claims about the crisis and its actors; empty when the narrative names no crisis actor."""
    case = make_case(narrative, sentences, dates, mentions, events)
    frame = read_frame(case)
    triggers = find_triggers(case, frame, tell(case, frame, "trigger"))
    answers = tell(case, frame, "response")
    responses = find_responses(case, frame, triggers, answers)
    told = {item.party.number: item.date for item in responses if item.telling is not None and item.date.basis == "quoted"}
    triggers = after_response(frame, triggers, told)
    responses = find_responses(case, frame, triggers, answers)
    endings = find_endings(case, frame, triggers, tell(case, frame, "end"))
    rows = tuple(
        _row(case, trigger.party, _actor_findings(case, frame, trigger, response, ending))
        for trigger, response, ending in zip(triggers, responses, endings, strict=True)
    )
    return Variables((), rows, ())


def _actor_findings(case: Case, frame: Frame, trigger: Trigger, response: Response, ending: Ending) -> Mapping[str, Finding]:
    """The findings of one actor by ICB2 name, in the order in which they are shown."""
    return {
        "cracid": Finding(trigger.party.number, "quoted", trigger.party.rule, (trigger.party.evidence,)),
        "trigger_date": trigger.date,
        "triggr": trigger_type(case, frame, trigger),
        "trigent": trigger.entity,
        "trigloc": trigger_place(trigger),
        "response_date": response.date,
        "majres": response_type(response, violent=False),
        "termination_date": ending.date,
    }


def _row(case: Case, party: Party, findings: Mapping[str, Finding]) -> CrisisActor:
    subject = f"actor:{party.number}"
    claims = tuple(to_claim(case.narrative, subject, "actor", field, finding) for field, finding in findings.items())
    return CrisisActor(party.number, party.abbrev, party.name, claims)
