"""The records: what an extractor gives (:class:`SourceEntry`) and what a writer gets (:class:`Entry`)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import msgspec

from wpmigrate.model.nodes import Root
from wpmigrate.model.notices import Finding, Notice

__all__ = [
    "SCHEMA_VERSION",
    "Author",
    "BodyDialect",
    "Comment",
    "Entry",
    "Fields",
    "LinkRecord",
    "MediaRecord",
    "OutputFile",
    "Section",
    "SourceEntry",
    "SourceInfo",
    "Term",
    "source_digest",
]

SCHEMA_VERSION = 1
"""Raised when a reader of the JSON or YAML would have to change."""

BodyDialect: TypeAlias = Literal["classic", "html", "blocks", "markdown", "text", "empty"]
"""How a body is written: bare-newline paragraphs, explicit ``<p>``, Gutenberg, Markdown, no markup, nothing."""


class Author(msgspec.Struct):
    """Who wrote an entry. Every field may be empty."""

    name: str = ""
    """The name to show."""
    login: str = ""
    """The WordPress user name."""
    email: str = ""
    """The e-mail address."""
    url: str = ""
    """The author's own site."""


class Term(msgspec.Struct):
    """A category, a tag, or a term of another taxonomy."""

    taxonomy: str
    """``category``, ``post_tag`` or a custom taxonomy, as WordPress names it."""
    slug: str
    """The slug; made from the name when the source has none."""
    name: str
    """The name to show."""


class Comment(msgspec.Struct):
    """One reader's comment."""

    id: str = ""
    """The WordPress id."""
    parent: str = ""
    """The id of the comment that it answers; empty at the top."""
    author: Author = msgspec.field(default_factory=Author)
    """Who wrote it."""
    date: str = ""
    """ISO 8601 with offset when known; else as the source has it."""
    content: str = ""
    """The comment's HTML, as in the source."""
    metadata: dict[str, Any] = msgspec.field(default_factory=dict)
    """Every other key of the source."""


@lru_cache(maxsize=1)  # the runner, the converter and the proof ask for that of the same page
def source_digest(data: bytes) -> str:
    """Return the SHA-256 of a source's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


class SourceInfo(msgspec.Struct):
    """Where an entry comes from."""

    path: str
    """Relative to the input folder, with ``/``."""
    item: str | None
    """Which item of the file; None when the file is one entry."""
    sha256: str
    """Of the entry's source bytes, in hex."""
    format: str
    """The importer or exporter that wrote it: ``jekyll-import-wordpress``, ``jekyll-import-wordpressdotcom``,
    ``exitwp``, ``jekyll-exporter``, ``wordpress-github-sync``, ``front-matter`` (another), ``wxr``."""
    encoding: str
    """The encoding of the bytes: ``utf-8``, ``utf-16-le``, ``windows-1252`` …"""
    body: BodyDialect
    """How the body is written."""


class Fields(msgspec.Struct):
    """What every entry has, whatever format it comes from."""

    id: str = ""
    """The WordPress post id as text; empty when unknown."""
    type: str = "post"
    """The post type: post, page, attachment, nav_menu_item …"""
    status: str = "publish"
    """publish, draft, pending, private, future, trash, inherit; ``published: false`` reads as draft."""
    slug: str = ""
    """The last part of the permalink, percent-decoded."""
    title: str = ""
    """Plain text: entities decoded, tags removed."""
    url: str = ""
    """The permalink in the old site."""
    author: Author = msgspec.field(default_factory=Author)
    """Who wrote it."""
    date: str = ""
    """When it was published: ISO 8601 with its offset (no offset when the source has none), or empty."""
    modified: str = ""
    """When it was last changed, likewise."""
    parent: str = ""
    """The id of the parent entry; empty at the top."""
    order: int = 0
    """``menu_order``."""
    excerpt: str = ""
    """As in the source (may hold HTML), line ends as ``\\n``."""
    terms: list[Term] = msgspec.field(default_factory=list)
    """Categories, tags and other terms, in the source's order."""
    comments: list[Comment] = msgspec.field(default_factory=list)
    """Readers' comments."""
    protected: bool = False
    """Whether a password guards it (the password itself is never kept)."""


