"""``brinkline code``: from files, folders or standard input to one of the output formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

from brinkline.cli.output import standard_output
from brinkline.cli.terminal import Watched, progress, show_failures, stderr
from brinkline.coding import Engine, code_narratives, existing, narratives_from, narratives_in
from brinkline.errors import InputError, UsageError
from brinkline.exchange import Format, find_format, save, write
from brinkline.exchange.save import check_place
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
    check_place(form, out)
    watched = Watched()
    engine = Engine(only, resolve_settings(options, os.environ), watched.say)
    inputs = _inputs(files)
    failed: list[InputError] = []
    good = _good(code_narratives(_narratives(inputs, engine), engine), failed)
    same_terminal = out == "-" and sys.stdout.isatty()
    with closing(progress(good, "narratives coded", watched=watched, same_terminal=same_terminal)) as codings:
        first = next(codings, None)
        if first is not None:
            _output(chain([first], codings), form, out, inputs)
    if first is None:
        if len(failed) == 1:
            raise failed[0]
        show_failures(failed)
        return InputError.exit_code
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


def _inputs(files: list[str]) -> list[Path | None]:
    """The files to read in the order given, each once; None is standard input. All are there before the first is read."""
    paths = [None if name == "-" else existing(name) for name in files]
    found = (path for given in paths for path in ([None] if given is None else find_inputs([given])))
    return list(dict.fromkeys(found))


def _narratives(inputs: list[Path | None], engine: Engine) -> Iterator[Narrative | InputError]:
    for path in inputs:
        if path is None:
            yield from narratives_from(sys.stdin.buffer, "<stdin>", engine)
        else:
            yield from narratives_in([path], engine)


def _good(items: Iterable[Coding | InputError], failed: list[InputError]) -> Iterator[Coding]:
    for item in items:
        if isinstance(item, InputError):
            failed.append(item)
        else:
            yield item


def _output(codings: Iterable[Coding], form: Format, out: str, inputs: list[Path | None]) -> None:
    if out != "-":
        paths = save(codings, form, out, keep=[path for path in inputs if path is not None])
        stderr().print(f"written: {paths[0]}" if len(paths) == 1 else f"written: {len(paths)} files in {out}", markup=False)
        return
    with standard_output() as stream:
        write(codings, form, stream)
