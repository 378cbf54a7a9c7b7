"""The whole record as JSON."""

from __future__ import annotations

import msgspec

from wpmigrate.model import Entry

__all__ = ["write_json"]


def write_json(entry: Entry) -> bytes:
    """Return ``entry`` as JSON: two blanks of indentation, keys in field order, UTF-8 unescaped, a last line end.

    The same entry always gives the same bytes. Raises ``UnicodeEncodeError`` for a lone surrogate and
    ``RecursionError`` for a tree that is nested about a thousand levels deep.
    """
    return msgspec.json.format(msgspec.json.encode(entry), indent=2) + b"\n"
