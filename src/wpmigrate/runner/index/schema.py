"""The tables of the index, how the file is opened, and what its errors mean.

The file is made once, in one go, and only read after that: no journal, no locks. One that was broken off is never opened.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import msgspec

from wpmigrate.options import RunOptions
from wpmigrate.runner.target import target_of
from wpmigrate.targets import Target
from wpmigrate.targets.paths import address_of

__all__ = ["FAST", "SCHEMA", "add_functions", "clear_errors", "forget_connections", "open_new", "reading"]

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- A site of the input. number 0 is that of pages whose site has no export here.
CREATE TABLE site (number INTEGER PRIMARY KEY, key TEXT, base_url TEXT, folder TEXT, title TEXT, tagline TEXT, language TEXT,
    channel TEXT);
CREATE TABLE host (site INTEGER, host TEXT, count INTEGER, PRIMARY KEY (site, host)) WITHOUT ROWID;
CREATE TABLE file (number INTEGER PRIMARY KEY, site INTEGER, label TEXT, plain TEXT, encoding TEXT, items INTEGER,
    entries INTEGER);
CREATE TABLE problem (file INTEGER, offset INTEGER, line INTEGER, message TEXT);
-- An item of a file, or (file 0) a page: item is then its place in the plan. how: write, draft, skip.
CREATE TABLE entry (number INTEGER PRIMARY KEY, site INTEGER, file INTEGER, item INTEGER, offset INTEGER, length INTEGER,
    line INTEGER, sha BLOB, id TEXT, type TEXT, status TEXT, how TEXT, name TEXT, title TEXT, date TEXT, parent TEXT,
    author TEXT, category TEXT);
-- The very same item a second time (merged parts of an export overlap).
CREATE TABLE same (entry INTEGER PRIMARY KEY, first INTEGER);
-- The folders that a nested entry lies in: the names of its ancestors.
CREATE TABLE branch (entry INTEGER PRIMARY KEY, level INTEGER, folder TEXT);
-- Where an entry that is not skipped is written.
CREATE TABLE place (entry INTEGER PRIMARY KEY, public INTEGER, stem TEXT, note TEXT);
-- Output names that are gone; last is the number that the last namesake got.
CREATE TABLE taken (key TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID;
CREATE TABLE public (site INTEGER, id TEXT, entry INTEGER, stem TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID;
-- Old addresses as the source spells them, then by key, the best claim to a key first.
CREATE TABLE alias (entry INTEGER, rank INTEGER, kind TEXT, url TEXT);
CREATE TABLE claim (site INTEGER, key TEXT, rank INTEGER, kind TEXT, old TEXT, target TEXT, upload TEXT);
CREATE TABLE address (site INTEGER, key TEXT, kind TEXT, old TEXT, target TEXT, upload TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE upload (site INTEGER, key TEXT, address TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE attachment (site INTEGER, id TEXT, url TEXT, title TEXT, alt TEXT, caption TEXT, description TEXT, parent TEXT,
    page TEXT, width INTEGER, height INTEGER, position INTEGER, image INTEGER, PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE TABLE author (site INTEGER, login TEXT, id TEXT, name TEXT, email TEXT, first_name TEXT,
    last_name TEXT, PRIMARY KEY (site, login)) WITHOUT ROWID;
-- declared: in the export's own list of terms; the others are known from the items that have them.
-- meta: its <wp:termmeta>, a JSON list of [key, raw value]; empty when there is none.
CREATE TABLE term (site INTEGER, taxonomy TEXT, slug TEXT, id TEXT, name TEXT, parent TEXT, description TEXT, declared INTEGER,
    meta TEXT, PRIMARY KEY (site, taxonomy, slug)) WITHOUT ROWID;
CREATE TABLE entry_term (entry INTEGER, taxonomy TEXT, slug TEXT);
CREATE TABLE term_count (site INTEGER, taxonomy TEXT, slug TEXT, count INTEGER, PRIMARY KEY (site, taxonomy, slug)) WITHOUT ROWID;
CREATE TABLE archive (number INTEGER PRIMARY KEY, site INTEGER, taxonomy TEXT, slug TEXT, stem TEXT, count INTEGER);
CREATE TABLE listing (archive INTEGER, entry INTEGER, PRIMARY KEY (archive, entry)) WITHOUT ROWID;
CREATE TABLE menu_item (site INTEGER, menu TEXT, id TEXT, parent TEXT, position INTEGER, kind TEXT, object TEXT,
    object_id TEXT, url TEXT, title TEXT, target TEXT, description TEXT, tip TEXT, rel TEXT,
    classes TEXT);
CREATE TABLE navigation (site INTEGER, id TEXT, slug TEXT, title TEXT, body TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE TABLE block (site INTEGER, id TEXT, body TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE TABLE translation (site INTEGER, family TEXT, language TEXT, id TEXT, PRIMARY KEY (site, family, language)) WITHOUT ROWID;
CREATE TABLE fragment (name TEXT PRIMARY KEY) WITHOUT ROWID;
-- What each entry (or reusable block) uses, as runner/media/uses.py has it.
CREATE TABLE use (entry INTEGER, url TEXT);
-- The files of media.json, in its order; the rest says who uses them, and how. Filled by runner/media/settle.py.
CREATE TABLE media (number INTEGER PRIMARY KEY, site INTEGER, key TEXT, url TEXT, kind TEXT, external INTEGER, attachment TEXT,
    place TEXT, reason TEXT, UNIQUE (site, key));
CREATE TABLE spelling (site INTEGER, key TEXT, media INTEGER, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE variant (media INTEGER, url TEXT, PRIMARY KEY (media, url)) WITHOUT ROWID;
CREATE TABLE media_use (media INTEGER, entry INTEGER, PRIMARY KEY (media, entry)) WITHOUT ROWID;
"""
"""Every table, each with a word about what is not plain from its columns."""

