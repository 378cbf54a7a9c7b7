"""The state's file on disk: how it is opened, made, taken over from older versions, and put in order."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from wpmigrate.errors import UsageError

__all__ = ["OLD_NAME", "finish_writing", "open_for_reading", "open_for_writing", "trouble"]

OLD_NAME = ".wpmigrate.jsonl"
"""The state file of version 0.1: JSON lines; the last line of a stem counts."""

_FORMAT = 1
"""``user_version`` of the file; another one is not ours to read."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry (stem TEXT PRIMARY KEY, site TEXT NOT NULL, line BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS entry_site ON entry (site, stem)",
    "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID",
    f"PRAGMA user_version = {_FORMAT}",
)
"""entry: what was written for each entry, and for which site (empty: for a page); file: the files of the whole site."""


class _Key(msgspec.Struct):
    stem: str


_key_decoder = msgspec.json.Decoder(_Key)


def open_for_reading(path: str) -> sqlite3.Connection:
    """Open the state at ``path``; when there is none, or a damaged one, what an older version left, or an empty one.

    Raises OSError for one that must not be read: it would look as if nothing had been written.
    """
    found = _open_readable(path)
    if found is not None:
        return found
    database = _connect("")  # a temporary file of SQLite's own
    _fill(database, path)
    return database


def open_for_writing(path: str) -> sqlite3.Connection:
    """Open the state at ``path``, made when there is none; a damaged one is made anew.

    The write-ahead log survives a killed process; the exclusive lock keeps a second run away, and does without shared memory,
    which network file systems lack (https://www.sqlite.org/wal.html, 8). Raises UsageError when another run writes, OSError.
    """
    readable = _open_readable(path)
    if readable is None:
        _make(path)
    else:
        readable.close()
    try:
        database = _connect(path, timeout=1.0)
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("BEGIN IMMEDIATE")
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise trouble(error, path) from error
    with contextlib.suppress(FileNotFoundError):
        os.unlink(_old_path(path))
    return database


def finish_writing(database: sqlite3.Connection, path: str) -> None:
    """Leave one file that can be read without writing beside it. Raises OSError."""
    try:
        database.execute("PRAGMA journal_mode = DELETE")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path + "-shm")  # of somebody who read what a killed run left
    except sqlite3.Error as error:
        raise trouble(error, path) from error


def trouble(error: sqlite3.Error, path: str) -> UsageError | OSError:
    """Return what to raise for the ``error`` that SQLite had with the state at ``path``."""
    if "locked" in str(error):
        folder = os.path.dirname(path)
        return UsageError(f"another run is writing to {folder}: wait for its end, then run again")
    if isinstance(error, sqlite3.OperationalError):
        return OSError(0, str(error), path)
    return UsageError(
        f"{path} is damaged ({error}): remove it and run again; outputs that nobody has edited are recognised"
    )


def _open_readable(path: str) -> sqlite3.Connection | None:
    """Open the file at ``path`` read-only; None when there is none that can be read."""
    if not os.path.isfile(path):
        return None
    with open(path, "rb"):
        pass
    uri = Path(os.path.abspath(path)).as_uri()
    for mode in (
        "mode=ro",
        "immutable=1",
    ):  # the second for a folder that may not be written, after a killed run
        database = None
        try:
            database = _connect(f"{uri}?{mode}", uri=True)
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute("SELECT stem, site, line FROM entry LIMIT 1").fetchone()
            if version == _FORMAT:
                return database
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise trouble(error, path) from error
        except sqlite3.DatabaseError:
            pass
        if database is not None:
            database.close()
    return None


def _make(path: str) -> None:
    """Put a new state at ``path``, whole or not at all. Raises OSError."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    temporary = path + ".tmp"
    for leftover in (temporary, path + "-wal", path + "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(leftover)
    try:
        database = _connect(temporary)
        try:
            _fill(database, path)
        finally:
            database.close()
        os.replace(temporary, path)
    except sqlite3.Error as error:
        raise trouble(error, path) from error


def _fill(database: sqlite3.Connection, path: str) -> None:
    database.execute("BEGIN")
    for statement in _SCHEMA:
        database.execute(statement)
    database.executemany("INSERT OR REPLACE INTO entry VALUES (?, '', ?)", _old_lines(_old_path(path)))
    database.execute("COMMIT")


def _connect(name: str, timeout: float = 5.0, uri: bool = False) -> sqlite3.Connection:
    """Open a database that commits every statement."""
    return sqlite3.connect(name, timeout=timeout, isolation_level=None, uri=uri)


def _old_path(path: str) -> str:
    return os.path.join(os.path.dirname(path), OLD_NAME)


def _old_lines(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield stem and line of an older version's state; a damaged line is one that was never written."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), open(path, "rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return  # cut off by an interruption
            with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
                yield _key_decoder.decode(line).stem, line[:-1]
