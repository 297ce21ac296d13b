"""The pictures of the review app in README and docs: a project of the bundled samples, served and photographed."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from brinkline.decision import Decision
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.samples import sample_names, sample_text
from brinkline.store.claims import claims_of
from brinkline.store.decisions import store_decisions
from brinkline.store.people import add_person

PORT = 8739
SIZE = {"width": 1360, "height": 900}
SHOWN = 902  # the case of Corfu: short, and its map is easy to read


def app_pictures(browser: Browser, folder: Path, pictures: Path) -> None:
    """Write app-review.png, app-review-dark.png, app-crisis.png and app-agreement.png."""
    with Project.init(folder / "crises", title="Border crises") as project:
        for name in sample_names():
            list(project.add_text(sample_text(name), source=f"{name}.txt"))
        list(project.code())
        two_coders(project)
    with served(folder / "crises") as address:
        for scheme, suffix in (("light", ""), ("dark", "-dark")):
            page = signed_in(browser, address, scheme)
            page.goto(f"{address}narratives/{SHOWN}/review")
            for key in "jjaj":
                page.keyboard.press(key)
                page.wait_for_timeout(400)
            page.screenshot(path=pictures / f"app-review{suffix}.png")
        page = signed_in(browser, address, "light")
        page.goto(f"{address}narratives/{SHOWN}?tab=map")
        page.screenshot(path=pictures / "app-crisis.png")
        page.goto(f"{address}agreement")
        page.screenshot(path=pictures / "app-agreement.png")


def two_coders(project: Project) -> None:
    """Decisions of two coders on all variables, who differ on every ninth claim."""
    with project.database.writing() as conn:
        people = [add_person(conn, name, "coder", now()).id for name in ("Ben", "Cleo")]
        for row in project.narratives():
            for number, claim in enumerate(claims_of(conn, row.revision, ["variable"])):
                verdicts = ("accept", "reject" if number % 9 == 4 else "accept")
                store_decisions(conn, _decided(claim.id, people, verdicts))


def _decided(claim: str, people: list[str], verdicts: tuple[str, ...]) -> Iterator[Decision]:
    for person, verdict in zip(people, verdicts, strict=True):
        yield Decision(f"picture-{next(_NUMBERS)}", claim, person, now(), verdict, "icb")  # type: ignore[arg-type]


_NUMBERS = itertools.count(1)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the app over a project, until the block ends."""
    command = [sys.executable, "-m", "brinkline", "serve", "--project", str(folder), "--port", str(PORT)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        running.stderr.readline()
        time.sleep(1)
        try:
            yield f"http://127.0.0.1:{PORT}/"
        finally:
            running.terminate()


def signed_in(browser: Browser, address: str, scheme: str) -> Page:
    """A page of somebody who has given a name."""
    context = browser.new_context(viewport=SIZE, device_scale_factor=1.25, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}name")
    page.fill("#name", "Ada")
    page.click("main button")
    return page
