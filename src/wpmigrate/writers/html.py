"""mdast → HTML, for the blocks that Markdown cannot say.

The result is one CommonMark HTML block (https://spec.commonmark.org/0.31.2/#html-blocks, kinds 1 and 6): it begins
with a block's tag and has no blank line inside, since a blank line would end it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import msgspec

from wpmigrate.model import nodes
from wpmigrate.model.nodes import Block, Node

__all__ = ["has_id", "html_block", "is_heading", "write_html"]

_Part: TypeAlias = str | Node
"""A finished piece of markup, or a node still to be written."""

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;"}
)
"""Line ends as references: in code they are content, and a blank line would end the HTML block."""

_CODE_ESCAPES = _ESCAPES | {ord("\t"): "&#9;"}
"""Tabs in code too: Python-Markdown makes blanks of them, also in HTML."""

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_KEEPS_LINES = re.compile(r"<(?:pre|textarea)[\s>]", re.IGNORECASE)

_HEADING = re.compile(r"<h[1-6][\s>]", re.IGNORECASE)

_ATTRIBUTE_NAMES = {"className": "class", "htmlFor": "for"}
"""Where the ecosystem's property names are not HTML's."""

_NOT_ATTRIBUTES = frozenset({"legacyIds"})
"""What the record holds and HTML has no attribute for."""

_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][-\w:.]*")


def write_html(tree: Node | Iterable[Node]) -> str:
    """Return a node, or several in a row, as compact HTML.

    Nodes of :class:`~wpmigrate.model.nodes.Html` are verbatim, but for blank lines inside another block. Everything
    else is escaped. The depth of the tree does not matter.
    """
    out: list[str] = []
    stack: list[_Part] = []
    if isinstance(tree, msgspec.Struct):
        stack.append(tree)
    else:
        stack.extend(reversed([*tree]))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
        else:
            stack.extend(reversed(_HANDLERS[type(part)](part)))
    return "".join(out)


def html_block(block: Block) -> nodes.Html:
    """Return the block that says in HTML what ``block`` says: what the Markdown writer puts where Markdown fails.

    It keeps the block's ``data``, so that :func:`is_heading` still knows a heading, and what blocks of Gutenberg in it say.
    """
    if isinstance(block, nodes.Html):
        return block
    inner = [meta for node in nodes.walk(block) if node is not block and node.data for meta in _block_metas(node.data)]
    if inner:
        data = block.data or {}
        return nodes.Html(write_html(block), {**data, "wpMore": [*data.get("wpMore", ()), *inner]})
    return nodes.Html(write_html(block), block.data)


def _block_metas(data: dict[str, Any]) -> list[Any]:
    """Return what ``data`` say of blocks of Gutenberg."""
    return [*data.get("wpMore", ()), *([data["wp"]] if "wp" in data else [])]


def is_heading(block: Block) -> bool:
    """Say whether a block is a heading, also when :func:`html_block` has written it."""
    if isinstance(block, nodes.Html):
        return has_id(block) and _HEADING.match(block.value) is not None
    return isinstance(block, nodes.Heading)


def has_id(block: Block) -> bool:
    """Say whether a block has an id: a heading that begins a section has one."""
    return "id" in _properties(block)


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


def _properties(node: Node) -> dict[str, Any]:
    """Return the node's ``data.hProperties``."""
    found = (node.data or {}).get("hProperties")
    return found if isinstance(found, dict) else {}


def _attributes(node: Node, **own: str | None) -> str:
    """Return the attributes as markup: the node's own ones first, then ``data.hProperties``."""
    named: dict[str, Any] = dict(own)
    for name, value in _properties(node).items():
        if name not in _NOT_ATTRIBUTES and _ATTRIBUTE_NAME.fullmatch(name):
            named.setdefault(_ATTRIBUTE_NAMES.get(name, name), value)
    return "".join(_attribute(name, value) for name, value in named.items())


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f' {name}="{_escape(text)}"'


def _wrap(tag: str) -> Callable[[Any], list[_Part]]:
    """Return the handler of a node that is one element round its children."""
    return lambda node: [f"<{tag}{_attributes(node)}>", *node.children, f"</{tag}>"]


def _heading(node: nodes.Heading) -> list[_Part]:
    return [f"<h{node.depth}{_attributes(node)}>", *node.children, f"</h{node.depth}>"]


def _html(node: nodes.Html) -> list[_Part]:
    """Return raw markup without blank lines; those that a reader sees, in pre and textarea, become references."""
    if "\n" not in node.value:
        return [node.value]
    markup = node.value.strip("\n")
    if _KEEPS_LINES.search(markup):
        return [_BLANK_LINES.sub(lambda found: found[0].replace("\n", "&#10;"), markup)]
    return [_BLANK_LINES.sub("\n", markup)]


