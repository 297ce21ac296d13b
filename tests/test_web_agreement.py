"""The pages of agreement and adjudication: figures equal to the library's, names hidden, settling with and without script."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.review.adjudicate import differences
from brinkline.review.agreement import agreement
from brinkline.store.assignments import assign
from brinkline.store.narratives import list_narratives
from brinkline.web.figures import Figures
from coded_twice import both, claims_in, say, two_coders
from web_fixtures import axe_faults, client_of


def _fields(text: str) -> dict[str, str]:
    """The hidden fields of the first difference."""
    form = text[text.index("data-settle") :]
    return {name: re.search(f'name="{name}" value="([^"]*)"', form)[1] for name in ("id", "unit", "narrative", "only")}  # type: ignore[index]


def test_the_page_shows_the_figures_of_the_library(web_project: Project) -> None:
    both(web_project, claims_in(web_project), lambda number: number % 6 == 0)
    with web_project.database.reading() as conn:
        found = agreement(conn)
    client = client_of(web_project)
    text = client.get("/agreement").text
    for figure in (found.overall.percent, found.overall.kappa, found.overall.alpha):
        assert f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]" in text
    assert client.get("/agreement.json").json()[0]["alpha"] == pytest.approx(found.overall.alpha.value, abs=1e-6)
    rows = list(csv.DictReader(io.StringIO(client.get("/agreement.csv").text)))
    assert [row["ref"] for row in rows] == [score.ref for score in found.scores]


def test_new_decisions_change_the_figures(web_project: Project) -> None:
    client = client_of(web_project)
    assert "Nothing has been coded by two people yet" in client.get("/agreement").text
    both(web_project, claims_in(web_project)[:10])
    assert client.get("/agreement.json").json()[0]["units"] == 10


def test_figures_that_take_long_are_kept_for_a_while(web_project: Project) -> None:
    both(web_project, claims_in(web_project)[:4])
    moments = iter([0.0, 5.0, 5.0, 10.0, 200.0, 200.0, 201.0, 201.0])
    figures = Figures(lambda: next(moments))
    with web_project.database.reading() as conn:
        first = figures.measured(conn)
    both(web_project, claims_in(web_project)[4:6])
    with web_project.database.reading() as conn:
        kept = figures.measured(conn)
        later = figures.measured(conn)
    assert (first.figures.overall.units, kept.figures.overall.units, later.figures.overall.units) == (4, 4, 6)
    assert (first.stale, kept.stale, later.stale) == (False, True, False)


def test_a_figure_leads_to_the_claims_behind_it(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claims = [item for item in claims_in(web_project) if item.field == "triggr"]
    for claim in claims[:2]:
        say(web_project, ana, claim, "accept")
    say(web_project, ben, claims[0], "reject")
    say(web_project, ben, claims[1], "accept")
    client = client_of(web_project)
    assert "/agreement/units?variable=actor.triggr" in client.get("/agreement").text
    text = client.get("/agreement/units?variable=actor.triggr").text
    assert "2\u00a0units, 1 of them answered differently" in text
    assert claims[0].id.replace(":", "%3A") in text or claims[0].id in text
    rows = client.get("/agreement/units.json?variable=actor.triggr").json()
    assert [(row["differs"], row["Ben"]) for row in rows] == [(True, "(no value)"), (False, str(claims[1].value))]
    assert client.get("/agreement/units?pair=a").status_code == 400


def test_names_come_out_when_a_difference_is_settled(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claim = next(item for item in claims_in(web_project) if item.field == "triggr")
    say(web_project, ana, claim, "accept")
    say(web_project, ben, claim, "reject")
    client = client_of(web_project, "Cleo", "adjudicator")
    text = client.get("/adjudicate").text
    assert "Ana" not in text
    assert "Ben" not in text
    fields = {**_fields(text), "choice": "1", "token": client.token, "note": "<b>as written</b>"}  # type: ignore[attr-defined]
    assert client.post("/adjudicate", data=fields).status_code == 303
    again = client.post("/adjudicate", data=fields)
    assert again.status_code == 303
    text = client.get("/adjudicate?state=settled").text
    assert "Ana" in text
    assert "Ben" in text
    assert "&lt;b&gt;as written" in text
    (row,) = client.get("/adjudicate.json?state=settled").json()
    assert row["by"] == "Cleo"


def test_coders_do_not_adjudicate_and_forged_forms_do_nothing(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    claim = next(item for item in claims_in(web_project) if item.field == "triggr")
    say(web_project, ana, claim, "accept")
    say(web_project, ben, claim, "reject")
    owner, coder = client_of(web_project), client_of(web_project, "Ben", "coder")
    fields = {**_fields(owner.get("/adjudicate").text), "choice": "1"}
    assert coder.get("/adjudicate").status_code == 403
    assert coder.get("/adjudicate.json").status_code == 403
    assert coder.post("/adjudicate", data={**fields, "token": coder.token}).status_code == 403  # type: ignore[attr-defined]
    assert owner.post("/adjudicate", data=fields).status_code == 403
    wrong = {**fields, "token": owner.token, "choice": "8"}  # type: ignore[attr-defined]
    assert owner.post("/adjudicate", data=wrong).status_code == 400
    with web_project.database.reading() as conn:
        assert len(differences(conn)) == 1


def test_what_is_coded_blind_stays_out_of_sight(web_project: Project) -> None:
    ana, ben = two_coders(web_project)
    both(web_project, claims_in(web_project)[:6], lambda number: True)
    with web_project.database.writing() as conn:
        for row in list_narratives(conn):
            for person in (ana, ben):
                assign(conn, row.id, person.id, True, now())
    client = client_of(web_project)
    assert client.get("/adjudicate.json").json() == []
    assert client.get("/agreement/units.json").json() == []
    assert "left out until everybody has finished" in client.get("/agreement").text


def test_digits_settle_by_keyboard_alone(web_project: Project, served: Any, open_page: Callable[..., Any]) -> None:
    both(web_project, [item for item in claims_in(web_project) if item.field == "triggr"][:2], lambda number: True)
    page = open_page(served, "/adjudicate")
    assert page.locator("[data-settle]").count() == 2
    with page.expect_navigation():
        page.keyboard.press("2")
    assert page.locator("[data-settle]").count() == 1
    page.locator("summary").click()
    page.locator("input[name=note]").fill("1 of two")
    assert page.locator("[data-settle]").count() == 1
    with web_project.database.reading() as conn:
        assert len(differences(conn, settled=True)) == 1


@pytest.mark.parametrize(
    "path", ["/agreement", "/agreement/units?variable=actor.triggr", "/adjudicate", "/adjudicate?state=settled"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_accessible_and_fit(
    web_project: Project, served: Any, open_page: Callable[..., Any], path: str, width: int
) -> None:
    both(web_project, claims_in(web_project), lambda number: number % 6 == 0)
    page = open_page(served, path, width=width, bypass_csp=True)
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
