"""The HTML page: every word of the text, every value, and no way out of being data."""

import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import brinkline
import build
import snapshot
from brinkline.exchange.marks import blocks, marks
from brinkline.exchange.page import render
from brinkline.model import Day, Narrative, Notice, Section, Span, Timex, When
from brinkline.record import Coding

ATTACK = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> \"' onmouseover=alert(3) javascript:alert(4) &lt;"
)
VOID = {"col", "meta", "link", "input", "img", "br", "hr"}


class Reader(HTMLParser):
    """Counts elements, keeps attributes and text, and checks that every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID and not (tag in ("path", "rect", "circle") and self.open):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> Coding:
    """A coding of a text in which nothing was found."""
    return replace(
        build.coding(),
        narrative=Narrative(text),
        sentences=(),
        dates=(),
        actors=(),
        events=(),
        crisis=(),
        crisis_actors=(),
        warnings=(),
    )


def test_the_page_has_not_changed_snapshot() -> None:
    snapshot.check("lake_selma.html", render(build.coding()))


def test_the_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    page = Reader(render(build.coding()))
    assert page.open == []
    ids = page.ids()
    assert len(ids) == len(set(ids))
    links = [str(attributes["href"]) for tag, attributes in page.elements if tag == "a"]
    assert len(links) > 80
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    labels = [name for _, attributes in page.elements for name in str(attributes.get("aria-labelledby") or "").split()]
    assert set(labels) <= set(ids)


def test_every_word_of_the_text_is_on_the_page_in_order() -> None:
    found = "".join(piece.text for block in blocks(build.narrative(), marks(build.coding())) for piece in block.pieces)
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", build.TEXT)


def test_a_mark_covers_exactly_its_words_however_marks_overlap() -> None:
    given = build.coding()
    covered: dict[str, str] = {}
    for block in blocks(given.narrative, marks(given)):
        for piece in block.pieces:
            for name in piece.ids:
                covered[name] = covered.get(name, "") + piece.text
    assert [covered[f"d{n}"] for n in range(len(given.dates))] == [when.text for when in given.dates]
    assert [covered[f"a{n}"] for n in range(len(given.actors))] == [item.text for item in given.actors]
    assert [covered[f"e{n}"] for n in range(len(given.events))] == [event.evidence.text for event in given.events]


def test_headings_and_paragraphs_are_told_apart() -> None:
    kinds = [(block.kind, block.pieces[0].text.split()[0]) for block in blocks(build.narrative(), [])]
    assert [kind for kind, _ in kinds[:3]] == ["other", "heading", "paragraph"]
    assert ("heading", "Summary:") in kinds
    assert ("heading", "References:") in kinds


def test_an_inline_heading_is_set_apart_from_its_paragraph() -> None:
    text = "Background and Pre-crisis The islands were disputed."
    start = text.index("The")
    given = Narrative(
        text,
        sections=(Section("background", "Background and Pre-crisis", start, len(text)),),
        paragraphs=(Span(start, len(text)),),
    )
    assert [(block.kind, block.pieces[0].text) for block in blocks(given, [])] == [
        ("heading", "Background and Pre-crisis"),
        ("paragraph", "The islands were disputed."),
    ]


def attacked() -> Coding:
    """A coding in which everything that comes from a narrative or a table tries to become markup."""
    given = build.coding()
    text = build.TEXT + ATTACK
    event = replace(given.events[0], label=ATTACK, type=ATTACK, rule=ATTACK)
    claims = tuple(
        replace(claim, label=ATTACK, note=ATTACK, field=ATTACK, rule=ATTACK, value=ATTACK) for claim in given.crisis[:1]
    )
    actor = replace(given.actors[0], actor=replace(build.ESTMARK, name=ATTACK, abbrev=ATTACK), basis=ATTACK)
    row = replace(given.crisis_actors[0], name=ATTACK, abbrev=ATTACK)
    when = replace(given.dates[0], anchor=ATTACK, edtf=ATTACK)
    narrative = replace(
        given.narrative,
        text=text,
        title=ATTACK,
        source=ATTACK,
        references=(replace(given.narrative.references[0], text=ATTACK, author=ATTACK),),
        cross_references=(replace(given.narrative.cross_references[0], name=ATTACK),),
    )
    return replace(
        given,
        narrative=narrative,
        dates=(when, *given.dates[1:]),
        actors=(actor, *given.actors[1:]),
        events=(event, *given.events[1:]),
        crisis=claims,
        crisis_actors=(row,),
        warnings=(Notice("BL399", ATTACK),),
        run=replace(given.run, program=ATTACK, settings=((ATTACK, ATTACK),)),
    )


def test_narrative_text_is_data_and_never_markup() -> None:
    clean, page = Reader(render(build.coding())), Reader(render(attacked()))
    allowed = {tag for tag, _ in clean.elements}
    assert {tag for tag, _ in page.elements} <= allowed
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert sum(tag == "style" for tag, _ in page.elements) == 1
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    assert "alert(1)" in "".join(page.text)


def test_the_page_may_load_and_run_nothing_but_itself() -> None:
    page = render(build.coding())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://|//[a-z]|url\(|@import", page.replace("// ", ""))
    assert not [tag for tag, _ in Reader(page).elements if tag in ("img", "iframe", "object", "form", "base")]


def test_right_to_left_and_east_asian_text_stand_as_they_are() -> None:
    text = "في 4 مايو 1931 بدأت الأزمة.\n\n危机开始。"
    given = bare(text)
    page = render(replace(given, narrative=replace(given.narrative, paragraphs=(Span(0, 27), Span(29, len(text))))))
    assert page.count('<p dir="auto"') == 2
    assert "危机开始。" in page


def test_a_narrative_without_anything_found_is_still_a_page() -> None:
    page = Reader(render(bare("Nothing happened.")))
    assert "Nothing happened." in flat("".join(page.text))
    assert not [tag for tag, _ in page.elements if tag == "svg"]


def test_a_page_of_a_thousand_words_is_light() -> None:
    """Ten times the sample's marks on ten times its text stay under 250 kB."""
    given = build.coding()
    length = len(build.TEXT)
    words = 10 * len(build.TEXT.split())

    def moved(item: When, by: int) -> When:
        return replace(item, start=item.start + by, end=item.end + by)

    grown = replace(
        given,
        narrative=replace(given.narrative, text=build.TEXT * 10),
        dates=tuple(moved(item, n * length) for n in range(10) for item in given.dates),
        actors=tuple(
            replace(item, start=item.start + n * length, end=item.end + n * length) for n in range(10) for item in given.actors
        ),
        events=tuple(
            replace(
                event,
                evidence=replace(event.evidence, start=event.evidence.start + n * length, end=event.evidence.end + n * length),
            )
            for n in range(10)
            for event in given.events
        ),
    )
    assert words > 1500
    assert len(render(grown).encode()) < 250_000


