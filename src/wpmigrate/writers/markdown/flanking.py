"""Whether emphasis can be written with delimiters where it stands.

The rule is CommonMark's of left- and right-flanking delimiter runs (https://spec.commonmark.org/0.31.2/#delimiter-run). Engines
differ on whether symbols such as ``€`` count as punctuation (0.29: no, 0.31: yes): a run must be right either way.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["can_delimit"]

BLANK, PUNCTUATION, SYMBOL, WORD = range(4)
_ASCII_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@lru_cache(maxsize=4096)
def kind_of(char: str) -> int:
    """Return what ``char`` is for the flanking rule; the empty string is the edge of a line, a blank."""
    if not char or char in " \t\n\r\f":
        return BLANK
    if char in _ASCII_PUNCTUATION:
        return PUNCTUATION
    category = unicodedata.category(char)
    if category == "Zs":
        return BLANK
    if category[0] == "P":
        return PUNCTUATION
    return SYMBOL if category[0] == "S" else WORD


def can_delimit(mark: str, before: str, first: str, last: str, after: str) -> bool:
    """Whether ``mark`` (``*``, ``_`` or ``~``) opens between ``before`` and ``first`` and closes between ``last`` and ``after``."""
    kinds = tuple(map(kind_of, (before, first, last, after)))
    if SYMBOL not in kinds:
        return _delimits(mark, *kinds)
    return all(
        _delimits(mark, *(other if kind == SYMBOL else kind for kind in kinds)) for other in (PUNCTUATION, WORD)
    )


def _flanks(outside: int, inside: int) -> bool:
    return inside != BLANK and (inside != PUNCTUATION or outside in (BLANK, PUNCTUATION))


def _delimits(mark: str, before: int, first: int, last: int, after: int) -> bool:
    if not (_flanks(before, first) and _flanks(after, last)):
        return False
    if mark != "_":
        return True
    opens = not _flanks(first, before) or before == PUNCTUATION
    closes = not _flanks(last, after) or after == PUNCTUATION
    return opens and closes
