"""A digest of all that outputs depend on, so that a second run knows whether anything has changed."""

from __future__ import annotations

import hashlib
import sqlite3

import msgspec

__all__ = ["read_digest", "write_digest"]

_QUERIES = (
    "SELECT number, key, base_url, folder, language FROM site ORDER BY number",
    "SELECT site, host FROM host ORDER BY site, host",
    "SELECT file, item, stem, note, public FROM place JOIN entry ON entry.number = place.entry ORDER BY place.entry",
    "SELECT site, key, target, upload FROM address ORDER BY site, key",
    "SELECT * FROM upload ORDER BY site, key",
    "SELECT * FROM attachment ORDER BY site, id",
    "SELECT * FROM author ORDER BY site, login",
    "SELECT * FROM block ORDER BY site, id",
    "SELECT * FROM translation ORDER BY site, family, language",
    "SELECT name FROM fragment ORDER BY name",
)
"""What one entry is given of the whole site. The menus and terms are site files, which are always written."""


def write_digest(connection: sqlite3.Connection) -> None:
    """Compute the digest and keep it. Linear; holds a thousand rows."""
    digest = hashlib.sha256()
    for query in _QUERIES:
        digest.update(query.encode())
        cursor = connection.execute(query)
        while rows := cursor.fetchmany(1000):
            digest.update(msgspec.msgpack.encode(rows))
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('digest', ?)", (digest.hexdigest()[:32],))


def read_digest(connection: sqlite3.Connection) -> str:
    """Return what :func:`write_digest` kept."""
    return str(connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()[0])
