"""Being polite to hosts, over all workers: a rate for each, pauses that a host asks for, and giving up on a dead one."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["Hosts"]

_DEAD_AFTER = 8
"""Files in a row that could not even be asked for, until a host counts as dead."""


class Hosts:
    """What all workers know of the hosts that they ask. Safe between threads."""

    def __init__(self, rate: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Allow ``rate`` requests a second to each host (0: any number), by ``clock`` (seconds that only grow) and ``sleep``."""
        self._gap = 1 / rate if rate > 0 else 0.0
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}
        self._silent: dict[str, int] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Sleep until ``host`` may be asked again."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + self._gap
        if turn > now:
            self._sleep(turn - now)

    def pause(self, host: str, seconds: float) -> None:
        """Let nobody ask ``host`` for ``seconds``: it said so itself."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), self._clock() + seconds)

    def answered(self, host: str) -> None:
        """Note that ``host`` gave an answer, whatever it was."""
        with self._lock:
            self._silent.pop(host, None)

    def silent(self, host: str) -> None:
        """Note that ``host`` gave no answer for one file, after all tries."""
        with self._lock:
            self._silent[host] = self._silent.get(host, 0) + 1

    def is_dead(self, host: str) -> bool:
        """Say whether ``host`` has been silent so often that asking it again wastes everybody's time."""
        return self._silent.get(host, 0) >= _DEAD_AFTER
