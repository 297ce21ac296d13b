"""The records of an evaluation: what was compared, how well it agrees, where it does not, and what was wrong with the input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from brinkline.measures.resample import Figure

Side = Literal["human", "coded"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input; the rest of the input is still used. ``row`` counts as a spreadsheet does (the
    line of column names is row 1); None where the fault is of no row or column."""

    code: str
    message: str
    side: Side
    source: str
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """File, row and column in words."""
        row = f", row {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.source}{row}{column}"


@dataclass(frozen=True, slots=True)
class Document:
    """The narrative behind a coding, for showing words in their sentence. ``mentions`` are the first ranges that name each
    state, by its number."""

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    mentions: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One coded unit: a crisis, or a crisis actor. ``values`` has only what is given; ``claims`` are published claims
    (``Claim`` as in ``Coding.to_dict``) by variable, where the coding carries them."""

    crisis: str
    actor: str
    name: str
    number: int
    values: Mapping[str, str]
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One side of a comparison. ``crises`` are those it speaks of, also those without any row; ``given`` are the variables
    it has a column (or at least one claim) for."""

    source: str
    rows: tuple[Row, ...]
    crises: frozenset[str]
    given: frozenset[str]
    faults: tuple[Fault, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VariableScore:
    """How one variable agrees. ``n`` counts the human values, ``coded`` those that the coding answers; an empty answer counts
    as wrong in ``agreement``. ``joint`` has every pair of values (human, coded; "" = none) with its count."""

    name: str
    label: str
    scale: str
    headline: bool
    n: int
    coded: int
    agreement: Figure
    agreement_where_coded: float | None
    majority: float | None
    majority_value: str
    kappa: Figure
    alpha: Figure
    metric: str
    joint: tuple[tuple[str, str, int], ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DateScore:
    """How one date agrees. ``n`` counts the human dates with a full day; ``exact``, ``within_3``, ``within_31`` are shares of
    them. ``partial`` counts the human dates that say only a part of a month (ICB's 66, 77, 88), a month or a year;
    ``partial_right`` is the share of those whose coded date lies in that time."""

    name: str
    label: str
    headline: bool
    n: int
    coded: int
    exact: Figure
    within_3: Figure
    within_31: Figure
    partial: int
    partial_right: float | None


@dataclass(frozen=True, slots=True)
class SetScore:
    """A set found against a set wanted: crisis actors, or the actors of a layer of events."""

    name: str
    wanted: int
    found: int
    both: int
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the narrative inside their sentence: ``sentence[start:end]`` are the words."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Miss:
    """One place where the two codings differ. ``kind`` is "value", "not coded" (the coding leaves the value empty), "missed"
    (an actor row the coding lacks) or "extra" (an actor only the coding has)."""

    kind: Literal["value", "not coded", "missed", "extra"]
    crisis: str
    title: str
    actor: str
    actor_name: str
    variable: str
    variable_label: str
    human: str
    human_label: str
    coded: str
    coded_label: str
    human_row: int | None
    confidence: float | None = None
    basis: str = ""
    rule: str = ""
    note: str = ""
    words: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in ``[low, high)`` (the last bin includes 1): how many, and how many are right."""

    low: float
    high: float
    n: int
    right: int
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """A whole evaluation. ``mean`` is the mean share of the headline variables (dates: the exact share); ``crises`` are the
    crises compared. For a table of events (ICBe) ``sets`` has a line for each layer and ``mean`` is the F1 of all."""

    coded: str
    human: str
    layout: str
    crises: tuple[str, ...]
    human_rows: int
    coded_rows: int
    mean: Figure
    mean_of: str
    sets: tuple[SetScore, ...]
    dates: tuple[DateScore, ...]
    variables: tuple[VariableScore, ...]
    misses: tuple[Miss, ...]
    reliability: tuple[Bin, ...]
    brier: float | None
    faults: tuple[Fault, ...]
    seed: int
    resamples: int
