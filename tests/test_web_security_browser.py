"""Markup in everything that people and files bring: it is shown as text on every page, and Chromium runs none of it."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from brinkline.decision import Comment, Decision, Person
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.samples import sample_text
from brinkline.store.claims import claims_of
from brinkline.store.decisions import add_comment, decide
from brinkline.store.people import store_people
from test_web_security_access import table
from web_fixtures import Opener, client_of, start

#: Ways in which text becomes markup: elements, attributes, the end of an attribute, a comment, a template.
EVIL = "\"'><script>pwned()</script><img src=x onerror=pwned()><b id=pwned onclick=pwned()>x</b><!--{{7*7}}"
EVIL_URL = "javascript:pwned()"
NAME = "Eve\"'><img src=x onerror=pwned()>"


@pytest.fixture(scope="module")
def evil_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose every text that somebody else brings holds markup."""
    folder = tmp_path_factory.mktemp("evil") / "project"
    lines = sample_text("corfu_1923").split("\n\n")
    lines[-2:-2] = [f"On 3 September 1923 {EVIL} Italy rejected the demand {EVIL_URL} of Greece. Italy and {EVIL} went to war."]
    with Project.init(folder, title=f"Project {EVIL}") as made:
        title = lines[0].split("\n")
        assert list(made.add_text("\n\n".join(["\n".join([*title, f"Corfu {EVIL}"]), *lines[1:]]), source=f"{EVIL}.txt"))
        assert list(made.add_text(f"{EVIL}\n\nItaly attacked Corfu {EVIL}.", source=f"../{NAME}.html"))
        assert len(list(made.code())) == 2
        eve = Person("person:eve", NAME, "owner", now())
        with made.database.writing() as conn:
            store_people(conn, (eve,))
            for row in made.narratives():
                for number, claim in enumerate(claims_of(conn, row.revision)[:12]):
                    verdict = ("accept", "reject", "flag")[number % 3]
                    name = f"decision:{row.key[:4].encode().hex()}{number:012x}"
                    decide(conn, Decision(name, claim.id, eve.id, now(), verdict, "1", note=EVIL))  # type: ignore[arg-type]
                    add_comment(conn, Comment(name.replace("decision", "comment"), claim.id, eve.id, now(), EVIL))
                add_comment(conn, Comment(f"comment:{row.id[-12:]}", row.id, eve.id, now(), EVIL_URL + EVIL))
    return folder


@pytest.fixture
def evil(evil_folder: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copytree(evil_folder, tmp_path / "project")) as opened:
        yield opened


def addresses(project: Project, most: int = 10) -> list[str]:
    """The address of every page, with ``most`` narratives of the project, their claims and words in place of its parts."""
    rows = project.narratives()[:most]
    with project.database.reading() as conn:
        claims = [claims_of(conn, row.revision)[0].id for row in rows if row.claims]
    found = []
    for line in table().values():
        if line.method != "GET" or line.path.startswith(
            ("/static", "/favicon", "/export/", "/openapi", "/join", "/sign-in", "/name")
        ):
            continue
        for row, claim in zip(rows, claims, strict=False):
            path = line.path.replace("{key}", quote(row.key, safe="")).replace("{ref}", quote(claim)).replace("{form}", "json")
            path = path.replace("{kind}", "timeline").replace("{ident}", "325").replace("{level}/{name}", "actor/triggr")
            path = path.replace("{one}/{other}", "325/350")
            found.append(re.sub(r"{[^}]*}", quote(EVIL, safe=""), path))
    odd = quote(EVIL)
    starts = ("/search?q=", "/narratives?words=", "/narratives?actor=", "/runs/differences?old=", "/assignments?words=", "/")
    found += [start_of + odd for start_of in starts]
    for tab in ("facts", "actors", "timeline", "map", "intensity", "dyads", "world", "sources"):
        found += [f"/narratives/{quote(row.key, safe='')}?tab={tab}" for row in rows]
    found += [
        f"/narratives/{quote(row.key, safe='')}/review?claim={quote(claim)}" for row, claim in zip(rows, claims, strict=False)
    ]
    return list(dict.fromkeys(found))


class Markup(HTMLParser):
    """What of a page could run or lead away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.elements = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        given = dict(attrs)
        foreign = tag == "script" and not (given.get("src") or "").startswith("/static/")
        if foreign or tag in ("iframe", "object", "embed", "base", "style", "template"):
            self.faults.append(f"<{tag}>")
        if tag == "img" and not (given.get("src") or "").startswith(("/", "data:image/")):
            self.faults.append(f"<img src={given.get('src')}>")
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction") or (name == "id" and text == "pwned"):
                self.faults.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "xlink:href") and re.match(r"(javascript|vbscript|data:text|//|http)", text):
                self.faults.append(f"<{tag} {name}={text[:40]}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append("<!-- -->")


def test_what_looks_for_markup_finds_it() -> None:
    found = Markup()
    found.feed(f"<a href='{EVIL_URL}'>{EVIL}</a>")
    assert len(found.faults) >= 6


def test_no_element_or_attribute_comes_from_data(evil: Project) -> None:
    client = client_of(evil, "Ana", mode="team")
    shown = 0
    for address in addresses(evil):
        answer = client.get(address)
        assert answer.status_code < 500, address
        kind = answer.headers.get("content-type", "")
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "pwned()" in answer.text:
            shown += 1
            assert kind.startswith(("text/html", "application/json", "text/csv", "image/svg", "text/plain")), (address, kind)
        if kind.startswith("text/html"):
            found = Markup()
            found.feed(answer.text)
            assert found.elements > 10, address
            assert found.faults == [], address
            assert "49" not in re.findall(r"<!--(.*?)-->", answer.text), address
        elif kind.startswith("image/svg"):
            assert "<script" not in answer.text
            assert not re.search(r"<[^>]*\son\w+=", answer.text)
    assert shown > 15, "the words are shown on many pages, as words"


def test_a_preview_shows_markup_in_files_as_text(evil: Project) -> None:
    client = client_of(evil, "Ana", mode="team")
    files = [
        ("files", (f"{NAME}.txt", f"{EVIL}\n\nItaly attacked Corfu {EVIL} in 1923.".encode(), "text/html")),
        (
            "files",
            (
                "page.html",
                f"<title>{EVIL}</title><p>Italy attacked Corfu in 1923.<script>pwned()</script>".encode(),
                "text/html",
            ),
        ),
        (
            "files",
            ("table.csv", f'title,text\n"{EVIL.replace(chr(34), "")}",Italy attacked Corfu in 1923.\n'.encode(), "text/csv"),
        ),
        ("files", ("bad.pdf", b"%PDF-1.4 <script>pwned()</script>", "application/pdf")),
    ]
    answer = client.post("/add", data={"token": client.token, "title": EVIL}, files=files)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    found = Markup()
    found.feed(answer.text)
    assert found.faults == []
    assert "pwned()" in answer.text


def test_chromium_runs_nothing_that_data_brings(evil: Project, open_page: Opener) -> None:
    served = start(evil)
    try:
        page = open_page(served)
        told: list[str] = []
        page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
        page.add_init_script(
            "window.ran = 0; window.pwned = () => { window.ran += 1; };"
            "document.addEventListener('securitypolicyviolation', event => { window.ran += 1; });"
        )
        open_page.allowed += ["status of 4"]
        for address in addresses(evil, 1):
            if ".json" in address or "/charts/" in address:
                continue
            page.goto(served.address + address)
            assert page.evaluate("window.ran") == 0, address
            assert page.evaluate("document.getElementById('pwned')") is None, address
        assert told == []
    finally:
        served.stop()
