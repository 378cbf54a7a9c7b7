"""Timing that treats everybody alike."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable

__all__ = ["best_seconds", "cpu_seconds", "pin_to_one_core"]


def pin_to_one_core() -> str:
    """Keep this process, and those it starts, on one core; return what was done, in words."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned: this system cannot"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core}"


def cpu_seconds(task: Callable[[], object]) -> float:
    """Return the processor time of one run of ``task``.

    Processor time, because other work on the machine does not count in it. The garbage collector stays on, as it is
    for a user, but what stood before the run is set aside, so that nobody pays for what another one keeps.
    """
    gc.collect()
    gc.freeze()
    begin = time.process_time()
    task()
    seconds = time.process_time() - begin
    gc.unfreeze()
    return seconds


def best_seconds(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the best time of each task over ``rounds``, after a round to warm up.

    Every round runs every task once: a slow moment of the machine hits all alike.
    """
    best = dict.fromkeys(tasks, float("inf"))
    for number in range(rounds + 1):
        for name, task in tasks.items():
            seconds = cpu_seconds(task)
            if number:
                best[name] = min(best[name], seconds)
    return best
