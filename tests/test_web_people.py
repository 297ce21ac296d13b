"""People of a project: signing in, links that work once, roles, assignments; in the app and on the command line."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from brinkline.decision import Role
from brinkline.errors import UsageError
from brinkline.project import Project
from brinkline.project.people import new_invitation
from brinkline.review.assign import plan
from brinkline.store.assignments import assignments_of, finish, progress
from brinkline.store.people import find_person, list_members, password_of, set_active, set_password, set_role
from brinkline.web import passwords
from brinkline.web.attempts import FOR_NAME, FROM_ADDRESS, SECONDS, Attempts
from brinkline.web.security import COOKIE, local_path, token_hash
from brinkline.web.sessions import start_session
from web_fixtures import client_of, person_in

WORDS = "plain words in a row"
#: Hashing that is quick enough for many tests; one test looks at the real one.
_QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_HASH = _QUICK.hash(WORDS)


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    passwords._nobody.cache_clear()
    monkeypatch.setattr(passwords, "_HASHER", _QUICK)
    yield
    passwords._nobody.cache_clear()


def with_password(project: Project, name: str, role: Role) -> None:
    person = person_in(project, name, role)
    with project.database.writing() as conn:
        set_password(conn, person.id, _HASH)


def first_token(client: TestClient, path: str) -> str:
    """The token of the form on a page at the door."""
    return re.findall(r'name="token" value="(\w+)"', client.get(path).text)[-1]


def signed_in(client: TestClient, name: str, password: str, **other: str):  # type: ignore[no-untyped-def]
    token = first_token(client, "/sign-in")
    return client.post("/sign-in", data={"token": token, "name": name, "password": password, **other})


@pytest.fixture
def team(web_project: Project) -> TestClient:
    """Somebody at the door of a team's site where Ana is an owner with a password and Ben a coder."""
    with_password(web_project, "Ana", "owner")
    with_password(web_project, "Ben", "coder")
    return client_of(web_project, None, mode="team")


# Signing in


