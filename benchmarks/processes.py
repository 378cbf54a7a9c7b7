"""Running a command and watching it: wall-clock and processor time, and the memory of each of its processes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

__all__ = ["Run", "run_command", "watch_command"]

_PAUSE = 0.2
"""Seconds between two looks. The peak that the system keeps (VmHWM) only grows, so a look a little late misses little."""


class Run(NamedTuple):
    """What a command used."""

    seconds: float
    """Wall-clock time."""
    processor: float
    """Processor time of it and all its processes, of the user and the system."""
    parent: float = 0.0
    """Peak resident memory of the command's own process, in MB."""
    worker: float = 0.0
    """The same of its largest child process; 0 when it had none, or where /proc is missing."""
    together: float = 0.0
    """Peak over time of the proportional memory (PSS) of all its processes; pages that they share count once."""


def run_command(command: list[str]) -> Run:
    """Run ``command``, its output unseen. Raises SystemExit when it fails."""
    return _watched(command, look=False)


def watch_command(command: list[str]) -> Run:
    """Do the same and look at the memory of the command and its children again and again."""
    return _watched(command, look=True)


def _watched(command: list[str], look: bool) -> Run:
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    worker = together = 0.0
    status, usage = 0, None
    while usage is None:
        if look:
            largest, whole = _memory(child.pid)
            worker, together = max(worker, largest), max(together, whole)
            time.sleep(_PAUSE)
        pid, status, found = os.wait4(child.pid, os.WNOHANG if look else 0)
        usage = found if pid else None
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, worker, together)


def _memory(pid: int) -> tuple[float, float]:
    """Return the peak of the largest child so far, and what all processes have now, in MB."""
    largest = whole = 0.0
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (*children, str(pid)):
            with contextlib.suppress(OSError):  # it may end at any moment
                whole += _field(f"/proc/{one}/smaps_rollup", "Pss:")
                largest = max(largest, _field(f"/proc/{one}/status", "VmHWM:")) if one != str(pid) else largest
    return largest, whole


def _field(path: str, name: str) -> float:
    for line in Path(path).read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
