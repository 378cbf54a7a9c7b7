"""``media.json``: every file that the content uses or that the library has, streamed from the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import msgspec

from wpmigrate.runner.index import Index
from wpmigrate.runner.index.schema import reading
from wpmigrate.runner.media.records import MEDIA_SCHEMA_VERSION, MediaAttachment, MediaRow, MediaTotals
from wpmigrate.runner.media.state import MediaFile, MediaState
from wpmigrate.runner.names import site_label

__all__ = ["MANIFEST", "has_files", "manifest", "manifest_parts", "place_in", "site_labels"]

MANIFEST = "media.json"
"""Its name in the output folder."""

_START = f'{{"schema_version":{MEDIA_SCHEMA_VERSION},"files":['.encode()
_AT_ONCE = 1000
_encoder = msgspec.json.Encoder()

Lookup = Callable[[str], MediaFile | None]
"""Place -> what stands there, or None."""


def site_labels(index: Index) -> dict[int, str]:
    """Return the number of each site of the exports and the name that media.json has for it; all are different."""
    labels: dict[int, str] = {}
    for site in index.sites():
        label = site_label(site.base_url)
        labels[site.number] = label if label not in labels.values() else f"{label} ({site.number})"
    return labels


def place_in(index: Index, site: int, key: str) -> str:
    """Return the place of the file ``key`` of a site; empty when media.json does not list it."""
    row = _rows(index, "SELECT place FROM media WHERE site = ? AND key = ?", site, key).fetchone()
    return row[0] if row else ""


def has_files(index: Index) -> bool:
    """Whether there is anything to list."""
    return _rows(index, "SELECT 1 FROM media LIMIT 1").fetchone() is not None


def manifest(index: Index, output: str) -> Iterator[bytes]:
    """Yield the manifest of the output folder ``output`` in pieces. Raises OSError."""
    with MediaState(output) as state:
        yield from manifest_parts(index, state.get)


def manifest_parts(index: Index, there: Lookup) -> Iterator[bytes]:
    """Yield the manifest in pieces; ``there`` says what stands at a place. Memory does not grow with the files, nor with their users."""
    totals = MediaTotals()
    yield _START
    first = True
    for number, label in sorted(site_labels(index).items(), key=lambda pair: pair[1]):
        for media, *facts in _rows(index, _FILES, number):
            row = _row(index, number, label, facts, there)
            row.variants = [url for (url,) in _rows(index, _VARIANTS, media)]
            stems = _rows(index, _USERS, media)
            used = stems.fetchmany(_AT_ONCE)
            _count(totals, row, bool(used))
            yield (b"\n" if first else b",\n") + _line(row, used)
            first = False
            while used := stems.fetchmany(_AT_ONCE):
                yield b"," + _list(used)
            yield b"]}"
    yield b'\n],"totals":' + _encoder.encode(totals) + b"}\n"


def _row(index: Index, site: int, label: str, facts: list[str], there: Lookup) -> MediaRow:
    key, url, kind, external, attachment, place, reason = facts
    file = there(place)
    ours = file is not None and file.key == key and file.site == label
    row = MediaRow(key, label, url, kind, place, "external" if external else "missing")  # type: ignore[arg-type]
    if ours and file is not None:
        row.state, row.sha256, row.bytes = file.how, file.sha256, file.bytes
    else:
        row.reason = reason
    if attachment:
        found = _rows(index, _ATTACHMENT, site, attachment).fetchone()
        row.attachment = MediaAttachment(*found) if found else None
    return row


def _line(row: MediaRow, used: list[tuple[str]]) -> bytes:
    """Return a row without its end: ``used_by``, its last key, stays open."""
    row.used_by = []
    return _encoder.encode(row).removesuffix(b"[]}") + b"[" + _list(used)


def _list(stems: list[tuple[str]]) -> bytes:
    return _encoder.encode([stem for (stem,) in stems])[1:-1]


def _count(totals: MediaTotals, row: MediaRow, used: bool) -> None:
    totals.files += 1
    totals.bytes += row.bytes
    if not used:
        totals.unused += 1
    if used or row.state != "missing":
        setattr(totals, row.state, getattr(totals, row.state) + 1)


def _rows(index: Index, query: str, *values: object) -> sqlite3.Cursor:
    return reading(index.path).execute(query, values)


_FILES = """
SELECT number, key, url, kind, external, attachment, place, reason FROM media WHERE site = ? ORDER BY site, key
"""
_VARIANTS = "SELECT url FROM variant WHERE media = ? ORDER BY url LIMIT 100"
_USERS = """
SELECT stem FROM media_use JOIN place ON place.entry = media_use.entry WHERE media = ? AND public ORDER BY stem
"""
_ATTACHMENT = "SELECT id, title, alt, caption, description FROM attachment WHERE site = ? AND id = ?"
