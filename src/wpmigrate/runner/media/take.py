"""``--uploads``: the used files are found in copies of the uploads and put into the output folder, before any entry is written."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from typing import IO
from urllib.parse import unquote

import msgspec

from wpmigrate.runner.files import write_atomic
from wpmigrate.runner.media.state import MediaFile, MediaState, stamp_of
from wpmigrate.runner.media.uploads import BROKEN, Opener, Upload, walk_uploads
from wpmigrate.runner.unpack import Bomb, Room

__all__ = ["Problems", "Target", "digest_of", "list_uploads", "pair_uploads", "take_uploads"]

_BLOCK = 1 << 18
_ROWS = 500
_MOST_PROBLEMS = 100
_MOST_BYTES = 1 << 45
_YEAR = re.compile(r"(?:[0-9]{4}|sites)\Z")


class Problems:
    """What went wrong with copies of the uploads, the first hundred (place and message), and the counts for the report."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self._more = 0

    def add(self, place: str, message: str) -> None:
        """Note a problem."""
        if len(self.told) < _MOST_PROBLEMS:
            self.told.append((place, message))
        else:
            self._more += 1

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield them."""
        yield from self.told
        if self._more:
            yield "uploads", f"{self._more:,} more problems with files: media.json has a reason for each"


def list_uploads(connection: sqlite3.Connection, copies: Sequence[str], problems: Problems) -> None:
    """Fill the temporary table ``listing`` with the paths of all ``copies``; of two with one path the first counts."""
    connection.execute(
        "CREATE TEMP TABLE listing (path TEXT PRIMARY KEY, name TEXT, source INTEGER, stamp TEXT, reason TEXT) WITHOUT ROWID"
    )
    for number, copy in enumerate(copies):
        rows: list[tuple[str, str, int, str, str]] = []
        try:
            for upload, _ in walk_uploads(copy):
                rows.append((upload.path, upload.path, number, upload.stamp, upload.reason))
                if len(rows) >= _ROWS:
                    _insert(connection, rows)
        except BROKEN as error:
            problems.add(copy, f"the archive is damaged ({error}): files after this place are not taken")
        _insert(connection, rows)
        _unwrap(connection, number)


def _insert(connection: sqlite3.Connection, rows: list[tuple[str, str, int, str, str]]) -> None:
    connection.executemany("INSERT OR IGNORE INTO listing VALUES (?, ?, ?, ?, ?)", rows)
    rows.clear()


def _unwrap(connection: sqlite3.Connection, number: int) -> None:
    """Leave out the one folder that everything in a copy lies in, unless it is a year: ``backup/2012/04/photo.jpg``."""
    tops = connection.execute(
        "SELECT DISTINCT substr(path, 1, instr(path, '/')) FROM listing WHERE source = ? LIMIT 2", (number,)
    ).fetchall()
    if len(tops) == 1 and tops[0][0] and not _YEAR.match(tops[0][0][:-1]):
        connection.execute(
            "UPDATE OR IGNORE listing SET path = substr(path, ?) WHERE source = ?",
            (len(tops[0][0]) + 1, number),
        )


class Target(msgspec.Struct, frozen=True):
    """Where files are put."""

    output: str
    """The output folder."""
    labels: dict[int, str]
    """The names of the sites by their numbers."""
    force: bool
    """Whether a file that is not ours may be replaced."""
    state: MediaState
    """What is known of the output folder."""


class _Wanted(msgspec.Struct, frozen=True):
    """A file that is used, and that a copy has."""

    media: int
    site: int
    key: str
    place: str


def take_uploads(
    connection: sqlite3.Connection, copies: Sequence[str], target: Target, problems: Problems
) -> None:
    """Put every file that is used and that a copy has at its place, unless it is there already.

    What is not taken gets a ``reason`` in ``media``. Raises OSError when the output folder cannot be written.
    """
    pair_uploads(connection)
    for label, key, reason in connection.execute(_REFUSED).fetchall():
        problems.add(f"{target.labels.get(label, label)}: {key}", f"not taken from the uploads: {reason}")
    for number, copy in enumerate(copies):
        if _mark_done(connection, number, target):
            _walk(connection, (number, copy), target, problems)


def pair_uploads(connection: sqlite3.Connection) -> None:
    """Pair the used files with paths of the copies: by the whole path in their address (of a multisite too), else by their key."""
    connection.create_function("path_of", 1, _path_of, deterministic=True)
    for statement in _PAIR.split(";"):
        connection.execute(statement)


_PAIR = """
CREATE TEMP TABLE pair AS SELECT number AS media, coalesce(
        (SELECT path FROM listing WHERE path = path_of(url)), (SELECT path FROM listing WHERE path = key)) AS path
    FROM media WHERE NOT external AND reason = '' AND EXISTS (SELECT 1 FROM media_use WHERE media_use.media = number);
CREATE TEMP TABLE wanted AS SELECT source, name, stamp, listing.reason, min(media) AS media, count(*) AS count, 0 AS done
    FROM pair JOIN listing ON listing.path = pair.path GROUP BY pair.path;
CREATE UNIQUE INDEX temp.wanted_name ON wanted (source, name);
UPDATE media SET reason = 'several sites have a file at this path: name the uploads of one site, and convert the sites apart'
    WHERE number IN (SELECT pair.media FROM pair JOIN listing ON listing.path = pair.path
        JOIN wanted ON wanted.source = listing.source AND wanted.name = listing.name WHERE wanted.count > 1);
