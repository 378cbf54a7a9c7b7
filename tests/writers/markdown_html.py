"""Trees and rendered HTML in one comparable form: a list of tags, texts and attributes that a reader would notice.

``of_tree`` says what a tree means, ``of_html`` what an engine made of its Markdown. Blanks fold as in a browser, except in code.
Two things that Markdown cannot say are evened out on both sides: a loose list whose items hold one paragraph and have no
neighbour is a tight one, and a tight list with a block that needs a blank line before it is a loose one. The paragraph alone in a
tight item that must be HTML is a ``div``.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm.cmark
from markdown_it import MarkdownIt

from wpmigrate.model import nodes
from wpmigrate.model.nodes import Block, Inline, Root

_COMMONMARK = MarkdownIt("commonmark", {"html": True, "maxNesting": 1000}).enable(["table", "strikethrough"])


def cmark(markdown: str) -> str:
    """Render with cmark-gfm."""
    options = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    return cmarkgfm.cmark.markdown_to_html_with_extensions(markdown, options, ["table", "strikethrough"])


def markdown_it(markdown: str) -> str:
    """Render with markdown-it."""
    return _COMMONMARK.render(markdown)


ENGINES = {"cmark-gfm": cmark, "markdown-it": markdown_it}

# --- a tree as HTML ---------------------------------------------------------------------------------------------------

_STYLES = {nodes.Emphasis: "em", nodes.Strong: "strong", nodes.Delete: "del"}


def tree_html(blocks: list[Block], loose: bool = True) -> str:
    """Return what ``blocks`` mean as HTML; ``loose``: paragraphs have their tags."""
    return "\n".join(_block(block, loose) for block in blocks)


def _block(block: Block, loose: bool) -> str:
    kind = type(block)
    if kind is nodes.Paragraph:
        text = inline_html(block.children)
        return f"<p>{text}</p>" if loose or _is_html(block) else text
    if kind is nodes.Heading:
        return f"<h{block.depth}>{inline_html(block.children)}</h{block.depth}>"
    if kind is nodes.ThematicBreak:
        return "<hr>"
    if kind is nodes.Code:
        language = f' class="language-{html.escape(block.lang)}"' if block.lang else ""
        return f"<pre><code{language}>{html.escape(block.value + chr(10) if block.value else '')}</code></pre>"
    if kind is nodes.Html:
        return block.value
    if kind is nodes.Blockquote:
        return f"<blockquote>{tree_html(block.children)}</blockquote>"
    if kind is nodes.List:
        return _list(block)
    if kind is nodes.Table:
        return _table(block)
    raise TypeError(kind)


def _list(block: nodes.List) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start not in (None, 1) else ""
    loose = is_loose(block)
    items = "".join(f"<li>{_item(item, loose, block.spread or item.spread)}</li>" for item in block.children)
    return f"<{tag}{start}>{items}</{tag}>"


def _item(item: nodes.ListItem, loose: bool, spread: bool) -> str:
    if not loose and not spread and len(item.children) == 1 and isinstance(item.children[0], nodes.Paragraph) and _is_html(item):
        return f"<div>{inline_html(item.children[0].children)}</div>"
    return tree_html(item.children, loose)


def is_loose(block: nodes.List) -> bool:
    """Say whether ``block`` can only be, or is and can be, a loose list."""
    wanted = block.spread or any(item.spread for item in block.children)
    if wanted:
        return len(block.children) > 1 or any(len(item.children) > 1 for item in block.children)
    return any(_needs_blank(*pair) for item in block.children for pair in zip(item.children, item.children[1:], strict=False))


def _is_html(block: Block) -> bool:
    """Say whether ``block`` holds a tag that CommonMark does not know, so that it must be written as HTML."""
    return any(isinstance(node, nodes.Html) and node.value.startswith("<fb:") for node in nodes.walk(block))


def _needs_blank(before: Block, after: Block) -> bool:
    if isinstance(before, nodes.List) and isinstance(after, nodes.List) and before.ordered == after.ordered:
        return True
    if _is_html(before):
        return True
    if isinstance(before, nodes.Heading | nodes.Code | nodes.ThematicBreak):
        return False
    if not isinstance(before, nodes.Paragraph):
        return True
    if isinstance(after, nodes.List):
        empty = not after.children or not after.children[0].children
        return empty or (after.ordered and after.start not in (None, 1))
    return not isinstance(after, nodes.Heading | nodes.Code | nodes.Blockquote)


def _table(block: nodes.Table) -> str:
    rows = []
    for number, row in enumerate(block.children):
        tag = "td" if number else "th"
        cells = zip(row.children, [*(block.align or ()), *[None] * len(row.children)], strict=False)
        rows.append("<tr>" + "".join(_cell(tag, cell, align) for cell, align in cells) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def _cell(tag: str, cell: nodes.TableCell, align: str | None) -> str:
    return f"<{tag}{f' align={align}' if align else ''}>{inline_html(cell.children)}</{tag}>"


def inline_html(inlines: list[Inline], inside: frozenset[type] = frozenset()) -> str:
    """Return what ``inlines`` mean as HTML; a style in itself says nothing more."""
    return "".join(_inline(node, inside) for node in inlines)


def _inline(node: Inline, inside: frozenset[type]) -> str:
    kind = type(node)
    if kind is nodes.Text:
        return html.escape(node.value)
    if kind is nodes.InlineCode:
        return f"<code>{html.escape(node.value)}</code>"
    if kind is nodes.Break:
        return "<br>"
    if kind is nodes.Html:
        return node.value
    if kind is nodes.Image:
        title = f' title="{html.escape(node.title)}"' if node.title else ""
        return f'<img src="{html.escape(node.url)}" alt="{html.escape(node.alt)}"{title}>'
    inner = inline_html(node.children, inside | {kind})
    if kind in inside or (kind in _STYLES and not inner):
        return inner
    if kind is nodes.Link:
        title = f' title="{html.escape(node.title)}"' if node.title else ""
        return f'<a href="{html.escape(node.url)}"{title}>{inner}</a>'
    return f"<{_STYLES[kind]}>{inner}</{_STYLES[kind]}>"


# --- HTML as a list of events -----------------------------------------------------------------------------------------

_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr th td hr br div object video".split())
_LOOKS = frozenset(["thead", "tbody"])
_SAME = {"s": "del", "b": "strong", "i": "em"}


class _Events(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[str] = []
        self.code = 0
        self.styles: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _LOOKS:
            return
        if tag in _STYLES.values():
            self.styles[tag] += 1
            if self.styles[tag] > 1:  # a style in itself says nothing more
                return
        self._blank_free(tag)
        self.code += tag == "pre"
        self.events.append(f"<{tag}{''.join(sorted(map(_attribute, attrs)))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _LOOKS:
            return
        if tag in _STYLES.values():
            self.styles[tag] -= 1
            if self.styles[tag]:
                return
        self.code -= tag == "pre"
        self._blank_free(tag)
        self.events.append(f"</{tag}>")

    def _blank_free(self, tag: str) -> None:
        if tag in _BLOCKS and self.events and not self.code and self.events[-1][:1] != "<":
            self.events[-1] = self.events[-1].rstrip(" \v\f")
            if self.events[-1] == ":":
                self.events.pop()

    def handle_comment(self, data: str) -> None:
        if data != " ":  # what parts two lists
            self.events.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == ":":
            data = self.events.pop()[1:] + data
        if not self.code:
            data = re.sub(r"[ \t\n\r]+", " ", data)
            if not self.events or self.events[-1].strip("</>").split(" ")[0] in (*_BLOCKS, "!--more--"):
                data = data.lstrip(" \v\f")
        if data:
            self.events.append(":" + data)


def _attribute(pair: tuple[str, str | None]) -> str:
    name, value = pair
    value = value or ""
    if name == "style" and value.startswith("text-align:"):
        name, value = "align", value.removeprefix("text-align:")
    if name in ("href", "src"):
        value = re.sub(r"xn--([a-z0-9-]+)", lambda found: found[1].encode().decode("punycode"), unquote(value))
    return f" {name}={value!r}"


def of_html(markup: str) -> list[str]:
    """Return what a reader notices of ``markup``."""
    parser = _Events()
    parser.feed(markup)
    parser.close()
    return [event for event in parser.events if event != ":"]


def of_tree(root: Root) -> list[str]:
    """Return what a reader of ``root`` ought to notice."""
    return of_html(tree_html(root.children))
