"""The report: every entry on a line of its own, streamed, with the totals last; no times, so equal runs give equal files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import msgspec

from wpmigrate.errors import UsageError
from wpmigrate.runner.files import open_binary, same_bytes
from wpmigrate.runner.records import FileRecord, Leftover, Record, SiteFile, SourceRef, Totals
from wpmigrate.runner.storage import LocalCopy, is_url

__all__ = ["ReportFile", "Reported", "check_replaceable"]

_BEGIN = b'{"entries": ['
_encoder = msgspec.json.Encoder(order="deterministic")
_record_decoder = msgspec.json.Decoder(Record)


class ReportFile:
    """A report in the making, under a temporary name until it is whole."""

    def __init__(self, path: str) -> None:
        """Begin the report at ``path``; an empty path writes nothing. Raises OSError."""
        self._path = path
        self._first = True
        self._named = False
        self._file: IO[bytes] | None = None
        self._copy = LocalCopy(path, fetch=False) if is_url(path) else None
        self.totals = Totals()
        if path:
            self._file = self._open()
            self._file.write(_BEGIN)

    def _open(self) -> IO[bytes]:
        try:
            if self._copy is None:
                os.makedirs(os.path.dirname(self._path) or ".", exist_ok=True)
            return open(self._temporary, "wb")
        except OSError as error:
            error.filename = self._path  # the name that a person knows
            raise

    @property
    def _temporary(self) -> str:
        if self._copy is not None:
            return self._copy.path
        folder, name = os.path.split(self._path)
        return os.path.join(folder, f".wpmigrate-{name}.tmp")

    def add(self, record: Record) -> None:
        """Append one entry. Raises OSError."""
        self.totals.add(record)
        self._row(record)

    def add_files(self, files: Iterable[FileRecord]) -> Iterator[tuple[str, str]]:
        """Append the export files, after the last entry; yield path and message of each problem. Raises OSError."""
        self._section("files")
        for file in files:
            self._row(file)
            self.totals.problems += len(file.problems)
            for problem in file.problems:
                yield file.path, problem

    def add_site(self, files: Iterable[SiteFile]) -> Iterator[tuple[str, str]]:
        """Append the files of the whole site, after the export files; yield those that failed. Raises OSError."""
        self._section("site")
        for file in files:
            self._row(file)
            if file.status == "failed":
                self.totals.problems += 1
                yield file.path, file.reason

    def add_leftovers(self, leftovers: Iterable[Leftover]) -> Iterator[tuple[str, str]]:
        """Append what earlier runs left, after the files of the site, and yield it. Raises OSError."""
        self._section("leftovers")
        for leftover in leftovers:
            self._row(leftover)
            self.totals.leftovers += 1
            yield leftover.path, leftover.reason

    def finish(self, ignored: Mapping[str, int]) -> Totals:
        """Write the totals and give the report its name; an equal report stays untouched. Raises OSError."""
        totals = self.totals
        totals.ignored = dict(ignored)
        assert totals.entries == totals.written + totals.skipped + totals.failed
        if self._file is not None:
            self._file.write(b'\n],\n"totals": ' + _encoder.encode(totals) + b"}\n")
            self._file.close()
            self._give_name()
        return totals

    def abandon(self) -> None:
        """Leave no half report behind."""
        if self._file is not None and not self._named:
            with contextlib.suppress(OSError):  # what is not written yet may have no room on the disk
                self._file.close()
            with contextlib.suppress(OSError):
                os.unlink(self._temporary)
        if self._copy is not None:
            self._copy.close()

    def _section(self, name: str) -> None:
        if self._file is not None:
            self._file.write(f'\n],\n"{name}": ['.encode())
            self._first = True

    def _row(self, row: msgspec.Struct) -> None:
        if self._file is not None:
            self._file.write((b"\n" if self._first else b",\n") + _encoder.encode(row))
            self._first = False

    def _give_name(self) -> None:
        if same_bytes(self._path, self._temporary):
            os.unlink(self._temporary)
        elif self._copy is not None:
            self._copy.push()
        else:
            os.replace(self._temporary, self._path)
        self._named = True


def check_replaceable(path: str, begin: bytes = _BEGIN, advice: str = "name another with --report, or use --force") -> None:
    """Raise UsageError, with the ``advice``, when there is a file at ``path`` that is not a report: one that begins with ``begin``."""
    try:
        with open_binary(path) as file:
            start = file.read(len(begin))
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"the report {path} cannot be written: {error.strerror}") from error
    if start and start != begin:
        raise UsageError(f"{path} exists and is not a report of wpmigrate: {advice}")


class Reported:
    """The entries of a report by their source, in a temporary file: there may be any number of them."""

    def __init__(self, path: str) -> None:
        """Read the report at ``path``, an entry a line; a missing or unreadable one has none. Raises OSError."""
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE entry (source TEXT PRIMARY KEY, line BLOB) WITHOUT ROWID")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), open_binary(path) as file:
            if file.readline().rstrip() == _BEGIN:
                self._read(file)

    def get(self, source: SourceRef) -> Record | None:
        """Return the entry of ``source``, or None."""
        row = self._database.execute("SELECT line FROM entry WHERE source = ?", (_key(source),)).fetchone()
        return None if row is None else _record_decoder.decode(row[0])

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()

    def _read(self, file: Iterable[bytes]) -> None:
        for line in file:
            row = line.rstrip(b"\n,")
            if row == b"]":
                return
            with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
                source = _record_decoder.decode(row).source
                self._database.execute("INSERT OR REPLACE INTO entry VALUES (?, ?)", (_key(source), row))


def _key(source: SourceRef) -> str:
    return f"{source.path}\0{source.item or ''}"
