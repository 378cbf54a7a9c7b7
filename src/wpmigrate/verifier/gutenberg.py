"""Gutenberg bodies as the HTML that WordPress shows: block comments vanish, text between blocks gets its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wpmigrate.model.nodes import Root, walk
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.blocks import parse_blocks
from wpmigrate.wordpress.dynamic import shown_html

__all__ = ["blocks_html", "foreign_block_data"]


def blocks_html(text: str) -> str:
    """Return ``text`` without its block comments; what stands outside all blocks as WordPress's paragraphs.

    Blocks that a server fills (latest posts, a search box) have no HTML and nothing to compare, but for those that hold all
    they show in their attributes.
    """
    parts: list[str] = []
    depth = 0
    for token in parse_blocks(text):
        if token.kind == "html":
            parts.append(autop(token.text) if depth == 0 and token.text.strip() else token.text)
        elif token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(depth - 1, 0)
        else:
            parts.append(shown_html(token.name, token.attributes))
    return "".join(parts)


def foreign_block_data(text: str, content: Root) -> Iterator[Any]:
    """Yield each ``data.wp`` in the ``content`` tree that is not the name and attributes of a block of ``text``, in order."""
    blocks = [(token.name, token.attributes) for token in parse_blocks(text) if token.kind in ("open", "void")]
    place = 0
    for node in walk(content):
        data = node.data.get("wp") if node.data else None
        if data is None:
            continue
        found = next((at for at in range(place, len(blocks)) if _is_of(data, *blocks[at])), None)
        if found is None:
            yield data
        else:
            place = found


def _is_of(data: Any, name: str, attributes: dict[str, Any]) -> bool:
    return isinstance(data, dict) and data.get("name") == name and data.get("attrs", {}) == attributes
