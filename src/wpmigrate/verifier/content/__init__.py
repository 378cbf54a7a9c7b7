"""The JSON's ``content`` tree, written as HTML the way cmark writes it, and read in the same walk.

When the HTML equals cmark's rendering of the Markdown file, tree and file say the same, and what the walk has read need not be
read from the HTML again. When it does not, both are inventories to compare; so a difference of spelling costs time and no
false alarm. That a walk reads what turbohtml reads in the HTML is tested (``tests/verifier/test_content.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from wpmigrate.model import nodes as n
from wpmigrate.verifier.content import blocks, inlines, tables
from wpmigrate.verifier.content.writer import BlockHtml, Writer
from wpmigrate.verifier.inventory import inventory_of
from wpmigrate.verifier.tokens import DELETE, EMPHASIS, STRONG, Beside, Inventory

__all__ = ["Content", "plain_words", "read_content"]


class Content(msgspec.Struct):
    """What a content tree says."""

    tree: n.Root
    """The tree."""
    html: str
    """Its HTML, as cmark would write it."""
    inventory: Inventory | None
    """What it says; None when only an HTML parser can tell."""
    images: list[n.Image]
    """The images that are nodes."""
    beside: set[Beside]
    """What nodes say that Markdown has no spelling for."""
    metas: list[str]
    """What code blocks say after their language: no engine shows it."""
    has_html: bool
    """Whether there may be raw HTML in it."""
    parsed: bool = False
    """Whether it is taken for one that was read in Markdown."""


def read_content(root: n.Root, parsed: bool = False) -> Content:
    """Return what an mdast tree says. Raises ``ValueError`` for a table without rows, which there is not.

    ``parsed``: the tree was read in Markdown, so that no blank line stands between the blocks of an item of which it says none.
    """
    writer = Writer()
    writer.parsed = parsed
    writer.push_blocks(root.children, at_top=True)
    writer.run(WRITE)
    html = "".join(writer.out)
    known = not (writer.unclear or "\0" in html or "\r" in html)  # parsers change these characters
    inventory = inventory_of(writer.reader) if known else None
    return Content(root, html, inventory, writer.images, writer.beside, writer.metas, writer.has_html, parsed)


WRITE: Final[dict[type, Callable[[Writer, Any], None]]] = {
    n.Paragraph: blocks.paragraph,
    n.Heading: blocks.heading,
    n.Emphasis: inlines.style("em", EMPHASIS),
    n.Strong: inlines.style("strong", STRONG),
    n.Delete: inlines.style("del", DELETE),
    n.InlineCode: inlines.inline_code,
    n.Break: inlines.line_break,
    n.Html: inlines.html_tag,
    BlockHtml: blocks.html_block,
    n.Link: inlines.link,
    n.Image: inlines.image,
    n.ThematicBreak: blocks.rule,
    n.Code: blocks.code,
    n.Blockquote: blocks.quote,
    n.List: blocks.list_,
    blocks.Item: blocks.item,
    n.Table: tables.table,
    tables.Row: tables.row,
    tables.Cell: tables.cell,
    n.FootnoteReference: inlines.footnote,
    n.FootnoteDefinition: blocks.footnote_definition,
}
"""Kind of node -> how it is written and read."""


def plain_words(node: n.Node) -> str:
    """Return the words a reader sees in ``node``, blanks folded: text and code, a blank for each break."""
    return " ".join(n.plain_text(node).split())
