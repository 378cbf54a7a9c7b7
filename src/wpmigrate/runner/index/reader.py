"""The index as everybody else sees it. Picklable: only the path travels, each process opens the file for itself."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from wpmigrate.model import Site
from wpmigrate.runner.index.digest import read_digest, write_digest
from wpmigrate.runner.index.menus import Menu, read_menus
from wpmigrate.runner.index.schema import FAST, add_functions, clear_errors, forget_connections, reading
from wpmigrate.runner.index.views import (
    Addresses,
    Attached,
    Attachments,
    Authors,
    Blocks,
    EntriesById,
    Files,
    Fragments,
    Translations,
)
from wpmigrate.runner.records import Job

__all__ = ["ArchiveRow", "EntryRow", "FileRow", "Index", "RedirectRow", "SiteRow", "TermRow"]

_MOST_PROBLEMS = 50


class FileRow(msgspec.Struct, frozen=True):
    """One export file, for the report."""

    number: int
    """Its place among the export files, from 1."""
    label: str
    """As the report names it."""
    site: int
    """The number of its site; 0 when it has nothing of any."""
    items_in_bytes: int
    """How many items begin in its bytes."""
    entries: int
    """How many entries were made of it."""
    problems: tuple[str, ...]
    """What is wrong with the file or its borders, with byte and line; the first 50."""


class SiteRow(msgspec.Struct, frozen=True):
    """One site of the input."""

    number: int
    """0 is that of pages whose site has no export in the input."""
    folder: str
    """The output folder of its entries, with a last ``/``; empty when the input has one site."""
    base_url: str
    """The old home, without a last ``/``."""
    title: str
    """Plain text."""
    tagline: str
    """Plain text."""
    language: str
    """Such as ``en-US``."""
    channel: dict[str, str]
    """Every field of the channel, by the name that :class:`~wpmigrate.extractors.wxr.Channel` has for it, or its own."""


class EntryRow(msgspec.Struct, frozen=True):
    """One entry that is written as public, for archives and site data."""

    id: str
    """The post id."""
    type: str
    """The post type."""
    title: str
    """Plain text."""
    date: str
    """As WordPress writes it: local time, ``YYYY-MM-DD hh:mm:ss``."""
    address: str
    """The new address, with a leading ``/``."""


class TermRow(msgspec.Struct, frozen=True):
    """A term of the site, whether it has a page or not."""

    taxonomy: str
    """``category``, ``post_tag`` …"""
    slug: str
    """Percent-decoded."""
    id: str
    """Empty when the export does not say."""
    name: str
    """Plain text."""
    parent: str
    """The slug of the parent; empty at the top."""
    description: str
    """As in the source."""
    count: int
    """How many public entries have it, those of terms below it included."""
    address: str
    """Where its page is; empty when it has none."""
    meta: tuple[tuple[str, str], ...] = ()
    """``<wp:termmeta>``: key and raw value."""


class ArchiveRow(msgspec.Struct, frozen=True):
    """The page of a term or an author."""

    number: int
    """Its number in the index."""
    taxonomy: str
    """``category``, ``post_tag``, …; ``author`` for authors."""
    slug: str
    """Of the term; an author's login."""
    name: str
    """The name to show."""
    parent: str
    """The slug of the parent term; empty at the top."""
    description: str
    """As in the source; may hold HTML."""
    stem: str
    """Output path without ending."""
    count: int
    """How many public entries it lists."""


class RedirectRow(msgspec.Struct, frozen=True):
    """An old address and where it leads now."""

    old: str
    """Root-relative, with query, in ASCII, as the old site spelled it: ``/2012/04/hello/``, ``/?p=17``."""
    new: str
    """``/post/hello``, or a file's address."""
    kind: str
    """permalink, id, guid, old-slug, old-date, attachment, archive."""


