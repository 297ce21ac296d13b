"""The review page over HTTP: budgets, decisions as JSON and forms, roles, blind coding, attacks; the page of a claim."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from brinkline.project import Project
from brinkline.review.desk import open_desk
from brinkline.store.decisions import comments_of, decisions_of
from brinkline.store.schema import assignment
from web_fixtures import client_of, person_in

REVIEW = "/narratives/902/review"
IDS = (f"decision:{number:012d}" for number in itertools.count())


def claims(project: Project) -> list[str]:
    with project.database.reading() as conn:
        return [item.claim.id for item in open_desk(conn, "902", None).items]


def post(client: TestClient, path: str = "/decisions", **what: Any) -> Any:
    return client.post(path, json={"id": next(IDS), "narrative": "902", **what}, headers={"X-Form-Token": client.token})  # type: ignore[attr-defined]


def test_the_page_of_almost_two_hundred_claims_is_small(web_project: Project) -> None:
    client = client_of(web_project)
    answer = client.get(REVIEW)
    assert answer.text.count('<li id="v') == len(claims(web_project)) > 150
    assert len(answer.content) < 95_000
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


def test_looking_writes_nothing(web_project: Project) -> None:
    client = client_of(web_project)
    name = claims(web_project)[0]
    before = {table: rows(web_project, table) for table in ("decision", "comment", "assignment", "claim")}
    for path in (
        REVIEW,
        f"{REVIEW}?claim={name}&part=panel",
        "/narratives/902/new",
        "/narratives/902/finish",
        f"/claims/{name}",
    ):
        assert client.get(path).status_code == 200
    assert before == {table: rows(web_project, table) for table in before}


def rows(project: Project, table: str) -> int:
    with project.database.reading() as conn:
        return int(conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_a_decision_sent_twice_is_one(web_project: Project) -> None:
    client = client_of(web_project)
    what = {"id": next(IDS), "claim": claims(web_project)[0], "verdict": "accept"}
    first, second = post(client, **what), post(client, **what)
    assert (first.json()["stored"], second.json()["stored"]) == (True, False)
    assert first.json()["rows"] == second.json()["rows"]
    assert first.json()["rows"][0]["state"] == "accepted"
    assert rows(web_project, "decision") == 1


def test_who_comes_second_is_told_and_both_stay(web_project: Project) -> None:
    name = claims(web_project)[0]
    post(client_of(web_project, "Ana"), claim=name, verdict="accept", seen="0")
    told = post(client_of(web_project, "Ben"), claim=name, verdict="reject", seen="0").json()["meanwhile"]
    assert [(row["person"], row["verdict"]) for row in told] == [("Ana", "accept")]
    assert post(client_of(web_project, "Ben"), claim=name, verdict="accept", seen="2").json()["meanwhile"] == []
    assert rows(web_project, "decision") == 3


def blind(project: Project, *names: str) -> None:
    with project.database.writing() as conn:
        row = open_desk(conn, "902", None).row
    for name in names:
        person = person_in(project, name, "coder")
        with project.database.writing() as conn:
            values = {"narrative_id": row.id, "person_id": person.id, "blind": True, "created": "2026", "finished": None}
            conn.execute(insert(assignment).values(id=f"a:{name}", **values))


def test_blind_coders_learn_nothing_from_the_server(web_project: Project) -> None:
    blind(web_project, "Ana", "Ben")
    name = claims(web_project)[0]
    ana, ben = client_of(web_project, "Ana"), client_of(web_project, "Ben")
    post(ben, claim=name, verdict="reject", why="not at all")
    post(ben, "/comments", claim=name, text="a word of Ben's")
    post(ben, verdict="new", kind="variable", subject="crisis", field="viol", value="1", words="Greece")
    for path in (REVIEW, f"{REVIEW}?claim={name}&part=panel", f"{REVIEW}.json", f"/claims/{name}", f"/claims/{name}.json"):
        text = ana.get(path).text
        assert "Ben" not in text
        assert "not at all" not in text
        assert not any(sign in text for sign in ('class="rejected"', "state rejected", '"rejected"'))
    assert post(ana, claim=name, verdict="accept", seen="0").json()["meanwhile"] == []
    own = web_own(web_project)
    assert ana.get(f"/claims/{own}").status_code == 404
    assert ben.get(f"/claims/{own}").status_code == 200
    assert [ana.get(f"/export/{form}").status_code for form in ("project", "csv")] == [403, 403]
    assert client_of(web_project, "Olga", "owner").get("/export/csv").status_code == 200


def web_own(project: Project) -> str:
    with project.database.reading() as conn:
        return str(conn.exec_driver_sql("SELECT id FROM claim WHERE author <> 'brinkline'").scalar_one())


def test_an_edit_by_form_leads_back_and_tells(web_project: Project) -> None:
    client = client_of(web_project)
    with web_project.database.reading() as conn:
        item = next(item for item in open_desk(conn, "902", None).items if item.claim.field == "triggr")
    fields = {
        "token": client.token,
        "id": next(IDS),
        "narrative": "902",
        "claim": item.claim.id,
        "verdict": "edit",
        "value": "2",
    }  # type: ignore[attr-defined]
    answer = client.post("/decisions", data={**fields, "back": REVIEW + "?kind=variable"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(REVIEW + "?kind=variable&told=")
    assert "edited" in client.get(answer.headers["location"]).text
    assert (
        client.post("/decisions", data={**fields, "id": next(IDS), "back": "https://example.org/"})
        .headers["location"]
        .startswith(REVIEW)
    )


def test_a_claim_of_ones_own_goes_when_taken_back_and_comes_again(web_project: Project) -> None:
    client = client_of(web_project)
    made = post(
        client, verdict="new", kind="variable", subject="crisis", field="viol", value="3", words="27 August 1923"
    ).json()
    [row] = made["rows"]
    assert row["group"] == "crisis"
    assert f'id="v{row["id"]}"' in client.get(REVIEW).text
    assert post(client, verdict="undo").json()["rows"][0]["html"] == ""
    assert f'id="v{row["id"]}"' not in client.get(REVIEW).text
    assert post(client, verdict="redo").json()["rows"][0]["state"] == "accepted"


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ({"verdict": "adjudicate"}, 400, "BL166"),
        ({"verdict": "edit", "value": "999"}, 400, "BL167"),
        ({"verdict": "edit", "evidence": "9-4"}, 400, "BL168"),
        ({"verdict": "accept", "id": "x"}, 400, "BL165"),
        ({"verdict": "accept", "claim": "claim:no"}, 400, "BL166"),
        ({"verdict": "accept", "narrative": "nowhere"}, 404, "BL550"),
        ({"verdict": "new", "kind": "variable", "subject": "crisis", "field": "nothing such", "value": ""}, 400, "BL167"),
        ({"verdict": "new", "kind": "person", "words": "Greece"}, 400, "BL168"),
        ({"verdict": {"a": 1}}, 400, "BL144"),
    ],
)
def test_what_cannot_be_decided_is_told_and_stores_nothing(web_project: Project, what: Any, status: int, code: str) -> None:
    with web_project.database.reading() as conn:
        name = next(item.claim.id for item in open_desk(conn, "902", None).items if item.claim.field == "triggr")
    answer = post(client_of(web_project), **{"claim": name, **what})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert rows(web_project, "decision") == 0


def test_only_coders_decide_and_only_from_our_pages(web_project: Project) -> None:
    name = claims(web_project)[0]
    assert post(client_of(web_project, "Rea", "reader"), claim=name, verdict="accept").status_code == 403
    assert post(client_of(web_project, "Rea", "reader"), "/comments", claim=name, text="x").status_code == 403
    client = client_of(web_project)
    forged = client.post("/decisions", json={"id": next(IDS), "narrative": "902", "claim": name, "verdict": "accept"})
    assert forged.status_code == 403
    assert client_of(web_project, None).post("/decisions", json={}).status_code in (401, 403)
    assert post(client_of(web_project, read_only=True), claim=name, verdict="accept").status_code == 403
    assert rows(web_project, "decision") == 0
    page = client_of(web_project, "Rea", "reader").get(REVIEW)
    assert page.status_code == 200
    assert 'value="accept"' not in page.text


def test_markup_in_comments_and_notes_is_text(web_project: Project) -> None:
    client = client_of(web_project)
    name = claims(web_project)[0]
    attack = "<script>alert(1)</script>"
    post(client, "/comments", claim=name, text=attack)
    post(client, claim=name, verdict="reject", why=attack)
    for path in (f"{REVIEW}?claim={name}&part=panel", f"/claims/{name}"):
        text = client.get(path).text
        assert attack not in text
        assert "&lt;script&gt;" in text
    with web_project.database.reading() as conn:
        assert [item.text for item in comments_of(conn, [name])] == [attack]


def test_a_comment_sent_twice_is_one(web_project: Project) -> None:
    client = client_of(web_project)
    name = claims(web_project)[0]
    for _ in range(2):
        post(client, "/comments", id="decision:00000000aaaa", claim=name, text="once")
    assert rows(web_project, "comment") == 1


def test_finishing_leads_to_the_next_narrative(web_project: Project) -> None:
    client = client_of(web_project)
    form = {"token": client.token}  # type: ignore[attr-defined]
    assert client.post("/narratives/902/finish", data=form).headers["location"] == "/narratives/903/review"
    assert client.post("/narratives/903/finish", data=form).headers["location"] == "/"


def test_the_twins_have_every_claim(web_project: Project) -> None:
    client = client_of(web_project)
    assert len(client.get(f"{REVIEW}.json").json()) == len(claims(web_project))
    assert client.get(f"{REVIEW}.csv").text.startswith("claim,kind,subject,field,value,")


def test_a_claim_has_a_page_for_good(web_project: Project) -> None:
    client = client_of(web_project)
    name = claims(web_project)[0]
    post(client, claim=name, verdict="accept")
    document = client.get(f"/claims/{name}.json").json()
    assert (document["state"], document["history"][0]["person"]) == ("accepted", "Ana")
    assert name in document["citation"]
    assert client.get("/claims/claim:none").status_code == 404
    with web_project.database.reading() as conn:
        assert len(decisions_of(conn)) == 1
