"""What a search gives back, as frozen records without any markup: hits with marked ranges, facets with counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["word", "actor", "event", "date", "value"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the narrative's text that the query speaks of, and by what kind of term; marks may overlap."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that the query found in a sentence: "crisis outcom 1 victory"; value None = left open."""

    id: str
    subject: str
    field: str
    value: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One sentence: its narrative, its range in the revision's text, its words, and what the query speaks of in it."""

    narrative_id: str
    number: int | None
    title: str
    revision_id: str
    sentence: int
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    claims: tuple[FoundClaim, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet: how often it stands among all hits, and the term that narrows the query to it ("" if none)."""

    value: str
    label: str
    count: int
    term: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values of one kind among all hits. ``unit`` is what is counted: "sentences" or "narratives"."""

    name: str
    unit: Literal["sentences", "narratives"]
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits in the order of narratives and sentences; ``query`` in canonical form, ``total`` and ``narratives``
    count all hits and the narratives they stand in."""

    query: str
    total: int
    narratives: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """One event of a chain as a reader sees it: the type and its label, mode, names of the actors, days in ISO form ("" when
    not known), and the words, which stand in ``[start, end)`` of the revision's text."""

    claim_id: str
    type: str
    label: str
    mode: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    earliest: str
    latest: str
    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ShownChain:
    """Events that fit the sequence. ``bindings`` are the letters with the names of the actors they stand for; ``certain`` is
    False when a limit of time holds only for some of the days that the dates allow."""

    bindings: tuple[tuple[str, str], ...]
    events: tuple[ChainEvent, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class SequenceHit:
    """One narrative and its chains, one for each way to bind the letters; ``chain_count`` counts those left out too."""

    narrative_id: str
    number: int | None
    title: str
    revision_id: str
    chains: tuple[ShownChain, ...]
    chain_count: int


@dataclass(frozen=True, slots=True)
class SequenceFound:
    """A page of narratives in the order of their numbers; ``query`` in canonical form, ``total`` counts all narratives."""

    query: str
    total: int
    hits: tuple[SequenceHit, ...]


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A variable by which two cases are compared: the value of each, how far they agree (0 to 1), and how much of the whole
    agreement of values that makes (``part``). Subjects are "crisis" or "actor:740"."""

    field: str
    subject: str
    other_subject: str
    value: str
    label: str
    other_value: str
    other_label: str
    agreement: float
    part: float


@dataclass(frozen=True, slots=True)
class SharedEvent:
    """A type of event that stands in the course of both cases, with the claims that show it."""

    type: str
    claim_id: str
    other_claim_id: str


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case and why it is like the one asked for: ``score`` from 0 to 1, its two parts (None: nothing to compare), the values
    that agree most and those that part the two, and the longest course of events that both have."""

    narrative_id: str
    number: int | None
    title: str
    score: float
    values: float | None
    events: float | None
    shared: tuple[SharedValue, ...]
    apart: tuple[SharedValue, ...]
    course: tuple[SharedEvent, ...]


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """The cases most like one case, the most alike first."""

    narrative_id: str
    number: int | None
    title: str
    cases: tuple[SimilarCase, ...]