class Index:
    """The finished index in the file ``path``. Every method raises OSError when the file is gone or cannot be read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._sites: dict[int, Site] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path,)

    def _rows(self, query: str, *values: Any) -> sqlite3.Cursor:
        return reading(self.path).execute(query, values)

    def close(self) -> None:
        """Close this process's connection, so that the file can be removed everywhere; it opens again when asked."""
        forget_connections(self.path)

    @property
    def digest(self) -> str:
        """What outputs depend on, in hex: equal for equal input."""
        return read_digest(reading(self.path))

    def site(self, number: int) -> Site:
        """Return the site ``number`` (:attr:`Job.site`) as the normalizer, writers and verifier see it."""
        if number not in self._sites:
            self._sites[number] = self._make_site(number)
        return self._sites[number]

    def _make_site(self, number: int) -> Site:
        path = self.path
        row = self._rows("SELECT base_url FROM site WHERE number = ?", number).fetchone()
        hosts = frozenset(host for (host,) in self._rows(_HOSTS, number))
        return Site(
            entries_by_id=EntriesById(path, number),
            hosts=hosts,
            linked_fragments=Fragments(path),
            base_url=row[0] if row else "",
            addresses=Addresses(path, number),
            files=Files(path, number),
            authors=Authors(path, number),
            attachments=Attachments(path, number),
            attached=Attached(path, number),
            blocks=Blocks(path, number),
            translations=Translations(path, number),
        )

    def jobs(self, pages: Sequence[Job] = ()) -> Iterator[Job]:
        """Yield ``pages`` (those that the index was built with) with their site, then a job for every item, in input order.

        An item that is skipped has empty stems; ``draft_stem`` is that of an entry that goes to the drafts, and else ``stem``.
        """
        for place, site in (
            self._rows("SELECT item, site FROM entry WHERE file = 0 ORDER BY number") if pages else ()
        ):
            yield msgspec.structs.replace(pages[place], site=site)
        for row in self._rows(_JOBS):
            label, plain, item, offset, length, line, encoding, site, stem, note, first_item, first_label = (
                row
            )
            same = f"item {first_item} of {first_label}" if first_item else ""
            yield Job(
                "",
                label,
                label,
                stem,
                stem,
                note,
                str(item),
                offset,
                length,
                line,
                encoding,
                site,
                plain,
                same,
            )

    def count(self) -> int:
        """Return how many items there are in all export files."""
        return int(self._rows("SELECT coalesce(sum(entries), 0) FROM file").fetchone()[0])

    def files(self) -> Iterator[FileRow]:
        """Yield the export files in input order."""
        query = "SELECT number, label, site, items, entries FROM file ORDER BY number"
        for number, label, site, items, entries in self._rows(query):
            yield FileRow(number, label, site, items, entries, tuple(self._problems(number)))

    def _problems(self, file: int) -> Iterator[str]:
        rows = self._rows(
            "SELECT offset, line, message FROM problem WHERE file = ? LIMIT ?", file, _MOST_PROBLEMS
        )
        for offset, line, message in rows:
            yield f"{message} (byte {offset}, line {line})" if line else message
        ((count,),) = self._rows("SELECT count(*) FROM problem WHERE file = ?", file)
        if count > _MOST_PROBLEMS:
            yield f"{count - _MOST_PROBLEMS} more problems"

    def sites(self) -> Iterator[SiteRow]:
        """Yield the sites that have an export."""
        query = "SELECT number, folder, base_url, title, tagline, language, channel FROM site WHERE number > 0 ORDER BY number"
        for number, folder, base_url, title, tagline, language, channel in self._rows(query):
            fields = msgspec.json.decode(channel, type=dict[str, str])
            yield SiteRow(number, folder, base_url, title, tagline, language, fields)

    def counts(self, site: int) -> dict[str, dict[str, int]]:
        """Return post type -> status -> how many entries, skipped ones included."""
        counts: dict[str, dict[str, int]] = {}
        query = "SELECT type, status, count(*) FROM entry WHERE site = ? GROUP BY type, status ORDER BY type, status"
        for kind, status, count in self._rows(query, site):
            counts.setdefault(kind, {})[status] = count
        return counts

    def front_page(self, site: int) -> str:
        """Return the address of the entry whose old address was the site's home; empty when unknown."""
        return str(self.site(site).addresses.get("/", ""))

    def menus(self, site: int) -> Iterator[Menu]:
        """Yield the menus, then the blocks of navigation, by slug."""
        return read_menus(reading(self.path), site, self.site(site))

    def terms(self, site: int) -> Iterator[TermRow]:
        """Yield the terms that the export lists or a public entry has, sorted: of every taxonomy, plugins' own too."""
        for *row, meta in self._rows(_TERMS, site):
            yield msgspec.structs.replace(TermRow(*row), meta=_pairs(meta))

    def archives(self, site: int) -> Iterator[ArchiveRow]:
        """Yield terms and authors with a page of their own, sorted."""
        for row in self._rows(_ARCHIVES, site):
            yield ArchiveRow(*row)

    def listed(self, archive: ArchiveRow) -> Iterator[EntryRow]:
        """Yield the public entries of an archive, newest first."""
        for row in self._rows(_LISTED, archive.number):
            yield EntryRow(*row)

    def redirects(self, site: int) -> Iterator[RedirectRow]:
        """Yield every old address that has a new one, sorted. The page of an attachment only when its file is there."""
        files = self.site(site).files
        for old, target, upload, kind in self._rows(_REDIRECTS, site):
            new = target or files.get(upload)
            if new and new.rstrip("/") != old.rstrip("/"):
                yield RedirectRow(old, new, kind)

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that may write, before the workers start; at its end the digest is made anew. Raises OSError."""
        forget_connections(self.path)
        self._sites.clear()
        with clear_errors(self.path):
            connection = sqlite3.connect(self.path, isolation_level=None)
            try:
                connection.executescript(FAST)
                add_functions(connection)
                connection.execute("BEGIN")
                yield connection
                write_digest(connection)
                connection.execute("COMMIT")
            finally:
                connection.close()


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return msgspec.json.decode(text, type=tuple[tuple[str, str], ...]) if text else ()


_HOSTS = "SELECT host FROM host WHERE site = ? AND host <> '' ORDER BY count DESC, host LIMIT 64"
_JOBS = """
SELECT file.label, file.plain, entry.item, offset, length, line, encoding, entry.site, coalesce(stem, ''), coalesce(note, ''),
    (SELECT item FROM entry AS other WHERE other.number = same.first),
    (SELECT label FROM file AS home JOIN entry AS other ON home.number = other.file WHERE other.number = same.first)
