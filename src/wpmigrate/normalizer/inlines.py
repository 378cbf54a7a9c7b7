"""From a run of leaves (text, breaks, images …) under marks (emphasis, links …) to mdast inlines.

A *run* is everything between two block boundaries, flat: each leaf knows the marks that were open round it. That is why
emphasis that wraps blocks, empty emphasis, doubled emphasis and ``<strong>a</strong><strong>b</strong>`` need no cases of
their own: marks are compared, not nested, and the nesting is made here, once.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final, TypeAlias

from wpmigrate.model.nodes import (
    Break,
    Delete,
    Emphasis,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    Strong,
    Text,
)

__all__ = [
    "ANCHOR",
    "BREAK",
    "CODE",
    "DELETE",
    "EMPHASIS",
    "KIND_OF",
    "MARKS_OF",
    "NODE",
    "STRONG",
    "TEXT",
    "Leaf",
    "Mark",
    "Marks",
    "fold",
    "fold_text",
    "lines_of",
    "nest",
    "split_paragraphs",
]


class Mark:
    """Something that can be open round a leaf. Compared by identity: two links never join, emphasis always does."""

    __slots__ = ("close", "data", "kind", "open", "title", "url")

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
        return [_STYLES[self.kind](children)]


_STYLES: Final[dict[str, Any]] = {"emphasis": Emphasis, "strong": Strong, "delete": Delete}

EMPHASIS: Final = Mark("emphasis")
STRONG: Final = Mark("strong")
DELETE: Final = Mark("delete")

Marks: TypeAlias = tuple[Mark, ...]

TEXT, CODE, BREAK, NODE, ANCHOR, BLANK, EMPTY = range(7)
Leaf: TypeAlias = tuple[int, Any, Marks]
"""(kind, value, marks): text and code are str, NODE an inline node, ANCHOR its id, BLANK the blank itself; the value of a BREAK
is True where a block ends inside a heading or cell (none is needed after another break) and None for a real ``br``."""

_BLANKS = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
_EDGES = " \t\n\r\f\xa0"
_ONE_BLANK: Final = frozenset({"", " ", "\xa0"})


def _folded(text: str) -> str:
    # Plain searches are several times faster than one expression, and most text has nothing to fold.
    if "\n" in text or "  " in text or "\t" in text or "\xa0" in text or "\r" in text or "\f" in text:
        return _BLANKS.sub(" ", text)
    return text


def fold_text(text: str) -> str:
    """Return ``text``, a paragraph of its own, with its blanks folded as :func:`fold` does."""
    text = text.strip(_EDGES)
    return _folded(text)


def fold(run: list[Leaf]) -> list[Leaf]:
    """Fold the blanks of ``run`` as HTML folds them, also across leaves.

    A non-breaking space stays between two words and folds with any other blank beside it. Blanks stand as BLANK leaves
    under the marks that both neighbours share, so that no emphasis or link begins or ends with one; there is none at the
    edges of the run or beside a break.
    """
    leaves: list[Leaf] = []
    pending = ""
    fresh = True  # nothing visible since the start or the last break
    for kind, value, marks in run:
        if kind == TEXT:
            core = value.strip(_EDGES)
            if not core:
                pending = _join_blanks(pending, value)
                continue
            after = ""
            if len(core) != len(value):
                start = value.find(core[0])
                if start:
                    pending = _join_blanks(pending, value[:start])
                after = value[start + len(core) :]
            if pending and not fresh:
                leaves.append((BLANK, pending, marks))
            leaves.append((TEXT, _folded(core), marks))
            pending = after if after in _ONE_BLANK else " "
            fresh = False
        elif kind == BREAK:
            pending = ""
            if value and fresh:
                continue
            leaves.append((BREAK, None, marks))
            fresh = True
        else:
            if pending and not fresh:
                leaves.append((BLANK, pending, marks))
                pending = ""
            leaves.append((kind, value, marks))
            if kind != ANCHOR:
                fresh = False
                pending = ""
    depths = set(map(len, map(MARKS_OF, leaves)))
    if depths - {0} and NODE in set(map(KIND_OF, leaves)):
        _plain_images(leaves)
    if depths - {0, 1}:
        _align_styles(leaves)
    if depths - {0}:
        _share_marks(leaves)
    return leaves


def _plain_images(leaves: list[Leaf]) -> None:
    """Take styles off images that no text shares: nobody sees that an image is bold."""
    near: Marks = ()
    before: list[tuple[int, Marks]] = []
    for place, (kind, value, marks) in enumerate(leaves):
        if kind == NODE and isinstance(value, Image):
            before.append((place, near))
        elif kind not in (BLANK, BREAK, ANCHOR):
            near = marks
            before.append((place, marks))
    near = ()
    for place, left in reversed(before):
        kind, value, marks = leaves[place]
        if kind == NODE and isinstance(value, Image):
            leaves[place] = (kind, value, tuple(mark for mark in marks if mark.kind not in _STYLES or mark in left or mark in near))
        else:
            near = marks


def _align_styles(leaves: list[Leaf]) -> None:
    """Order emphasis, strong and delete of each leaf as its neighbours have them, so that they join.

    ``<em><b>a</b></em><b>b</b>`` is strong(em(a) b), as a person would have typed it; which of the two is outside says nothing.
    """
    solid = [index for index, leaf in enumerate(leaves) if leaf[0] not in (BLANK, BREAK, ANCHOR)]
    for place in range(len(solid) - 2, -1, -1):
        rival = leaves[solid[place - 1]][2] if place else ()
        _reorder(leaves, solid[place], leaves[solid[place + 1]][2], rival)
    for before, here in pairwise(solid):
        _reorder(leaves, here, leaves[before][2], ())


def _reorder(leaves: list[Leaf], index: int, guide: Marks, rival: Marks) -> None:
    """Put the marks that ``guide`` begins with first, unless that parts the leaf from ``rival``."""
    kind, value, marks = leaves[index]
    styles = [mark for mark in marks if mark.kind in _STYLES]
    if len(styles) < 2 or list(marks[: len(styles)]) != styles:
        return
    shared: list[Mark] = []
    for mark in guide:
        if mark not in styles:
            break
        shared.append(mark)
    new = (*shared, *(mark for mark in styles if mark not in shared), *marks[len(styles) :])
    if len(_common(rival, new)) >= len(_common(rival, marks)):
        leaves[index] = (kind, value, new)


KIND_OF: Final = itemgetter(0)
"""The kind of a leaf."""
MARKS_OF: Final = itemgetter(2)
"""The marks of a leaf."""


def _join_blanks(before: str, blanks: str) -> str:
    if not blanks:
        return before
    if before or len(blanks) > 1 or blanks != "\xa0":
        return " "
    return blanks


def _share_marks(leaves: list[Leaf]) -> None:
    """Give each blank and break the marks that the visible leaves on both sides have in common."""
    previous: Marks = ()
    waiting: list[int] = []
    for index, (kind, _, marks) in enumerate(leaves):
        if kind in (BLANK, BREAK, ANCHOR):
            waiting.append(index)
        else:
            if waiting:
                common = _common(previous, marks) if previous and marks else ()
                for place in waiting:
                    blank = leaves[place]
                    if blank[2] != common:
                        leaves[place] = (blank[0], blank[1], common)
                waiting.clear()
            previous = marks
    for place in waiting:
        leaves[place] = (leaves[place][0], leaves[place][1], ())


def _common(left: Marks, right: Marks) -> Marks:
    size = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        size += 1
    return left[:size]


def split_paragraphs(leaves: list[Leaf]) -> list[list[Leaf]]:
    """Split at two or more breaks in a row, which a person would have typed as a new paragraph; drop edge breaks."""
    paragraphs: list[list[Leaf]] = []
    current: list[Leaf] = []
    breaks: list[Leaf] = []
    for leaf in leaves:
        if leaf[0] == BREAK:
            breaks.append(leaf)
            continue
        if breaks:
            if len(breaks) > 1 and current:
                paragraphs.append(current)
                current = []
            elif current:
                current.append(breaks[0])
            breaks = []
        current.append(leaf)
    if current:
        paragraphs.append(current)
    return paragraphs


def lines_of(leaves: list[Leaf]) -> list[list[Leaf]]:
    """Split leaves at their breaks."""
    lines: list[list[Leaf]] = [[]]
    for leaf in leaves:
        if leaf[0] == BREAK:
            lines.append([])
        else:
            lines[-1].append(leaf)
    return lines


def nest(leaves: list[Leaf]) -> list[Inline]:
    """Return the inlines of folded ``leaves``: marks become nodes, neighbours under the same marks share them."""
    top: list[Inline] = []
    opened: list[tuple[Mark, list[Inline]]] = []
    children = top
    words: list[str] = []
    current: Marks = ()
    for kind, value, marks in leaves:
        if marks != current:
            current = marks
            if words:
                _end_text(words, children)
            keep = 0
            if opened and marks:
                for mark, frame in zip(marks, opened, strict=False):
                    if mark is not frame[0]:
                        break
                    keep += 1
            while len(opened) > keep:
                children = _close(opened, top)
            for mark in marks[keep:]:
                children = []
                opened.append((mark, children))
        if kind in (TEXT, BLANK):
            words.append(value)
            continue
        if words:
            _end_text(words, children)
        if kind == NODE:
            children.append(value)
        elif kind == CODE:
            _add_code(value, children)
        elif kind == BREAK:
            children.append(Break())
    if words:
        _end_text(words, children)
    while opened:
        _close(opened, top)
    return top


def _end_text(words: list[str], children: list[Inline]) -> None:
    children.append(Text(words[0] if len(words) == 1 else "".join(words)))
    words.clear()


def _close(opened: list[tuple[Mark, list[Inline]]], top: list[Inline]) -> list[Inline]:
    """Close the innermost open mark; return the children that are current after it."""
    mark, children = opened.pop()
    parent = opened[-1][1] if opened else top
    parent.extend(mark.wrap(children))
    return parent


def _add_code(value: str, children: list[Inline]) -> None:
    last = children[-1] if children else None
    if isinstance(last, InlineCode):
        last.value += value
    else:
        children.append(InlineCode(value))
