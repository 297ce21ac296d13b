"""The narrative line: how sections, spans, asides and other cases steer what a partial date means. Invented narratives."""

import pytest

from brinkline.dates import find_dates
from brinkline.model import Day, Narrative, When
from brinkline.reading import read_text
from brinkline.sentences import split_sentences

NARRATIVE = """CRISNO 9001

NORLAND FERRY DISPUTE

Background:

A crisis between Norland and Sudria over the Vessa ferry lasted from 3 March to 9 May 1926.

Background and Pre-crisis Norland had seized the west bank in 1897. Between October 1925 and February 1926 both sides moved
police to the river. On 27 February 1926 a Sudrian boat was stopped. The same day its crew was taken to Vessa.

Summary:

On 3 March Sudria demanded the crew's release, which triggered a crisis for Norland. Norland answered on the 6th with a refusal.
On the night of 10-11 March shots were fired. Two days later Norland called up its reserves under the 1907 convention.
On 29 March talks opened (a first round had failed on 2 December 1925). They went on until
mid-April. In early May the great powers stepped in; on 9 May both sides signed the Treaty of Vessa.

(The treaty was denounced on 4 June 1934 and a second dispute arose the following year.)

References:

Alvarsson 1931; Note of 5 May 1926, in Berger 1958.

Last Updated: 1/5/2004
"""


def _dates(text: str) -> tuple[Narrative, tuple[When, ...]]:
    narrative = read_text(text)
    return narrative, find_dates(narrative, split_sentences(narrative))


def _one(dates: tuple[When, ...], text: str, last: bool = False) -> When:
    found = [when for when in dates if when.text == text]
    assert found, [when.text for when in dates]
    return found[-1 if last else 0]


@pytest.fixture(scope="module")
def dates() -> tuple[When, ...]:
    return _dates(NARRATIVE)[1]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("3 March to 9 May 1926", "1926-03-03/1926-05-09"),
        ("October 1925 and February 1926", "1925-10/1926-02"),
        ("The same day", "1926-02-27"),
        ("the 6th", "1926-03-06"),
        ("the night of 10-11 March", "1926-03-10/1926-03-11"),
        ("29 March", "1926-03-29"),
        ("mid-April", "1926-04"),
        ("early May", "1926-05"),
        ("the following year", "1935"),
    ],
)
def test_dates_of_the_narrative(dates: tuple[When, ...], text: str, edtf: str) -> None:
    assert _one(dates, text).edtf == edtf


def test_the_summary_begins_again_at_the_start_of_the_span(dates: tuple[When, ...]) -> None:
    first_of_summary = [when for when in dates if when.text == "3 March"][-1]
    assert first_of_summary.edtf == "1926-03-03"
    assert first_of_summary.anchor == "year from the span of the case, 3 March to 9 May 1926"


def test_anchors_are_said_in_words(dates: tuple[When, ...]) -> None:
    assert _one(dates, "The same day").anchor == "same as 27 February 1926, the last date of the narrative line"
    assert _one(dates, "Two days later").anchor == "Two days after 11 March 1926, the last date of the narrative line"
    assert _one(dates, "27 February 1926").anchor == "as written"


def test_asides_named_years_and_other_times_are_off_the_line(dates: tuple[When, ...]) -> None:
    off = {when.text for when in dates if when.off_line}
    assert {"1907", "2 December 1925", "4 June 1934", "the following year"} <= off
    assert not {"3 March", "the 6th", "29 March", "9 May"} & off


def test_references_and_the_last_updated_line_give_no_dates(dates: tuple[When, ...]) -> None:
    end = NARRATIVE.index("References:")
    assert all(when.start < end for when in dates)


def test_parts_of_months_have_bounds_as_the_icb_codes_have_them(dates: tuple[When, ...]) -> None:
    when = _one(dates, "early May")
    assert (when.earliest, when.latest) == (Day(1926, 5, 1), Day(1926, 5, 10))
    when = _one(dates, "mid-April")
    assert (when.earliest, when.latest) == (Day(1926, 4, 11), Day(1926, 4, 20))


def test_an_interval_covers_its_two_ends(dates: tuple[When, ...]) -> None:
    whole = _one(dates, "3 March to 9 May 1926")
    assert (whole.kind, whole.earliest, whole.latest) == ("interval", Day(1926, 3, 3), Day(1926, 5, 9))
    inside = [when for when in dates if whole.start <= when.start and when.end <= whole.end and when is not whole]
    assert [when.edtf for when in inside] == ["1926-03-03", "1926-05-09"]


def test_a_winter_of_one_year_may_be_either_one() -> None:
    when = _one(_dates("It froze in the winter of 1941.")[1], "the winter of 1941")
    assert (when.earliest, when.latest) == (Day(1941, 1, 1), Day(1942, 2, 28))
    when = _one(_dates("It froze in the winter of 1939-40.")[1], "the winter of 1939-40")
    assert (when.earliest, when.latest) == (Day(1939, 12, 1), Day(1940, 2, 29))


def test_what_cannot_be_known_stays_open_with_its_reason() -> None:
    when = _one(_dates("The note was answered the next day.")[1], "the next day")
    assert (when.edtf, when.earliest, when.anchor) == ("", None, "no running date to count from")
    when = _one(_dates("On 5 March a note came.")[1], "5 March")
    assert (when.edtf, when.earliest, when.anchor) == ("XXXX-03-05", None, "no year: the narrative gives none")
    when = _one(_dates("It began on 3 May 1926. It fell three weeks after the coup.")[1], "three weeks after the coup")
    assert when.earliest is None
    assert when.anchor == "three weeks after an event that has no date here"


def test_a_narrative_without_dates_gives_none() -> None:
    assert _dates("Nothing is said about time in this text. It only tells of a river.")[1] == ()


def test_a_heading_with_a_year_begins_a_new_part() -> None:
    text = "The siege ended in March 1793 and a truce was signed.\n\n1797\n\nIn February the army moved again over the river."
    assert _one(_dates(text)[1], "February").edtf == "1797-02"


def test_line_breaks_inside_a_date_do_no_harm() -> None:
    when = _dates("The envoys met on 22 June\n1937 in Riga.")[1][0]
    assert (when.text, when.edtf) == ("22 June\n1937", "1937-06-22")