UPDATE media SET reason = (SELECT wanted.reason FROM wanted WHERE wanted.media = number)
    WHERE number IN (SELECT wanted.media FROM wanted WHERE wanted.reason <> '');
DELETE FROM wanted WHERE reason <> '' OR count > 1;
"""
_REFUSED = "SELECT site, key, reason FROM media WHERE reason <> '' AND EXISTS (SELECT 1 FROM pair WHERE pair.media = number AND path <> '')"
_ROOT = re.compile(r"/(?:uploads|blogs\.dir)/")


def _path_of(url: str) -> str:
    """Return the path in ``url`` below the uploads, decoded: also ``sites/3/2012/04/photo.jpg``."""
    root = _ROOT.search(url)
    return unicodedata.normalize("NFC", unquote(url[root.end() :].partition("?")[0])) if root else ""


def _mark_done(connection: sqlite3.Connection, number: int, target: Target) -> bool:
    """Mark what is at its place already, and say whether anything of copy ``number`` is left."""
    left = False
    for name, stamp, place in connection.execute(_OF_COPY, (number,)).fetchall():
        known = target.state.get(place)
        if known and known.source == stamp and known.stamp == stamp_of(os.path.join(target.output, place)):
            connection.execute("UPDATE wanted SET done = 1 WHERE source = ? AND name = ?", (number, name))
        else:
            left = True
    return left


_OF_COPY = "SELECT name, stamp, place FROM wanted JOIN media ON media.number = wanted.media WHERE source = ?"


def _walk(connection: sqlite3.Connection, copy: tuple[int, str], target: Target, problems: Problems) -> None:
    number, path = copy
    room = None if os.path.isdir(path) else Room(os.path.getsize(path), _MOST_BYTES)
    try:
        for upload, opener in walk_uploads(path):
            row = connection.execute(_NEXT, (number, upload.path)).fetchone()
            if row is None or upload.reason:
                continue
            connection.execute(
                "UPDATE wanted SET done = 1 WHERE source = ? AND name = ?", (number, upload.path)
            )
            wanted = _Wanted(*row)
            reason = _take(upload, opener, wanted, target, room)
            if reason:
                connection.execute("UPDATE media SET reason = ? WHERE number = ?", (reason, wanted.media))
                problems.add(wanted.place, reason)
    except BROKEN as error:
        problems.add(path, f"the archive is damaged ({error}): files after this place are not taken")
    except Bomb as error:
        problems.add(path, str(error))


_NEXT = """
SELECT number, site, key, place FROM wanted JOIN media ON media.number = wanted.media
WHERE source = ? AND name = ? AND NOT done
"""


def _take(upload: Upload, opener: Opener, wanted: _Wanted, target: Target, room: Room | None) -> str:
    """Put one file at its place; return why not, or nothing."""
    path = os.path.join(target.output, wanted.place)
    known = target.state.get(wanted.place)
    try:
        with opener() as stream:
            source = _Source(stream, upload.size, room)
            if known is None and os.path.lexists(path) and not target.force:
                if digest_of(path) != source.digest():
                    return f"{wanted.place} exists and was not put there by wpmigrate: move it away, or use --force"
            elif known is None or _may_replace(path, known, wanted, target.force):
                write_atomic(path, source.blocks())
            else:
                return ""
    except _SourceError as error:
        return f"cannot be read from the uploads: {error.strerror}"
    label = target.labels[wanted.site]
    target.state.record(
        wanted.place, label, wanted.key, source.digest(), source.size, how="taken", source=upload.stamp
    )
    return ""


def _may_replace(path: str, known: MediaFile, wanted: _Wanted, force: bool) -> bool:
    """Whether the file at its place is ours to replace: not one that a person edited, nor one that was downloaded."""
    there = stamp_of(path)
    if not there or force:
        return True
    if known.how == "downloaded" and known.key == wanted.key:
        return False
    return there == known.stamp or digest_of(path) == known.sha256


class _SourceError(OSError):
    """The copy of the uploads cannot be read; the disk is well."""


class _Source:
    """One file of a copy, read once."""

    def __init__(self, stream: IO[bytes], wanted: int, room: Room | None) -> None:
        self._stream = stream
        self._wanted = wanted
        self._room = room
        self._digest = hashlib.sha256()
        self._read = False
        self.size = 0

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes. Raises _SourceError when they cannot be read, or are fewer than the copy says; Bomb."""
        self._read = True
        while True:
            try:
                block = self._stream.read(_BLOCK)
            except (*BROKEN, OSError) as error:
                raise _SourceError(errno.EIO, str(error)) from error
            if not block:
                break
            if self._room is not None:
                self._room.take(len(block))
            self.size += len(block)
            self._digest.update(block)
            yield block
        if self.size != self._wanted:
            raise _SourceError(
                errno.EIO, f"it has {self.size:,} bytes, not {self._wanted:,}: changed or cut off"
            )

    def digest(self) -> str:
        """Return the SHA-256 of all bytes, in hex; reads them when nobody has."""
        if not self._read:
            for _ in self.blocks():
                pass
        return self._digest.hexdigest()


def digest_of(path: str) -> str:
    """Return the SHA-256 of the file ``path``, in hex; empty when it is none. Raises OSError when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
