"""``brinkline agree`` and ``brinkline settle``: how far coders agree, and what they left different."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from brinkline.cli.output import check_format, print_json, print_table, standard_output
from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.decision import ROLES
from brinkline.errors import BrinklineError, InputError, NotFound, UsageError
from brinkline.exchange.cells import table_writer, unguarded
from brinkline.measures.resample import Figure
from brinkline.plain import one_line
from brinkline.project.clock import now
from brinkline.review.adjudicate import differences
from brinkline.review.agreement import Agreement, agreement
from brinkline.review.methods import COLUMNS, methods_text, row_of, to_dict
from brinkline.review.settling import COLUMNS as SETTLING
from brinkline.review.settling import filled, settle_row
from brinkline.review.settling import row_of as settling_row
from brinkline.store.narratives import find_narrative
from brinkline.store.people import find_person

_FORMATS = ("table", "json", "csv")


def agree_command(form: str, pair: Sequence[str], variable: str, seed: int, resamples: int, folder: str | None) -> int:
    """0 after printing the figures. NotFound BL555 for an unknown coder, BL559 for a variable that nobody coded."""
    check_format(form, _FORMATS)
    with open_project(folder) as project, project.database.reading() as conn:
        two = [find_person(conn, name).id for name in pair]
        found = agreement(conn, pair=two, variable=variable, seed=seed, resamples=resamples)
    if form == "json":
        print_json(to_dict(found))
    elif form == "csv":
        with standard_output() as stream:
            write = table_writer(stream, COLUMNS)
            for score in found.scores:
                write(row_of(score))
    else:
        _table(found)
    return 0


def _table(found: Agreement) -> None:
    if not found.narratives:
        stderr().print("nothing has been coded by two people yet; brinkline people assign --twice PERCENT", markup=False)
        return
    rows = [
        (
            score.kind,
            one_line(score.label),
            str(score.units),
            *(_cell(item) for item in (score.percent, score.kappa, score.alpha, score.overlap, score.f1)),
        )
        for score in found.scores
    ]
    print_table(("of", "what", "units", "percent", "kappa", "alpha", "days in common", "F1 of events"), rows)
    stderr().print(methods_text(found), markup=False)


def _cell(item: Figure) -> str:
    if item.value is None:
        return "–"
    interval = f" [{item.low:.2f}, {item.high:.2f}]" if item.low is not None and item.high is not None else ""
    return f"{item.value:.2f}{interval}"


def settle_command(ref: str | None, form: str, settled: bool, file: Path | None, person: str | None, folder: str | None) -> int:
    """0 after listing what coders left different, or settling what a filled table says."""
    check_format(form, _FORMATS)
    if file is not None:
        return _settle_file(file, person, folder)
    with open_project(folder) as project, project.database.reading() as conn:
        narrative = find_narrative(conn, ref).id if ref else None
        rows = [settling_row(item) for item in differences(conn, narrative, settled=settled)]
    if form == "json":
        print_json([dict(zip(SETTLING, row, strict=True)) for row in rows])
    elif form == "csv":
        with standard_output() as stream:
            write = table_writer(stream, SETTLING)
            for row in rows:
                write(row)
    elif rows:
        print_table(
            ("narrative", "subject", "field", "answers", "settled"), [(row[1], *row[3:5], row[6], row[8]) for row in rows]
        )
    else:
        stderr().print("nothing is settled" if settled else "coders left nothing different", markup=False)
    return 0


def _settle_file(file: Path, name: str | None, folder: str | None) -> int:
    """Settle what the rows of a table say, all or none. UsageError BL166 without a person, InputError BL166 with row."""
    if not name:
        raise UsageError("BL166", "who settles?", remedy='name an adjudicator: --person "Name"')
    rows = _read(file)
    with open_project(folder) as project, project.database.writing() as conn:
        person = find_person(conn, name)
        if ROLES.index(person.role) < ROLES.index("adjudicator"):
            raise UsageError("BL166", f"{person.name} is {person.role}", remedy="settling needs an adjudicator or owner")
        done = 0
        for number, row in filled(rows):
            try:
                done += settle_row(conn, row, person, now())
            except BrinklineError as fault:
                place = f"{file}, row {number}"
                raise InputError(
                    fault.code, f"{fault.message}; nothing was settled", place=place, remedy=fault.remedy
                ) from fault
    stderr().print(f"{done} settled, {len(filled(rows)) - done} stood settled already", markup=False)
    return 0


def _read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except FileNotFoundError:
        raise NotFound("BL501", "there is no such file", place=str(file), remedy="check the path") from None
    except (UnicodeDecodeError, csv.Error, OSError) as fault:
        raise InputError(
            "BL201", f"this table cannot be read: {fault}", place=str(file), remedy="save it as CSV in UTF-8"
        ) from None
    return [{name: unguarded(cell) for name, cell in row.items() if isinstance(cell, str) and name} for row in rows]
