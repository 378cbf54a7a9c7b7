"""A Markdown tree as the HTML that a browser gets of it: raw HTML may reach over its blocks, so that only the whole page says what is what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final, TypeAlias

from wpmigrate.model import nodes
from wpmigrate.model.nodes import Node
from wpmigrate.normalizer.players import PLAYER, player_note

__all__ = ["MARKER", "markdown_html"]

MARKER: Final = "wpm-heading-"
"""What the ids of our marks begin with: one is the first thing in each heading, with the number of its block."""

_Part: TypeAlias = str | Node


def markdown_html(root: nodes.Root, headings: Iterable[int]) -> str:
    """Return the HTML of ``root``, raw HTML as it is; a mark stands in each of the ``headings``, by their place among the blocks."""
    blocks: list[_Part] = [*root.children]
    for place in headings:
        blocks[place] = _marked(blocks[place], place)
    out: list[str] = []
    stack = [*reversed(_lines(blocks))]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
        else:
            stack += reversed(_PARTS[type(part)](part))
    return "".join(out)


def _marked(block: _Part, place: int) -> _Part:
    mark = nodes.Html(f'<span id="{MARKER}{place}"></span>')
    if isinstance(block, nodes.Html):
        start, end, rest = block.value.partition(">")
        return nodes.Html(f"{start}{end}{mark.value}{rest}")
    assert isinstance(block, nodes.Heading)
    return nodes.Heading(block.depth, [mark, *block.children])


def _lines(blocks: Iterable[_Part]) -> list[_Part]:
    return [part for block in blocks for part in (block, "\n")]


def _element(name: str) -> Callable[[Any], list[_Part]]:
    before, after = f"<{name}>", f"</{name}>"
    return lambda node: [before, *node.children, after]


def _heading(node: nodes.Heading) -> list[_Part]:
    return [f"<h{node.depth}>", *node.children, f"</h{node.depth}>"]


def _quote(node: nodes.Blockquote) -> list[_Part]:
    return ["<blockquote>\n", *_lines(node.children), "</blockquote>"]


def _list(node: nodes.List) -> list[_Part]:
    name = "ol" if node.ordered else "ul"
    parts: list[_Part] = [f"<{name}>\n"]
    for item in node.children:
        parts += ("<li>", *(["\n", *_lines(item.children)] if node.spread else _tight(item.children)), "</li>\n")
    return [*parts, f"</{name}>"]


def _tight(blocks: Iterable[Node]) -> list[_Part]:
    parts: list[_Part] = []
    for block in blocks:
        if parts:
            parts.append("\n")
        if isinstance(block, nodes.Paragraph):
            parts += block.children
        else:
            parts += (block, "\n")
    return parts


def _table(node: nodes.Table) -> list[_Part]:
    parts: list[_Part] = ["<table>\n<thead>\n"]
    for number, row in enumerate(node.children):
        name = "td" if number else "th"
        parts.append("<tr>\n")
        for cell in row.children:
            parts += (f"<{name}>", *cell.children, f"</{name}>\n")
        parts.append("</tr>\n" if number else "</tr>\n</thead>\n<tbody>\n")
    return [*parts, "</tbody></table>"]


def _link(node: nodes.Link) -> list[_Part]:
    player = (node.data or {}).get("player")
    note = f' {PLAYER}="{escape(player_note(player))}"' if player else ""
    return [f'<a{note} href="{escape(node.url)}">', *node.children, "</a>"]


def _image(node: nodes.Image) -> list[_Part]:
    said = {"title": node.title, **(node.data or {}).get("hProperties", {})}
    if "align" in said:
        said["class"] = f"align{said.pop('align')}"  # wide and full are classes only
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in said.items() if value)
    return [f'<img src="{escape(node.url)}" alt="{escape(node.alt)}"{attributes}>']


_PARTS: Final[dict[type, Callable[[Any], list[_Part]]]] = {
    nodes.Text: lambda node: [escape(node.value)],
    nodes.Html: lambda node: [node.value],
    nodes.InlineCode: lambda node: [f"<code>{escape(node.value)}</code>"],
    nodes.Code: lambda node: [f"<pre><code>{escape(node.value)}\n</code></pre>"],
    nodes.Break: lambda node: ["<br>\n"],
    nodes.ThematicBreak: lambda node: ["<hr>"],
    nodes.Paragraph: _element("p"),
    nodes.Emphasis: _element("em"),
    nodes.Strong: _element("strong"),
    nodes.Delete: _element("del"),
    nodes.Heading: _heading,
    nodes.Blockquote: _quote,
    nodes.List: _list,
    nodes.Table: _table,
    nodes.Link: _link,
    nodes.Image: _image,
}
"""Kind of node -> its markup, with the nodes in it still to be written."""
