"""Who may do what: every route of the app is asked as everybody, in every mode, and answers as ``cases/access.tsv`` says.

A route without a line there fails. Nothing is changed by these requests: who may send a form sends it without its token, and
that is what the answer must be about.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from brinkline.decision import ROLES, Role
from brinkline.project import Project
from brinkline.web.app import ROUTES
from brinkline.web.asking import Mode
from web_fixtures import client_of

TABLE = Path(__file__).parent / "cases" / "access.tsv"
PEOPLE: tuple[Role | None, ...] = (None, *ROLES)
#: The mode of a site, and whether it is for reading only.
SITES: tuple[tuple[Mode, bool], ...] = (("local", False), ("team", False), ("team", True))


class Line(NamedTuple):
    """A line of the table."""

    method: str
    path: str
    who: str
    mode: str


def table() -> dict[tuple[str, str], Line]:
    """The lines of the table by method and path."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {(row[0], row[1]): Line(*row) for row in rows if row[0] != "method"}


def routes() -> Iterator[tuple[str, str]]:
    """Method and path of every route of the app."""
    yield "GET", "/openapi.json"
    for name in ROUTES:
        for route in import_module(f"brinkline.web.routes.{name}").router.routes:
            yield from ((method, route.path) for method in route.methods)


def may(line: Line, role: Role | None, mode: Mode, read_only: bool) -> bool:
    """Whether somebody in a role may use a route, by the table."""
    if line.mode and (line.mode != mode or read_only):
        return False
    if line.who == "anyone":
        return True
    if line.who == "person":
        return role is not None
    if line.who == "reader" and (read_only or mode == "local"):
        return True
    if role is None or (read_only and line.who != "reader"):
        return False
    return ROLES.index(role) >= ROLES.index(line.who)  # type: ignore[arg-type]


def test_every_route_has_its_line_and_the_other_way_round() -> None:
    found, known = set(routes()), set(table())
    assert found - known == set(), f"say in {TABLE.name} who may use these routes"
    assert known - found == set(), f"{TABLE.name} names routes that are gone"


def test_whatever_writes_is_no_get() -> None:
    assert {method for method, _ in routes()} <= {"GET", "POST"}


@pytest.mark.parametrize(("mode", "read_only"), SITES)
@pytest.mark.parametrize("role", PEOPLE)
def test_each_route_answers_by_role(web_project: Project, role: Role | None, mode: Mode, read_only: bool) -> None:
    client = client_of(web_project, role and f"The {role}", role or "reader", mode=mode, read_only=read_only)
    wrong = []
    for line in table().values():
        answer = _asked(client, line, allowed := may(line, role, mode, read_only))
        if allowed and line.method == "POST":
            fits = "BL143" in answer.text and answer.status_code == 403
        elif allowed:
            fits = answer.status_code not in (401, 403)
        else:
            fits = answer.status_code in (401, 403) and (bool(line.mode) or "BL143" not in answer.text)
        if not fits or answer.status_code >= 500:
            wrong.append((line.method, line.path, allowed, answer.status_code))
    assert wrong == []


def _asked(client: TestClient, line: Line, allowed: bool):  # type: ignore[no-untyped-def]
    path = line.path.replace("{form}", "json").replace("{path:path}", "x")
    while "{" in path:
        start, _, rest = path.partition("{")
        path = f"{start}x{rest.partition('}')[2]}"
    if line.method == "GET":
        return client.get(path)
    data = {} if allowed else {"token": client.token}  # type: ignore[attr-defined]
    return client.post(path, data=data)
