"""An element's attributes, as handlers read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from wpmigrate.model import NoticeLog

__all__ = ["Attributes", "note_bare", "one_line", "pick"]

Attributes: TypeAlias = dict[str, str | None]
"""Name -> value; None where there is none, as in ``<input disabled>``."""


def one_line(attributes: Attributes, name: str) -> str:
    """Return the value of ``name`` with its blanks folded; an empty string when there is none."""
    return " ".join((attributes.get(name) or "").split())


def pick(attributes: Attributes, names: Iterable[str]) -> Attributes:
    """Return those of ``names`` that have a value, in the order of ``names``."""
    return {name: attributes[name] for name in names if attributes.get(name)}


_SAY_NOTHING_EMPTY: Final = frozenset({"alt", "class", "height", "href", "id", "name", "rel", "src", "style", "target", "title", "width"})
"""Attributes of links and images that are nothing without a value."""


def note_bare(attributes: Attributes, log: NoticeLog) -> None:
    """Name the attributes without a value, which nothing in Markdown holds: the rest of a ``class`` without its quotation marks,
    words behind a ``<b`` that was meant as “less than b” …
    """
    for name, value in attributes.items():
        if value is None and name not in _SAY_NOTHING_EMPTY:
            log.add("dropped", f"attribute {name[:60]}: without a value, not kept")
