"""``python -m benchmarks [FOLDER]``: one process, one core, all stages and the other converters in the same run."""

from __future__ import annotations

import argparse
import cProfile
import platform
import pstats
import resource
import sys
from collections.abc import Callable

from benchmarks.pipeline import Page, prepare, read_pages, stages
from benchmarks.startup import startup_seconds
from benchmarks.timing import best_seconds, pin_to_one_core
from wpmigrate.runner.heap import settle_heap

GOALS = (
    ("conversion proper", "html2text", 1.5, 2.5),
    ("whole job", "markdownify", 1.2, 2.0),
)
"""What is compared with whom, how many times as fast it must be, and how many times it should be."""


def main() -> int:
    """Measure and print; 1 when no page went through."""
    arguments = _arguments()
    pinned = pin_to_one_core()
    settle_heap()  # as a worker does; all are measured in this process
    pages, statuses, raised = prepare(read_pages(arguments.folder))
    for path, why in raised.items():
        print(f"not measured: {path}: {why.splitlines()[0][:120]}", file=sys.stderr)
    if not pages:
        print(f"{arguments.folder}: no page went through, nothing to measure", file=sys.stderr)
        return 1
    if arguments.profile:
        _profile(stages(pages)[arguments.profile])
        return 0
    counted = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    print(f"{len(pages)} pages ({counted}; the skipped are not measured), {_bytes(pages) / 1e6:.2f} MB of source,")
    print(f"{_bytes(pages) / len(pages) / 1000:.1f} kB a page; Python {platform.python_version()}, {pinned};", end=" ")
    print(f"processor time, best of {arguments.rounds}\n")
    _print_tables(pages, arguments.rounds)
    _print_startup()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("folder", nargs="?", default="input", help="the pages (default: input)")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (default: 5)")
    parser.add_argument(
        "--profile", metavar="STAGE", choices=stages([]), help="say where one stage's time goes, and nothing else"
    )
    return parser.parse_args()


def _profile(stage: Callable[[], object]) -> None:
    stage()  # to warm up
    profile = cProfile.Profile()
    profile.runcall(stage)
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(30)


def _print_tables(pages: list[Page], rounds: int) -> None:
    """Ours alone for the peak of the memory, then ours and the others in turn for the times."""
    ours = stages(pages)
    ours["whole job"]()
    peak = _peak_megabytes()
    from benchmarks.rivals import rival_tasks  # not before the peak is read

    rivals, failures = rival_tasks([page.source.body for page in pages])
    tasks: dict[str, Callable[[], object]] = {**ours, **rivals}
    best = best_seconds(tasks, rounds)
    print(f"{'':20}{'ms/page':>10}{'pages/s':>10}{'MB/s':>8}")
    for name, seconds in best.items():
        note = f"   raises on {failures[name]} pages" if failures.get(name) else ""
        print(_row(name, seconds, pages) + note)
    print()
    for name, rival, least, aim in GOALS:
        ratio = best[rival] / best[name]
        print(f"{name} is {ratio:.2f} × as fast as {rival} (must be {least}, should be {aim})")
    unwrapped = best["html2text, unwrapped"] / best["conversion proper"]
    print(f"conversion proper is {unwrapped:.2f} × as fast as html2text without line wrapping")
    print(f"peak memory of this process, with all pages held at every stage: {peak:.0f} MB")


def _row(name: str, seconds: float, pages: list[Page]) -> str:
    count = len(pages)
    return f"{name:20}{seconds / count * 1e3:>10.3f}{count / seconds:>10.0f}{_bytes(pages) / seconds / 1e6:>8.2f}"


def _bytes(pages: list[Page]) -> int:
    return sum(len(page.data) for page in pages)


def _peak_megabytes() -> float:
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _print_startup() -> None:
    best = startup_seconds()
    ours, click = best.values()
    listed = ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in best.items())
    print(f"start-up: {listed}: {ours / click:.2f} × (must be under 2)")


if __name__ == "__main__":
    sys.exit(main())
