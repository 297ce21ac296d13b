"""What holds for the dates of any text at all."""

import re
from itertools import pairwise

from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brinkline.dates import find_dates
from brinkline.model import Narrative, Section, Sentence, When

_WORDS = re.findall(
    r"\S+",
    "on in the of at by from to until between and - – , . ( ) 's a an few several last next following previous that same this "
    "later earlier ago before after early mid late end beginning part half quarter first second third 24th 31st l0th 1st "
    "day days week weeks month months year years decade century hours night morning noon 5 12 30 31 99 490 1937 1918 20 '89 "
    "1930s 10:57 25:00 a.m. pm BC AD B.C. January February June Feb. May March December Monday Friday spring summer winter "
    "fall Christmas Easter now recently former every daily two twenty hundred thousand and a half rest war troops 1937-06-22 "
    "22/6/1937 13/13/1937 99999999999 5,000 2.5 0 00 000 Year",
)


def _dates(text: str) -> tuple[When, ...]:
    narrative = Narrative(text, sections=(Section("other", "", 0, len(text)),))
    return find_dates(narrative, (Sentence(0, 0, len(text), "other", 0),) if text.strip() else ())


def _check(text: str) -> None:
    dates = _dates(text)
    for when in dates:
        assert text[when.start : when.end] == when.text
        assert when.anchor
        assert when.rule
        assert (when.earliest is None) == (when.latest is None)
        if when.earliest and when.latest:
            assert when.earliest <= when.latest
        if when.edtf:
            parse_edtf(when.edtf)
        elif when.kind in ("date", "interval"):
            assert when.earliest is None or when.precision == "season"
    assert list(dates) == sorted(dates, key=lambda when: (when.start, -when.end))
    single = [when for when in dates if when.rule != "interval"]
    assert all(one.end <= two.start for one, two in pairwise(single))
    for whole in dates:
        if whole.rule == "interval":
            inside = [when for when in single if whole.start <= when.start and when.end <= whole.end]
            assert inside[0].start == whole.start
            assert inside[-1].end == whole.end


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join))
@example("On 5 May 9999 and 99999999999 years later")
@example("1 BC. " + "The previous year " * 50)
@example("the 5th century BC, the following century, a century later")
@example("in 1000 BC and 9999 years earlier")
def test_date_words_in_any_order(text: str) -> None:
    _check(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
@example("٢٠٢٠ and 二〇二〇年 and １９３７")
@example("\x00\x1f 5 May\u2028 1937 \ud800")
@example("9" * 5000)
def test_any_text(text: str) -> None:
    _check(text)


def test_the_same_text_gives_the_same_dates() -> None:
    text = "On 22 June 1937 it began. Four days later, in early July and on the 4th, it ended."
    assert _dates(text) == _dates(text)
