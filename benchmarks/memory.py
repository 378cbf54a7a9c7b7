"""``python -m benchmarks.memory``: is the peak of the memory flat in the number of pages?"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PARAGRAPH = (
    "About ~16 words that stand for a page, with <strong>bold</strong> and <em>stress</em>,\n"
    'a <a href="http://example.org/{number}?a=1&amp;b=2">link {number}</a> and a break.\n\n'
)
PAGE = "---\nlayout: post\ntitle: Page {number}\nstatus: publish\nwordpress_id: {number}\n---\n<h2>Part</h2>\n"


def main() -> int:
    """Convert few and many generated pages, each in a new process; 1 when the peak grows by more than half."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--pages", type=int, nargs=2, default=[1_000, 10_000], metavar=("FEW", "MANY"))
    parser.add_argument("--jobs", default="1", help="worker processes (default: 1; 0: as the program chooses)")
    arguments = parser.parse_args()
    peaks = [peak_megabytes(count, arguments.jobs) for count in arguments.pages]
    for count, peak in zip(arguments.pages, peaks, strict=True):
        print(f"{count:>7} pages: the largest process took {peak:.0f} MB at its peak")
    print(f"ratio {peaks[1] / peaks[0]:.2f} (must be under 1.5)")
    return peaks[1] > 1.5 * peaks[0]


def peak_megabytes(count: int, jobs: str) -> float:
    """Return the peak of the largest process of a conversion of ``count`` pages."""
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder, "in"), count)
        program = os.path.join(os.path.dirname(sys.executable), "wpmigrate")
        command = [program, "convert", f"{folder}/in", f"{folder}/out", "--jobs", jobs, "--quiet"]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def write_pages(folder: Path, count: int) -> None:
    """Write pages of about 3 kB, a hundred to a folder."""
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"page-{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((PAGE + PARAGRAPH * 16).format(number=number), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
