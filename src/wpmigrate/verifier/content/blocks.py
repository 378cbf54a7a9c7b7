"""How blocks are written and read."""

from __future__ import annotations

from typing import Any, Final

from wpmigrate.model import nodes as n
from wpmigrate.verifier.content.writer import After, BlockHtml, Writer, end, escape, only_text
from wpmigrate.verifier.elements import END, START
from wpmigrate.verifier.elements.blocks import (
    end_pre,
    start_heading,
    start_item,
    start_list,
    start_pre,
    start_quote,
)
from wpmigrate.verifier.inventory import read_part

__all__ = [
    "Item",
    "code",
    "footnote_definition",
    "heading",
    "html_block",
    "item",
    "list_",
    "paragraph",
    "quote",
    "rule",
]


def paragraph(writer: Writer, node: n.Paragraph) -> None:
    """Write and read a paragraph."""
    writer.line()
    if node.data is not None:
        _say(writer, node.data)
    reader = writer.reader
    if not reader.fresh:
        reader.block()
    text = only_text(node.children)
    if text:
        writer.out.append(f"<p>{escape(text)}</p>\n")
        reader.characters(text)
        reader.block()
        return
    writer.out.append("<p>")
    writer.stack.append(_AFTER_PARAGRAPH)
    writer.stack += node.children[::-1]


def _say(writer: Writer, data: dict[str, Any]) -> None:
    """Note what a block says beside the Markdown."""
    properties = data.get("hProperties") or {}
    writer.beside |= {("", "", ((name, str(value)),)) for name, value in properties.items()}


def _end_paragraph(writer: Writer, tag: str) -> None:
    if not writer.reader.fresh:
        writer.reader.block()


_AFTER_PARAGRAPH: Final[After] = ("</p>\n", _end_paragraph, "p")


def heading(writer: Writer, node: n.Heading) -> None:
    """Write and read a heading."""
    name = f"h{node.depth}"
    writer.line()
    writer.one_line = True
    writer.out.append(f"<{name}>")
    start_heading(writer.reader, name, ())
    writer.stack.append((f"</{name}>\n", _end_heading, name))
    writer.stack += node.children[::-1]


def _end_heading(writer: Writer, tag: str) -> None:
    writer.one_line = False
    END[tag](writer.reader, tag)


def code(writer: Writer, node: n.Code) -> None:
    """Write and read a code block."""
    value, reader = node.value, writer.reader
    language = f"language-{node.lang}" if node.lang else ""
    if node.meta:
        writer.metas.append(node.meta)
    writer.line()
    name = f' class="{escape(language)}"' if language else ""
    writer.out.append(f"<pre><code{name}>{escape(value)}{chr(10) if value else ''}</code></pre>\n")
    start_pre(reader, "pre", ())
    if language and reader.exact is not None:
        reader.languages[reader.exact.place] = language
    reader.characters(f"{value}\n" if value else "")
    end_pre(reader, "pre")


def rule(writer: Writer, node: n.ThematicBreak) -> None:
    """Write and read a rule."""
    writer.line()
    writer.out.append("<hr />\n")
    start = START["hr"]
    assert start is not None
    start(writer.reader, "hr", ())


def quote(writer: Writer, node: n.Blockquote) -> None:
    """Write and read a quotation."""
    writer.line()
    if node.data is not None:
        _say(writer, node.data)
    writer.out.append("<blockquote>\n")
    start_quote(writer.reader, "blockquote", ())
    writer.stack.append(_AFTER_QUOTE)
    writer.push_blocks(node.children)


_AFTER_QUOTE: Final[After] = ("</blockquote>\n", end, "blockquote")


class Item:
    """An item of a list that is tight or not."""

    __slots__ = ("children", "tight")

    def __init__(self, children: list[n.Block], tight: bool) -> None:
        self.children = children
        self.tight = tight


def list_(writer: Writer, node: n.List) -> None:
    """Write and read a list; nothing of ours has items to tick, nor a first number without numbers."""
    if (node.start is not None and not node.ordered) or any(item.checked is not None for item in node.children):
        raise ValueError("a list has a number or a tick that its page does not show")
    name = "ol" if node.ordered else "ul"
    numbered = node.ordered and node.start not in (None, 1)
    writer.line()
    writer.out.append(f'<ol start="{node.start}">\n' if numbered else f"<{name}>\n")
    start_list(writer.reader, name, (("start", str(node.start)),) if numbered else ())
    tight = not node.spread and (writer.parsed or not any(map(_is_loose, node.children)))
    writer.stack.append((f"</{name}>\n", end, name))
    writer.stack += [Item(item.children, tight) for item in node.children[::-1]]


def _is_loose(item: n.ListItem) -> bool:
    children = item.children
    return item.spread or (len(children) > 1 and any(map(_parted, children, children[1:])))


_COMPLETE: Final = frozenset({n.Heading, n.Code, n.ThematicBreak})
_INTERRUPTS: Final = frozenset({n.Heading, n.Code, n.Blockquote})


def _parted(before: n.Block, after: n.Block) -> bool:
    """Whether Markdown has a blank line between two blocks of an item, so that the whole list shows as a loose one.

    Only some blocks end by themselves, and only some may follow a paragraph without one: an empty item and a number other than 1
    may not (https://spec.commonmark.org/0.31.2/#list-items, "interrupt a paragraph").
    """
    if type(before) is not n.Paragraph:
        return type(before) not in _COMPLETE
    if type(after) is n.List:
        first = after.children[0].children if after.children else []
        return not first or (after.ordered and after.start not in (None, 1))
    return type(after) not in _INTERRUPTS


def item(writer: Writer, node: Item) -> None:
    """Write and read an item of a list."""
    writer.line()
    writer.out.append("<li>")
    start_item(writer.reader, "li", ())
    writer.stack.append(_AFTER_ITEM)
    if not node.tight:
        writer.push_blocks(node.children)
        return
    for child in node.children[::-1]:
        if type(child) is n.Paragraph:
            writer.stack += child.children[::-1]
        else:
            writer.push_blocks((child,))


_AFTER_ITEM: Final[After] = ("</li>\n", end, "li")


def html_block(writer: Writer, node: BlockHtml) -> None:
    """Write raw HTML; it is read by the parser, here if it can stand for itself, else with the whole page."""
    if node.value.lstrip()[:1] != "<":
        raise ValueError(f"no HTML: {node.value!r:.80}")
    writer.has_html = True
    writer.line()
    html = node.value if node.value.endswith("\n") else f"{node.value}\n"
    writer.out.append(html)
    if not writer.unclear:
        writer.unclear = not (node.at_top and read_part(writer.reader, html))


def footnote_definition(writer: Writer, node: n.FootnoteDefinition) -> None:
    """Write a footnote as cmark does."""
    writer.has_html = writer.unclear = True
    writer.line()
    writer.out.append(
        f'<section class="footnotes" data-footnotes>\n<ol>\n<li id="fn-{escape(node.identifier)}">\n'
    )
    writer.stack.append(BlockHtml("</li>\n</ol>\n</section>\n", at_top=False))
    writer.push_blocks(node.children)
