"""How a process that converts page after page treats its memory."""

from __future__ import annotations

import contextlib
import gc
from typing import Final

__all__ = ["settle_heap"]

_MALLOPT: Final = (
    (-1, 256 << 20, "M_TRIM_THRESHOLD: what one page gives back, the next one takes again"),
    (-2, 16 << 20, "M_TOP_PAD: and takes in large pieces"),
    (-3, 32 << 20, "M_MMAP_THRESHOLD: the trees of parsers are in the heap too (the largest value that glibc takes)"),
)
"""Option of glibc's ``mallopt`` (malloc.h), value in bytes, why. Without them every page costs a dozen page faults."""


def settle_heap() -> None:
    """Set the garbage collector and the C library's allocator up for many pages, one after the other.

    What exists is not looked at by the collector any more: call it once, when everything is imported. Where the C library is
    not glibc its allocator stays as it is.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # a page makes many objects and no cycles: looking for them costs a tenth of the time
    with contextlib.suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes

        mallopt = ctypes.CDLL(None).mallopt
        for option, size, _ in _MALLOPT:
            mallopt(option, size)
