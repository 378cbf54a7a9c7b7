"""Every value of the source's front matter must be in the output, and the files must agree with each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from wpmigrate.verifier.values import iso_date, leaves, plain_title, same, spellings

__all__ = ["View", "compare_source", "view_difference", "view_of_front_matter", "view_of_record"]

_TAG = re.compile(r"<[^<>]*>")


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
    )


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


_CANONICAL: Final = frozenset({"title", "slug", "date", "author", "categories", "tags", "excerpt", "draft", "comments"})


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
        bool(front.get("draft")),
        comments if isinstance(comments, list) else [],
        {key: value for key, value in front.items() if key not in _CANONICAL or (key == "comments" and not isinstance(comments, list))},
        frozenset(front),
    )


_COMPARED: Final = ("title", "slug", "date", "categories", "tags", "excerpt", "draft", "comments")


def view_difference(front: View, record: View) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each key in which a Markdown file's front matter and the record disagree."""
    for name in _COMPARED:
        if getattr(front, name) != getattr(record, name):
            yield name, f"the front matter's {name} is {_short(getattr(front, name))}, the record's {_short(getattr(record, name))}"
    if front.author.get("name") != record.author.get("name"):
        yield "author", "the front matter's author is not the record's"
    for key, value in record.metadata.items():
        if not _is_in(key, value, front):
            yield key, f"the front matter lacks {key}: {_short(value)} of the record"
    for key, value in front.metadata.items():
        if key not in record.metadata and not _is_explained(key, value, record):
            yield key, f"the record lacks {key}: {_short(value)} of the front matter"


def _is_in(key: str, value: Any, front: View) -> bool:
    """Whether the front matter has the record's ``key``, itself or (where a canonical key has the name) as ``raw_``."""
    while True:
        if key in front.metadata and front.metadata[key] == value:
            return True
        if key in _CANONICAL and getattr(front, key, None) == value:
            return True
        if key not in front.metadata and key not in _CANONICAL:
            return False
        key = f"raw_{key}"


def _is_explained(key: str, value: Any, record: View) -> bool:
    """Whether a front matter key comes from a field of the record: the author's, a taxonomy's, a renamed one."""
    if key.startswith("raw_"):
        return bool(record.metadata.get(key.removeprefix("raw_")) == value)
    if key.startswith("author_"):
        return bool(record.author.get(key.removeprefix("author_")) == value)
    return isinstance(value, list)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def compare_source(source: dict[str, Any], view: View) -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each source key whose value ``view`` does not have."""
    metadata = view.metadata
    for key, value in source.items():
        if key in _SPECIAL:
            if key in _ALWAYS and view.keys is not None and key not in view.keys:
                yield key, f"the key {key} of the source is missing"
            elif not _SPECIAL[key](value, view):
                yield key, f"{key}: {_short(value)} of the source is not in the output"
        elif key in metadata:
            kept = metadata[key]
            if not (type(kept) is type(value) and kept == value) and not same(value, kept):
                yield key, f"{key} is {_short(value)} in the source and {_short(kept)} in the output"
        elif value is not None or key in metadata:
            yield key, f"the key {key}: {_short(value)} of the source is missing"
        else:
            yield key, f"the key {key} of the source is missing"


def _title(value: Any, view: View) -> bool:
    return view.title == value or plain_title("" if value is None else value) == " ".join(view.title.split())


def _date(value: Any, view: View) -> bool:
    if not value:
        return True
    iso = iso_date(value)
    return (iso is not None and iso == view.date) or same(value, view.metadata.get("raw_date", view.date))


def _slug(value: Any, view: View) -> bool:
    return same(value, view.slug) or same(value, view.metadata.get("raw_slug", view.metadata.get("slug")))


def _author(value: Any, view: View) -> bool:
    if isinstance(value, dict):
        related = [view.author, {key: item for key, item in view.metadata.items() if key.startswith("author")}]
        return _all_in(value, related)
    return not value or same(value, view.author.get("name", ""))


def _terms(name: str) -> Callable[[Any, View], bool]:
    def check(value: Any, view: View) -> bool:
        names: list[Any] = getattr(view, name)
        if value == names:
            return True
        if isinstance(value, str):
            return same(value, " ".join(map(str, names))) or _all_in(
                re.split(r"\s*,\s*|\s+", value.strip()), names
            ) or _all_in([value], names)
        return _all_in(value, [*names, view.metadata.get(f"raw_{name}")])

    return check


def _comments(value: Any, view: View) -> bool:
    if not isinstance(value, list):
        return value is None or "comments" in view.metadata or value in (True, False)
    return len(value) == len(view.comments) and all(map(_all_in, value, view.comments))


def _excerpt(value: Any, view: View) -> bool:
    return not value or same(value, view.excerpt)


def _password(value: Any, view: View) -> bool:
    return "password" not in view.metadata


_ALWAYS: Final = frozenset({"categories", "tags"})
"""Keys that are written even when they hold nothing."""

_SPECIAL: Final[dict[str, Callable[[Any, View], bool]]] = {
    "title": _title,
    "date": _date,
    "slug": _slug,
    "author": _author,
    "categories": _terms("categories"),
    "tags": _terms("tags"),
    "comments": _comments,
    "excerpt": _excerpt,
    "password": _password,
}
"""Source keys that the output says in another way: key -> whether a view has the value."""


def _all_in(value: Any, place: Any) -> bool:
    """Whether every scalar of ``value`` is among those of ``place``, in any spelling that counts as the same."""
    there = list(leaves(place))
    known = {str(item) for item in there}
    others: set[str] | None = None
    for item in leaves(value):
        if str(item) in known or not spellings(item).isdisjoint(known):
            continue
        if others is None:
            others = set().union(*map(spellings, there)) if there else set()
        if spellings(item).isdisjoint(others) and not any(same(item, other) for other in there[:_FEW]):
            return False
    return True


_FEW: Final = 100
"""How many scalars are compared one by one; more than these are no author and no comment."""
