"""Pages of the input beside its exports: entries of the same site, known to it by id and address."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence

from wpmigrate.errors import WpmigrateError
from wpmigrate.model import Fields
from wpmigrate.options import RunOptions
from wpmigrate.runner.index.addresses import Homes
from wpmigrate.runner.index.batches import Batches
from wpmigrate.runner.index.rows import PERMALINK, Rows
from wpmigrate.runner.job import read_source
from wpmigrate.runner.media.uses import uses_of
from wpmigrate.runner.records import Job
from wpmigrate.runner.routes import route
from wpmigrate.runner.site_index import glance
from wpmigrate.wordpress.urls import home_of

__all__ = ["feed_pages"]


def feed_pages(
    connection: sqlite3.Connection, pages: Sequence[Job], options: RunOptions, number: int
) -> None:
    """Add ``pages`` as entries from ``number + 1`` on, each to the site whose host its own address has.

    A page without an address is of the only site. One of a host that no export is of belongs to site 0, where pages find one
    another by id only, as in an input without exports. A page that cannot be read is an entry that is skipped here; converting
    it says why.
    """
    batches = Batches(connection)
    homes = Homes(connection)
    sites = [
        site for (site,) in connection.execute("SELECT number FROM site WHERE number > 0 ORDER BY number")
    ]
    connection.execute("INSERT INTO site VALUES (0, '', '', '', '', '', '', '{}')")
    for place, job in enumerate(pages):
        number += 1
        fields, host, fragments, uses, digest = _look(job, options)
        host = home_of(fields.url)[0] or host
        site = _site_of(host, sites, homes)
        how, _ = route(fields, options.routes)
        title, author = (fields.title, fields.author.login) if how == "write" else ("", "")
        facts = (fields.id, fields.type, fields.status, how, fields.slug, title, fields.date, "", author, "")
        batches.add("entry", (number, site, 0, place, 0, 0, 1, digest, *facts))
        batches.add_all(("fragment", (name,)) for name in fragments)
        if host and not site:
            batches.add("host", (0, host))
        if how == "write" and site:
            batches.add_all(_public_rows(fields, site, number))
            batches.add_all(("use", (number, url)) for url in uses)
    batches.flush()


def _site_of(host: str, sites: Sequence[int], homes: Homes) -> int:
    """Return the site that has ``host``; the only one when a page names none; else 0."""
    if not host:
        return sites[0] if len(sites) == 1 else 0
    return next((site for site in sites if host in homes[site].hosts), 0)


def _public_rows(fields: Fields, site: int, number: int) -> Rows:
    yield "alias", (number, PERMALINK, "permalink", fields.url)
    for term in fields.terms:
        yield "entry_term", (number, term.taxonomy, term.slug)
        yield "term", (site, term.taxonomy, term.slug, "", term.name, "", "", 0, "")


def _look(job: Job, options: RunOptions) -> tuple[Fields, str, set[str], list[str], bytes]:
    """Return a page's fields, its host, the fragments that it links to, the files that it uses, and a digest."""
    try:
        with open(os.path.join(job.root, job.path), "rb") as file:
            data = file.read()
        _, host, fragments, _ = glance(data)
        fields = read_source(job.label, data, options).fields
    except (OSError, WpmigrateError):
        return Fields(status="unreadable"), "", set(), [], b""
    uses = [*uses_of(data.decode("utf-8", "replace"))]
    return fields, host, fragments, uses, hashlib.sha256(data).digest()[:16]
