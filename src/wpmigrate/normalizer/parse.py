"""HTML as the old site's visitors had it read: in standard mode, as the content of a body."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

__all__ = ["parse"]

_BEFORE: Final = "<!DOCTYPE html><body>"
"""Every theme has the doctype: without it a table would not end a paragraph. ``<body>``, or a leading style or comment
would be moved into the head."""


def parse(text: str) -> LexborHTMLParser:
    """Return the tree of a page whose body is ``text``."""
    return LexborHTMLParser(_BEFORE + text)
