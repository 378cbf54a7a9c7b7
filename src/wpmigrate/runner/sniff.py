"""What a file is, by its first bytes. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias

from wpmigrate.extractors.wxr import is_wxr

__all__ = ["HEAD", "Packing", "kind_of"]

HEAD = 4096
"""So many first bytes tell what a file is."""

Packing: TypeAlias = Literal["plain", "gzip", "zip"]
"""How an export file, or what may be one, lies on the disk."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""A member, or the end of an archive without any: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3."""
_GZIP = b"\x1f\x8b\x08"
"""RFC 1952, 2.3.1; 8 is the one method that there is."""


def kind_of(head: bytes) -> Packing | None:
    """Return what the first bytes ``head`` of a file say that it is; None for a page or anything else."""
    if head.startswith(b"---"):
        return None  # front matter: nearly all pages
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_GZIP):
        return "gzip"
    return "plain" if is_wxr(head) else None
