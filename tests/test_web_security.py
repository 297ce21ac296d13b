"""What an attacker tries over HTTP: forged forms, other hosts, paths out of the folder, too much, other people's names."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from brinkline.exchange.cells import guarded
from brinkline.project import Project
from brinkline.store.claims import claims_of
from brinkline.store.decisions import decisions_of
from brinkline.store.people import find_person, set_role
from brinkline.web import security
from brinkline.web.app import create_app
from brinkline.web.asking import Site
from brinkline.web.limits import FILES, FORM
from brinkline.web.security import COOKIE, form_token
from test_web_security_access import table
from web_fixtures import client_of, person_in, session_of

POSTS = sorted(line.path for line in table().values() if line.method == "POST")


def filled(path: str) -> str:
    """The path of a route with something in place of its parts."""
    return re.sub(r"{[^}]*}", "x", path)


def state(project: Project) -> list[tuple[Any, ...]]:
    """Every row of every table that people fill."""
    names = (
        "person",
        "narrative",
        "revision",
        "decision",
        "comment",
        "assignment",
        "release",
        "project_note",
        "claim",
        "session",
    )
    with project.database.reading() as conn:
        return [tuple(row) for name in names for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')]


# Headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/nothing", 404),
        ("/static/app.css", 200),
        ("/static/nothing", 404),
        ("/narratives?page=x", 422),
        ("/people", 401),
    ],
)
def test_every_answer_has_the_safe_headers(web_project: Project, path: str, status: int) -> None:
    answer = client_of(web_project, None, mode="local").get(path)
    assert answer.status_code == status
    for name, value in security.HEADERS.items():
        assert answer.headers[name] == value
    if not path.startswith("/static/app"):
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_allows_no_script_or_style_of_data() -> None:
    policy = security.HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_a_bug_is_told_without_its_stack_and_with_the_safe_headers(web_project: Project) -> None:
    app = create_app(Site(web_project))

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("secret-of-the-machine /home/ana")

    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    for accept in ("text/html", "application/json"):
        answer = client.get("/bug", headers={"Accept": accept})
        assert answer.status_code == 500
        assert "BL700" in answer.text
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"]


# Hosts and origins


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::2]:80", "0x7f.1"])
def test_the_app_answers_to_no_name_but_its_own(web_project: Project, host: str) -> None:
    answer = client_of(web_project).get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "BL159" in answer.text
    assert "Two crises" not in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8737", "localhost", "LOCALHOST:1", "[::1]:8737", "[::1]"])
def test_the_app_answers_to_its_own_names(web_project: Project, host: str) -> None:
    assert client_of(web_project).get("/", headers={"Host": host}).status_code == 200


FORGED = {
    "no token": ({}, {}),
    "a made-up token": ({"token": "a" * 64}, {}),
    "an odd token": ({"token": "ü\x00"}, {}),
    "another site": ({"token": "own"}, {"Origin": "https://evil.example"}),
    "a page without an origin": ({"token": "own"}, {"Origin": "null"}),
    "the same name on another port": ({"token": "own"}, {"Origin": "http://127.0.0.1:9999"}),
    "an odd origin": ({"token": "own"}, {"Origin": "http://[oops"}),
    "told by the browser": ({"token": "own"}, {"Sec-Fetch-Site": "cross-site"}),
}


@pytest.mark.parametrize("path", POSTS)
def test_no_forged_form_gets_through(web_project: Project, path: str) -> None:
    mode = "local" if path == "/name" else "team"
    client = client_of(web_project, "Ana", mode=mode)
    client.get("/name" if mode == "local" else "/sign-in")  # the cookie of forms at the door
    other = form_token(session_of(web_project, "Eva"))
    own: str = client.token  # type: ignore[attr-defined]
    if table()[("POST", path)].who == "anyone":
        own = form_token(client.cookies[security.BEFORE])
    before = state(web_project)
    for what, (data, headers) in {**FORGED, "another session": ({"token": other}, {})}.items():
        sent = {name: own if value == "own" else value for name, value in data.items()}
        answer = client.post(filled(path), data=sent, headers=headers)
        assert answer.status_code == 403, what
        assert "BL143" in answer.text, what
        answer = client.post(
            filled(path), json={"id": "x"}, headers={**headers, "X-Form-Token": sent.get("token", "").encode()}
        )
        assert answer.status_code in (403, 422), what
    assert state(web_project) == before


def test_no_get_writes(web_project: Project) -> None:
    client = client_of(web_project, "Ana")
    key = web_project.narratives()[0].key
    with web_project.database.reading() as conn:
        claim = claims_of(conn, web_project.narratives()[0].revision)[0].id
    before = state(web_project)
    for line in table().values():
        path = filled(line.path.replace("{form}", "csv").replace("{key}", key).replace("{ref}", claim))
        client.get(path, params={"verdict": "accept", "id": "decision:0123456789abcdef0123", "claim": claim, "narrative": key})
    assert state(web_project) == before


# Paths

CLIMBING = (
    "../../brinkline.toml",
    "..%2f..%2fbrinkline.toml",
    "....//brinkline.toml",
    "/etc/passwd",
    "%2e%2e/project.db",
    "..\\project.db",
)


@pytest.mark.parametrize("start", ["/static/", "/releases/one/files/", "/releases/", "/export/", "/codebook/"])
@pytest.mark.parametrize("path", CLIMBING)
def test_no_path_leads_out_of_a_folder(web_project: Project, start: str, path: str) -> None:
    folder = web_project.folder.releases / "one"
    folder.mkdir(parents=True)
    answer = client_of(web_project).get(start + path)
    assert answer.status_code in (404, 400, 422, 307, 200)
    assert b"SQLite format" not in answer.content
    assert b"root:" not in answer.content
    assert web_project.folder.file.read_bytes()[:60] not in answer.content


@pytest.mark.parametrize("name", ["../out", "a/b", "..", ".hidden", "a\\b", "/abs"])
def test_a_release_cannot_be_made_elsewhere(web_project: Project, name: str) -> None:
    client = client_of(web_project)
    data = {"token": client.token, "name": name, "title": "T", "licence": "CC0-1.0", "creators": "Ana Ruiz"}  # type: ignore[attr-defined]
    assert client.post("/releases", data=data).status_code == 422
    root = web_project.folder.path
    assert not (root / "out").exists()
    assert not (root.parent / "out").exists()


# Too much


@pytest.mark.parametrize("path", ["/decisions", "/comments", "/sign-in", "/people", "/add"])
def test_a_request_that_is_too_long_is_refused_by_its_length(web_project: Project, path: str) -> None:
    client = client_of(web_project, mode="team")
    answer = client.post(path, content=b"a=b", headers={"Content-Length": str(FORM + 1)})
    assert answer.status_code == 413
    assert "BL145" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x"]
)
def test_a_request_that_lies_about_its_length_is_cut_off(web_project: Project, kind: str) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while sent < 3 * FILES:
            sent += 1_000_000
            yield b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"a" * 1_000_000

    answer = client_of(web_project).post("/comments", content=pieces(), headers={"Content-Type": kind})
    assert answer.status_code in (400, 403, 413)
    assert "Traceback" not in answer.text


def test_a_zip_that_unpacks_to_far_more_is_refused(web_project: Project) -> None:
    pytest.importorskip("docx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * 300_000_000)
    client = client_of(web_project)
    files = {"files": ("bomb.docx", packed.getvalue(), "application/octet-stream")}
    answer = client.post("/add", data={"token": client.token}, files=files)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert re.search(r"BL2\d\d|too (large|long|much)|unpacks", answer.text)
    assert len(web_project.narratives()) == 2


# Other people's work


def test_nobody_decides_as_somebody_else_or_above_their_role(web_project: Project) -> None:
    ben = client_of(web_project, "Ben", "coder", mode="team")
    eva = person_in(web_project, "Eva", "owner")
    row = web_project.narratives()[0]
    with web_project.database.reading() as conn:
        claims = [claim.id for claim in claims_of(conn, row.revision)[:3]]
    headers = {"X-Form-Token": ben.token}  # type: ignore[attr-defined]
    for number, verdict in enumerate(("adjudicate", "carry", "outdated", "withdraw", "accept")):
        sent = {"id": f"decision:{number:020x}", "narrative": row.key, "claim": claims[0], "verdict": verdict}
        sent |= {"person": eva.id, "author": eva.id, "by": eva.id, "role": "owner"}
        answer = ben.post("/decisions", json=sent, headers=headers)
        assert answer.status_code == (200 if verdict == "accept" else 400), verdict
    with web_project.database.reading() as conn:
        rows = decisions_of(conn)
        assert {item.person for item in rows} == {find_person(conn, "Ben").id}
        assert {item.verdict for item in rows} == {"accept"}


def test_a_coder_does_not_change_roles_not_even_their_own(web_project: Project) -> None:
    ben = client_of(web_project, "Ben", "coder", mode="team")
    person = person_in(web_project, "Ben").id
    token: str = ben.token  # type: ignore[attr-defined]
    before = state(web_project)
    for path, data in (
        (f"/people/{person}/role", {"role": "owner"}),
        (f"/people/{person}/link", {}),
        (f"/people/{person}/active", {"active": "no"}),
        ("/people", {"name": "New", "role": "owner"}),
        ("/releases", {"name": "one"}),
        ("/assignments/one", {"narrative": "902", "person": person}),
    ):
        assert ben.post(path, data={"token": token, **data}).status_code == 403, path
    assert state(web_project) == before


def test_a_role_that_is_taken_away_is_gone_at_once(web_project: Project) -> None:
    ben = client_of(web_project, "Ben", "coder", mode="team")
    person_in(web_project, "Ana", "owner")
    assert ben.get("/add").status_code == 200
    with web_project.database.writing() as conn:
        set_role(conn, "Ben", "reader")
    assert ben.get("/add").status_code == 403


def test_somebody_elses_decision_is_not_taken_back(web_project: Project) -> None:
    row = web_project.narratives()[0]
    ana, ben = client_of(web_project, "Ana", "coder", mode="team"), client_of(web_project, "Ben", "coder", mode="team")
    with web_project.database.reading() as conn:
        claim = claims_of(conn, row.revision)[0].id
    sent = {"id": f"decision:{'a' * 20}", "narrative": row.key, "claim": claim, "verdict": "accept"}
    assert ana.post("/decisions", json=sent, headers={"X-Form-Token": ana.token}).json()["stored"]  # type: ignore[attr-defined]
    undo = {"id": f"decision:{'b' * 20}", "narrative": row.key, "claim": claim, "verdict": "undo"}
    answer = ben.post("/decisions", json=undo, headers={"X-Form-Token": ben.token})  # type: ignore[attr-defined]
    assert not (answer.status_code == 200 and answer.json()["stored"])
    with web_project.database.reading() as conn:
        assert [item.verdict for item in decisions_of(conn)] == ["accept"]


# Words that mean something to a database or a spreadsheet

SQL = (
    "'; DROP TABLE person; --",
    '" OR 1=1 --',
    "%' UNION SELECT password FROM person --",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    "9" * 40,
    "%",
    "_",
)


def test_parameters_are_never_read_as_sql(web_project: Project) -> None:
    client = client_of(web_project, mode="team")
    before = state(web_project)
    key = web_project.narratives()[0].key
    names = (
        "q",
        "words",
        "state",
        "actor",
        "assigned",
        "sort",
        "page",
        "claim",
        "kind",
        "old",
        "new",
        "person",
        "seed",
        "then",
    )
    for number, line in enumerate(line for line in table().values() if line.method == "GET"):
        known = filled(line.path.replace("{form}", "json").replace("{key}", key))
        odd = [re.sub(r"{[^}]*}", _quoted(word), line.path) for word in SQL if "{" in line.path]
        asked = [(known, SQL[number % len(SQL)]), (known, SQL[(number + 3) % len(SQL)]), *((path, "") for path in odd)]
        for path, word in asked:
            answer = client.get(path, params=dict.fromkeys(names, word) if word else {})
            assert answer.status_code < 500, (path, word)
            assert "$argon2" not in answer.text
    assert state(web_project) == before


def _quoted(word: str | bytes) -> str:
    return "".join(f"%{byte:02x}" for byte in (word.encode() if isinstance(word, str) else word))


def test_csv_lists_hold_no_formula(web_project: Project) -> None:
    evil = '=HYPERLINK("http://evil.example","x")'
    list(web_project.add_text(f"{evil}\n\nA text of one sentence.", source="=cmd.txt"))
    client = client_of(web_project, "@SUM(A1)", mode="team")
    for line in table().values():
        if "{form}" in line.path and line.method == "GET":
            text = client.get(filled(line.path.replace("{form}", "csv"))).text
            for cell in re.findall(r'(?:^|,)"?([^",\r\n]+)', text, re.M):
                assert cell[0] == "'" or guarded(cell) == cell or re.fullmatch(r"-?[\d.:TZ-]+", cell), (line.path, cell)
    assert "'@SUM(A1)" in client.get("/people.csv").text


# Secrets


def test_pages_hold_no_secret(web_project: Project) -> None:
    client = client_of(web_project, mode="team")
    session = client.cookies[COOKIE]
    for line in table().values():
        if line.method == "GET":
            text = client.get(filled(line.path.replace("{form}", "json"))).text
            assert session not in text
            assert "$argon2" not in text
            assert str(web_project.folder.path) not in text, line.path
