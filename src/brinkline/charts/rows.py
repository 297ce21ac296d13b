"""The table of the same data that goes with every chart: column names and rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Column names, and one row for each thing drawn; free text is as the narrative has it, for the writer to guard."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row with another number of cells than columns")
