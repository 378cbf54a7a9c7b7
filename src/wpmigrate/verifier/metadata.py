"""Every value of the source's front matter must be in the output, and the files must agree with each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from wpmigrate.verifier.values import (
    SECRETS,
    drop_secrets,
    has_secrets,
    iso_date,
    leaves,
    plain_title,
    repaired,
    same,
    spellings,
)
from wpmigrate.verifier.views import View, shorten
from wpmigrate.verifier.yaml_texts import read_texts

__all__ = ["compare_source"]


def compare_source(source: dict[str, Any], view: View, block: str = "") -> Iterator[tuple[str, str]]:
    """Yield (key, sentence) for each source key whose value ``view`` does not have.

    ``source`` is the first reading of the front matter; ``block`` its text, which is read again, every scalar as the text that
    it is, where the first reading differs or a key stands twice. A value is there when either reading finds it.
    """
    if "password" in block.lower() and has_secrets(view.metadata):
        yield "password", "a password must not be in the output"
    wrong = dict(_differences(source, view))
    if not block or not (wrong or _has_doubles(block)):
        yield from wrong.items()
        return
    texts = read_texts(block)
    if _is_kept_whole(block, view):
        return
    if texts is None:
        yield from wrong.items()
        return
    drop_secrets(texts.values)
    for key, sentence in _differences(texts.values, view) if wrong else ():
        if key not in source or key in wrong:
            yield key, sentence
    for key, value, again in texts.twice:
        if key.casefold() not in SECRETS and value != again and not _is_kept_twice(key, value, view):
            yield key, f"{key} stands twice in the source, and {shorten(value)} is not in the output"


_KEY = re.compile(r"\n[\w-]+(?=[ \t]*:)")


def _has_doubles(block: str) -> bool:
    """Whether a key may stand twice at the top of ``block``."""
    keys = _KEY.findall("\n" + block)
    return len(keys) != len(set(keys))


def _is_kept_whole(block: str, view: View) -> bool:
    """Whether the view has the very text of ``block``, but for its passwords: then it lacks nothing."""
    kept = view.metadata.get("raw_front_matter")
    if not isinstance(kept, str):
        return False
    if "password" not in block.lower():
        return same(block, kept)
    lines, known = kept.splitlines(), {line.strip() for line in block.splitlines()}
    return bool(lines) and all(line.strip() in known or line.endswith("[removed]") for line in lines)


def _is_kept_twice(key: str, value: Any, view: View) -> bool:
    rows = view.metadata.get("duplicate_keys")
    return isinstance(rows, list) and any(
        isinstance(row, dict) and row.get("key") == key and same(value, row.get("value")) for row in rows
    )


def _differences(source: dict[str, Any], view: View) -> Iterator[tuple[str, str]]:
    metadata = view.metadata
    for key, value in source.items():
        if key in _SPECIAL:
            if key in _ALWAYS and view.keys is not None and key not in view.keys:
                yield key, f"the key {key} of the source is missing"
            elif not _SPECIAL[key](value, view):
                yield key, f"{key}: {shorten(value)} of the source is not in the output"
        elif key in metadata:
            kept = metadata[key]
            if not (type(kept) is type(value) and kept == value) and not same(value, kept):
                yield key, f"{key} is {shorten(value)} in the source and {shorten(kept)} in the output"
        elif value is not None:
            yield key, f"the key {key}: {shorten(value)} of the source is missing"
        else:
            yield key, f"the key {key} of the source is missing"
    if not _COLUMNS.keys().isdisjoint(source):
        yield from _column_differences(source, view)


def _column_differences(source: dict[str, Any], view: View) -> Iterator[tuple[str, str]]:
    """Yield where a field is not what WordPress's own column name says, in a source that names it so alone."""
    for key, (name, is_there) in _COLUMNS.items():
        value = source.get(key)
        if value and isinstance(value, str) and source.get(name) in (None, "") and not is_there(value, view):
            yield name, f"{key}: {shorten(value)} of the source is not the {name} of the output"


def _raws(view: View, name: str) -> list[Any]:
    """Return what is kept of ``name`` beside its field: ``raw_name``, or ``raw_name_`` where the source has that key."""
    return [value for key, value in view.metadata.items() if key.rstrip("_") == f"raw_{name}"]


def _is_raw(value: Any, view: View, name: str) -> bool:
    return any(same(value, raw) for raw in _raws(view, name))


