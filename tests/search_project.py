"""A small project of invented narratives, coded by hand, for tests of search; beside each sentence stands what is in it.

The states are real so that they can be named in queries; nothing told of them here ever happened.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from brinkline.calendar import last_day
from brinkline.model import (
    Actor,
    Claim,
    CrisisActor,
    Day,
    Event,
    Mention,
    Narrative,
    Run,
    Section,
    Sentence,
    Span,
    Timex,
    When,
    content_id,
    make_claim,
    quote,
)
from brinkline.record import Coding
from brinkline.reference.event_scheme import event_types, plover_root
from brinkline.reference.states import state_by_cow
from brinkline.store.codings import store_coding
from brinkline.store.database import Database, open_database
from brinkline.store.narratives import add_narrative
from brinkline.version import SCHEMA_VERSION

AT = "2026-11-24T10:00:00.000000Z"
ACTORS = {
    "JPN": state_by_cow(740).actor(Day(1938, 1, 1)),
    "RUS": state_by_cow(365).actor(Day(1938, 1, 1)),
    "CHN": state_by_cow(710).actor(Day(1938, 1, 1)),
    "UKG": state_by_cow(200).actor(Day(1938, 1, 1)),
    "LON": Actor("body", "body:league", "League of Nations", abbrev="LON"),
    "riders": Actor("group", "group:ford-riders", "Ford Riders"),
}


@dataclass(frozen=True)
class Act:
    """One event of a sentence: "JPN > RUS demand", its words, mode, day, and the place of its content among the acts."""

    words: str
    type: str
    who: str = ""
    whom: str = ""
    mode: str = "done"
    day: str = ""
    content: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence with the actors named in it (words and actor), its dates (words and span) and its acts."""

    text: str
    named: Sequence[tuple[str, str]] = ()
    dated: Sequence[tuple[str, str]] = ()
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Value:
    """A coded value: "crisis" or a COW number, the field, code and label, basis, and words that show it."""

    subject: str
    field: str
    value: str | None
    label: str = ""
    basis: str = "quoted"
    words: str = ""


@dataclass(frozen=True)
class Tale:
    """A narrative: number, title, sentences, values."""

    number: int | None
    title: str
    told: Sequence[Told]
    values: Sequence[Value] = field(default_factory=tuple)


