"""The first pass: every export is read once, and what the whole site must know goes into the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from wpmigrate.options import RunOptions
from wpmigrate.runner.index.addresses import Homes, settle_addresses, write_claims
from wpmigrate.runner.index.archives import count_terms, make_archives
from wpmigrate.runner.index.digest import write_digest
from wpmigrate.runner.index.feed import Feed
from wpmigrate.runner.index.pages import feed_pages
from wpmigrate.runner.index.places import find_branches, find_same, give_places, list_public
from wpmigrate.runner.index.reader import Index
from wpmigrate.runner.index.schema import clear_errors, forget_connections, open_new
from wpmigrate.runner.index.sites import home_from_links, name_folders
from wpmigrate.runner.index.translations import settle_translations
from wpmigrate.runner.records import ExportFile, Job

__all__ = ["build_index"]


def build_index(files: Sequence[ExportFile], pages: Sequence[Job], options: RunOptions, path: str) -> Index:
    """Read ``files`` and ``pages`` and write the index to the new file ``path``.

    Never raises for a bad item or a bad file (:meth:`Index.files` tells of those). Raises UsageError for a bad pattern of a target,
    OSError (with its file name) when the index cannot be written, for instance on a full disk.
    """
    forget_connections(path)
    connection = open_new(path, options)
    try:
        with clear_errors(path):
            connection.execute("BEGIN")
            feed = Feed(connection, options)
            for number, file in enumerate(files, start=1):
                feed.file(number, file)
            _settle(connection, options, pages, feed.entries)
            connection.execute("COMMIT")
    finally:
        connection.close()
    return Index(path)


def _settle(connection: sqlite3.Connection, options: RunOptions, pages: Sequence[Job], entries: int) -> None:
    """Work out what follows from all entries together. The order matters: each step reads what the one before wrote."""
    home_from_links(connection)
    name_folders(connection)
    feed_pages(connection, pages, options, entries)
    find_same(connection)
    find_branches(connection)
    give_places(connection, options, pages)
    list_public(connection)
    homes = Homes(connection)
    write_claims(connection, homes)
    count_terms(connection)
    if options.archives:
        make_archives(connection, options, homes)
    settle_addresses(connection)
    settle_translations(connection)
    write_digest(connection)
