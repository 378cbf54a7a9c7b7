"""What two spellings of a name, a slug or a description share, and the trees of the site data as rows."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote

from wpmigrate.verifier.values import plain_title

__all__ = ["FOLDED", "all_items", "all_terms", "decoded", "letters", "name_keys", "slug_key", "taxonomy_of"]

_NOT_A_WORD = re.compile(r"[\W_]+")


def all_terms(taxonomies: dict[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield taxonomy, slug and row of every term of the trees."""
    for taxonomy, top in taxonomies.items():
        stack = [*top]
        while stack:
            term = stack.pop()
            stack += term.get("children", ())
            yield (taxonomy, decoded(term["slug"])), term


def all_items(top: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every item of a menu's tree."""
    stack = [*top]
    while stack:
        item = stack.pop()
        stack += item.get("children", ())
        yield item


def taxonomy_of(domain: str) -> str:
    """Return the taxonomy that a domain names, as WordPress's importer reads it."""
    return {"": "category", "tag": "post_tag"}.get(domain.strip(), domain.strip())


def decoded(slug: str) -> str:
    """Return a slug percent-decoded, in NFC."""
    return unicodedata.normalize("NFC", unquote(slug.strip(), errors="ignore"))


def slug_key(text: str) -> str:
    """Return what two spellings of a slug share; nothing for one that says nothing."""
    text = decoded(text).casefold()
    return _NOT_A_WORD.sub("-", text).strip("-") or ("" if text.isascii() else text)


def letters(text: str) -> str:
    """Return the letters and digits of ``text``: names are shown without markup and repaired."""
    return _NOT_A_WORD.sub("", plain_title(html.unescape(text))).casefold()


def name_keys(text: str) -> set[str]:
    """Return what two spellings of a name may share: tags in it are markup or not."""
    whole = html.unescape(html.unescape(text))
    return {
        letters(text) or plain_title(html.unescape(text)).strip(),
        _NOT_A_WORD.sub("", whole).casefold() or whole.strip(),
    }


FOLDED: Final[dict[str, Callable[[str], set[str]]]] = {
    "name": name_keys,
    "first_name": name_keys,
    "last_name": name_keys,
    "description": lambda text: {text.strip()},
    "parent": lambda text: {slug_key(text)},
}
"""Field of an author or a term -> what two spellings of it share."""
