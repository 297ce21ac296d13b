"""``brinkline evaluate``: a coding measured against a human coding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from brinkline.cli.output import standard_output
from brinkline.cli.terminal import stderr
from brinkline.errors import UsageError
from brinkline.evaluate.records import Fault, Report
from brinkline.evaluate.run import check, evaluate_files
from brinkline.evaluate.save import check_format, save_report, write_report

_SHOWN = 20  # faults of one kind that are told one by one on the terminal; every output file has them all


def evaluate_command(
    coded: Path, against: Path, form: str, out: str, fail_under: float | None, misses: int, options: dict[str, Any]
) -> int:
    """0 after the report is written; CheckFailed (exit code 6) when the mean share stays under ``fail_under``."""
    checked_options(form, fail_under, options)
    options["variables"] = _names(options["variables"])
    return finish(evaluate_files(coded, against, **options), form, out, fail_under, misses)


def checked_options(form: str, fail_under: float | None, options: dict[str, Any]) -> None:
    """Nothing; ``options["skip"]`` becomes numbers. UsageError BL120 or BL131 for what makes no sense."""
    check_format(form)
    options["skip"] = _numbers(options["skip"])
    if options["resamples"] < 1:
        raise UsageError("BL131", f"--resamples must be at least 1, not {options['resamples']}", remedy="1000 is usual")
    if fail_under is not None and not 0 <= fail_under <= 1:
        raise UsageError("BL131", f"--fail-under is a share from 0 to 1, not {fail_under:g}", remedy="for example 0.6")


def finish(report: Report, form: str, out: str, fail_under: float | None, misses: int) -> int:
    """0 after faults are told and the report is written; CheckFailed when the mean stays under ``fail_under``."""
    show_faults(report.faults)
    if out == "-":
        with standard_output() as stream:
            write_report(report, form, stream, misses=misses)
    else:
        paths = save_report(report, form, out, misses=misses)
        stderr().print(f"written: {paths[0]}" if len(paths) == 1 else f"written: {len(paths)} files in {out}", markup=False)
    if fail_under is not None:
        check(report, fail_under)
    return 0


def show_faults(faults: Iterable[Fault]) -> None:
    """Tell what is wrong with the inputs, one line each with row and column; the tail of a long list of one kind is counted."""
    faults = list(faults)
    console = stderr()
    told: Counter[str] = Counter()
    for fault in faults:
        told[fault.code] += 1
        if told[fault.code] <= _SHOWN:
            console.print(f"{fault.code}  {fault.place}: {fault.message}", style="yellow", markup=False)
    for code, count in sorted(told.items()):
        if count > _SHOWN:
            console.print(
                f"{code}  and {count - _SHOWN} more of this kind: --as json, csv or html has them all", style="yellow"
            )
    if faults:
        console.print(
            f"{len(faults)} problem{'s' if len(faults) != 1 else ''} in the input; the rest is evaluated", style="bold"
        )


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for name in (text or "").replace(",", " ").split() if name)


def _numbers(text: str | None) -> tuple[int, ...]:
    names = _names(text)
    wrong = [name for name in names if not name.isdecimal()]
    if wrong:
        raise UsageError("BL131", f"--skip takes crisis numbers, not {wrong[0]!r}", remedy="for example --skip 64,88")
    return tuple(int(name) for name in names)
