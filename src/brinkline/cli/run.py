"""One call of the command line: from arguments to an exit code, with every kind of failure told on standard error.

Exit codes: 0 done, 1 finished but some inputs failed (they are listed), 2 wrong usage, 3 input unreadable or invalid,
4 project or database problem, 5 not found, 6 a check failed, 70 a bug, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from io import TextIOWrapper

import typer

from brinkline.cli.app import app
from brinkline.cli.terminal import show_error
from brinkline.errors import BrinklineError, UsageError

STOPPED = 130
BUG = 70


def run(arguments: list[str]) -> int:
    """The exit code of ``brinkline`` called with these arguments."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows ASCII alone still shows every table
    try:
        result = app(args=arguments or ["--help"], prog_name="brinkline", standalone_mode=False)
    except BrinklineError as error:
        show_error(error)
        return error.exit_code
    except typer.TyperException as error:
        show_error(UsageError("BL100", error.format_message(), remedy=f"see: {_help_line(arguments)}"))
        return UsageError.exit_code
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("stopped\n")
        return STOPPED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone.
        _silence_output()
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return _report_bug(error, arguments)
        _silence_output()
        show_error(UsageError("BL121", "cannot write: no space left", place="<stdout>", remedy="free space on the disk"))
        return UsageError.exit_code
    except Exception as error:  # noqa: BLE001 - the last net: what reaches it is a bug, told as one
        return _report_bug(error, arguments)
    if result == STOPPED:  # typer turns Ctrl-C inside a command into this code, without a word
        sys.stderr.write("stopped\n")
    return result if isinstance(result, int) else 0


def _silence_output() -> None:
    """Point standard output at nothing, so that the exit does not complain about what is still to be flushed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help_line(arguments: list[str]) -> str:
    """The call that explains the command the user tried, or the program when there was none."""
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    command = arguments[0] if arguments and arguments[0] in known else ""
    return " ".join(part for part in ("brinkline", command, "--help") if part)


def _report_bug(error: Exception, arguments: list[str]) -> int:
    show_error(
        BrinklineError(
            "BL700",
            f"this is a bug in brinkline: {type(error).__name__}: {error}",
            place="called with: " + " ".join(arguments),
            remedy="set BRINKLINE_TRACEBACK=1 to see where, and report it with the input that caused it",
        )
    )
    if os.environ.get("BRINKLINE_TRACEBACK"):
        traceback.print_exception(error, file=sys.stderr)
    return BUG
