"""Passwords: hashed with argon2id, checked in the same time whether or not there is such a person, and not too easy."""

from __future__ import annotations

import functools
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from brinkline.errors import UsageError

#: Characters of a password at least (NIST SP 800-63B, section 3.1.1: no rules about kinds of characters) and at most.
SHORTEST, LONGEST = 10, 200
#: The parameters of RFC 9106, section 4, for little memory (64 MiB a check).
_HASHER = PasswordHasher()
#: Checks at one time: more would let a crowd of attempts take the memory of the machine.
_AT_ONCE = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """What the project keeps of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_tidy(password))


def is_right(known: str | None, password: str) -> bool:
    """Whether a password fits what the project keeps. Without anything to compare (no such person, no password yet) the work
    is the same, so that the time of the answer tells nobody who is in the project."""
    with _AT_ONCE:
        try:
            _HASHER.verify(known or _nobody(), _tidy(password)[: 4 * LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return known is not None


def check_new(password: str, again: str, name: str) -> None:
    """UsageError BL157 for a new password that is too short or long, holds little but the name, or was typed differently."""
    tidy = _tidy(password)
    if password != again:
        raise UsageError("BL157", "the two passwords are not the same", remedy="type it once more")
    if not SHORTEST <= len(tidy) <= LONGEST:
        raise UsageError("BL157", f"a password has {SHORTEST} to {LONGEST} characters", remedy="a few words in a row do well")
    left = tidy.casefold().replace(name.casefold(), "")
    if len(set(left)) < 5:
        raise UsageError("BL157", "that password is too easy to guess", remedy="a few words in a row do well")


@functools.cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _tidy(password: str) -> str:
    """One form for characters that can be typed in several ways (NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
