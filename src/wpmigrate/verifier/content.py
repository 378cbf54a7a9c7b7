"""The JSON's ``content`` tree, written as HTML the way cmark writes it, and read in the same walk.

When the HTML equals cmark's rendering of the Markdown file, tree and file say the same, and what the walk has read need not be
read from the HTML again. When it does not, both are inventories to compare; so a difference of spelling costs time and no
false alarm. That a walk reads what turbohtml reads in the HTML is tested (``tests/verifier/test_content.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import msgspec

from wpmigrate.model import nodes as n
from wpmigrate.verifier.elements import END, START
from wpmigrate.verifier.inventory import inventory_of
from wpmigrate.verifier.reader import Attributes, Reader
from wpmigrate.verifier.tokens import CODE, DELETE, EMPHASIS, STRONG, Inventory

__all__ = ["Content", "plain_words", "read_content"]

After: TypeAlias = "tuple[str, Callable[[_Writer, Any], None], Any]"
"""What ends an element: its HTML, what its end does, to what."""

_UNSAFE = re.compile(r"""[^A-Za-z0-9_.+!*(),%#@?=;:/$~&'\-]+""")
_CHANGED_BY_PARSERS: Final = re.compile("[\0\r]")


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
    has_html: bool
    """Whether there may be raw HTML in it."""


def read_content(root: n.Root) -> Content:
    """Return what an mdast tree says. Raises ``ValueError`` for a table without rows, which there is not."""
    writer = _Writer()
    writer.push_blocks(root.children)
    writer.run()
    html = "".join(writer.out)
    known = not writer.raw and not _CHANGED_BY_PARSERS.search(html)
    return Content(root, html, inventory_of(writer.reader) if known else None, writer.images, writer.raw)


def _escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


def _address(url: str) -> str:
    """Return ``url`` as cmark writes it, before HTML's own escapes."""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), url) if _UNSAFE.search(url) else url


def _href(address: str) -> str:
    if "&" in address or "'" in address:
        return address.replace("&", "&amp;").replace("'", "&#x27;")
    return address


class _BlockHtml:
    """HTML that stands on lines of its own."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value


class _Writer:
    """Writes and reads nodes from an explicit stack of nodes and of what comes after them."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.stack: list[Any] = []
        self.reader = Reader()
        self.images: list[n.Image] = []
        self.raw = False
        """Whether only an HTML parser can tell what it says."""
        self.one_line = False
        self.in_link = False

    def run(self) -> None:
        out, stack, write, characters = self.out, self.stack, _WRITE, self.reader.characters
        while stack:
            item = stack.pop()
            kind = type(item)
            if kind is n.Text:
                value = item.value
                out.append(_escape(value))
                if value:
                    characters(value)
                if stack and type(stack[-1]) is n.Text:
                    self.raw = True  # a parser sees one text
            elif kind is tuple:
                out.append(item[0])
                item[1](self, item[2])
            else:
                write[kind](self, item)

    def push_blocks(self, blocks: Iterable[n.Block]) -> None:
        """Have ``blocks`` written next."""
        self.stack.extend(
            [_BlockHtml(block.value) if type(block) is n.Html else block for block in blocks][::-1]
        )

    def start(self, tag: str, attrs: Attributes = ()) -> None:
        """Have the start of an element read."""
        action = START[tag]
        if action is not None:
            action(self.reader, tag, attrs)

    def line(self) -> None:
        """Begin a new line unless one has just begun."""
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")


def _end(writer: _Writer, tag: str) -> None:
    """Have the end of an element read."""
    END[tag](writer.reader, tag)


def _end_line(writer: _Writer, tag: str) -> None:
    """End a heading or a table."""
    writer.one_line = False
    END[tag](writer.reader, tag)


def _end_link(writer: _Writer, tag: str) -> None:
    writer.in_link = False
    END[tag](writer.reader, tag)


def _end_style(writer: _Writer, bits: int) -> None:
    writer.reader.bits = bits


def _style(name: str, bit: int) -> Callable[[_Writer, Any], None]:
    before, after = f"<{name}>", f"</{name}>"

    def write(writer: _Writer, node: n.Emphasis | n.Strong | n.Delete) -> None:
        reader = writer.reader
        writer.out.append(before)
        writer.stack.append((after, _end_style, reader.bits))
        reader.bits |= bit
        writer.stack.extend(node.children[::-1])

    return write


