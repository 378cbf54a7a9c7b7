"""Which files of OUTPUT/media are whose: an SQLite file beside them with a row for each.

A row is committed when its file is whole and at its place, so that a run that is killed loses nothing that is done. A file
without a row is a stranger's: nothing writes over it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeAlias

import msgspec

from wpmigrate.errors import UsageError

__all__ = ["MEDIA_STATE_NAME", "How", "MediaFile", "MediaState", "stamp_of"]

MEDIA_STATE_NAME = ".wpmigrate-media.sqlite"
"""The file in the output folder."""

How: TypeAlias = Literal["taken", "downloaded"]
"""taken: from a copy of the uploads; downloaded: from the old site."""

_FORMAT = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS file (place TEXT PRIMARY KEY, site TEXT NOT NULL, key TEXT NOT NULL, how TEXT NOT NULL,
    sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, stamp TEXT NOT NULL, source TEXT NOT NULL, etag TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""
_PAGE = 500


class MediaFile(msgspec.Struct, frozen=True):
    """A file that wpmigrate put into OUTPUT/media."""

    place: str
    """Relative to the output folder: ``media/2012/04/photo.jpg``."""
    site: str
    """Which site it is of, as media.json names it."""
    key: str
    """Its key there."""
    how: How
    """Where it came from."""
    sha256: str
    """Of its bytes, in hex."""
    bytes: int
    """How many."""
    stamp: str = ""
    """Size and time of the file at its place when it was put there: equal while nobody touched it."""
    source: str = ""
    """The same of what it was copied from; the address of what was downloaded."""
    etag: str = ""
    """The server's ETag; empty when it gave none."""


def stamp_of(path: str) -> str:
    """Return size and time of the file ``path``; empty when it is not there."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}"


class MediaState:
    """The rows of one output folder. Threads may share it; close it at the end (or use ``with``)."""

    def __init__(self, output: str) -> None:
        """Open what is known of ``output``; a damaged file is one that was never written. Raises OSError."""
        self._output = output
        self._path = os.path.join(output, MEDIA_STATE_NAME)
        self._lock = threading.Lock()
        self._writes = False
        self._database = _open_readable(self._path) or _empty()

    def get(self, place: str) -> MediaFile | None:
        """Return the row of ``place``, or None."""
        with self._lock:
            row = self._database.execute("SELECT * FROM file WHERE place = ?", (place,)).fetchone()
        return None if row is None else MediaFile(*row)

    def files(self) -> Iterator[MediaFile]:
        """Yield the rows by place; they may be forgotten on the way."""
        last = ""
        query = f"SELECT * FROM file WHERE place > ? ORDER BY place LIMIT {_PAGE}"
        while True:
            with self._lock:
                rows = self._database.execute(query, (last,)).fetchall()
            if not rows:
                return
            for row in rows:
                yield MediaFile(*row)
            last = rows[-1][0]

    def record(
        self,
        place: str,
        site: str,
        key: str,
        sha256: str,
        bytes: int,
        *,
        how: How = "downloaded",
        source: str = "",
        etag: str = "",
    ) -> None:
        """Note the file that stands whole at ``place`` now. Raises OSError, and UsageError when another run writes."""
        stamp = stamp_of(os.path.join(self._output, place))
        row = (place, site, key, how, sha256, bytes, stamp, source, etag)
        self._write("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)

    def forget(self, place: str) -> None:
        """Drop the row of ``place``. Raises as :meth:`record` does."""
        self._write("DELETE FROM file WHERE place = ?", place)

    def close(self) -> None:
        """Leave one file that can be read without writing beside it. Raises OSError."""
        with self._lock:
            try:
                if self._writes:
                    self._database.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.Error as error:
                raise OSError(0, str(error), self._path) from error
            finally:
                self._database.close()

    def __enter__(self) -> MediaState:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write(self, statement: str, *values: str | int) -> None:
        with self._lock:
            if not self._writes:
                self._database.close()
                self._database = _open_writable(self._path)
                self._writes = True
            try:
                self._database.execute(statement, values)
            except sqlite3.Error as error:
                raise OSError(0, str(error), self._path) from error


def _empty() -> sqlite3.Connection:
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    database.executescript(_SCHEMA)
    return database


def _open_readable(path: str) -> sqlite3.Connection | None:
    """Open the file at ``path`` read-only; None when there is none that can be read."""
    if not os.path.isfile(path):
        return None
    uri = Path(os.path.abspath(path)).as_uri()
    for mode in ("mode=ro", "immutable=1"):  # the second for a folder that may not be written
        database = sqlite3.connect(f"{uri}?{mode}", uri=True, isolation_level=None, check_same_thread=False)
        try:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            database.execute("SELECT stamp, etag FROM file LIMIT 1").fetchone()
            if version == _FORMAT:
                return database
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise _busy(path) from error
        except sqlite3.DatabaseError:
            pass
        database.close()
    return None


def _open_writable(path: str) -> sqlite3.Connection:
    """Open the file at ``path``, made when there is none; a damaged one is made anew. Keeps other writers away."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    readable = _open_readable(path)
    if readable is not None:
        readable.close()
    else:
        for leftover in (path, path + "-wal", path + "-shm", path + "-journal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(leftover)
    try:
        database = sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            database.execute(f"PRAGMA {pragma}")
        database.executescript(_SCHEMA)
        database.execute("BEGIN IMMEDIATE")
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise _busy(path) from error
        raise OSError(0, str(error), path) from error
    return database


def _busy(path: str) -> UsageError:
    return UsageError(f"another run is writing to {os.path.dirname(path)}: wait for its end, then run again")
