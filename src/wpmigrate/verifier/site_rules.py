"""What the proof of the site's files is told, and where it keeps what grows with the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

import msgspec

__all__ = ["Known", "SiteRules", "site_values"]


class Known(Protocol):
    """A table of any size."""

    def put(self, kind: str, key: str, value: str) -> None:
        """Remember ``value`` for ``key``; what stands there already stays. Each call is counted."""

    def put_all(self, kind: str, rows: Iterable[tuple[str, str]]) -> None:
        """Do the same for many a key and value."""

    def get(self, kind: str, key: str) -> str | None:
        """Return what is known of ``key``."""

    def count(self, kind: str, key: str) -> int:
        """Return how often ``key`` was put."""


class SiteRules(msgspec.Struct, frozen=True):
    """What the run was told."""

    is_public: Callable[[str, str, bool], bool]
    """Whether an item with this type, status and password (whether it has one) is written as public."""
    written_id: Callable[[str], str | None]
    """Address -> the id in the entry's file there; empty when the file does not say, None when there is none."""
    hosts: Collection[str]
    """The host names of the site, without ``www.``."""
    archives: bool
    """Whether terms and authors have pages."""
    without_archive: Collection[str]
    """Taxonomies whose terms have none."""
    emails: bool
    """Whether e-mail addresses were asked for."""
    folder: str = ""
    """The site's output folder, with a last ``/``."""
    ending: str = ""
    """What new addresses end in."""


def site_values(lines: Iterable[bytes]) -> dict[str, Any]:
    """Return what ``site.json`` says without its translations, of which there may be any number. Raises ValueError."""
    kept = []
    for line in lines:
        if line.startswith(b'  "translations": ['):
            kept.append(b'  "translations": []}')
            break
        kept.append(line)
    values = json.loads(b"".join(kept))
    if not isinstance(values, dict):
        raise ValueError("it is no mapping")
    return values
