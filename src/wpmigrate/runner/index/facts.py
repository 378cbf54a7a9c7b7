"""What the index says of a whole site, for its site data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from wpmigrate.runner.index.reader import Index
from wpmigrate.runner.index.schema import reading

__all__ = [
    "AuthorFact",
    "Export",
    "Fate",
    "Translation",
    "archives_below",
    "author_facts",
    "exports",
    "fates",
    "item_places",
    "translations",
]


class AuthorFact(msgspec.Struct, frozen=True):
    """An author of the site."""

    login: str
    """The user name."""
    id: str
    """The user's number; empty when the export does not say."""
    name: str
    """The name to show."""
    email: str
    """Empty unless e-mail addresses were asked for."""
    count: int
    """How many entries written as public are by this author."""
    address: str
    """Where the author's page is; empty when there is none."""
    first_name: str = ""
    """The first name."""
    last_name: str = ""
    """The last name."""


class Fate(msgspec.Struct, frozen=True):
    """What becomes of the entries of one type and status."""

    type: str
    """The post type."""
    status: str
    """The status."""
    route: str
    """``write``, ``draft`` or ``skip``."""
    count: int
    """How many."""


class Translation(msgspec.Struct, frozen=True):
    """One language of a group of entries that are translations of one another."""

    family: str
    """Names the group."""
    language: str
    """The language's code."""
    id: str
    """The post id."""
    address: str
    """The new address."""


class Export(msgspec.Struct, frozen=True):
    """An export file of a site."""

    number: int
    """Its number in the index."""
    label: str
    """As the report names it."""
    plain: str
    """Where its plain bytes are on disk."""
    encoding: str
    """Its encoding."""


def exports(index: Index, site: int) -> Iterator[Export]:
    """Yield the export files of a site, in input order."""
    for row in _rows(index, _EXPORTS, site):
        yield Export(*row)


def item_places(index: Index, export: Export) -> Iterator[tuple[int, int]]:
    """Yield offset and length of each item of an export file."""
    query = "SELECT offset, length FROM entry WHERE file = ? ORDER BY number"
    yield from reading(index.path).execute(query, (export.number,))


def author_facts(index: Index, site: int) -> Iterator[AuthorFact]:
    """Yield the authors that the export lists or a public entry names, by login."""
    for row in _rows(index, _AUTHORS, site):
        yield AuthorFact(*row)


def fates(index: Index, site: int) -> Iterator[Fate]:
    """Yield how many entries there are of each type and status and where they go, sorted."""
    for row in _rows(index, _FATES, site):
        yield Fate(*row)


def translations(index: Index, site: int) -> Iterator[Translation]:
    """Yield the groups of translations, one language after another; only entries that are public."""
    for row in _rows(index, _TRANSLATIONS, site):
        yield Translation(*row)


def archives_below(index: Index, site: int) -> dict[tuple[str, str], list[str]]:
    """Return taxonomy and slug of a term -> the slugs of the terms right below it that have a page; for terms with any."""
    below: dict[tuple[str, str], list[str]] = {}
    for taxonomy, parent, slug in _rows(index, _BELOW, site):
        below.setdefault((taxonomy, parent), []).append(slug)
    return below


def _rows(index: Index, query: str, site: int) -> sqlite3.Cursor:
    return reading(index.path).execute(query, {"site": site})


_AUTHORS = """
WITH written AS (SELECT author AS login, count(*) AS count FROM entry JOIN place ON place.entry = entry.number
    WHERE entry.site = :site AND public AND author <> '' GROUP BY author),
known AS (SELECT login FROM author WHERE site = :site UNION SELECT login FROM written)
SELECT known.login, coalesce(author.id, ''), coalesce(nullif(author.name, ''), known.login), coalesce(author.email, ''),
    coalesce(written.count, 0), coalesce(address(archive.stem), ''), coalesce(first_name, ''), coalesce(last_name, '')
FROM known LEFT JOIN author ON author.site = :site AND author.login = known.login
LEFT JOIN written ON written.login = known.login
LEFT JOIN archive ON archive.site = :site AND archive.taxonomy = 'author' AND archive.slug = known.login
ORDER BY known.login
"""
_EXPORTS = "SELECT number, label, plain, encoding FROM file WHERE site = :site ORDER BY number"
_BELOW = """
SELECT archive.taxonomy, parent, archive.slug FROM archive
JOIN term ON term.site = archive.site AND term.taxonomy = archive.taxonomy AND term.slug = archive.slug
WHERE archive.site = :site AND parent <> '' AND parent <> archive.slug ORDER BY archive.number
"""
_FATES = """
SELECT type, status, how, count(*) FROM entry WHERE site = :site GROUP BY type, status, how ORDER BY type, status, how
"""
_TRANSLATIONS = """
SELECT family, language, translation.id, address(public.stem) FROM translation
JOIN public ON public.site = translation.site AND public.id = translation.id
WHERE translation.site = :site ORDER BY family, language
"""
