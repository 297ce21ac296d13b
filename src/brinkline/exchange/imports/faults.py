"""``Fault`` and ``Faults``: everything that is wrong with a file, gathered, then told in one error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brinkline.errors import InputError

#: Faults that are told one by one; of more than these the number is told.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (the row counts as a spreadsheet or an editor does, from 1), what, and the remedy.

    ``of`` are kind and id of the record that is wrong, so that others which point to it are not told as wrong too.
    """

    code: str
    message: str
    row: int | None = None
    column: str = ""
    remedy: str = ""
    of: tuple[str, str] | None = None

    @property
    def where(self) -> str:
        """Row and column in words, "" when the fault is of the whole file."""
        row = f"row {self.row}" if self.row is not None else ""
        return ", ".join(part for part in (row, f"column {self.column}" if self.column else "") if part)

    def __str__(self) -> str:
        told = f"{self.where}: {self.message}" if self.where else self.message
        return f"{told} [{self.code}]" + (f"; {self.remedy}" if self.remedy else "")


class Faults:
    """Gathers the faults of one file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, message: str, row: int | None = None, column: str = "", remedy: str = "") -> None:
        """Note one fault."""
        self._found.append(Fault(code, message, row, column, remedy))

    def take(self, fault: Fault) -> None:
        """Note a fault that somebody else found."""
        self._found.append(fault)

    def check(self) -> None:
        """InputError with all faults in the order of the file, when there are any; its code is that of the first."""
        if not self._found:
            return
        ordered = sorted(self._found, key=lambda fault: fault.row or 0)
        if len(ordered) == 1:
            only = ordered[0]
            where = f"{self.source}, {only.where}" if only.where else self.source
            raise InputError(only.code, only.message, place=where, remedy=only.remedy)
        lines = [str(fault) for fault in ordered[:SHOWN]]
        if len(ordered) > SHOWN:
            lines.append(f"... and {len(ordered) - SHOWN} more")
        raise InputError(
            ordered[0].code,
            f"{len(ordered)} faults in {self.source}; nothing was imported",
            place="\n  ".join(lines),
            remedy="mend them all, then import again",
        )
