"""What a person is told when a run ends otherwise than it should: one line, never a traceback; and which exit code that is."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from wpmigrate.errors import WpmigrateError

__all__ = ["Ended", "explain", "polite_end", "printable_streams"]

_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGTERM", "SIGHUP")  # docker stop, a job of CI that is cancelled; a closed terminal
    if hasattr(signal, name)
)
_TRAIL = 3
"""Places in the program that are named for a mistake of ours."""


class Ended(KeyboardInterrupt):
    """The process was told to end; what it holds is tidied up as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def polite_end() -> Iterator[None]:
    """Raise Ended where the process is told to end, once: the second time it ends at once. What is ignored (nohup) stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [number for number in _SIGNALS if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)


def explain(error: BaseException) -> tuple[str, int]:
    """Return the line for ``error`` and the exit code."""
    if isinstance(error, WpmigrateError):
        return f"Error: {error}", error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return _interrupted(error.number if isinstance(error, Ended) else signal.SIGINT)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"Error: {where}{error.strerror or error}: check the path, its permissions and the disk", 2
    if type(error).__module__ == "sqlite3":
        import tempfile

        return f"Error: {tempfile.gettempdir()}: {error}: make room, or let TMPDIR name another folder", 2
    if isinstance(error, MemoryError):
        return "Error: the memory of this machine is used up: convert fewer files at once, or use --jobs 1", 2
    return (
        f"Error: this is our bug: {type(error).__name__}: {error} ({_trail(error)}); "
        "please report it, with the command, in the project's issue tracker. What is written stays",
        1,
    )


def _interrupted(number: int) -> tuple[str, int]:
    return "Interrupted. What is written stays; run the same command again to go on.", 128 + number


def _trail(error: BaseException) -> str:
    """Return where ``error`` was raised, and from where that was called."""
    import traceback

    places = traceback.extract_tb(error.__traceback__)[-_TRAIL:]
    names = ("/".join(place.filename.replace("\\", "/").split("/")[-2:]) for place in places)
    return ", in ".join(f"{name} line {place.lineno}" for name, place in zip(names, places, strict=True))


def printable_streams() -> None:
    """Let stdout and stderr show what their encoding lacks as escapes: the name of a file must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
