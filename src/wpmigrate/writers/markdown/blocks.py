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
    Inline,
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
from wpmigrate.writers.markdown.headings import with_id
from wpmigrate.writers.markdown.inline_html import NotMarkdownError, OutermostError
from wpmigrate.writers.markdown.inlines import write_inlines
from wpmigrate.writers.markdown.join import join_texts, reads_loose
from wpmigrate.writers.markdown.lists import check_list, is_loose, item_text
from wpmigrate.writers.markdown.open_tags import OpenTags, strict_tags
from wpmigrate.writers.markdown.spelled import write_spelled
from wpmigrate.writers.markdown.spelling import PLAIN, spelling_of

__all__ = ["write_block"]

_DEPTH: Final = 40
"""Deeper blocks are written as HTML: the prefixes of so many quotes and lists would cost more than the page."""

_BLOCK_START: Final = rf"/?(?:{'|'.join(sorted(BLOCK_NAMES))})(?=[\s/>]|$)|(?:pre|script|style|textarea)(?=[\s>]|$)|!|\?"
_ONE_TAG: Final = r"<(?:[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?|/[A-Za-z][A-Za-z0-9-]*\s*)>"
_HTML_START: Final = re.compile(rf"^<(?:{_BLOCK_START})|\A{_ONE_TAG}[ \t]*$", re.MULTILINE | re.IGNORECASE)
"""What begins an HTML block: CommonMark's kinds 1 to 6 on any line, kind 7 (a tag alone on its line) on the first."""
_TAG_AND_BREAK: Final = re.compile(rf"\A({_ONE_TAG})  \n")
"""A break as a tag on the same line: then the tag before it stands alone on no line."""
_FIRST_TAG: Final = re.compile(_ONE_TAG)
_BLOCK_TAG: Final = re.compile(r"<(?:ul|ol|blockquote|hr|p)[\s>]")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_MAY_HOLD_BLANK_LINES: Final = re.compile(r"<(?:(?:pre|script|style|textarea)[\s>]|!|\?)", re.IGNORECASE)

_MORE: Final = "<!--more-->"
"""WordPress's mark for the end of the teaser. At the top of a page it means the same to builders that know it."""
_INFO_UNSAFE: Final = re.compile(r"[\s`~\\&]+")


def write_block(block: Block, target: Target, depth: int = 0, item: bool = False) -> str:
    """Return one block as Markdown, without blank lines round it.

    ``depth`` is how many quotes and lists are round it; ``item``: whether it begins a list item.
    """
    if depth:
        holds = target.dialect.list_holds
        if holds and type(block).__name__ not in holds:
            raise OutermostError(block)
        if depth > _DEPTH:
            return as_html(block, target)
    try:
        return _HANDLERS[type(block)](block, target, depth, item)
    except NotMarkdownError as error:
        if depth and (type(error) is OutermostError or target.dialect.list_holds):
            raise OutermostError(block) from error
        return as_html(block, target)


def as_html(block: Block, target: Target) -> str:
    """Return ``block`` as HTML that the builder leaves alone."""
    spelling = spelling_of(target.dialect)
    html = write_html(block)
    if spelling is None:
        return html
    return spelling.in_html(html if target.dialect.markdown_in_html else OpenTags().feed(html))


def _text(nodes: Sequence[Inline], target: Target, *, line: bool = False, item: bool = False) -> str:
    spelling = None if target.dialect is PLAIN else spelling_of(target.dialect)
    if spelling is None:
        return write_inlines(nodes, line=line, item=item)
    return write_spelled(nodes, spelling, line=line, item=item)


def _paragraph(block: Paragraph, target: Target, depth: int, item: bool) -> str:
    children = block.children
    text = write_inlines(children, item=item) if target.dialect is PLAIN else _text(children, target, item=item)
    if "<" in text and _HTML_START.search(text):
        text = _TAG_AND_BREAK.sub(r"\1<br>", text) if target.dialect is PLAIN else text
        if _HTML_START.search(text):
            raise NotMarkdownError(text)
    return text


def _heading(block: Heading, target: Target, depth: int, item: bool) -> str:
    text = heading_end(_text(block.children, target, line=True))
    spelling = spelling_of(target.dialect)
    if spelling is not None:
        text = with_id(block, text, spelling)
    return f"{'#' * block.depth} {text}" if text else "#" * block.depth


def _rule(block: ThematicBreak, target: Target, depth: int, item: bool) -> str:
    return "***" if item else "---"


