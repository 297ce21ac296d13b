"""What the pages of the app show and do, asked without a browser: lists, twins, adding, coding, search, codebook, exports."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from brinkline.decision import Decision
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.samples import sample_text
from brinkline.search.found import Found, Hit, Mark
from brinkline.store.claims import claims_of
from brinkline.store.decisions import decide
from brinkline.store.schema import metadata
from brinkline.web.pages.outdated import outdated
from brinkline.web.pages.progress import PARTS, work_of
from brinkline.web.pages.search import narrowed, pieces
from web_fixtures import client_of, person_in

#: Every list page with its twins.
LISTS = (
    "/progress",
    "/outdated",
    "/narratives",
    "/search?q=stem:demand",
    "/search?sequence=A demand B",
    "/codebook",
    "/codebook/events",
    "/codebook/actor/triggr/values",
    "/runs",
    "/export",
    "/releases",
    "/help/keys",
    "/similar/902/cases",
)
PAGES = (
    "/", "/narratives", "/add", "/search", "/search?q=stem:demand", "/search?sequence=A demand B", "/codebook",
    "/codebook/events",
    "/codebook/actor/triggr", "/codebook/crisis/viol", "/runs", "/export", "/releases", "/help", "/outdated", "/similar/902",
)  # fmt: skip
TEXT = (
    "On 3 March 1931 Lydia occupied the island of Selma. Four days later Moria protested and demanded that its troops leave.\n"
)


def _claim(project: Project, field: str, subject: str = "crisis") -> Any:
    row = project.narratives()[0]
    with project.database.reading() as conn:
        return next(
            item for item in claims_of(conn, row.revision, ["variable"]) if (item.subject, item.field) == (subject, field)
        )


def _decide(project: Project, claim: str, verdict: str, name: str, **more: Any) -> None:
    person = person_in(project, "Ana")
    with project.database.writing() as conn:
        decide(conn, Decision(name, claim, person.id, now(), verdict, "test", **more))  # type: ignore[arg-type]


def _state_of_tables(project: Project) -> dict[str, int]:
    with project.database.reading() as conn:
        return {
            name: conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in metadata.tables
            if name != "session"
        }


def _wait(client: Any) -> dict[str, Any]:
    for _ in range(600):
        state: dict[str, Any] = client.get("/code.json").json()
        if not state["busy"]:
            return state
        time.sleep(0.1)
    raise AssertionError("the batch does not end")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_for_everyone_who_may_read(web_project: Project, path: str) -> None:
    answer = client_of(web_project).get(path)
    assert answer.status_code == 200
    assert "Two crises" in answer.text
    assert 'style="' not in answer.text


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/add"])
def test_a_reader_of_a_site_for_reading_sees_no_form_that_changes(web_project: Project, path: str) -> None:
    answer = client_of(web_project, None, read_only=True).get(path)
    assert answer.status_code == 200
    assert 'method="post"' not in answer.text


def test_looking_at_pages_writes_nothing(web_project: Project) -> None:
    client = client_of(web_project)
    before = _state_of_tables(web_project)
    for path in (*PAGES, "/export/csv", "/export/project"):
        client.get(path)
    assert _state_of_tables(web_project) == before


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_twins_with_the_same_rows(web_project: Project, path: str) -> None:
    base, _, query = path.partition("?")
    client, asked = client_of(web_project), f"?{query}" if query else ""
    table = list(csv.DictReader(io.StringIO(client.get(f"{base}.csv{asked}").text)))
    records = client.get(f"{base}.json{asked}").json()
    assert [list(row) for row in table] == [list(row) for row in records]
    if path not in ("/outdated", "/releases"):
        assert records


def test_progress_counts_every_claim_once_and_follows_decisions(web_project: Project) -> None:
    claim = _claim(web_project, "viol")
    with web_project.database.reading() as conn:
        before = work_of(conn)
    assert sum(before.total) == sum(row.claims for row in web_project.narratives())
    assert before.total[-1] == sum(before.total)
    _decide(web_project, claim.id, "accept", "d1")
    _decide(web_project, claim.id, "reject", "d2")
    with web_project.database.reading() as conn:
        assert dict(zip(PARTS, work_of(conn).total, strict=True)) | {"open": 0} == dict.fromkeys(PARTS, 0) | {"rejected": 1}
    _decide(web_project, claim.id, "withdraw", "d3", follows="d2")
    with web_project.database.reading() as conn:
        assert work_of(conn).total[0] == 1
        assert sum(work_of(conn).total) == sum(before.total)


def test_facets_narrow_the_list_of_narratives(web_project: Project) -> None:
    client = client_of(web_project)
    _decide(web_project, _claim(web_project, "viol").id, "accept", "d1")
    keys = [row["narrative"] for row in client.get("/narratives.json").json()]
    assert [row["narrative"] for row in client.get("/narratives.json?state=working").json()] == keys[:1]
    assert [row["narrative"] for row in client.get("/narratives.json?state=untouched").json()] == keys[1:]
    assert client.get("/narratives.json?assigned=nobody&words=corfu").json()[0]["title"] == "CORFU"
    greece = re.search(r"actor=([^&\"]+)\"><bdi>Greece", client.get("/narratives").text)
    assert greece
    assert len(client.get(f"/narratives.json?actor={greece[1]}").json()) == 1
    assert client.get("/narratives.json?state=nonsense").json() == []


def test_narratives_are_sorted(web_project: Project) -> None:
    client = client_of(web_project)
    titles = [row["title"] for row in client.get("/narratives.json?sort=title").json()]
    assert titles == sorted(titles, key=str.casefold)
    claims = [row["claims"] for row in client.get("/narratives.json?sort=claims").json()]
    assert claims == sorted(claims, reverse=True)


def test_the_first_start_shows_three_steps_and_loads_a_sample(tmp_path: Any) -> None:
    with Project.init(tmp_path / "new", title="Nothing yet") as project:
        assert "Three steps" in client_of(project, None).get("/").text
        client = client_of(project)
        answer = client.post("/add/sample", data={"token": client.token, "sample": "corfu_1923"})  # type: ignore[attr-defined]
        assert answer.status_code == 303
        assert _wait(client)["phase"] == "done"
        assert project.narratives()[0].claims > 100
        assert "/narratives/902/review" in client.get("/").text


def test_a_preview_stores_nothing_and_add_stores_what_is_marked(web_project: Project) -> None:
    client = client_of(web_project)
    before = _state_of_tables(web_project)
    files = [
        ("files", ("selma.txt", TEXT.encode(), "text/plain")),
        ("files", ("../../other.txt", (TEXT + "More was not known.\n").encode(), "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n0000", "image/png")),
        ("files", ("corfu.txt", sample_text("corfu_1923").encode(), "text/plain")),
    ]
    page = client.post("/add", data={"token": client.token, "text": ""}, files=files).text  # type: ignore[attr-defined]
    assert _state_of_tables(web_project) == before
    assert "2\u00a0sentences" in page
    assert "a picture" in page
    assert "here already with this text" in page
    assert "../" not in page
    name = re.search(r'name="preview" value="([^"]+)"', page)
    assert name
    sent = {"token": client.token, "preview": name[1], "narrative": ["0"]}  # type: ignore[attr-defined]
    assert "1\u00a0narrative stored" in client.post("/add/store", data=sent).text
    assert [row.key for row in web_project.narratives()][-1] == "selma"
    assert len(web_project.narratives()) == 3
    assert client.post("/add/store", data=sent).status_code == 404


def test_a_preview_is_of_the_session_that_made_it(web_project: Project) -> None:
    client, other = client_of(web_project), client_of(web_project, "Bo")
    page = client.post("/add", data={"token": client.token, "text": TEXT}).text  # type: ignore[attr-defined]
    name = re.search(r'name="preview" value="([^"]+)"', page)
    assert name
    sent = {"token": other.token, "preview": name[1], "narrative": ["0"]}  # type: ignore[attr-defined]
    assert other.post("/add/store", data=sent).status_code == 404
    assert len(web_project.narratives()) == 2


def test_folders_are_read_in_local_mode_only(web_project: Project, tmp_path: Any) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "selma.txt").write_text(TEXT, encoding="utf-8")
    for mode, status in (("local", 200), ("team", 422)):
        client = client_of(web_project, mode=mode)  # type: ignore[arg-type]
        sent = {"token": client.token, "folder": str(tmp_path / "in")}  # type: ignore[attr-defined]
        answer = client.post("/add", data=sent)
        assert answer.status_code == status
        assert ("selma" in answer.text) == (mode == "local")


def test_two_pasted_texts_without_a_name_are_two_narratives(web_project: Project) -> None:
    client = client_of(web_project)
    for text in (TEXT, "A second crisis began on 4 May 1932 when Moria closed the strait.\n"):
        page = client.post("/add", data={"token": client.token, "text": text}).text  # type: ignore[attr-defined]
        assert "a new narrative" in page
        name = re.search(r'name="preview" value="([^"]+)"', page)
        assert name
        client.post("/add/store", data={"token": client.token, "preview": name[1], "narrative": ["0"]})  # type: ignore[attr-defined]
    assert len(web_project.narratives()) == 4


def test_an_empty_form_says_so_and_a_missing_folder_too(web_project: Project) -> None:
    client = client_of(web_project)
    assert "BL150" in client.post("/add", data={"token": client.token, "text": " "}).text  # type: ignore[attr-defined]
    sent = {"token": client.token, "folder": "/nowhere/at/all"}  # type: ignore[attr-defined]
    assert "BL501" in client.post("/add", data=sent).text


def test_text_of_narratives_is_shown_as_text(web_project: Project) -> None:
    client = client_of(web_project)
    evil = "<script>alert(1)</script> attacked the town on 3 May 1931 & left.\n"
    sent = {"token": client.token, "text": evil, "title": "<img src=x onerror=alert(1)>"}  # type: ignore[attr-defined]
    page = client.post("/add", data=sent).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_coding_again_runs_in_the_background_one_at_a_time(web_project: Project) -> None:
    client = client_of(web_project)
    sent = {"token": client.token, "what": "marked", "narrative": ["902"]}  # type: ignore[attr-defined]
    assert client.post("/code", data={**sent, "narrative": []}).status_code == 400
    assert client.post("/code", data=sent).status_code == 303
    assert client.get("/narratives").status_code == 200
    assert client.post("/code", data=sent).status_code == 409
    state = _wait(client)
    assert (state["phase"], state["done"]) == ("done", 1)
    assert "1\u00a0narrative coded" in client.get("/narratives").text


def test_a_batch_can_be_stopped(web_project: Project) -> None:
    client = client_of(web_project)
    keys = [row.key for row in web_project.narratives()]
    client.post("/code", data={"token": client.token, "what": "marked", "narrative": keys * 2})  # type: ignore[attr-defined]
    client.post("/code/stop", data={"token": client.token})  # type: ignore[attr-defined]
    state = _wait(client)
    assert state["phase"] == "stopped"
    assert state["done"] < state["total"] == 2


@pytest.mark.parametrize("path", ["/code", "/code/stop", "/add", "/add/store", "/add/sample", "/releases", "/outdated/seen"])
def test_forms_of_other_sites_and_of_readers_do_nothing(web_project: Project, path: str) -> None:
    before = _state_of_tables(web_project)
    client = client_of(web_project)
    assert client.post(path, data={"token": "forged"}).status_code == 403
    reader = client_of(web_project, "Rea", "reader", mode="team")
    assert reader.post(path, data={"token": reader.token}).status_code == 403  # type: ignore[attr-defined]
    assert {**_state_of_tables(web_project), "person": 0} == {**before, "person": 0}


def test_marks_lie_on_the_words_and_the_most_telling_is_shown() -> None:
    text = "They attacked the island on 3 May."
    marks = (Mark(105, 113, "event"), Mark(105, 113, "word"), Mark(100, 121, "event"), Mark(128, 133, "date"))
    hit = Hit("n", 1, "t", "r", 0, 100, 134, text, marks, ())
    shown = [(piece.text, piece.kind) for piece in pieces(hit)]
    assert "".join(words for words, _ in shown) == text
    assert [piece for piece in shown if piece[1]] == [
        ("They ", "event"),
        ("attacked", "word"),
        (" the isl", "event"),
        ("3 May", "date"),
    ]


@pytest.mark.parametrize(
    ("query", "narrower"),
    [
        ("troops", "troops type:attack"),
        ("a OR b", "(a OR b) type:attack"),
        ("(a OR b) c", "(a OR b) c type:attack"),
        ('"this OR that"', '"this OR that" type:attack'),
    ],
)
def test_a_facet_narrows_a_query(query: str, narrower: str) -> None:
    assert narrowed(Found(query, 0, 0, (), ()), "type:attack") == narrower


def test_facets_of_a_search_are_links_that_find_as_many_as_they_say(web_project: Project) -> None:
    client = client_of(web_project)
    page = client.get("/search?q=stem:demand OR stem:occupy").text
    links = re.findall(r'<li><a href="(/search\?q=[^"]+)"><bdi>[^<]*</bdi></a> <span class="num">(\d+)</span>', page)
    assert len(links) > 10
    for link, count in links[:8]:
        found = client.get(link.replace("&amp;", "&")).text
        assert re.search(rf"{count}\u00a0sentence", found), link


def test_a_query_that_cannot_be_read_is_shown_with_the_place(web_project: Project) -> None:
    page = client_of(web_project).get("/search?q=troops type:atack")
    assert page.status_code == 422
    assert "BL455" in page.text
    assert "^^^^^" in page.text
    assert "did you mean" in page.text


def test_hits_lead_to_their_sentence(web_project: Project) -> None:
    client = client_of(web_project)
    hit = client.get("/search.json?q=stem:demand").json()[0]
    assert f"#s{hit['sentence']}" in client.get("/search?q=stem:demand").text


def test_examples_find_something(web_project: Project) -> None:
    client = client_of(web_project)
    links = re.findall(r'<dt><a href="(/search\?[^"]+)"', client.get("/search").text)
    assert len(links) >= 4
    for link in links:
        assert re.search(r"\d\u00a0(sentence|narrative)", client.get(link.replace("&amp;", "&")).text), link


def test_a_variable_counts_its_values(web_project: Project) -> None:
    client = client_of(web_project)
    rows = client.get("/codebook/actor/triggr/values.json").json()
    coded = [
        claim for row in web_project.narratives() for claim in _claims(web_project, row.revision) if claim.field == "triggr"
    ]
    assert sum(row["count"] for row in rows) == len(coded)
    assert client.get("/codebook/actor/nothing").status_code == 404


def _claims(project: Project, revision: str) -> Any:
    with project.database.reading() as conn:
        return claims_of(conn, revision, ["variable"])


def test_two_runs_are_compared_with_their_words(web_project: Project) -> None:
    rows = client_of(web_project).get("/runs.json").json()
    assert len(rows) == 1
    with Project.open(web_project.folder.path, settings={"pipeline": "en_core_web_sm"}) as other:
        run = rows[0]["run"]
        page = client_of(other).get(f"/runs/differences?old={run}&new={run}")
        assert "2\u00a0narratives coded by both" in page.text
        assert "0\u00a0differences" in page.text
        assert client_of(other).get(f"/runs/differences?old={run}&new=run:none").status_code == 404


@pytest.mark.parametrize(
    "form", ["json", "jsonl", "csv", "sqlite", "icb1", "icb2", "plover", "geojson", "jsonld", "brat", "timeml", "html"]
)
def test_every_format_can_be_downloaded(web_project: Project, form: str) -> None:
    answer = client_of(web_project).get(f"/export/{form}")
    assert answer.status_code == 200
    assert len(answer.content) > 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="two-crises')
    if form in ("csv", "brat", "timeml", "html"):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_row_counts_before_the_download_are_those_of_the_files(web_project: Project) -> None:
    client = client_of(web_project)
    told = {
        row["format"]: dict(part.split(": ") for part in row["rows"].split("; ")) for row in client.get("/export.json").json()
    }
    archive = zipfile.ZipFile(io.BytesIO(client.get("/export/csv").content))
    names = {
        "narratives": "narratives",
        "actor rows": "crisis_actors",
        "values": "claims",
        "events": "events",
        "dates": "dates",
    }
    for what, table in names.items():
        rows = list(csv.reader(io.StringIO(archive.read(f"{table}.csv").decode("utf-8-sig"))))
        assert int(told["csv"][what]) == len(rows) - 1, what
    assert int(told["icb2"]["actor rows"]) == len(list(csv.reader(io.StringIO(client.get("/export/icb2").text)))) - 1


def test_a_release_is_made_listed_and_downloaded_and_nothing_else(web_project: Project) -> None:
    client = client_of(web_project)
    sent = {"token": client.token, "name": "1.0", "title": "Two crises", "creators": "Lund, Ada\n", "licence": "CC-BY-4.0"}  # type: ignore[attr-defined]
    faulty = client.post("/releases", data={**sent, "name": "../x"})
    assert faulty.status_code == 422
    assert "BL491" in faulty.text
    assert "Lund, Ada" in faulty.text
    assert client.post("/releases", data=sent).headers["location"] == "/releases/1.0"
    page = client.get("/releases/1.0").text
    assert "Lund" in page
    archive = zipfile.ZipFile(io.BytesIO(client.get("/releases/1.0/files.zip").content))
    assert {"README.md", "manifest.json", "SHA256SUMS"} <= set(archive.namelist())
    assert json.loads(client.get("/releases/1.0/files/datapackage.json").content)["version"] == "1.0.0"
    for path in ("../../brinkline.toml", "..%2f..%2fbrinkline.toml", "%2e%2e/%2e%2e/project.db", "/etc/passwd", "nothing"):
        assert client.get(f"/releases/1.0/files/{path}").status_code == 404
    assert client.post("/releases", data=sent).status_code == 422


def test_only_owners_make_releases(web_project: Project) -> None:
    client = client_of(web_project, "Co", "coder", mode="team")
    assert "Make a release" not in client.get("/releases").text
    assert client.post("/releases", data={"token": client.token, "name": "1.0"}).status_code == 403  # type: ignore[attr-defined]


def test_outdated_decisions_show_what_stood_and_leave_when_seen(web_project: Project) -> None:
    row = web_project.narratives()[0]
    with web_project.database.reading() as conn:
        claim = next(item for item in claims_of(conn, row.revision, ["variable"]) if item.evidence)
    _decide(web_project, claim.id, "accept", "d1")
    words = claim.evidence[0].text
    text = web_project.coding(row.key).narrative.text.replace(words, "Nothing of it is known")
    assert list(web_project.add_text(text, source=row.source))
    client = client_of(web_project)
    page = client.get("/outdated").text
    assert "the words it rested on are no longer in the text" in page
    assert words.split("\n")[0][:30] in page
    assert "1\u00a0decision</strong> outdated" in client.get("/").text
    fields = dict(re.findall(r'name="(id|claim|follows)" value="([^"]+)"', page))
    for _ in range(2):
        assert client.post("/outdated/seen", data={"token": client.token, **fields}).status_code == 303  # type: ignore[attr-defined]
    with web_project.database.reading() as conn:
        assert outdated(conn) == ()


def test_keys_are_listed_once_each(web_project: Project) -> None:
    rows = client_of(web_project).get("/help/keys.json").json()
    assert len({row["key"] for row in rows}) == len(rows)
    assert {"j", "k", "n", "a", "x", "e", "w", "i", "v", "A", "?", "Space", "Backspace"} <= {row["key"] for row in rows}


def test_a_codebook_of_ones_own_has_pages_and_its_run_is_compared(web_project: Project) -> None:
    own = next(Path(__file__).parent.parent.joinpath("docs", "examples").glob("*.toml"))
    with Project.open(web_project.folder.path, settings={"codebook": str(own)}) as project:
        assert len(list(project.code(["902"]))) == 1
        client = client_of(project)
        runs = client.get("/runs.json").json()
        assert len(runs) == 2
        name = next(name for name in client.get("/codebook.json").json() if name["codebook"] != "icb")
        page = client.get(f"/codebook/{name['level']}/{name['name']}")
        assert page.status_code == 200
        assert "looks at" in page.text
        address = f"?old={runs[1]['run']}&new={runs[0]['run']}"
        changes = client.get(f"/runs/differences.json{address}").json()
        assert name["name"] in {row["field"] for row in changes}
        assert {row["narrative"] for row in changes} == {"902"}
        shown = client.get(f"/runs/differences{address}&field={name['name']}").text
        assert "1\u00a0narrative coded by both" in shown
        assert "no claim" in shown
