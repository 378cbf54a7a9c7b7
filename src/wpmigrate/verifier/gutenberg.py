"""Gutenberg bodies as the HTML that WordPress shows: block comments vanish, text between blocks gets its paragraphs."""

from __future__ import annotations

import re

from wpmigrate.wordpress.autop import autop

__all__ = ["blocks_html"]

_COMMENT = re.compile(r"<!--\s+(/)?wp:[a-z][\w/-]*\s*(?:\{(?:[^-]|-(?!->))*\}\s*)?(/)?-->")


def blocks_html(text: str) -> str:
    """Return ``text`` without its block comments; what stands outside all blocks as WordPress's paragraphs.

    Blocks that a server fills (latest posts, a search box) have no HTML and nothing to compare.
    """
    parts: list[str] = []
    depth = at = 0
    for comment in _COMMENT.finditer(text):
        parts.append(_between(text[at : comment.start()], depth))
        at = comment.end()
        if comment[1]:
            depth = max(depth - 1, 0)
        elif not comment[2]:
            depth += 1
    parts.append(_between(text[at:], depth))
    return "".join(parts)


def _between(text: str, depth: int) -> str:
    return autop(text) if depth == 0 and text.strip() else text
