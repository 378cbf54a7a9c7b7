"""The channel's own elements: the site, its authors and its terms."""

from __future__ import annotations

from typing import TypeAlias
from xml.etree.ElementTree import Element

from wpmigrate.extractors.values import decode_entities, plain_title
from wpmigrate.extractors.wxr.borders import HIDES
from wpmigrate.extractors.wxr.header import namespaces
from wpmigrate.extractors.wxr.item import read_tree
from wpmigrate.extractors.wxr.markup import local_name, qualified_name
from wpmigrate.extractors.wxr.places import Places
from wpmigrate.extractors.wxr.records import AuthorRow, Channel, Piece, TermRow
from wpmigrate.extractors.wxr.scan import STRAY
from wpmigrate.extractors.wxr.terms import taxonomy_of, term_name, term_slug

__all__ = ["ChannelPart", "add_to_channel", "read_channel_piece"]

ChannelPart: TypeAlias = AuthorRow | TermRow | dict[str, str]
"""What a piece of the channel gives: a row, or fields by name."""

_CONTAINERS = frozenset({"author", "category", "tag", "term", "termmeta", "image"})
_FIELDS = {
    "title": "title",
    "description": "tagline",
    "link": "link",
    "language": "language",
    "wxr_version": "wxr_version",
    "base_site_url": "base_site_url",
    "base_blog_url": "base_blog_url",
    "generator": "generator",
    "pubDate": "pub_date",
}
"""Local name of an element of the channel -> field of :class:`Channel`."""

_PLAIN = frozenset({"title", "tagline"})
_TAXONOMIES = {"category": "category", "tag": "post_tag", "term": ""}
_TERM_PARTS = {
    "slug": ("category_nicename", "tag_slug", "term_slug"),
    "name": ("cat_name", "tag_name", "term_name"),
    "parent": ("category_parent", "term_parent"),
    "description": ("category_description", "tag_description", "term_description"),
}


def read_channel_piece(piece: Piece, encoding: str = "utf-8") -> ChannelPart:
    """Return what a piece of the channel says: an author, a term, or fields of :class:`Channel` by name.

    A header gives the namespaces (``xmlns:wp`` -> URI), a trailer and stray text give nothing. Elements that
    :class:`Channel` has no field for stand under their own name. Never raises.
    """
    if piece.kind == "header":
        return _namespaces(piece, encoding)
    if piece.kind in ("trailer", "item") or piece.problem in (HIDES, STRAY):
        return {}
    places = Places(piece.data, encoding, piece.offset, piece.line)
    tree = read_tree(piece.data, encoding, _tag_of(piece, encoding), _CONTAINERS, places)
    if piece.kind == "author":
        return _author(tree)
    if piece.kind == "channel":
        return _field(tree)
    return _term(tree, _TAXONOMIES[piece.kind])


def add_to_channel(channel: Channel, part: ChannelPart) -> None:
    """Put fields into ``channel``; what stands first stays. Rows of authors and terms are not its."""
    if not isinstance(part, dict):
        return
    for name, text in part.items():
        if name == "xmlns" or name.startswith("xmlns:"):
            channel.namespaces.setdefault(name[6:], text)
        elif name in _FIELDS.values():
            if not getattr(channel, name):
                setattr(channel, name, text)
        else:
            channel.other.setdefault(name, text)


def _namespaces(piece: Piece, encoding: str) -> dict[str, str]:
    """Return ``xmlns:prefix`` -> URI."""
    data = piece.data.decode(encoding, "replace").encode() if encoding != "utf-8" else piece.data
    return {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in namespaces(data).items()}


def _tag_of(piece: Piece, encoding: str) -> str:
    """Return the name of the piece's element, as ElementTree writes it."""
    start = piece.data[:512].decode(encoding, "replace").lstrip("\ufeff<")
    name = start.replace("/", " ").replace(">", " ").split(None, 1)[0] if start.strip() else ""
    prefix, colon, local = name.partition(":")
    return f"{{{prefix}}}{local}" if colon else name


def _field(tree: Element) -> dict[str, str]:
    """Return an element of the channel as one field."""
    name = qualified_name(tree.tag)
    prefix, _, local = name.rpartition(":")
    field = _FIELDS.get(local, "") if prefix in ("", "wp") or local.startswith(("wxr_", "base_")) else ""
    text = (tree.text or "").strip()
    if not field:
        return {name: text or " ".join("".join(tree.itertext()).split())}
    return {field: plain_title(text) if field in _PLAIN else text}


def _parts(tree: Element) -> dict[str, str]:
    """Return the texts of a row's elements, without the blanks round them; the first of each name."""
    found: dict[str, str] = {}
    for child in tree:
        found.setdefault(local_name(qualified_name(child.tag)), (child.text or "").strip())
    return found


def _author(tree: Element) -> AuthorRow:
    """Return an author."""
    get = _parts(tree).get
    return AuthorRow(
        id=get("author_id", ""),
        login=get("author_login", ""),
        email=get("author_email", ""),
        display_name=decode_entities(get("author_display_name", "")),
        first_name=decode_entities(get("author_first_name", "")),
        last_name=decode_entities(get("author_last_name", "")),
    )


def _term(tree: Element, taxonomy: str) -> TermRow:
    """Return a term."""
    parts = _parts(tree)
    found = {
        field: next((parts[key] for key in keys if key in parts), "") for field, keys in _TERM_PARTS.items()
    }
    name = term_name(found["name"])
    slug = term_slug(found["slug"], name)
    return TermRow(
        id=parts.get("term_id", ""),
        taxonomy=taxonomy or taxonomy_of(parts.get("term_taxonomy", "")),
        slug=slug,
        name=name or slug,
        parent=term_slug(found["parent"], ""),
        description=found["description"],
        meta=[_termmeta(child) for child in tree if child.tag.endswith("termmeta")],
    )


def _termmeta(element: Element) -> tuple[str, str]:
    """Return key and value of ``<wp:termmeta>``."""
    parts = {child.tag.rpartition("}")[2]: child.text or "" for child in element}
    return parts.get("meta_key", "").strip(), parts.get("meta_value", "")
