"""``make test-sites``: install every builder, build and prove with each, and say at the end what went wrong.

``python tests/sites/run.py [NAME…]``; a NAME is that of a file ``test_NAME.py``. One that fails does not keep the others
from running, two run at a time, and each is a pytest of its own. Exits 1 when one could not be installed or failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from builders import BUILDERS
from install import InstallError, install

HERE = Path(__file__).resolve().parent
AT_A_TIME = 2
_installing = threading.Lock()  # apt and the shared Node bear one at a time


def main(names: list[str]) -> int:
    """Run the tests of ``names`` (none: all that build) and return the exit code."""
    chosen = names or [name for name, builder in BUILDERS.items() if builder.build or (HERE / f"test_{name}.py").exists()]
    unknown = [name for name in chosen if name not in BUILDERS]
    if unknown:
        sys.exit(f"{', '.join(unknown)}: no such builder; there are {', '.join(BUILDERS)}")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        problems = [problem for problem in pool.map(_run, chosen) if problem]
    if problems:
        print("\n" + "=" * 60, *problems, "=" * 60, sep="\n", flush=True)
        return 1
    return 0


def _run(name: str) -> str:
    """Install and test one builder; print its output in one piece; return what went wrong, or nothing."""
    begun = time.monotonic()
    try:
        with _installing:
            install(name)
    except InstallError as error:
        return f"COULD NOT INSTALL {name.upper()}: {error}"
    ready = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-m", "sites", str(HERE / f"test_{name}.py")]
    shown_whole = {**os.environ, "CI": "1"}  # else pytest cuts what is lost after eight lines
    tests = subprocess.run(
        command, cwd=HERE.parents[1], env=shown_whole, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    took = f"installed in {ready - begun:.0f} s, tested in {time.monotonic() - ready:.0f} s"
    print(f"--- {name}: {took}\n{tests.stdout}{tests.stderr}", flush=True)
    return f"{name}: tests failed (see above)" if tests.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
