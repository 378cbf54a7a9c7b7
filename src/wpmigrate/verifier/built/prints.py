"""Fingerprints of texts that must not be public: some words of each, to find them again anywhere in a built site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

__all__ = ["prints_in", "prints_of"]

_WORD: Final = re.compile(r"\w+")
_LENGTH: Final = 10
"""So many words in a row are nobody else's."""


def prints_of(text: str) -> tuple[bytes, ...]:
    """Return the fingerprints of the first and the last words of ``text``; none when it is short."""
    words = _WORD.findall(text.lower())
    if len(words) < _LENGTH:
        return ()
    return tuple(dict.fromkeys((_print(words[:_LENGTH]), _print(words[-_LENGTH:]))))


def prints_in(text: str) -> Iterator[bytes]:
    """Yield the fingerprint of every place in ``text``."""
    words = _WORD.findall(text.lower())
    for start in range(len(words) - _LENGTH + 1):
        yield _print(words[start : start + _LENGTH])


def _print(words: list[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=12).digest()
