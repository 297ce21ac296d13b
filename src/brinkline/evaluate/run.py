"""``evaluate_files``: from a file of codings and a table of human codings to a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from brinkline.errors import CheckFailed, InputError, NotFound, UsageError
from brinkline.evaluate.coded import Coding, is_json, read_coded, read_codings
from brinkline.evaluate.compare import compare
from brinkline.evaluate.layers import compare_layers, read_layers
from brinkline.evaluate.records import Fault, Report
from brinkline.evaluate.tables import read_table
from brinkline.exchange.imports.cells import plain_number
from brinkline.exchange.imports.layout import find_layout, icb_layout, read_layout
from brinkline.exchange.imports.sheet import read_sheet

_HEADER = re.compile(r"\bCRISNO\W+(\d+)", re.IGNORECASE)
_STEM = re.compile(r"\d+")
_OTHER = "for variables leave out the word events: brinkline evaluate CODED --against FILE"
_HEAD = 400  # characters of a narrative file in which its number is looked for


def evaluate_files(
    coded: str | Path,
    against: str | Path,
    *,
    mapping: str | Path | None = None,
    narratives: str | Path | None = None,
    skip: Sequence[int] = (),
    variables: Sequence[str] = (),
    seed: int = 1,
    resamples: int = 1000,
) -> Report:
    """How the coding in one file agrees with the human coding in another.

    ``narratives`` is a folder: only crises with a narrative in it count, and a crisis the coding says nothing of counts as
    missed. Without it, the crises of the coding count. ``skip`` leaves crises out. Raises InputError and NotFound for files
    that cannot be used at all; what is wrong in parts of them stands in the report's ``faults``.
    """
    coded, against = Path(coded), Path(against)
    scope = crises_in(Path(narratives)) if narratives is not None else None
    left_out = {str(number) for number in skip}
    sheet = read_sheet(against)
    kind = "" if mapping is not None else find_layout(sheet.columns, str(against))
    if kind == "icbe":
        if not is_json(coded):
            raise InputError(
                "BL251", "this table has no events", place=str(coded), remedy="code with --as jsonl to compare with ICBe"
            )
        if variables:
            raise UsageError("BL130", "ICBe has no variables to choose", place=str(against), remedy="leave out --variables")
        codings, faults = read_codings(coded)
        wanted = read_layers(sheet)
        return compare_layers(wanted, codings, faults, coded.name, scope, left_out, seed=seed, resamples=resamples)
    layout = read_layout(Path(mapping)) if mapping is not None else icb_layout(kind)
    human = read_table(sheet, layout, "human")
    table = read_coded(coded, layout)
    crises = (table.crises if scope is None else scope) - left_out
    return compare(human, table, layout, variables=variables, crises=frozenset(crises), seed=seed, resamples=resamples)


def evaluate_codings(
    codings: Iterable[Coding],
    against: str | Path,
    source: str,
    *,
    skip: Sequence[int] = (),
    seed: int = 1,
    resamples: int = 1000,
) -> Report:
    """How the events of codings agree with a table of ICBe; ``source`` names where they are from.

    A coding without a crisis number is a fault. UsageError BL130 for another table.
    """
    against = Path(against)
    sheet = read_sheet(against)
    if find_layout(sheet.columns, str(against)) != "icbe":
        raise UsageError("BL130", "events are compared with gold sentences or with ICBe", place=str(against), remedy=_OTHER)
    numbered, faults = [], []
    for number, coding in enumerate(codings, start=1):
        if coding["narrative"]["number"] is None:
            message = "the narrative has no crisis number; left out"
            faults.append(Fault("BL249", message, "coded", coding["narrative"]["source"] or source, number))
        else:
            numbered.append((number, coding))
    left_out = {str(number) for number in skip}
    wanted = read_layers(sheet)
    return compare_layers(wanted, numbered, tuple(faults), source, None, left_out, seed=seed, resamples=resamples)


def check(report: Report, least: float) -> None:
    """Nothing, when the mean share reaches ``least``; CheckFailed BL601 when it does not."""
    if report.mean.value is None or report.mean.value < least:
        shown = "undefined" if report.mean.value is None else f"{report.mean.value:.3f}"
        raise CheckFailed(
            "BL601",
            f"the {report.mean_of} is {shown}, less than {least:g}",
            place=f"{report.coded} against {report.human}",
            remedy="look at the misses: --as html",
        )


def crises_in(folder: Path) -> frozenset[str]:
    """The crisis numbers of the narratives in a folder: from the header of each text file, else from its name."""
    if not folder.is_dir():
        raise NotFound("BL501", "no such folder", place=str(folder), remedy="name the folder of the narratives")
    found = set()
    for path in sorted(folder.rglob("*.txt")):
        head = path.read_bytes()[:_HEAD].decode("utf-8", "replace")
        number = _HEADER.search(head)
        if number is not None:
            found.add(plain_number(number[1]))
        elif _STEM.fullmatch(path.stem):
            found.add(plain_number(path.stem))
    if not found:
        raise InputError(
            "BL252", "no narrative in it has a crisis number", place=str(folder), remedy="name the folder of the narratives"
        )
    return frozenset(found)
