"""mdast inlines → Markdown. Each handler knows what stands before it; emphasis also knows what comes after."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from wpmigrate.model.nodes import (
    Break,
    Delete,
    Emphasis,
    FootnoteReference,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    Strong,
    Text,
    plain_text,
)
from wpmigrate.writers.markdown.escape import (
    autolink,
    code_span,
    destination,
    escape_line_start,
    escape_text,
    title,
)
from wpmigrate.writers.markdown.flanking import can_delimit

__all__ = ["write_inlines"]

_STYLES: Final = {Emphasis: ("*", "em"), Strong: ("**", "strong"), Delete: ("~~", "del")}
_FIRST: Final = {Emphasis: "*", Strong: "*", Delete: "~", Link: "[", Image: "!", InlineCode: "`", Html: "<", Break: " "}
_DEPTH: Final = 100
_EDGE_BLANKS: Final = re.compile(r"\A[ \t]+|[ \t]+\Z")
_LINE_END_BLANKS: Final = re.compile(r"[ \t]*\n[ \t]*")


def write_inlines(nodes: Sequence[Inline], *, line: bool = False, item: bool = False) -> str:
    """Return ``nodes`` as Markdown.

    ``line``: everything must stay on one line (headings, cells), so a break is ``<br>``. ``item``: the text begins a list
    item. Nesting beyond 100 levels is written as plain tags' content: no source has it.
    """
    if len(nodes) == 1 and type(nodes[0]) is Text and "\n" not in nodes[0].value and "~" not in nodes[0].value:
        value = escape_text(nodes[0].value)
        if value[:1] not in " \t" and value[-1:] not in " \t":
            return value if line else escape_line_start(value, item=item)
    writer = _Writer(line, item, _many_tildes(nodes))
    writer.write(nodes, "", 0)
    return "".join(writer.out)


def _many_tildes(nodes: Sequence[Inline]) -> bool:
    count = 0
    stack: list[Any] = list(nodes)
    while stack:
        node = stack.pop()
        if type(node) is Text:
            count += node.value.count("~")
        elif type(node) is Delete:
            return True
        elif type(node) is Image:
            count += node.alt.count("~")
        children = getattr(node, "children", None)
        if children:
            stack.extend(children)
    return count > 1


class _Writer:
    def __init__(self, line: bool, item: bool, tildes: bool) -> None:
        self.line = line
        self.item = item
        self.tildes = tildes
        self.out: list[str] = []
        self.last = ""
        """The last character written; empty at the start of a line."""
        self.closed = ""
        """The delimiter that was written last, when it closed something."""
        self.label = 0
        self.open_styles: list[type] = []
        self.depth = 0

    def write(self, nodes: Sequence[Inline], after: str, depth: int) -> None:
        """Write ``nodes``; ``after`` is the character that will follow the last of them."""
        last = len(nodes) - 1
        for place, node in enumerate(nodes):
            following = after if place == last else _first_of(nodes[place + 1])
            _HANDLERS[type(node)](self, node, following, depth)

    def _put(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.last = text[-1]
            self.closed = ""

    def text(self, node: Text, after: str, depth: int) -> None:
        value = node.value
        if "\n" in value:
            value = _LINE_END_BLANKS.sub(" " if self.line else "\n", value)
        text = escape_text(value, label=self.label > 0, tildes=self.tildes)
        if after == "[" and text[-1:] == "!":
            text = text[:-1] + "\\!"
        if not self.line and "\n" in text:
            head, *rest = text.split("\n")
            text = "\n".join([head, *map(escape_line_start, rest)])
        if not self.last:
            if not self.line:
                text = escape_line_start(text, item=self.item and not self.out)
            text = _EDGE_BLANKS.sub(_references, text) if text[:1] in " \t" else text
        if not after and text[-1:] in " \t":
            text = _EDGE_BLANKS.sub(_references, text)
        self._put(text)

    def code(self, node: InlineCode, after: str, depth: int) -> None:
        if self.closed == "`":
            self._put(f"<code>{escape_text(node.value)}</code>")
            return
        span = code_span(node.value)
        if self.last == "`" and self.out[-1][-2:] != "\\`":
            self._put("<!-- -->")
        self._put(span)
        self.closed = "`"

    def hard_break(self, node: Break, after: str, depth: int) -> None:
        if self.line or not self.last or not after:
            self._put("<br>")
            if not self.line and after:
                self._new_line("\n")
            return
        self._new_line("  \n")

    def _new_line(self, text: str) -> None:
        self.out.append(text)
        self.last = ""
        self.closed = ""

    def html(self, node: Html, after: str, depth: int) -> None:
        self._put(" ".join(node.value.split("\n")) if "\n" in node.value else node.value)

    def image(self, node: Image, after: str, depth: int) -> None:
        alt = escape_text(" ".join(node.alt.split("\n")), label=True, tildes=self.tildes)
        self._put(f"![{alt}]({_target(node.url, node.title)})")

    def link(self, node: Link, after: str, depth: int) -> None:
        children = node.children
        if len(children) == 1 and type(children[0]) is Text and not node.title:
            short = autolink(node.url, children[0].value)
            if short is not None:
                self._put(short)
                return
        self._put("[")
        self.label += 1
        self.write(children, "]", depth)
        self.label -= 1
        self._put(f"]({_target(node.url, node.title)})")

    def footnote(self, node: FootnoteReference, after: str, depth: int) -> None:
        self._put(f"[^{node.identifier}]")

    def style(self, node: Emphasis | Strong | Delete, after: str, depth: int) -> None:
        kind = type(node)
        mark, tag = _STYLES[kind]
        if kind in self.open_styles or depth > _DEPTH:
            self.write(node.children, after, depth + 1) if depth <= _DEPTH else self._put(_plain(node))
            return
        before, closed, place = self.last, self.closed, len(self.out)
        self.out.append("")
        self.closed = ""
        self.open_styles.append(kind)
        self.write(node.children, after, depth + 1)
        self.open_styles.pop()
        inner = self.out[place + 1 :]
        first = next((part for part in inner if part.lstrip("*")), "")
        mark = _choose(mark, before, closed, first, "".join(inner[-3:]), after)
        self.out[place] = mark or f"<{tag}>"
        self.out.append(mark or f"</{tag}>")
        self.last = (mark or ">")[-1]
        self.closed = mark[-1:]


def _choose(mark: str, before: str, closed: str, first: str, last: str, after: str) -> str:
    """Return the delimiter to write: ``mark``, ``_`` in place of ``*``, or nothing (then it is tags)."""
    if mark == "*" and after == "*" and closed != "_" and can_delimit("_", before, first[:1], last[-1:], after):
        return "_"  # a strong follows: *a***b** would be read in another way
    char = mark[0]
    inside_first = first.lstrip("*")[:1] if char == "*" else first[:1]
    inside_last = last.rstrip("*")[-1:] if char == "*" and not last.endswith("\\*") else last[-1:]
    if closed != char and can_delimit(char, before, inside_first, inside_last, after):
        return mark
    if mark == "*" and closed != "_" and can_delimit("_", before, first[:1], last[-1:], after):
        return "_"
    return ""


def _first_of(node: Inline) -> str:
    """Return a character of the same kind as the one that ``node`` will begin with."""
    if type(node) is Text:
        return node.value[:1] or " "
    return _FIRST.get(type(node), "[")


def _target(url: str, text: str | None) -> str:
    if not text:
        return destination(url) if url else ""
    return f"{destination(url)} {title(text)}"


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0])


def _plain(node: Any) -> str:
    return escape_text(plain_text(node), label=True)


_HANDLERS: Final[dict[type, Callable[[_Writer, Any, str, int], None]]] = {
    Text: _Writer.text,
    InlineCode: _Writer.code,
    Break: _Writer.hard_break,
    Html: _Writer.html,
    Image: _Writer.image,
    Link: _Writer.link,
    Emphasis: _Writer.style,
    Strong: _Writer.style,
    Delete: _Writer.style,
    FootnoteReference: _Writer.footnote,
}
