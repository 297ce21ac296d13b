"""The layout of a narrative: number, title, sections, paragraphs, asides, last-updated day and warnings."""

from __future__ import annotations

from pathlib import Path

import pytest

from brinkline import data
from brinkline.errors import InputError
from brinkline.model import Day, Narrative
from brinkline.reading import read_text
from brinkline.reading.examples import examples
from brinkline.rules import Example

QUAY = (Path(__file__).parent / "fixtures" / "reading" / "quay.txt").read_text(encoding="utf-8")


def parts(narrative: Narrative) -> list[tuple[str, str, str]]:
    return [(item.kind, item.heading, narrative.text[item.start : item.end][:24]) for item in narrative.sections]


def codes(narrative: Narrative) -> list[str]:
    return [item.code for item in narrative.warnings]


def test_icb_layout() -> None:
    narrative = read_text(QUAY, "quay.txt")
    assert (narrative.number, narrative.title, narrative.source) == (901, "THE QUAY AT ARDEN", "quay.txt")
    assert parts(narrative) == [
        ("header", "Background:", "A crisis between Arden a"),
        ("background", "Background and Pre-crisis", "The quay had been leased"),
        ("summary", "Summary:", "On 4 May 1931 an Arden p"),
        ("references", "References:", "See sources for Cases #8"),
        ("updated", "Last Updated:", "1/5/2004"),
    ]
    assert narrative.last_updated == Day(2004, 1, 5)
    assert len(narrative.paragraphs) == 7
    assert codes(narrative) == []


def test_asides_are_outermost_brackets() -> None:
    narrative = read_text(QUAY)
    assert [narrative.text[item.start : item.end] for item in narrative.asides[:4]] == [
        "(see Case #870--Arden Secession, in 1902)",
        "[always low]",
        "(three metres high (some said four))",
        "(The protocol lapsed in 1935.)",
    ]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Arden left. (Brook stayed. It paid.\n\nPeace came.", "(Brook stayed. It paid."),
        ("Arden (a small state left. It paid.\n\nPeace came.", "(a small state left."),
    ],
)
def test_an_unclosed_bracket_ends_where_its_words_do_and_is_warned_about(text: str, aside: str) -> None:
    narrative = read_text(text)
    assert [text[item.start : item.end] for item in narrative.asides] == [aside]
    (notice,) = [item for item in narrative.warnings if item.code == "BL311"]
    assert text[notice.start : notice.end] == "("


def test_an_aside_may_run_over_paragraphs() -> None:
    aside = "(Brook stayed (for a time).\n\nIt paid a) in gold and\n\nb) in kind (in 1935).)"
    text = f"Arden left.\n\n{aside}\n\nPeace (of a kind) came."
    narrative = read_text(text)
    assert [text[item.start : item.end] for item in narrative.asides] == [aside, "(of a kind)"]
    assert codes(narrative) == []


def test_list_marks_are_no_brackets() -> None:
    assert read_text("Arden asked for a) the quay and b) the wall.").asides == ()


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda example: example.rule)
def test_every_heading_of_the_data_file_is_found(example: Example) -> None:
    assert example.check() is None


def test_every_kind_of_heading_has_an_example() -> None:
    shown = {example.rule for example in examples()}
    assert shown == {row["id"] for row in data.toml("brinkline.reading", "headings.toml")["heading"]}


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("PRE-CRISIS The port was sold.", "PRE-CRISIS"),
        ("Pre-Crisis The port was sold.", "Pre-Crisis"),
        ("Background and Pre-crisis: The port was sold.", "Background and Pre-crisis:"),
        ("BACKGROUND AND PRE-CRISIS In 1902 the port was sold.", "BACKGROUND AND PRE-CRISIS"),
        ("Background and Precrisis The port was sold.", "Background and Precrisis"),
        ("Background & Pre- crisis The port was sold.", "Background & Pre- crisis"),
        ("Background and Pre-crisisThe port was sold.", "Background and Pre-crisis"),
        ("Background\nThe port was sold.", "Background"),
        ('Background "Free ports" were sold.', "Background"),
    ],
)
def test_inline_headings_are_split_off(line: str, heading: str) -> None:
    narrative = read_text(f"Background:\n\nIt lasted a day.\n\n{line}\n\nSummary:\n\nIt ended.\n\nReferences:\n\nVale 1970")
    assert [item.heading for item in narrative.sections] == ["Background:", heading, "Summary:", "References:"]
    assert narrative.text[narrative.sections[1].start :].startswith(line[len(heading) :].lstrip(" :\n"))


def test_an_inline_heading_in_the_middle_of_a_paragraph() -> None:
    narrative = read_text("Background:\n\nIt lasted a day. Pre-crisis The port was sold.\n\nSummary:\n\nIt ended.")
    assert parts(narrative)[:2] == [
        ("header", "Background:", "It lasted a day."),
        ("pre-crisis", "Pre-crisis", "The port was sold."),
    ]


