"""A corrected text: what people decided goes with the words; where the words are gone it is marked outdated."""

from dataclasses import replace
from functools import cache

import pytest

from brinkline import code
from brinkline.decision import Decision, Person, StoredClaim, standing
from brinkline.record import Coding
from brinkline.store.claims import add_claim, claim_id, claim_of, claims_from, claims_of
from brinkline.store.codings import store_coding
from brinkline.store.database import Database
from brinkline.store.decisions import CarriedOver, carry_over, decide, decisions_of, effective
from brinkline.store.moved import Moved
from brinkline.store.narratives import add_narrative
from brinkline.store.people import add_person

AT = "2026-11-24T10:00:00.000000Z"
LATER = "2026-11-25T10:00:00.000000Z"

OLD = (
    "CRISNO 950\n\nRIVER ISLAND\n\nSummary:\n\nPoland and Lithuania were in a crisis in March 1938.\n\n"
    "On 3 March 1938 Polish troops occupied an island in the river, triggering a crisis for Lithuania. "
    "Lithuania protested to Poland the next day. On 9 March Poland demanded an answer within two days. "
    "Lithuania accepted the demand on 10 March 1938, which terminated the crisis for Lithuania.\n"
)
NEW = OLD.replace("On 3 March 1938", "At dawn of 3 March 1938").replace(
    "Lithuania protested to Poland the next day. ", "The reply was slow. "
)


@pytest.mark.parametrize(
    ("old", "new", "words", "found"),
    [
        ("A b c d.", "A b c d.", "b c", "b c"),
        ("A fleet sailed.", "Once a fleet sailed. A fleet sailed.", "A fleet", "A fleet"),
        ("The army left\nthe town.", "The army left the town.", "left\nthe town", "left the town"),
        ("One. Two words here.", "Two words here. One.", "Two words", "Two words"),
        ("It rained. It snowed.", "It hailed. It snowed.", "It", None),
        ("Rain fell. It snowed hard.", "Hail fell. It snowed hard.", "It", "It"),
        ("The old fort fell.", "The new fort fell.", "old fort", None),
        ("Japan left.", "Then Japanese ships left.", "Japan", None),
        ("They met. Peace came.", "War began. They ate and they ran. They slept.", "They", None),
        ("in 1930-31 war", "Later, in 1930-31 war", "1930", "1930"),
    ],
)
def test_words_are_found_again(old: str, new: str, words: str, found: str | None) -> None:
    start = old.index(words)
    moved = Moved(old, new).range(start, start + len(words))
    assert (new[slice(*moved)] if moved else None) == found


def test_of_several_places_the_one_with_like_words_around_it_is_taken() -> None:
    old = "On 3 May the fleet came. On 9 May the army of the north attacked the harbour."
    new = "The army rested. The envoys spoke of the army and the war. On 10 May the army of the north attacked the harbour."
    start = old.index("the army")
    assert Moved(old, new).range(start, start + 8) == (new.index("the army of"), new.index("the army of") + 8)


@cache
def coded(text: str) -> Coding:
    return code(text)


