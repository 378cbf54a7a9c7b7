"""What ``media.json`` holds."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

__all__ = ["MEDIA_SCHEMA_VERSION", "MediaAttachment", "MediaManifest", "MediaRow", "MediaTotals"]

MEDIA_SCHEMA_VERSION = 1
"""Raised when a reader of the file would have to change."""

MediaKind: TypeAlias = Literal["image", "audio", "video", "document", "other"]
FileState: TypeAlias = Literal["taken", "downloaded", "missing", "external"]


class MediaAttachment(msgspec.Struct):
    """What the old site's media library says of a file."""

    id: str
    """Its WordPress post id."""
    title: str
    """Plain text."""
    alt: str
    """The alternative text, plain."""
    caption: str
    """As in the source; may hold HTML."""
    description: str
    """As in the source; may hold HTML."""


class MediaRow(msgspec.Struct, omit_defaults=True):
    """A file: of the site's uploads, or of another place that the content shows or links to."""

    key: str
    """Its path below the uploads, ``2012/04/photo.jpg``; ``//host/path`` for a file of another place."""
    site: str
    """The site that uses it: its home without scheme and www."""
    url: str
    """Where the old site has it."""
    kind: MediaKind
    """By its ending."""
    place: str
    """Where it is in the output folder, or would be: ``media/2012/04/photo.jpg``."""
    state: FileState
    """taken: from ``--uploads``; downloaded; missing: not in the output folder; external: missing, and not one of the site's uploads."""
    sha256: str = ""
    """Of the file in the output folder, in hex; absent when it is missing."""
    bytes: int = 0
    """Its size; absent when it is missing."""
    reason: str = ""
    """Why it was not taken; absent when there is no special reason."""
    attachment: MediaAttachment | None = None
    """What the library says of it; absent when it has no record there."""
    variants: list[str] = []
    """The addresses that the texts have for it, as they spell them: smaller sizes, other hosts; absent when there are none."""
    used_by: list[str] = msgspec.field(default_factory=lambda: [])
    """The public entries that use it, by their output path without ending; empty for a file that only the library has."""


class MediaTotals(msgspec.Struct):
    """How many files there are of each state."""

    files: int = 0
    """All."""
    taken: int = 0
    """From a copy of the uploads."""
    downloaded: int = 0
    """From the old site."""
    missing: int = 0
    """Not in the output folder, though a page uses them."""
    external: int = 0
    """Of other places."""
    unused: int = 0
    """Of all: those that no page uses."""
    bytes: int = 0
    """What is in the output folder takes so much."""


class MediaManifest(msgspec.Struct):
    """``media.json``: a file on each line of ``files``, by site and key."""

    schema_version: int
    """:data:`MEDIA_SCHEMA_VERSION`."""
    files: list[MediaRow]
    """The files."""
    totals: MediaTotals
    """Counts, last since the file is streamed."""
