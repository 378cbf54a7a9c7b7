"""Old addresses to new ones: every spelling that the source gives, the best claim first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from wpmigrate.runner.index.batches import Batches
from wpmigrate.runner.index.rows import ATTACHMENT, BY_ID
from wpmigrate.runner.index.sites import MOST_HOSTS
from wpmigrate.wordpress.urls import address_key, home_of, upload_key

__all__ = ["Home", "Homes", "encoded", "settle_addresses", "write_claims"]

_ORIGIN = re.compile(r"(?:https?:)?//[^/?#]*", re.IGNORECASE)
_TO_ENCODE = re.compile(r"[^!-~]+")

_OWN_QUERY: Final = {"page": "page_id", "attachment": "attachment_id"}
"""Type -> the query variable of its short address; ``p`` for all others."""


class Home:
    """Hosts and home of one site."""

    def __init__(self, hosts: frozenset[str], base_url: str) -> None:
        self.hosts = hosts
        self.base_url = base_url
        self.path = home_of(base_url)[2]

    def key(self, url: str) -> str:
        """Return the key of ``url``; empty when it does not lead into the site."""
        return address_key(url, self.hosts, self.base_url)


class Homes:
    """The homes of all sites."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._homes: dict[int, Home] = {}
        for number, base_url in connection.execute("SELECT number, base_url FROM site").fetchall():
            hosts = connection.execute(_HOSTS, (number, MOST_HOSTS))
            self._homes[number] = Home(frozenset(host for (host,) in hosts), base_url)

    def __getitem__(self, number: int) -> Home:
        return self._homes[number]


_HOSTS = "SELECT host FROM host WHERE site = ? AND host <> '' ORDER BY count DESC, host LIMIT ?"


def write_claims(connection: sqlite3.Connection, homes: Homes) -> None:
    """Claim for each public entry its permalink, its short address, its guid, old slugs; for attachments their page.

    The page of an attachment leads to its file. It has no address when the attachment belongs to an entry that is known and
    not public.
    """
    batches = Batches(connection)
    for site, rank, kind, url, new in connection.execute(_ALIASES):
        if url:
            batches.add_all(_claim(homes[site], site, rank, kind, url, new, ""))
    for site, post_id, kind, name, new in connection.execute(_IDS):
        home = homes[site]
        query = f"/?{_OWN_QUERY.get(kind, 'p')}={post_id}"
        batches.add("claim", (site, f"?p={post_id}", BY_ID, "id", home.path + query, new, ""))
        if kind not in ("post", "page"):
            batches.add("claim", (site, f"?{kind}={name}".lower(), BY_ID, "id", "", new, ""))
    for site, post_id, url, page in connection.execute(_ATTACHMENTS):
        key = upload_key(url)
        if key:
            home = homes[site]
            old = f"{home.path}/?attachment_id={post_id}"
            batches.add("claim", (site, f"?p={post_id}", ATTACHMENT, "attachment", old, "", key))
            batches.add_all(_claim(home, site, ATTACHMENT, "attachment", page, "", key))
    batches.flush()


def _claim(
    home: Home, site: int, rank: int, kind: str, url: str, target: str, upload: str
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    key = home.key(url)
    if key and not (key == "/" and kind != "permalink"):  # only a permalink makes an entry the front page
        yield "claim", (site, key, rank, kind, _root_relative(url), target, upload)


def _root_relative(url: str) -> str:
    """Return path and query of ``url`` as the old site spelled them, in ASCII."""
    path = _ORIGIN.sub("", url.strip().partition("#")[0], count=1).replace("&amp;", "&")
    return encoded(path if path[:1] == "/" else f"/{path}")


def encoded(text: str) -> str:
    """Return ``text`` with everything percent-encoded that is neither ASCII nor visible."""
    return _TO_ENCODE.sub(lambda odd: quote(odd[0], errors="replace"), text)


_ALIASES = """
SELECT site, rank, kind, url, address(stem) FROM alias JOIN entry ON entry.number = alias.entry JOIN place ON place.entry = alias.entry
WHERE public
"""
_IDS = """
SELECT entry.site, entry.id, type, name, address(public.stem) FROM public JOIN entry ON entry.number = public.entry WHERE entry.file > 0
OR entry.site > 0
"""
_ATTACHMENTS = """
SELECT site, id, url, page FROM attachment WHERE NOT (
    EXISTS (SELECT 1 FROM entry WHERE entry.site = attachment.site AND entry.id = attachment.parent)
    AND NOT EXISTS (SELECT 1 FROM public WHERE public.site = attachment.site AND public.id = attachment.parent))
"""


def settle_addresses(connection: sqlite3.Connection) -> None:
    """Give every key to its best claim: the lowest rank, then the first in the input."""
    connection.execute(
        "INSERT OR IGNORE INTO address SELECT site, key, kind, old, target, upload FROM claim ORDER BY site, key, rank, rowid"
    )
    connection.execute("CREATE INDEX attachment_parent ON attachment (site, parent, image, position, id)")
    connection.execute("DROP TABLE claim")
    connection.execute("DROP TABLE alias")