FROM entry JOIN file ON file.number = entry.file LEFT JOIN place ON place.entry = entry.number
LEFT JOIN same ON same.entry = entry.number ORDER BY entry.number
"""
_TERMS = """
SELECT term.taxonomy, term.slug, id, name, parent, description, coalesce(term_count.count, 0), coalesce(address(stem), ''), meta
FROM term LEFT JOIN term_count
    ON term_count.site = term.site AND term_count.taxonomy = term.taxonomy AND term_count.slug = term.slug
LEFT JOIN archive ON archive.site = term.site AND archive.taxonomy = term.taxonomy AND archive.slug = term.slug
WHERE term.site = ? ORDER BY term.taxonomy, term.slug
"""
_ARCHIVES = """
SELECT archive.number, archive.taxonomy, archive.slug, coalesce(nullif(term.name, ''), nullif(author.name, ''), archive.slug),
    coalesce(term.parent, ''), coalesce(term.description, ''), stem, count
FROM archive LEFT JOIN term ON term.site = archive.site AND term.taxonomy = archive.taxonomy AND term.slug = archive.slug
LEFT JOIN author ON archive.taxonomy = 'author' AND author.site = archive.site AND author.login = archive.slug
WHERE archive.site = ? ORDER BY archive.number
"""
_LISTED = """
SELECT id, type, title, date, address(stem) FROM listing JOIN entry ON entry.number = listing.entry
JOIN place ON place.entry = listing.entry WHERE archive = ? ORDER BY date DESC, entry.number
"""
_REDIRECTS = """
SELECT old, target, upload, kind FROM address WHERE site = ? AND old <> '' ORDER BY old
"""