def _paragraph(writer: _Writer, node: n.Paragraph) -> None:
    writer.line()
    writer.out.append("<p>")
    writer.start("p")
    writer.stack.append(_AFTER_PARAGRAPH)
    writer.stack.extend(node.children[::-1])


def _heading(writer: _Writer, node: n.Heading) -> None:
    name = f"h{node.depth}"
    writer.line()
    writer.one_line = True
    writer.out.append(f"<{name}>")
    writer.start(name)
    writer.stack.append((f"</{name}>\n", _end_line, name))
    writer.stack.extend(node.children[::-1])


def _code(writer: _Writer, node: n.Code) -> None:
    value, text = node.value, _escape(node.value)
    language = f"language-{node.lang}" if node.lang else ""
    writer.line()
    name = f' class="{_escape(language)}"' if language else ""
    writer.out.append(f"<pre><code{name}>{text}{chr(10) if value else ''}</code></pre>\n")
    writer.start("pre")
    if language:
        writer.reader.languages.append(language)
    writer.reader.characters(f"{value}\n" if value else "")
    END["pre"](writer.reader, "pre")


def _rule(writer: _Writer, node: n.ThematicBreak) -> None:
    writer.line()
    writer.out.append("<hr />\n")
    writer.start("hr")


def _quote(writer: _Writer, node: n.Blockquote) -> None:
    writer.line()
    writer.out.append("<blockquote>\n")
    writer.start("blockquote")
    writer.stack.append(("</blockquote>\n", _end, "blockquote"))
    writer.push_blocks(node.children)


def _list(writer: _Writer, node: n.List) -> None:
    name = "ol" if node.ordered else "ul"
    numbered = node.ordered and node.start not in (None, 1)
    writer.line()
    writer.out.append(f'<ol start="{node.start}">\n' if numbered else f"<{name}>\n")
    writer.start(name, (("start", str(node.start)),) if numbered else ())
    tight = not node.spread and not any(map(_is_loose, node.children))
    writer.stack.append((f"</{name}>\n", _end, name))
    writer.stack.extend([_Item(item.children, tight) for item in node.children[::-1]])


def _is_loose(item: n.ListItem) -> bool:
    return item.spread or sum(type(child) is n.Paragraph for child in item.children) > 1


class _Item:
    """An item of a list that is tight or not."""

    __slots__ = ("children", "tight")

    def __init__(self, children: list[n.Block], tight: bool) -> None:
        self.children = children
        self.tight = tight


def _item(writer: _Writer, node: _Item) -> None:
    writer.line()
    writer.out.append("<li>")
    writer.start("li")
    writer.stack.append(_AFTER_ITEM)
    if not node.tight:
        writer.push_blocks(node.children)
        return
    for child in node.children[::-1]:
        if type(child) is n.Paragraph:
            writer.stack.extend(child.children[::-1])
        else:
            writer.push_blocks((child,))


def _inline_code(writer: _Writer, node: n.InlineCode) -> None:
    reader = writer.reader
    bits = reader.bits
    writer.out.append(f"<code>{_escape(node.value)}</code>")
    reader.bits |= CODE
    if node.value:
        reader.characters(node.value)
    reader.bits = bits


def _html(writer: _Writer, node: n.Html) -> None:
    writer.raw = True
    writer.out.append(node.value)


def _html_block(writer: _Writer, node: _BlockHtml) -> None:
    writer.raw = True
    writer.line()
    writer.out.append(node.value if node.value.endswith("\n") else f"{node.value}\n")


def _break(writer: _Writer, node: n.Break) -> None:
    """A break after a break, and one in a heading or cell, can only be written as HTML."""
    again = bool(writer.out) and writer.out[-1] in ("<br />\n", "<br>")
    writer.start("br")
    if again or writer.one_line:
        writer.out.append("<br>")
    else:
        writer.out.append("<br />\n")
        writer.reader.characters("\n")


def _link(writer: _Writer, node: n.Link) -> None:
    address, title = _address(node.url), node.title or ""
    said = f' title="{_escape(title)}"' if title else ""
    writer.out.append(f'<a href="{_href(address)}"{said}>')
    writer.start("a", (("href", address), ("title", title)) if title else (("href", address),))
    writer.raw = writer.raw or writer.in_link  # a parser ends the outer one
    writer.in_link = True
    writer.stack.append(_AFTER_LINK)
    writer.stack.extend(node.children[::-1])


