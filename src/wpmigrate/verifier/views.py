"""The metadata of a file in one shape, and where two files disagree."""

from __future__ import annotations

import reprlib
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from wpmigrate.verifier.values import identical

__all__ = ["View", "likely_front_matter", "shorten", "view_difference", "view_of_front_matter", "view_of_record"]


class View(msgspec.Struct):
    """The metadata of one file in the one shape in which they are compared."""

    title: str
    """Plain text."""
    slug: str
    """The last part of the address."""
    date: str
    """ISO 8601."""
    author: dict[str, Any]
    """name, login, email, url; only those that are not empty."""
    categories: list[Any]
    """Names."""
    tags: list[Any]
    """Names."""
    excerpt: str
    """As in the source."""
    draft: bool
    """Whether it is not published."""
    comments: list[Any]
    """The comments, each flat."""
    metadata: dict[str, Any]
    """All other keys."""
    others: dict[str, list[Any]] = {}
    """Names of terms of other taxonomies."""
    keys: frozenset[str] | None = None
    """The keys that the file has, where it may lack one."""


def view_of_record(record: dict[str, Any]) -> View:
    """Return the view of a decoded JSON or YAML record; raises ``KeyError`` or ``TypeError`` when a key is missing."""
    terms = record["terms"]
    return View(
        record["title"],
        record["slug"],
        record["date"],
        {key: value for key, value in record["author"].items() if value},
        [term["name"] for term in terms if term["taxonomy"] == "category"],
        [term["name"] for term in terms if term["taxonomy"] == "post_tag"],
        record["excerpt"],
        record["status"] != "publish",
        [_flat_comment(comment) for comment in record["comments"]],
        record["metadata"],
        _other_terms(terms),
    )


def _other_terms(terms: list[dict[str, Any]]) -> dict[str, list[Any]]:
    names: dict[str, list[Any]] = {}
    for term in terms:
        if term["taxonomy"] not in ("category", "post_tag"):
            names.setdefault(term["taxonomy"], []).append(term["name"])
    return names


def _flat_comment(comment: dict[str, Any]) -> dict[str, Any]:
    """Return a record's comment under the keys that the front matter uses; empty values but the content left out."""
    author = comment["author"]
    flat = {
        "id": comment["id"],
        "parent": comment["parent"],
        "author": author["name"],
        "author_login": author["login"],
        "author_email": author["email"],
        "author_url": author["url"],
        "date": comment["date"],
    }
    kept = {key: value for key, value in flat.items() if value}
    kept["content"] = comment["content"]
    for key, value in comment["metadata"].items():
        while key in kept and kept[key] != value:
            key = f"raw_{key}"
        kept[key] = value
    return kept


def likely_front_matter(view: View) -> dict[str, Any]:
    """Return the front matter that a page with this ``view`` has in most cases, in its order; a guess, which its text must confirm."""
    keys: dict[str, Any] = {"title": view.title, "slug": view.slug, "date": view.date, "author": view.author.get("name")}
    keys = {key: value for key, value in keys.items() if value}
    keys["categories"], keys["tags"] = view.categories, view.tags
    if view.excerpt:
        keys["excerpt"] = view.excerpt
    if view.draft:
        keys["draft"] = True
    keys.update(view.metadata)
    for name in ("login", "email", "url"):
        if name in view.author:
            keys.setdefault(f"author_{name}", view.author[name])
    keys.update(view.others)
    if view.comments:
        keys["comments"] = view.comments
    return keys


_CANONICAL: Final = frozenset(
    {"title", "slug", "date", "author", "categories", "tags", "excerpt", "draft", "comments"}
)


def view_of_front_matter(front: dict[str, Any]) -> View:
    """Return the view of a Markdown file's front matter."""
    author = {"name": front["author"]} if front.get("author") else {}
    for key in ("login", "email", "url"):
        value = front.get(f"author_{key}")
        if value:
            author[key] = value
    comments = front.get("comments")
    return View(
        front.get("title") or "",
        front.get("slug") or "",
        front.get("date") or "",
        author,
        front.get("categories") or [],
        front.get("tags") or [],
        front.get("excerpt") or "",
        front.get("draft") is True,
        comments if isinstance(comments, list) else [],
        {key: value for key, value in front.items() if key not in _CANONICAL or _is_own(key, value)},
        keys=frozenset(front),
    )


def _is_own(key: str, value: Any) -> bool:
    """Whether a canonical name stands for the source's own key: ``comments: true`` and ``draft: false`` are settings."""
    return (key == "comments" and not isinstance(value, list)) or (key == "draft" and value is not True)


_COMPARED: Final = ("title", "slug", "date", "categories", "tags", "excerpt", "draft", "comments")


def view_difference(front: View, record: View) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each key in which a Markdown file's front matter and the source (or record) disagree."""
    for name in _COMPARED:
        if getattr(front, name) != getattr(record, name):
            yield (
                name,
                f"the front matter's {name} is {shorten(getattr(front, name))}, the source's {shorten(getattr(record, name))}",
            )
    if front.author.get("name") != record.author.get("name"):
        yield "author", "the front matter's author is not the source's"
    for key, value in record.metadata.items():
        if not _is_in(key, value, front):
            yield key, f"the front matter lacks {key}: {shorten(value)} of the source"
    for key, value in front.metadata.items():
        if key not in record.metadata and not _is_explained(key, value, record):
            yield key, f"the source has no {key}: {shorten(value)}"


def _is_in(key: str, value: Any, front: View) -> bool:
    """Whether the front matter has the record's ``key``, itself or (where a canonical key has the name) as ``raw_``."""
    while True:
        if key in front.metadata and identical(front.metadata[key], value):
            return True
        if key in _CANONICAL and getattr(front, key, None) == value:
            return True
        if key not in front.metadata and key not in _CANONICAL:
            return False
        key = f"raw_{key}"


def _is_explained(key: str, value: Any, record: View) -> bool:
    """Whether a front matter key comes from a field of the record: the author's, a taxonomy's, a renamed one."""
    if key.startswith("author_") and record.author.get(key.removeprefix("author_")) == value:
        return True
    name = key
    while name.startswith("raw_"):
        name = name.removeprefix("raw_")
        if record.metadata.get(name) == value:
            return True
    return bool(record.others.get(name) == value)


def shorten(value: Any) -> str:
    """Show a value in a message; an alias bomb is not unfolded."""
    return _shortener.repr(value)


_shortener: Final = reprlib.Repr()
_shortener.maxlevel = 3
_shortener.maxstring = _shortener.maxother = 80
