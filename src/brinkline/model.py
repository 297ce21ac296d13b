"""The records of brinkline: frozen, checked when built, the same for every stage.

Positions are half-open ranges ``[start, end)`` of code points into ``Narrative.text``. A record that quotes the text holds
the words beside the range, and ``quote`` builds both together, so ``text[start:end] == record.text`` always holds.

Days are ``Day`` tuples, not ``datetime.date``: histories reach back before year 1, which ``datetime`` cannot hold.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

SectionKind = Literal["header", "background", "pre-crisis", "summary", "references", "updated", "other"]
Basis = Literal["quoted", "inferred", "absent", "reference"]
Mode = Literal["done", "ongoing", "planned", "promised", "threatened", "demanded", "reported", "denied", "hypothetical"]
Precision = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "interval", "none"]
WhenKind = Literal["date", "time", "duration", "set", "interval", "vague"]
ActorKind = Literal["state", "body", "group", "collective", "unknown"]


class Day(NamedTuple):
    """A day of the proleptic Gregorian calendar; year 0 is 1 BC, year -479 is 480 BC. Orders and compares as a tuple."""

    year: int
    month: int
    day: int

    def iso(self) -> str:
        """The day in ISO 8601 form with four digits for the year, "-0479-08-11" for years before year 0."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points; ValueError when it is empty or runs backwards."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a range of text: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the narrative and where they stand."""

    start: int
    end: int
    text: str


def quote(text: str, start: int, end: int) -> Quote:
    """The words ``text[start:end]`` with their range; ValueError when the range is not inside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"range [{start}, {end}) is not inside a text of {len(text)} characters")
    return Quote(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a narrative. ``[start, end)`` is its body without the heading; ``heading`` is as written ("" if none)."""

    kind: SectionKind
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited work. ``years`` as printed ("1972", "1955-57"), ``pages`` and ``note`` ("vol. V") when given, else ""."""

    start: int
    end: int
    text: str
    author: str
    years: tuple[str, ...]
    pages: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A pointer to another case: "see Case #39--Mukden" gives case 39, name "Mukden"."""

    start: int
    end: int
    text: str
    case: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about a narrative or a coding: stable code (BL3xx), message, and the range it speaks of if there is one."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@functools.lru_cache(maxsize=2)
def _digest(text: str) -> str:
    """The hash of a text; kept for the narrative in work, since every event and claim of it asks again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Narrative:
    """One narrative, fixed: its text never changes. ``source`` names the file or row it came from, for messages only.

    ``paragraphs`` and ``asides`` (parenthesised passages, brackets included) are ranges. ``created`` is the publication day
    of a document that has one (a TimeML file); it is never used as a date of an event. ``head`` is what such a document has
    before its text, so that it can be written again; it is never read for a value.
    """

    text: str
    number: int | None = None
    title: str = ""
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    references: tuple[Reference, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    last_updated: Day | None = None
    created: Day | None = None
    warnings: tuple[Notice, ...] = ()
    source: str = ""
    head: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, the identity of this revision."""
        return _digest(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its number in the narrative, its range, the kind of its section and the index of its paragraph."""

    index: int
    start: int
    end: int
    section: SectionKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parsed sentence, with its exact range in the narrative. ``head`` is an index into the sentence's
    tokens (the root points to itself); ``pos`` and ``dep`` are Universal POS and spaCy's English dependency labels."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence and its tokens; tokens put in to help the parser (the virtual comma) are taken out again."""

    sentence: Sentence
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Timex:
    """The TIMEX3 reading of a date (TimeML 1.2.1): type DATE, TIME, DURATION or SET; value; mod such as START or APPROX."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """One date expression and what it means.

    ``earliest`` and ``latest`` bound the day (None = not known); ``edtf`` is ISO 8601-2 text ("" when nothing can be said);
    ``anchor`` says in words what it was drawn from; ``off_line`` marks dates that do not move the running date of the
    narrative (background, asides, other cases).
    """

    start: int
    end: int
    text: str
    timex: Timex
    edtf: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    kind: WhenKind
    anchor: str
    rule: str
    off_line: bool = False

    @property
    def id(self) -> str:
        """The date's name inside its coding."""
        return f"date:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant: a state (``cow`` is its Correlates of War number; the table of states has the others), a body such as
    the League, a group without a state, a collective ("the Western Allies"), or a name the tables do not know."""

    kind: ActorKind
    id: str
    name: str
    cow: int | None = None
    abbrev: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor. ``agent`` keeps the part of it that acts ("Kwantung Army") and ``agent_kind`` its kind
    (military, leader, diplomat, government, ...); ``basis`` says from what it was drawn ("name", "demonym",
    "capital", "pronoun: Japan, 41-46"); ``candidates`` are actor ids when it stayed open (``actor`` is then None)."""

    start: int
    end: int
    text: str
    actor: Actor | None
    basis: str
    agent: str = ""
    agent_kind: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The mention's name inside its coding."""
        return f"actor:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is named, with WGS84 degrees when the tables have them."""

    start: int
    end: int
    text: str
    name: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when and where, in which mode; ``type`` is a leaf of the event scheme, ``evidence`` the clause.

    ``intensity`` runs from -10 (war) to +10 (union); ``confidence`` from 0 to 1. ``attributes`` are name-value pairs
    (domain, units, fatalities, ...) as written.
    """

    id: str
    type: str
    label: str
    layer: Literal["think", "say", "do"]
    stance: str
    armed: bool
    mode: Mode
    plover: str
    cameo: str
    intensity: float
    who: tuple[Mention, ...]
    whom: tuple[Mention, ...]
    when: When | None
    where: tuple[Place, ...]
    evidence: Quote
    sentence: int
    confidence: float
    rule: str
    verb: Quote
    content: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


Value = int | str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One coded value and what supports it. ``subject`` is "crisis" or "actor:740" ("actor:740:2" for a second row);
    ``value`` is a code of the codebook, an ISO day, or None when the narrative cannot settle it (``note`` says why)."""

    id: str
    subject: str
    field: str
    value: Value
    label: str
    basis: Basis
    evidence: tuple[Quote, ...]
    sources: tuple[str, ...]
    confidence: float
    rule: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrisisActor:
    """One row of the actor table: a state and its claims by ICB2 column name. ``row`` is 1, or 2 for a second crisis."""

    cow: int
    abbrev: str
    name: str
    claims: tuple[Claim, ...]
    row: int = 1

    def claim(self, field: str) -> Claim | None:
        """The claim for a column, or None when the column was not coded."""
        return next((claim for claim in self.claims if claim.field == field), None)


@dataclass(frozen=True, slots=True)
class Run:
    """What made a coding: program and table versions and every setting. No clock time: same input, same bytes."""

    program: str
    schema_version: str
    versions: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]


def content_id(prefix: str, parts: Iterable[Any]) -> str:
    """An id made from content: ``prefix`` and 12 hexadecimal digits of a hash over the parts; equal parts, equal id."""
    joined = "\x1f".join(repr(part) for part in parts)
    return f"{prefix}:{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def make_claim(
    narrative: Narrative,
    *,
    subject: str,
    field: str,
    value: Value,
    label: str,
    basis: Basis,
    evidence: Iterable[tuple[int, int]] = (),
    sources: Iterable[str] = (),
    confidence: float,
    rule: str,
    note: str = "",
) -> Claim:
    """A claim with its id and quotes; ValueError when a quoted claim has no evidence or confidence is not within 0 to 1."""
    quotes = tuple(quote(narrative.text, start, end) for start, end in evidence)
    if basis == "quoted" and not quotes:
        raise ValueError(f"claim {subject} {field} is quoted but shows no words")
    if not 0 <= confidence <= 1:
        raise ValueError(f"confidence {confidence} is not within 0 to 1")
    ranges = tuple((item.start, item.end) for item in quotes)
    claim_id = content_id("claim", (narrative.digest, subject, field, value, ranges, rule))
    return Claim(claim_id, subject, field, value, label, basis, quotes, tuple(sources), confidence, rule, note)
