"""Every line of ``cases/actors.tsv``: which words are mentions of whom."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from brinkline.actors import find_actors, find_names
from brinkline.language import Parser
from brinkline.model import Day, Mention, Narrative, Section, Span, Timex, When
from brinkline.sentences import split_sentences

CASES = Path(__file__).parent / "cases" / "actors.tsv"
_BRACKET = re.compile(r"\[([^\]]+)\]")


def cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


@cache
def parser() -> Parser:
    return Parser()


def narrative_of(text: str) -> Narrative:
    return Narrative(text, sections=(Section("other", "", 0, len(text)),), paragraphs=(Span(0, len(text)),))


def day_of(text: str, day: str) -> tuple[When, ...]:
    """A date that covers the whole text, before its first word."""
    year, month, date = (int(part) for part in day.split("-"))
    at = Day(year, month, date)
    return (When(0, 1, text[:1], Timex("DATE", day), day, at, at, "day", "date", "given", "test"),)


def read(marked: str, day: str, how: str) -> tuple[str, tuple[Mention, ...]]:
    text = _BRACKET.sub(r"\1", marked)
    narrative = narrative_of(text)
    sentences = split_sentences(narrative)
    dates = day_of(text, day)
    if how == "text":
        return text, find_names(narrative, sentences, dates)
    return text, find_actors(narrative, parser().parse(narrative, sentences), dates)


def shown(mention: Mention, wanted: str) -> str:
    """A mention in the notation of the table, with as many parts as the answer has."""
    actor = mention.actor
    if actor is None:
        name = "?"
    elif actor.id.startswith("collective:"):
        name = "+".join(member.removeprefix("state:") for member in actor.members)
    else:
        name = actor.id.removeprefix("state:")
    return "/".join((name, mention.agent, mention.agent_kind)[: wanted.count("/") + 1])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_mentions(case: dict[str, str]) -> None:
    text, mentions = read(case["sentence"], case["day"], case["how"])
    wanted_words = _BRACKET.findall(case["sentence"])
    answers = [answer for answer in case["actors"].split(";") if answer]
    assert [mention.text for mention in mentions] == wanted_words, [(m.text, m.basis) for m in mentions]
    assert [shown(m, answer) for m, answer in zip(mentions, answers, strict=True)] == answers
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_table_is_well_formed() -> None:
    rows = cases()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert len(_BRACKET.findall(row["sentence"])) == len([part for part in row["actors"].split(";") if part]), row["id"]
    assert sum(len(_BRACKET.findall(row["sentence"])) for row in rows) >= 200