def _code(block: Code, target: Target, depth: int, item: bool) -> str:
    spelling = None if target.dialect is PLAIN else spelling_of(target.dialect)
    if spelling is not None and (spelling.nested_code_tags if depth else spelling.code_tags)(block.value):
        return spelling.in_html(write_html(block).replace("\t", "&#9;"))
    info = " ".join(filter(None, (_INFO_UNSAFE.sub("", block.lang or ""), " ".join((block.meta or "").split()))))
    char = "~" if "`" in info else "`"
    fence = char * fence_size(block.value, char)
    return f"{fence}{info}\n{block.value}\n{fence}" if block.value else f"{fence}{info}\n{fence}"


def _html(block: Html, target: Target, depth: int, item: bool) -> str:
    """Return raw HTML such that it is an HTML block up to its end."""
    value = block.value.strip("\n")
    if "\n" in value and _BLANK_LINE.search(value) and not _MAY_HOLD_BLANK_LINES.match(value):
        value = write_html(block)
    spelling = spelling_of(target.dialect)
    if spelling is not None and (depth or value != _MORE):
        value = spelling.in_html(value if target.dialect.markdown_in_html else strict_tags(value))
        if value and not spelling.html_begins(value):
            return f"<div>\n{value}\n</div>"
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
    texts = [write_block(block, target, depth) for block in blocks]
    return join_texts(blocks, texts, apart=target.dialect.lists_apart)


def _list(block: List, target: Target, depth: int, item: bool) -> str:
    dialect = target.dialect
    check_list(block, dialect, item)
    start = 1 if block.start is None else block.start
    loose = is_loose(block, dialect)
    tight = not loose and dialect is PLAIN and not any(map(reads_loose, block.children))
    texts = [
        _item(child, f"{start + number}." if block.ordered else "-", loose, tight, target, depth)
        for number, child in enumerate(block.children)
    ]
    return ("\n\n" if loose else "\n").join(texts)


def _item(item: ListItem, marker: str, loose: bool, tight: bool, target: Target, depth: int) -> str:
    dialect = target.dialect
    texts = [write_block(block, target, depth + 1, place == 0) for place, block in enumerate(item.children)]
    if tight and len(texts) == 1 and texts[0][:3] == "<p>" and type(item.children[0]) is Paragraph:
        texts[0] = _tight(texts[0])
    inner = join_texts(item.children, texts, tight=not loose, apart=dialect.lists_apart)
    return item_text(item, inner, marker, dialect)


def _tight(html: str) -> str:
    """Return the paragraph of a tight item, which had to be written as ``html``, as what is none: as one it would make the list loose."""
    bare = html.removeprefix("<p>").removesuffix("</p>")
    return bare if _HTML_START.match(bare) else f"<div>{bare}</div>"


def _table(block: Table, target: Target, depth: int, item: bool) -> str:
    if not block.children or not block.children[0].children:
        raise NotMarkdownError("a table without a head")
    if not target.dialect.blocks_in_cells and any(map(_has_blocks, block.children)):
        raise NotMarkdownError("a table with lists in it")
    width = len(block.children[0].children)
    align = list(block.align or ())
    align += [None] * (width - len(align))
    rule = "| " + " | ".join(_RULES[value] for value in align[:width]) + " |"
    head, *rows = (_row(row, target) for row in block.children)
    return "\n".join([head, rule, *rows])


_RULES: Final[dict[str | None, str]] = {None: "---", "left": ":--", "right": "--:", "center": ":-:"}


def _row(row: TableRow, target: Target) -> str:
    spelling = None if target.dialect is PLAIN else spelling_of(target.dialect)
    if spelling is None:
        cells = [write_inlines(cell.children, line=True).replace("|", "\\|") for cell in row.children]
    else:
        cells = [write_spelled(cell.children, spelling, line=True, cell=True) for cell in row.children]
        cells = _not_a_rule(cells)
    return "|" + "".join([f" {cell} |" if cell else "  |" for cell in cells])


def _has_blocks(row: TableRow) -> bool:
    """Whether the tags of a list, a quotation … stand in a cell of ``row``."""
    return any(type(node) is Html and _BLOCK_TAG.match(node.value) for cell in row.children for node in cell.children)


def _not_a_rule(cells: list[str]) -> list[str]:
    """Return the cells of a row such that kramdown does not take it, for its dashes, for the line below a head."""
    marks = "".join(cells)
    if marks.strip("-+:| \t") and marks.strip("=+:| \t"):
        return cells
    return [cell.replace("-", "\\-", 1).replace("=", "&#61;", 1) for cell in cells]


def _footnote(block: FootnoteDefinition, target: Target, depth: int, item: bool) -> str:
    if target.dialect.footnotes == "html":
        raise NotMarkdownError("a footnote")
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
