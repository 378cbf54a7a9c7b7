"""Blocks in a cell of a GFM table: their tags stay HTML, in the cell's one line; what is in them is Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from wpmigrate.model.nodes import (
    Block,
    Blockquote,
    Break,
    Code,
    Html,
    Inline,
    InlineCode,
    List,
    ListItem,
    Node,
    Paragraph,
    ThematicBreak,
)
from wpmigrate.normalizer.raw_html import open_tag

__all__ = ["in_one_line"]

_Part: TypeAlias = Any
"""A finished inline, a block that is still to be said, or an item of a list."""


def in_one_line(blocks: Sequence[Block]) -> list[Inline]:
    """Return what ``blocks`` say as inlines, with the tags of lists, quotations and rules as raw HTML. The depth does not matter."""
    out: list[Inline] = []
    stack: list[_Part] = [*reversed(_parted(blocks))]
    while stack:
        part = stack.pop()
        say = _SAY.get(type(part))
        if say is None:
            out.append(part)
        else:
            stack += reversed(say(part))
    return out


def _parted(blocks: Sequence[Node]) -> list[_Part]:
    """Return ``blocks`` with two breaks between two paragraphs."""
    parts: list[_Part] = []
    for block in blocks:
        if parts and type(block) in _LINES and type(parts[-1]) in _LINES:
            parts += (Break(), Break())
        parts.append(block)
    return parts


def _tagged(name: str, node: Any, parts: Sequence[_Part], **more: str | None) -> list[_Part]:
    """Return ``parts`` between the tags of an element with what ``node`` says of it."""
    said = {**more, **(node.data or {}).get("hProperties", {})}
    return [Html(open_tag(name, {key: str(value) for key, value in said.items() if value})), *parts, Html(f"</{name}>")]


def _paragraph(node: Paragraph) -> list[_Part]:
    return _tagged("p", node, node.children) if (node.data or {}).get("hProperties") else [*node.children]


def _list(node: List) -> list[_Part]:
    start = str(node.start) if node.ordered and node.start not in (None, 1) else None
    return _tagged("ol" if node.ordered else "ul", node, node.children, start=start)


def _code(node: Code) -> list[_Part]:
    lines = [part for line in node.value.split("\n") for part in (Break(), InlineCode(line))]
    return lines[1:]


_LINES: Final = frozenset({Paragraph, Code})
_SAY: Final[dict[type, Callable[[Any], list[_Part]]]] = {
    Paragraph: _paragraph,
    Code: _code,
    List: _list,
    ListItem: lambda node: _tagged("li", node, _parted(node.children)),
    Blockquote: lambda node: _tagged("blockquote", node, _parted(node.children)),
    ThematicBreak: lambda node: [Html("<hr>")],
}
"""Block -> the parts that say it; all others are said as they are."""
