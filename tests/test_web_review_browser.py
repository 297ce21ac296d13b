"""Reviewing in a real browser: by keys alone, words, new claims, a cut network, two people, no script, accessibility."""

from __future__ import annotations

from typing import Any

import pytest

from brinkline.decision import Decision
from brinkline.store.claims import claims_by_id, claims_of
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import list_narratives
from web_fixtures import Opener, Served, axe_faults

REVIEW = "/narratives/902/review"


def stored(served: Served) -> tuple[Decision, ...]:
    with served.project.database.reading() as conn:
        return decisions_of(conn)


def count_of(page: Any, state: str) -> int:
    return page.locator(f"#list li.{state}").count()


def settle(page: Any) -> None:
    """Wait until everything is saved and the next claim shows."""
    for _ in range(100):
        page.wait_for_timeout(20)
        if page.evaluate("!document.querySelector('#panel[aria-busy]')"):
            return
    raise AssertionError("the page is still at work")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def current(page: Any) -> str:
    return page.locator("#list [aria-current]").get_attribute("id")


def test_ten_claims_by_keys_alone(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW)
    before = int(page.inner_text("#left"))
    press(page, "a", "a", "a", "x", "a", "a", "Space", "f", "a", "a")
    verdicts = [row.verdict for row in stored(served)]
    assert verdicts == ["accept"] * 3 + ["reject", "accept", "accept", "skip", "flag", "accept", "accept"]
    assert len({row.claim for row in stored(served)}) == 10
    assert int(page.inner_text("#left")) == before - 8
    assert count_of(page, "accepted") == 7
    assert page.evaluate("document.activeElement.closest('#list li') !== null")


def test_another_value_is_chosen_with_digit_and_enter(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW + "?kind=variable")
    page.locator("#list li", has_text="Trigger").first.locator("a").click()
    page.wait_for_selector("#panel .offers", state="attached")
    page.keyboard.press("e")
    page.keyboard.press("2")
    press(page, "Enter")
    [row] = stored(served)
    assert row.verdict == "edit"
    with served.project.database.reading() as conn:
        made = claims_by_id(conn, [row.replacement])[row.replacement]
    assert made.author == row.person
    assert made.label
    assert count_of(page, "edited") == 1


def test_taken_back_and_brought_back_without_limit(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW)
    press(page, "a", "x", "a", "x")
    press(page, "Backspace", "Backspace", "Backspace", "Backspace")
    assert count_of(page, "accepted") + count_of(page, "rejected") == 0
    press(page, "Shift+Backspace", "Shift+Backspace", "Shift+Backspace")
    assert (count_of(page, "accepted"), count_of(page, "rejected")) == (2, 1)
    page.reload()
    press(page, "Shift+Backspace")
    assert (count_of(page, "accepted"), count_of(page, "rejected")) == (2, 2)


def test_accepting_all_is_one_step(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW + "?kind=date")
    dates = page.locator("#list li").count()
    press(page, "A")
    assert count_of(page, "accepted") == dates == len(stored(served))
    press(page, "Backspace")
    assert count_of(page, "undecided") == dates


def words_of_last_edit(served: Served) -> str:
    row = stored(served)[-1]
    assert row.verdict == "edit"
    with served.project.database.reading() as conn:
        return " … ".join(item.text for item in claims_by_id(conn, [row.replacement])[row.replacement].evidence)


def test_words_are_changed_by_keys(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW + "?kind=event")
    page.locator("#list li a").first.click()
    page.wait_for_selector("#words")
    before = page.inner_text("#panel .how q")
    press(page, "w", "ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Enter")
    after = words_of_last_edit(served)
    assert after.split()[0] == before.split()[1]
    assert len(after.split()) in (len(before.split()), len(before.split()) - 1)
    assert after != before


