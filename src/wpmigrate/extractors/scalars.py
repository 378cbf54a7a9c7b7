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
_NUMERIC = frozenset("0123456789-+.")
# what YAML 1.1 (as PyYAML reads it) and YAML 1.2 (the core schema) both take for one and the same number
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})", re.ASCII)
_HEXADECIMAL = re.compile(r"0x[\dA-Fa-f]{1,15}", re.ASCII)
_DECIMAL = re.compile(r"(?:[-+]?\d+\.\d*|\.\d+)(?:[eE][-+]\d+)?", re.ASCII)


def plain_value(text: str, textual: bool) -> Any:
    """Return what an unquoted scalar means; ``textual`` leaves all but null as text.

    A number is one only when all readers of YAML agree on it and JSON has it. ``01234`` (668 or 1234), ``1_000``, ``12:30``,
    ``1e3``, ``.nan`` and numbers with more digits than a computer keeps stay the text that the author wrote.
    """
    if text in _WORDS:
        word = _WORDS[text]
        return text if textual and word is not None else word
    if textual or text[0] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return _decimal(text)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    return iso_timestamp(text) or text


def _decimal(text: str) -> float | str:
    """Return a decimal number, or its text when a float would not keep it."""
    number = float(text)
    return number if len(text) <= 16 and abs(number) < 1e300 else text
