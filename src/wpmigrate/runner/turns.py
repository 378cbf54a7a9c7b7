"""One run at a time in an output folder: a lock on the folder itself, so that no file is left of it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from wpmigrate.errors import UsageError
from wpmigrate.runner.storage import is_url

__all__ = ["reading_turn", "writing_turn"]

_held: set[int] = set()
"""Handles of the folders that this process has locked."""


@contextlib.contextmanager
def writing_turn(folder: str) -> Iterator[None]:
    """Keep every other run out of the output ``folder``, which is made; one that stays empty goes again.

    Raises UsageError when another run is at work there, OSError. At an address there are no locks.
    """
    if is_url(folder):
        yield
        return
    fresh = not os.path.lexists(folder)
    os.makedirs(folder, exist_ok=True)
    try:
        with _locked(folder, shared=False):
            yield
    finally:
        if fresh:
            with contextlib.suppress(OSError):  # it has something in it
                os.rmdir(folder)


@contextlib.contextmanager
def reading_turn(folder: str) -> Iterator[None]:
    """Keep who writes out of the output ``folder``, if there is one. Raises as :func:`writing_turn` does."""
    if is_url(folder) or not os.path.isdir(folder):
        yield
        return
    with _locked(folder, shared=True):
        yield


@contextlib.contextmanager
def _locked(folder: str, shared: bool) -> Iterator[None]:
    if sys.platform == "win32":  # a folder cannot be opened there; the state has a lock of its own
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    _held.add(handle)
    try:
        with contextlib.suppress(OSError):  # a file system without such locks
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(
                    f"another run is at work in {folder}: wait for its end, then run again"
                ) from None
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


def _let_go() -> None:
    """In a forked worker: the lock is the parent's alone, and ends with it."""
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
