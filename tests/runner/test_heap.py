"""A process that converts many pages: its collector looks seldom, and its allocator takes what it is told."""

from __future__ import annotations

import subprocess
import sys

CHECK = """
import gc, sys
from wpmigrate.runner.heap import settle_heap
before = gc.get_freeze_count()
settle_heap()
assert gc.get_freeze_count() > before
assert gc.get_threshold() == (50_000, 20, 100)
"""

REFUSED = """
import sys
sys.modules["ctypes"] = None  # as where there is none
from wpmigrate.runner.heap import settle_heap
settle_heap()
"""

TAKEN = """
import ctypes
from wpmigrate.runner import heap
taken = []

class Library:
    @staticmethod
    def mallopt(option, size):
        taken.append((option, size))

ctypes.CDLL = lambda name: Library
heap.settle_heap()
assert [option for option, _ in taken] == [-1, -2, -3], taken
assert all(0 < size < 1 << 31 for _, size in taken)
"""


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_collector_looks_seldom() -> None:
    run(CHECK)


def test_without_a_c_library_to_ask_nothing_happens() -> None:
    run(REFUSED)


def test_the_allocator_is_told() -> None:
    run(TAKEN)
