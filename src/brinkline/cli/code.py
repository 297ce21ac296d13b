"""``brinkline code``: from files, folders or standard input to one of the output formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from itertools import chain
from pathlib import Path

from brinkline.cli.terminal import progress, show_failures, stderr
from brinkline.coding import Engine, code_narratives, existing, narratives_from, narratives_in
from brinkline.errors import InputError, UsageError
from brinkline.exchange import Format, find_format, save, write
from brinkline.model import Narrative
from brinkline.reading import find_inputs
from brinkline.record import Coding
from brinkline.settings import SettingValue, resolve_settings

DONE, SOME_FAILED = 0, 1


def code_command(
    files: list[str], format_name: str, out: str, only: str | None, options: Mapping[str, SettingValue | None]
) -> int:
    """The exit code after coding ``files`` and writing them in a format: 0, 1 when some inputs failed, 3 when all did."""
    form = _checked(find_format(format_name), only)
    engine = Engine(only, resolve_settings(options, os.environ))
    failed: list[InputError] = []
    codings = _good(code_narratives(_narratives(files, engine), engine), failed)
    first = next(codings, None)
    if first is None:
        if len(failed) == 1:
            raise failed[0]
        show_failures(failed)
        return InputError.exit_code
    _output(progress(chain([first], codings), "narratives coded"), form, out)
    show_failures(failed)
    return SOME_FAILED if failed else DONE


def _checked(form: Format, only: str | None) -> Format:
    if form.needs == "variables" and only not in (None, "variables"):
        raise UsageError(
            "BL106",
            f"format {form.name} shows variables, which are not coded with --only {only}",
            remedy="leave out --only, or choose another format",
        )
    return form


def _narratives(files: list[str], engine: Engine) -> Iterator[Narrative | InputError]:
    """Everything to code, in the order given. Paths are checked before the first is read."""
    paths = [None if name == "-" else existing(name) for name in files]
    inputs: Iterable[list[Path] | None] = [None if path is None else find_inputs([path]) for path in paths]
    for found in inputs:
        if found is None:
            yield from narratives_from(sys.stdin.buffer, "<stdin>", engine)
        else:
            yield from narratives_in(found, engine)


def _good(items: Iterable[Coding | InputError], failed: list[InputError]) -> Iterator[Coding]:
    for item in items:
        if isinstance(item, InputError):
            failed.append(item)
        else:
            yield item


def _output(codings: Iterable[Coding], form: Format, out: str) -> None:
    if out != "-":
        paths = save(codings, form, out)
        stderr().print(f"written: {paths[0]}" if len(paths) == 1 else f"written: {len(paths)} files in {out}", markup=False)
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    write(codings, form, sys.stdout)
    sys.stdout.flush()
