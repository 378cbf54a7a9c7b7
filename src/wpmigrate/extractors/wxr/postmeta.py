"""Metadata of posts, comments and terms: keys and values that plugins wrote."""

from __future__ import annotations

from typing import Any, NamedTuple

from wpmigrate.extractors.values import decode_php
from wpmigrate.model import NoticeLog

__all__ = ["Meta", "decode_value", "read_meta"]

_SMALLEST, _LARGEST = -(2**63), 2**64 - 1


class Meta(NamedTuple):
    """Metadata by key."""

    values: dict[str, Any]
    """Key -> decoded value; the list of all values for a key that occurs several times."""
    repeated: list[str]
    """Those keys."""


def read_meta(rows: list[tuple[str, str]], log: NoticeLog, where: str = "meta") -> Meta:
    """Return keys without the blanks round them and values decoded, in order; ``log`` is told what was decoded.

    A key with blanks round it comes of a file that was laid out by a program: its value has the same blanks.
    """
    found: dict[str, list[Any]] = {}
    for raw_key, value in rows:
        key = raw_key.strip()
        if len(key) != len(raw_key):
            value = value.strip()
            log.add("mapped", "blanks round a metadata key: removed", f"{where}: {key}")
        if value and value[-1] in ";} \n\t":
            value = decode_value(value, log, f"{where}: {key}")
        found.setdefault(key, []).append(value)
    repeated = [key for key, values in found.items() if len(values) > 1]
    values = {key: values[0] if len(values) == 1 else values for key, values in found.items()}
    return Meta(values, repeated)


def decode_value(value: str, log: NoticeLog, where: str) -> Any:
    """Return what a PHP-serialized text holds; other text, and such that cannot be read, as it is."""
    return _within_json(decode_php(value, log, where))


def _within_json(value: Any) -> Any:
    """Return ``value`` with whole numbers that JSON readers cannot hold as text."""
    if isinstance(value, int):
        return value if _SMALLEST <= value <= _LARGEST else str(value)
    if isinstance(value, dict):
        return {key: _within_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_within_json(item) for item in value]
    return value
