"""All errors brinkline raises: one tree, each with a stable code, the place and the remedy.

    BrinklineError                 exit  what went wrong
    ├── UsageError                   2   the call makes no sense (unknown setting, format, option)
    │   └── MissingExtra             2   an optional library is not installed
    ├── InputError                   3   an input cannot be read or is invalid
    ├── ProjectError                 4   a project or its database cannot be used
    ├── NotFound                     5   what was asked for is not there
    └── CheckFailed                  6   a check the user asked for did not hold

Codes: BL1xx usage, BL2xx input, BL3xx warnings in a narrative (never raised), BL4xx project, BL5xx not found,
BL6xx checks. ``docs/errors.md`` lists every code; a test keeps the two together.
"""

from __future__ import annotations


class BrinklineError(Exception):
    """What went wrong, where (``place``) and what to do about it (``remedy``); printed as three lines."""

    exit_code = 70

    def __init__(self, code: str, message: str, *, place: str = "", remedy: str = "") -> None:
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        lines = [f"error[{self.code}]: {self.message}"]
        lines += [f"  {line}" for line in (self.place, self.remedy) if line]
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders (worker processes of a batch) with all their parts."""
        return _rebuild, (type(self), self.code, self.message, self.place, self.remedy)


def _rebuild(kind: type[BrinklineError], code: str, message: str, place: str, remedy: str) -> BrinklineError:
    return kind(code, message, place=place, remedy=remedy)


class UsageError(BrinklineError):
    """The call makes no sense: an unknown setting, format or option."""

    exit_code = 2


class MissingExtra(UsageError):
    """An optional library is not installed; the remedy is the line that installs it."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(
            "BL110",
            f"{what} needs the optional part [{extra}], which is not installed",
            remedy=f"install it with: pip install 'brinkline[{extra}]'",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (UsageError, self.code, self.message, self.place, self.remedy)


class InputError(BrinklineError):
    """An input cannot be read or is invalid."""

    exit_code = 3


class ProjectError(BrinklineError):
    """A project or its database cannot be used."""

    exit_code = 4


class NotFound(BrinklineError):
    """What was asked for is not there."""

    exit_code = 5


class CheckFailed(BrinklineError):
    """A check the user asked for did not hold."""

    exit_code = 6
