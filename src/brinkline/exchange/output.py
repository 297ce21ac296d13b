"""Files that appear whole or not at all: written beside their place under a hidden name, then renamed into it.

Whatever stops the writing (an error, a full disk, Ctrl-C) leaves the file that stood there before untouched and removes
the unfinished one. Only the sudden end of the process leaves a hidden ``.NAME.part`` behind, never a half ``NAME``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from brinkline.errors import UsageError

#: Errors that only writing gives: no space, quota used up, file too large, read-only file system.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


def write_whole(path: str | Path, data: str | bytes) -> Path:
    """The path, after ``data`` (text as UTF-8) was put there whole. UsageError BL121 when it cannot be written."""
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    with whole_file(path) as stream:
        stream.buffer.write(raw)
    return Path(path)


@contextlib.contextmanager
def whole_file(path: str | Path, *, keep: Iterable[str | Path] = ()) -> Iterator[TextIO]:
    """A text stream (UTF-8, "\\n" as line end) whose content appears at ``path`` when the block ends without an error.

    Files to ``keep`` are never written to: UsageError BL123. A lone surrogate, which UTF-8 cannot hold, is written as
    ``\\udXXX``; inside a JSON string that is its proper spelling.
    Something that is no regular file (``/dev/null``, a named pipe) is written to directly.
    """
    with whole_files(keep=keep) as open_file:
        yield open_file(Path(path))


@contextlib.contextmanager
def whole_files(*, keep: Iterable[str | Path] = ()) -> Iterator[Opener]:
    """A function that opens one file after the other; all of them appear when the block ends, or none after an error.

    Files to ``keep`` are never written to: UsageError BL123.
    """
    opener = Opener(keep)
    try:
        yield opener
        opener.finish()
    except BaseException as error:
        opener.discard()
        if isinstance(error, OSError) and error.errno in _FULL:
            with _told(opener.last):
                raise
        raise


class Opener:
    """The unfinished files of one block: target, hidden part and stream of each (None where a library writes the part)."""

    def __init__(self, keep: Iterable[str | Path] = ()) -> None:
        self._open: list[tuple[Path, Path | None, TextIO | None]] = []
        self._keep = frozenset(os.path.realpath(path) for path in keep)
        self.last = Path()

    def __call__(self, path: Path) -> TextIO:
        """A stream that will become ``path``; a symbolic link is followed, so the link stays a link."""
        target = self._target(path)
        with _told(path):
            if target.exists() and not target.is_file():
                stream = target.open("w", encoding="utf-8", errors="backslashreplace", newline="")
                self._open.append((target, None, stream))
                return stream
            part, number = _new_part(target)
            stream = os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace", newline="")
            self._open.append((target, part, stream))
        return stream

    def part(self, path: Path) -> Path:
        """A new, empty, hidden file that will become ``path``, for a library that writes to a name and not to a stream."""
        target = self._target(path)
        with _told(path):
            if target.exists() and not target.is_file():
                raise FileExistsError(errno.EEXIST, "it is no file that can be replaced")
            part, number = _new_part(target)
            os.close(number)
            self._open.append((target, part, None))
        return part

    def _target(self, path: Path) -> Path:
        """Where ``path`` leads, when it may be written to."""
        target = Path(os.path.realpath(path))
        self.last = path
        if str(target) in self._keep:
            raise UsageError(
                "BL123", "the output would overwrite an input", place=str(path), remedy="name another file or folder with --out"
            )
        with _told(path):
            if target.is_dir():
                raise IsADirectoryError(21, "it is a folder")
        return target

    def finish(self) -> None:
        """Flush all parts to the disk, then rename each into place."""
        for target, part, stream in self._open:
            with _told(target):
                if stream is not None:
                    stream.flush()
                if part is not None:
                    _sync(part)
                if stream is not None:
                    stream.close()
        for target, part, _ in self._open:
            if part is not None:
                with _told(target):
                    os.replace(part, target)

    def discard(self) -> None:
        """Close and remove what is unfinished; errors of closing do not hide the error that brought us here."""
        for _, part, stream in self._open:
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
            if part is not None:
                part.unlink(missing_ok=True)


def _sync(part: Path) -> None:
    number = os.open(part, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _new_part(target: Path) -> tuple[Path, int]:
    """A hidden file beside the target, new and open for writing, with the mode of the file it will replace."""
    number = 0
    while True:
        part = target.with_name(f".{target.name}.{os.getpid()}-{number}.part")
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            number += 1
            continue
        if target.exists():
            with contextlib.suppress(OSError):
                os.chmod(part, stat.S_IMODE(target.stat().st_mode))
        return part, handle


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Failures of the file system as one kind of error, with the remedy for the usual ones."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            "BL121", f"cannot write: {(error.strerror or str(error)).lower()}", place=str(path), remedy=_remedy(error, path)
        ) from error


def _remedy(error: OSError, path: Path) -> str:
    match error:
        case FileNotFoundError():
            return f"make the folder first: {path.parent}"
        case PermissionError():
            return "choose a place you may write to"
        case IsADirectoryError() | NotADirectoryError():
            return "name a file in an existing folder"
        case _:
            return "free space, or choose another place"
