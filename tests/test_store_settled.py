"""The coding as people left it: accepted and edited values in, rejected ones out, adjudications first."""

from dataclasses import replace
from typing import Any

import pytest

from brinkline.decision import Decision, StoredClaim
from brinkline.errors import InputError
from brinkline.record import Coding
from brinkline.store.claims import claims_from
from brinkline.store.own import own_claim
from brinkline.store.settled import settled
from build import coding, find

REVISION = "revision:1"
AT = "2026-11-24T10:00:00.000000Z"


class Desk:
    """Decisions on the invented coding, one after the other."""

    def __init__(self) -> None:
        self.coding = coding()
        self.claims = list(claims_from(self.coding, REVISION, AT))
        self.rows: list[Decision] = []

    def claim(self, subject: str, field: str) -> StoredClaim:
        return next(item for item in self.claims if (item.subject, item.field) == (subject, field))

    def decide(self, claim: StoredClaim, verdict: str, instead: StoredClaim | None = None, **more: str) -> str:
        name = f"decision:{len(self.rows)}"
        replacement = instead.id if instead else None
        self.rows.append(Decision(name, claim.id, "person:ada", AT, verdict, "s", replacement, **more))  # type: ignore[arg-type]
        return name

    def own(self, subject: str, field: str, value: Any, **more: Any) -> StoredClaim:
        words = {"evidence": [find("On 3 March 1931")], "kind": "variable", "author": "person:ada", "at": AT, **more}
        made = own_claim(self.coding.narrative, REVISION, subject=subject, field=field, value=value, **words)
        self.claims.append(made)
        return made

    def result(self) -> Coding:
        return settled(self.coding, self.claims, self.rows)


def crisis(given: Coding, field: str) -> object:
    return next((claim.value for claim in given.crisis if claim.field == field), "no value")


def of_actor(given: Coding, cow: int, field: str) -> object:
    row = next(row for row in given.crisis_actors if row.cow == cow)
    claim = row.claim(field)
    return claim.value if claim else "no value"


def test_without_decisions_the_coding_stays() -> None:
    desk = Desk()
    desk.own("crisis", "viol", 4)
    assert desk.result() is desk.coding


def test_accepting_changes_nothing_and_rejecting_takes_the_value_out() -> None:
    desk = Desk()
    desk.decide(desk.claim("crisis", "viol"), "accept")
    assert desk.result() is desk.coding
    desk.decide(desk.claim("actor:991", "triggr"), "reject")
    assert of_actor(desk.result(), 991, "triggr") == "no value"
    assert crisis(desk.result(), "viol") == 2


def test_an_edit_puts_its_replacement_in_with_its_words() -> None:
    desk = Desk()
    desk.decide(desk.claim("crisis", "viol"), "edit", desk.own("crisis", "viol", 3, label="serious clashes"))
    (claim,) = [item for item in desk.result().crisis if item.field == "viol"]
    assert (claim.value, claim.label, claim.rule) == (3, "serious clashes", "person")
    assert [words.text for words in claim.evidence] == ["On 3 March 1931"]
    assert [item.field for item in desk.result().crisis] == [item.field for item in desk.coding.crisis]


def test_taking_an_edit_back_brings_the_coded_value_again() -> None:
    desk = Desk()
    edit = desk.decide(desk.claim("crisis", "viol"), "edit", desk.own("crisis", "viol", 3))
    desk.decide(desk.claim("crisis", "viol"), "withdraw", follows=edit)
    assert desk.result() is desk.coding


def test_the_last_coder_counts_until_an_adjudicator_decides() -> None:
    desk = Desk()
    program = desk.claim("crisis", "viol")
    three, four = desk.own("crisis", "viol", 3), desk.own("crisis", "viol", 4)
    desk.decide(program, "edit", three)
    desk.decide(four, "accept")
    assert crisis(desk.result(), "viol") == 4
    desk.decide(program, "adjudicate", three)
    assert crisis(desk.result(), "viol") == 3
    desk.decide(four, "accept")
    assert crisis(desk.result(), "viol") == 3


def test_an_adjudication_can_keep_the_value_or_take_it_out() -> None:
    desk = Desk()
    program = desk.claim("crisis", "viol")
    desk.decide(program, "reject")
    desk.decide(program, "adjudicate")
    assert crisis(desk.result(), "viol") == 2
    desk.decide(program, "adjudicate", note="reject: no shot was fired")
    assert crisis(desk.result(), "viol") == "no value"


