"""Block and inline nodes, named and shaped as in mdast, the unified ecosystem's Markdown tree.

Encoded as JSON every node is an mdast node (``{"type": "paragraph", "children": […]}``), so that third-party
mdast tools can read it. What HTML says and Markdown cannot (ids, alignment, sizes, languages) stands under
``data.hProperties``, the place where ``mdast-util-to-hast`` looks for it.

Source of the names: https://github.com/syntax-tree/mdast (with the GFM and footnote extensions).

Two conventions of ours:

* HTML that Markdown cannot say is :class:`Html`. Among blocks it is one whole block; among inlines it is one tag
  (``<sub>`` and ``</sub>`` are two nodes round the text), just as a Markdown parser gives it.
* A line break that the source has is :class:`Break`; no :class:`Text` holds a line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, TypeAlias

import msgspec

__all__ = [
    "Block",
    "Blockquote",
    "Break",
    "Code",
    "Delete",
    "Emphasis",
    "FootnoteDefinition",
    "FootnoteReference",
    "Heading",
    "Html",
    "Image",
    "Inline",
    "InlineCode",
    "Link",
    "List",
    "ListItem",
    "Node",
    "Paragraph",
    "Root",
    "Strong",
    "Table",
    "TableCell",
    "TableRow",
    "Text",
    "ThematicBreak",
    "plain_text",
    "walk",
]


class _Node(msgspec.Struct, omit_defaults=True, tag_field="type"):
    """What all nodes share."""


class Text(_Node, tag="text"):
    """Literal text. Blanks are folded as HTML folds them; non-breaking spaces are kept."""

    value: str
    """The characters, unescaped."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem, such as ``hProperties``."""


