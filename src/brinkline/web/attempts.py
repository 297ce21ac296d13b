"""How often somebody may try to sign in: a few times for each name and each address, then not for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

#: Attempts for one name, and from one address (behind which a whole office may sit), in so many seconds.
FOR_NAME, FROM_ADDRESS, SECONDS = 6, 40, 600.0
#: Names and addresses remembered at most; the oldest go first.
_MOST = 10_000


class Attempts:
    """The attempts of the last minutes, in memory: a restart forgets them. An attempt counts before it is made, so that many
    at one moment cannot slip through; a good one wipes the count of its name."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, str], list[float]] = OrderedDict()

    def wait(self, name: str, address: str) -> int:
        """Count an attempt. Seconds to wait before one is allowed, 0 when this one is."""
        now = self._clock()
        with self._lock:
            kept = [(self._recent(key, now), most) for key, most in _limits(name, address)]
            blocked = [times[-most] for times, most in kept if len(times) >= most]
            if blocked:
                return max(1, round(max(blocked) + SECONDS - now))
            for times, _ in kept:
                times.append(now)
            while len(self._seen) > _MOST:
                self._seen.popitem(last=False)
            return 0

    def forget(self, name: str) -> None:
        """Wipe the count of a name after a good attempt."""
        with self._lock:
            self._seen.pop(("name", name.casefold()), None)

    def _recent(self, key: tuple[str, str], now: float) -> list[float]:
        times = self._seen.setdefault(key, [])
        self._seen.move_to_end(key)
        times[:] = [moment for moment in times if moment > now - SECONDS]
        return times


def _limits(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return (("name", name.casefold()[:200]), FOR_NAME), (("address", address), FROM_ADDRESS)