def test_a_decision_on_an_earlier_coding_outlasts_a_later_one() -> None:
    desk = Desk()
    desk.decide(desk.claim("crisis", "viol"), "accept")
    other = replace(
        desk.coding, crisis=tuple(replace(item, value=4) if item.field == "viol" else item for item in desk.coding.crisis)
    )
    assert crisis(settled(other, desk.claims, desk.rows), "viol") == 2


def test_a_value_or_a_crisis_actor_that_nobody_coded_can_be_added() -> None:
    desk = Desk()
    desk.decide(desk.own("crisis", "gravcr", 4), "accept")
    desk.decide(desk.own("actor:740", "triggr", 9), "accept")
    desk.decide(desk.own("actor:991:2", "triggr", 5), "accept")
    result = desk.result()
    assert crisis(result, "gravcr") == 4
    assert [(row.abbrev, row.name, row.row) for row in result.crisis_actors[-2:]] == [("JPN", "Japan", 1), ("", "state 991", 2)]
    assert of_actor(result, 740, "triggr") == 9


def test_rejecting_every_value_of_an_actor_takes_it_out() -> None:
    desk = Desk()
    for claim in desk.claims:
        if claim.subject == "actor:992":
            desk.decide(claim, "reject")
    assert [row.cow for row in desk.result().crisis_actors] == [991]


def test_skipping_and_flagging_change_nothing() -> None:
    desk = Desk()
    desk.decide(desk.claim("crisis", "viol"), "skip")
    desk.decide(desk.claim("actor:991", "triggr"), "flag")
    assert desk.result() is desk.coding


def test_a_rejected_event_goes_and_an_edited_one_is_replaced() -> None:
    desk = Desk()
    first, second = [item for item in desk.claims if item.kind == "event"][:2]
    desk.decide(first, "reject")
    value = {**second.value, "mode": "denied", "id": "", "confidence": 1.0}
    words = [(second.evidence[0].start, second.evidence[0].end)]
    desk.decide(second, "edit", desk.own("event", "event", value, kind="event", evidence=words, label="denied"))
    result = desk.result()
    assert first.subject not in {event.id for event in result.events}
    assert len(result.events) == len(desk.coding.events) - 1
    assert result.events[0].mode == "denied"
    assert result.events[0].evidence == desk.coding.events[1].evidence


def test_events_nobody_decided_on_follow_the_decisions_on_their_parts() -> None:
    desk = Desk()
    event = next(item for item in desk.coding.events if item.when and item.who)
    assert event.when is not None
    date, actor = desk.claim(event.when.id, "date"), desk.claim(event.who[0].id, "actor")
    later = {**date.value, "edtf": "1931-03-05", "earliest": "1931-03-05", "latest": "1931-03-05"}
    words = {"evidence": [(date.value["start"], date.value["end"])]}
    desk.decide(date, "edit", desk.own(date.subject, "date", later, kind="date", **words))
    desk.decide(actor, "reject")
    result = next(item for item in desk.result().events if item.id == event.id)
    assert result.when is not None
    assert result.when.edtf == "1931-03-05"
    assert event.who[0].id not in {item.id for item in result.who}
    desk.decide(desk.claim(event.id, "event"), "accept")
    kept = next(item for item in desk.result().events if item.id == event.id)
    assert (kept.when, kept.who) == (event.when, event.who)


def test_an_accepted_date_that_the_coding_lacks_is_put_in_where_it_stands() -> None:
    desk = Desk()
    start, end = find("winter of 1930-31")
    value = {**desk.claim(desk.coding.dates[0].id, "date").value, "start": start, "end": end, "text": "winter of 1930-31"}
    desk.coding = replace(desk.coding, dates=tuple(item for item in desk.coding.dates if item.start != start))
    desk.decide(desk.own("date", "date", value, kind="date", evidence=[(start, end)]), "accept")
    starts = [item.start for item in desk.result().dates]
    assert start in starts
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"evidence": [(5, 5)]}, "BL291"),
        ({"evidence": [(0, 10**9)]}, "BL291"),
        ({"evidence": []}, "BL291"),
        ({"kind": "date", "value": {"start": 0, "end": 6, "text": "wrong"}}, "BL262"),
    ],
)
def test_a_claim_that_does_not_fit_the_text_is_refused(more: dict[str, Any], code: str) -> None:
    desk = Desk()
    value = more.pop("value", 3)
    with pytest.raises(InputError) as caught:
        desk.own("crisis", "viol", value, **more)
    assert caught.value.code == code
