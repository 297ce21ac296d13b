"""What the pages of agreement show: figures, the chart, and the units behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brinkline.charts import Agreement as Table
from brinkline.charts import Share, draw_agreement
from brinkline.measures.resample import Figure
from brinkline.review.adjudicate import Difference
from brinkline.review.agreement import Agreement, Score, label_of
from brinkline.review.answers import Answer, CodedUnit, Work
from brinkline.review.methods import COLUMNS as NAMES
from brinkline.web.pages.review import group_title
from brinkline.web.rendering import Column, at_place

#: Rows of the chart at most; the table below it has all.
MOST = 40
COLUMNS: Sequence[Column] = tuple(at_place(name, place) for place, name in enumerate(NAMES))


def chart_of(found: Agreement) -> str:
    """The chart of percent agreement by variable as SVG, each row a link to the units behind it."""
    shares = [_share(score) for score in found.variables if score.units][:MOST]
    table = Table("Agreement by variable", "percent agreement", tuple(shares))
    return draw_agreement(table, standalone=False, link="/agreement/units?variable=")


def _share(score: Score) -> Share:
    name, label = (score.ref, score.label) if "." in score.ref else (score.label, "")
    figure = score.percent
    return Share(name, label, figure.value, figure.low, figure.high, score.units, score.ref)


def shown(figure: Figure) -> str:
    """A figure in a cell: two places, its interval behind it; "–" where it is not defined."""
    if figure.value is None:
        return "–"
    interval = f" [{figure.low:.2f}, {figure.high:.2f}]" if figure.low is not None and figure.high is not None else ""
    return f"{figure.value:.2f}{interval}"


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit with its narrative and the answer of each coder (None: decided nothing on it)."""

    key: str
    title: str
    label: str
    unit: CodedUnit
    answers: tuple[Answer | None, ...]


def behind(work: Work, units: Sequence[CodedUnit], people: Sequence[str]) -> tuple[Behind, ...]:
    """The units as rows, those that differ first in each narrative; ``people`` are ids, the columns."""
    places = {place.id: place for place in work.places}
    rows = []
    for item in units:
        place = places[item.unit.narrative]
        answers = tuple(item.answers.get(name) for name in people)
        rows.append(Behind(place.key, place.title, label_of(item), item, answers))
    return tuple(sorted(rows, key=lambda row: not row.unit.differs))


def about(row: Behind | Difference) -> str:
    """What a unit is about, in words: "Crisis", the name of an actor; nothing for a record of the text."""
    unit = row.unit.unit
    return group_title(unit.subject.replace(":", "-")) if unit.kind == "variable" else ""


def unit_columns(people: Sequence[str], names: Mapping[str, str]) -> list[Column]:
    """The columns of the list of units: one for each coder."""

    def said(place: int) -> Column:
        return Column(names.get(people[place], people[place]), lambda row: _said(row.answers[place]))

    return [
        Column("narrative", lambda row: row.key),
        Column("subject", lambda row: row.unit.unit.subject),
        Column("field", lambda row: row.unit.unit.field),
        Column("differs", lambda row: row.unit.differs),
        *(said(place) for place in range(len(people))),
    ]


def _said(answer: Answer | None) -> str | None:
    return None if answer is None else answer.value or "(no value)"
