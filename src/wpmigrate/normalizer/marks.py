"""Marks (emphasis, links …) and leaves (text, breaks, images …), of which a run of inlines is made.

A *run* is everything between two block boundaries, flat: each leaf knows the marks that were open round it. That is why
emphasis that wraps blocks, empty emphasis, doubled emphasis and ``<strong>a</strong><strong>b</strong>`` need no cases of
their own: marks are compared, not nested, and the nesting is made at the end, once (:func:`~wpmigrate.normalizer.inlines.nest`).
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final, TypeAlias

from wpmigrate.model.nodes import Delete, Emphasis, Html, Inline, Link, Strong

__all__ = [
    "ANCHOR",
    "BLANK",
    "BREAK",
    "CODE",
    "DELETE",
    "EMPHASIS",
    "EMPTY",
    "KIND_OF",
    "MARKS_OF",
    "NODE",
    "STRONG",
    "STYLE_MARKS",
    "STYLE_NODES",
    "STYLE_TAGS",
    "TEXT",
    "Leaf",
    "Mark",
    "Marks",
]


class Mark:
    """Something that can be open round a leaf. Compared by identity: two links never join, emphasis always does."""

    __slots__ = ("close", "data", "kind", "open", "title", "url")

    kind: str
    """``emphasis``, ``strong``, ``delete``, ``link`` or ``tag``."""
    url: str
    """Of a link: where it leads."""
    title: str | None
    """Of a link: its ``title``."""
    open: str
    """Of a tag: the start tag."""
    close: str
    """Of a tag: the end tag."""
    data: dict[str, Any] | None
    """Of a link: its other attributes, as mdast's ``data``."""

    def __init__(
        self,
        kind: str,
        *,
        url: str = "",
        title: str | None = None,
        open: str = "",
        close: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        self.kind = kind
        self.url = url
        self.title = title
        self.open = open
        self.close = close
        self.data = data

    def wrap(self, children: list[Inline]) -> list[Inline]:
        """Return the node (or the two tags) of this mark round ``children``."""
        if self.kind == "tag":
            return [Html(self.open), *children, Html(self.close)]
        if self.kind == "link":
            return [Link(self.url, children, self.title, self.data)]
        return [STYLE_NODES[self.kind](children)]


STYLE_NODES: Final[dict[str, Any]] = {"emphasis": Emphasis, "strong": Strong, "delete": Delete}
"""Kind of a style -> its node."""

EMPHASIS: Final = Mark("emphasis")
STRONG: Final = Mark("strong")
DELETE: Final = Mark("delete")

STYLE_MARKS: Final = {"emphasis": EMPHASIS, "strong": STRONG, "delete": DELETE}
"""Kind of a style -> the one mark of it."""
STYLE_TAGS: Final = {EMPHASIS: "em", STRONG: "strong", DELETE: "del"}
"""Mark of a style -> its element."""

Marks: TypeAlias = tuple[Mark, ...]
"""The marks that are open round a leaf, the outermost first."""

TEXT, CODE, BREAK, NODE, ANCHOR, BLANK, EMPTY = range(7)
Leaf: TypeAlias = tuple[int, Any, Marks]
"""One piece of a run: (kind, value, marks): text and code are str, NODE an inline node, ANCHOR its id, BLANK the blank itself; the value of a BREAK
is True where a block ends inside a heading or cell (none is needed after another break) and None for a real ``br``."""

KIND_OF: Final = itemgetter(0)
"""The kind of a leaf."""
MARKS_OF: Final = itemgetter(2)
"""The marks of a leaf."""
