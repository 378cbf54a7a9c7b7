"""The index as everybody else sees it. Picklable: only the path travels, each process opens the file for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from wpmigrate.model import Site
from wpmigrate.runner.index.menus import Menu
from wpmigrate.runner.records import Job

__all__ = ["ArchiveRow", "EntryRow", "FileRow", "Index", "ProblemRow", "RedirectRow", "SiteRow"]


class FileRow(msgspec.Struct, frozen=True):
    """One WXR file, for the report."""

    number: int
    """Its place among the export files, from 1."""
    label: str
    """As the report names it."""
    site: int
    """The number of its site."""
    items_in_bytes: int
    """Start tags of items in the bytes."""
    entries: int
    """Entries found."""


class ProblemRow(msgspec.Struct, frozen=True):
    """Something wrong with a file, rather than with one item."""

    file: int
    """The file's number."""
    offset: int
    """Where, in bytes."""
    line: int
    """Where, in lines, from 1."""
    message: str
    """What is wrong."""


class SiteRow(msgspec.Struct, frozen=True):
    """One site of the input."""

    number: int
    """0 is that of pages whose site has no export in the input."""
    folder: str
    """The output folder of its entries, with a last ``/``; empty when the input has one site."""
    base_url: str
    """The old home, without a last ``/``."""
    title: str
    tagline: str
    language: str
    channel: dict[str, str]
    """The other fields of the channel."""


class EntryRow(msgspec.Struct, frozen=True):
    """One entry that is written as public, for archives and site data."""

    id: str
    type: str
    title: str
    date: str
    """As WordPress writes it: local time, ``YYYY-MM-DD hh:mm:ss``."""
    address: str
    """The new address, with a leading ``/``."""


class ArchiveRow(msgspec.Struct, frozen=True):
    """The page of a term or an author."""

    taxonomy: str
    """``category``, ``post_tag``, …; ``author`` for authors."""
    slug: str
    name: str
    parent: str
    """The slug of the parent term; empty at the top."""
    description: str
    stem: str
    """Output path without ending."""
    count: int
    """How many public entries it lists."""


class RedirectRow(msgspec.Struct, frozen=True):
    """An old address and where it leads now."""

    old: str
    """Root-relative, with query, as the old site spelled it: ``/2012/04/hello/``, ``/?p=17``."""
    new: str
    """``/post/hello``."""
    kind: str
    """permalink, id, guid, old-slug, attachment, archive."""


class Index:
    """The index in the file ``path``."""

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def digest(self) -> str:
        """What outputs depend on, in hex: equal for equal input."""
        raise NotImplementedError

    def site(self, number: int) -> Site:
        """Return the site ``number`` (:attr:`Job.site`) as the normalizer, writers and verifier see it."""
        raise NotImplementedError

    def jobs(self, pages: Sequence[Job] = ()) -> Iterator[Job]:
        """Yield ``pages`` with their site filled in, then a job for every item, in input order.

        An item that is skipped has empty stems.
        """
        raise NotImplementedError

    def count(self) -> int:
        """Return how many items there are."""
        raise NotImplementedError

    def files(self) -> Iterator[FileRow]:
        """Yield the export files in input order."""
        raise NotImplementedError

    def problems(self) -> Iterator[ProblemRow]:
        """Yield what is wrong with files."""
        raise NotImplementedError

    def sites(self) -> Iterator[SiteRow]:
        """Yield the sites that have an export."""
        raise NotImplementedError

    def counts(self, site: int) -> dict[str, dict[str, int]]:
        """Return post type -> status -> how many."""
        raise NotImplementedError

    def front_page(self, site: int) -> str:
        """Return the id of the entry whose old address was the site's home; empty when unknown."""
        raise NotImplementedError

    def menus(self, site: int) -> Iterator[Menu]:
        """Yield the menus."""
        raise NotImplementedError

    def archives(self, site: int) -> Iterator[ArchiveRow]:
        """Yield terms and authors with a page of their own, sorted."""
        raise NotImplementedError

    def listed(self, site: int, archive: ArchiveRow) -> Iterator[EntryRow]:
        """Yield the public entries of an archive, newest first."""
        raise NotImplementedError

    def redirects(self, site: int) -> Iterator[RedirectRow]:
        """Yield every old address that has a new one, sorted."""
        raise NotImplementedError
