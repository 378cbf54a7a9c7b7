"""Addresses as the proof compares them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

__all__ = ["canonical_url", "cmark_url", "is_script"]

_SAFE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+!*(),%#@?=;:/$~&'-"
_UNSAFE = re.compile(f"[^{re.escape(_SAFE.decode())}]+")
_LINE_BREAKS = re.compile(r"[\t\n\r\f]+ *")


def canonical_url(url: str | None) -> str:
    """Return ``url`` in the one spelling in which two equal addresses are equal.

    Line ends, tabs and outer blanks go, as in https://url.spec.whatwg.org/#concept-basic-url-parser; blanks, quotes, brackets
    and non-ASCII letters are percent-encoded, as Markdown engines write them. What is encoded already stays as it is.
    """
    if not url:
        return ""
    return url if _is_safe(url) else _encoded(url)


@lru_cache(512)  # the source and the output have the same addresses
def _encoded(url: str) -> str:
    cleaned = _LINE_BREAKS.sub("", url.strip(" \t\n\r\f\0"))
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), cleaned)


def cmark_url(url: str) -> str:
    """Return ``url`` as cmark writes it (before HTML's own escapes), which is canonical unless blanks stand round it."""
    return url if _is_safe(url) else _UNSAFE.sub(lambda match: quote(match[0], safe=""), url)


def _is_safe(url: str) -> bool:
    """Whether nothing in ``url`` has to be encoded (a regular expression takes twice the time)."""
    return url.isascii() and not url.encode().translate(None, _SAFE)


def is_script(url: str) -> bool:
    """Whether ``url`` runs a script instead of leading somewhere."""
    if url[:4] == "http":
        return False
    start = canonical_url(url)[:11].lower()
    return start == "javascript:" or start[:9] == "vbscript:"