class Project:
    """The two revisions of the text in a database, the first one coded and decided on."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.old = coded(OLD)
        self.new = coded(NEW)
        with database.writing() as conn:
            self.first = add_narrative(conn, self.old.narrative, self.old.sentences, AT).revision_id
            store_coding(conn, self.old, self.first, AT)
            self.ada = add_person(conn, "Ada", "coder", AT)
            self.claims = claims_of(conn, self.first)

    def claim(self, kind: str, words: str) -> StoredClaim:
        return next(item for item in self.claims if item.kind == kind and item.evidence and words in item.evidence[0].text)

    def decide(self, claim: str, verdict: str, number: int, person: Person | None = None, **more: str) -> Decision:
        made = Decision(f"decision:{number}", claim, (person or self.ada).id, AT, verdict, "s", **more)  # type: ignore[arg-type]
        with self.database.writing() as conn:
            decide(conn, made)
        return made

    def revise(self) -> CarriedOver:
        with self.database.writing() as conn:
            added = add_narrative(conn, self.new.narrative, self.new.sentences, LATER)
            assert added.before == self.first
            self.second = added.revision_id
            return carry_over(conn, self.first, self.second, LATER)

    def code_new(self, coding: Coding | None = None) -> None:
        with self.database.writing() as conn:
            store_coding(conn, coding or self.new, self.second, LATER)


def test_decisions_go_with_their_words(database: Database) -> None:
    project = Project(database)
    date = project.claim("date", "9 March")
    event = project.claim("event", "demanded")
    mention = project.claim("actor", "Poland")
    project.decide(date.id, "accept", 1)
    project.decide(event.id, "accept", 2)
    project.decide(project.claim("date", "next day").id, "accept", 3)
    assert project.revise() == CarriedOver(carried=2, outdated=1, waiting=0)
    project.code_new()
    with database.reading() as conn:
        new = {item.id: item for item in claims_of(conn, project.second)}
        rows = decisions_of(conn, project.second)
        assert [(row.verdict, row.note, row.follows) for row in rows] == [
            ("carry", "accept", "decision:1"),
            ("carry", "accept", "decision:2"),
        ]
        in_coding = {item.id for item in claims_from(project.new, project.second)}
        assert {row.claim for row in rows} <= in_coding, "the new coding says the same of the same words: one claim"
        assert new[rows[0].claim].evidence[0].text == "9 March"
        assert {standing([row]).state for row in rows} == {"accepted"}
        (old,) = [row for row in decisions_of(conn, project.first) if row.verdict == "outdated"]
        assert (old.follows, old.note) == ("decision:3", project.second)
        assert standing(decisions_of(conn, claims=[old.claim])).state == "outdated"
    assert mention.evidence[0].text == "Poland"


def test_carrying_twice_adds_nothing(database: Database) -> None:
    project = Project(database)
    project.decide(project.claim("date", "9 March").id, "accept", 1)
    project.decide(project.claim("date", "next day").id, "reject", 2)
    project.revise()
    project.code_new()
    with database.writing() as conn:
        before = decisions_of(conn)
        carry_over(conn, project.first, project.second, LATER)
        assert decisions_of(conn) == before


def test_an_edit_takes_its_replacement_along(database: Database) -> None:
    project = Project(database)
    date = project.claim("date", "10 March")
    value = {**date.value, "edtf": "1938-03-11", "earliest": "1938-03-11", "latest": "1938-03-11"}
    words = [(item.start, item.end) for item in date.evidence]
    author = project.ada.id
    name = claim_id(project.first, "date", date.subject, "date", value, words, author)
    own = replace(date, id=name, value=value, label="1938-03-11", author=author, rule="person", at=AT)
    with database.writing() as conn:
        add_claim(conn, own)
    project.decide(date.id, "edit", 1, replacement=own.id)
    assert project.revise().carried == 1
    with database.reading() as conn:
        (row,) = decisions_of(conn, project.second)
        assert row.replacement is not None
        there = claim_of(conn, row.replacement)
        assert (there.revision, there.author, there.value["edtf"]) == (project.second, author, "1938-03-11")
        assert NEW[there.value["start"] : there.value["end"]] == there.value["text"] == "10 March 1938"
        assert there.subject == there.value["id"] == f"date:{there.value['start']}-{there.value['end']}"


def test_a_decision_on_silence_waits_for_the_coding_of_the_new_text(database: Database) -> None:
    project = Project(database)
    silent = next(item for item in project.claims if item.basis == "absent" and not item.evidence)
    project.decide(silent.id, "accept", 1)
    assert project.revise() == CarriedOver(0, 0, waiting=1)
    project.code_new()
    with database.reading() as conn:
        (row,) = decisions_of(conn, project.second)
        there = claim_of(conn, row.claim)
        assert (row.verdict, there.field, there.value) == ("carry", silent.field, silent.value)


def test_a_decision_on_silence_is_outdated_when_the_new_text_says_something(database: Database) -> None:
    project = Project(database)
    silent = next(item for item in project.claims if item.basis == "absent" and not item.evidence)
    project.decide(silent.id, "accept", 1)
    project.revise()
    project.code_new(replace(project.new, crisis=(), crisis_actors=()))
    with database.reading() as conn:
        assert decisions_of(conn, project.second) == ()
        assert decisions_of(conn, project.first)[-1].verdict == "outdated"


def test_only_what_is_in_force_is_carried_and_each_coder_for_themselves(database: Database) -> None:
    project = Project(database)
    with database.writing() as conn:
        bo = add_person(conn, "Bo", "coder", AT)
    date, event = project.claim("date", "9 March"), project.claim("event", "demanded")
    project.decide(date.id, "accept", 1)
    project.decide(date.id, "reject", 2)
    project.decide(date.id, "accept", 3, bo)
    project.decide(event.id, "accept", 4)
    project.decide(event.id, "withdraw", 5, follows="decision:4")
    assert project.revise().carried == 2
    with database.reading() as conn:
        rows = decisions_of(conn, project.second)
        assert [(row.person, row.note) for row in rows] == [(project.ada.id, "reject"), (bo.id, "accept")]


def test_a_third_revision_carries_what_was_carried(database: Database) -> None:
    project = Project(database)
    project.decide(project.claim("date", "9 March").id, "reject", 1, note="wrong year")
    project.revise()
    project.code_new()
    third = coded(NEW.replace("in the river", "in the wide river"))
    with database.writing() as conn:
        added = add_narrative(conn, third.narrative, third.sentences, LATER)
        assert carry_over(conn, project.second, added.revision_id, LATER).carried == 1
        (row,) = effective(decisions_of(conn, added.revision_id))
        assert (row.verdict, row.note) == ("carry", "reject wrong year")


def test_another_version_of_the_program_touches_no_decision(database: Database) -> None:
    project = Project(database)
    made = project.decide(project.claim("date", "9 March").id, "accept", 1)
    with database.writing() as conn:
        other = replace(project.old, run=replace(project.old.run, program="brinkline 9.9"), dates=())
        store_coding(conn, other, project.first, LATER)
        assert decisions_of(conn) == (made,)
