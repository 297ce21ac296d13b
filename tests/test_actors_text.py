"""What holds for the actors of any narrative: ranges, sections, open questions, warnings, and work without a parse."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brinkline.actors import actor_notices, find_actors, find_names
from brinkline.actors.timeline import DayLine
from brinkline.dates import find_dates
from brinkline.model import Day, Mention, Narrative, Notice
from brinkline.reading import read_text
from brinkline.sentences import split_sentences
from test_actors_cases import day_of, narrative_of, parser

CASE = """CRISNO 901

THE HARBOR OF ARDEN

Background:

A crisis between Norway and Denmark took place from 3 to 9 May 1931.

Summary:

On 3 May Norwegian gunboats landed a party on the islet, triggering a crisis for Denmark. It protested on the 5th. The
crisis ended for both actors on 9 May, when Oslo ordered its gunboats home. The League of Nations was not involved.

References:

Swede 1935; English and French 1940; Norway 1951.

Last Updated: 1/5/2004
"""


def actors_of(text: str) -> tuple[Narrative, tuple[Mention, ...]]:
    narrative = read_text(text)
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    return narrative, find_actors(narrative, parser().parse(narrative, sentences, dates), dates)


def notices_of(text: str, day: str) -> tuple[Notice, ...]:
    narrative = narrative_of(text)
    sentences = split_sentences(narrative)
    dates = day_of(text, day)
    mentions = find_actors(narrative, parser().parse(narrative, sentences), dates)
    return actor_notices(mentions, sentences, dates)


def test_a_whole_narrative() -> None:
    _, mentions = actors_of(CASE)
    got = [(mention.text, mention.actor.id if mention.actor else "?") for mention in mentions]
    assert got == [
        ("Norway", "state:385"),
        ("Denmark", "state:390"),
        ("Norwegian gunboats", "state:385"),
        ("Denmark", "state:390"),
        ("It", "state:390"),
        ("both actors", "collective:state:385+state:390"),
        ("Oslo", "state:385"),
        ("its gunboats", "state:385"),
        ("League of Nations", "body:league"),
    ]


def test_the_basis_says_where_a_pronoun_was_drawn_from() -> None:
    narrative, mentions = actors_of(CASE)
    pronoun = next(mention for mention in mentions if mention.text == "It")
    start = narrative.text.index("Denmark. It")
    assert pronoun.basis == f"pronoun: Denmark, {start}-{start + 7}"


def test_names_in_the_references_are_no_mentions() -> None:
    narrative, mentions = actors_of(CASE)
    end = narrative.text.index("References:")
    assert max(mention.end for mention in mentions) < end


def test_without_a_parse_the_names_are_found_all_the_same() -> None:
    narrative = read_text(CASE)
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    names = find_names(narrative, sentences, dates)
    assert [mention.text for mention in names] == [
        "Norway",
        "Denmark",
        "Norwegian gunboats",
        "Denmark",
        "Oslo",
        "League of Nations",
    ]
    assert find_actors(narrative, (), dates)[: len(names)] == names


def test_a_narrative_without_dates_still_names_actors() -> None:
    narrative = narrative_of("The Soviet Union and Persia signed.")
    sentences = split_sentences(narrative)
    mentions = find_names(narrative, sentences, ())
    assert [mention.actor.cow for mention in mentions if mention.actor] == [365, 630]


def test_two_states_of_one_name_stay_open() -> None:
    text = "Fighting went on in Korea."
    narrative = narrative_of(text)
    (mention,) = find_names(narrative, split_sentences(narrative), day_of(text, "1951-06-01"))
    assert mention.actor is None
    assert mention.candidates == ("state:731", "state:732")


def test_the_rest_of_the_narrative_tells_two_states_of_one_name_apart() -> None:
    text = "The Republic of Korea held the hills. Korea asked for help."
    narrative = narrative_of(text)
    mentions = find_names(narrative, split_sentences(narrative), day_of(text, "1951-06-01"))
    assert [mention.actor.cow for mention in mentions if mention.actor] == [732, 732]
    assert "named besides" in mentions[1].basis


def test_an_unknown_name_stays_as_written_and_is_listed() -> None:
    (notice,) = notices_of("Ruritanian troops crossed the border of Italy.", "1931-06-01")
    assert notice.code == "BL341"
    assert "Ruritanian troops" in notice.message


def test_a_state_named_outside_its_time_is_listed_once() -> None:
    (notice,) = notices_of("Bangladesh was claimed by France. Bangladesh and Zambia were poor.", "1931-06-01")
    assert notice.code == "BL342"
    assert notice.message.endswith("Bangladesh (1931-06-01), Zambia (1931-06-01)")


def test_states_in_their_time_give_no_notice() -> None:
    assert notices_of("Norway and Denmark signed. Manchukuo did not.", "1933-06-01") == ()


def test_the_day_of_a_sentence_comes_before_the_running_day() -> None:
    narrative = read_text(CASE)
    sentences = split_sentences(narrative)
    line = DayLine(find_dates(narrative, sentences))
    at = narrative.text.index("It protested")
    sentence = next(item for item in sentences if item.start <= at < item.end)
    assert line.day(sentence, at) == Day(1931, 5, 5)  # the only date of the sentence, though it comes after
    assert DayLine(()).day(sentence, at) is None


NAMES = [
    "Japan",
    "Soviet",
    "France",
    "U.S.",
    "Moscow",
    "Anglo",
    "French",
    "League",
    "Council",
    "Korea",
    "West",
    "Berlin",
    "Iraqi",
]
PERSONS = ["King", "Hussein", "General", "Franco", "President", "Minister", "troops", "government", "rebels", "forces"]
SMALL = ["of", "the", "and", "'s", ",", ".", "-", "--", "(", ")", "its", "they", "it", "both", "parties", "in", "to", "from"]
WORDS = st.sampled_from([*NAMES, *PERSONS, *SMALL])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_ranges_are_exact_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    narrative = narrative_of(text)
    sentences = split_sentences(narrative)
    mentions = find_actors(narrative, parser().parse(narrative, sentences), day_of(text, "1958-06-01"))
    end = 0
    for mention in mentions:
        assert narrative.text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        assert mention.actor is not None or mention.candidates or mention.basis.endswith("open")
        end = mention.end
