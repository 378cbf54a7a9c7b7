"""Whether a delimiter run can open or close, by CommonMark's rule of left- and right-flanking runs.

https://spec.commonmark.org/0.31.2/#delimiter-run. Engines differ on whether symbols such as ``€`` count as punctuation
(0.29: no, 0.31: yes): a run must be right either way, so every answer is given for both.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["Flanks", "flanks"]

Flanks = tuple[tuple[bool, bool], ...]
"""(can open, can close), for each way to read symbols; one when there is none beside the run."""

_BLANK, _PUNCTUATION, _SYMBOL, _WORD = range(4)
_ASCII_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@lru_cache(maxsize=4096)
def _kind_of(char: str) -> int:
    """Return what ``char`` is for the rule; the empty string is the edge of a block, a blank."""
    if not char or char in " \t\n\r\f":
        return _BLANK
    if char in _ASCII_PUNCTUATION:
        return _PUNCTUATION
    category = unicodedata.category(char)
    if category == "Zs":
        return _BLANK
    if category[0] == "P":
        return _PUNCTUATION
    return _SYMBOL if category[0] == "S" else _WORD


@lru_cache(maxsize=4096)
def flanks(mark: str, before: str, after: str) -> Flanks:
    """Return whether a run of the character ``mark`` between two characters can open and can close."""
    kinds = (_kind_of(before), _kind_of(after))
    if _SYMBOL not in kinds:
        return (_flanks(mark, *kinds),)
    return tuple(
        _flanks(mark, *(other if kind == _SYMBOL else kind for kind in kinds)) for other in (_PUNCTUATION, _WORD)
    )


def _flanks(mark: str, before: int, after: int) -> tuple[bool, bool]:
    left = after != _BLANK and (after != _PUNCTUATION or before in (_BLANK, _PUNCTUATION))
    right = before != _BLANK and (before != _PUNCTUATION or after in (_BLANK, _PUNCTUATION))
    if mark != "_":
        return left, right
    return left and (not right or before == _PUNCTUATION), right and (not left or after == _PUNCTUATION)
