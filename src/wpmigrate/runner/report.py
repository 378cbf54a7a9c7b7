"""The report: every entry on a line of its own, streamed, with the totals last; no times, so equal runs give equal files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from typing import IO

import msgspec

from wpmigrate.errors import UsageError
from wpmigrate.runner.files import read_bytes
from wpmigrate.runner.records import Record, Totals

__all__ = ["ReportFile", "check_replaceable", "read_report"]

_BEGIN = b'{"entries": ['
_encoder = msgspec.json.Encoder(order="deterministic")


class _Report(msgspec.Struct):
    entries: list[Record]


class ReportFile:
    """A report in the making, under a temporary name until it is whole."""

    def __init__(self, path: str) -> None:
        """Begin the report at ``path``; an empty path writes nothing. Raises OSError."""
        self._path = path
        self._first = True
        self._named = False
        self._file: IO[bytes] | None = None
        self.totals = Totals()
        if path:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            self._file = open(self._temporary, "wb")  # noqa: SIM115 (closed by finish and abandon)
            self._file.write(_BEGIN)

    @property
    def _temporary(self) -> str:
        folder, name = os.path.split(self._path)
        return os.path.join(folder, f".wpmigrate-{name}.tmp")

    def add(self, record: Record) -> None:
        """Append one entry. Raises OSError."""
        self.totals.add(record)
        if self._file is not None:
            self._file.write((b"\n" if self._first else b",\n") + _encoder.encode(record))
            self._first = False

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

    def _give_name(self) -> None:
        if read_bytes(self._path) == read_bytes(self._temporary):
            os.unlink(self._temporary)
        else:
            os.replace(self._temporary, self._path)
        self._named = True


def check_replaceable(path: str) -> None:
    """Raise UsageError when there is a file at ``path`` that is not a report."""
    try:
        with open(path, "rb") as file:
            start = file.read(len(_BEGIN))
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"the report {path} cannot be written: {error.strerror}") from error
    if start and start != _BEGIN:
        raise UsageError(
            f"{path} exists and is not a report of wpmigrate: name another with --report, or use --force"
        )


def read_report(path: str) -> dict[tuple[str, str | None], Record]:
    """Return the entries of the report at ``path`` by source path and item; empty when there is no readable one."""
    data = read_bytes(path)
    if data is None:
        return {}
    try:
        report = msgspec.json.decode(data, type=_Report)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
    return {(record.source.path, record.source.item): record for record in report.entries}
