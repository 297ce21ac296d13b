"""Agreement of coders: what counts as an answer, and figures against hand counts and the package krippendorff."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest

from brinkline.decision import StoredClaim
from brinkline.errors import NotFound, UsageError
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.review.agreement import agreement, overlap, scale_of_unit, units_behind
from brinkline.review.answers import EVENT_PARTS, Answer, work_of
from brinkline.review.event_pairs import matched
from brinkline.review.methods import methods_text, to_dict
from brinkline.store.assignments import assign, finish
from brinkline.store.claims import add_claim
from brinkline.store.narratives import list_narratives
from brinkline.store.people import add_person
from coded_twice import both, claims_in, own, say, two_coders


def _field(project: Project, name: str) -> list[StoredClaim]:
    return [item for item in claims_in(project) if item.field == name and item.subject != "crisis"]


def test_nothing_is_measured_where_one_person_worked_alone(web_project: Project) -> None:
    ana, _ = two_coders(web_project)
    say(web_project, ana, claims_in(web_project)[0], "accept")
    with web_project.database.reading() as conn:
        found = agreement(conn)
    assert (found.narratives, found.overall.units, found.overall.percent.value) == (0, 0, None)
    assert methods_text(found) == ""


def test_what_one_of_two_left_open_is_no_unit(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    first, second, third = _field(web_project, "triggr")[:3]
    for claim in (first, second, third):
        say(web_project, ana, claim, "accept")
    say(web_project, ben, first, "accept")
    say(web_project, ben, second, "skip")
    back = say(web_project, ben, third, "reject")
    say(web_project, ben, third, "withdraw", follows=back)
    with web_project.database.reading() as conn:
        found = agreement(conn)
    assert found.overall.units == 1


def test_percent_counts_edits_and_rejections_as_answers(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claims = _field(web_project, "triggr")
    for claim in claims:
        say(web_project, ana, claim, "accept")
    say(web_project, ben, claims[0], "edit", claims[0].value)
    say(web_project, ben, claims[1], "edit", 2 if claims[1].value != 2 else 3)
    say(web_project, ben, claims[2], "reject")
    say(web_project, ben, claims[3], "accept")
    with web_project.database.reading() as conn:
        found = agreement(conn, variable="actor.triggr")
    assert found.overall.units == 4
    assert found.overall.percent.value == 0.5


def test_a_claim_of_ones_own_counts_like_an_import(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claim = _field(web_project, "triggr")[0]
    say(web_project, ana, claim, "accept")
    with web_project.database.writing() as conn:
        add_claim(conn, own(claim, ben, claim.value))
    with web_project.database.reading() as conn:
        assert agreement(conn).overall.percent.value == 1.0


def test_an_adjudication_is_nobodys_answer(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claim = _field(web_project, "triggr")[0]
    say(web_project, ana, claim, "accept")
    say(web_project, ben, claim, "reject")
    say(web_project, ben, claim, "adjudicate")
    with web_project.database.reading() as conn:
        assert agreement(conn).overall.percent.value == 0.0


def test_narratives_coded_blind_count_when_everybody_has_finished(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claims = claims_in(web_project)
    both(web_project, claims)
    with web_project.database.writing() as conn:
        first = list_narratives(conn)[0]
        for person in (ana, ben):
            assign(conn, first.id, person.id, True, now())
        finish(conn, first.id, ana.id, now())
    with web_project.database.reading() as conn:
        found = agreement(conn)
    assert (found.narratives, found.waiting) == (1, 1)
    with web_project.database.writing() as conn:
        finish(conn, first.id, ben.id, now())
    with web_project.database.reading() as conn:
        assert agreement(conn).narratives == 2


def test_alpha_equals_that_of_the_package(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    with web_project.database.writing() as conn:
        cleo = add_person(conn, "Cleo", "coder", now())
    rng = np.random.default_rng(4)
    for claim in claims_in(web_project):
        if claim.field not in ("triggr", "majres", "viol", "gravty", "sevvio", "outcom", "trgterra"):
            continue
        for person in (ana, ben, cleo):
            roll = rng.random()
            if roll < 0.5:
                say(web_project, person, claim, "accept")
            elif roll < 0.8:
                say(web_project, person, claim, "edit", int(rng.integers(1, 5)))
    with web_project.database.reading() as conn:
        found, work = agreement(conn), work_of(conn)
    compared = 0
    for score in found.variables:
        units = list(units_behind(work, variable=score.ref))
        values = sorted({answer.value for item in units for answer in item.answers.values()})
        metric, places = scale_of_unit(units[0], values)
        numbers = places if metric != "nominal" else {value: float(at) for at, value in enumerate(values)}
        data = [
            [numbers[item.answers[person.id].value] if person.id in item.answers else np.nan for item in units]
            for person in (ana, ben, cleo)
        ]
        rows = np.array(data, dtype=float)
        if len(set(rows[~np.isnan(rows)].tolist())) < 2 or score.alpha.value is None:
            continue
        assert score.alpha.value == pytest.approx(krippendorff.alpha(reliability_data=rows, level_of_measurement=metric))
        compared += 1
    assert compared >= 3
    assert {score.metric for score in found.variables} >= {"nominal", "ordinal"}


def test_intervals_are_the_same_for_the_same_seed(web_project: Project) -> None:
    both(web_project, claims_in(web_project), lambda number: number % 5 == 0)
    with web_project.database.reading() as conn:
        first, again, other = (agreement(conn, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.overall.percent.value == other.overall.percent.value
    low, high = first.overall.percent.low, first.overall.percent.high
    assert low is not None
    assert high is not None
    assert low <= (first.overall.percent.value or 0) <= high


def test_dates_overlap_by_days() -> None:
    assert overlap((10, 10), (10, 10)) == 1
    assert overlap((10, 19), (15, 24)) == pytest.approx(5 / 15)
    assert overlap((1, 2), (5, 9)) == 0
    assert overlap((1, float("inf")), (1, 5)) == 0
    assert overlap((1, float("inf")), (1, float("inf"))) == 1


def _event(kind: str, day: int | None) -> Answer:
    days = None if day is None else (float(day), float(day))
    return Answer(EVENT_PARTS.join((kind, "state:a", "state:b", str(day))), kind, "claim:0", "claim:0", days)


def test_events_match_one_to_one() -> None:
    first = [_event("attack", 3), _event("attack", 3), _event("threat", None)]
    second = [_event("attack", 3), _event("threat", None), _event("threat", 9)]
    assert matched(first, second) == 2
    assert matched([_event("attack", 3)], [_event("attack", 4)]) == 0


def test_events_that_one_rejects_lower_f1(web_project: Project) -> None:
    events = claims_in(web_project, "event")
    rejected = both(web_project, events, lambda number: number % 4 == 0)
    with web_project.database.reading() as conn:
        score = agreement(conn).overall
    assert score.events == 2 * len(events) - rejected
    assert score.f1.value == pytest.approx(2 * (len(events) - rejected) / score.events)


def test_the_paragraph_and_the_json_tell_the_same(web_project: Project) -> None:
    both(web_project, claims_in(web_project), lambda number: number % 5 == 0)
    with web_project.database.reading() as conn:
        found = agreement(conn)
    text = methods_text(found)
    assert "2 narratives were coded by at least two of 2 coders" in text
    assert f"{found.overall.percent.value:.1%}" in text
    assert "1,000 resamples" in text
    told = to_dict(found)
    assert told["methods"] == text
    assert len(told["scores"]) == len(found.scores)


def test_unknown_variables_and_pairs_are_faults(web_project: Project) -> None:
    ana, _ = two_coders(web_project)
    both(web_project, claims_in(web_project)[:4])
    with web_project.database.reading() as conn:
        with pytest.raises(NotFound, match="nobody coded"):
            agreement(conn, variable="actor.nothing")
        with pytest.raises(UsageError, match="two coders"):
            agreement(conn, pair=[ana.id])
