"""TimeML in and out: the text stays as it is, gold annotations are ignored, the output is well formed."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brinkline.dates import find_dates
from brinkline.errors import InputError
from brinkline.exchange.timeml import write_timeml
from brinkline.model import Day, Narrative, Section, Timex, When
from brinkline.reading.timeml import parse_timeml
from brinkline.sentences import split_sentences

DOCUMENT = """<?xml version="1.0" ?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<DOCID>vessa</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="1999-12-31" functionInDocument="CREATION_TIME">1999-12-31</TIMEX3></DCT>
<TEXT>
The ferry

On <TIMEX3 tid="t1" type="DATE" value="WRONG">3 March 1926</TIMEX3> Sudria
&amp; Norland &lt;met&gt;. <EVENT eid="e1">Talks</EVENT> lasted until 9 May.
</TEXT>
<TLINK lid="l1" timeID="t1" relatedToTime="t0"/>
</TimeML>
"""


def _roundtrip(document: str) -> tuple[Narrative, tuple[When, ...], str]:
    narrative = parse_timeml(document, "vessa.tml")
    dates = find_dates(narrative, split_sentences(narrative))
    return narrative, dates, write_timeml(narrative, dates)


def test_text_title_and_creation_day_are_read() -> None:
    narrative = parse_timeml(DOCUMENT, "vessa.tml")
    assert narrative.text == "\nThe ferry\n\nOn 3 March 1926 Sudria\n& Norland <met>. Talks lasted until 9 May.\n"
    assert (narrative.title, narrative.created, narrative.source) == ("vessa", Day(1999, 12, 31), "vessa.tml")


def test_the_creation_day_gives_no_year_to_a_date() -> None:
    _, dates, _ = _roundtrip(DOCUMENT)
    assert [when.edtf for when in dates] == ["1926-03-03", "1926-05-09"]


def test_the_text_is_kept_and_only_found_dates_are_marked() -> None:
    narrative, _, output = _roundtrip(DOCUMENT)
    assert parse_timeml(output, "again").text == narrative.text
    assert "WRONG" not in output
    assert '<TIMEX3 tid="t1" type="DATE" value="1926-03-03">3 March 1926</TIMEX3>' in output
    assert output.startswith(DOCUMENT[: DOCUMENT.index("<TEXT>")])
    root = ElementTree.fromstring(output)
    assert root.find("TLINK") is None, "a link to an annotation that is no longer there"
    text = root.find("TEXT")
    assert text is not None
    assert "".join(text.itertext()) == narrative.text


def test_a_document_is_made_for_a_text_that_was_no_timeml() -> None:
    text = "A crisis lasted from 3 March to 9 May 1926. Soon after it was forgotten."
    narrative = Narrative(text, title='Vessa & "Norland"', sections=(Section("other", "", 0, len(text)),))
    dates = find_dates(narrative, split_sentences(narrative))
    root = ElementTree.fromstring(write_timeml(narrative, dates))
    assert root.findtext("DOCID") == 'Vessa & "Norland"'
    marked = [(item.text, item.get("value")) for item in root.iter("TIMEX3")]
    assert marked == [("3 March", "1926-03-03"), ("9 May 1926", "1926-05-09")]


def test_modifiers_are_written() -> None:
    text = "It fell in early May 1926."
    narrative = Narrative(text)
    when = When(11, 25, "early May 1926", Timex("DATE", "1926-05", "START"), "1926-05", None, None, "month", "date", "x", "x")
    assert 'value="1926-05" mod="START">early May 1926</TIMEX3>' in write_timeml(narrative, [when])


@pytest.mark.parametrize(
    ("document", "code"),
    [("<TimeML></TimeML>", "BL221"), ("", "BL221"), ("<TimeML><TEXT> \n </TEXT></TimeML>", "BL203")],
)
def test_a_document_without_text_is_refused_with_its_place(document: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_timeml(document, "empty.tml")
    assert (caught.value.code, caught.value.place) == (code, "empty.tml")
    assert caught.value.remedy


def test_entities_comments_and_cdata() -> None:
    narrative = parse_timeml("<TimeML><TEXT>caf&#233; &quot;x&quot; <!-- no --><![CDATA[a < b & c]]></TEXT></TimeML>", "x")
    assert narrative.text == 'café "x" a < b & c'


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1).filter(str.strip))
def test_any_text_survives_writing_and_reading(text: str) -> None:
    narrative = Narrative(text, sections=(Section("other", "", 0, len(text)),))
    dates = find_dates(narrative, split_sentences(narrative))
    again = parse_timeml(write_timeml(narrative, dates), "again")
    assert re.sub(r"\s", "", again.text) == re.sub(r"\s", "", text)