def dense(count: int) -> Coding:
    """A text with ``count`` dates and nothing else."""
    text = "On 4 May it was so. " * count
    dates = tuple(
        When(
            20 * n + 3,
            20 * n + 8,
            "4 May",
            Timex("DATE", "1931-05-04"),
            "1931-05-04",
            Day(1931, 5, 4),
            Day(1931, 5, 4),
            "day",
            "date",
            "",
            "r",
        )
        for n in range(count)
    )
    return replace(bare(text), dates=dates)


@pytest.mark.parametrize("count", [4000])
def test_work_grows_with_the_text_and_not_with_its_square(count: int) -> None:
    def seconds(number: int) -> float:
        given = dense(number)
        begun = time.perf_counter()
        for block in blocks(given.narrative, marks(given)):
            assert block.pieces
        return time.perf_counter() - begun

    few = min(seconds(count) for _ in range(3))
    many = min(seconds(8 * count) for _ in range(2))
    assert many < 8 * few * 4


def test_every_mark_is_a_link_once_and_no_more() -> None:
    given = build.coding()
    outer, inner = given.dates[0], build.when("3 March", "1931-03-03", Day(1931, 3, 3), Day(1931, 3, 3))
    nested = replace(given, dates=(outer, inner, *given.dates[1:]))
    links = [piece.href for block in blocks(nested.narrative, marks(nested)) for piece in block.pieces if piece.href]
    assert len(links) == len(set(links))
    expected = {f"#v-d{n}" for n in range(len(nested.dates))} | {f"#v-a{n}" for n in range(len(nested.actors))}
    assert expected <= set(links)


def test_the_subtitle_claims_no_day_where_only_the_month_is_known() -> None:
    text = (
        "CRISNO 9\n\nX\n\nBackground:\n\nPoland and Lithuania were in a crisis from May 1918 to 1 April 1920.\n\nSummary:\n\n"
        "A raid in May 1918 triggered a crisis for Poland. It ended on 1 April 1920, when Lithuania withdrew its troops."
    )
    page = render(brinkline.code(text))
    assert "May 1918 – 1 April 1920" in page
    assert "1 May 1918" not in page.split("<main")[0]
