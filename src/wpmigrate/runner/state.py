"""The state: what earlier runs wrote, so that the next one knows its own files and skips what is unchanged.

An SQLite file with a row per entry. Each row is committed when its entry is done (write-ahead log: a killed process loses
nothing), and nothing is held in memory. A run that has nothing new to say does not touch the file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from wpmigrate.options import RunOptions
from wpmigrate.runner.files import below
from wpmigrate.runner.plan import STATE_NAME
from wpmigrate.runner.records import Previous
from wpmigrate.runner.state_file import finish_writing, open_for_reading, open_for_writing, trouble
from wpmigrate.runner.storage import LocalCopy, is_url

__all__ = [
    "Seen",
    "State",
    "encode_line",
    "parse_previous",
    "record_options",
    "recorded_inputs",
    "recorded_options",
]

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Previous)
_SAVED_EVERY = 500
"""Rows after which the state of an address is put there for the first time."""
_PAGE = 500
"""Rows that a walk over a table takes at once."""


class _Options(msgspec.Struct, frozen=True):
    """How convert ran, for verify, and to run it again."""

    options: RunOptions
    stem: str = ""
    inputs: tuple[str, ...] = ()
    report: str = ""


_options_decoder = msgspec.json.Decoder(_Options)


class State:
    """The state of one output folder."""

    def __init__(self, output: str) -> None:
        """Open the state of ``output``; a damaged one is one that was never written. Raises OSError.

        That of an address is worked on as a copy, and put back now and then: what a killed run wrote since is not known.
        """
        path = below(output, STATE_NAME)
        self._copy = LocalCopy(path) if is_url(output) else None
        self._path = self._copy.path if self._copy is not None else path
        self._unsaved, self._save_at = 0, _SAVED_EVERY
        self._database = open_for_reading(self._path)
        self._writes = False

    def __len__(self) -> int:
        found: int = self._rows("SELECT count(*) FROM entry")[0][0]
        return found

    def get(self, stem: str) -> bytes | None:
        """Return the line of ``stem``, or None. Raises UsageError when it cannot be read now, OSError."""
        rows = self._rows("SELECT line FROM entry WHERE stem = ?", stem)
        return rows[0][0] if rows else None

    def put(self, stem: str, line: bytes, site: str = "") -> None:
        """Keep ``line`` for ``stem``, an entry of ``site`` (empty: a page). Raises OSError, and UsageError when another run writes."""
        self._write("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", stem, site, line)
        self._save_sometimes()

    def forget(self, stem: str) -> None:
        """Drop the line of ``stem``. Raises as :meth:`put` does."""
        if self.get(stem) is not None:
            self._write("DELETE FROM entry WHERE stem = ?", stem)

    def entries(self, site: str) -> Iterator[tuple[str, bytes]]:
        """Yield stem and line of the entries of ``site``; they may be forgotten on the way."""
        query = f"SELECT stem, line FROM entry WHERE site = ? AND stem > ? ORDER BY stem LIMIT {_PAGE}"
        last = ""
        while rows := self._rows(query, site, last):
            yield from rows
            last = rows[-1][0]

    def file(self, path: str) -> str:
        """Return the SHA-256 of the site's file ``path`` as an earlier run wrote it; empty when none did."""
        rows = self._rows("SELECT digest FROM file WHERE path = ?", path)
        return rows[0][0] if rows else ""

    def put_file(self, path: str, digest: str) -> None:
        """Keep the SHA-256 of the site's file ``path``. Raises as :meth:`put` does."""
        if self.file(path) != digest:
            self._write("INSERT OR REPLACE INTO file VALUES (?, ?)", path, digest)
            self._save_sometimes()

    def forget_file(self, path: str) -> None:
        """Drop the site's file ``path``. Raises as :meth:`put` does."""
        self._write("DELETE FROM file WHERE path = ?", path)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield path and SHA-256 of the site's files; they may be forgotten on the way."""
        query = f"SELECT path, digest FROM file WHERE path > ? ORDER BY path LIMIT {_PAGE}"
        last = ""
        while rows := self._rows(query, last):
            yield from rows
            last = rows[-1][0]

    def close(self) -> None:
        """Put the file in order when anything changed. Raises OSError."""
        try:
            if self._writes:
                finish_writing(self._database, self._path)
                if self._copy is not None:
                    self._copy.push()
        finally:
            self._database.close()
            if self._copy is not None:
                self._copy.close()

    def _save_sometimes(self) -> None:
        """Put a copy at the address whenever the state has grown by a quarter: all those copies are five states together."""
        self._unsaved += 1
        if self._copy is None or self._unsaved < self._save_at:
            return
        snapshot = self._path + ".saved"
        with contextlib.closing(sqlite3.connect(snapshot)) as target:
            self._database.backup(target)
        self._copy.push(snapshot)
        os.unlink(snapshot)
        self._unsaved, self._save_at = 0, max(_SAVED_EVERY, len(self) // 4)

    def settle(self) -> None:
        """Have :meth:`close` take in the log that a killed run left, also when there is nothing new to say. Raises as :meth:`put`."""
        if os.path.exists(self._path + "-wal") and os.access(os.path.dirname(self._path), os.W_OK):
            self._begin_writing()

    def _begin_writing(self) -> None:
        if not self._writes:
            self._database.close()
            self._database = open_for_writing(self._path)
            self._writes = True

    def _write(self, statement: str, *values: str | bytes) -> None:
        self._begin_writing()
        self._rows(statement, *values)

    def _rows(self, statement: str, *values: str | bytes) -> list[Any]:
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.ProgrammingError:
            raise  # our own mistake
        except sqlite3.Error as error:
            raise trouble(error, self._path) from error


class Seen:
    """Which stems this run has seen: in a temporary file of SQLite's own, since there may be any number of them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE seen (stem TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, stem: str) -> None:
        """Remember ``stem``."""
        self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (stem,))

    def __contains__(self, stem: object) -> bool:
        return self._database.execute("SELECT 1 FROM seen WHERE stem = ?", (stem,)).fetchone() is not None

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()


def parse_previous(line: bytes | None) -> Previous | None:
    """Return the record of a state line; None when there is none or it is from a version with other fields."""
    if line is None:
        return None
    with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
        return _decoder.decode(line)
    return None


def encode_line(record: Previous | _Options) -> bytes:
    """Return a state line."""
    return _encoder.encode(record)


def record_options(state: State, options: RunOptions, inputs: Sequence[str] = (), report: str = "") -> None:
    """Note in ``state`` how convert ran, with whole paths. What says nothing about the bytes is left out. Raises OSError."""
    uploads = tuple(map(_kept_path, options.uploads))
    lasting = msgspec.structs.replace(
        options, uploads=uploads, jobs=0, scheduler="", dry_run=False, force=False, report="", strict=False
    )
    line = encode_line(_Options(lasting, "", tuple(map(_kept_path, inputs)), _kept_path(report)))
    if state.get("") != line:
        state.put("", line)


def recorded_options(state: State) -> RunOptions | None:
    """Return how convert ran; None when ``state`` does not say."""
    recorded = _recorded(state)
    if recorded is None:
        return None
    uploads = tuple(map(_path_kept, recorded.options.uploads))
    return msgspec.structs.replace(recorded.options, uploads=uploads)


def recorded_inputs(state: State) -> tuple[tuple[str, ...], str]:
    """Return the inputs that convert had and where its report went (empty: in the output folder); none when not known."""
    recorded = _recorded(state)
    if recorded is None:
        return (), ""
    return tuple(map(_path_kept, recorded.inputs)), _path_kept(recorded.report)


def _kept_path(path: str) -> str:
    """Return ``path`` as JSON can hold it: one that is not UTF-8 as its bytes in hex, behind a character that no path has."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "\0" + os.fsencode(path).hex()
    return path


def _path_kept(text: str) -> str:
    return os.fsdecode(bytes.fromhex(text[1:])) if text.startswith("\0") else text


def _recorded(state: State) -> _Options | None:
    line = state.get("")
    if line is not None:
        with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
            return _options_decoder.decode(line)
    return None
