"""The source's bytes as text, by the name of their encoding."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["decode"]

_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_SINGLE_BYTES: Final = frozenset({"utf-8", "windows-1252"})
"""Encodings in which a byte that does not fit is a character of its own."""


def decode(data: bytes, encoding: str) -> str:
    """Return ``data`` as text without a byte order mark.

    Bytes that are not UTF-8 are Windows-1252 there, and what that does not have is a C1 control, as in browsers
    (https://encoding.spec.whatwg.org/#index-windows-1252); elsewhere they are U+FFFD. Never raises.
    """
    name = encoding or "utf-8"
    if name == "utf-8":
        try:  # nearly all
            return data.decode().lstrip("\ufeff")
        except UnicodeDecodeError:
            pass
    text = data.decode(name, "surrogateescape" if name in _SINGLE_BYTES else "replace")
    if name in _SINGLE_BYTES and not text.isascii():
        text = _ESCAPED.sub(_from_windows_1252, text)
    return text.lstrip("\ufeff")


def _from_windows_1252(escaped: re.Match[str]) -> str:
    byte = ord(escaped[0]) - 0xDC00
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)
