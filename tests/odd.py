"""A coding that is hard on formats: signs of all kinds, words over line ends, years before year 1, variables of one's own."""

from __future__ import annotations

from dataclasses import replace

import build
from brinkline.decision import Decision, StoredClaim
from brinkline.exchange.decided import Decided
from brinkline.model import (
    Actor,
    Claim,
    CrisisActor,
    Day,
    Event,
    Mention,
    Narrative,
    Place,
    Quote,
    Sentence,
    Timex,
    When,
    make_claim,
    quote,
)
from brinkline.record import Coding, OwnVariable

LONG = "very " * 900 + "long"
TEXT = (
    "In 480\nBC the \U0001f6a2 fleet of \U0001d4d0thens,\r\n= hidden\tin a bay,\u2028sank a “galley” of 危机.\n\n"
    f"It was a {LONG} day; \ud83d was heard.\n"
)


def find(words: str) -> tuple[int, int]:
    """The range of the words."""
    start = TEXT.index(words)
    return start, start + len(words)


def coding() -> Coding:
    """The odd narrative, coded by hand."""
    narrative = Narrative(TEXT, None, '=cmd "x"\n\U0001d4d0', source="odd.txt")
    start, end = find("480\nBC")
    when = When(
        start, end, TEXT[start:end], Timex("DATE", "BC0480"), "-0479", Day(-479, 1, 1), Day(-479, 12, 31),
        "year", "date", "as written", "date.odd",
    )  # fmt: skip
    athens = Actor("group", "group:athens", "\U0001d4d0thens, city", None, "")
    mention = Mention(
        *find("the \U0001f6a2 fleet of \U0001d4d0thens"), "the \U0001f6a2 fleet of \U0001d4d0thens", athens, "name"
    )
    target = Mention(*find("危机"), "危机", None, "unknown", candidates=("state:1", "state:2"))
    bay = Place(*find("a bay"), "a bay", "A\tBay", "bay", 37.96, 23.56)
    clause = quote(TEXT, start, find("危机")[1])
    sank = find("sank")
    event = Event(
        "event:odd", "do.attack", "attack", "do", "escalating", True, "done", "ASSAULT", "19", -9.5, (mention,), (target,),
        when, (bay,), clause, 0, 0.5, "event.odd", quote(TEXT, *sank), None, (("domain", "sea"),),
    )  # fmt: skip
    common = {"confidence": 0.25, "rule": "var.odd"}
    crisis = (
        make_claim(narrative, subject="crisis", field="mediate", value=9, label="", basis="reference", **common),
        make_claim(narrative, subject="crisis", field="viol", value=None, label="", basis="absent", note="=none", **common),
        make_claim(
            narrative, subject="crisis", field="weather", value="-3+1", label="", basis="quoted",
            evidence=[find(LONG), find("\ud83d was heard")], **common,
        ),
        make_claim(
            narrative, subject="crisis", field="mood", value=2, label="grim", basis="quoted",
            evidence=[(start, find("galley")[1])], **common,
        ),
    )  # fmt: skip
    row = CrisisActor(350, "GRC", "Greece", (_row(narrative, "triggr", 9, "violent act"), _row(narrative, "sizedu", -99, "")))
    own = (OwnVariable("crisis", "weather", "The weather", "text"), OwnVariable("crisis", "mood", "The mood", "ordinal"))
    sentences = (Sentence(0, 0, find("危机")[1] + 1, "other", 0),)
    given = build.coding()
    return Coding(given.run, narrative, sentences, (when,), (mention, target), (event,), crisis, (row,), (), own)


def _row(narrative: Narrative, field: str, value: int, label: str) -> Claim:
    return make_claim(
        narrative, subject="actor:350", field=field, value=value, label=label, basis="reference", confidence=1.0, rule="var.odd"
    )


def both() -> list[Coding]:
    """The invented coding and the odd one."""
    return [build.coding(), coding()]


def decisions() -> list[Decided]:
    """What two people decided on the invented coding."""
    given = build.coding()
    old = given.crisis[2]
    words = Quote(*build.find("Estmark mobilized two regiments"), "Estmark mobilized two regiments")
    claim = StoredClaim(
        "claim:aaaa", "revision:r", "variable", "crisis", old.field, old.value, old.label, old.basis, (), "brinkline", 0.9,
        "var.test",
    )  # fmt: skip
    mine = replace(claim, id="claim:bbbb", value=3, author="person:ann", evidence=(words,), basis="quoted")
    event = replace(
        claim, id="claim:cccc", kind="event", field="event", value={"evidence": {"quote": words.text}}, subject="event:x"
    )
    digest = given.narrative.digest
    return [
        Decided(digest, Decision("d1", claim.id, "person:ann", "2026-05-04T09:30:00Z", "edit", "icb 14", mine.id), claim, mine),
        Decided(digest, Decision("d2", event.id, "person:bo", "2026-05-04T09:31:00Z", "reject", "icb 14", note="=no"), event),
    ]
