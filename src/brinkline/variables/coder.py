"""All variable families in order, from the records of the earlier stages to ``Variables``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brinkline.model import CrisisActor, Event, Mention, Narrative, Sentence, When
from brinkline.variables.attitudes import attitude, satisfaction
from brinkline.variables.case import Case, make_case
from brinkline.variables.checks import check_rows
from brinkline.variables.crisis import crisis_findings
from brinkline.variables.days import days_counted
from brinkline.variables.ending import Ending, find_endings
from brinkline.variables.fighting import Intensity, read_intensity
from brinkline.variables.finding import Finding, to_claim
from brinkline.variables.frame import Frame, Party, read_frame
from brinkline.variables.involvement import POWERS, own_row, power_findings
from brinkline.variables.mediation import mediation_findings
from brinkline.variables.model import Settle
from brinkline.variables.model import settle as settle_by_models
from brinkline.variables.organisations import global_findings, regional_findings
from brinkline.variables.outcome import find_outcomes
from brinkline.variables.record import Variables
from brinkline.variables.response import Response, find_responses, response_type
from brinkline.variables.standing import crisis_region, standing_findings
from brinkline.variables.story import tell
from brinkline.variables.trigger import Trigger, after_response, find_triggers, source_of_threat, trigger_place, trigger_type
from brinkline.variables.values import gravest_threat, polarity
from brinkline.variables.violence import (
    many_talks,
    means_of,
    technique,
    used_force,
    violence_findings,
    was_struck,
)


def code_variables(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
    *,
    settle: Settle = settle_by_models,
) -> Variables:
    """The claims about the crisis and its actors; empty when the narrative names no crisis actor.

    ``settle`` decides the values for which a model is shipped; training puts its own in that place.
    """
    case = make_case(narrative, sentences, dates, mentions, events)
    frame = read_frame(case)
    triggers = find_triggers(case, frame, tell(case, frame, "trigger"))
    answers = tell(case, frame, "response")
    responses = find_responses(case, frame, triggers, answers)
    known = {item.party.number: item.date for item in responses if item.telling is not None and item.date.basis == "quoted"}
    triggers = after_response(frame, triggers, known)
    responses = find_responses(case, frame, triggers, answers)
    endings = find_endings(case, frame, triggers, tell(case, frame, "end"))
    intensity = read_intensity(case, frame)
    outcomes = find_outcomes(case, frame, triggers, endings)
    actors = [Told(*item) for item in zip(triggers, responses, endings, outcomes, strict=True)]
    force = [used_force(case, frame, intensity, item.trigger, item.ending.date, triggers, item.response) for item in actors]
    fought = {item.trigger.party.number for item, finding in zip(actors, force, strict=True) if finding.value}
    armed = {party.number: party.number in fought or bool(means_of(case, party).moves) for party in frame.parties}
    shared = _shared_findings(case, frame, armed)
    geog = crisis_region(case, frame, [trigger.entity for trigger in triggers])
    shared = {**shared, "geog": geog}
    ruled = [_actor_findings(case, frame, *item, intensity, shared) for item in zip(actors, force, strict=True)]
    found = with_satisfaction(settle(case, frame, actors, ruled))
    whole = {**crisis_findings(found), **mediation_findings(case, frame)} if found else {}
    rows = tuple(_row(case, item.trigger, findings) for item, findings in zip(actors, found, strict=True))
    crisis = tuple(to_claim(narrative, "crisis", "crisis", field, finding) for field, finding in whole.items())
    return Variables(crisis, rows, check_rows(rows, crisis))


#: How many states were involved: a narrative names the main ones only.
_UNCOUNTED = Finding(None, "absent", "unsaid", note="a narrative seldom names every state involved; count them by hand")


@dataclass(frozen=True, slots=True)
class Told:
    """What the story tells of one actor."""

    trigger: Trigger
    response: Response
    ending: Ending
    outcome: tuple[Finding, Finding]


def _shared_findings(case: Case, frame: Frame, fought: Mapping[int, bool]) -> Mapping[str, Finding]:
    """The findings that are the same on every row but for the power itself."""
    globorg, globact = global_findings(case, frame)
    regorg, regact = regional_findings(case, frame)
    powers = power_findings(case, frame, fought)
    return {**powers, "globorg": globorg, "globact": globact, "regorg": regorg, "regact": regact}


def _own(shared: Mapping[str, Finding], party: Party) -> Mapping[str, Finding]:
    return {field: own_row(item, field, party.number) if field in POWERS else item for field, item in shared.items()}


def _actor_findings(
    case: Case, frame: Frame, told: Told, force: Finding, intensity: Intensity, shared: Mapping[str, Finding]
) -> Mapping[str, Finding]:
    """The findings of one actor by ICB2 name, in the order in which they are shown."""
    party = told.trigger.party
    kind = trigger_type(case, frame, told.trigger)
    response = response_type(case, told.response, violent=bool(force.value))
    attacked = was_struck(case, frame, party)
    outcome, form = told.outcome
    violence = violence_findings(intensity, force, kind, form, attacked=attacked, talks=many_talks(case))
    return {
        "cracid": Finding(party.number, "quoted", party.rule, (party.evidence,)),
        "trigger_date": told.trigger.date,
        "triggr": kind,
        "trigent": told.trigger.entity,
        "trigloc": trigger_place(told.trigger),
        "southv": source_of_threat(told.trigger),
        "majres": response,
        "response_date": told.response.date,
        "trgresra": days_counted(told.trigger.date, told.response.date, "trigger_date", "response_date"),
        "crismg": technique(violence["cenvio"], response, form, means_of(case, party)),
        **violence,
        **_own(shared, party),
        "globfavr": attitude(case, frame, party, "globfavr", shared["globact"]),
        "rofavr": attitude(case, frame, party, "rofavr", shared["regact"]),
        "outcom": outcome,
        "outfor": form,
        "outevl": Finding(None, "absent", "unsaid"),
        "termination_date": told.ending.date,
        "trgterra": days_counted(told.trigger.date, told.ending.date, "trigger_date", "termination_date"),
        "resterra": days_counted(told.response.date, told.ending.date, "response_date", "termination_date"),
        **standing_findings(party, told.trigger.date),
        "noactr": _UNCOUNTED,
        "period": polarity(told.trigger.date),
        "gravty": gravest_threat(case, frame, told.trigger, kind),
    }


def with_satisfaction(rows: Sequence[Mapping[str, Finding]]) -> list[Mapping[str, Finding]]:
    """The rows with outevl worked out from the outcomes of all of them."""
    return [
        {**row, "outevl": satisfaction(row["outcom"], [other["outcom"] for other in rows if other["cracid"] != row["cracid"]])}
        for row in rows
    ]


def _row(case: Case, trigger: Trigger, findings: Mapping[str, Finding]) -> CrisisActor:
    party = trigger.party
    subject = f"actor:{party.number}" if trigger.row == 1 else f"actor:{party.number}:{trigger.row}"
    claims = tuple(to_claim(case.narrative, subject, "actor", field, finding) for field, finding in findings.items())
    return CrisisActor(party.number, party.abbrev, party.name, claims, trigger.row)
