"""An item's bytes to :class:`RawItem`: the strict reading first, then repairs, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from wpmigrate.extractors.encoding import decode
from wpmigrate.extractors.wxr.lenient import read_lenient
from wpmigrate.extractors.wxr.markup import local_name, qualified_name, read_strict
from wpmigrate.extractors.wxr.names import CATEGORY, COMMENT, CONTAINERS, META, role, role_in_comment
from wpmigrate.extractors.wxr.places import Places
from wpmigrate.extractors.wxr.records import RawCategory, RawComment, RawItem
from wpmigrate.model import Notice

__all__ = ["parse_item", "read_tree"]

# what XML 1.0 has no place for; VT and FF part words, the others are nothing
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACES = {"\x0b": " ", "\x0c": " "}
CONTROL = "control character: left out"
_TRUE = frozenset({"true", "1"})
_SECRET = re.compile(r"passw", re.IGNORECASE)


def parse_item(data: bytes, encoding: str = "utf-8", offset: int = 0, line: int = 1) -> RawItem:
    """Return the item that ``data`` is: the text of each of its elements.

    ``offset`` and ``line`` say where ``data`` begins in its file, for the places of repairs. Never raises: what cannot be read
    is a finding, and ``damaged`` says that elements may be missing.
    """
    places = Places(data, encoding, offset, line)
    tree = read_tree(data, encoding, "item", CONTAINERS, places)
    item = RawItem(damaged=bool(places.lost))
    _collect(tree, item, places)
    if item.damaged and item.unknown and "post_password" not in item.seen:
        item.unknown.clear()
        places.drop("elements with damaged names: one of them may be the password")
    item.notices, item.findings = places.notices(), places.findings()
    return item


def read_tree(data: bytes, encoding: str, name: str, containers: frozenset[str], places: Places) -> Element:
    """Return the element ``name`` that ``data`` is, strictly read if it can be, else leniently with notes in ``places``."""
    if encoding == "utf-8":
        tree = read_strict(data)
        if tree is not None and tree.tag == name and not _has_markup(tree, containers):
            return tree
    text, notices = decode_piece(data, encoding)
    places.text = text
    places.add_notices(notices)
    clean = _CONTROL.sub(lambda found: _SPACES.get(found[0], ""), text) if _CONTROL.search(text) else text
    if clean is not text:
        places.removed([found.start() for found in _CONTROL.finditer(text)], CONTROL)
    tree = read_strict(clean.encode("utf-8", "replace"))
    if tree is not None and tree.tag == name and not _has_markup(tree, containers):
        return tree
    if "\r" in clean:
        clean = _fold_line_ends(clean, places)
    return read_lenient(clean, name, containers, places.log)


def decode_piece(data: bytes, encoding: str) -> tuple[str, tuple[Notice, ...]]:
    """Return the text of a piece; bytes that do not fit are read as Windows-1252 in UTF-8, else as U+FFFD."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding == "utf-8":
            text, _, notices = decode(data)
            return text, notices
        text = data.decode(encoding, "replace")
        what = f"bytes that are not {encoding}: read as U+FFFD"
        return text, (Notice("repaired", what, text.count("\ufffd")),)


def _fold_line_ends(text: str, places: Places) -> str:
    """Return ``text`` with line ends as XML reads them."""
    places.removed([found.start() for found in re.finditer("\r(?=\n)", text)], "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _has_markup(tree: Element, containers: frozenset[str]) -> bool:
    """Tell whether an element that should hold text holds elements: its text is its source then.

    Containers hold at most two more levels: ``<wp:commentmeta>`` in ``<wp:comment>``.
    """
    level = [tree]
    for _ in range(3):
        level = [child for parent in level for child in parent if len(child)]
        if not level:
            return False
        if any(not _is_one_of(child.tag, containers) for child in level):
            return True
    return True


@lru_cache(maxsize=256)
def _is_one_of(tag: str, names: frozenset[str]) -> bool:
    """Tell whether an element's local name is one of ``names``."""
    return local_name(qualified_name(tag)) in names


def _collect(tree: Element, item: RawItem, places: Places) -> None:
    """Put every element into its field."""
    seen = item.seen
    for child in tree:
        name = role(child.tag)
        text = child.text or ""
        if name == CATEGORY:
            get = child.attrib.get
            item.categories.append(RawCategory(get("domain", ""), get("nicename", ""), text))
        elif name == META:
            item.postmeta.append(_meta(child))
        elif name == COMMENT:
            item.comments.append(_comment(child))
        elif not name:
            _keep_unknown(item.unknown, child, places)
        elif name in seen:
            _twice(item, name, text, places)
        else:
            seen.add(name)
            setattr(item, name, text)
            if name == "guid":
                item.guid_is_permalink = child.attrib.get("isPermaLink", "").strip().lower() in _TRUE


def _keep_unknown(unknown: list[tuple[str, str]], child: Element, places: Places) -> None:
    """Keep an element that has no row, unless its name says that it may be a password."""
    name = qualified_name(child.tag)
    if _SECRET.search(name):
        places.drop(f"element <{name}>: it may hold a password")
    else:
        unknown.append((name, child.text or ""))


def _twice(item: RawItem, name: str, text: str, places: Places) -> None:
    """Note an element that stands twice; the first counts, but what says against publishing always does."""
    if name == "content" and "excerpt" not in item.seen:  # another prefix than WordPress's
        item.seen.add("excerpt")
        item.excerpt = text
        return
    old = getattr(item, name)
    if text.strip() == old.strip():
        return
    places.lose(f"<{name}> stands twice: perhaps two items in one")
    if name == "status":
        item.status = "unknown"
    elif name == "post_password":
        item.post_password = (old.strip() and old) or text
    elif not _SECRET.search(name):
        item.unknown.append((name, text))


def _meta(element: Element) -> tuple[str, str]:
    """Return key and value of ``<wp:postmeta>`` or its like."""
    key = value = ""
    for child in element:
        if child.tag.endswith("meta_key"):
            key = child.text or ""
        elif child.tag.endswith("meta_value"):
            value = child.text or ""
    return key, value


def _comment(element: Element) -> RawComment:
    """Return a comment."""
    comment = RawComment()
    for child in element:
        name = role_in_comment(child.tag)
        if name == META:
            comment.meta.append(_meta(child))
        elif name:
            setattr(comment, name, child.text or "")
        else:
            comment.unknown.append((qualified_name(child.tag), child.text or ""))
    return comment
