"""Gutenberg bodies as the HTML that WordPress shows: block comments vanish, text between blocks gets its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wpmigrate.verifier.values import identical
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.blocks import parse_blocks
from wpmigrate.wordpress.dynamic import shown_close, shown_html, shown_open
from wpmigrate.wordpress.pictures import background_html

__all__ = ["blocks_html", "foreign_block_data"]


_CLASSIC = frozenset({"core/freeform", "core/shortcode"})
"""Blocks whose text is that of the classic editor (WordPress: ``render_block_core_shortcode`` calls wpautop)."""


def blocks_html(text: str) -> str:
    """Return ``text`` without its block comments; what stands outside all blocks and in classic ones as WordPress's paragraphs.

    Blocks that a server fills (latest posts, a search box) have no HTML and nothing to compare, but for those that hold all
    they show in their attributes.
    """
    parts: list[str] = []
    nest = _Nest()
    for token in parse_blocks(text):
        if token.kind == "html":
            classic = nest.innermost in _CLASSIC and token.text.strip()
            parts.append(autop(token.text) if classic else token.text)
        elif token.kind == "open":
            nest.open(token.name)
            parts.append(shown_open(token.name, token.attributes) or background_html(token.attributes))
        elif token.kind == "close":
            parts += map(shown_close, nest.close(token.name))
        else:
            parts.append(shown_html(token.name, token.attributes))
    return "".join(parts)


class _Nest:
    """Which blocks are open."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: dict[str, int] = {}

    @property
    def innermost(self) -> str:
        """The name of the block that text stands in now; the classic editor's outside all blocks."""
        return self._names[-1] if self._names else "core/freeform"

    def open(self, name: str) -> None:
        """Begin a block."""
        self._names.append(name)
        self._counts[name] = self._counts.get(name, 0) + 1

    def close(self, name: str) -> Iterator[str]:
        """End the innermost block of this name and all that it holds, and yield their names; without one it means nothing."""
        while self._counts.get(name):
            last = self._names.pop()
            self._counts[last] -= 1
            yield last
            if last == name:
                return


def foreign_block_data(text: str, nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield each ``data.wp`` of the ``nodes`` that is not the name and attributes of a block of ``text``, in order."""
    rows = [node.data["wp"] for node in nodes if "wp" in node.data]
    if not rows:
        return
    blocks = [(token.name, token.attributes) for token in parse_blocks(text) if token.kind in ("open", "void")]
    place = 0
    for data in rows:
        found = next((at for at in range(place, len(blocks)) if _is_of(data, *blocks[at])), None)
        if found is None:
            yield data
        else:
            place = found


def _is_of(data: Any, name: str, attributes: dict[str, Any]) -> bool:
    return isinstance(data, dict) and data.get("name") == name and identical(data.get("attrs", {}), attributes)
