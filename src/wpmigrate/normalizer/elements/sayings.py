"""Attributes that say something: where an element's handler does not keep them, a notice names what they said."""

from __future__ import annotations

from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.elements import ElementKind, element_of
from wpmigrate.normalizer.elements.attributes import Attributes, one_line

__all__ = ["SAYINGS", "note_sayings"]

SAYINGS: Final[dict[str, str]] = {
    "title": "words that show where a pointer rests",
    "summary": "what a table is about, for those who do not see it",
    "cite": "where a quotation or a change is from",
    "datetime": "when a text was struck out",
    "lang": "which language the words are",
    "dir": "which way the words run",
}
"""Attribute -> what it says, of whatever element."""

_WORDS: Final = frozenset({"title", "summary"})
"""Content, also for ``--strict``; the others only say how words are to be taken."""
_ALL: Final = frozenset(SAYINGS)
_KEPT: Final[dict[ElementKind, frozenset[str]]] = {
    "paragraph": frozenset({"dir", "lang"}),
    "quote": frozenset({"cite"}),
    "link": frozenset({"title"}),
    "image": _ALL,
    "tag": _ALL,
    "unknown": _ALL,
    "raw": _ALL,
    "table": _ALL,
    "pre": _ALL,
    "drop": _ALL,
    "void": _ALL,
}
"""Kind of element -> what its handler keeps, or names itself."""


def note_sayings(log: NoticeLog, name: str, attributes: Attributes, kept: frozenset[str] | None = None) -> None:
    """Name in ``log`` what the attributes of the element ``name`` say that is not ``kept`` (its kind's, unless given)."""
    if kept is None:
        kept = _KEPT.get(element_of(name).kind, frozenset())
    for key in SAYINGS:
        if key in attributes and key not in kept and (said := one_line(attributes, key)):
            log.add("dropped", f"{'' if key in _WORDS else 'attribute '}{key} of <{name}>: {said[:60]}")
