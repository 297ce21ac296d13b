"""Signing in, people and assignments in Chromium: the way of a new team, by keyboard, and what everybody can use."""

import re

import pytest

from brinkline.project.people import new_invitation
from web_fixtures import Opener, axe_faults, person_in

WORDS = "plain words in a row"


def test_a_new_team_from_a_link_to_assigned_narratives(serve, open_page: Opener) -> None:  # type: ignore[no-untyped-def]
    served = serve("team")
    open_page.allowed += ["status of 401", "status of 403"]
    ana = person_in(served.project, "Ana")
    with served.project.database.writing() as conn:
        link = new_invitation(conn, ana.id)
    page = open_page(served, link, None)
    page.fill("#password", WORDS)
    page.fill("#again", WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url(served.address + "/")
    page.click("text=People")
    page.fill("#name", "Ben")
    page.click("button:text-is('Add')")
    invited = page.input_value("#link")
    assert invited.startswith(served.address + "/join/")
    ben = open_page(served, invited.removeprefix(served.address), None)
    ben.fill("#password", WORDS)
    ben.fill("#again", WORDS)
    ben.click("text=Set the password")
    page.click("text=Assignments")
    for box in page.locator("input[name=person]").all():
        box.check()
    page.fill("#percent", "50")
    page.click("text=Show the plan")
    assert "1 of them blind, seed 1" in page.inner_text("#plan")
    page.click("text=Assign these")
    assert page.locator("text=Take back").count() == 3
    ben.goto(served.address + "/people")
    assert "BL142" in ben.inner_text("main")
    ben.goto(served.address + "/account")
    ben.click("main button:text-is('Sign out')")
    ben.wait_for_url(served.address + "/sign-in")
    ben.goto(served.address + "/narratives?sort=title")
    ben.fill("#name", "ben")
    ben.fill("#password", WORDS)
    ben.keyboard.press("Enter")
    ben.wait_for_url(re.compile(r"/narratives\?sort=title$"))


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"width": 320}])
@pytest.mark.parametrize("path", ["/sign-in", "/people", "/assignments", "/account"])
def test_everybody_can_use_the_pages(serve, open_page: Opener, path: str, options: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    served = serve("team")
    person_in(served.project, "Maximiliane von Habsburg-Lothringen", "coder")
    page = open_page(served, path, None if path == "/sign-in" else "Ana", bypass_csp=True, **options)
    assert page.locator("h1").count() == 1
    assert axe_faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing to scroll sideways"
