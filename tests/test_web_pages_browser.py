"""The pages of the app in a real browser: no complaint, no page wider than a telephone, adding and coding by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brinkline.project import Project
from web_fixtures import Opener, Served, axe_faults, client_of, start

PAGES = (
    "/",
    "/narratives",
    "/add",
    "/search",
    "/search?q=stem:demand",
    "/search?sequence=A demand B",
    "/codebook",
    "/codebook/events",
    "/codebook/actor/triggr",
    "/runs",
    "/export",
    "/releases",
    "/help",
    "/outdated",
    "/similar/902",
)
TEXT = "On 3 March 1931 Lydia occupied the island of Selma. Four days later Moria protested and demanded that its troops leave."


@pytest.fixture(scope="session")
def shown(two_coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The two coded narratives served for tests that only look; one release is made."""
    import shutil

    with Project.open(shutil.copytree(two_coded, tmp_path_factory.mktemp("shown") / "project")) as project:
        client = client_of(project)
        sent = {"token": client.token, "name": "1.0", "creators": "Lund, Ada", "title": "Two crises"}  # type: ignore[attr-defined]
        assert client.post("/releases", data=sent).status_code == 303
        running = start(project)
        yield running
        running.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_break_no_rule_of_accessibility(shown: Served, open_page: Opener, scheme: str) -> None:
    page = open_page(shown, bypass_csp=True, color_scheme=scheme)
    faults = {}
    for path in (*PAGES, "/releases/1.0"):
        page.goto(shown.address + path)
        if found := axe_faults(page):
            faults[path] = found
    assert faults == {}


def test_no_page_is_wider_than_a_telephone(shown: Served, open_page: Opener) -> None:
    page = open_page(shown, width=320)
    wide = {}
    for path in (*PAGES, "/releases/1.0"):
        page.goto(shown.address + path)
        more = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if more > 0:
            wide[path] = more
    assert wide == {}


def test_a_text_is_pasted_looked_at_added_and_coded(served: Served, open_page: Opener) -> None:
    page = open_page(served, "/add")
    page.fill("#text", TEXT)
    page.fill("#title", "Selma")
    page.click("text=Look at what is there")
    assert page.locator("article.card").count() == 1
    assert len(served.project.narratives()) == 2
    page.click("button:text-is('Add')")
    page.click("text=To the list")
    page.wait_for_selector("text=1\u00a0narrative coded", timeout=60_000)
    row = served.project.narratives()[-1]
    assert row.coded is not None
    page.click("tbody a:has-text('selma')")
    assert page.url.endswith(f"/narratives/{row.key}/review")


def test_files_are_chosen_and_bad_ones_told(served: Served, open_page: Opener, tmp_path: Path) -> None:
    (tmp_path / "selma.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    page = open_page(served, "/add")
    page.set_input_files("#files", [str(tmp_path / "selma.txt"), str(tmp_path / "empty.txt")])
    page.click("text=Look at what is there")
    assert page.locator("article.card").count() == 2
    assert page.locator(".fault").count() == 1
    assert page.locator("input[name=narrative]:checked").count() == 1


def test_lists_narrow_and_search_finds_without_script(served: Served, open_page: Opener) -> None:
    page = open_page(served, "/narratives", java_script_enabled=False)
    page.click(".facet a:has-text('Greece')")
    assert page.locator("tbody tr").count() == 1
    page.click(".facet a[aria-current]")
    assert page.locator("tbody tr").count() == 2
    page.fill("#find", "stem:demand")
    page.press("#find", "Enter")
    before = page.locator(".hits li").count()
    page.click(".listing aside .facet a >> nth=1")
    assert 0 < page.locator(".hits > li").count() < before
    page.goto(served.address + "/search?q=stem:demand")
    page.click(".hits a >> nth=0")
    assert "/review#s" in page.url


def test_an_export_comes_down_as_a_file(served: Served, open_page: Opener) -> None:
    page = open_page(served, "/export")
    with page.expect_download() as waited:
        page.click("a[aria-label='Download csv']")
    assert waited.value.suggested_filename == "two-crises.csv.zip"
    assert Path(waited.value.path()).stat().st_size > 10_000


def test_the_first_start_leads_from_a_name_to_a_coded_sample(
    tmp_path: Path, open_page: Opener, serve: Callable[..., Served]
) -> None:
    with Project.init(tmp_path / "new", title="Nothing yet") as project:
        running = start(project)
        try:
            page = open_page(running, "/", None)
            page.click("text=Give your name >> nth=-1")
            page.fill("#name", "Ana")
            page.press("#name", "Enter")
            page.select_option("#sample", "corfu_1923")
            page.click("text=Load and code it")
            page.wait_for_selector("text=Go on with", timeout=60_000)
            assert project.narratives()[0].claims > 100
        finally:
            running.stop()
