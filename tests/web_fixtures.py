"""The app for tests: a project of two coded narratives, asked in this process or served to a real browser.

``client_of`` answers requests without a socket; ``serve`` puts the app on one; ``open_page`` opens a page of it in Chromium and
fails at the end when a page wrote to its console, raised an error or asked another machine for something. Browser tests are
skipped where chromium or playwright is not installed; with REQUIRE_BROWSER in the environment they fail instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from brinkline.decision import Person, Role
from brinkline.errors import NotFound
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.samples import sample_text
from brinkline.store.people import add_person, find_person
from brinkline.web.app import create_app
from brinkline.web.asking import Mode, Site
from brinkline.web.security import COOKIE, form_token
from brinkline.web.sessions import start_session

#: The bundled narratives of the project, and the keys that they go by in it.
SAMPLES = ("corfu_1923", "polish_ultimatum_1938")
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def two_coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project "Two crises" whose two narratives are coded; make copies, never change it."""
    folder = tmp_path_factory.mktemp("two") / "project"
    with Project.init(folder, title="Two crises") as made:
        for name in SAMPLES:
            assert list(made.add_text(sample_text(name), source=f"{name}.txt"))
        assert len(list(made.code())) == len(SAMPLES)
    return folder


@pytest.fixture
def web_project(two_coded: Path, tmp_path: Path) -> Iterator[Project]:
    """A project of its own for one test, with two coded narratives and nobody in it."""
    with Project.open(shutil.copytree(two_coded, tmp_path / "project")) as opened:
        yield opened


def person_in(project: Project, name: str, role: Role = "owner") -> Person:
    """The person of this name, added in the role when not there yet."""
    with project.database.writing() as conn:
        try:
            return find_person(conn, name)
        except NotFound:
            return add_person(conn, name, role, now())


def session_of(project: Project, name: str, role: Role = "owner") -> str:
    """The token of a new session of somebody, who is added in the role when not there yet."""
    person = person_in(project, name, role)
    with project.database.writing() as conn:
        return start_session(conn, person.id)


def client_of(
    project: Project, name: str | None = "Ana", role: Role = "owner", *, mode: Mode = "local", read_only: bool = False
) -> TestClient:
    """A client of the app, with a session of somebody unless ``name`` is None; ``client.token`` goes into forms."""
    client = TestClient(create_app(Site(project, mode, read_only)), base_url="http://127.0.0.1", follow_redirects=False)
    client.token = ""  # type: ignore[attr-defined]
    if name is not None:
        session = session_of(project, name, role)
        client.cookies.set(COOKIE, session)
        client.token = form_token(session)  # type: ignore[attr-defined]
    return client


@dataclass(slots=True)
class Served:
    """The app on a socket. ``address`` has no slash at its end."""

    project: Project
    address: str
    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        """Stop serving."""
        self.server.should_exit = True
        self.thread.join(10)


def start(project: Project, mode: Mode = "local", read_only: bool = False) -> Served:
    """The app of a project on a free port of this machine; stop it at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(Site(project, mode, read_only)), log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    return Served(project, f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread)


@pytest.fixture
def serve(web_project: Project) -> Iterator[Callable[..., Served]]:
    """A function that serves the project of the test: ``serve(mode="team", read_only=False)``."""
    running: list[Served] = []

    def served(mode: Mode = "local", read_only: bool = False) -> Served:
        running.append(start(web_project, mode, read_only))
        return running[-1]

    yield served
    for item in running:
        item.stop()


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    """The project of the test, served in local mode."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no chromium", pytrace=False)
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@dataclass(slots=True)
class Opener:
    """Opens pages. ``allowed`` are pieces of messages that a test expects on the console (a cut network says so there)."""

    browser: Any
    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def __call__(
        self,
        served: Served,
        path: str = "/",
        name: str | None = "Ana",
        role: Role = "owner",
        *,
        width: int = 1280,
        **options: Any,
    ) -> Any:
        """The page of a path in a browser of its own, as somebody (None: nobody); ``options`` are those of a new context."""
        options = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(5000)
        self.contexts.append(context)
        if name is not None:
            context.add_cookies([{"name": COOKIE, "value": session_of(served.project, name, role), "url": served.address}])
        page = context.new_page()
        page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self._check(request.url, served.address))
        page.goto(served.address + path)
        return page

    def _check(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.faults.append(f"request: {url}")

    def told(self) -> list[str]:
        """What pages complained about and no test allowed."""
        return [fault for fault in self.faults if not any(piece in fault for piece in self.allowed)]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Opener]:
    """Opens pages in Chromium; at the end the test fails on any message, error or foreign request of a page."""
    opener = Opener(browser)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.told() == []


def axe_faults(page: Any) -> list[tuple[str, list[str]]]:
    """The accessibility rules that a page breaks, each with some of its elements. Open the page with ``bypass_csp=True``."""
    pytest.importorskip("axe_playwright_python")
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(AXE_RULES))
    assert len(result["passes"]) > 10
    return [(item["id"], [node["html"][:160] for node in item["nodes"]][:3]) for item in result["violations"]]
