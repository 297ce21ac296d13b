"""Every line of ``cases/actors.tsv``: which words are mentions of whom."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from brinkline.actors.examples import DAY, dated, parser, read_actors
from brinkline.model import Day, Mention, Narrative, When

__all__ = ["day_of", "narrative_of", "parser", "read"]

CASES = Path(__file__).parent / "cases" / "actors.tsv"
_BRACKET = re.compile(r"\[([^\]]+)\]")


def cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def narrative_of(text: str) -> Narrative:
    return dated(text, DAY)[0]


def day_of(text: str, day: str) -> tuple[When, ...]:
    """A date that covers the whole text, before its first word."""
    return dated(text, _day(day))[1]


def _day(text: str) -> Day:
    year, month, day = (int(part) for part in text.split("-"))
    return Day(year, month, day)


def read(marked: str, day: str, how: str) -> tuple[str, tuple[Mention, ...]]:
    text = _BRACKET.sub(r"\1", marked)
    return text, read_actors(text, _day(day), parse=how != "text")


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
