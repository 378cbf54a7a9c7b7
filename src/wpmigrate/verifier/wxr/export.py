"""A whole export as the proof reads it: libxml2's streaming reader, an item at a time in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from wpmigrate.verifier.wxr.item import Item, sort_elements

__all__ = ["Author", "BrokenExport", "Part", "Term", "read_export"]


class Author(dict[str, str]):
    """An author of the channel: ``login``, ``email``, ``display_name``, ``first_name``, ``last_name``, ``id``."""


class Term(dict[str, str]):
    """A term of the channel: ``taxonomy``, ``slug``, ``name``, ``parent``, ``description``."""


Part: TypeAlias = Author | Term | Item


class BrokenExport(Exception):
    """The file is not well-formed: what comes after the place is not read. The items can be read one by one."""


_TAGS: Final = ("{*}author", "{*}category", "{*}tag", "{*}term", "{*}item")
_NOT_ASKED: Final = frozenset({"comment", "postmeta", "encoded"})
_TAXONOMIES: Final = {"category": "category", "tag": "post_tag"}
_TERM_NAMES: Final = {
    "category_nicename": "slug",
    "cat_name": "name",
    "category_parent": "parent",
    "category_description": "description",
    "tag_slug": "slug",
    "tag_name": "name",
    "tag_description": "description",
    "term_taxonomy": "taxonomy",
    "term_slug": "slug",
    "term_name": "name",
    "term_parent": "parent",
    "term_description": "description",
}


def read_export(stream: BinaryIO) -> Iterator[Part]:
    """Yield the authors, terms and items of a WXR file, in its order. Raises :class:`BrokenExport`.

    Items come without body and comments, and only those of menus with their meta: nothing else is asked of them. No entity is resolved and nothing is fetched.
    """
    events = etree.iterparse(
        stream,
        events=("end",),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            parent = element.getparent()
            if parent is None or _local(parent) != "channel":
                continue
            part = _part(element)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
            if part is not None:
                yield part
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise BrokenExport(str(error)) from error


def _part(element: Any) -> Part | None:
    name = _local(element)
    if name == "item":
        item = sort_elements([child for child in element if child.tag.rpartition("}")[2] not in _NOT_ASKED])
        return sort_elements(element) if item.values.get("post_type", "").strip() == "nav_menu_item" else item
    if name == "author":
        return Author({_local(child).removeprefix("author_"): child.text or "" for child in element})
    values = Term(taxonomy=_TAXONOMIES.get(name, ""))
    for child in element:
        key = _TERM_NAMES.get(_local(child))
        if key is not None:
            values[key] = child.text or ""
    return values if values.keys() & {"slug", "name"} else None  # a category of the feed itself has neither


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
