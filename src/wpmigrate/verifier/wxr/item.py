"""An item of a WXR file, read from its bytes by libxml2 (lxml); what that refuses by :mod:`wpmigrate.verifier.wxr.broken`.

The converter reads items with expat. No network, no DTD, no entity is ever followed here: the item stands inside a root of
ours, where a DOCTYPE is a syntax error.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from wpmigrate.verifier.decoding import decode
from wpmigrate.verifier.wxr.broken import read_elements

__all__ = ["Item", "read_item", "sort_elements"]

_PREFIXES: Final = ("wp", "content", "excerpt", "dc", "wfw", "slash", "media", "atom", "itunes", "thr", "georss")
_ROOT_ATTRIBUTES: Final = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in _PREFIXES)
_ROOT: Final = f"<r{_ROOT_ATTRIBUTES}".encode()

_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:(\w{2,31});)?")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):")


class Item(msgspec.Struct):
    """What an item says, nothing interpreted."""

    values: dict[str, str]
    """Element -> text; of one that stands several times the first. Names without the prefix ``wp``."""
    terms: list[tuple[str, str, str]]
    """(domain, nicename, name)."""
    meta: list[tuple[str, str]]
    """(key, value)."""
    comments: list[tuple[dict[str, str], list[tuple[str, str]]]]
    """For each comment its elements (those of :data:`COMMENT_FIELDS` by that name), and its (key, value) pairs."""
    unknown: list[tuple[str, str]]
    """(name, text) of elements that WordPress does not write."""
    again: list[tuple[str, str]]
    """(name, text) of elements that say another thing than an earlier one of their name."""
    guid_is_permalink: bool = False
    """The attribute of ``guid``; true only when it says so."""
    well_formed: bool = True
    """Whether an XML parser reads it as it is."""


KNOWN: Final = frozenset(
    """title link pubDate dc:creator guid description content:encoded excerpt:encoded post_id post_date post_date_gmt
    post_modified post_modified_gmt comment_status ping_status post_name status post_parent menu_order post_type
    post_password is_sticky attachment_url""".split()
)
"""The elements that WordPress writes once into each item (wp-admin/includes/export.php), without the prefix ``wp``."""


COMMENT_FIELDS: Final = frozenset(
    "id author author_email author_url author_IP date date_gmt content approved type parent user_id".split()
)
"""The elements that WordPress writes into each comment, without ``wp:comment_``."""


def read_item(raw: bytes, encoding: str) -> Item:
    """Return what the item ``raw`` says. Never raises: what is no XML is read as far as its tags show."""
    plain = encoding in ("", "utf-8")
    elements = _parse(raw.removeprefix(b"\xef\xbb\xbf") if plain else decode(raw, encoding).encode("utf-8", "replace"))
    if elements is not None:
        return sort_elements(elements)
    text = decode(raw, encoding)
    elements = _parse(_mended(text).encode("utf-8", "replace"), _prefixes(text))
    item = sort_elements(read_elements(text) if elements is None else elements)
    item.well_formed = False
    return item


_parser: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, collect_ids=False
)


def _parse(data: bytes, prefixes: str = "") -> Iterable[Any] | None:
    """Return the elements of the item in ``data``; None when it is not well-formed, or too large for libxml2's limits."""
    try:
        root = etree.fromstring(b"".join((_ROOT, prefixes.encode(), b">", data, b"</r>")), _parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if len(root) != 1 or any(len(child) and _name_of(child.tag) not in _CONTAINERS for child in root[0]):
        return None  # markup where text belongs: that is read as it stands
    elements: Iterable[Any] = root[0]
    return elements


_CONTAINERS: Final = frozenset({"comment", "postmeta"})


def _mended(text: str) -> str:
    """Return ``text`` with what most often keeps it from being XML undone: controls, bare ``&``, HTML's entities."""
    parts = _CDATA.split(_CONTROL.sub(_blank, text))
    parts[::2] = [_REFERENCE.sub(_reference, part) for part in parts[::2]]
    return "".join(parts)


def _blank(control: re.Match[str]) -> str:
    """Return what stands for a control character: those of Office's line break and of page breaks part words."""
    return " " if control[0] in "\x0b\x0c" else ""


def _reference(found: re.Match[str]) -> str:
    decoded = html.unescape(found[0]) if found[1] else found[0]
    return decoded if decoded != found[0] else f"&amp;{found[0][1:]}"


def _prefixes(text: str) -> str:
    """Return declarations of the prefixes in ``text`` that WordPress does not use."""
    others = sorted(set(_PREFIX.findall(text)).difference(_PREFIXES))
    return "".join(f' xmlns:{prefix}="{prefix}"' for prefix in others[:100] if prefix.lower()[:3] != "xml")


def sort_elements(elements: Iterable[Any]) -> Item:
    """Return the elements of an item (lxml's or :class:`Element`), each where it belongs."""
    item = Item({}, [], [], [], [], [])
    values = item.values
    for element in elements:
        tag = element.tag
        name = _NAMES.get(tag) or _name(tag)
        if name in KNOWN:
            text = element.text or ""
            if values.setdefault(name, text).strip() != text.strip():
                item.again.append((name, text))
            if name == "guid":
                item.guid_is_permalink = element.get("isPermaLink") == "true"
        elif name == "postmeta":
            item.meta.append(_pair(element))
        elif name == "category":
            item.terms.append((element.get("domain", ""), element.get("nicename", ""), element.text or ""))
        elif name == "comment":
            item.comments.append(_comment(element))
        else:
            item.unknown.append((_full_name(tag), "".join(element.itertext())))
    return item


def _pair(element: Any) -> tuple[str, str]:
    key = value = ""
    for child in element:
        name = _NAMES.get(child.tag) or _name(child.tag)
        if name == "meta_key":
            key = child.text or ""
        elif name == "meta_value":
            value = child.text or ""
    return key, value


def _comment(element: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    values: dict[str, str] = {}
    meta: list[tuple[str, str]] = []
    for child in element:
        name = _NAMES.get(child.tag) or _name(child.tag)
        if name == "commentmeta":
            meta.append(_pair(child))
        else:
            name = name.removeprefix("comment_")
            values.setdefault(name if name in COMMENT_FIELDS else _full_name(child.tag), child.text or "")
    return values, meta


_NAMES: Final[dict[str, str]] = {}
"""Tag -> name; filled as they come, up to a thousand."""


def _name_of(tag: str) -> str:
    return _NAMES.get(tag) or _name(tag)


def _name(tag: str) -> str:
    """Return the name by which an element is known here, and remember it: WordPress's whatever prefix they have."""
    full = _full_name(tag)
    prefix, _, local = full.rpartition(":")
    name = full
    if local == "encoded":
        name = "excerpt:encoded" if prefix[:1] == "e" else "content:encoded"
    elif local == "creator":
        name = "dc:creator"
    elif prefix not in _FOREIGN and local not in _RSS:
        name = local if local in _WORDPRESS or local.startswith("comment_") else full
    if len(_NAMES) < 1000:
        _NAMES[tag] = name
    return name


_RSS: Final = frozenset({"title", "link", "pubDate", "guid", "description", "category"})
"""Elements that are these only without a prefix: ``media:title`` is another."""
_WORDPRESS: Final = (KNOWN - _RSS) | {"postmeta", "comment", "commentmeta", "meta_key", "meta_value"}
_FOREIGN: Final = frozenset(
    "wfw media itunes atom geo georss slash feedburner sy thr gd podcast googleplay".split()
)
"""Prefixes of other vocabularies."""

_ADDRESSES: Final = (
    ("wordpress.org/export/", "/excerpt", "excerpt"),
    ("wordpress.org/export/", "", "wp"),
    ("purl.org/dc/", "", "dc"),
    ("purl.org/rss/1.0/modules/content", "", "content"),
)
"""(two parts of a namespace's address, its prefix): items may declare their own."""


def _full_name(tag: str) -> str:
    if tag[:1] != "{":
        return tag
    space, _, local = tag[1:].partition("}")
    prefix = next((row[2] for row in _ADDRESSES if row[0] in space and row[1] in space), space)
    return f"{prefix}:{local}"
