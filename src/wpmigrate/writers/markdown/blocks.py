"""mdast blocks → Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from wpmigrate.model.commonmark import BLOCK_NAMES
from wpmigrate.model.nodes import (
    Block,
    Blockquote,
    Code,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Table,
    TableRow,
    ThematicBreak,
)
from wpmigrate.targets import Target
from wpmigrate.writers.html import write_html
from wpmigrate.writers.markdown.escape import fence_size, heading_end
from wpmigrate.writers.markdown.inline_html import NotMarkdownError
from wpmigrate.writers.markdown.inlines import write_inlines
from wpmigrate.writers.markdown.join import join_texts

__all__ = ["write_block"]

_DEPTH: Final = 40
"""Deeper blocks are written as HTML: the prefixes of so many quotes and lists would cost more than the page."""

_BLOCK_START: Final = rf"/?(?:{'|'.join(sorted(BLOCK_NAMES))})(?=[\s/>]|$)|(?:pre|script|style|textarea)(?=[\s>]|$)|!|\?"
_ONE_TAG: Final = r"<(?:[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?|/[A-Za-z][A-Za-z0-9-]*\s*)>"
_HTML_START: Final = re.compile(rf"^<(?:{_BLOCK_START})|\A{_ONE_TAG}[ \t]*$", re.MULTILINE | re.IGNORECASE)
"""What begins an HTML block: CommonMark's kinds 1 to 6 on any line, kind 7 (a tag alone on its line) on the first."""
_FIRST_TAG: Final = re.compile(_ONE_TAG)
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_MAY_HOLD_BLANK_LINES: Final = re.compile(r"<(?:(?:pre|script|style|textarea)[\s>]|!|\?)", re.IGNORECASE)

_INFO_UNSAFE: Final = re.compile(r"[\s`~\\&]+")


def write_block(block: Block, target: Target, depth: int = 0, item: bool = False) -> str:
    """Return one block as Markdown, without blank lines round it.

    ``depth`` is how many quotes and lists are round it; ``item``: whether it begins a list item.
    """
    if depth > _DEPTH:
        return write_html(block)
    try:
        return _HANDLERS[type(block)](block, target, depth, item)
    except NotMarkdownError:
        return write_html(block)


_NEW_LINES: Final = {"spaces": "  \n", "backslash": "\\\n", "br": "<br>\n"}


def _paragraph(block: Paragraph, target: Target, depth: int, item: bool) -> str:
    text = write_inlines(block.children, item=item, new_line=_NEW_LINES[target.dialect.line_break])
    if "<" in text and _HTML_START.search(text):
        return write_html(block)
    return text


def _heading(block: Heading, target: Target, depth: int, item: bool) -> str:
    text = heading_end(write_inlines(block.children, line=True))
    return f"{'#' * block.depth} {text}" if text else "#" * block.depth


def _rule(block: ThematicBreak, target: Target, depth: int, item: bool) -> str:
    return "***" if item else "---"


def _code(block: Code, target: Target, depth: int, item: bool) -> str:
    info = " ".join(filter(None, (_INFO_UNSAFE.sub("", block.lang or ""), " ".join((block.meta or "").split()))))
    char = "~" if "`" in info else "`"
    fence = char * fence_size(block.value, char)
    return f"{fence}{info}\n{block.value}\n{fence}" if block.value else f"{fence}{info}\n{fence}"


def _html(block: Html, target: Target, depth: int, item: bool) -> str:
    """Return raw HTML such that it is an HTML block up to its end."""
    value = block.value.strip("\n")
    if "\n" in value and _BLANK_LINE.search(value) and not _MAY_HOLD_BLANK_LINES.match(value):
        value = write_html(block)
    if not value or _HTML_START.match(value):
        return value
    tag = _FIRST_TAG.match(value)
    if tag is None:
        return f"<div>\n{value}\n</div>"
    return f"{tag[0]}\n{value[tag.end() :]}"


def _quote(block: Blockquote, target: Target, depth: int, item: bool) -> str:
    inner = _children(block.children, target, depth + 1)
    return "\n".join([f"> {line}" if line else ">" for line in inner.split("\n")])


def _children(blocks: Sequence[Block], target: Target, depth: int) -> str:
    return join_texts(blocks, [write_block(block, target, depth) for block in blocks])


def _list(block: List, target: Target, depth: int, item: bool) -> str:
    start = 1 if block.start is None else block.start
    if block.ordered and not 0 <= start <= 999_999_999 - len(block.children):
        return write_html(block)
    loose = block.spread or any(child.spread for child in block.children)
    texts = [
        _item(child, f"{start + number}." if block.ordered else "-", loose, target, depth)
        for number, child in enumerate(block.children)
    ]
    return ("\n\n" if loose else "\n").join(texts)


def _item(item: ListItem, marker: str, loose: bool, target: Target, depth: int) -> str:
    texts = [write_block(block, target, depth + 1, place == 0) for place, block in enumerate(item.children)]
    inner = join_texts(item.children, texts, tight=not loose)
    if item.checked is not None:
        inner = f"[{'x' if item.checked else ' '}] {inner}"
    if not inner:
        return marker
    if marker == "-" and inner[0] == "-":
        inner = _EMPTY_ITEMS.sub(r"\g<0> <!-- -->", inner, 1)
    if "\n" not in inner:
        return f"{marker} {inner}"
    indent = "\n" + " " * (len(marker) + 1)
    return f"{marker} " + _FILLED_LINE.sub(indent, inner)


_EMPTY_ITEMS: Final = re.compile(r"\A-(?: -)+$", re.MULTILINE)
"""Empty items in one another: ``- - -`` would be a rule, so the innermost holds a comment."""
_FILLED_LINE: Final = re.compile(r"\n(?!\n|\Z)")


def _table(block: Table, target: Target, depth: int, item: bool) -> str:
    if not block.children or not block.children[0].children:
        return write_html(block)
    width = len(block.children[0].children)
    align = list(block.align or ())
    align += [None] * (width - len(align))
    rule = "| " + " | ".join(_RULES[value] for value in align[:width]) + " |"
    head, *rows = (_row(row) for row in block.children)
    return "\n".join([head, rule, *rows])


_RULES: Final[dict[str | None, str]] = {None: "---", "left": ":--", "right": "--:", "center": ":-:"}


def _row(row: TableRow) -> str:
    cells = (write_inlines(cell.children, line=True).replace("|", "\\|") for cell in row.children)
    return "|" + "".join(f" {cell} |" if cell else "  |" for cell in cells)


def _footnote(block: FootnoteDefinition, target: Target, depth: int, item: bool) -> str:
    first, *rest = _children(block.children, target, depth + 1).split("\n")
    return "\n".join([f"[^{block.identifier}]: {first}", *("    " + line if line else "" for line in rest)])


_HANDLERS: Final[dict[type, Callable[[Any, Target, int, bool], str]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    ThematicBreak: _rule,
    Code: _code,
    Html: _html,
    Blockquote: _quote,
    List: _list,
    Table: _table,
    FootnoteDefinition: _footnote,
}
