"""Search over a project: the same hits on both databases, marked ranges, order, facets, pages."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select

import search_project as tales
from brinkline.decision import Decision, standing
from brinkline.errors import UsageError
from brinkline.search import search
from brinkline.search.found import Found
from brinkline.store.database import Database, open_database
from brinkline.store.decisions import decide, decisions_of
from brinkline.store.found import rebuild_index
from brinkline.store.people import add_person
from brinkline.store.schema import found_value
from brinkline.store.words import words_of

ROWS = tales.case_rows("search_queries.tsv")


@pytest.fixture
def conn(told_project: Database) -> Iterator[Connection]:
    with told_project.reading() as connection:
        yield connection


def places(found: Found) -> str:
    return " ".join(f"{hit.number or 'q'}:{hit.sentence}" for hit in found.hits) or "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["query"])
def test_hits(conn: Connection, row: dict[str, str]) -> None:
    found = search(conn, row["query"], limit=100)
    assert places(found) == row["hits"], row["why"]
    assert found.total == len(found.hits)
    again = search(conn, found.query, limit=100)
    assert (again.query, again.hits) == (found.query, found.hits)


def marked(found: Found) -> list[list[str]]:
    return [
        [f"{mark.kind} {hit.text[mark.start - hit.start : mark.end - hit.start]}" for mark in hit.marks] for hit in found.hits
    ]


def test_words_are_marked_where_they_stand(conn: Connection) -> None:
    assert marked(search(conn, 'cease-fire stem:withdraw "the ford"')) == [
        ["word withdrew", "word the ford", "word cease-fire"]
    ]
    assert marked(search(conn, "cafe"))[0] == ["word café"]
    assert marked(search(conn, "mill -china")) == [["word mill"]]


def test_terms_are_marked_by_their_evidence(conn: Connection) -> None:
    found = search(conn, "actor:JPN type:attack date:1938")
    assert marked(found) == [["actor Japanese", "event Japanese troops attacked the Soviet post"]]
    assert marked(search(conn, "date:1938-08")) == [
        ["event The Soviet garrison withdrew", "date August 1938", "event a cease-fire followed"]
    ]


def test_a_value_shows_its_words_and_its_claim(conn: Connection) -> None:
    (hit,) = search(conn, "outcom:victory").hits
    assert [(claim.subject, claim.field, claim.value, claim.label) for claim in hit.claims] == [
        ("actor:740", "outcom", "1", "victory")
    ]
    assert [hit.text[mark.start - hit.start : mark.end - hit.start] for mark in hit.marks] == ["The Soviet garrison withdrew"]


def test_a_hit_is_a_range_of_the_narrative(conn: Connection) -> None:
    text = tales.coding_of(tales.FORD).narrative.text
    for hit in search(conn, "case:901").hits:
        assert text[hit.start : hit.end] == hit.text


def test_pages_join_to_the_whole(conn: Connection) -> None:
    whole = search(conn, "the", limit=100)
    pages = [search(conn, "the", limit=2, offset=offset) for offset in range(0, whole.total, 2)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.total for page in pages} == {whole.total}
    assert search(conn, "the", limit=5, offset=1000).hits == ()
    assert search(conn, "the", limit=0).hits == ()


def facet(found: Found, name: str) -> dict[str, int]:
    return {count.value: count.count for item in found.facets if item.name == name for count in item.counts}


def test_facets_count_all_hits_and_not_the_page(conn: Connection) -> None:
    found = search(conn, "type:attack", limit=1)
    assert facet(found, "narrative") == {"12": 2, "901": 1, "902": 1}
    assert facet(found, "actor") == {"CHN": 1, "JPN": 2, "RUS": 1, "group:ford-riders": 1}
    assert facet(found, "type")["attack"] == 4
    assert facet(found, "break") == {"9": 2, "1": 1}


def test_each_facet_term_narrows_the_query_to_its_count(conn: Connection) -> None:
    query = "the OR stem:attack"
    found = search(conn, query)
    for item in found.facets:
        for count in item.counts:
            narrowed = search(conn, f"({query}) {count.term}")
            assert (narrowed.total if item.unit == "sentences" else narrowed.narratives) == count.count, count.term


def test_facets_are_empty_without_hits(conn: Connection) -> None:
    found = search(conn, "zebra")
    assert (found.total, found.narratives, found.facets) == (0, 0, ())


def test_words_are_found_where_they_stand_and_nowhere_else(conn: Connection) -> None:
    """Every word of every sentence, against a plain look at the text."""
    sentences = [
        (tale.number or "q", at, [word.folded for word in words_of(told.text)])
        for tale in sorted(tales.TALES, key=lambda tale: (tale.number is None, tale.number or 0))
        for at, told in enumerate(tale.told)
    ]
    for word in sorted({word for _, _, words in sentences for word in words} - {"or", "and", "not"}):
        expected = " ".join(f"{number}:{at}" for number, at, words in sentences if word in words)
        assert places(search(conn, word, limit=100)) == expected, word


@pytest.mark.parametrize("query", ["case:77", "case:nowhere", "coder:Nobody", "actor:Nobodyland"])
def test_what_the_project_does_not_have_is_told(conn: Connection, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        search(conn, query)
    assert caught.value.code in ("BL454", "BL457", "BL458")
    assert caught.value.remedy


def decision(number: int, claim: str, person: str, verdict: str, follows: int | None = None, note: str = "") -> Decision:
    after = None if follows is None else f"decision:{follows}"
    return Decision(f"decision:{number}", claim, person, tales.AT, verdict, "icb", None, after, note)  # type: ignore[arg-type]


def test_states_are_those_of_the_fold_over_decisions(database: Database) -> None:
    """The state in SQL against ``standing``, for every verdict, withdrawals, adjudication and carried decisions."""
    tales.store(database, tales.TALES)
    with database.writing() as conn:
        anna = add_person(conn, "Anna", "coder", tales.AT).id
        claims = list(conn.execute(select(found_value.c.claim_id).order_by(found_value.c.claim_id)).scalars())
        script = (
            (0, "accept"), (1, "reject"), (2, "skip"), (3, "flag"), (4, "adjudicate"), (5, "outdated"), (6, "accept"),
            (6, "reject"), (7, "adjudicate"), (7, "reject"), (8, "carry", "reject because"), (9, "carry", ""),
            (10, "carry", "rejected"),
        )  # fmt: skip
        for number, (at, verdict, *note) in enumerate(script):
            decide(conn, decision(number, claims[at], anna, verdict, note=note[0] if note else ""))
        decide(conn, decision(90, claims[0], anna, "withdraw", follows=0))
        decide(conn, decision(91, claims[6], anna, "withdraw", follows=7))
        expected: dict[str, set[str]] = {}
        for claim in claims:
            expected.setdefault(standing(decisions_of(conn, claims=[claim])).state, set()).add(claim)
        for state in ("undecided", "accepted", "edited", "rejected", "skipped", "flagged", "settled", "outdated"):
            found = search(conn, f"state:{state}", limit=100)
            shown = {claim.id for hit in found.hits for claim in hit.claims}
            wordless = {row for row in expected.get(state, set()) if row not in shown}
            assert shown <= expected.get(state, set())
            bare = select(found_value.c.claim_id).where(found_value.c.sentence_id.is_(None))
            assert wordless <= set(conn.execute(bare).scalars())
        decided = {claim.id for hit in search(conn, "coder:anna", limit=100).hits for claim in hit.claims}
        assert decided
        assert claims[0] not in decided


def test_a_new_revision_and_a_new_coding_are_seen_at_once(database: Database) -> None:
    tales.store(database, tales.TALES)
    with database.reading() as conn:
        assert places(search(conn, "zebra")) == "-"
        assert search(conn, "triggr:9").narratives == 2
    told = (*tales.LAMP.told[:1], tales.Told("A zebra watched."))
    tales.store(database, [tales.Tale(12, "Lamp Bay", told)])
    with database.reading() as conn:
        assert places(search(conn, "zebra")) == "12:1"
        assert places(search(conn, "lamp*")) == "12:0"
        assert search(conn, "triggr:9").narratives == 1
        assert facet(search(conn, "zebra OR lamp"), "actor") == {"JPN": 1, "CHN": 1}
    values = (tales.Value("710", "triggr", "9", "violent act", words="Japan attacked"),)
    tales.store(database, [tales.Tale(12, "Lamp Bay", told, values)], program="brinkline later")
    with database.reading() as conn:
        assert search(conn, "triggr:9").narratives == 2


def test_an_index_made_anew_is_seen_by_others(database: Database) -> None:
    tales.store(database, tales.TALES)
    with database.reading() as conn:
        before = search(conn, "the", limit=100)
    other = open_database(database.engine.url.render_as_string(hide_password=False))
    with other.writing() as conn:
        rebuild_index(conn)
    other.close()
    with database.reading() as conn:
        assert search(conn, "the", limit=100) == before


def test_an_empty_project_finds_nothing(database: Database) -> None:
    with database.reading() as conn:
        for query in (
            "the",
            "-the",
            "actor:JPN",
            "type:attack",
            "triggr:9",
            "state:undecided",
            "date:1938",
            "layer:say OR the",
        ):
            found = search(conn, query)
            assert (found.total, found.hits, found.facets) == (0, (), ())


def test_no_markup_is_made(conn: Connection) -> None:
    assert not any(re.search("[<>]", hit.text) for hit in search(conn, "the", limit=100).hits)