def _title(value: Any, view: View) -> bool:
    if value is None or view.title == value:
        return value is not None or not view.title
    if isinstance(value, dict | list):
        return _is_raw(value, view, "title")
    if repaired(str(value)).strip() == view.title:
        return True
    return plain_title(value) == " ".join(view.title.split()) and _is_raw(value, view, "title")


def _date(value: Any, view: View) -> bool:
    if not value:
        return True
    iso = iso_date(value)
    return (iso is not None and iso == view.date) or _is_raw(value, view, "date")


def _slug(value: Any, view: View) -> bool:
    return not value or same(value, view.slug) or _is_raw(value, view, "slug")


def _author(value: Any, view: View) -> bool:
    if isinstance(value, dict | list):
        related = [
            view.author,
            {key: item for key, item in view.metadata.items() if key.startswith("author")},
        ]
        return _all_in(value, related)
    name = view.author.get("name", "")
    return not value or same(value, name) or (plain_title(value) == name and _is_raw(value, view, "author"))


def _terms(name: str) -> Callable[[Any, View], bool]:
    def check(value: Any, view: View) -> bool:
        names: list[Any] = getattr(view, name)
        if value == names or not value:
            return value == names or not names or name not in _ALWAYS
        if isinstance(value, str):
            parts = value.split(",") if "," in value else value.split()
            return _all_in([part.strip() for part in parts], names)
        return _all_in(value, [*names, *_raws(view, name)])

    return check


_ID_KEYS: Final = frozenset({"id", "comment_id", "parent", "comment_parent", "parent_id"})
"""Keys of a comment for which 0 says *none*."""


def _comments(value: Any, view: View) -> bool:
    if not isinstance(value, list):
        return not value or "comments" in view.metadata
    comments = [item for item in value if isinstance(item, dict)]
    others = [item for item in value if not isinstance(item, dict)]
    return (
        len(comments) == len(view.comments)
        and all(map(_comment, comments, view.comments))
        and (not others or _is_raw(others, view, "comments"))
    )


def _comment(value: dict[str, Any], kept: dict[str, Any]) -> bool:
    said = [
        item
        for key, item in value.items()
        if not _is_under(key, item, kept) and (key not in _ID_KEYS or str(item) not in ("0", "False", "false"))
    ]
    return not said or _all_in(said, kept)


def _is_under(key: str, item: Any, kept: dict[str, Any]) -> bool:
    """Whether ``kept`` has a text, number or date under its own key, as most have; or it says nothing."""
    there = kept.get(key)
    if type(item) is str:
        if item == there or not item:
            return True
        if type(there) is not str:
            return False
        bare = there.strip()
        if item.replace("\r\n", "\n").strip() == bare or iso_date(item) == there:
            return True
        return not item.isascii() and repaired(item).strip() == bare
    return type(item) is int and str(item) == there


def _excerpt(value: Any, view: View) -> bool:
    if isinstance(value, dict | list):
        return not value or _is_raw(value, view, "excerpt")
    return value is None or same(value, view.excerpt)


def _draft(value: Any, view: View) -> bool:
    return view.draft or same(value, view.metadata.get("draft"))


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
    "draft": _draft,
}
"""Source keys that the output says in another way: key -> whether a view has the value."""


_COLUMNS: Final[dict[str, tuple[str, Callable[[str, View], bool]]]] = {
    "post_title": ("title", lambda value, view: plain_title(value) == " ".join(view.title.split())),
    "post_excerpt": ("excerpt", lambda value, view: same(value, view.excerpt)),
}
"""Column of WordPress's database -> the field that says the same, and whether a view has the value there."""


def _all_in(value: Any, place: Any) -> bool:
    """Whether every scalar of ``value`` is among those of ``place``, in any spelling that counts as the same."""
    there = list(leaves(place))
    known = {str(item) for item in there}
    others: set[str] | None = None
    for item in leaves(value):
        text = str(item)
        # In the order of what is likely: most values are there as they are, most others are dates.
        if text in known or iso_date(text) in known or not text.strip() or not spellings(item).isdisjoint(known):
            continue
        if others is None:
            others = set().union(*map(spellings, there)) if there else set()
        if spellings(item).isdisjoint(others) and not any(same(item, other) for other in there[:_FEW]):
            return False
    return True


_FEW: Final = 100
"""How many scalars are compared one by one; more than these are no author and no comment."""
