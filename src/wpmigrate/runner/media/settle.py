"""From what the texts name to the files that media.json lists: one row for each file, who uses it, and where it goes.

All in the index on disk, in joins and streamed loops: a site may have any number of files.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from wpmigrate.runner.index.addresses import Home, Homes
from wpmigrate.runner.media.place import apart, place_of, refused_name
from wpmigrate.runner.media.uses import ends_like_a_file, kind_of
from wpmigrate.runner.names import collision_key
from wpmigrate.wordpress.urls import original_key, plain_host, upload_key

__all__ = ["settle_media"]

_ABSOLUTE = re.compile(r"(?:(https?):)?//([^/?#]*)([^#]*)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_TO_ENCODE = re.compile(r"[^!-~]+")


def settle_media(connection: sqlite3.Connection, known: Iterable[tuple[int, str, str]]) -> None:
    """Fill the tables ``media``, ``spelling``, ``variant`` and ``media_use``.

    ``known`` are the files that an earlier run put into the output folder (site, key, place): they keep their places. The temporary
    table ``listing`` holds the paths that copies of the uploads have.
    """
    homes = Homes(connection)
    execute = connection.execute
    for statement in _TEMPORARY.split(";"):
        execute(statement)
    connection.executemany("INSERT OR IGNORE INTO known VALUES (?, ?, ?)", known)
    _name_library(connection, homes)
    execute(_MARKED)
    _name_uses(connection, homes)
    execute(_KNOWN_KEYS)
    execute("INSERT INTO target SELECT site, url, key, base, external, " + _TARGET + " FROM named")
    execute("CREATE INDEX temp.target_key ON target (site, target)")
    _make_media(connection, homes)
    execute("INSERT OR IGNORE INTO spelling SELECT target.site, target.key, number FROM target " + _OF_TARGET)
    execute("INSERT OR IGNORE INTO spelling SELECT site, key, number FROM media WHERE NOT external")
    execute("INSERT OR IGNORE INTO variant SELECT number, target.url FROM target " + _OF_TARGET)
    for statement in (*_BLOCKS, *_USED):
        execute(statement)


_TEMPORARY = """
CREATE TEMP TABLE known (site INTEGER, key TEXT, place TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TEMP TABLE library (site INTEGER, key TEXT, base TEXT, id TEXT, url TEXT, external INTEGER, public INTEGER,
    PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE INDEX temp.library_key ON library (site, key);
CREATE INDEX temp.library_base ON library (site, base);
CREATE TEMP TABLE named (site INTEGER, url TEXT, key TEXT, base TEXT, external INTEGER, PRIMARY KEY (site, url)) WITHOUT ROWID;
CREATE INDEX temp.named_key ON named (site, key);
CREATE TEMP TABLE there (site INTEGER, key TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TEMP TABLE target (site INTEGER, url TEXT, key TEXT, base TEXT, external INTEGER, target TEXT,
    PRIMARY KEY (site, url)) WITHOUT ROWID;
CREATE TEMP TABLE marked (mark TEXT, site INTEGER, id TEXT, entry INTEGER, PRIMARY KEY (mark, site, id, entry)) WITHOUT ROWID;
CREATE TEMP TABLE gone (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE shows (holder INTEGER, block INTEGER, PRIMARY KEY (holder, block)) WITHOUT ROWID;
CREATE TEMP TABLE user (entry INTEGER, holder INTEGER, PRIMARY KEY (entry, holder)) WITHOUT ROWID;
"""

_MARKED = """
INSERT OR IGNORE INTO marked SELECT substr(url, 1, 1), site, substr(url, 2), entry FROM use
JOIN main.entry ON entry.number = use.entry WHERE url LIKE '#%' OR url LIKE '@%' OR url LIKE '^%'
"""
"""What texts name otherwise than by an address."""

_KNOWN_KEYS = """
INSERT OR IGNORE INTO there SELECT site, key FROM known UNION SELECT site, key FROM named UNION SELECT site, key FROM library
UNION SELECT number, path FROM listing, (SELECT number FROM main.site WHERE number > 0) WHERE reason = ''
"""
"""Every file that something tells to exist, by its own name."""

_TARGET = """
CASE WHEN external OR base = key THEN key
    WHEN EXISTS (SELECT 1 FROM library WHERE library.site = named.site AND library.key = named.key) THEN key
    WHEN EXISTS (SELECT 1 FROM there WHERE there.site = named.site AND there.key = named.base) THEN base
    ELSE coalesce((SELECT min(key) FROM library INDEXED BY library_base WHERE library.site = named.site AND library.base = named.base), key) END
"""
"""The file of which a spelling is a variant: an original only when something tells that it exists, since ``banner-300x250.jpg``
and ``banner-728x90.jpg`` may be two originals of their own."""

_OF_TARGET = """
JOIN media ON media.site = target.site AND media.key = target.target WHERE NOT target.external
"""


def _name_library(connection: sqlite3.Connection, homes: Homes) -> None:
    """Give every file of the library its key."""
    rows = connection.execute(_ATTACHMENTS)
    connection.executemany(
        "INSERT OR IGNORE INTO library VALUES (?, ?, ?, ?, ?, ?, ?)", _library_rows(rows, homes)
    )


_ATTACHMENTS = """
SELECT site, id, url, NOT (EXISTS (SELECT 1 FROM entry WHERE entry.site = attachment.site AND entry.id = attachment.parent)
    AND NOT EXISTS (SELECT 1 FROM public WHERE public.site = attachment.site AND public.id = attachment.parent))
FROM attachment WHERE url <> '' ORDER BY site, id
"""
"""With whether it may be shown though nothing uses it: not so when the entry that it belongs to is not public."""


def _library_rows(rows: Iterable[tuple[int, str, str, int]], homes: Homes) -> Iterator[tuple[Any, ...]]:
    for site, number, url, public in rows:
        key, external = _key(url, homes[site])
        if key:
            yield site, key, original_key(key), number, url, external, public


def _name_uses(connection: sqlite3.Connection, homes: Homes) -> None:
    """Give every address that a text names its key."""
    rows = connection.execute(
        "SELECT DISTINCT entry.site, url FROM use JOIN entry ON entry.number = use.entry WHERE substr(url, 1, 1) NOT IN ('#', '@', '^')"
    )
    connection.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?)", _named_rows(rows, homes))


def _named_rows(rows: Iterable[tuple[int, str]], homes: Homes) -> Iterator[tuple[Any, ...]]:
    for site, url in rows:
        key, external = _key(url, homes[site])
        if key:
            yield site, url, key, original_key(key) if not external else key, external


def _key(url: str, home: Home) -> tuple[str, int]:
    """Return the key of a file and whether it is outside of the site's uploads; an empty key for what is no file."""
    key = upload_key(url, home.hosts)
    if key:
        return (key, 0) if "." in key.rpartition("/")[2] else ("", 0)
    absolute = _ABSOLUTE.match(_whole(url, home))
    if absolute is None or not absolute[2] or not ends_like_a_file(url):
        return "", 1
    return f"//{plain_host(absolute[2])}{absolute[3]}", 1


def _whole(url: str, home: Home) -> str:
    """Return ``url`` with scheme and host."""
    if url[:2] == "//":
        return f"{home.base_url.partition('//')[0] or 'http:'}{url}"
    if _SCHEME.match(url):
        return url
    origin = _ORIGIN.match(home.base_url)
    if origin is None:
        return ""
    return f"{origin[0]}{url}" if url[:1] == "/" else f"{home.base_url}/{url.removeprefix('./')}"


def _make_media(connection: sqlite3.Connection, homes: Homes) -> None:
    """Make the rows of ``media``, by site and key, each with a place that no other has."""
    execute = connection.execute
    connection.create_function("collision_key", 1, collision_key, deterministic=True)
    execute("INSERT OR IGNORE INTO gone SELECT collision_key(place) FROM known")
    folders = dict(execute("SELECT number, folder FROM main.site").fetchall())
    rows = _media_rows(connection, execute(_FILES), homes, folders)
    connection.executemany("INSERT INTO media VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


_FILES = """
WITH wanted AS (
    SELECT site, target AS key FROM target
    UNION SELECT site, key FROM library WHERE public
    UNION SELECT library.site, library.key FROM marked CROSS JOIN library ON library.site = marked.site AND library.id = marked.id
        WHERE mark = '#'
)
SELECT site, key, (SELECT min(id) FROM library INDEXED BY library_key WHERE library.site = wanted.site AND library.key = wanted.key AND public),
    (SELECT min(url) FROM library INDEXED BY library_key WHERE library.site = wanted.site AND library.key = wanted.key),
    (SELECT min(url) FROM named WHERE named.site = wanted.site AND named.key = wanted.key),
    (SELECT min(url) FROM target WHERE target.site = wanted.site AND target.target = wanted.key),
    (SELECT place FROM known WHERE known.site = wanted.site AND known.key = wanted.key)
FROM wanted ORDER BY site, key
"""
"""Every file (the indexes are named, since SQLite takes others for ``min``): its attachment, and the addresses that the library, a text, or a text with a variant has for it."""


def _media_rows(
    connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], homes: Homes, folders: Mapping[int, str]
) -> Iterator[tuple[Any, ...]]:
    for site, key, number, *urls, place in rows:
        external = int(key[:2] == "//")
        url = _original_url(urls, key, homes[site], bool(external))
        place = place or _free_place(connection, folders[site], key)
        yield site, key, url, kind_of(key), external, number or "", place, refused_name(key)


def _free_place(connection: sqlite3.Connection, folder: str, key: str) -> str:
    (top,) = connection.execute("SELECT media_folder()").fetchone()
    place = place_of(folder, key, top)
    for _ in range(3):
        if connection.execute("INSERT OR IGNORE INTO gone VALUES (?)", (collision_key(place),)).rowcount:
            return place
        place = apart(place, key)
    return place


def _original_url(urls: list[str | None], key: str, home: Home, external: bool) -> str:
    """Return where the old site has the file, in ASCII: an image service's own address and a wish for a size are left out."""
    library, own, variant = urls
    url = library or own or variant or ""
    if not (library or own) and variant:  # only variants are named: the original lies beside them
        url = f"{variant.partition('?')[0].rpartition('/')[0]}/{quote(key.rpartition('/')[2])}"
    url = _whole(url, home)
    if not external:
        url = _PHOTON.sub(r"\1//", url.partition("?")[0])
    return _TO_ENCODE.sub(lambda odd: quote(odd[0], errors="replace"), url)


_PHOTON = re.compile(r"\A(https?:)//i[0-3]\.wp\.com/", re.IGNORECASE)

_BLOCKS = (
    "INSERT OR IGNORE INTO shows SELECT marked.entry, block.number FROM marked "
    "JOIN entry AS block ON block.site = marked.site AND block.id = marked.id AND block.type = 'wp_block' WHERE mark = '^'",
    "INSERT OR IGNORE INTO user WITH RECURSIVE reach (entry, holder) AS ("
    "SELECT entry, entry FROM place WHERE public UNION "
    "SELECT reach.entry, shows.block FROM reach JOIN shows ON shows.holder = reach.holder) SELECT entry, holder FROM reach",
    "CREATE INDEX temp.user_holder ON user (holder)",
)
"""Which texts a public entry shows: its own, and those of reusable blocks, also of blocks in blocks."""

_USED = (
    # by address; CROSS JOIN keeps the order, since nothing counts the rows for SQLite
    "INSERT OR IGNORE INTO media_use SELECT media.number, user.entry FROM use CROSS JOIN user ON user.holder = use.entry "
    "CROSS JOIN entry ON entry.number = use.entry CROSS JOIN target ON target.site = entry.site AND target.url = use.url "
    "CROSS JOIN media ON media.site = target.site AND media.key = target.target",
    # by id
    "INSERT OR IGNORE INTO media_use SELECT media.number, user.entry FROM marked CROSS JOIN user ON user.holder = marked.entry "
    "CROSS JOIN library ON library.site = marked.site AND library.id = marked.id "
    "CROSS JOIN media ON media.site = library.site AND media.key = library.key WHERE mark = '#'",
    # all that was uploaded to an entry: by default the one that shows it
    "INSERT OR IGNORE INTO media_use SELECT media.number, user.entry FROM marked CROSS JOIN user ON user.holder = marked.entry "
    "CROSS JOIN entry ON entry.number = user.entry CROSS JOIN attachment INDEXED BY attachment_parent ON "
    "attachment.site = marked.site AND attachment.parent = CASE marked.id WHEN '' THEN entry.id ELSE marked.id END "
    "CROSS JOIN library ON library.site = attachment.site AND library.id = attachment.id "
    "CROSS JOIN media ON media.site = library.site AND media.key = library.key "
    "WHERE mark = '@' AND attachment.parent <> ''",
)
