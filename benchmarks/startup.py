"""How long the program takes to say its help, beside importing click alone."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

__all__ = ["startup_seconds"]

COMMANDS = {
    "wpmigrate --help": [os.path.join(os.path.dirname(sys.executable), "wpmigrate"), "--help"],
    "import click": [sys.executable, "-c", "import click"],
}


def startup_seconds(rounds: int = 15) -> dict[str, float]:
    """Return the best processor time of each command, in turn, after one run to warm up."""
    best = dict.fromkeys(COMMANDS, float("inf"))
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            seconds = _child_seconds(command)
            if number:
                best[name] = min(best[name], seconds)
    return best


def _child_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
