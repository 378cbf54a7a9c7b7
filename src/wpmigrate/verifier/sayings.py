"""Attributes whose words a visitor reads or hears, on elements that Markdown has no place for: a notice must name what goes."""

from __future__ import annotations

from typing import Final

from wpmigrate.verifier.elements import START, start_other
from wpmigrate.verifier.elements.inlines import KEPT_TAGS
from wpmigrate.verifier.reader import Reader

__all__ = ["WORDS", "is_saying", "note_words"]

WORDS: Final = frozenset({"title", "summary", "aria-label"})
"""What shows where a pointer rests, and what those hear who do not see. Each goes by its own name only."""

_LONGEST: Final = 60
"""So many characters of it a notice has."""
_WHOLE: Final = frozenset("script iframe noembed noframes template object embed source form button".split())
"""Elements that stay with their attributes."""
_UNSEEN: Final = frozenset(
    "html body head style title link meta base basefont wbr rtc col colgroup thead tbody tfoot listing xmp plaintext".split()
)
"""Elements on which no pointer rests, or that nobody writes any more."""
_WORDLESS: Final = (
    frozenset(tag for tag, start in START.items() if start is not start_other) - KEPT_TAGS - _WHOLE - _UNSEEN
)
"""Elements whose handlers take no words out of attributes, but for the title of a link or image."""


def note_words(reader: Reader, tag: str, name: str, value: str) -> None:
    """Note that the attribute ``name`` of an element says ``value``, unless the element's own token says it."""
    if (
        tag in _WORDLESS
        and not reader.drawing
        and (tag == "table" if name == "summary" else name != "title" or tag not in ("a", "img"))
    ):
        said = " ".join(value.split())
        if said:
            reader.leave_out(f"{name} of <{tag}>: {said[:_LONGEST]}")


def is_saying(thing: str) -> bool:
    """Whether ``thing``, which has been left out, is such words: the notice has the very same."""
    return thing.partition(" of <")[0] in WORDS or thing.startswith("title of a link")
