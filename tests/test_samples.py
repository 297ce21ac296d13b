"""The bundled samples against codings made by hand (tests/expected): narrative, dates, crisis actors, events."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import brinkline

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "src" / "brinkline" / "samples").glob("*.txt"))
NAMES = [path.stem for path in SAMPLES]


@cache
def coded(name: str) -> brinkline.Coding:
    return brinkline.code(ROOT / "src" / "brinkline" / "samples" / f"{name}.txt")


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "tests" / "expected" / f"{name}.toml").read_text(encoding="utf-8"))


def values(claims: tuple[brinkline.Claim, ...]) -> dict[str, Any]:
    return {claim.field: claim.value for claim in claims}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read(name: str) -> None:
    narrative, want = coded(name).narrative, expected(name)["narrative"]
    assert (narrative.number, narrative.title) == (want["number"], want["title"])
    assert narrative.last_updated is not None
    assert narrative.last_updated.iso() == want["last_updated"]
    assert [[item.author, *item.years] for item in narrative.references] == want["references"]
    assert [item.case for item in narrative.cross_references] == want["cross_references"]
    assert narrative.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_date_with_its_words(name: str) -> None:
    assert [[when.text, when.edtf] for when in coded(name).dates] == expected(name)["dates"]


@pytest.mark.parametrize("name", NAMES)
def test_crisis_and_actors(name: str) -> None:
    coding, want = coded(name), expected(name)
    given = {"crisis": values(coding.crisis)} | {str(row.cow): values(row.claims) for row in coding.crisis_actors}
    wanted = {"crisis": want["crisis"]} | {str(row.pop("cow")): row for row in want["crisis_actors"]}
    assert set(given) == set(wanted)
    left_open = want.get("open", {})
    for subject, fields in wanted.items():
        for field, value in fields.items():
            if f"{subject}.{field}" in left_open:
                assert given[subject].get(field) != value, f"{subject}.{field} has become right: take it off the open list"
            else:
                assert given[subject].get(field) == value, f"{subject}.{field}"


@pytest.mark.parametrize("name", NAMES)
def test_events_a_reader_would_not_forgive_missing(name: str) -> None:
    want, left_open = expected(name), expected(name).get("open", {})
    for number, event in enumerate(want["events"], 1):
        label = f"event {number}: {event['verb']}"
        found = any(matches(event, candidate) for candidate in coded(name).events)
        if label in left_open:
            assert not found, f"{label} has become right: take it off the open list"
        else:
            assert found, label


def matches(want: dict[str, Any], event: brinkline.Event) -> bool:
    """Whether an event has the wanted verb, mode, actors and date."""
    return (
        (event.verb.text in want["verb"] or want["verb"] in event.verb.text)
        and event.mode == want["mode"]
        and set(want.get("who", ())) <= actors(event.who)
        and set(want.get("whom", ())) <= actors(event.whom)
        and ("date" not in want or (event.when is not None and event.when.edtf == want["date"]))
    )


def actors(mentions: tuple[brinkline.Mention, ...]) -> set[str]:
    return {mention.actor.id for mention in mentions if mention.actor}


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_words_at_its_range(name: str) -> None:
    coding = coded(name)
    text = coding.narrative.text
    items = [*coding.dates, *coding.actors, *coding.narrative.references, *coding.narrative.cross_references]
    items += [item for event in coding.events for item in (event.evidence, event.verb, *event.who, *event.whom)]
    items += [item for claim in all_claims(coding) for item in claim.evidence]
    assert items
    for item in items:
        assert text[item.start : item.end] == item.text


@pytest.mark.parametrize("name", NAMES)
def test_no_claim_without_its_ground(name: str) -> None:
    for claim in all_claims(coded(name)):
        assert claim.evidence or claim.basis != "quoted"
        assert claim.value is not None or claim.note, f"{claim.field} is empty without a reason"


def all_claims(coding: brinkline.Coding) -> list[brinkline.Claim]:
    return [*coding.crisis, *(claim for row in coding.crisis_actors for claim in row.claims)]
