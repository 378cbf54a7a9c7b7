"""The temporary folder of a run: unpacked exports and the index, which hold drafts and readers' addresses."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

__all__ = ["take_lock", "workspace"]

_PREFIX = "wpmigrate-run-"
_LOCK = "lock"


@contextlib.contextmanager
def workspace() -> Iterator[str]:
    """Give a temporary folder that only this user can read, and remove it at the end. TMPDIR says where it is made.

    What a killed run left there is removed first: nobody holds its lock any more.
    """
    if sys.platform != "win32":
        _sweep(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder, _locked(folder):
        yield folder


@contextlib.contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Hold the lock of ``folder``. It gets its name only when it is held: a run that begins now must not find it free."""
    unnamed = os.path.join(folder, f"{_LOCK}.new")
    with open(unnamed, "wb") as file:
        take_lock(file.fileno())
        if sys.platform != "win32":
            os.rename(unnamed, os.path.join(folder, _LOCK))
        yield


def take_lock(handle: int) -> bool:
    """Take the lock of an open file and say whether it was free; where there are no such locks it never is.

    It is given back when the file is closed, also by the end of a killed process.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep(place: str) -> None:
    with contextlib.suppress(OSError), os.scandir(place) as listing:
        for thing in listing:
            if thing.name.startswith(_PREFIX) and thing.is_dir(follow_symlinks=False):
                _remove_if_left(thing.path)


def _remove_if_left(folder: str) -> None:
    with contextlib.suppress(OSError):
        if os.stat(folder).st_uid == os.getuid():
            with open(os.path.join(folder, _LOCK), "r+b") as file:
                if take_lock(file.fileno()):
                    shutil.rmtree(folder, ignore_errors=True)
