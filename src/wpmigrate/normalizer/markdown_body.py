"""A body that is Markdown already: its tree and its records. The text itself stays as it is."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from wpmigrate.model import nodes
from wpmigrate.normalizer.inlines import CODE, NODE, TEXT, Leaf, Mark, Marks
from wpmigrate.normalizer.records import Records

__all__ = ["markdown_records", "markdown_tree"]

DEEPEST: Final = 10_000
"""How deep markdown-it-py goes. It drops what is deeper in silence (its preset allows 20): Python's own limit, which is
far lower, is an error instead."""


def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    engine.normalizeLink = lambda url: url  # type: ignore[method-assign]  # addresses stay as they are written
    engine.validateLink = lambda url: True  # type: ignore[method-assign]  # CommonMark refuses none
    return engine


_ENGINE = _engine()
_ALIGN = re.compile(r"text-align:\s*(\w+)")
_RAW_TAG = re.compile(r"<(/?)(a|img)(?=[\s/>])", re.I)

_CONTAINERS: Final[dict[str, Any]] = {
    "blockquote_open": lambda token: nodes.Blockquote([]),
    "bullet_list_open": lambda token: nodes.List([]),
    "ordered_list_open": lambda token: nodes.List([], ordered=True, start=int(token.attrs.get("start", 1))),
    "list_item_open": lambda token: nodes.ListItem([]),
    "table_open": lambda token: nodes.Table([], align=[]),
    "tr_open": lambda token: nodes.TableRow([]),
    "th_open": lambda token: nodes.TableCell([]),
    "td_open": lambda token: nodes.TableCell([]),
    "paragraph_open": lambda token: nodes.Paragraph([]),
    "heading_open": lambda token: nodes.Heading(int(token.tag[1]), []),
}
"""Opening token of a block -> its node, still empty."""

_SPANS: Final[dict[str, Any]] = {
    "em_open": lambda token: nodes.Emphasis([]),
    "strong_open": lambda token: nodes.Strong([]),
    "s_open": lambda token: nodes.Delete([]),
    "link_open": lambda token: nodes.Link(str(token.attrs.get("href", "")), [], _title(token)),
}
"""Opening token of an inline -> its node, still empty."""


_WORDS: Final = frozenset({"softbreak", "text", "text_special"})
"""Tokens that are text; a soft line end reads as a blank."""


def markdown_tree(text: str) -> nodes.Root:
    """Return the mdast tree of the Markdown ``text`` (CommonMark with GFM's tables and strikethrough).

    A text that nests deeper than Python can follow (about 200 quotes) is one code block rather than lost. Never raises.
    """
    try:
        return _tree(_ENGINE.parse(text))
    except RecursionError:
        return nodes.Root([nodes.Code(text.removesuffix("\n"), "markdown")])


def _tree(tokens: list[Token]) -> nodes.Root:
    root = nodes.Root([])
    stack: list[Any] = [root]
    for token in tokens:
        kind = token.type
        if kind in _CONTAINERS:
            node = _CONTAINERS[kind](token)
            _note(token, node, stack)
            stack[-1].children.append(node)
            stack.append(node)
        elif kind == "inline":
            stack[-1].children.extend(_inlines(token.children or []))
        elif kind.endswith("_close") and f"{kind[:-6]}_open" in _CONTAINERS:
            stack.pop()
        elif (leaf := _leaf(token)) is not None:
            stack[-1].children.append(leaf)
    return root


def _note(token: Token, node: Any, stack: list[Any]) -> None:
    """Note what a token says about the nodes round it: a loose list, a column's alignment."""
    if token.type == "paragraph_open" and not token.hidden and isinstance(stack[-1], nodes.ListItem):
        stack[-2].spread = stack[-1].spread = True
    elif token.type == "th_open":
        found = _ALIGN.search(str(token.attrs.get("style", "")))
        stack[-2].align.append(found[1] if found else None)


def _leaf(token: Token) -> nodes.Block | None:
    if token.type == "fence":
        lang, _, meta = html.unescape(token.info).strip().partition(" ")
        return nodes.Code(token.content.removesuffix("\n"), lang or None, meta.strip() or None)
    if token.type == "code_block":
        return nodes.Code(token.content.removesuffix("\n"))
    if token.type == "html_block":
        return nodes.Html(token.content.rstrip("\n"))
    return nodes.ThematicBreak() if token.type == "hr" else None


def _inlines(tokens: list[Token]) -> list[nodes.Inline]:
    top: list[nodes.Inline] = []
    stack: list[list[nodes.Inline]] = [top]
    words: list[str] = []
    for token in tokens:
        kind = token.type
        if kind in _WORDS:
            words.append(" " if kind == "softbreak" else token.content)
            continue
        _flush(words, stack[-1])
        if kind in _SPANS:
            node = _SPANS[kind](token)
            stack[-1].append(node)
            stack.append(node.children)
        elif kind.endswith("_close") and len(stack) > 1:
            stack.pop()
        elif (leaf := _inline_leaf(token)) is not None:
            stack[-1].append(leaf)
    _flush(words, stack[-1])
    return top


def _flush(words: list[str], into: list[nodes.Inline]) -> None:
    """Make one text of ``words`` and forget them."""
    value = "".join(words)
    words.clear()
    if value:
        into.append(nodes.Text(value))


def _inline_leaf(token: Token) -> nodes.Inline | None:
    kind = token.type
    if kind == "code_inline":
        return nodes.InlineCode(token.content)
    if kind == "hardbreak":
        return nodes.Break()
    if kind == "html_inline":
        return nodes.Html(token.content)
    if kind == "image":
        alt = nodes.plain_text(nodes.Paragraph(_inlines(token.children or [])))
        return nodes.Image(str(token.attrs.get("src", "")), _title(token), alt)
    return None


def _title(token: Token) -> str | None:
    return str(token.attrs.get("title", "")) or None


def markdown_records(root: nodes.Root, records: Records) -> None:
    """Put the links and media of ``root`` into ``records``, in order, each with the line that it stands in."""
    for block in root.children:
        records.section += isinstance(block, nodes.Heading)
        for node in nodes.walk(block):
            if isinstance(node, nodes.Paragraph | nodes.Heading | nodes.TableCell):
                records.read_lines(_lines(node), "")
            elif isinstance(node, nodes.Html) and node is not block and "\n" not in node.value:
                continue
            elif isinstance(node, nodes.Html):
                _read_html(node.value, records)


def _read_html(value: str, records: Records) -> None:
    body = LexborHTMLParser("<body>" + value).body
    if body is not None:
        records.read_element(body)


def _lines(block: nodes.Paragraph | nodes.Heading | nodes.TableCell) -> list[list[Leaf]]:
    """Return the leaves of ``block`` by lines, each with the link that it stands in."""
    lines: list[list[Leaf]] = [[]]
    raw: Marks = ()
    stack: list[tuple[nodes.Inline, Marks]] = [(child, ()) for child in reversed(block.children)]
    while stack:
        node, marks = stack.pop()
        if isinstance(node, nodes.Break):
            lines.append([])
        elif isinstance(node, nodes.Html):
            raw = _raw_tag(node.value, raw, lines[-1])
        elif isinstance(node, nodes.Text | nodes.InlineCode):
            lines[-1].append((CODE if isinstance(node, nodes.InlineCode) else TEXT, node.value, marks or raw))
        elif isinstance(node, nodes.Image):
            lines[-1].append((NODE, node, marks or raw))
        else:
            if isinstance(node, nodes.Link):
                marks = (Mark("link", url=node.url),)
            stack.extend((child, marks) for child in reversed(getattr(node, "children", ())))
    return lines


def _raw_tag(value: str, raw: Marks, line: list[Leaf]) -> Marks:
    """Return the link that is open after the inline tag ``value``; an image goes into ``line``."""
    tag = _RAW_TAG.match(value)
    if tag is None:
        return raw
    if tag[1]:
        return () if tag[2].lower() == "a" else raw
    element = LexborHTMLParser("<body>" + value).css_first(tag[2].lower())
    attributes = element.attributes if element is not None else {}
    if tag[2].lower() == "img":
        line.append((NODE, nodes.Image(attributes.get("src") or "", None, attributes.get("alt") or ""), raw))
        return raw
    return (Mark("link", url=attributes.get("href") or ""),) if attributes.get("href") else ()
