"""What the reader of WXR gives: pieces of a file, the rows of its channel, and an item as raw text."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from wpmigrate.model import Finding, Notice

__all__ = [
    "AuthorRow",
    "Channel",
    "Piece",
    "PieceKind",
    "RawCategory",
    "RawComment",
    "RawItem",
    "TermRow",
]

PieceKind: TypeAlias = Literal["header", "author", "category", "tag", "term", "item", "channel", "trailer"]
"""header: all before the channel's first element; channel: its other elements; trailer: what follows the last one."""


class Piece(msgspec.Struct, frozen=True):
    """A part of a WXR file, as :func:`wpmigrate.extractors.wxr.scan` yields it, in file order."""

    kind: PieceKind
    """What it is."""
    offset: int
    """Where it begins, in bytes of the file."""
    length: int
    """How many bytes it has."""
    line: int
    """1-based line where it begins."""
    number: int
    """1-based among the items of the file; 0 for others."""
    data: bytes
    """Its bytes, in the file's encoding."""
    problem: str = ""
    """A sentence about what is wrong with its borders; empty when it is whole."""


class AuthorRow(msgspec.Struct):
    """A ``<wp:author>`` of the channel."""

    id: str = ""
    """The WordPress user id; empty when the export has none."""
    login: str = ""
    """The user name: what ``dc:creator`` of an item says."""
    email: str = ""
    """The e-mail address."""
    display_name: str = ""
    """The name to show."""
    first_name: str = ""
    """The first name."""
    last_name: str = ""
    """The last name."""


class TermRow(msgspec.Struct):
    """A ``<wp:category>``, ``<wp:tag>`` or ``<wp:term>`` of the channel."""

    id: str = ""
    """The WordPress term id; empty when the export has none."""
    taxonomy: str = "category"
    """``category``, ``post_tag`` or the custom taxonomy."""
    slug: str = ""
    """The slug, percent-decoded."""
    name: str = ""
    """The name to show, as plain text."""
    parent: str = ""
    """The slug of the parent term; empty at the top."""
    description: str = ""
    """As in the source; may hold HTML."""
    meta: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """``<wp:termmeta>``: key and raw value."""


class Channel(msgspec.Struct):
    """What a WXR file says of its site."""

    title: str = ""
    """Plain text."""
    tagline: str = ""
    """``<description>``, plain text."""
    link: str = ""
    """The site's address."""
    language: str = ""
    """Such as ``en-US``."""
    wxr_version: str = ""
    """As in the source: 1.0 to 1.2, or nonsense."""
    base_site_url: str = ""
    """The network's address."""
    base_blog_url: str = ""
    """The site's own address."""
    generator: str = ""
    """Which WordPress wrote the file."""
    pub_date: str = ""
    """When, as in the source."""
    encoding: str = ""
    """How the file's bytes are read."""
    namespaces: dict[str, str] = msgspec.field(default_factory=dict)
    """Prefix -> URI, as the root declares them."""
    other: dict[str, str] = msgspec.field(default_factory=dict)
    """Any other element of the channel: its name -> its text."""


class RawCategory(msgspec.Struct, frozen=True):
    """A ``<category>`` of an item."""

    domain: str
    """The taxonomy; empty when the element names none."""
    nicename: str
    """The slug; empty when the element names none."""
    name: str
    """Its text."""


class RawComment(msgspec.Struct):
    """A ``<wp:comment>`` of an item; every field is the element's text."""

    comment_id: str = ""
    """Its id."""
    comment_author: str = ""
    """The commenter's name."""
    comment_author_email: str = ""
    """Personal."""
    comment_author_url: str = ""
    """The commenter's site."""
    comment_author_IP: str = ""
    """Personal."""
    comment_date: str = ""
    """Local time."""
    comment_date_gmt: str = ""
    """GMT."""
    comment_content: str = ""
    """HTML."""
    comment_approved: str = ""
    """``1``, ``0``, ``spam``, ``trash``, ``post-trashed``."""
    comment_type: str = ""
    """Empty or ``comment``, ``pingback``, ``trackback``, a plugin's own."""
    comment_parent: str = ""
    """The id of the comment that it answers, or 0."""
    comment_user_id: str = ""
    """The user id of a commenter who was logged in, or 0."""
    meta: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """``<wp:commentmeta>``: key and raw value, in order."""
    unknown: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Other elements: qualified name and text."""


class RawItem(msgspec.Struct):
    """An ``<item>``: the text of each element, nothing interpreted."""

    title: str = ""
    """``<title>``."""
    link: str = ""
    """``<link>``."""
    pub_date: str = ""
    """``<pubDate>``."""
    creator: str = ""
    """``<dc:creator>``: the author's login."""
    guid: str = ""
    """``<guid>``."""
    guid_is_permalink: bool = False
    """Its ``isPermaLink``; false unless the element says true."""
    description: str = ""
    """``<description>``; WordPress leaves it empty."""
    content: str = ""
    """``<content:encoded>``: the body."""
    excerpt: str = ""
    """``<excerpt:encoded>``."""
    post_id: str = ""
    """``<wp:post_id>``, and so on for the next ones."""
    post_date: str = ""
    post_date_gmt: str = ""
    post_modified: str = ""
    post_modified_gmt: str = ""
    comment_status: str = ""
    ping_status: str = ""
    post_name: str = ""
    status: str = ""
    post_parent: str = ""
    menu_order: str = ""
    post_type: str = ""
    post_password: str = ""
    is_sticky: str = ""
    attachment_url: str = ""
    categories: list[RawCategory] = msgspec.field(default_factory=list)
    """``<category>``, in order."""
    postmeta: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """``<wp:postmeta>``: key and raw value, in order."""
    comments: list[RawComment] = msgspec.field(default_factory=list)
    """``<wp:comment>``, in order."""
    unknown: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Other elements: qualified name and text."""
    seen: set[str] = msgspec.field(default_factory=set)
    """Which of the fields above the item has an element for."""
    damaged: bool = False
    """Whether elements may be missing because the bytes are damaged or cut off."""
    notices: tuple[Notice, ...] = ()
    """Repairs, with their place."""
    findings: tuple[Finding, ...] = ()
    """What could not be read."""
