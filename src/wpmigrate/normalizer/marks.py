"""Marks (emphasis, links …) and leaves (text, breaks, images …), of which a run of inlines is made.

A *run* is everything between two block boundaries, flat: each leaf knows the marks that were open round it. That is why
emphasis that wraps blocks, empty emphasis, doubled emphasis and ``<strong>a</strong><strong>b</strong>`` need no cases of
their own: marks are compared, not nested, and the nesting is made at the end, once (:func:`~wpmigrate.normalizer.inlines.nest`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from wpmigrate.model import LinkRecord
from wpmigrate.model.nodes import Delete, Emphasis, Html, Inline, Link, Strong

__all__ = [
    "ANCHOR",
    "BLANK",
    "BREAK",
    "CODE",
    "DELETE",
    "EMPHASIS",
    "EMPTY",
    "GAP",
    "MARKED",
    "NODE",
    "STRONG",
    "STYLE_MARKS",
    "STYLE_TAGS",
    "TEXT",
    "Leaf",
    "LinkMark",
    "Mark",
    "Marks",
    "StyleMark",
    "TagMark",
]


class Mark:
    """Something that can be open round a leaf. Compared by identity: two links never join, emphasis always does."""

    __slots__ = ()

    kind: str
    """``emphasis``, ``strong``, ``delete``, ``link`` or ``tag``."""

    def wrap(self, children: list[Inline], parent: list[Inline]) -> None:
        """Append the node (or the two tags) of this mark round ``children`` to ``parent``."""
        raise NotImplementedError


class StyleMark(Mark):
    """Emphasis, strong or delete; there is one of each."""

    __slots__ = ("_node", "kind")

    def __init__(self, kind: str, node: Callable[[list[Inline]], Inline]) -> None:
        self.kind = kind
        self._node = node

    def wrap(self, children: list[Inline], parent: list[Inline]) -> None:
        parent.append(self._node(children))


class LinkMark(Mark):
    """A link."""

    __slots__ = ("data", "embed", "record", "shown", "title", "url")

    kind = "link"
    url: str
    """Where it leads."""
    title: str | None
    """Its ``title``."""
    data: dict[str, Any] | None
    """Its other attributes, as mdast's ``data``."""
    embed: str
    """Which kind of medium of the source it stands for (embed, audio, video); empty for a plain link."""
    record: LinkRecord | None
    """Its record, once something that shows has been found in it."""
    shown: bool
    """Whether it, or the same link just before it, has been written: nobody misses more pieces in which nothing shows."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.title = None
        self.data = None
        self.embed = ""
        self.record = None
        self.shown = False

    def wrap(self, children: list[Inline], parent: list[Inline]) -> None:
        parent.append(Link(self.url, children, self.title, self.data))


class TagMark(Mark):
    """An element whose two tags stay in the line."""

    __slots__ = ("close", "open")

    kind = "tag"
    open: str
    """The start tag."""
    close: str
    """The end tag."""

    def __init__(self, open: str, close: str) -> None:
        self.open = open
        self.close = close

    def wrap(self, children: list[Inline], parent: list[Inline]) -> None:
        parent += (Html(self.open), *children, Html(self.close))


EMPHASIS: Final = StyleMark("emphasis", Emphasis)
STRONG: Final = StyleMark("strong", Strong)
DELETE: Final = StyleMark("delete", Delete)

STYLE_MARKS: Final[dict[str, Mark]] = {"emphasis": EMPHASIS, "strong": STRONG, "delete": DELETE}
"""Kind of a style -> the one mark of it."""
STYLE_TAGS: Final[dict[Mark, str]] = {EMPHASIS: "em", STRONG: "strong", DELETE: "del"}
"""Mark of a style -> its element."""

Marks: TypeAlias = tuple[Mark, ...]
"""The marks that are open round a leaf, the outermost first."""

TEXT, CODE, BREAK, NODE, ANCHOR, BLANK, EMPTY = (1 << bit for bit in range(7))
Leaf: TypeAlias = tuple[int, Any, Marks]
"""One piece of a run: (kind, value, marks): text and code are str, NODE an inline node, ANCHOR its id, BLANK the blank itself; the value of a BREAK
is True where a block ends inside a heading or cell (none is needed after another break), GAP where a paragraph does inside a cell
(two are needed) and None for a real ``br``."""

GAP: Final = "gap"

MARKED: Final = 1 << 7
"""Among the kinds of a run's leaves: some leaf has marks."""
