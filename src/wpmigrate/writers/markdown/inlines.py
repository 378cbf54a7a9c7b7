"""mdast inlines → Markdown: flat tokens, each written with what stands round it in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from wpmigrate.model.nodes import (
    Break,
    FootnoteReference,
    Html,
    Image,
    Inline,
    InlineCode,
    Text,
)
from wpmigrate.writers.markdown.delimiters import Style, choose_spellings
from wpmigrate.writers.markdown.escape import (
    ALL_DELIMITERS,
    code_span,
    dangerous_delimiters,
    destination,
    escape_line_start,
    escape_text,
    is_definition,
    is_suspect,
    title,
)
from wpmigrate.writers.markdown.flatten import Edge, Raw, flatten
from wpmigrate.writers.markdown.inline_html import NotMarkdownError, is_inline_html

__all__ = ["InlineWriter", "write_inlines"]

_BLANKS: Final = " \t\f\v"


def write_inlines(nodes: Sequence[Inline], *, line: bool = False, item: bool = False, new_line: str = "  \n") -> str:
    """Return ``nodes`` as Markdown. Blanks at the edges of lines, which nobody sees, vanish.

    ``line``: everything must stay on one line (headings, cells), so a break is ``<br>``. ``item``: the text begins a list
    item. ``new_line``: how a break is written elsewhere.
    Raises :class:`NotMarkdownError` where the nodes hold raw HTML that Markdown would not leave alone.
    """
    if len(nodes) == 1 and type(nodes[0]) is Text and "\n" not in nodes[0].value:
        return _only_text(nodes[0].value.strip(_BLANKS), line, item)
    return InlineWriter(flatten(nodes), line, item, new_line).write()


def _only_text(text: str, line: bool, item: bool) -> str:
    if is_suspect(text):
        text = escape_text(text, dangerous_delimiters([(text, True, True)]))
    return text if line else escape_line_start(text, item=item)


class InlineWriter:
    """One block's tokens on their way to text. A dialect's own writer says otherwise what it spells otherwise."""

    wary = False
    """Whether all text is looked at closely, also text that CommonMark has nothing against."""
    handlers: ClassVar[dict[type, Callable[[Any, Any, Any], None]]] = {}
    """Kind of token -> how it is written."""

    def __init__(self, tokens: list[Any], line: bool, item: bool, new_line: str) -> None:
        self.tokens = tokens
        self.line = line
        self.item = item
        self.new_line = new_line
        self.out: list[str] = []
        self.styles: list[Style] = []
        self.label = False
        """Whether a link is open."""
        self.fresh = True
        """Whether nothing is on the line yet."""
        self.first = True
        """Whether it is the first line."""
        self.previous: Any = None
        """The token before this one."""
        self.delimiters: str | None = None
        """The delimiters that text must not hold unescaped, once they are looked for."""

    def write(self) -> str:
        """Return the text."""
        tokens, out, handlers = self.tokens, self.out, self.handlers
        last = len(tokens) - 1
        for place, token in enumerate(tokens):
            following = tokens[place + 1] if place < last else None
            kind = type(token)
            if kind is str:
                self._text(token, following)
            else:
                handlers[kind](self, token, following)
                self.fresh = kind is Break and out[-1] == self.new_line
            self.previous = token
        if self.styles:
            choose_spellings(out, self.styles)
        text = "".join(out)
        if text[:1] == "[" and not self.line and is_definition(text):
            if type(tokens[0]) is not str:
                raise NotMarkdownError(text)
            text = "\\" + text
        return text

    def escape(self, text: str) -> str:
        """Return ``text`` such that it is nothing but text."""
        if self.delimiters is None:
            self.delimiters = self.dangerous()
        return escape_text(text, self.delimiters, label=self.label)

    def line_start(self, text: str, ends: bool) -> str:
        """Return ``text``, with which a line begins, such that it begins no block; ``ends``: the line ends with it."""
        return escape_line_start(text, first=self.first, item=self.item and self.first, ends=ends)

    def find_dangerous(self, texts: list[tuple[str, bool, bool]]) -> str:
        """Return which delimiters in ``texts`` might pair up."""
        return dangerous_delimiters(texts)

    def dangerous(self) -> str:
        """Return the delimiters that text must not hold unescaped."""
        tokens = self.tokens
        kinds = set(map(type, tokens))
        if Edge in kinds and any(type(token) is Edge and token.style is not None for token in tokens):
            return ALL_DELIMITERS
        found = self.find_dangerous([
            (token, _is_edge(tokens, place - 1), _is_edge(tokens, place + 1))
            for place, token in enumerate(tokens)
            if type(token) is str
        ])
        return found if kinds == {str} else found + "`"

    def _text(self, text: str, following: Any) -> None:
        ends = following is None or type(following) is Break
        if ends:
            text = text.rstrip(_BLANKS)
        if self.fresh:
            text = text.lstrip(_BLANKS)
        if not text:
            return
        written = self.escape(text) if is_suspect(text) or self.wary else text
        if self.fresh and not self.line:
            written = self.line_start(written, ends)
        if written[-1] == "!" and _is_bracket(following):
            written = written[:-1] + "\\!"
        self.out.append(written)
        self.fresh = False

    def code(self, node: InlineCode, following: Any) -> None:
        value = node.value.replace("\n", " ")
        if not value or type(self.previous) is InlineCode:  # two spans in a row would be one
            self.out.append(f"<code>{escape_text(value, label=self.label)}</code>")
        else:
            self.out.append(code_span(value))

    def hard_break(self, node: Break, following: Any) -> None:
        opened = type(self.previous) is Edge and self.previous.begins
        closes = following is None or (type(following) is Edge and not following.begins)
        if self.line or self.fresh or opened or closes:
            self.out.append("<br>")
        else:
            self.out.append(self.new_line)
            self.first = False

    def html(self, node: Html, following: Any) -> None:
        value = " ".join(node.value.split("\n")) if "\n" in node.value else node.value
        if not is_inline_html(value):
            raise NotMarkdownError(value)
        self.out.append(value)

    def image(self, node: Image, following: Any) -> None:
        alt = escape_text(" ".join(node.alt.split("\n")), label=True)
        if alt[:1] == "^":
            alt = "\\" + alt  # cmark-gfm takes ![^ for a footnote
        self.out.append(f"![{alt}]({_target(node.url, node.title)})")

    def footnote(self, node: FootnoteReference, following: Any) -> None:
        self.out.append(f"[^{node.identifier}]")

    def raw(self, text: Raw, following: Any) -> None:
        self.out.append(text)

    def edge(self, edge: Edge, following: Any) -> None:
        link, style = edge.link, edge.style
        if link is not None:
            self.label = edge.begins
            self.out.append("[" if edge.begins else f"]({_target(link.url, link.title)})")
        elif style is not None:
            if edge.begins:
                style.open = len(self.out)
                self.styles.append(style)
            else:
                style.close = len(self.out)
            self.out.append("")


def _is_edge(tokens: list[Any], place: int) -> bool:
    """Whether there is no token at ``place``, or a break."""
    return not 0 <= place < len(tokens) or type(tokens[place]) is Break


def _is_bracket(token: Any) -> bool:
    """Whether the next character will be ``[``."""
    kind = type(token)
    return kind is FootnoteReference or (kind is Edge and token.begins and token.link is not None)


def _target(url: str, text: str | None) -> str:
    if not text:
        return destination(url) if url else ""
    return f"{destination(url)} {title(text)}"


InlineWriter.handlers = {
    InlineCode: InlineWriter.code,
    Break: InlineWriter.hard_break,
    Html: InlineWriter.html,
    Image: InlineWriter.image,
    FootnoteReference: InlineWriter.footnote,
    Raw: InlineWriter.raw,
    Edge: InlineWriter.edge,
}