class InlineCode(_Node, tag="inlineCode"):
    """A code span; its bytes are the source's."""

    value: str
    """The code, unescaped; no line ends."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Break(_Node, tag="break"):
    """A hard line break (HTML's ``br``)."""

    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Html(_Node, tag="html"):
    """Raw HTML: a whole block among blocks, one tag (or comment) among inlines."""

    value: str
    """The markup. As a block it has no blank line unless it is a comment, script, style, pre or textarea."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Image(_Node, tag="image"):
    """An image; void."""

    url: str
    """Where the image is, decoded from HTML (``&amp;`` is ``&``)."""
    title: str | None = None
    """The ``title`` attribute; None when absent or empty."""
    alt: str = ""
    """The alternative text; empty when absent."""
    data: dict[str, Any] | None = None
    """``hProperties``: width, height, class, align … of the source; ``sourceUrl``: the old address, when it is another now."""


class FootnoteReference(_Node, tag="footnoteReference"):
    """A mark that leads to a footnote."""

    identifier: str
    """Which definition it belongs to."""
    label: str | None = None
    """The identifier as the source spells it."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Emphasis(_Node, tag="emphasis"):
    """Stress (HTML's ``em`` and ``i``)."""

    children: list[Inline]
    """Never empty, and neither begins nor ends with a blank."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Strong(_Node, tag="strong"):
    """Importance (HTML's ``strong`` and ``b``)."""

    children: list[Inline]
    """Never empty, and neither begins nor ends with a blank."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Delete(_Node, tag="delete"):
    """Text no longer valid (HTML's ``del``, ``s`` and ``strike``)."""

    children: list[Inline]
    """Never empty, and neither begins nor ends with a blank."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Link(_Node, tag="link"):
    """A hyperlink."""

    url: str
    """Where it leads, decoded from HTML and with the blanks round it removed; may be empty."""
    children: list[Inline]
    """The link text; may be empty; holds no other link."""
    title: str | None = None
    """The ``title`` attribute; None when absent or empty."""
    data: dict[str, Any] | None = None
    """``hProperties``: target, rel … of the source; ``sourceUrl``: the old address, when it is another now; ``player``: the address and
    the size of the Flash player for which the link stands."""


Inline: TypeAlias = (
    Text | Emphasis | Strong | Delete | InlineCode | Break | Link | Image | Html | FootnoteReference
)


class Paragraph(_Node, tag="paragraph"):
    """A paragraph."""

    children: list[Inline]
    """Never empty; neither begins nor ends with a blank or a Break."""
    data: dict[str, Any] | None = None
    """``hProperties``: alignment, direction, language."""


class Heading(_Node, tag="heading"):
    """A heading."""

    depth: int
    """1 to 6."""
    children: list[Inline]
    """May hold a Break, which Markdown's ATX headings cannot."""
    data: dict[str, Any] | None = None
    """``hProperties.id``: the id that links use (the slug of the text); ``legacyIds``: the source's ids."""


class ThematicBreak(_Node, tag="thematicBreak"):
    """A rule between paragraphs."""

    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Code(_Node, tag="code"):
    """A code block; its bytes are the source's."""

    value: str
    """The code with ``\\n`` line ends, without the last one."""
    lang: str | None = None
    """The language, when the source names one."""
    meta: str | None = None
    """More words of the info string."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Blockquote(_Node, tag="blockquote"):
    """A quotation."""

    children: list[Block]
    """The blocks quoted."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class ListItem(_Node, tag="listItem"):
    """An item of a list."""

    children: list[Block]
    """Its blocks; may be empty."""
    spread: bool = False
    """Whether its own blocks are paragraphs apart (HTML ``<li><p>``)."""
    checked: bool | None = None
    """The state of a task list item; None for others."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class List(_Node, tag="list"):
    """A list."""

    children: list[ListItem]
    """Its items."""
    ordered: bool = False
    """Numbered or not."""
    start: int | None = None
    """The first number of an ordered list."""
    spread: bool = False
    """Loose: the items' text stands in paragraphs."""
    data: dict[str, Any] | None = None
    """``hProperties``: type, reversed, class."""


class TableCell(_Node, tag="tableCell"):
    """A cell of a table."""

    children: list[Inline]
    """Its inlines; may be empty; may hold a Break."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class TableRow(_Node, tag="tableRow"):
    """A row of a table."""

    children: list[TableCell]
    """As many cells as the table has columns."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class Table(_Node, tag="table"):
    """A GFM table; its first row is the head (with empty cells when the source has none)."""

    children: list[TableRow]
    """The rows, head first."""
    align: list[str | None] | None = None
    """left, right, center or None for each column."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


class FootnoteDefinition(_Node, tag="footnoteDefinition"):
    """The content of a footnote."""

    identifier: str
    """What references call it."""
    children: list[Block]
    """Its blocks."""
    label: str | None = None
    """The identifier as the source spells it."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


Block: TypeAlias = (
    Paragraph
    | Heading
    | ThematicBreak
    | Blockquote
    | List
    | Code
    | Html
    | Table
    | FootnoteDefinition
)


class Root(_Node, tag="root"):
    """A whole body."""

    children: list[Block]
    """The blocks of the page in order."""
    data: dict[str, Any] | None = None
    """Fields of the ecosystem."""


Node: TypeAlias = Root | Block | Inline | ListItem | TableRow | TableCell


def walk(node: Node) -> Iterator[Node]:
    """Yield ``node`` and all that is below it, in document order, without recursion."""
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        children = getattr(current, "children", None)
        if children:
            stack.extend(reversed(children))


_WORDS = (Text, InlineCode, Code)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile(r"<(title|style)\b[^<>]*>[^<]*</\1>", re.I)
"""What a drawing holds that nobody sees in it."""
_TAGS = re.compile(r"<!--.*?-->|<\?.*?\?>|<[^<>]*>", re.DOTALL)


def plain_text(node: Node, image: str = "") -> str:
    """Return the text a reader sees in ``node``: text and code, also in raw HTML, a blank for each break, ``image`` for each image."""
    children = getattr(node, "children", None)
    if children and len(children) == 1 and type(children[0]) is Text:  # nearly all headings
        return children[0].value
    parts: list[str] = []
    for current in walk(node):
        if isinstance(current, _WORDS):
            parts.append(current.value)
        elif isinstance(current, Break) or (isinstance(current, Html) and current.value[:3].lower() == "<br"):
            parts.append(" ")
        elif isinstance(current, Image):
            parts.append(image)
        elif isinstance(current, Html) and not _TAG.fullmatch(current.value):
            parts.append(unescape(_TAGS.sub("", _UNSEEN.sub("", current.value))))
    return "".join(parts)
