"""The page of a narrative: values lead to their words, tabs keep their place, charts can be saved, nobody sees blind work."""

import csv
import io
import re

import pytest

from brinkline.decision import Decision
from brinkline.project import Project
from brinkline.store.assignments import assign
from brinkline.store.claims import claims_of
from brinkline.store.decisions import decide
from brinkline.web.pages.crisis import TABS
from web_fixtures import client_of, person_in

NAMES = [name for name, _, _ in TABS]
KINDS = ("timeline", "map", "intensity", "network", "places", "strip")


def first_key(project: Project) -> str:
    """The key of the first narrative."""
    return project.narratives()[0].key


@pytest.mark.parametrize("tab", NAMES)
def test_every_link_inside_a_tab_has_its_goal(web_project: Project, tab: str) -> None:
    client = client_of(web_project)
    text = client.get(f"/narratives/{first_key(web_project)}", params={"tab": tab}).text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    goals = re.findall(r'href="#([^"]+)"', text)
    assert goals
    assert set(goals) <= set(ids)


@pytest.mark.parametrize("tab", NAMES)
def test_links_to_other_tabs_have_their_goals(web_project: Project, tab: str) -> None:
    client = client_of(web_project)
    key = first_key(web_project)
    text = client.get(f"/narratives/{key}", params={"tab": tab}).text
    pages: dict[str, str] = {}
    for path, anchor in set(re.findall(rf'href="(/narratives/{key}(?:\?tab=\w+)?)#([^"]+)"', text)):
        if path not in pages:
            pages[path] = client.get(path).text
        assert f'id="{anchor}"' in pages[path], (path, anchor)


def test_a_value_leads_to_the_words_that_carry_it(web_project: Project) -> None:
    key = first_key(web_project)
    coding = web_project.coding(key)
    text = client_of(web_project).get(f"/narratives/{key}").text
    quoted = [(number, claim) for number, claim in enumerate(coding.crisis) if claim.evidence]
    assert quoted
    for number, claim in quoted:
        assert f'href="#w-c{number}"' in text
        first = min(claim.evidence, key=lambda item: item.start)
        begun = text.index(f'id="w-c{number}"')
        shown = re.sub(r"<[^>]*>", "", text[text.index(">", begun) + 1 : begun + 4000])
        assert re.sub(r"\W|E\d+", "", shown).startswith(re.sub(r"\W", "", first.text[:6]))


@pytest.mark.parametrize("kind", KINDS)
def test_charts_can_be_saved(web_project: Project, kind: str) -> None:
    client = client_of(web_project)
    base = f"/narratives/{first_key(web_project)}/charts/{kind}"
    drawn = client.get(f"{base}.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "attachment" in drawn.headers["content-disposition"]
    assert drawn.content == client.get(f"{base}.svg").content
    table = list(csv.reader(io.StringIO(client.get(f"{base}.csv").text)))
    assert [list(row) for row in client.get(f"{base}.json").json()] == [table[0]] * (len(table) - 1)


def test_charts_can_be_saved_as_pictures(web_project: Project) -> None:
    pytest.importorskip("resvg_py")
    client = client_of(web_project)
    assert client.get(f"/narratives/{first_key(web_project)}/charts/map.png").content.startswith(b"\x89PNG")


def test_a_missing_optional_part_is_told(web_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    answer = client_of(web_project).get(f"/narratives/{first_key(web_project)}/charts/map.png")
    assert answer.status_code >= 400
    assert "brinkline[png]" in answer.text.replace("&#39;", "'")


def test_unknown_tabs_kinds_and_narratives_have_no_page(web_project: Project) -> None:
    client = client_of(web_project)
    key = first_key(web_project)
    assert client.get(f"/narratives/{key}?tab=secrets").status_code == 422
    assert client.get(f"/narratives/{key}/charts/pie.svg").status_code == 422
    assert client.get("/narratives/no-such-crisis").status_code == 404


def test_next_and_previous_keep_the_tab(web_project: Project) -> None:
    one, two = (row.key for row in web_project.narratives())
    client = client_of(web_project)
    assert f'rel="next" href="/narratives/{two}?tab=map"' in client.get(f"/narratives/{one}?tab=map").text
    assert f'rel="prev" href="/narratives/{one}?tab=map"' in client.get(f"/narratives/{two}?tab=map").text


def test_a_blind_coder_does_not_see_what_others_decided(web_project: Project) -> None:
    row = web_project.narratives()[0]
    people = [person_in(web_project, name, "coder") for name in ("Ana", "Bo")]
    with web_project.database.writing() as conn:
        for person in people:
            assign(conn, row.id, person.id, True, "2026-01-01T00:00:00Z")
        claim = next(item for item in claims_of(conn, row.revision) if item.kind == "variable" and item.evidence)
        decide(conn, Decision("by-bo", claim.id, people[1].id, "2026-01-02T00:00:00Z", "reject", "1"))
    assert re.search(r">1 of \d", client_of(web_project, "Bo", "coder").get(f"/narratives/{row.key}").text)
    shown = client_of(web_project, "Ana", "coder").get(f"/narratives/{row.key}").text
    assert "coded blind" in shown
    assert re.search(r">0 of \d", shown)


def test_pairs_of_states_lead_to_their_page(web_project: Project) -> None:
    client = client_of(web_project)
    found = set(re.findall(r'href="(/dyads/[^"]+)"', client.get(f"/narratives/{first_key(web_project)}?tab=dyads").text))
    assert any("state:" in path for path in found)
    assert {client.get(path).status_code for path in found} == {200}