FAST = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16000;
"""
"""For a file that only one process has, and that is worth nothing when it is not whole."""

_connections: dict[tuple[int, str], sqlite3.Connection] = {}


@contextlib.contextmanager
def clear_errors(path: str) -> Iterator[None]:
    """Turn SQLite's errors into OSError with ``path`` and a reason; a full disk is ENOSPC."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        code = errno.ENOSPC if "full" in text else errno.EIO
        reason = (
            "no space left on the disk for the site index"
            if code == errno.ENOSPC
            else f"the site index: {text}"
        )
        raise OSError(code, reason, path) from error


def open_new(path: str, options: RunOptions) -> sqlite3.Connection:
    """Return a connection to the new, empty index ``path``; an old file there is replaced. Raises OSError.

    It keeps the target of ``options``: SQL has a function ``address(stem)``, the new address of an entry.
    """
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
    with clear_errors(path):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(FAST + SCHEMA)
        of = {"target": options.target, "targets": options.targets}
        connection.execute(
            "INSERT INTO meta VALUES ('target', ?)", (msgspec.json.encode(of, order="sorted").decode(),)
        )
        add_functions(connection)
    return connection


def add_functions(connection: sqlite3.Connection) -> None:
    """Add what SQL must know of the target that the index is of.

    ``address(stem)`` is the new address of an entry, ``media_folder()`` where files go, ``media_address(place)`` where one is served.
    """
    (said,) = connection.execute("SELECT value FROM meta WHERE key = 'target'").fetchone()
    target = target_of(msgspec.json.decode(said, type=RunOptions))
    place = target.place
    connection.create_function("address", 1, partial(_address, target), deterministic=True)
    connection.create_function("media_folder", 0, lambda: place.media, deterministic=True)
    connection.create_function(
        "media_address", 1, lambda path: place.media_url + path.removeprefix(place.media), deterministic=True
    )


def _address(target: Target, stem: str | None) -> str | None:
    return None if stem is None else address_of(target, stem)


def reading(path: str) -> sqlite3.Connection:
    """Return this process's connection to the finished index ``path``; it never changes any more. Raises OSError.

    A forked worker opens its own: SQLite's connections do not survive a fork.
    """
    key = (os.getpid(), path)
    connection = _connections.get(key)
    if connection is None:
        if not os.path.exists(path):
            raise FileNotFoundError(errno.ENOENT, "the site index is gone: run again", path)
        with clear_errors(path):
            uri = f"file:{quote(os.path.abspath(path))}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=64)
            connection.execute("PRAGMA cache_size = -4000")
            add_functions(connection)
        _connections[key] = connection
    return connection


def forget_connections(path: str) -> None:
    """Close this process's connection to ``path``: the file is about to change or to go."""
    connection = _connections.pop((os.getpid(), path), None)
    if connection is not None:
        connection.close()
