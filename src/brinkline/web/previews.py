"""Narratives that somebody looked at but did not add yet: kept in memory for a while, never in the database."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from brinkline.errors import InputError, NotFound
from brinkline.model import Narrative

#: Seconds that a preview is kept, previews kept at most, and characters of all of them together.
KEPT_FOR, MOST, MOST_CHARACTERS = 3600.0, 20, 100_000_000

Given = Narrative | InputError


@dataclass(frozen=True, slots=True)
class Preview:
    """What one form brought, for the session that sent it. ``until`` is a time of the monotonic clock."""

    session: str
    given: tuple[Given, ...]
    until: float

    @property
    def size(self) -> int:
        """Characters of its narratives."""
        return sum(len(item.text) for item in self.given if isinstance(item, Narrative))


class Previews:
    """The previews of a served project; the oldest give way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Preview] = OrderedDict()

    def keep(self, session: str, given: tuple[Given, ...]) -> str:
        """The name of a preview, which only this session can take up again."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._kept[name] = Preview(session, given, time.monotonic() + KEPT_FOR)
            self._clear()
        return name

    def take(self, session: str, name: str) -> tuple[Given, ...]:
        """What a preview held. NotFound BL517 for one that is gone or of another session; it stays until it ends."""
        with self._lock:
            found = self._kept.get(name)
        if found is None or found.session != session or found.until < time.monotonic():
            raise NotFound("BL517", "this preview is gone", remedy="choose the files once more; nothing was stored")
        return found.given

    def drop(self, name: str) -> None:
        """Forget a preview."""
        with self._lock:
            self._kept.pop(name, None)

    def _clear(self) -> None:
        now = time.monotonic()
        for name in [name for name, item in self._kept.items() if item.until < now]:
            del self._kept[name]
        while len(self._kept) > MOST or (len(self._kept) > 1 and sum(p.size for p in self._kept.values()) > MOST_CHARACTERS):
            self._kept.popitem(last=False)


def previews_of(request: Request) -> Previews:
    """The previews of the site that answers a request."""
    return cast(Previews, request.app.state.previews)


ThePreviews = Annotated[Previews, Depends(previews_of)]
