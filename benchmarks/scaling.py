"""``python -m benchmarks.scaling [NAME ...]``: does time grow as the input grows?

Each nasty input goes through every stage at half of its size and at the whole, each in a process of its own with a
limit of time. The ratio of the two times is about 2 when a stage is linear and about 4 when it is quadratic.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

from benchmarks.nasty import NASTY, page

LIMIT_SECONDS = 60
SUSPECT = 3.0
"""A ratio from here on is marked; below, it is noise and caches."""
TOO_SHORT = 0.05
"""Seconds; a ratio of shorter times says nothing."""


def main() -> int:
    """Measure and print; 1 when a case is not linear, crashes or takes too long."""
    arguments = _arguments()
    if arguments.size:
        print(json.dumps(measure(arguments.names[0], arguments.size)))
        return 0
    print(f"{'':26}{'size':>10}  seconds at that size (ratio to half of it)")
    suspects = [name for name in arguments.names or NASTY if not _print_case(name, arguments.scale)]
    print("\nall linear" if not suspects else f"\nlook at: {', '.join(suspects)}")
    return bool(suspects)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which inputs (default: all)")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full sizes (default: 1)")
    parser.add_argument("--size", type=int, default=0, help=argparse.SUPPRESS)  # for the child
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in NASTY]
    if unknown:
        parser.error(f"no such input: {', '.join(unknown)}; there are: {', '.join(NASTY)}")
    return arguments


def measure(name: str, size: int) -> dict[str, float]:
    """Return the seconds of each stage for one input; an EntryError ends a page early and is no failure."""
    from benchmarks import pipeline
    from wpmigrate.errors import EntryError
    from wpmigrate.options import FORMATS

    pipeline.whole_job("warm-up.html", page("<p>warm-up</p>"))
    seconds: dict[str, float] = {}
    clock = time.process_time
    marks = [clock()]

    def done(stage: str) -> None:
        marks.append(clock())
        seconds[stage] = marks[-1] - marks[-2]

    data = page(NASTY[name][1](size))
    marks[-1] = clock()
    try:
        source = pipeline.extract("nasty.html", data)
        done("extract")
        entry = pipeline.normalize(source)
        done("normalize")
        files = pipeline.write(entry, FORMATS, pipeline.take_verbatim(entry))
        done("write")
        pipeline.verify(source, entry, files)
        done("verify")
    except EntryError as error:
        done(f"refused ({error})")
    return seconds


def _print_case(name: str, scale: float) -> bool:
    """Print the row of one input; whether it is well."""
    size = max(2, int(NASTY[name][0] * scale))
    print(f"{name:26}{size:>10}", end="  ", flush=True)
    half, whole = _child(name, size // 2), _child(name, size)
    failed = next((result for result in (half, whole) if isinstance(result, str)), None)
    if isinstance(half, str) or isinstance(whole, str):
        print(failed)
        return False
    ratios = {stage: whole[stage] / half[stage] for stage in whole if stage in half and whole[stage] > TOO_SHORT}
    print("  ".join(_cell(stage, seconds, ratios.get(stage)) for stage, seconds in whole.items()))
    return all(ratio < SUSPECT for ratio in ratios.values())


def _cell(stage: str, seconds: float, ratio: float | None) -> str:
    if ratio is None:
        return f"{stage} {seconds:.3f}"
    return f"{stage} {seconds:.3f} ({ratio:.1f}{' !' if ratio >= SUSPECT else ''})"


def _child(name: str, size: int) -> dict[str, float] | str:
    """Measure in a new process; return the seconds, or in words why there are none."""
    command = [sys.executable, "-m", "benchmarks.scaling", "--size", str(size), "--", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        return f"size {size}: not done after {LIMIT_SECONDS} s"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return f"size {size}: {last[:150]}"
    result: dict[str, float] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    sys.exit(main())
