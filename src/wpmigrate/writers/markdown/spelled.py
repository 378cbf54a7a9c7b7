"""Inlines in a dialect that is not CommonMark's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape as escape_attribute
from typing import Any, ClassVar, Final

from wpmigrate.model.nodes import Delete, FootnoteReference, Html, Image, Inline, InlineCode, Link
from wpmigrate.writers.html import write_html
from wpmigrate.writers.markdown.escape import (
    ALL_DELIMITERS,
    code_span,
    dangerous_delimiters,
    destination,
    title,
)
from wpmigrate.writers.markdown.flatten import Edge, Raw, flatten
from wpmigrate.writers.markdown.inline_html import NotMarkdownError
from wpmigrate.writers.markdown.inlines import InlineWriter
from wpmigrate.writers.markdown.open_tags import OpenTags, is_misread
from wpmigrate.writers.markdown.spelling import Spelling

__all__ = ["write_spelled"]

_BACKSLASH: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
"""Escapes, which kramdown shows as they are in a tag for code."""
_NEW_LINES: Final = {"spaces": "  \n", "backslash": "\\\n", "br": "<br>\n"}


def write_spelled(
    nodes: Sequence[Inline], spelling: Spelling, *, line: bool = False, item: bool = False, cell: bool = False
) -> str:
    """Return ``nodes`` as Markdown in the dialect of ``spelling``; as :func:`inlines.write_inlines`.

    ``cell``: they are a table's cell. Raises :class:`NotMarkdownError` as that one does.
    """
    tokens = flatten(nodes)
    if spelling.dialect.deletions == "html":
        for token in tokens:
            if type(token) is Edge and token.kind is Delete and token.style is not None:
                token.style.spellings = token.style.spellings[-1:]
    text = _SpelledWriter(tokens, line, item, spelling, cell).write()
    if not spelling.dialect.markdown_in_html and is_misread(text):
        raise NotMarkdownError(text)
    if cell:
        return text.replace("|", "&#124;")
    return text if line else spelling.edges(text)


class _SpelledWriter(InlineWriter):
    """One block's tokens on their way to text."""

    wary = True

    def __init__(self, tokens: list[Any], line: bool, item: bool, spelling: Spelling, cell: bool) -> None:
        super().__init__(tokens, line, item, _NEW_LINES[spelling.dialect.line_break])
        self.spelling = spelling
        self.tags = OpenTags()
        self.cell = cell

    def escape(self, text: str) -> str:
        if self.delimiters is None:
            self.delimiters = self.dangerous()
        return self.spelling.escape_text(text, self.delimiters, label=self.label, cell=self.cell)

    def escape_all(self, text: str, label: bool = False) -> str:
        return self.spelling.escape_text(text, ALL_DELIMITERS, label=label, cell=self.cell)

    def line_start(self, text: str, ends: bool) -> str:
        return self.spelling.escape_line_start(text, first=self.first, item=self.item and self.first, ends=ends)

    def find_dangerous(self, texts: list[tuple[str, bool, bool]]) -> str:
        if self.spelling.dialect.emphasis == "commonmark":
            return dangerous_delimiters(texts)
        return "".join(char for char in ALL_DELIMITERS if sum(text.count(char) for text, _, _ in texts) > 1)

    def code(self, node: InlineCode, following: Any) -> None:
        value = node.value.replace("\n", " ")
        if not value or type(self.previous) is InlineCode or self.spelling.span_tags(value) or (self.cell and "|" in value):
            text = _BACKSLASH.sub(lambda match: f"&#{ord(match[1])};", self.escape_all(value, self.label))
            self.out.append("<code>" + text.replace("\t", "&#9;") + "</code>")
        else:
            self.out.append(code_span(value))

    def image(self, node: Image, following: Any) -> None:
        plain = " ".join(node.alt.split("\n"))
        alt = self.escape_all(plain, label=True)
        odd_alt = alt != plain and not self.spelling.dialect.alt_escapes
        if odd_alt or self.spelling.image_tags(node.url) or self.odd_title(node.title):
            self.out.append(self.tag(f'<img src="{_attribute(node.url)}" alt="{_attribute(plain)}"{_title(node.title)}>'))
            return
        if alt[:1] == "^":
            alt = "\\" + alt  # cmark-gfm takes ![^ for a footnote
        self.out.append(f"![{alt}]({self.target(node)})")

    def html(self, node: Html, following: Any) -> None:
        super().html(node, following)
        if self.spelling.dialect.balanced_html:
            self.out[-1] = self.tags.feed(self.out[-1])
        if self.out[-1][1:2].isalpha():  # comments and instructions know no references
            self.out[-1] = self.tag(self.out[-1])
        else:
            self.out[-1] = self.spelling.in_html(self.out[-1])

    def footnote(self, node: FootnoteReference, following: Any) -> None:
        if self.spelling.dialect.footnotes == "html":
            self.out.append(write_html(node))
        else:
            super().footnote(node, following)

    def raw(self, text: Raw, following: Any) -> None:
        url = text[1:-1]
        if self.spelling.url_tags(url):
            shown, scheme = self.escape_all(url), "mailto:" if ":" not in url else ""
            self.out.append(self.tag(f'<a href="{_attribute(scheme + url)}">') + shown + "</a>")
        else:
            self.out.append(text)

    def edge(self, edge: Edge, following: Any) -> None:
        link = edge.link
        if link is None:
            super().edge(edge, following)
        elif self.spelling.url_tags(link.url) or self.odd_title(link.title):
            self.label = False
            self.out.append(self.tag(f'<a href="{_attribute(link.url)}"{_title(link.title)}>') if edge.begins else "</a>")
        else:
            self.label = edge.begins
            self.out.append("[" if edge.begins else f"]({self.target(link)})")

    def target(self, node: Link | Image) -> str:
        """Return the address and title of ``node`` as they stand in round brackets."""
        url = destination(node.url) if node.url else ""
        if not node.title:
            return url
        return f"{url or '<>'} {self.title(node.title)}"

    def title(self, text: str) -> str:
        if self.spelling.dialect.titles == "backslash":
            return title(text)
        return '"' + _attribute(text).replace("`", "&#96;").replace("|", "&#124;") + '"'

    def odd_title(self, text: str | None) -> bool:
        """Whether a title has backslashes that no spelling saves: cmark reads references first, backslashes then."""
        return bool(text) and self.spelling.dialect.titles == "entity" and "\\" in str(text)

    def tag(self, tag: str) -> str:
        """Return ``tag``, its pipes as references: kramdown sees the columns of a table in them."""
        return self.spelling.in_html(tag).replace("|", "&#124;")

    handlers: ClassVar[dict[type, Callable[[Any, Any, Any], None]]] = {
        **InlineWriter.handlers,
        InlineCode: code,
        Image: image,
        Html: html,
        FootnoteReference: footnote,
        Raw: raw,
        Edge: edge,
    }


def _attribute(text: str) -> str:
    return escape_attribute(" ".join(text.split("\n")))


def _title(text: str | None) -> str:
    return f' title="{_attribute(text)}"' if text else ""