def test_signing_in_leads_to_the_page_that_was_asked_for(team: TestClient) -> None:
    asked = team.get("/narratives?sort=title")
    assert asked.status_code == 401
    assert 'name="then" value="/narratives?sort=title"' in asked.text
    answer = signed_in(team, "ana", WORDS, then="/narratives?sort=title")
    assert (answer.status_code, answer.headers["location"]) == (303, "/narratives?sort=title")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert team.get("/people").status_code == 200


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "", "x"]
)
def test_signing_in_leads_nowhere_else(team: TestClient, then: str) -> None:
    assert local_path(then) == "/"
    assert signed_in(team, "Ana", WORDS, then=then).headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("Ana", "wrong words in a row"), ("Nobody", WORDS), ("", ""), ("Ana", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(team: TestClient, name: str, password: str) -> None:
    answer = signed_in(team, name, password)
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert COOKIE not in team.cookies
    assert password == "" or password not in answer.text


def test_passwords_are_hashed_with_argon2id_and_enough_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    kept = passwords.hashed(WORDS)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,")
    assert passwords.is_right(kept, WORDS)
    assert not passwords.is_right(kept, WORDS + " ")


def test_an_unknown_name_takes_as_long_as_a_wrong_password() -> None:
    def seconds(known: str | None) -> float:
        begun = time.process_time()
        for _ in range(20):
            assert not passwords.is_right(known, "wrong")
        return time.process_time() - begun

    passwords.is_right(None, "warm up")
    assert seconds(None) > 0.3 * min(seconds(_HASH) for _ in range(3))


def test_somebody_inactive_cannot_sign_in_and_is_signed_out(web_project: Project, team: TestClient) -> None:
    signed_in(team, "Ben", WORDS)
    assert team.get("/").status_code == 200
    with web_project.database.writing() as conn:
        set_active(conn, "Ben", False)
    assert team.get("/").status_code == 401
    assert signed_in(team, "Ben", WORDS).status_code == 401


def test_a_session_has_a_new_token_at_each_sign_in_and_the_old_one_ends(web_project: Project, team: TestClient) -> None:
    signed_in(team, "Ana", WORDS)
    before = team.cookies[COOKIE]
    signed_in(team, "Ana", WORDS)
    assert team.cookies[COOKIE] != before
    other = client_of(web_project, None, mode="team")
    other.cookies.set(COOKIE, before)
    assert other.get("/").status_code == 401


def test_a_session_that_was_planted_before_signing_in_is_worth_nothing(web_project: Project, team: TestClient) -> None:
    team.cookies.set(COOKIE, "planted")
    assert signed_in(team, "Ana", WORDS).status_code == 303
    other = client_of(web_project, None, mode="team")
    other.cookies.set(COOKIE, "planted")
    assert other.get("/").status_code == 401


def test_a_session_ends_by_itself(web_project: Project) -> None:
    person = person_in(web_project, "Ana")
    client = client_of(web_project, None, mode="team")
    with web_project.database.writing() as conn:
        client.cookies.set(COOKIE, start_session(conn, person.id, timedelta(seconds=-1)))
    assert client.get("/").status_code == 401


def test_signing_out_ends_the_session_on_the_server(web_project: Project) -> None:
    client = client_of(web_project, "Ana", mode="team")
    session = client.cookies[COOKIE]
    assert client.post("/leave", data={"token": client.token}).status_code == 303  # type: ignore[attr-defined]
    other = client_of(web_project, None, mode="team")
    other.cookies.set(COOKIE, session)
    assert other.get("/").status_code == 401


def test_the_database_keeps_no_token_and_no_password(web_project: Project, team: TestClient) -> None:
    signed_in(team, "Ana", WORDS)
    with web_project.database.writing() as conn:
        link = new_invitation(conn, find_person(conn, "Ben").id)
    web_project.database.close()
    kept = b"".join(path.read_bytes() for path in web_project.folder.path.glob("project.db*"))
    assert token_hash(team.cookies[COOKIE]).encode() in kept
    for secret in (team.cookies[COOKIE], WORDS, link.rpartition("/")[2]):
        assert secret.encode() not in kept


def test_too_many_attempts_lock_the_name_with_a_message(team: TestClient) -> None:
    for _ in range(FOR_NAME):
        assert signed_in(team, "Ana", "wrong").status_code == 401
    answer = signed_in(team, "ANA", WORDS)
    assert answer.status_code == 429
    assert "Too many attempts. Try again in 10 minutes." in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= SECONDS
    assert signed_in(team, "Ben", WORDS).status_code == 303, "others still get in"


def test_attempts_count_for_a_name_and_for_an_address_and_fade() -> None:
    at = [0.0]
    attempts = Attempts(lambda: at[0])
    assert [attempts.wait(f"name {number}", "here") for number in range(FROM_ADDRESS)] == [0] * FROM_ADDRESS
    assert attempts.wait("one more", "here") == SECONDS
    assert attempts.wait("one more", "there") == 0
    at[0] = SECONDS + 1
    assert attempts.wait("one more", "here") == 0


def test_a_good_attempt_wipes_the_count_of_its_name() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(3):
        assert [attempts.wait("Ana", "here") for _ in range(FOR_NAME - 1)] == [0] * (FOR_NAME - 1)
        attempts.forget("ANA")


# Links and passwords


def test_somebody_invited_sets_a_password_once(web_project: Project) -> None:
    ana = client_of(web_project, "Ana", mode="team")
    page = ana.post("/people", data={"token": ana.token, "name": "Cem", "role": "coder"})  # type: ignore[attr-defined]
    link = re.search(r"http://127\.0\.0\.1(/join/[\w-]+)", page.text)
    assert link is not None
    assert link[1] not in ana.get("/people").text, "shown only once"
    cem = client_of(web_project, None, mode="team")
    again = client_of(web_project, None, mode="team")
    late = first_token(again, link[1])
    token = first_token(cem, link[1])
    for password, repeated, told in (
        ("short", "short", "10 to 200 characters"),
        (WORDS, WORDS + "s", "not the same"),
        ("Cemcemcemcem", "Cemcemcemcem", "too easy"),
    ):
        answer = cem.post(link[1], data={"token": token, "password": password, "again": repeated})
        assert answer.status_code == 422
        assert told in answer.text
    assert cem.post(link[1], data={"token": token, "password": WORDS, "again": WORDS}).status_code == 303
    assert cem.get("/account").status_code == 200
    assert again.post(link[1], data={"token": late, "password": WORDS, "again": WORDS}).status_code == 404
    assert signed_in(again, "Cem", WORDS).status_code == 303


def test_an_invitation_of_somebody_who_left_or_of_last_week_opens_nothing(web_project: Project) -> None:
    person = person_in(web_project, "Ben", "coder")
    client = client_of(web_project, None, mode="team")
    with web_project.database.writing() as conn:
        link = new_invitation(conn, person.id)
    assert client.get(link).status_code == 200
    with web_project.database.writing() as conn:
        set_active(conn, person.id, False)
    assert client.get(link).status_code == 404
    assert client.get("/join/x").status_code == 404


def test_changing_ones_password_ends_every_other_session(web_project: Project, team: TestClient) -> None:
    signed_in(team, "Ben", WORDS)
    other = client_of(web_project, None, mode="team")
    signed_in(other, "Ben", WORDS)
    token = first_token(team, "/account")
    new = "other words in a row"
    wrong = team.post("/account", data={"token": token, "current": "x", "password": new, "again": new})
    assert wrong.status_code == 422
    done = team.post("/account", data={"token": token, "current": WORDS, "password": new, "again": new})
    assert done.headers["location"] == "/account?done=1"
    assert "The password is changed." in team.get("/account?done=1").text
    assert other.get("/").status_code == 401
    assert signed_in(other, "Ben", WORDS).status_code == 401
    assert signed_in(other, "Ben", new).status_code == 303


def test_a_new_link_ends_the_old_password(web_project: Project, team: TestClient) -> None:
    ana = client_of(web_project, "Ana", mode="team")
    ben = find_in(web_project, "Ben")
    page = ana.post(f"/people/{ben}/link", data={"token": ana.token})  # type: ignore[attr-defined]
    assert "/join/" in page.text
    assert signed_in(team, "Ben", WORDS).status_code == 401


# Owners


def find_in(project: Project, name: str) -> str:
    with project.database.reading() as conn:
        return find_person(conn, name).id


def test_the_last_owner_stays(web_project: Project) -> None:
    ana = client_of(web_project, "Ana", mode="team")
    token, person = ana.token, find_in(web_project, "Ana")  # type: ignore[attr-defined]
    for path, data in ((f"/people/{person}/role", {"role": "coder"}), (f"/people/{person}/active", {"active": "no"})):
        answer = ana.post(path, data={"token": token, **data})
        assert answer.status_code == 422
        assert "the only owner" in answer.text
    person_in(web_project, "Eva", "owner")
    assert ana.post(f"/people/{person}/role", data={"token": token, "role": "coder"}).status_code == 303
    assert ana.get("/people").status_code == 403, "roles hold at once"


def test_an_owner_who_left_does_not_count(web_project: Project) -> None:
    person_in(web_project, "Ana")
    person_in(web_project, "Eva")
    with web_project.database.writing() as conn:
        set_active(conn, "Eva", False)
        with pytest.raises(UsageError, match="only owner"):
            set_role(conn, "Ana", "coder")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Ana\u202eanA", "a\x00b", "ana"])
def test_names_that_do_not_do(web_project: Project, name: str) -> None:
    ana = client_of(web_project, "Ana", mode="team")
    answer = ana.post("/people", data={"token": ana.token, "name": name, "role": "coder"})  # type: ignore[attr-defined]
    assert answer.status_code == 422
    with web_project.database.reading() as conn:
        assert len(list_members(conn)) == 1


def test_in_local_mode_a_name_is_asked_once(web_project: Project) -> None:
    client = client_of(web_project, None)
    token = first_token(client, "/name")
    assert client.post("/name", data={"token": token, "name": "Ana"}).headers["location"] == "/"
    assert client.get("/account").status_code == 200
    with web_project.database.writing() as conn:
        assert password_of(conn, "Ana") is None


# Assignments


@given(narratives=st.integers(0, 60), people=st.integers(2, 6), percent=st.integers(0, 100), seed=st.integers(0, 5))
def test_a_plan_is_even_and_has_its_share(narratives: int, people: int, percent: int, seed: int) -> None:
    keys = [f"n{number}" for number in range(narratives)]
    names = [f"p{number}" for number in range(people)]
    made = plan(keys, names, percent / 100, seed)
    assert [item.narrative for item in made] == keys
    assert all(len(set(item.people)) == len(item.people) == 1 + item.blind for item in made)
    assert sum(item.blind for item in made) == -(-narratives * percent // 100)
    pairs = Counter(item.people for item in made if item.blind)
    assert max(pairs.values(), default=0) - min((pairs[pair] for pair in combinations(names, 2)), default=0) <= 1
    if percent < 50:
        loads = Counter(name for item in made for name in item.people)
        assert max(loads.values(), default=0) - min(loads[name] for name in names) <= 2
    assert plan(keys, names[::-1], percent / 100, seed) == made


def test_another_seed_is_another_plan() -> None:
    keys = [str(number) for number in range(30)]
    assert len({plan(keys, ["a", "b", "c"], 0.2, seed) for seed in range(5)}) == 5


def test_narratives_are_assigned_as_the_page_showed(web_project: Project) -> None:
    ana = client_of(web_project, "Ana", mode="team")
    people = [person_in(web_project, name, "coder").id for name in ("Ben", "Cem")]
    values = {"person": people, "percent": 100, "seed": 5, "most": 0}
    page = ana.get("/assignments", params=values)
    assert "2 of them blind, seed 5" in page.text
    with web_project.database.reading() as conn:
        assert assignments_of(conn) == (), "looking stores nothing"
    assert ana.post("/assignments", data={**values, "token": ana.token}).status_code == 303  # type: ignore[attr-defined]
    with web_project.database.reading() as conn:
        rows = assignments_of(conn)
    assert Counter(row.person for row in rows) == dict.fromkeys(people, 2)
    assert all(row.blind for row in rows)
    assert ana.post("/assignments", data={**values, "token": ana.token}).status_code == 303  # type: ignore[attr-defined]
    with web_project.database.writing() as conn:
        assert assignments_of(conn) == rows, "who has one keeps it, nobody gets it twice"
        finish(conn, rows[0].narrative, rows[0].person, "2026-01-02T00:00:00.000000Z")
        assert sum(item.assignment.finished is not None for item in progress(conn)) == 1
        assert all(item.claims > 50 and item.decided == 0 for item in progress(conn))
    listed = ana.get("/assignments.json").json()
    assert {row["person"] for row in listed} == {"Ben", "Cem"}


def test_a_narrative_is_given_by_hand_and_taken_back(web_project: Project) -> None:
    ana = client_of(web_project, "Ana")
    ben = person_in(web_project, "Ben", "coder").id
    key = web_project.narratives()[0].key
    data = {"token": ana.token, "narrative": key, "person": ben}  # type: ignore[attr-defined]
    assert ana.post("/assignments/one", data=data).status_code == 303
    assert [row["narrative"] for row in ana.get("/assignments.json").json()] == [key]
    assert ana.post("/assignments/back", data=data).status_code == 303
    assert ana.get("/assignments.json").json() == []
    assert ana.post("/assignments/back", data=data).status_code == 404


# The command line

Run = Callable[..., tuple[int, str, str]]


def test_people_on_the_command_line(web_project: Project, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(web_project.folder.path)
    code, link, told = run("people", "add", "Ana Ruiz", "--role", "owner", "--address", "https://crises.example/")
    assert code == 0
    assert re.fullmatch(r"https://crises\.example/join/[\w-]{43}\n", link)
    assert link.strip() not in told
    assert run("people", "add", "ana ruiz")[0] == 2
    assert run("people", "add", "Ben", "--role", "king")[0] == 2
    assert run("people", "add", "Ben")[0] == 0
    assert run("people", "role", "Ana Ruiz", "coder")[0] == 2
    assert run("people", "remove", "Ana Ruiz")[0] == 2
    plan_rows = json.loads(
        run("people", "assign", "--to", "Ben", "--to", "Ana Ruiz", "--twice", "50", "--dry-run", "--as", "json")[1]
    )
    assert sorted(row["blind"] for row in plan_rows) == [False, True]
    assert run("people", "assign", "--to", "Ben", "--to", "Ana Ruiz", "--twice", "50")[0] == 0
    assert run("people", "remove", "Ben")[0] == 0
    rows = {row["name"]: row for row in json.loads(run("people", "--as", "json")[1])}
    assert rows["Ben"]["sign_in"] == "inactive"
    assert rows["Ana Ruiz"]["sign_in"].startswith("invited until")
    assert rows["Ben"]["assigned"] + rows["Ana Ruiz"]["assigned"] == 3
    assert run("people", "assign", "--to", "Ben")[0] == 2
    assert run("people", "password", "Ben")[0] == 2


def test_the_way_in_by_a_link_of_the_command_line(
    web_project: Project, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(web_project.folder.path)
    link = run("people", "add", "Ana", "--role", "owner")[1].strip()
    client = client_of(web_project, None, mode="team")
    path = link.removeprefix("http://127.0.0.1:8737")
    token = first_token(client, path)
    assert client.post(path, data={"token": token, "password": WORDS, "again": WORDS}).status_code == 303
    assert client.get("/people").status_code == 200
