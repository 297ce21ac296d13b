"""Why a value is what it is: its words in their sentences, the rule that found it, what it was drawn from, and its history."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from brinkline.decision import Decision, Standing, StoredClaim, standing
from brinkline.errors import NotFound
from brinkline.model import Narrative, Quote, Sentence
from brinkline.reference.fields import near
from brinkline.reference.states import states
from brinkline.rulebook import rule_files, rules
from brinkline.rules import Rule
from brinkline.search.actor_terms import actor_ids, actors_named
from brinkline.store.claims import claim_of, claims_of
from brinkline.store.decisions import decisions_of
from brinkline.store.narratives import stored_text


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and the words in it that a claim rests on, as ranges into the narrative."""

    sentence: Quote
    words: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A claim with everything it rests on. ``drawn_from`` are the claims it was inferred from, ``history`` its decisions."""

    claim: StoredClaim
    passages: tuple[Passage, ...]
    rules: tuple[Rule, ...]
    drawn_from: tuple[StoredClaim, ...]
    history: tuple[Decision, ...]
    state: Standing


def why(conn: Connection, claim_id: str) -> Why:
    """What the claim of this id rests on; NotFound BL553 when there is none."""
    claim = claim_of(conn, claim_id)
    narrative, sentences = stored_text(conn, claim.revision)
    history = decisions_of(conn, claims=[claim.id])
    named = set(claim.sources)
    drawn_from = tuple(item for item in claims_of(conn, claim.revision) if _is_named(item, claim, named)) if named else ()
    return Why(
        claim, passages(narrative, sentences, claim.evidence), rules_named(claim.rule), drawn_from, history, standing(history)
    )


def find_claims(conn: Connection, revision: str, field: str, actor: str = "") -> tuple[StoredClaim, ...]:
    """The claims of a variable, of the crisis and of every actor, or of the one ``actor`` names by number or abbreviation.

    NotFound BL513 when the narrative has none, with near names.
    """
    variables = claims_of(conn, revision, ["variable"])
    numbers = _numbers(actor) if actor else None
    named = [item for item in variables if item.field == field.lower()]
    found = tuple(item for item in named if numbers is None or _number_of(item) in numbers)
    if not found:
        names = sorted({item.field for item in variables})
        raise NotFound(
            "BL513",
            f"no claim for {field!r}" + (f" of {actor}" if actor else "") + " in this narrative",
            remedy=near(field, names) if names else "code it first: brinkline code",
        )
    return found


def passages(narrative: Narrative, sentences: Iterable[Sentence], evidence: Iterable[Quote]) -> tuple[Passage, ...]:
    """The sentences that hold the words, in order, each with those of them it holds."""
    words = sorted(evidence, key=lambda item: (item.start, item.end))
    found = []
    for sentence in sentences:
        held = tuple(item for item in words if item.start < sentence.end and sentence.start < item.end)
        if held:
            text = narrative.text[sentence.start : sentence.end]
            found.append(Passage(Quote(sentence.start, sentence.end, text), held))
    return tuple(found)


def rules_named(name: str) -> tuple[Rule, ...]:
    """The rules of the data files that a claim names; several when the name stands in several files."""
    parts = set(name.replace("+", " ").replace(",", " ").split())
    return tuple(rule for rule in all_rules() if rule.id in parts) if parts else ()


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of all data files, read once: the review page asks for every claim."""
    return tuple(rules(rule_files()))


def _is_named(item: StoredClaim, claim: StoredClaim, named: set[str]) -> bool:
    """Whether the sources of a claim name this one: a variable of the same subject or of the crisis, or the id of a record."""
    if item.kind == "variable":
        return item.field in named and item.subject in (claim.subject, "crisis") and item.id != claim.id
    return item.id in named or item.subject in named


def _numbers(actor: str) -> frozenset[str]:
    """The COW numbers that a number, abbreviation or name means, as text, none for an unknown name."""
    ids = {name for canonical in actors_named(actor) for name in actor_ids(canonical)}
    return frozenset(str(state.cow) for state in states() if state.id in ids and state.cow is not None)


def _number_of(claim: StoredClaim) -> str:
    """The COW number of an actor's claim ("740" of "actor:740:2"), "" for a claim of the crisis."""
    return claim.subject.split(":")[1] if claim.subject.startswith("actor:") else ""
