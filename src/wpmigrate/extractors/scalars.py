"""What an unquoted YAML scalar means."""

from __future__ import annotations

import re
from typing import Any

from wpmigrate.extractors.dates import iso_timestamp

__all__ = ["TEXT_KEYS", "plain_value"]

TEXT_KEYS = frozenset({"title", "slug", "author", "categories", "category", "tags", "tag", "excerpt"})
"""Top-level keys whose unquoted values are text, whatever they look like: the tag ``2010``, the title ``Yes``."""

# YAML 1.1's words, as PyYAML reads them
_WORDS: dict[str, bool | None] = {
    spelling: value
    for words, value in (("yes true on", True), ("no false off", False), ("null", None))
    for word in words.split()
    for spelling in (word, word.capitalize(), word.upper())
}
_WORDS["~"] = _WORDS[""] = None
_NUMERIC = frozenset("0123456789-")
_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,15})\.\d{1,16}")


def plain_value(text: str, textual: bool) -> Any:
    """Return what an unquoted scalar means; ``textual`` leaves all but null as text.

    A number is one only when it would be written back the same: ``01234``, ``1_000``, ``1.50``, ``12:30`` and ``0x1F``
    stay the text that the author wrote (PyYAML would give 668, 1000, 1.5, 750 and 31).
    """
    if text in _WORDS:
        word = _WORDS[text]
        return text if textual and word is not None else word
    if textual or text[0] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return iso_timestamp(text) or text
