"""What the parts of a download hand to each other, and what its report holds."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

__all__ = [
    "MEDIA_REPORT_VERSION",
    "DownloadLimits",
    "DownloadTotals",
    "Fetched",
    "FileResult",
    "MediaReport",
    "Wanted",
]

MEDIA_REPORT_VERSION = 1
"""The version of ``media-report.json``."""

DownloadStatus: TypeAlias = Literal["downloaded", "present", "failed"]


class Wanted(msgspec.Struct, frozen=True):
    """A line of ``media.json``, as far as a download needs it."""

    key: str
    """The file below ``wp-content/uploads``."""
    site: str
    """Which site it is of."""
    url: str
    """Where the original was."""
    place: str = ""
    """Where it goes, relative to the output folder."""
    kind: str = "other"
    """image, audio, video, document or other."""
    variants: tuple[str, ...] = ()
    """Other addresses of it, such as smaller images, that the content uses."""
    used_by: tuple[str, ...] = ()
    """The entries that use it, by their output paths."""
    state: str = "missing"
    """taken, downloaded, missing or external."""


class FileResult(msgspec.Struct, frozen=True):
    """What became of one file that was missing."""

    key: str
    """The file, as in ``media.json``."""
    site: str
    """Which site it is of."""
    url: str
    """Where the original was, or is now (``--from``)."""
    place: str
    """Where it goes, relative to the output folder."""
    status: DownloadStatus
    """downloaded; present: it was there already, from an earlier download; failed: it is still missing."""
    reason: str = ""
    """Why it is missing, or what is not as it should be (a smaller variant came in its place); empty when all is well."""
    fetched: str = ""
    """The address that gave the bytes, after redirects; empty when nothing came."""
    sha256: str = ""
    """Of the bytes, in hex; empty when nothing came."""
    bytes: int = 0
    """How many they are."""
    used_by: tuple[str, ...] = ()
    """For a failed one: the entries that miss it."""


class Fetched(msgspec.Struct, frozen=True):
    """What a worker gives back."""

    wanted: Wanted
    """What it was asked for."""
    result: FileResult
    """What became of it."""
    etag: str = ""
    """The server's name for the bytes."""


class DownloadLimits(msgspec.Struct, frozen=True):
    """When to stop trying."""

    tries: int = 4
    """How often one address is asked."""
    bytes: int = 2 << 30
    """How large a file may be; 0: any size."""


class DownloadTotals(msgspec.Struct):
    """The counts at the end of the report."""

    files: int = 0
    """Files that were wanted: always downloaded + present + failed."""
    downloaded: int = 0
    """Fetched and checked by this run."""
    present: int = 0
    """There already."""
    failed: int = 0
    """Still missing."""
    variants: int = 0
    """Of those downloaded, smaller images in place of an original that is gone."""
    bytes: int = 0
    """Bytes of those downloaded."""

    def add(self, result: FileResult) -> None:
        """Count one file."""
        self.files += 1
        setattr(self, result.status, getattr(self, result.status) + 1)
        if result.status == "downloaded":
            self.bytes += result.bytes
            self.variants += bool(result.reason)


class MediaReport(msgspec.Struct, frozen=True):
    """What ``media-report.json`` holds; it is written and read a line at a time."""

    schema_version: int
    """The version of this format; raised when a reader would have to change."""
    files: list[FileResult]
    """Every file that was wanted, in the order of ``media.json``."""
    totals: DownloadTotals
    """The counts."""