def days(text: str) -> tuple[Day, Day]:
    """The bounds of "1938-07" or "1938-07-04"."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return Day(parts[0], 1, 1), Day(parts[0], 12, 31)
    if len(parts) == 2:
        return Day(parts[0], parts[1], 1), last_day(parts[0], parts[1])
    return Day(*parts), Day(*parts)


def coding_of(tale: Tale, program: str = "brinkline test") -> Coding:
    """The narrative as a coding."""
    head = f"{tale.title}\n\n"
    text = head + " ".join(item.text for item in tale.told) + "\n"
    sentences, dates, mentions, events = [], [], [], []
    at = len(head)
    for index, item in enumerate(tale.told):
        sentence = Sentence(index, at, at + len(item.text), "summary", 0)
        sentences.append(sentence)
        dates += [_when(text, at, words, span) for words, span in item.dated]
        mentions += [_mention(text, at, words, name) for words, name in item.named]
        events += _events(text, sentence, item)
        at += len(item.text) + 1
    body = Section("summary", "", len(head), len(text) - 1)
    narrative = Narrative(text, tale.number, tale.title, (body,), (Span(len(head), len(text) - 1),), source=f"{tale.title}.txt")
    crisis = tuple(_claim(narrative, item) for item in tale.values if item.subject == "crisis")
    rows = []
    for subject in dict.fromkeys(item.subject for item in tale.values if item.subject != "crisis"):
        actor = state_by_cow(int(subject))
        own = tuple(_claim(narrative, item) for item in tale.values if item.subject == subject)
        rows.append(CrisisActor(int(subject), actor.abbrev, actor.name, own))
    run = Run(program, SCHEMA_VERSION, (), ())
    return Coding(run, narrative, tuple(sentences), tuple(dates), tuple(mentions), tuple(events), crisis, tuple(rows))


def store(database: Database, tales: Iterable[Tale], program: str = "brinkline test") -> None:
    """Add the narratives and their codings to a project."""
    for tale in tales:
        coding = coding_of(tale, program)
        with database.writing() as conn:
            added = add_narrative(conn, coding.narrative, coding.sentences, AT)
            store_coding(conn, coding, added.revision_id, AT)


def _when(text: str, after: int, words: str, span: str) -> When:
    start = text.index(words, after)
    first, last = days(span)
    return When(start, start + len(words), words, Timex("DATE", span), span, first, last, "day", "date", "as written", "test")


def _mention(text: str, after: int, words: str, name: str) -> Mention:
    start = text.index(words, after)
    return Mention(start, start + len(words), words, ACTORS[name], "name")


def _events(text: str, sentence: Sentence, item: Told) -> list[Event]:
    ids = {act.words: content_id("event", (sentence.start, act.words, act.type)) for act in item.acts}
    return [_event(text, sentence, act, ids) for act in item.acts]


def _event(text: str, sentence: Sentence, act: Act, ids: dict[str, str]) -> Event:
    kind = event_types()[act.type]
    start = text.index(act.words, sentence.start)
    evidence = quote(text, start, start + len(act.words))
    sides = [
        tuple(Mention(start, start + 1, text[start], ACTORS[name], "name") for name in side.split())
        for side in (act.who, act.whom)
    ]
    when = None
    if act.day:
        first, last = days(act.day)
        when = When(
            start, start + 1, text[start], Timex("DATE", act.day), act.day, first, last, "day", "date", "carried", "test"
        )
    return Event(
        ids[act.words],
        act.type,
        kind.label,
        kind.layer,
        kind.stance,
        kind.armed,
        act.mode,  # type: ignore[arg-type]
        plover_root(kind, act.mode),
        kind.cameo,
        kind.intensity,
        sides[0],
        sides[1],
        when,
        (),
        evidence,
        sentence.index,
        0.9,
        "test",
        evidence,
        ids.get(act.content),
    )


def _claim(narrative: Narrative, item: Value) -> Claim:
    start = narrative.text.index(item.words) if item.words else 0
    evidence = [(start, start + len(item.words))] if item.words else []
    subject = item.subject if item.subject == "crisis" else f"actor:{item.subject}"
    return make_claim(
        narrative,
        subject=subject,
        field=item.field,
        value=item.value,
        label=item.label,
        basis=item.basis,  # type: ignore[arg-type]
        evidence=evidence,
        confidence=0.8,
        rule="test",
    )


FORD = Tale(
    901,
    "Pebble Ford",
    (
        Told(
            "On 3 July 1938 Japan demanded that Soviet patrols leave the ford.",
            (("Japan", "JPN"), ("Soviet", "RUS")),
            (("3 July 1938", "1938-07-03"),),
            (
                Act("Japan demanded", "say.demand", "JPN", "RUS", day="1938-07-03", content="Soviet patrols leave"),
                Act("Soviet patrols leave", "do.withdraw", "RUS", mode="demanded", day="1938-07-03"),
            ),
        ),
        Told(
            "Moscow refused, and on the 9th Japanese troops attacked the Soviet post.",
            (("Moscow", "RUS"), ("Japanese", "JPN"), ("Soviet", "RUS")),
            (("the 9th", "1938-07-09"),),
            (
                Act("Moscow refused", "say.reject", "RUS", "JPN", day="1938-07-04"),
                Act("Japanese troops attacked the Soviet post", "do.attack", "JPN", "RUS", day="1938-07-09"),
            ),
        ),
        Told(
            "China’s café-owners in the border town feared a wider war.",
            (("China", "CHN"),),
            (),
            (Act("feared a wider war", "think.fear", "CHN"),),
        ),
        Told(
            "The Soviet garrison withdrew from the ford in August 1938, and a cease-fire followed.",
            (("Soviet", "RUS"),),
            (("August 1938", "1938-08"),),
            (
                Act("The Soviet garrison withdrew", "do.withdraw", "RUS", "JPN", day="1938-08"),
                Act("a cease-fire followed", "do.cease_fire", "JPN RUS", "JPN RUS", day="1938-08"),
            ),
        ),
        Told("The League of Nations was not involved.", (("League of Nations", "LON"),)),
    ),
    (
        Value("crisis", "break", "9", "violent act", words="attacked the Soviet post"),
        Value("crisis", "viol", "2", "minor clashes", words="attacked the Soviet post"),
        Value("crisis", "brexit", "40", "", "inferred", "August 1938"),
        Value("crisis", "mediate", None, "", "absent"),
        Value("365", "triggr", "9", "violent act", words="attacked the Soviet post"),
        Value("365", "outcom", "4", "defeat", words="The Soviet garrison withdrew"),
        Value("365", "trigger_date", "1938-07-09", "", words="the 9th"),
        Value("740", "triggr", "1", "verbal act", words="Moscow refused"),
        Value("740", "outcom", "1", "victory", words="The Soviet garrison withdrew"),
        Value("740", "usinv", "1", "not involved", "absent"),
    ),
)
MILL = Tale(
    902,
    "Mill Island",
    (
        Told(
            "In May 1925 Britain threatened to bombard the mill unless China released its millers.",
            (("Britain", "UKG"), ("China", "CHN")),
            (("May 1925", "1925-05"),),
            (
                Act("Britain threatened", "say.threaten", "UKG", "CHN", day="1925-05", content="bombard the mill"),
                Act("bombard the mill", "do.bombard", "UKG", "CHN", mode="threatened", day="1925-05"),
                Act("China released its millers", "do.release", "CHN", "UKG", mode="demanded", day="1925-05"),
            ),
        ),
        Told(
            "The Ford Riders, paid by nobody, raided the island and withdrew.",
            (("Ford Riders", "riders"),),
            (),
            (
                Act("The Ford Riders, paid by nobody, raided the island", "do.attack", "riders", "CHN"),
                Act("withdrew", "do.withdraw", "riders"),
            ),
        ),
        Told(
            "China yielded on 2 June 1925 and released the millers; trade was not affected.",
            (("China", "CHN"),),
            (("2 June 1925", "1925-06-02"),),
            (Act("released the millers", "do.release", "CHN", "UKG", day="1925-06-02"),),
        ),
    ),
    (
        Value("crisis", "break", "1", "verbal act", words="Britain threatened"),
        Value("crisis", "viol", "1", "no violence", "absent"),
        Value("crisis", "brexit", "12", "", "inferred", "2 June 1925"),
        Value("710", "triggr", "1", "verbal act", words="Britain threatened"),
        Value("710", "outcom", "4", "defeat", words="China yielded"),
        Value("710", "trigger_date", "1925-05", "", words="May 1925"),
    ),
)
LAMP = Tale(
    12,
    "Lamp Bay",
    (
        Told(
            "Japan attacked a Chinese lamp boat on 1 March 1931.",
            (("Japan", "JPN"), ("Chinese", "CHN")),
            (("1 March 1931", "1931-03-01"),),
            (Act("Japan attacked a Chinese lamp boat", "do.attack", "JPN", "CHN", day="1931-03-01"),),
        ),
        Told(
            "China protested to the League on 5 March.",
            (("China", "CHN"), ("the League", "LON")),
            (("5 March", "1931-03-05"),),
            (Act("China protested to the League", "say.protest", "CHN", "LON", day="1931-03-05"),),
        ),
        Told(
            "Attacks went on; Łódź traders sold 10 lamps for 1e5 yen.",
            (),
            (),
            (Act("Attacks went on", "do.attack", "JPN", "CHN", mode="ongoing"),),
        ),
    ),
    (
        Value("crisis", "break", "9", "violent act", words="Japan attacked"),
        Value("crisis", "viol", "2", "minor clashes", words="Japan attacked"),
        Value("710", "triggr", "9", "violent act", words="Japan attacked"),
        Value("710", "outcom", "4", "defeat", "inferred", "Attacks went on"),
    ),
)
QUIET = Tale(None, "Quiet Winter", (Told("Nothing was demanded in the winter of 1926."), Told("Snow fell on the mill.")))

#: In the order in which they are added; hits come in the order of the numbers.
TALES = (FORD, MILL, LAMP, QUIET)


def case_rows(name: str) -> list[dict[str, str]]:
    """The lines of a table of cases; those that begin with "#" are notes."""
    text = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told_project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The invented project, once on each database; tests do not write to it."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("told") / "project.db"
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        opened = open_database(str(path))
    else:
        opened = open_database(request.getfixturevalue("cluster").new("template_project"))
    store(opened, TALES)
    yield opened
    opened.close()
