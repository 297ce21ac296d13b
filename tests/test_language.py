"""Sentences are parsed as given: exact offsets, sentence ranges kept, aids undone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brinkline.errors import UsageError
from brinkline.language import LONGEST_PIECE, Parser, virtual_comma
from brinkline.model import Narrative, Sentence, Timex, When
from norland import dates, parse, parser, sentences


def _root(text: str) -> str:
    return next(token.text for token in parse(text)[0].tokens if token.head == token.index)


def test_tokens_stand_where_they_say() -> None:
    text = "On 4 May 1931 Norland\u2019s  army\ncrossed the \u201cold\u201d border.  It met no one."
    parsed = parse(text)
    assert len(parsed) == 2
    for sentence in parsed:
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert sentence.sentence.start <= token.start < token.end <= sentence.sentence.end
    assert [token.text for token in parsed[0].tokens if token.text.isspace()] == []


def test_date_at_the_start_does_not_swallow_the_subject() -> None:
    text = "On 4 May 1931 forces of Norland bombed the harbour."
    tokens = parse(text)[0].tokens
    subject = next(token for token in tokens if token.dep == "nsubj")
    assert subject.text == "forces"
    assert "," not in [token.text for token in tokens]


@pytest.mark.parametrize(
    ("text", "comma"),
    [
        ("On 4 May 1931 forces of Norland landed.", True),
        ("Late on 4 May 1931 forces of Norland landed.", True),
        ("On 4 May 1931, forces of Norland landed.", False),
        ("Between 4 May 1931 and 7 May 1931 forces of Norland landed.", False),
        ("On 4 May 1931 and again later forces of Norland landed.", False),
        ("The army of Norland landed on 4 May 1931 without warning.", False),
        ("4 May 1931 was a day of mourning.", False),
        ("In response warships of Norland landed troops.", True),
        ("In response to the landing Norland mobilized.", False),
    ],
)
def test_where_the_virtual_comma_goes(text: str, comma: bool) -> None:
    place = virtual_comma(text, sentences(text)[0], dates(text))
    assert (place is not None) == comma
    if place is not None:
        assert text[:place].endswith(("1931", "In response"))


def test_sentence_ranges_are_never_split_again() -> None:
    text = "He said: Stop! Go home; The end."
    whole = (Sentence(0, 0, len(text), "summary", 0),)
    parsed = parser().parse(Narrative(text), whole)
    assert len(parsed) == 1
    assert parsed[0].tokens[-1].end == len(text)


def test_a_sentence_of_fifty_thousand_characters_is_parsed_in_pieces() -> None:
    text = "Norland sent troops to the border, and " * 1300 + "the war ended."
    assert len(text) > 50_000
    parsed = parser().parse(Narrative(text), (Sentence(0, 0, len(text), "summary", 0),))
    tokens = parsed[0].tokens
    assert "".join(token.text for token in tokens) == text.replace(" ", "")
    assert [token.index for token in tokens] == list(range(len(tokens)))
    assert all(0 <= token.head < len(tokens) for token in tokens)


def test_a_word_without_any_place_to_cut_is_cut_anyway() -> None:
    text = "x" * (3 * LONGEST_PIECE)
    parsed = parser().parse(Narrative(text), (Sentence(0, 0, len(text), "summary", 0),))
    assert sum(len(token.text) for token in parsed[0].tokens) == len(text)


def test_hyphened_cease_fire_is_one_word() -> None:
    assert "cease-fire" in [token.text for token in parse("Norland broke the cease-fire.")[0].tokens]


def test_missing_pipeline_is_a_usage_error_with_a_remedy() -> None:
    with pytest.raises(UsageError) as caught:
        Parser("xx_no_such_pipeline").parse(Narrative("A test."), sentences("A test."))
    assert caught.value.code == "BL111"
    assert "pip install" in caught.value.remedy


def test_no_sentences_need_no_pipeline() -> None:
    assert Parser("xx_no_such_pipeline").parse(Narrative(""), ()) == ()


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("ab 1,.-\u2019\u201c\t\n\u4e2d\u05d0\u0301"), min_size=1, max_size=60))
def test_offsets_hold_for_any_text(text: str) -> None:
    when = When(0, 1, text[0], Timex("DATE", ""), "", None, None, "none", "vague", "", "test")
    whole = (Sentence(0, 0, len(text), "summary", 0),)
    for token in parser().parse(Narrative(text), whole, (when,))[0].tokens:
        assert text[token.start : token.end] == token.text


def test_a_passage_in_brackets_is_hung_on_the_noun_before_it() -> None:
    text = "Six states (Norland, Sudland and Westland among them) sent ships (see the map)."
    (parsed,) = parse(text)
    by_text = {token.text: token for token in parsed.tokens}
    assert [token.start for token in parsed.tokens] == sorted(token.start for token in parsed.tokens)
    assert all(text[token.start : token.end] == token.text for token in parsed.tokens)
    assert by_text["sent"].dep == "ROOT"
    assert parsed.tokens[by_text["states"].head] is by_text["sent"]
    assert parsed.tokens[by_text["Norland"].head] is by_text["states"]
    assert (by_text["Norland"].dep, by_text["see"].dep) == ("appos", "parataxis")


@pytest.mark.parametrize("text", ["The state(s) of Norland met.", "Norland ( met Sudland.", "Norland () met."])
def test_brackets_that_hold_no_passage_of_their_own_change_nothing(text: str) -> None:
    tokens = parse(text)[0].tokens
    assert "".join(token.text for token in tokens) == text.replace(" ", "")
    assert sum(token.head == token.index for token in tokens) == 1
