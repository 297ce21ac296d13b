"""Work on claims: steps taken back and done again, blind coding, values that people make, dates as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from brinkline.decision import Decision, Verdict
from brinkline.errors import UsageError
from brinkline.project import Project
from brinkline.reference.event_scheme import event_types
from brinkline.review.desk import Desk, open_desk
from brinkline.review.edtf_days import date_values
from brinkline.review.made import Making
from brinkline.review.offered import checked_value, offered
from brinkline.review.queue import finish, next_narrative
from brinkline.review.work import Wish, perform, redo, stem, steps, undo
from brinkline.store.decisions import decisions_of
from brinkline.store.people import person_id
from brinkline.store.schema import assignment
from web_fixtures import person_in

AT = "2026-03-04T12:00:00.000000Z"
IDS = iter(f"decision:{number:012d}" for number in range(10**6))


@pytest.fixture
def conn(web_project: Project) -> Iterator[Connection]:
    for name in ("Ana", "Ben"):
        person_in(web_project, name, "coder")
    with web_project.database.writing() as opened:
        yield opened


def of(name: str) -> str:
    return person_id(name)


def desk_of(conn: Connection, name: str = "Ana") -> Desk:
    return open_desk(conn, "902", of(name))


def state(conn: Connection, claim: str, name: str = "Ana") -> str:
    item = desk_of(conn, name).find(claim)
    return item.state if item else "gone"


def act(conn: Connection, verdict: Verdict, *claims: str, name: str = "Ana", row_id: str = "") -> bool:
    return perform(conn, Wish(row_id or next(IDS), of(name), AT, verdict, claims))


def test_back_and_again_through_several_steps(conn: Connection) -> None:
    desk = desk_of(conn)
    one, two, three = (item.claim.id for item in desk.items[:3])
    revision = desk.row.revision
    act(conn, "accept", one)
    act(conn, "reject", one)
    act(conn, "accept", two, three)
    assert set(undo(conn, revision, of("Ana"), next(IDS), AT)) == {two, three}
    assert [state(conn, name) for name in (one, two, three)] == ["rejected", "undecided", "undecided"]
    assert undo(conn, revision, of("Ana"), next(IDS), AT) == (one,)
    assert state(conn, one) == "accepted"
    assert redo(conn, revision, of("Ana"), next(IDS), AT) == (one,)
    assert set(redo(conn, revision, of("Ana"), next(IDS), AT)) == {two, three}
    assert redo(conn, revision, of("Ana"), next(IDS), AT) == ()
    assert [state(conn, name) for name in (one, two, three)] == ["rejected", "accepted", "accepted"]
    undo(conn, revision, of("Ana"), next(IDS), AT)
    act(conn, "skip", one)
    assert redo(conn, revision, of("Ana"), next(IDS), AT) == ()


def test_nobody_takes_back_what_another_decided(conn: Connection) -> None:
    desk = desk_of(conn)
    act(conn, "accept", desk.items[0].claim.id)
    assert undo(conn, desk.row.revision, of("Ben"), next(IDS), AT) == ()


def test_one_id_is_one_step(conn: Connection) -> None:
    name = desk_of(conn).items[0].claim.id
    row_id = next(IDS)
    assert act(conn, "accept", name, row_id=row_id)
    assert not act(conn, "accept", name, row_id=row_id)
    assert len(decisions_of(conn)) == 1
    back = next(IDS)
    revision = desk_of(conn).row.revision
    assert undo(conn, revision, of("Ana"), back, AT) == undo(conn, revision, of("Ana"), back, AT) == (name,)
    assert len(decisions_of(conn)) == 2


@pytest.mark.parametrize("row_id", ["", "x", "decision:", "decision:a.b.c.d.e", "decision:' or 1=1 --"])
def test_an_id_that_is_none_is_refused(conn: Connection, row_id: str) -> None:
    with pytest.raises(UsageError) as told:
        perform(conn, Wish(row_id, of("Ana"), AT, "accept", (desk_of(conn).items[0].claim.id,)))
    assert told.value.code == "BL165"


def test_an_id_of_another_decision_is_refused(conn: Connection) -> None:
    one, two = (item.claim.id for item in desk_of(conn).items[:2])
    row_id = next(IDS)
    act(conn, "accept", one, row_id=row_id)
    with pytest.raises(UsageError, match="stands for another one"):
        act(conn, "accept", two, row_id=row_id)
    with pytest.raises(UsageError, match="stands for another one"):
        act(conn, "accept", one, name="Ben", row_id=row_id)


def test_coders_adjudicate_and_carry_nothing(conn: Connection) -> None:
    for verdict in ("adjudicate", "carry", "withdraw", "outdated", "edit"):
        with pytest.raises(UsageError) as told:
            act(conn, verdict, desk_of(conn).items[0].claim.id)
        assert told.value.code == "BL166"


def test_steps_of_any_order_take_back_to_nothing_and_come_again() -> None:
    @given(st.lists(st.sampled_from(["decide", "undo", "redo"]), max_size=30))
    def holds(acts: list[str]) -> None:
        rows: list[Decision] = []
        done: list[str] = []
        undone: list[str] = []
        for number, word in enumerate(acts):
            name = f"decision:{number:08d}"
            now = steps(rows, "p")
            if word == "decide":
                rows.append(Decision(name, "c", "p", AT, "accept", ""))
                done.append(name)
                undone = []
            elif word == "undo" and now.done:
                rows.append(Decision(name, "c", "p", AT, "withdraw", "", None, now.done[-1].rows[0].id))
                undone.append(done.pop())
            elif word == "redo" and now.undone:
                back = now.undone[-1].back
                assert back is not None
                rows.append(replace(now.undone[-1].rows[0], id=name, follows=back.id))
                undone.pop()
                done.append(name)
            after = steps(rows, "p")
            assert [stem(step.rows[0].id) for step in after.done] == done
            assert len(after.undone) == len(undone)

    holds()


def blind(conn: Connection, *names: str) -> None:
    row = desk_of(conn).row
    for name in names:
        values = {"id": f"a:{name}", "narrative_id": row.id, "person_id": of(name), "blind": True, "created": AT}
        conn.execute(insert(assignment).values(**values, finished=None))


def test_blind_coders_see_nothing_of_each_other_until_both_are_done(conn: Connection) -> None:
    blind(conn, "Ana", "Ben")
    desk = desk_of(conn)
    name = desk.items[0].claim.id
    act(conn, "reject", name, name="Ben")
    assert state(conn, name) == "undecided"
    assert state(conn, name, "Ben") == "rejected"
    finish(conn, desk.row.id, of("Ben"), AT)
    assert state(conn, name) == "undecided"
    assert state(conn, name, "Ben") == "rejected"
    finish(conn, desk.row.id, of("Ana"), AT)
    assert state(conn, name) == "rejected"


def test_the_next_narrative_is_an_assigned_one_first_and_none_when_all_are_done(conn: Connection) -> None:
    first, second = desk_of(conn).row, open_desk(conn, "903", None).row
    found = next_narrative(conn, of("Ana"), first.id)
    assert found is not None
    assert found.id == second.id
    finish(conn, first.id, of("Ana"), AT)
    finish(conn, second.id, of("Ana"), AT)
    assert next_narrative(conn, of("Ana"), first.id) is None


def making(conn: Connection) -> Making:
    desk = desk_of(conn)
    return Making(desk.narrative, desk.sentences, desk.row.revision, desk.claims, of("Ana"), AT)


def item_of(conn: Connection, kind: str, **values: str):  # type: ignore[no-untyped-def]
    for item in desk_of(conn).items:
        if item.claim.kind == kind and all(str(getattr(item.claim, name)) == value for name, value in values.items()):
            return item.claim
    raise AssertionError(kind)


def test_another_value_keeps_the_words(conn: Connection) -> None:
    before = item_of(conn, "variable", field="triggr", basis="quoted")
    made = making(conn).edited(before, {"value": ["2"]})
    assert (made.value, made.label) == (2, offered(made.subject, "triggr").offers[1].label)
    assert made.evidence == before.evidence


def test_a_value_that_the_codebook_does_not_have_is_refused(conn: Connection) -> None:
    before = item_of(conn, "variable", field="triggr")
    with pytest.raises(UsageError) as told:
        making(conn).edited(before, {"value": ["77"]})
    assert told.value.code == "BL167"


def test_words_stand_where_they_stood_or_nearest(conn: Connection) -> None:
    before = item_of(conn, "variable", field="triggr", basis="quoted")
    made = making(conn).edited(before, {"words": ["27   August\n1923"]})
    assert [item.text for item in made.evidence] == ["27 August 1923"]
    with pytest.raises(UsageError) as told:
        making(conn).edited(before, {"words": ["no such words"]})
    assert told.value.code == "BL168"


@pytest.mark.parametrize("evidence", ["5-2", "0-999999", "a-b", "-1-4", "1", "3-3"])
def test_ranges_outside_the_text_are_refused(conn: Connection, evidence: str) -> None:
    with pytest.raises(UsageError) as told:
        making(conn).edited(item_of(conn, "variable", field="triggr"), {"evidence": [evidence]})
    assert told.value.code == "BL168"


def test_an_event_gets_another_type_mode_and_actors(conn: Connection) -> None:
    before = next(item.claim for item in desk_of(conn).items if item.claim.kind == "event" and item.claim.value["who"])
    other = item_of(conn, "actor").value["id"]
    fields = {"type": [next(iter(event_types()))], "mode": ["denied"]}
    made = making(conn).edited(before, {**fields, "who": ["", other], "whom": [""], "when": [""]})
    assert (made.value["type"], made.value["mode"], made.value["when"]) == (fields["type"][0], "denied", None)
    assert [item["id"] for item in made.value["who"]] == [other]
    assert made.value["whom"] == []


def test_a_mention_is_another_actor(conn: Connection) -> None:
    made = making(conn).edited(item_of(conn, "actor"), {"actor": ["League of Nations"]})
    assert made.value["actor"]["id"].startswith("body:")
    made = making(conn).edited(item_of(conn, "actor"), {"actor": ["339"]})
    assert made.value["actor"]["cow"] == 339
    with pytest.raises(UsageError):
        making(conn).edited(item_of(conn, "actor"), {"actor": ["nobody knows them"]})


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision"),
    [
        ("1931-03-03", "1931-03-03", "1931-03-03", "day"),
        ("1931-02", "1931-02-01", "1931-02-28", "month"),
        ("1931~", "1931-01-01", "1931-12-31", "year"),
        ("1931-03-03/1931-05", "1931-03-03", "1931-05-31", "interval"),
        ("../1931", None, "1931-12-31", "interval"),
        ("1931-03-03/", "1931-03-03", None, "interval"),
    ],
)
def test_dates_as_people_write_them(edtf: str, earliest: str | None, latest: str | None, precision: str) -> None:
    made = date_values(edtf)
    assert (made["earliest"], made["latest"], made["precision"]) == (earliest, latest, precision)


@pytest.mark.parametrize("edtf", ["", "3 March", "1931-13", "1931-02-30", "/", "../..", "1931-05/1931-03", "31-03-03"])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(UsageError) as told:
        date_values(edtf)
    assert told.value.code == "BL167"


def test_values_are_of_the_kind_their_variable_has() -> None:
    assert checked_value("actor:325", "trigger_date", "1923-08-27") == ("1923-08-27", "")
    assert checked_value("actor:325", "triggr", "9")[0] == 9
    assert checked_value("actor:325", "trigent", "350") == (350, "Greece")
    assert checked_value("crisis", "viol", "") == (None, "")
