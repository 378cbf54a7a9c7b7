"""What is true of the whole export rather than of one entry."""

from __future__ import annotations

from collections.abc import Container, Mapping

import msgspec

from wpmigrate.model.entry import Author

__all__ = ["Attachment", "Site"]


class Attachment(msgspec.Struct, frozen=True):
    """A file of the old site's media library, as the export describes it."""

    id: str
    """Its WordPress post id."""
    url: str
    """Where the file is: ``wp:attachment_url``, as in the source."""
    title: str = ""
    """Plain text."""
    alt: str = ""
    """``_wp_attachment_image_alt``, plain text."""
    caption: str = ""
    """The excerpt of its post: HTML as in the source."""
    description: str = ""
    """The body of its post: HTML as in the source."""
    parent: str = ""
    """The id of the entry that it was uploaded to; empty when none."""
    page: str = ""
    """The permalink of its page in the old site."""
    width: int | None = None
    """In pixels, from ``_wp_attachment_metadata``."""
    height: int | None = None
    """In pixels, likewise."""


class Site(msgspec.Struct):
    """The batch as one entry sees it. Built by the runner's first look at all sources; read-only after that.

    The mappings may be views of the runner's index on disk, so that memory does not grow with the site: look keys up, never
    walk over them. All are of one site: an input with several sites has a :class:`Site` for each.
    """

    entries_by_id: Mapping[str, str] = msgspec.field(default_factory=dict)
    """WordPress post id -> new address, without its first slash (``_posts/2012-04-19-international``), of entries written as public."""
    hosts: frozenset[str] = frozenset()
    """Host names of the old site in lower case, without ``www.``."""
    linked_fragments: Container[str] = frozenset()
    """Fragments (without ``#``) that some link of the batch leads to with a path before the ``#``."""
    base_url: str = ""
    """The old site's home (``wp:base_blog_url``), without a last ``/``; empty when unknown."""
    addresses: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Key of an old address (:func:`wpmigrate.wordpress.urls.address_key`) -> the new address, root-relative with a leading
    ``/`` and without ending (``/post/hello``): entries written as public in every spelling, archives of terms and authors,
    attachment pages (their file). What is not in the output has no key."""
    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Key of an uploaded file (:func:`wpmigrate.wordpress.urls.upload_key`: ``2012/04/photo.jpg``; a variant such as
    ``photo-300x200.jpg`` finds its original) -> its new address (``/media/2012/04/photo.jpg``), only when the file is there."""
    authors: Mapping[str, Author] = msgspec.field(default_factory=dict)
    """Login -> author."""
    attachments: Mapping[str, Attachment] = msgspec.field(default_factory=dict)
    """Attachment id -> what the library says of it."""
    attached: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Post id -> ids of the images that were uploaded to it, by ``menu_order``, then id: what a bare ``[gallery]`` shows."""
    blocks: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Id of a published reusable block (``wp_block``) -> its body."""
    translations: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    """Post id -> language code -> post id of the translation (Polylang's ``post_translations``, WPML), itself included."""
