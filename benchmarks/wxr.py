"""``python -m benchmarks.wxr``: a whole site, with proof, on all cores, beside wordpress-export-to-markdown; and the memory.

Everything lies in a temporary folder, also the other program, and goes with it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from benchmarks.processes import Run, run_command, watch_command
from benchmarks.wxr_export import write_export
from benchmarks.wxr_peer import PACKAGE, install_peer

OURS = "wpmigrate: Markdown, JSON, YAML, comments, site; proven"
SPEED = (4_000, 30.0)
MEMORY = (20_000, 120.0)
LARGE = (200_000, 1_200.0)
"""Posts and megabytes of the generated exports."""
Command: TypeAlias = Callable[[str, str], list[str]]
"""Export and output folder in, the words of the command line out."""
MOST = 200
"""Megabytes that no process may exceed."""
GROWTH = 1.2
"""How many times as much the tenfold export may need."""


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wxr", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="which export (default: 7)")
    parser.add_argument("--rounds", type=int, default=2, help="how often each program runs (default: 2; the best counts)")
    parser.add_argument("--only", choices=("speed", "memory"), help="leave the other part out")
    parser.add_argument("--large", action="store_true", help="the memory also with 1.2 GB (takes long, 8 GB of disk)")
    arguments = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory(prefix="wpmigrate-bench-") as folder:
        if arguments.only != "memory":
            missed |= _speed(Path(folder), arguments.seed, arguments.rounds)
        if arguments.only != "speed":
            missed |= _memory(Path(folder), arguments.seed, arguments.large)
    return missed


def _export(folder: Path, seed: int, size: tuple[int, float]) -> str:
    path = folder / "site.xml"
    with open(path, "wb", buffering=1 << 20) as stream:
        items = write_export(stream, seed, *size)
    print(f"\nexport: {path.stat().st_size / 1e6:,.1f} MB, {size[0]:,} posts, {items:,} items, seed {seed}", flush=True)
    return str(path)


def _ours(export: str, output: str) -> list[str]:
    return [os.path.join(os.path.dirname(sys.executable), "wpmigrate"), "convert", export, output, "--quiet"]


def _speed(folder: Path, seed: int, rounds: int) -> bool:
    """Compare; say whether ours was slower than the other program as it is delivered."""
    export = _export(folder, seed, SPEED)
    programs: dict[str, Command] = {OURS: _ours, **_peers(folder)}
    runs: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(rounds):  # in turn, so that a slow moment of the machine hits all
        for name, command in programs.items():
            # Into a new folder each: where files were deleted a moment ago, ext4 is slow to make new ones.
            output = folder / f"output-{len(runs[name])}-{len(name)}"
            runs[name].append(run_command(command(export, str(output))))
    print(f"\n{_processors()} processors; best of {rounds}\n\n{'':58}{'seconds':>9}{'processor':>11}")
    ours, *others = [_told(name, min(found)) for name, found in runs.items()]
    for name, other in zip([*runs][1:], others, strict=True):
        print(f"{name} takes {other.seconds / ours.seconds:.2f} × our time")
    return bool(others) and others[0].seconds <= ours.seconds


def _peers(folder: Path) -> dict[str, Command]:
    """Return the other program: as it is delivered, which must be slower than ours, and without its pause."""
    peer = install_peer(folder / "npm")
    if peer is None:
        return {}
    name = f"{PACKAGE} {peer.version}"
    commands: dict[str, Command] = {f"{name}: Markdown": peer.command}
    bare = peer.without_pause()
    if bare is not None:
        commands[f"{name}, its pauses taken out"] = bare.command
    return commands


def _told(name: str, run: Run) -> Run:
    print(f"{name:58}{run.seconds:>9.1f}{run.processor:>11.1f}")
    return run


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory(folder: Path, seed: int, large: bool) -> bool:
    """Measure the processes of one conversion, or two; say whether one needs more than it may."""
    peaks = [_peak(folder, seed, size) for size in ((MEMORY, LARGE) if large else (MEMORY,))]
    missed = peaks[0] > MOST
    print(f"\nthe largest process took {peaks[0]:.0f} MB (must be under {MOST})")
    if large:
        print(f"with the tenfold export {peaks[1] / peaks[0]:.2f} × as much (must be under {GROWTH})")
        missed |= peaks[1] > GROWTH * peaks[0]
    return missed


def _peak(folder: Path, seed: int, size: tuple[int, float]) -> float:
    export = _export(folder, seed, size)
    output = str(folder / f"output-{size[0]}")
    run = watch_command(_ours(export, output))
    shutil.rmtree(output)
    print(f"{run.seconds:.0f} s; peak: parent {run.parent:.0f} MB, largest worker {run.worker:.0f} MB,", end=" ")
    print(f"all together (pages shared count once) {run.together:.0f} MB", flush=True)
    return max(run.parent, run.worker)


if __name__ == "__main__":
    sys.exit(main())
