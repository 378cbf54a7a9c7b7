"""Addresses as the proof compares them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

__all__ = ["canonical_url", "is_script"]

_UNSAFE = re.compile(r"""[^A-Za-z0-9_.+!*(),%#@?=;:/$~&'\-]+""")
_LINE_BREAKS = re.compile(r"[\t\n\r\f]+ *")


def canonical_url(url: str | None) -> str:
    """Return ``url`` in the one spelling in which two equal addresses are equal.

    Line ends, tabs and outer blanks go, as in https://url.spec.whatwg.org/#concept-basic-url-parser; blanks, quotes, brackets
    and non-ASCII letters are percent-encoded, as Markdown engines write them. What is encoded already stays as it is.
    """
    if not url:
        return ""
    return _encoded(url) if _UNSAFE.search(url) else url


@lru_cache(512)  # the source and the output have the same addresses
def _encoded(url: str) -> str:
    cleaned = _LINE_BREAKS.sub("", url.strip(" \t\n\r\f\0"))
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), cleaned)


def is_script(url: str) -> bool:
    """Whether ``url`` runs a script instead of leading somewhere."""
    if url[:4] == "http":
        return False
    start = url.lstrip()[:11].lower()
    return start == "javascript:" or start[:9] == "vbscript:"
