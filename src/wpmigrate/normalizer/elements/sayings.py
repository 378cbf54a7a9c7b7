"""Attributes that say something: where an element's handler does not keep them, a notice names what they said."""

from __future__ import annotations

from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.elements import ElementKind, element_of
from wpmigrate.normalizer.elements.attributes import Attributes, one_line

__all__ = ["SAYINGS", "cut", "note_filled", "note_sayings"]

SAYINGS: Final[dict[str, str]] = {
    "title": "words that show where a pointer rests",
    "summary": "what a table is about, for those who do not see it",
    "aria-label": "a name for those who do not see",
    "cite": "where a quotation or a change is from",
    "datetime": "when a text was struck out",
    "lang": "which language the words are",
    "dir": "which way the words run",
}
"""Attribute -> what it says, of whatever element."""

_WORDS: Final = frozenset({"title", "summary", "aria-label"})
"""Content, also for ``--strict``; the others only say how words are to be taken."""
_ALL: Final = frozenset({*SAYINGS, "data-"})
_KEPT: Final[dict[ElementKind, frozenset[str]]] = {
    "paragraph": frozenset({"dir", "lang"}),
    "quote": frozenset({"cite"}),
    "link": frozenset({"title", "data-"}),
    "image": frozenset({"title", "data-"}),
    "tag": _ALL,
    "unknown": _ALL,
    "raw": _ALL,
    "table": _ALL,
    "pre": _ALL,
    "drop": _ALL,
    "void": _ALL,
}
"""Kind of element -> what its handler keeps, or names itself; ``data-`` is all attributes that begin so."""
_LONGEST: Final = 1000
"""More characters than people write for a pointer that rests; a citation in a ``title`` (COinS) has some hundreds."""


def note_sayings(log: NoticeLog, name: str, attributes: Attributes, kept: frozenset[str] | None = None) -> None:
    """Name in ``log`` what the attributes of the element ``name`` say that is not ``kept`` (its kind's, unless given)."""
    if kept is None:
        kept = _kept(name)
    for key in SAYINGS:
        if key in attributes and key not in kept and (said := one_line(attributes, key)):
            log.add("dropped", f"{'' if key in _WORDS else 'attribute '}{key} of <{name}>: {cut(said)}")


def note_filled(log: NoticeLog, name: str, attributes: Attributes) -> None:
    """Name in ``log`` an element without content that a script fills, and what from."""
    data = [f"{key}={value}" for key, value in attributes.items() if key[:5] == "data-" and value and key[:7] != "data-wp"]
    if data and "data-" not in _kept(name):
        log.add("dropped", f"<{name}> that a script fills: {cut(' '.join(data))}")


def cut(text: str) -> str:
    """Return ``text`` as a notice holds it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _kept(name: str) -> frozenset[str]:
    return _KEPT.get(element_of(name).kind, frozenset())
