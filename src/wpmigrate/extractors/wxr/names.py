"""Which element of an item is which field, whatever prefix the file uses."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from wpmigrate.extractors.wxr.markup import local_name, qualified_name

__all__ = ["COMMENT", "COMMENT_FIELDS", "CONTAINERS", "META", "role", "role_in_comment"]

CATEGORY: Final = "category"
COMMENT: Final = "comment"
META: Final = "postmeta"

# Elements of RSS itself: they have no prefix, and the same name with one (media:title) is something else
_PLAIN: Final = {
    "title": "title",
    "link": "link",
    "pubDate": "pub_date",
    "guid": "guid",
    "description": "description",
    "category": CATEGORY,
}
_WORDPRESS: Final = {
    name: name
    for name in """post_id post_date post_date_gmt post_modified post_modified_gmt comment_status ping_status post_name status
    post_parent menu_order post_type post_password is_sticky attachment_url postmeta comment""".split()
} | {"creator": "creator"}
_FOREIGN: Final = frozenset(
    "wfw media itunes atom geo georss slash feedburner sy thr gd podcast googleplay".split()
)
"""Prefixes of other vocabularies, whose ``comment`` or ``status`` is not WordPress's."""

COMMENT_FIELDS: Final = frozenset(
    """comment_id comment_author comment_author_email comment_author_url comment_author_IP comment_date comment_date_gmt
    comment_content comment_approved comment_type comment_parent comment_user_id""".split()
)
CONTAINERS: Final = frozenset({"item", "postmeta", "comment", "commentmeta"})
"""Local names of elements that hold elements."""


@lru_cache(maxsize=4096)
def role(tag: str) -> str:
    """Return the field of an item that an element named ``tag`` (as ElementTree writes it) fills; empty for none."""
    name = qualified_name(tag)
    prefix, _, local = name.rpartition(":")
    if local == "encoded":
        return "excerpt" if prefix.startswith("e") else "content"
    if not prefix and local in _PLAIN:
        return _PLAIN[local]
    return "" if prefix in _FOREIGN else _WORDPRESS.get(local, "")


@lru_cache(maxsize=1024)
def role_in_comment(tag: str) -> str:
    """Return the field of a comment that an element fills; ``postmeta`` for its metadata; empty for none."""
    local = local_name(qualified_name(tag))
    return META if local == "commentmeta" else local if local in COMMENT_FIELDS else ""
