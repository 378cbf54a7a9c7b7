"""The JSON's ``content`` tree, written as HTML the way cmark writes it.

When the string equals cmark's rendering of the Markdown file, tree and file say the same and nothing more has to be read.
When it does not, both are inventories to compare; so a difference of spelling costs time and no false alarm.
The nodes are plain mappings, named as in https://github.com/syntax-tree/mdast.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias
from urllib.parse import quote

__all__ = ["content_html", "plain_words"]

Node: TypeAlias = dict[str, Any]

_UNSAFE = re.compile(r"""[^A-Za-z0-9_.+!*(),%#@?=;:/$~&'\-]""")


def content_html(root: Node) -> str:
    """Return the HTML of an mdast tree; raises ``KeyError`` or ``TypeError`` for nodes that lack what they must have."""
    writer = _Writer()
    writer.wrap("", root, "", blocks=True)
    writer.run()
    return "".join(writer.out)


def _escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


def _href(url: str) -> str:
    if _UNSAFE.search(url):
        url = _UNSAFE.sub(lambda match: quote(match[0], safe=""), url)
    return url.replace("&", "&amp;").replace("'", "&#x27;") if "&" in url or "'" in url else url


class _Writer:
    """Writes nodes from an explicit stack of nodes and of texts that come after them."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.stack: list[Node | str] = []
        self.one_line = False

    def run(self) -> None:
        out, stack = self.out, self.stack
        while stack:
            item = stack.pop()
            if type(item) is str:
                out.append(item)
                if item in _END_OF_LINE:
                    self.one_line = False
            else:
                kind = item["type"]  # type: ignore[index]
                if kind == "text":
                    out.append(_escape(item["value"]))  # type: ignore[index]
                else:
                    _WRITE[kind](self, item)  # type: ignore[arg-type]

    def wrap(self, before: str, node: Node, after: str, blocks: bool = False) -> None:
        """Write ``before``, the children of ``node`` and ``after``; HTML among ``blocks`` stands on lines of its own."""
        if before:
            self.out.append(before)
        if after:
            self.stack.append(after)
        children = node["children"]
        if blocks:
            children = [{**child, "type": "htmlBlock"} if child["type"] == "html" else child for child in children]
        self.stack.extend(reversed(children))

    def line(self) -> None:
        """Begin a new line unless one has just begun."""
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")


def _inline(name: str) -> Callable[[_Writer, Node], None]:
    before, after = f"<{name}>", f"</{name}>"
    return lambda writer, node: writer.wrap(before, node, after)


def _paragraph(writer: _Writer, node: Node) -> None:
    if node.get("tight"):
        writer.wrap("", node, "")
    else:
        writer.line()
        writer.wrap("<p>", node, "</p>\n")


def _heading(writer: _Writer, node: Node) -> None:
    writer.line()
    writer.one_line = True
    writer.wrap(f"<h{node['depth']}>", node, f"</h{node['depth']}>\n")


def _code(writer: _Writer, node: Node) -> None:
    writer.line()
    language = f' class="language-{_escape(node["lang"])}"' if node.get("lang") else ""
    value = node["value"]
    writer.out.append(f"<pre><code{language}>{_escape(value)}{chr(10) if value else ''}</code></pre>\n")


def _rule(writer: _Writer, node: Node) -> None:
    writer.line()
    writer.out.append("<hr />\n")


def _quote(writer: _Writer, node: Node) -> None:
    writer.line()
    writer.wrap("<blockquote>\n", node, "</blockquote>\n", blocks=True)


def _list(writer: _Writer, node: Node) -> None:
    start = node.get("start")
    name = "ol" if node.get("ordered") else "ul"
    writer.line()
    writer.out.append(f'<ol start="{start}">\n' if name == "ol" and start not in (None, 1) else f"<{name}>\n")
    tight = not node.get("spread") and not any(_is_loose(item) for item in node["children"])
    writer.stack.append(f"</{name}>\n")
    for item in reversed(node["children"]):
        writer.stack.append({"type": "listItem", "children": item["children"], "tight": tight})


def _is_loose(item: Node) -> bool:
    return bool(item.get("spread")) or sum(child["type"] == "paragraph" for child in item["children"]) > 1


def _item(writer: _Writer, node: Node) -> None:
    writer.line()
    children = node["children"]
    if node["tight"]:
        children = [{**child, "tight": True} if child["type"] == "paragraph" else child for child in children]
    writer.wrap("<li>", {"children": children}, "</li>\n", blocks=True)


def _html(writer: _Writer, node: Node) -> None:
    writer.out.append(node["value"])


def _html_block(writer: _Writer, node: Node) -> None:
    writer.line()
    value = node["value"]
    writer.out.append(value if value.endswith("\n") else f"{value}\n")


def _break(writer: _Writer, node: Node) -> None:
    """A break after a break, and one in a heading or cell, can only be written as HTML."""
    again = bool(writer.out) and writer.out[-1] in ("<br />\n", "<br>")
    writer.out.append("<br>" if again or writer.one_line else "<br />\n")


def _link(writer: _Writer, node: Node) -> None:
    title = f' title="{_escape(node["title"])}"' if node.get("title") else ""
    writer.wrap(f'<a href="{_href(node["url"])}"{title}>', node, "</a>")


def _image(writer: _Writer, node: Node) -> None:
    title = f' title="{_escape(node["title"])}"' if node.get("title") else ""
    alt = _escape(node.get("alt") or "")
    writer.out.append(f'<img src="{_href(node["url"])}" alt="{alt}"{title} />')


def _table(writer: _Writer, node: Node) -> None:
    writer.line()
    head, *rows = node["children"]
    align = node.get("align") or []
    writer.out.append("<table>\n<thead>\n")
    writer.stack.append("</tbody>\n</table>\n" if rows else "</table>\n")
    for row in reversed(rows):
        writer.stack.append({"type": "tableRow", "children": row["children"], "name": "td", "align": align})
    writer.stack.append("</thead>\n<tbody>\n" if rows else "</thead>\n")
    writer.stack.append({"type": "tableRow", "children": head["children"], "name": "th", "align": align})


def _row(writer: _Writer, node: Node) -> None:
    name = node["name"]
    writer.one_line = True
    writer.out.append("<tr>\n")
    writer.stack.append("</tr>\n")
    align = [*node["align"], *[None] * len(node["children"])]
    for cell, side in reversed(list(zip(node["children"], align, strict=False))):
        before = f'<{name} align="{side}">' if side else f"<{name}>"
        writer.stack.extend((f"</{name}>\n", *reversed(cell["children"]), before))


_END_OF_LINE: Final = frozenset({*(f"</h{depth}>\n" for depth in range(1, 7)), "</table>\n", "</tbody>\n</table>\n"})
"""What ends a heading or a table."""

_WRITE: Final[dict[str, Callable[[_Writer, Node], None]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "emphasis": _inline("em"),
    "strong": _inline("strong"),
    "delete": _inline("del"),
    "inlineCode": lambda writer, node: writer.out.append(f"<code>{_escape(node['value'])}</code>"),
    "break": _break,
    "html": _html,
    "htmlBlock": _html_block,
    "link": _link,
    "image": _image,
    "thematicBreak": _rule,
    "code": _code,
    "blockquote": _quote,
    "list": _list,
    "listItem": _item,
    "table": _table,
    "tableRow": _row,
    "footnoteReference": lambda writer, node: writer.out.append(f"[^{node['identifier']}]"),
    "footnoteDefinition": lambda writer, node: writer.wrap("", node, "", blocks=True),
}
"""mdast type -> how it is written."""


def plain_words(node: Node) -> str:
    """Return the words a reader sees in ``node``, blanks folded: text and code, a blank for each break."""
    parts: list[str] = []
    stack: list[Node] = [node]
    while stack:
        item = stack.pop()
        kind = item["type"]
        if kind in ("text", "inlineCode", "code"):
            parts.append(item["value"])
        elif kind == "break":
            parts.append(" ")
        elif "children" in item:
            stack.extend(reversed(item["children"]))
    return " ".join("".join(parts).split())