def _code(node: nodes.Code) -> list[_Part]:
    language = f' class="language-{_escape(node.lang)}"' if node.lang else ""
    value = node.value + "\n" if node.value.endswith("\n") else node.value  # the last line end is nobody's content
    return [f"<pre{_attributes(node)}><code{language}>{value.translate(_CODE_ESCAPES)}</code></pre>"]


def _inline_code(node: nodes.InlineCode) -> list[_Part]:
    return [f"<code{_attributes(node)}>{node.value.translate(_CODE_ESCAPES)}</code>"]


def _image(node: nodes.Image) -> list[_Part]:
    return [f"<img{_attributes(node, src=node.url, alt=node.alt, title=node.title)}>"]


def _link(node: nodes.Link) -> list[_Part]:
    return [f"<a{_attributes(node, href=node.url, title=node.title)}>", *node.children, "</a>"]


def _list(node: nodes.List) -> list[_Part]:
    """Return a list; the items of a loose one keep their paragraphs."""
    tag = "ol" if node.ordered else "ul"
    start = str(node.start) if node.ordered and node.start not in (None, 1) else None
    items: list[_Part] = [part for item in node.children for part in _item(item, node.spread)]
    return [f"<{tag}{_attributes(node, start=start)}>", *items, f"</{tag}>"]


def _item(node: nodes.ListItem, spread: bool = True) -> list[_Part]:
    """Return an item; a single paragraph of a tight one stands without its tags."""
    parts: list[_Part] = [f"<li{_attributes(node)}>"]
    if node.checked is not None:
        parts.append(f'<input type="checkbox" disabled{" checked" if node.checked else ""}> ')
    paragraphs = sum(type(child) is nodes.Paragraph for child in node.children)
    for child in node.children:
        if type(child) is nodes.Paragraph and paragraphs == 1 and not spread and not node.spread:
            parts.extend(child.children)
        else:
            parts.append(child)
    parts.append("</li>")
    return parts


def _table(node: nodes.Table) -> list[_Part]:
    """Return a table; a head of empty cells, which only Markdown needs, is left out."""
    head, *body = node.children or [nodes.TableRow([])]
    align = node.align or []
    parts: list[_Part] = [f"<table{_attributes(node)}>"]
    if any(cell.children for cell in head.children):
        parts += ["<thead>", *_row(head, "th", align), "</thead>"]
    if body:
        parts += ["<tbody>", *(part for row in body for part in _row(row, "td", align)), "</tbody>"]
    return [*parts, "</table>"]


def _row(node: nodes.TableRow, tag: str = "td", align: list[str | None] | None = None) -> list[_Part]:
    parts: list[_Part] = [f"<tr{_attributes(node)}>"]
    for column, cell in enumerate(node.children):
        side = align[column] if align and column < len(align) else None
        parts += [f"<{tag}{_attributes(cell, align=side)}>", *cell.children, f"</{tag}>"]
    return [*parts, "</tr>"]


def _footnote_reference(node: nodes.FootnoteReference) -> list[_Part]:
    name = _escape(node.identifier)
    return [f'<sup><a href="#fn-{name}">{_escape(node.label or node.identifier)}</a></sup>']


def _footnote_definition(node: nodes.FootnoteDefinition) -> list[_Part]:
    """Return a footnote as a list of one: its number is a marker, not a word of it."""
    number = node.label or node.identifier
    start = f' start="{number}"' if number.isascii() and number.isdigit() and number != "1" else ""
    return [f'<ol class="footnotes"{start}><li id="fn-{_escape(node.identifier)}">', *node.children, "</li></ol>"]


_HANDLERS: dict[type, Callable[[Any], list[_Part]]] = {
    nodes.Root: lambda node: [*node.children],
    nodes.Paragraph: _wrap("p"),
    nodes.Heading: _heading,
    nodes.ThematicBreak: lambda node: [f"<hr{_attributes(node)}>"],
    nodes.Blockquote: _wrap("blockquote"),
    nodes.List: _list,
    nodes.ListItem: _item,
    nodes.Code: _code,
    nodes.Table: _table,
    nodes.TableRow: _row,
    nodes.TableCell: _wrap("td"),
    nodes.FootnoteDefinition: _footnote_definition,
    nodes.Html: _html,
    nodes.Text: lambda node: [_escape(node.value)],
    nodes.Emphasis: _wrap("em"),
    nodes.Strong: _wrap("strong"),
    nodes.Delete: _wrap("del"),
    nodes.InlineCode: _inline_code,
    nodes.Break: lambda node: ["<br>"],
    nodes.Link: _link,
    nodes.Image: _image,
    nodes.FootnoteReference: _footnote_reference,
}
"""One row per node."""
