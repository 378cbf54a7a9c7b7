"""A body that is Markdown already: its tree and its records. The text itself stays as it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import msgspec
from pyromark import Markdown, Options

from wpmigrate.model import Notice, nodes
from wpmigrate.normalizer.links import is_script
from wpmigrate.normalizer.markdown_pieces import pieces
from wpmigrate.normalizer.markdown_tables import MARK, part_tables, without_marks
from wpmigrate.normalizer.marks import CODE, EMPTY, NODE, TEXT, Leaf, LinkMark, Marks
from wpmigrate.normalizer.records import Records
from wpmigrate.wordpress.depth import DEPTH

__all__ = ["Tidied", "Tidy", "give_data", "markdown_records", "markdown_tree"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
_LINES_TAG = re.compile(r"<(?:code|tt|samp|pre|textarea|listing|xmp)[\s>]", re.I)
"""HTML in which a line end is one; who knows where somebody closed it."""


class Tidied(msgspec.Struct, frozen=True):
    """A Markdown body with less raw HTML than before."""

    text: str
    """The body."""
    notices: Sequence[Notice] = ()
    """What was mapped or dropped on the way."""
    nodes: Sequence[nodes.Image | nodes.Link] = ()
    """All images and links in order, with the data of those of which the HTML said more than Markdown can (sizes, sides, the window
    that a link opens); none when there is no such data."""


Tidy: TypeAlias = Callable[[str], Tidied]
"""Takes a body that is Markdown already, and writes its raw HTML as Markdown too."""

_Event: TypeAlias = Any
"""``{"Start": tag}``, ``{"End": tag}``, ``{"Text": words}`` and their like, or the name of what has no content."""

_ONE_TILDE = re.compile(r"~(?<!~~)(?!~)")
_STRUCK: Final = {"Start": "Strikethrough"}
_STRUCK_END: Final = {"End": "Strikethrough"}


def _fenced(kind: Any) -> nodes.Code:
    if kind == "Indented":
        return nodes.Code("")
    lang, _, meta = kind["Fenced"].strip().partition(" ")
    return nodes.Code("", lang or None, meta.strip() or None)


def _link(link: dict[str, str]) -> nodes.Link:
    scheme = "mailto:" if link["link_type"] == "Email" else ""
    return nodes.Link(scheme + link["dest_url"], [], link["title"] or None)


def _table(columns: Iterable[str]) -> nodes.Table:
    return nodes.Table([], align=[None if column == "None" else column.lower() for column in columns])


_BLOCKS: Final[dict[str, Callable[[Any], Any]]] = {
    "Paragraph": lambda _: nodes.Paragraph([]),
    "Heading": lambda heading: nodes.Heading(int(heading["level"][1]), []),
    "BlockQuote": lambda _: nodes.Blockquote([]),
    "List": lambda start: nodes.List([], ordered=start is not None, start=start),
    "Item": lambda _: nodes.ListItem([]),
    "Table": _table,
    "TableHead": lambda _: nodes.TableRow([]),
    "TableRow": lambda _: nodes.TableRow([]),
    "TableCell": lambda _: nodes.TableCell([]),
    "CodeBlock": _fenced,
    "HtmlBlock": lambda _: nodes.Html(""),
}
"""Tag of a block -> its node, still empty."""

_SPANS: Final[dict[str, Callable[[Any], Any]]] = {
    "Emphasis": lambda _: nodes.Emphasis([]),
    "Strong": lambda _: nodes.Strong([]),
    "Strikethrough": lambda _: nodes.Delete([]),
    "Link": _link,
    "Image": lambda image: _Picture(nodes.Image(image["dest_url"], image["title"] or None)),
}
"""Tag of an inline -> its node, still empty."""

_LEAVES: Final[dict[str, Callable[[str], nodes.Inline]]] = {
    "Code": nodes.InlineCode,
    "InlineHtml": nodes.Html,
}
"""Inline without children -> its node."""


class _Picture:
    """An image whose alternative text is being read."""

    def __init__(self, image: nodes.Image) -> None:
        self.image = image
        self.children: list[nodes.Inline] = []


def markdown_tree(text: str) -> nodes.Root:
    """Return the mdast tree of the Markdown ``text`` (CommonMark with GFM's tables and, between two tildes, strikethrough).

    A text that nests deeper than :data:`~wpmigrate.wordpress.depth.DEPTH`, which no JSON reader could follow, is one code
    block rather than lost; so is one that is no Unicode (lone surrogates). Never raises.
    """
    builder = _Builder("\n" if "<" in text and _LINES_TAG.search(text) else " ")
    try:
        for piece in pieces(part_tables(text)):
            for event in _events(piece):
                builder.read(event)
                if len(builder.stack) > DEPTH:
                    return _as_code(text)
    except UnicodeEncodeError:
        return _as_code(text)
    return builder.root


def _events(piece: str) -> Iterable[_Event]:
    """Return the parser's events for ``piece``, in which one tilde is a character.

    Engines disagree on ``H~2~O`` and ``~so~``; those of WordPress's plugins and of Jekyll strike out between two tildes only.
    """
    return _with_single_tildes(piece) if "~" in piece and _ONE_TILDE.search(piece) else _ENGINE.events(piece)


def _with_single_tildes(piece: str) -> Iterator[_Event]:
    data = piece.encode()
    single: list[bool] = []
    for event, span in _ENGINE.events_with_range(piece):
        if event == _STRUCK:
            single.append(data[span["start"] : span["start"] + 2] != b"~~")
            yield {"Text": "~"} if single[-1] else event
        elif event == _STRUCK_END:
            yield {"Text": "~"} if single.pop() else event
        else:
            yield event


def _as_code(text: str) -> nodes.Root:
    return nodes.Root([nodes.Code(text.removesuffix("\n"), "markdown")])


class _Builder:
    """Makes a tree of the parser's events."""

    def __init__(self, line_end: str) -> None:
        """Take how a soft line end reads."""
        self.root = nodes.Root([])
        self.stack: list[Any] = [self.root]
        self.words: list[str] = []
        self._line_end = line_end

    def read(self, event: _Event) -> None:
        """Read the next event."""
        if type(event) is str:
            self._plain(event)
            return
        ((kind, value),) = event.items()
        if kind == "Text":
            self._inline()
            self.words.append(value)
        elif kind == "Html":
            self.words.append(value)
        elif kind == "Start":
            self._start(value)
        elif kind == "End":
            self._end(value)
        else:
            self._inline()
            self._flush()
            self.stack[-1].children.append(_LEAVES[kind](value))

    def _plain(self, name: str) -> None:
        if name == "SoftBreak":
            self.words.append(self._line_end)
        elif name == "Rule":
            self._flush()
            self._end_tight()
            self.stack[-1].children.append(nodes.ThematicBreak())
        else:
            self._inline()
            self._flush()
            self.stack[-1].children.append(nodes.Break())

    def _start(self, tag: Any) -> None:
        name, value = (tag, None) if type(tag) is str else next(iter(tag.items()))
        make = _SPANS.get(name)
        if make is not None:
            self._inline()
            self._flush()
            node = make(value)
        else:
            self._flush()
            self._end_tight()
            node = _BLOCKS[name](value)
            if name == "Paragraph" and type(self.stack[-1]) is nodes.ListItem:
                self.stack[-2].spread = self.stack[-1].spread = True
        if name != "Image":
            self.stack[-1].children.append(node)
        self.stack.append(node)

    def _end(self, tag: Any) -> None:
        node = self.stack[-1]
        if type(node) is nodes.Code:
            node.value = without_marks(self._text()).removesuffix("\n")
        elif type(node) is nodes.Html:
            value = self._text().rstrip("\n")
            node.value = without_marks(value)
            if value.strip(" \t") == MARK:
                self.stack[-2].children.pop()
        else:
            if type(node) is nodes.Heading and self.words:
                self.words[-1] = self.words[-1].rstrip(" \t")  # the parser leaves a tab there
            self._flush()
            if tag == "Item":
                self._end_tight()
        self.stack.pop()
        if type(node) is _Picture:
            node.image.alt = nodes.plain_text(nodes.Paragraph(node.children))
            self.stack[-1].children.append(node.image)

    def _inline(self) -> None:
        """Begin the paragraph that the parser does not name: the items of tight lists have none."""
        if type(self.stack[-1]) is nodes.ListItem:
            paragraph = nodes.Paragraph([])
            self.stack[-1].children.append(paragraph)
            self.stack.append(paragraph)

    def _end_tight(self) -> None:
        """End such a paragraph: a paragraph of its own would have ended already."""
        if type(self.stack[-1]) is nodes.Paragraph:
            self.stack.pop()

    def _flush(self) -> None:
        value = self._text()
        if value:
            self.stack[-1].children.append(nodes.Text(value))

    def _text(self) -> str:
        """Return the words that were read, and forget them."""
        value = "".join(self.words)
        self.words.clear()
        return value


_LINES: Final = frozenset({nodes.Paragraph, nodes.Heading, nodes.TableCell})
"""Blocks of inlines."""
_WORDS: Final = frozenset({nodes.Text, nodes.InlineCode, nodes.Break})
"""Inlines without a link or an image."""


def give_data(root: nodes.Root, known: Sequence[nodes.Image | nodes.Link], sources: dict[str, str]) -> None:
    """Give the images and links of ``root`` the data of those in ``known``, which stand in the same order.

    ``sources`` has the old address of those that have moved.
    """
    waiting: dict[tuple[type, str], deque[nodes.Image | nodes.Link]] = {}
    for one in known:
        waiting.setdefault((type(one), one.url), deque()).append(one)
    for node in nodes.walk(root):
        if isinstance(node, nodes.Image | nodes.Link):
            same = waiting.get((type(node), sources.get(node.url, node.url)))
            if same:
                node.data = same.popleft().data


def markdown_records(root: nodes.Root, records: Records) -> None:
    """Put the links and media of ``root``, which has no raw HTML, into ``records``, in order, each with the line that it stands in."""
    for block in root.children:
        records.section += type(block) is nodes.Heading and block.data is not None  # one of the sections
        stack: list[Any] = [block]
        while stack:
            node = stack.pop()
            if type(node) in _LINES:
                if not _WORDS.issuperset(map(type, node.children)):
                    records.read_lines(_lines(node), "")
            else:
                stack.extend(reversed(getattr(node, "children", ())))


def _mark(link: nodes.Link) -> LinkMark:
    """Return the mark of ``link``; one that stands for a player says so in its data."""
    mark = LinkMark(link.url)
    if link.data and "player" in link.data:
        mark.data = link.data
    return mark


def _lines(block: nodes.Paragraph | nodes.Heading | nodes.TableCell) -> list[list[Leaf]]:
    """Return the leaves of ``block`` by lines, each with the link that it stands in."""
    lines: list[list[Leaf]] = [[]]
    stack: list[tuple[Any, Marks]] = [(child, ()) for child in reversed(block.children)]
    while stack:
        node, marks = stack.pop()
        kind = type(node)
        if kind is nodes.Text:
            lines[-1].append((TEXT, node.value, marks))
        elif kind is nodes.InlineCode:
            lines[-1].append((CODE, node.value, marks))
        elif kind is nodes.Break:
            lines.append([])
        elif kind is nodes.Image:
            if node.url.strip():
                lines[-1].append((NODE, node, marks))
        else:
            if kind is nodes.Link:
                marks = () if is_script(node.url) else (_mark(node),)
                lines[-1].append((EMPTY, None, marks))  # a link of nothing is one
            stack.extend([(child, marks) for child in reversed(node.children)])
    return lines
