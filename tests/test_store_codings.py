"""Codings and claims in a project: kept as they were made, the last one current, said twice is stored once."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from brinkline.decision import Decision, StoredClaim
from brinkline.errors import NotFound, ProjectError
from brinkline.model import make_claim
from brinkline.record import Coding
from brinkline.store import schema
from brinkline.store.claims import add_claim, claim_id, claim_of, claims_from, claims_of
from brinkline.store.codings import coding_of, codings_of, current_coding, run_id, store_coding, to_code
from brinkline.store.database import Database
from brinkline.store.decisions import decide
from brinkline.store.narratives import add_narrative, list_narratives
from brinkline.store.people import add_person
from build import coding

AT = "2026-11-24T10:00:00.000000Z"
LATER = "2026-11-25T10:00:00.000000Z"


def stored(database: Database, given: Coding) -> str:
    """The id of the revision of a coding that is in the database afterwards."""
    with database.writing() as conn:
        added = add_narrative(conn, given.narrative, given.sentences, AT)
        store_coding(conn, given, added.revision_id, AT)
    return added.revision_id


def by_other(given: Coding, program: str = "brinkline 9.9") -> Coding:
    return replace(given, run=replace(given.run, program=program))


def count(database: Database, name: str) -> int:
    with database.reading() as conn:
        return conn.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()


def test_a_coding_comes_out_as_it_went_in(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    with database.reading() as conn:
        assert current_coding(conn, revision) == given
        (row,) = codings_of(conn, revision)
        assert coding_of(conn, row.id) == given


def test_every_part_of_a_coding_is_a_claim(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    with database.reading() as conn:
        claims = claims_of(conn, revision)
        assert claims == claims_from(given, revision, AT)
        kinds = [claim.kind for claim in claims]
        assert kinds.count("date") == len(given.dates)
        assert kinds.count("actor") == len(given.actors)
        assert kinds.count("event") == len(given.events)
        assert kinds.count("variable") == len(given.crisis) + sum(len(row.claims) for row in given.crisis_actors)
        assert {claim.subject for claim in claims_of(conn, revision, ("date",))} == {when.id for when in given.dates}
        assert len({claim.id for claim in claims}) == len(claims)
        for claim in claims:
            for words in claim.evidence:
                assert given.narrative.text[words.start : words.end] == words.text


def test_coding_twice_adds_nothing(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    before = {name: count(database, name) for name in schema.metadata.tables}
    with database.writing() as conn:
        first = store_coding(conn, given, revision, LATER)
        assert first == codings_of(conn, revision)[0].id
    assert {name: count(database, name) for name in schema.metadata.tables} == before


def test_what_two_versions_say_alike_is_one_claim(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    claims = count(database, "claim")
    surer = replace(given, events=tuple(replace(event, confidence=0.99, rule="other") for event in given.events))
    stored(database, by_other(surer))
    assert count(database, "claim") == claims
    with database.reading() as conn:
        events = claims_of(conn, revision, ("event",))
        assert {(event.confidence, event.rule) for event in events} == {(0.99, "other")}
        assert {(event.value["confidence"], event.value["rule"]) for event in events} == {(0.99, "other")}
        assert current_coding(conn, revision) == by_other(surer)


def test_the_last_coding_is_the_current_one_even_when_an_earlier_version_comes_back(database: Database) -> None:
    given = coding()
    fewer = replace(by_other(given), events=given.events[:1])
    revision = stored(database, given)
    for item in (fewer, given):
        with database.writing() as conn:
            store_coding(conn, item, revision, LATER)
            assert current_coding(conn, revision) == item
            assert len(claims_of(conn, revision, ("event",))) == len(item.events)
    assert count(database, "coding") == 3


def test_what_is_left_to_code(database: Database) -> None:
    given = coding()
    run = run_id(given.run)
    with database.writing() as conn:
        revision = add_narrative(conn, given.narrative, given.sentences, AT).revision_id
        assert to_code(conn, run) == to_code(conn, None) == (revision,)
        store_coding(conn, given, revision, AT)
        assert to_code(conn, run) == to_code(conn, None) == ()
        assert to_code(conn, "run:another") == (revision,)
        text = replace(given.narrative, text=given.narrative.text + " ")
        changed = add_narrative(conn, text, given.sentences, LATER).revision_id
        assert to_code(conn, run) == (changed,)


def test_the_list_shows_what_is_coded_and_decided(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    with database.writing() as conn:
        person = add_person(conn, "Ada", "coder", AT)
        (row,) = list_narratives(conn)
        assert (row.run, row.coded, row.decided) == (run_id(given.run), AT, 0)
        claims = claims_of(conn, revision)
        assert row.claims == len(claims)
        for number, name in enumerate((claims[0].id, claims[0].id, claims[1].id)):
            decide(conn, Decision(f"decision:{number}", name, person.id, AT, "accept", "s"))
        assert list_narratives(conn)[0].decided == 2


def test_a_coding_of_another_text_is_refused(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    other = replace(given, narrative=replace(given.narrative, text=given.narrative.text + "."))
    with database.writing() as conn:
        with pytest.raises(ValueError, match="another text"):
            store_coding(conn, other, revision, AT)
        with pytest.raises(NotFound) as caught:
            store_coding(conn, given, "revision:none", AT)
    assert caught.value.code == "BL552"


@pytest.mark.parametrize("table", schema.FIXED)
@pytest.mark.parametrize("statement", ['DELETE FROM "{}"', 'UPDATE "{}" SET {} = {}'])
def test_the_database_itself_refuses_to_change_what_was_said(database: Database, table: str, statement: str) -> None:
    revision = stored(database, coding())
    with database.writing() as conn:
        person = add_person(conn, "Ada", "coder", AT)
        name = claims_of(conn, revision)[0].id
        decide(conn, Decision("decision:1", name, person.id, AT, "accept", "s"))
        conn.execute(schema.comment.insert().values(id="c", subject=name, person_id=person.id, at=AT, text="Why?"))
        conn.execute(schema.scheme.insert().values(id="s", kind="codebook", document="{}", added=AT))
    column = f'"{next(iter(schema.metadata.tables[table].columns)).name}"'
    with pytest.raises(ProjectError) as caught, database.writing() as conn:
        conn.execute(text(statement.format(table, column, column)))
    assert caught.value.code == "BL409"
    assert count(database, table) > 0


def test_a_claim_is_said_once_whatever_rule_said_it() -> None:
    value = {"start": 3, "end": 9, "text": "a word", "rule": "one", "confidence": 0.5, "when": {"rule": "x", "edtf": "1931"}}
    other = {**value, "rule": "two", "confidence": 0.9, "when": {"rule": "y", "edtf": "1931"}}
    later = {**value, "when": {"rule": "x", "edtf": "1932"}}
    made = [claim_id("revision:1", "event", "event:1", "event", item, [(3, 9)], "brinkline") for item in (value, other, later)]
    assert made[0] == made[1] != made[2]
    assert claim_id("revision:1", "event", "event:1", "event", value, [(3, 9)], "person:ada") != made[0]
    assert claim_id("revision:1", "event", "event:1", "event", value, [(3, 8)], "brinkline") != made[0]


def test_a_claim_of_a_person_stands_beside_those_of_the_program(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    made = make_claim(
        given.narrative, subject="crisis", field="viol", value=2, label="minor", basis="quoted", evidence=[(0, 6)],
        confidence=1.0, rule="person",
    )  # fmt: skip
    name = claim_id(revision, "variable", "crisis", "viol", 2, [(0, 6)], "person:ada")
    own = StoredClaim(name, revision, "variable", "crisis", "viol", 2, "minor", "quoted", made.evidence, "person:ada", 1.0,
                      "person", (), "read again", LATER)  # fmt: skip
    with database.writing() as conn:
        assert add_claim(conn, own)
        assert not add_claim(conn, own)
        assert claims_of(conn, revision)[-1] == own == claim_of(conn, name)
        store_coding(conn, by_other(given), revision, LATER)
        assert claims_of(conn, revision)[-1] == own


def test_a_decided_claim_stays_in_sight_when_a_later_coding_says_otherwise(database: Database) -> None:
    given = coding()
    revision = stored(database, given)
    with database.writing() as conn:
        person = add_person(conn, "Ada", "coder", AT)
        kept, gone = claims_of(conn, revision, ("event",))[:2]
        decide(conn, Decision("decision:1", kept.id, person.id, AT, "accept", "s"))
        store_coding(conn, replace(by_other(given), events=given.events[2:]), revision, LATER)
        claims = claims_of(conn, revision, ("event",))
        assert kept in claims
        assert gone not in claims
