"""``media-report.json``: every file that was wanted on a line of its own, in the order of ``media.json``, the totals last.

No times are in it: equal runs give equal files.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator

import msgspec

from wpmigrate.runner.files import write_atomic
from wpmigrate.runner.media.download_records import MEDIA_REPORT_VERSION, DownloadTotals, FileResult
from wpmigrate.runner.report import check_replaceable

__all__ = ["MEDIA_REPORT_NAME", "DownloadReport"]

MEDIA_REPORT_NAME = "media-report.json"
"""The report of a download, in the output folder."""

_BEGIN = f'{{"schema_version": {MEDIA_REPORT_VERSION}, "files": ['.encode()
_encoder = msgspec.json.Encoder(order="deterministic")


class DownloadReport:
    """The results as they come, in a temporary file of SQLite's own: there may be any number of them."""

    def __init__(self, output: str) -> None:
        """Begin the report of the output folder ``output``. Raises UsageError when a stranger's file has its name."""
        self._path = os.path.join(output, MEDIA_REPORT_NAME)
        check_replaceable(self._path, _BEGIN, "move it away")
        self.totals = DownloadTotals()
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(
            "CREATE TABLE row (site TEXT, key TEXT, line BLOB, PRIMARY KEY (site, key)) WITHOUT ROWID"
        )

    def add(self, result: FileResult) -> None:
        """Add what became of one file."""
        self.totals.add(result)
        row = (result.site, result.key, _encoder.encode(result))
        self._database.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", row)

    def finish(self) -> DownloadTotals:
        """Write the report and return its totals. Raises OSError."""
        totals = self.totals
        assert totals.files == totals.downloaded + totals.present + totals.failed
        write_atomic(self._path, self._parts())
        return totals

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()

    def _parts(self) -> Iterator[bytes]:
        yield _BEGIN
        comma = b"\n"
        for (line,) in self._database.execute("SELECT line FROM row ORDER BY site, key"):
            yield comma + line
            comma = b",\n"
        yield b'\n],\n"totals": ' + _encoder.encode(self.totals) + b"}\n"
