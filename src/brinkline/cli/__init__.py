"""The command line: each command parses, calls the library and prints; nothing else is decided here."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """The exit code of one call (see ``brinkline --help``); never a traceback for what a user can cause."""
    from brinkline.cli.run import run

    code = run(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        sys.exit(code)
    return code
