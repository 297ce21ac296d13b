"""The static site: every link of every page leads somewhere, from a disk, without a script; same project, same bytes."""

import posixpath
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from brinkline.cli.app import app
from brinkline.errors import UsageError
from brinkline.project import Project
from brinkline.web import site as of_site
from brinkline.web.site import MARK, write_site
from web_fixtures import axe_faults


@pytest.fixture(scope="module")
def site(two_coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two narratives."""
    folder = tmp_path_factory.mktemp("site") / "public"
    copy = shutil.copytree(two_coded, folder.parent / "project")
    with Project.open(copy) as opened:
        write_site(opened, folder)
    return folder


def files_of(folder: Path) -> Mapping[str, bytes]:
    """What a folder holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_link_has_its_file_and_its_place(site: Path) -> None:
    pages = {path: data.decode() for path, data in files_of(site).items() if path.endswith(".html")}
    ids = {path: re.findall(r'\bid="([^"]+)"', text) for path, text in pages.items()}
    assert len(pages) > 20
    broken = []
    for path, text in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for address in re.findall(r'(?:href|src)="([^"]*)"', text):
            if address == "data:,":
                continue
            goal, _, anchor = address.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(goal))) if goal else path
            if not (site / file).is_file() or (anchor and anchor not in ids[file]):
                broken.append((path, address))
    assert broken == []


def test_pages_need_no_script_no_form_and_no_other_machine(site: Path) -> None:
    for path, data in files_of(site).items():
        if path.endswith(".html"):
            assert not re.search(r"<script|<form|\bstyle=|(?:href|src)=\"(?:/|https?:)", data.decode()), path


def test_all_pages_are_reached_from_the_first(site: Path) -> None:
    reached, waiting = set[str](), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or not path.endswith(".html"):
            reached.add(path)
            continue
        reached.add(path)
        found = set(re.findall(r'href="([^"#]+)', (site / path).read_text(encoding="utf-8"))) - {"data:,"}
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) for address in found]
    assert set(files_of(site)) - reached == {MARK}


def test_the_same_project_gives_the_same_bytes(site: Path, two_coded: Path, tmp_path: Path) -> None:
    with Project.open(shutil.copytree(two_coded, tmp_path / "project")) as opened:
        write_site(opened, tmp_path / "again")
        write_site(opened, tmp_path / "again")  # a site may be made anew
    assert files_of(tmp_path / "again") == files_of(site)


def test_a_folder_with_other_things_is_left_alone(web_project: Project, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="BL154"):
        write_site(web_project, tmp_path / "mine")
    assert files_of(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_nothing_is_left_of_a_site_that_fails(web_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(web_project, tmp_path / "public")
    before = files_of(tmp_path / "public")

    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(of_site, "_lists", broken)
    for name in ("public", "new"):
        with pytest.raises(UsageError, match="no space left"):
            write_site(web_project, tmp_path / name)
    assert files_of(tmp_path / "public") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "public"]


def test_text_of_narratives_is_no_markup(tmp_path: Path) -> None:
    nasty = "On 3 March 1931 <script>alert(1)</script> Italy occupied the island of <b>Selma</b>. Greece protested."
    with Project.init(tmp_path / "p", title="<i>Title</i> & more") as made:
        list(made.add_text(nasty, source='a"><img src=x>.txt'))
        list(made.code())
        write_site(made, tmp_path / "out")
    for path, data in files_of(tmp_path / "out").items():
        if path.endswith((".html", ".svg")):
            assert not re.search(rb"<script|<img|<b>Selma|<i>Title", data), path


def test_the_command_writes_a_site(web_project: Project, tmp_path: Path) -> None:
    asked = ["site", str(tmp_path / "out"), "--project", str(web_project.folder.path)]
    assert CliRunner().invoke(app, asked, standalone_mode=False).return_value == 0
    assert (tmp_path / "out" / "index.html").is_file()


def test_it_opens_from_a_disk_in_a_browser(site: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="CORFU").click()
    page.get_by_role("link", name="Crisis map").click()
    assert page.locator("svg.bl-chart").is_visible()
    assert page.locator("svg.bl-chart .lane-name").first.evaluate("node => getComputedStyle(node).fontWeight") == "600"
    page.get_by_role("link", name="Dyads").click()
    page.locator("tbody a:visible").first.click()
    assert "between them" in page.locator("main").inner_text()
    page.goto((site / "narratives/902/index.html").as_uri())
    page.locator("td a").first.click()
    assert "#w-c0" in page.url
    context.close()
    assert faults == []


def test_its_pages_are_accessible(site: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for path in ("index.html", "narratives/902/index.html", "narratives/902/map.html", "codebook.html", "sources.html"):
        page.goto((site / path).as_uri())
        assert axe_faults(page) == [], path
    for path in ("index.html", "narratives/902/index.html", "codebook.html"):
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto((site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