def _image(writer: _Writer, node: n.Image) -> None:
    writer.images.append(node)
    address, title, alt = _address(node.url), node.title or "", node.alt or ""
    said = f' title="{_escape(title)}"' if title else ""
    writer.out.append(f'<img src="{_href(address)}" alt="{_escape(alt)}"{said} />')
    writer.start("img", (("src", address), ("alt", alt), ("title", title)))


def _table(writer: _Writer, node: n.Table) -> None:
    writer.line()
    head, *rows = node.children
    align = node.align or []
    writer.out.append("<table>\n<thead>\n")
    writer.start("table")
    writer.start("thead")
    writer.stack.append(("</tbody>\n</table>\n" if rows else "</table>\n", _end_line, "table"))
    writer.stack.extend([_Row(row.children, "td", align) for row in rows[::-1]])
    writer.stack.append(("</thead>\n<tbody>\n" if rows else "</thead>\n", _end, "thead"))
    writer.stack.append(_Row(head.children, "th", align))


class _Row:
    """A row of a table with what its cells are called and how they are aligned."""

    __slots__ = ("align", "cells", "name")

    def __init__(self, cells: list[n.TableCell], name: str, align: list[str | None]) -> None:
        self.cells = cells
        self.name = name
        self.align = align


def _row(writer: _Writer, node: _Row) -> None:
    writer.one_line = True
    writer.out.append("<tr>\n")
    writer.start("tr")
    writer.stack.append(("</tr>\n", _end, "tr"))
    align = [*node.align, *[None] * len(node.cells)]
    writer.stack.extend(
        [_Cell(cell.children, node.name, side) for cell, side in zip(node.cells, align, strict=False)][::-1]
    )


class _Cell:
    """A cell of a table, with what it is called and how it is aligned."""

    __slots__ = ("children", "name", "side")

    def __init__(self, children: list[n.Inline], name: str, side: str | None) -> None:
        self.children = children
        self.name = name
        self.side = side


def _cell(writer: _Writer, node: _Cell) -> None:
    name, side = node.name, node.side
    writer.out.append(f'<{name} align="{side}">' if side else f"<{name}>")
    writer.start(name, (("align", side),) if side else ())
    writer.stack.append((f"</{name}>\n", _end, name))
    writer.stack.extend(node.children[::-1])


def _footnote(writer: _Writer, node: n.FootnoteReference) -> None:
    writer.raw = True
    name = _escape(node.identifier)
    writer.out.append(f'<sup class="footnote-ref"><a href="#fn-{name}">{name}</a></sup>')


def _footnote_definition(writer: _Writer, node: n.FootnoteDefinition) -> None:
    writer.raw = True
    writer.line()
    writer.out.append(f'<section class="footnotes" data-footnotes>\n<ol>\n<li id="fn-{_escape(node.identifier)}">\n')
    writer.stack.append(_BlockHtml("</li>\n</ol>\n</section>\n"))
    writer.push_blocks(node.children)


_AFTER_PARAGRAPH: Final[After] = ("</p>\n", _end, "p")
_AFTER_ITEM: Final[After] = ("</li>\n", _end, "li")
_AFTER_LINK: Final[After] = ("</a>", _end_link, "a")

_WRITE: Final[dict[type, Callable[[_Writer, Any], None]]] = {
    n.Paragraph: _paragraph,
    n.Heading: _heading,
    n.Emphasis: _style("em", EMPHASIS),
    n.Strong: _style("strong", STRONG),
    n.Delete: _style("del", DELETE),
    n.InlineCode: _inline_code,
    n.Break: _break,
    n.Html: _html,
    _BlockHtml: _html_block,
    n.Link: _link,
    n.Image: _image,
    n.ThematicBreak: _rule,
    n.Code: _code,
    n.Blockquote: _quote,
    n.List: _list,
    _Item: _item,
    n.Table: _table,
    _Row: _row,
    _Cell: _cell,
    n.FootnoteReference: _footnote,
    n.FootnoteDefinition: _footnote_definition,
}
"""Kind of node -> how it is written and read."""


def plain_words(node: n.Node) -> str:
    """Return the words a reader sees in ``node``, blanks folded: text and code, a blank for each break."""
    return " ".join(n.plain_text(node).split())
