"""The OpenAPI document holds: requests made from it get the answers it promises, and never a fault of the server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from brinkline.project import Project
from brinkline.store.claims import claims_of
from brinkline.web.app import create_app
from brinkline.web.asking import Site
from brinkline.web.security import COOKIE, form_token
from test_web_security_access import routes
from web_fixtures import client_of, session_of

#: Whether a decision makes sense hangs on the claim it is about, which no schema can say.
LEFT_OUT = [positive_data_acceptance]


@pytest.fixture
def described(web_project: Project) -> dict[str, Any]:
    """The document."""
    found: dict[str, Any] = client_of(web_project, None).get("/openapi.json").json()
    return found


def test_every_route_for_programs_is_described(described: dict[str, Any]) -> None:
    paths = {(method, path) for method, path in routes() if path.endswith((".json", ".{form}"))}
    paths |= {("POST", "/decisions"), ("POST", "/comments")}
    known = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert paths - {("GET", "/openapi.json")} == known


def test_every_answer_has_its_schema(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["description"], path
            assert {"200", "401", "403", "422"} <= set(operation["responses"])
            for answer in operation["responses"].values():
                assert all("schema" in kind for kind in answer["content"].values())


@pytest.fixture(scope="module")
def api(two_coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The app of a project, as schemathesis sees it."""
    with Project.open(shutil.copytree(two_coded, tmp_path_factory.mktemp("api") / "project")) as project:
        app = create_app(Site(project, "team"))
        session = session_of(project, "Ana")
        made = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"Host": "127.0.0.1"})
        row = project.narratives()[0]
        with project.database.reading() as conn:
            claim = claims_of(conn, row.revision)[0].id
        real = {"key": row.key, "narrative": row.key, "ref": claim, "claim": claim}
        headers = {"Host": "127.0.0.1", "X-Form-Token": form_token(session), "Cookie": f"{COOKIE}={session}"}
        yield made, headers, real


def point_to(case: Any, real: dict[str, str]) -> bool:
    """Put names that there are into a request; False when it has no place for one."""
    changed = False
    for part in (case.path_parameters, case.body):
        for name in real.keys() & part.keys() if isinstance(part, dict) else ():
            part[name] = real[name]
            changed = True
    return changed


def test_requests_from_the_document_get_the_answers_it_promises(api: Any) -> None:
    made, headers, real = api
    for found in made.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=10,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)
            if point_to(case, real):
                case.call_and_validate(headers=headers, excluded_checks=[*LEFT_OUT, negative_data_rejection])

        ask()
