"""The page in a real browser (Debian's chromium): selecting, keys, no script, small screens, accessibility.

Skipped where chromium or playwright is not installed; the accessibility check needs the script of axe-playwright-python.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources, util
from pathlib import Path
from typing import Any

import pytest

import build
from brinkline.exchange.page import render
from brinkline.model import Narrative

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "lake_selma.html"
    path.write_text(render(build.coding()), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Any, page_file: Path) -> Iterator[Open]:
    """A function that opens the page; at the end it fails on any message, error or request the page made."""
    faults: list[str] = []
    contexts: list[Any] = []

    def opened(fragment: str = "", file: Path = page_file, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on(
            "request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "data:")) else None
        )
        page.goto(file.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def lit(page: Any) -> str:
    """The highlighted words of the narrative."""
    pieces = page.eval_on_selector_all(".prose .on:not(.tag)", "found => found.map(el => el.textContent)")
    return "".join(pieces)


def selected(page: Any) -> list[str]:
    """Ids of the values that are shown as selected."""
    return page.eval_on_selector_all("#values [aria-current]", "found => found.map(el => el.id)")


def test_selecting_a_value_shows_its_words(open_page: Open) -> None:
    page = open_page()
    page.click("#v-e0 .what")
    assert lit(page) == "Vesland's soldiers occupied Gull Island and expelled its fishermen"
    assert selected(page) == ["v-e0"]
    box = page.locator("#w-e0").bounding_box()
    assert 0 <= box["y"] <= 900
    assert "occupy territory" in page.inner_text("#bar")
    assert "rule event.test" in page.inner_text("#bar")


def test_a_claim_with_two_quotes_shows_both_and_goes_from_one_to_the_next(open_page: Open) -> None:
    page = open_page()
    page.click("#v-c1 a.to")
    assert lit(page) == "from 3 March to 2 May 1931the crisis ended for both states"
    page.click("text=Next words (2)")
    box = page.locator(".prose .on", has_text="the crisis ended").bounding_box()
    assert 0 <= box["y"] <= 900


def test_selecting_words_shows_the_value_the_shortest_mark_first(open_page: Open) -> None:
    page = open_page()
    words = page.locator(".prose a.a", has_text="Vesland's soldiers")
    order = []
    for _ in range(4):
        words.click(position={"x": 30, "y": 8})
        order += selected(page)
    assert order[0].startswith("v-a")
    assert "v-e0" in order
    assert len(set(order)) >= 3
    row = page.locator("#values [aria-current]").bounding_box()
    assert 0 <= row["y"] <= 900


def test_an_event_number_in_the_text_selects_the_event(open_page: Open) -> None:
    page = open_page()
    page.click(".prose a.tag >> nth=2")
    assert selected(page) == ["v-e2"]
    assert lit(page) == "Estmark mobilized two regiments"


def test_a_mark_on_the_timeline_selects_its_event(open_page: Open) -> None:
    page = open_page()
    page.click('.bl-chart [data-ref="e6"] .shape')
    assert selected(page) == ["v-e6"]
    assert lit(page) == "Halvia offered to mediate"
    page.click("#v-e0 .what")
    assert page.locator(".bl-chart .on").count() == 1


def test_everything_works_with_the_keyboard(open_page: Open) -> None:
    page = open_page()
    page.focus("#v-e8 a.to")
    page.keyboard.press("Enter")
    assert lit(page) == "the League of Nations demanded that both sides withdraw"
    assert page.evaluate("document.activeElement.closest('.prose') !== null")
    page.keyboard.press("Escape")
    assert lit(page) == ""
    assert page.evaluate("document.activeElement.closest('#v-e8') !== null")


def test_the_text_is_one_stop_of_the_tab_key_and_arrows_move_inside(open_page: Open) -> None:
    page = open_page()
    assert page.locator('.prose a[tabindex="0"]').count() == 1
    page.focus('.prose a[tabindex="0"]')
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("Enter")
    assert len(selected(page)) == 1
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    assert page.locator('.prose a[tabindex="0"]').count() == 1


def test_skip_links_come_first(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"


def test_a_link_to_a_value_opens_with_it_selected(open_page: Open) -> None:
    page = open_page("#v-d4")
    assert lit(page) == "The next day"
    page.click("#v-e0 .what")
    assert page.url.endswith("#v-e0")


def test_marks_can_be_hidden_kind_by_kind(open_page: Open) -> None:
    page = open_page()
    style = "el => getComputedStyle(el).backgroundColor"
    shown = page.eval_on_selector(".prose .d", style)
    page.uncheck("#show-d")
    assert page.eval_on_selector(".prose .d", style) != shown
    page.uncheck("#show-e")
    assert not page.is_visible(".prose a.tag")


def test_copied_text_is_the_text_alone(open_page: Open) -> None:
    page = open_page()
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.prose')); return String(getSelection()) }"
    )
    flat = " ".join(copied.split())
    assert "On 3 March 1931 Vesland's soldiers occupied Gull Island and expelled its fishermen, triggering" in flat


def test_the_page_works_without_script(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.click("#v-e2 a.to")
    assert page.url.endswith("#w-e2")
    box = page.locator("#w-e2").bounding_box()
    assert 0 <= box["y"] <= 900
    page.click(".prose a.d >> nth=3")
    assert "#v-d" in page.url


@pytest.mark.parametrize("width", [320, 400, 768, 1024, 1280])
def test_nothing_sticks_out_sideways(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#v-c1 a.to")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.is_visible("#bar")


def test_twice_the_text_size_still_fits(open_page: Open) -> None:
    page = open_page(width=1280)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_an_attack_in_the_text_does_not_run(open_page: Open, tmp_path: Path) -> None:
    attack = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    given = build.coding()
    narrative = Narrative(build.TEXT + attack, 1, attack, warnings=given.narrative.warnings)
    file = tmp_path / "attack.html"
    file.write_text(render(replace(given, narrative=narrative)), encoding="utf-8")
    page = open_page(file=file)
    page.wait_for_timeout(100)
    assert page.title() != "run"
    assert page.inner_text("h1") == attack


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessibility_rules_hold(open_page: Open, scheme: str, width: int) -> None:
    if util.find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python is not installed")
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)
    page.click("#v-c1 a.to")
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    told = [(item["id"], [node["html"][:150] for node in item["nodes"]][:3]) for item in result["violations"]]
    assert told == []
    assert len(result["passes"]) > 20


def test_print_shows_text_and_values_on_white(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.eval_on_selector("body", "el => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.is_visible(".jump")
    assert page.is_visible("#v-e0")
    assert page.eval_on_selector("#values", "el => getComputedStyle(el).overflowY") == "visible"