def mark(page: Any, words: str) -> None:
    """Mark words of the text, as a mouse does."""
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + words.length);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            return;
          }
          throw new Error('not in one piece of the text: ' + words);
        }""",
        words,
    )


def test_words_are_changed_by_the_mouse(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW)
    press(page, "j")
    piece = page.locator(".prose .d").nth(3)
    box = piece.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    words = page.evaluate("String(getSelection()).trim()")
    assert words
    press(page, "w", "Enter")
    assert words in words_of_last_edit(served)


def test_a_new_claim_from_selected_words(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW)
    words = page.locator(".prose .d").first.inner_text()
    mark(page, words)
    page.keyboard.press("i")
    page.wait_for_selector("#new-value")
    assert words in page.inner_text("#panel q")
    page.select_option("#new-what [name=kind]", "date")
    page.wait_for_selector("#new-value [name=edtf]")
    page.fill("[name=edtf]", "1923-08")
    press(page, "Enter")
    [row] = stored(served)
    with served.project.database.reading() as conn:
        made = claims_by_id(conn, [row.claim])[row.claim]
    assert (made.kind, made.value["latest"], made.evidence[0].text, row.verdict) == ("date", "1923-08-31", words, "accept")
    assert current(page) == "v" + made.id[-10:]


def test_a_cut_network_loses_nothing_over_a_reload_either(served: Served, open_page: Opener) -> None:
    open_page.allowed += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    page = open_page(served, REVIEW)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    for key in ("a", "x", "a"):
        press(page, key)
    assert "3 decisions not yet saved" in page.inner_text("#unsaved")
    assert stored(served) == ()
    page.context.route("**/decisions", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    assert "3 decisions not yet saved" in page.inner_text("#unsaved")
    page.context.unroute("**/decisions")
    page.click("#unsaved button")
    page.wait_for_selector("#unsaved", state="detached")
    assert [row.verdict for row in stored(served)] == ["accept", "reject", "accept"]
    assert page.locator("#unsaved").count() == 0
    assert len({row.claim for row in stored(served)}) == 3


def test_two_people_on_one_claim_are_told(served: Served, open_page: Opener) -> None:
    ana = open_page(served, REVIEW, "Ana")
    ben = open_page(served, REVIEW, "Ben", "coder")
    press(ana, "a")
    press(ben, "x")
    assert "Ana" in ben.inner_text("#said")
    assert "Both decisions stay" in ben.inner_text("#said")
    assert [row.verdict for row in stored(served)] == ["accept", "reject"]


def test_without_script_the_forms_decide(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW, java_script_enabled=False)
    page.click("#panel button[value=accept]")
    assert "accepted" in page.inner_text(".told")
    page.click(".lines li a >> nth=5")
    assert page.locator("#words").count() == 1
    page.click("#panel button[value=reject]")
    page.click("button[value=undo]")
    assert [row.verdict for row in stored(served)] == ["accept", "reject", "withdraw"]
    page.click("text=Finish")
    assert "left undecided" in page.inner_text("h1")
    page.click("main form button")
    assert "POLISH ULTIMATUM" in page.inner_text("h1")


def test_a_click_on_words_selects_the_shortest_claim_first(served: Served, open_page: Opener) -> None:
    page = open_page(served, REVIEW)
    page.wait_for_load_state("networkidle")
    words = page.locator(".prose a.d").nth(2)
    seen = []
    for _ in range(2):
        words.click()
        seen.append(current(page))
    assert seen[0] == "v" + words.get_attribute("data-href").split("=")[1]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_everybody_can_use_the_page(served: Served, open_page: Opener, scheme: str, width: int) -> None:
    page = open_page(served, REVIEW, width=width, color_scheme=scheme, bypass_csp=True)
    press(page, "a", "e")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_faults(page) == []


def test_the_page_of_a_claim_can_be_read_by_everybody(served: Served, open_page: Opener) -> None:
    with served.project.database.reading() as conn:
        revision = list_narratives(conn)[0].revision
        name = claims_of(conn, revision, ("event",))[0].id
    page = open_page(served, f"/claims/{name}", bypass_csp=True)
    assert page.locator("mark").count() >= 1
    assert axe_faults(page) == []


def test_other_keys_can_be_chosen_or_none(served: Served, open_page: Opener) -> None:
    page = open_page(served, "/help")
    page.focus("#key-accept")
    page.keyboard.press("q")
    page.click("[data-keys-save]")
    page.goto(served.address + REVIEW)
    assert page.inner_text("#panel button[value=accept] kbd") == "q"
    press(page, "a", "q")
    assert [row.verdict for row in stored(served)] == ["accept"]
    page.goto(served.address + "/help")
    page.check("[data-keys-off]")
    page.click("[data-keys-save]")
    page.goto(served.address + REVIEW)
    press(page, "q", "x")
    assert len(stored(served)) == 1
