"""Entry → the keys and values of its Markdown file's front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wpmigrate.model import Author, Comment, Entry
from wpmigrate.writers.yaml import Plain

__all__ = ["front_matter"]

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""The ISO 8601 forms that are a YAML 1.1 timestamp too (https://yaml.org/type/timestamp.html)."""

_CORE_TAXONOMIES = ("category", "post_tag")
"""What ``categories`` and ``tags`` hold."""

_DATE_KEYS = ("date", "modified")
"""What site builders want as a date and not as text."""

_PAGE_KEYS = ("sticky", "format", "template", "featured_image", "seo", "acf", "translations", "language")
"""Metadata of a WXR item that a page needs to be built; the rest stands in the record."""

_PLUMBING = frozenset(("post_format", "language", "post_translations", "term_language", "term_translations", "nav_menu"))
"""Taxonomies in which WordPress and Polylang note what has a key of its own here."""


def front_matter(entry: Entry, alone: bool = True) -> dict[str, Any]:
    """Return the front matter of ``entry`` in the order in which it is written.

    That of an item of a WXR file is short, since most of an item is for WordPress itself: see :func:`_of_item`; ``alone``
    says that no JSON or YAML file stands beside it, so that it must hold everything. Of all other sources:

    Canonical keys come first, then the source's other keys under their own names, then what only the canonical fields
    know (the author's other fields, terms of other taxonomies), and comments last. A key that is already taken by
    another value gets the prefix ``raw_``; empty values of canonical keys are left out, but for the lists.
    """
    if entry.source.format == "wxr":
        return _of_item(entry, alone)
    keys = dict(_canonical(entry))
    for key, value in entry.metadata.items():
        _put(keys, key, _timestamp(value) if key in _DATE_KEYS else value)
    for key, value in _author_fields(entry.author):
        if key not in keys and not _holds(entry.metadata.get("author"), value):
            keys[key] = value
    for key, names in _other_terms(entry).items():
        if key not in entry.metadata:
            _put(keys, key, names)
    if entry.comments:
        _put(keys, "comments", [_comment(comment) for comment in entry.comments])
    return keys


def _of_item(entry: Entry, alone: bool) -> dict[str, Any]:
    """Return the front matter of an item: canonical keys, its place in the site, :data:`_PAGE_KEYS`, other terms; then the rest."""
    keys = dict(_canonical(entry))
    keys.update(_place(entry))
    for key in _PAGE_KEYS:
        if key in entry.metadata:
            _put(keys, key, entry.metadata[key])
    for key, names in _other_terms(entry).items():
        if key not in _PLUMBING:
            _put(keys, key, names)
    if alone:
        _put_rest(keys, entry)
    return keys


def _place(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Yield what says where an item stood in the old site, when it is not what most have."""
    if entry.type != "post":
        yield "type", entry.type
    if entry.parent:
        yield "parent", entry.parent
    if entry.order:
        yield "order", entry.order
    if entry.url:
        yield "url", entry.url


def _put_rest(keys: dict[str, Any], entry: Entry) -> None:
    """Add what an item's record would hold: its id, status, dates, author, all metadata and comments."""
    if entry.id:
        _put(keys, "id", entry.id)
    if entry.status != "publish":
        _put(keys, "status", entry.status)
    if entry.modified:
        _put(keys, "modified", _timestamp(entry.modified))
    for key, value in _author_fields(entry.author):
        _put(keys, key, value)
    for key, value in entry.metadata.items():
        if key not in _PAGE_KEYS:
            _put(keys, key, value)
    for key, names in _other_terms(entry).items():
        if key in _PLUMBING:
            _put(keys, key, names)
    if entry.comments:
        _put(keys, "comments", [_comment(comment) for comment in entry.comments])


def _canonical(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Yield the canonical keys that have a value; ``draft`` only where it is true."""
    if entry.title:
        yield "title", entry.title
    if entry.slug:
        yield "slug", entry.slug
    if entry.date:
        yield "date", _timestamp(entry.date)
    if entry.author.name:
        yield "author", entry.author.name
    yield "categories", [term.name for term in entry.terms if term.taxonomy == "category"]
    yield "tags", [term.name for term in entry.terms if term.taxonomy == "post_tag"]
    if entry.excerpt:
        yield "excerpt", entry.excerpt
    if entry.status != "publish":
        yield "draft", True


def _put(keys: dict[str, Any], key: str, value: Any) -> None:
    """Add a key; one that is taken by an equal value needs no second place, by another value gets a prefix."""
    while key in keys:
        if type(keys[key]) is type(value) and keys[key] == value:
            return
        key = f"raw_{key}"
    keys[key] = value


def _timestamp(value: Any) -> Any:
    """Return a valid ISO timestamp as :class:`Plain`, anything else as it is (YAML readers fail on month 13)."""
    if not isinstance(value, str) or not _TIMESTAMP.fullmatch(value):
        return value
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return value
    return Plain(value)


def _author_fields(author: Author) -> Iterator[tuple[str, str]]:
    """Yield what ``author`` (the name) does not say, under the names of jekyll-import and of comments."""
    for name in ("login", "email", "url"):
        value = getattr(author, name)
        if value:
            yield f"author_{name}", value


def _holds(mapping: Any, value: str) -> bool:
    return isinstance(mapping, dict) and value in mapping.values()


def _other_terms(entry: Entry) -> dict[str, list[str]]:
    """Return the names of the terms of all other taxonomies, by taxonomy."""
    names: dict[str, list[str]] = {}
    for term in entry.terms:
        if term.taxonomy not in _CORE_TAXONOMIES:
            names.setdefault(term.taxonomy, []).append(term.name)
    return names


def _comment(comment: Comment) -> dict[str, Any]:
    """Return a comment with the keys that jekyll-import gives it; empty ones but the content are left out."""
    keys: dict[str, Any] = {}
    if comment.id:
        keys["id"] = comment.id
    if comment.parent:
        keys["parent"] = comment.parent
    if comment.author.name:
        keys["author"] = comment.author.name
    keys.update(_author_fields(comment.author))
    if comment.date:
        keys["date"] = comment.date
    keys["content"] = comment.content
    for key, value in comment.metadata.items():
        _put(keys, key, value)
    return keys