class Section(msgspec.Struct):
    """A part of the page under one heading."""

    id: str
    """The heading's slug: what in-page links use."""
    legacy_ids: list[str]
    """The source's ids that led here."""
    depth: int
    """The heading's level, 1 to 6."""
    title: str
    """The heading's text."""
    markdown: str = ""
    """What stands between this heading and the next one of any level, as Markdown."""


class LinkRecord(msgspec.Struct):
    """A link of the page, with the line that it stands in."""

    text: str
    """The text a reader sees; the alt text for a linked image."""
    url: str
    """Where it leads, as written in the output."""
    kind: str
    """``external``, ``internal`` (the old site), ``anchor`` (in this page), ``mail``, ``tel``, ``file``, ``other``."""
    section: str
    """The id of the section; empty before the first heading."""
    context: str
    """The line that it stands in, as plain text; its first 1,000 characters."""
    source_url: str | msgspec.UnsetType = msgspec.UNSET
    """Where it led in the old site, when the address is another now; else the key is not there."""


class MediaRecord(msgspec.Struct):
    """An image, audio, video or embed of the page."""

    url: str
    """Where it is."""
    kind: str
    """``image``, ``audio``, ``video``, ``embed``, ``file``."""
    alt: str = ""
    """The alternative text."""
    title: str = ""
    """The ``title`` attribute."""
    caption: str = ""
    """The caption as plain text."""
    width: int | None = None
    """In CSS pixels, when the source says so."""
    height: int | None = None
    """In CSS pixels, when the source says so."""
    alignment: str = ""
    """left, right, center, none, wide, full, or empty."""
    section: str = ""
    """The id of the section; empty before the first heading."""
    source_url: str | msgspec.UnsetType = msgspec.UNSET
    """Where it was in the old site, when the address is another now, or the address of the Flash player that was there; else the key is
    not there."""


class SourceEntry(msgspec.Struct):
    """What an extractor gives: metadata in one shape, the body untouched."""

    path: str
    """Relative to the input folder, with ``/``."""
    raw: bytes
    """The source bytes of this entry."""
    format: str
    """See :class:`SourceInfo`."""
    encoding: str
    """See :class:`SourceInfo`."""
    fields: Fields
    """The metadata that every entry has."""
    metadata: dict[str, Any]
    """Every other source key in order, typed (JSON values; dates as ISO 8601 text), nothing left behind."""
    body: str
    """The body as text, line ends as in the source."""
    body_line: int = 1
    """1-based line of the file where the body begins."""
    item: str | None = None
    """Which item of the file; None when the file is one entry."""
    notices: tuple[Notice, ...] = ()
    """Repairs that the extractor made."""
    findings: tuple[Finding, ...] = ()
    """What the extractor could not read, with line and column."""


class Entry(msgspec.Struct):
    """One entry, whole: the record that JSON holds. Field order is reading order."""

    schema_version: int
    """:data:`SCHEMA_VERSION`."""
    source: SourceInfo
    """Where it comes from."""
    id: str
    """See :class:`Fields`, also for the next ones."""
    type: str
    status: str
    slug: str
    title: str
    url: str
    author: Author
    date: str
    modified: str
    parent: str
    order: int
    excerpt: str
    terms: list[Term]
    comments: list[Comment]
    metadata: dict[str, Any]
    """Every other source key, typed."""
    sections: list[Section]
    """The page as named parts, in order."""
    links: list[LinkRecord]
    """Its links, in order."""
    media: list[MediaRecord]
    """Its images, audio, video and embeds, in order."""
    content: Root
    """The body as an mdast tree."""
    notices: list[Notice]
    """What happened on the way."""


class OutputFile(msgspec.Struct, frozen=True):
    """A file to be: nothing is on disk yet."""

    path: str
    """Relative to the output folder, with ``/``."""
    format: str
    """``markdown``, ``json`` or ``yaml``; ``comments-json`` or ``comments-yaml`` for a data file of comments."""
    data: bytes
    """The bytes; UTF-8, ``\\n`` line ends, a last line end."""