@pytest.mark.parametrize(
    "words", ["It had Pre-crisis The feel.", "Pre-crisis tension was high.", "See Background and Pre-crisis, Case #7."]
)
def test_words_that_are_no_headings_stay_in_the_text(words: str) -> None:
    narrative = read_text(f"Background:\n\nIt lasted a day. {words}\n\nSummary:\n\nIt ended.\n\nReferences:\n\nVale 1970")
    assert [item.kind for item in narrative.sections] == ["header", "summary", "references"]


def test_without_inline_heading_the_first_paragraph_is_the_header() -> None:
    narrative = read_text("Background:\n\nIt lasted a day.\n\nThe port was sold.\n\nSummary:\n\nIt ended.")
    assert [item.kind for item in narrative.sections] == ["header", "background", "summary"]


def test_plain_prose_is_one_section_with_a_title() -> None:
    narrative = read_text("The quay at Arden\n\nA patrol crossed. It withdrew.\n\nPeace came.")
    assert narrative.title == "The quay at Arden"
    assert parts(narrative) == [("other", "", "A patrol crossed. It wit")]
    assert codes(narrative) == []


def test_prose_that_opens_with_background_is_prose() -> None:
    assert [item.heading for item in read_text("Background Talks had failed. A patrol crossed.").sections] == [""]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("CRISNO 55\n\nTHE QUAY", 55, "THE QUAY"),
        ("Crisis No. 55: The Quay", 55, "The Quay"),
        ("CASE #55 - The Quay", 55, "The Quay"),
        ("The Quay", None, "The Quay"),
    ],
)
def test_number_and_title(line: str, number: int | None, title: str) -> None:
    narrative = read_text(f"{line}\n\nSummary:\n\nIt ended.")
    assert (narrative.number, narrative.title) == (number, title)


@pytest.mark.parametrize(
    ("line", "day", "notices"),
    [
        ("1/5/2004", Day(2004, 1, 5), []),
        ("12/31/1999", Day(1999, 12, 31), []),
        ("31/12/1999", Day(1999, 12, 31), ["BL317"]),
        ("5 January 2004", Day(2004, 1, 5), []),
        ("January 5, 2004", Day(2004, 1, 5), []),
        ("2004-01-05", Day(2004, 1, 5), []),
        ("2/30/2004", None, ["BL316"]),
        ("last week", None, ["BL316"]),
    ],
)
def test_last_updated_is_month_before_day(line: str, day: Day | None, notices: list[str]) -> None:
    narrative = read_text(QUAY.replace("1/5/2004", line))
    assert narrative.last_updated == day
    assert codes(narrative) == notices


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (QUAY.replace("a protocol. (The protocol lapsed in 1935.)", "a proto"), "BL310", "proto"),
        (QUAY.replace("Summary:", "Aftermath:"), "BL313", "Aftermath:"),
    ],
)
def test_warnings_point_to_the_words(text: str, code: str, words: str) -> None:
    narrative = read_text(text)
    (notice,) = [item for item in narrative.warnings if item.code == code]
    assert text[notice.start : notice.end] == words


def test_missing_parts_are_warned_about() -> None:
    narrative = read_text("CRISNO 901\n\nTHE QUAY\n\nBackground:\n\nSummary:\n\nIt ended.")
    assert [(item.code, item.message) for item in narrative.warnings] == [
        ("BL314", "no opening sentence that gives the span of the crisis"),
        ("BL312", "section missing: references"),
    ]


def test_a_summary_as_long_as_the_published_table_allows_is_suspect() -> None:
    summary = "It went on. " * 332
    assert "BL319" in codes(read_text(f"Background:\n\nIt lasted.\n\nSummary:\n\n{summary}\n\nReferences:\n\nVale 1970"))
    assert "BL319" not in codes(
        read_text(f"Background:\n\nIt lasted.\n\nSummary:\n\n{summary[:2400]}\n\nReferences:\n\nVale 1970")
    )


def test_headings_without_colon_and_with_marks_and_any_case() -> None:
    narrative = read_text("BACKGROUND\n\nIt lasted a day.\n\nsummary :\n\nIt ended.\n\nSOURCES\n\nVale 1970")
    assert [item.kind for item in narrative.sections] == ["header", "summary", "references"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_text_is_an_error(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text)
    assert caught.value.code == "BL203"


def test_line_ends_and_control_characters() -> None:
    narrative = read_text("\ufeffArden left.\r\n\r\nBrook\x07 stayed.\rPeace \ud800came.\u2028End.")
    assert narrative.text == "Arden left.\n\nBrook  stayed.\nPeace \ufffdcame.\nEnd."
    assert codes(narrative)[:2] == ["BL302", "BL303"]
    assert narrative.text[narrative.warnings[0].start or 0] == " "
