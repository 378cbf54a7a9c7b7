"""What ``site.json`` and ``site.yaml`` hold, and a file that may be too large for the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from wpmigrate.runner.index import Menu

__all__ = ["SITE_SCHEMA_VERSION", "SiteAuthor", "SiteOutput", "SiteRecord", "SiteTerm", "TypeCount"]

SITE_SCHEMA_VERSION = 1
"""Raised when a reader of the files would have to change."""


class SiteOutput(msgspec.Struct, frozen=True):
    """A file of the whole site, made while it is written: its size grows with the site."""

    path: str
    """Relative to the output folder."""
    format: str
    """As :attr:`~wpmigrate.model.OutputFile.format`."""
    parts: Callable[[], Iterable[bytes]]
    """Gives the bytes in pieces, the same every time."""


class SiteAuthor(msgspec.Struct, omit_defaults=True):
    """An author."""

    login: str
    """The WordPress user name."""
    name: str
    """The name to show."""
    count: int
    """How many public entries are by this author."""
    id: str = ""
    """The WordPress user id."""
    email: str = ""
    """Only when e-mail addresses were asked for."""
    url: str = ""
    """The author's page in the output."""
    first_name: str = ""
    """The first name."""
    last_name: str = ""
    """The last name."""


class SiteTerm(msgspec.Struct, omit_defaults=True):
    """A category, a tag, or a term of another taxonomy."""

    slug: str
    """The slug, percent-decoded."""
    name: str
    """The name to show; the slug where the source has none."""
    count: int
    """How many public entries have it, those of the terms below it included."""
    id: str = ""
    """The WordPress term id."""
    description: str = ""
    """As in the source; may hold HTML."""
    parent: str = ""
    """The slug of the term above it, as in the source; empty at the top."""
    url: str = ""
    """Its page in the output."""
    meta: dict[str, Any] = {}
    """The term's own meta, PHP values decoded; a key that occurs several times has the list of its values."""
    children: list[SiteTerm] = []
    """The terms below it."""


class TypeCount(msgspec.Struct):
    """How many entries of one type and status the export has, and what becomes of them."""

    type: str
    """The post type."""
    status: str
    """The status."""
    route: str
    """``write``: public pages; ``draft``: in the drafts' folder; ``skip``: not written as pages."""
    count: int
    """How many."""


class SiteRecord(msgspec.Struct):
    """The whole site. Field order is reading order."""

    schema_version: int
    """:data:`SITE_SCHEMA_VERSION`."""
    title: str
    """The site's name."""
    tagline: str
    """Its tagline."""
    home: str
    """The old home address, without a last ``/``."""
    language: str
    """Such as ``en-US``."""
    channel: dict[str, str]
    """All else that the export says of the site: versions, generator, date of the export, addresses."""
    front_page: str
    """The new address of the page that was the home; empty when it was the list of posts, or is not known."""
    authors: list[SiteAuthor]
    """Everyone whom the export names, by login."""
    taxonomies: dict[str, list[SiteTerm]]
    """Taxonomy -> its terms as trees, by slug."""
    menus: list[Menu]
    """The menus as trees; what leads to unpublished entries is left out and counted."""
    entries: list[TypeCount]
    """What the export holds."""
    translations: list[dict[str, str]]
    """Groups of entries that say the same in other languages: language code -> new address. The last field: there may be any
    number of them, and they are written one by one."""
