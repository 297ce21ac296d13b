"""The app of a project in the test's process and in a browser: what the other tests of pages stand on."""

from brinkline.project import Project
from web_fixtures import Opener, Served, axe_faults, client_of


def test_home_names_the_project(web_project: Project) -> None:
    answer = client_of(web_project).get("/")
    assert answer.status_code == 200
    assert "Two crises" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_home_opens_in_a_browser_without_a_complaint(served: Served, open_page: Opener) -> None:
    page = open_page(served, bypass_csp=True)
    assert "Two crises" in page.title()
    assert axe_faults(page) == []
