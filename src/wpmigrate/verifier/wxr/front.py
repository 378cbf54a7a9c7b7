"""The front matter of an item: short beside a record, everything when it stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wpmigrate.verifier.views import shorten
from wpmigrate.verifier.wxr.values import ABSENT, OneOf, agrees

__all__ = ["check_front_matter", "unflattened"]

_PAGE_KEYS: Final = frozenset(
    "sticky format template featured_image seo acf translations language".split()
)
"""Metadata that a page needs to be built; the rest stands in the record."""
_CORE: Final = {"category": "categories", "post_tag": "tags"}
_PLUMBING: Final = frozenset("post_format language post_translations term_language term_translations nav_menu".split())
"""Taxonomies in which WordPress and Polylang note what has a key of its own."""
_COMMENT_FIELDS: Final = frozenset(
    {"id", "parent", "author", "author_login", "author_email", "author_url", "date", "content"}
)


def check_front_matter(
    front: dict[str, Any], fields: dict[str, Any], metadata: dict[str, Any], alone: bool
) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each key that ``front`` lacks, has otherwise, or has made up.

    ``fields`` and ``metadata`` are what the source says; a key that another value has taken has ``raw_`` before it. Comments
    are not looked at.
    """
    rows = [*_short(fields, metadata), *(_rest(fields, metadata) if alone else ())]
    known = {"comments"} if alone else set()
    for key, value in rows:
        place = _find(front, key, value)
        if place is not None:
            known.add(place)
        elif not agrees(value, ABSENT) and not agrees(value, ""):
            there = f", not {shorten(front[key])}" if key in front else ""
            yield key, f"the source says {shorten(value.values[0] if isinstance(value, OneOf) else value)}{there}"
    extra = front.keys() - known
    if extra:
        rows = [*rows, *_rest(fields, metadata)]
        known |= {place for key, value in rows if (place := _find(front, key, value)) is not None}
        for key in sorted(extra - known):
            yield key, f"the source has no such value: {shorten(front[key])}"


def _find(front: dict[str, Any], key: str, value: Any) -> str | None:
    """Return the key under which ``front`` has ``value``."""
    while key in front:
        if agrees(value, front[key]):
            return key
        key = f"raw_{key}"
    return None


def _short(fields: dict[str, Any], metadata: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in ("title", "slug", "excerpt", "parent", "order", "url", "date"):
        if fields[key]:
            yield key, fields[key]
    if fields["author"]["name"]:
        yield "author", fields["author"]["name"]
    terms = _names(fields["terms"])
    for taxonomy, key in _CORE.items():
        yield key, terms.pop(taxonomy, [])
    yield "draft", _draft(fields["status"])
    if fields["type"] != "post":
        yield "type", fields["type"]
    for key, value in metadata.items():
        if key in _PAGE_KEYS:
            yield key, value
    for taxonomy, names in terms.items():
        if taxonomy not in _PLUMBING:
            yield taxonomy, names


def _draft(status: Any) -> Any:
    """Return whether an entry is marked as a draft; where damage leaves the status open, it may be."""
    if isinstance(status, OneOf):
        return OneOf(ABSENT, True) if "publish" in status.values else True
    return ABSENT if status == "publish" else True


def _names(terms: list[dict[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for term in terms:
        found.setdefault(term["taxonomy"], []).append(term["name"])
    return found


def _rest(fields: dict[str, Any], metadata: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if fields["id"]:
        yield "id", fields["id"]
    if fields["status"] != "publish":
        status = fields["status"]
        yield "status", OneOf(*status.values, ABSENT) if isinstance(status, OneOf) else status
    if fields["modified"]:
        yield "modified", fields["modified"]
    for name in ("login", "email", "url"):
        if fields["author"][name]:
            yield f"author_{name}", fields["author"][name]
    for key, value in metadata.items():
        if key not in _PAGE_KEYS:
            yield key, value
    for taxonomy, names in _names(fields["terms"]).items():
        if taxonomy in _PLUMBING:
            yield taxonomy, names


def unflattened(comment: Any) -> dict[str, Any]:
    """Return a comment of the front matter in the shape that the record has; raises ``TypeError`` for anything else."""
    if not isinstance(comment, dict):
        raise TypeError("no comment")
    get = comment.get
    author = {"name": get("author"), "login": get("author_login"), "email": get("author_email"), "url": get("author_url")}
    return {
        "id": get("id", ""),
        "parent": get("parent", ""),
        "date": get("date", ""),
        "content": get("content", ""),
        "author": {key: value for key, value in author.items() if value},
        "metadata": {key: value for key, value in comment.items() if key not in _COMMENT_FIELDS},
    }
