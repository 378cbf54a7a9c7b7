"""Which site each export file belongs to: parts of one export, and exports of one site, are merged."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec

from wpmigrate.runner.index.paths import safe_segment
from wpmigrate.wordpress.urls import home_of

__all__ = ["find_site", "home_from_links", "join_namesake", "name_folders", "site_key", "update_site"]

_TABLES = (
    "entry",
    "host",
    "attachment",
    "author",
    "term",
    "menu_item",
    "navigation",
    "block",
    "translation",
    "file",
)
"""The tables that the first pass fills and that have a ``site``."""

MOST_HOSTS = 64
"""So many host names can be a site's own."""


def site_key(fields: Mapping[str, str]) -> str:
    """Return what two exports of one site share: host and path of its home; empty when the channel does not say."""
    host, port, path = home_of(_home(fields))
    return f"{host}:{port}{path}" if host else ""


def _home(fields: Mapping[str, str]) -> str:
    """Return the first address in ``fields`` that is one: what a site says of itself may be damaged."""
    for name in ("base_blog_url", "link", "base_site_url"):
        url = fields.get(name, "").strip().rstrip("/")
        if home_of(url)[0]:
            return url
    return ""


def find_site(connection: sqlite3.Connection, key: str) -> int:
    """Return the number of the site with ``key``, a new one when there is none or no key."""
    found = connection.execute("SELECT number FROM site WHERE key = ? AND key <> ''", (key,)).fetchone()
    if found:
        return int(found[0])
    number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM site").fetchone()[0]
    connection.execute("INSERT INTO site VALUES (?, ?, '', '', '', '', '', '{}')", (number, key))
    return int(number)


def update_site(connection: sqlite3.Connection, number: int, fields: Mapping[str, str]) -> None:
    """Note what a file's channel says of site ``number``; what an earlier file said stays."""
    row = connection.execute(
        "SELECT base_url, title, tagline, language, channel FROM site WHERE number = ?", (number,)
    )
    base_url, title, tagline, language, channel = row.fetchone()
    home = _home(fields)
    said = {**fields, **msgspec.json.decode(channel)}
    connection.execute(
        "UPDATE site SET base_url = ?, title = ?, tagline = ?, language = ?, channel = ? WHERE number = ?",
        (
            base_url or home,
            title or fields.get("title", ""),
            tagline or fields.get("tagline", ""),
            language or fields.get("language", ""),
            msgspec.json.encode(said, order="deterministic").decode(),
            number,
        ),
    )
    for url in (home, fields.get("link", "")):
        host = home_of(url)[0]
        if host:
            connection.execute(
                "INSERT INTO host VALUES (?, ?, 1000000000) ON CONFLICT DO NOTHING", (number, host)
            )


def _merge_site(connection: sqlite3.Connection, source: int, target: int) -> None:
    """Make all rows of site ``source`` those of ``target``: a file told only at its end which site it is of."""
    for table in _TABLES:
        connection.execute(f"UPDATE OR IGNORE {table} SET site = ? WHERE site = ?", (target, source))
        connection.execute(f"DELETE FROM {table} WHERE site = ?", (source,))
    connection.execute("DELETE FROM site WHERE number = ?", (source,))


def home_from_links(connection: sqlite3.Connection) -> None:
    """Give a site whose channel names no home that of its first public entry with a link; two of one home are one."""
    homeless = connection.execute("SELECT number FROM site WHERE base_url = '' AND number > 0").fetchall()
    for (number,) in homeless:
        link = connection.execute(_FIRST_LINK, (number,)).fetchone()
        if link is None:
            continue
        scheme, _, rest = link[0].partition("://")
        fields = {"link": f"{scheme}://{rest.partition('/')[0]}"}
        update_site(connection, number, fields)
        join_namesake(connection, number, fields)


def join_namesake(connection: sqlite3.Connection, number: int, fields: Mapping[str, str]) -> int:
    """Merge site ``number``, whose key was not known, into the one that ``fields`` are of; alone it only gets the key.

    Returns the number that its rows have now.
    """
    key = site_key(fields)
    found = connection.execute("SELECT number FROM site WHERE key = ?", (key,)).fetchone()
    if found is None:
        connection.execute("UPDATE site SET key = ? WHERE number = ?", (key, number))
        return number
    _merge_site(connection, number, found[0])
    return int(found[0])


_FIRST_LINK = """
SELECT url FROM alias JOIN entry ON entry.number = alias.entry
WHERE site = ? AND kind = 'permalink' AND url LIKE 'http%://%' ORDER BY entry LIMIT 1
"""


def name_folders(connection: sqlite3.Connection) -> None:
    """Give each of several sites a folder named after its host (and path); a single one has none."""
    sites = connection.execute(
        "SELECT number, base_url, key FROM site WHERE number > 0 ORDER BY number"
    ).fetchall()
    if len(sites) < 2:
        return
    names: set[str] = set()
    for number, base_url, _ in sites:
        host, _, path = home_of(base_url)
        name = wanted = safe_segment((host + path).replace("/", "-")) or "site"
        count = 1
        while name in names:
            count += 1
            name = f"{wanted}-{count}"
        names.add(name)
        connection.execute("UPDATE site SET folder = ? WHERE number = ?", (name + "/", number))
