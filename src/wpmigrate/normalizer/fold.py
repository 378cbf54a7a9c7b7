"""Blanks folded as HTML folds them, and marks that join as a person would have typed them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from wpmigrate.model.nodes import Image
from wpmigrate.normalizer.marks import (
    ANCHOR,
    BLANK,
    BREAK,
    GAP,
    MARKED,
    NODE,
    STYLE_TAGS,
    TEXT,
    Leaf,
    Mark,
    Marks,
)

__all__ = ["fold", "fold_text", "layout_blanks", "without_edge_breaks"]

_BLANKS = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
_EDGES = " \t\n\r\f\xa0"
_ONE_BLANK: Final = frozenset({"", " ", "\xa0"})
_STYLES: Final = frozenset(STYLE_TAGS)
_UNSEEN: Final = BREAK | ANCHOR
_BETWEEN: Final = BLANK | _UNSEEN
"""What has the marks that both neighbours share."""


def fold_text(text: str) -> str:
    """Return ``text``, a paragraph of its own, with its blanks folded as :func:`fold` does."""
    text = text.strip(_EDGES)
    return _folded(text)


def fold(run: list[Leaf]) -> tuple[list[Leaf], int]:
    """Fold the blanks of ``run`` as HTML folds them, also across leaves; return the leaves and their kinds, with MARKED.

    A non-breaking space stays between two words and folds with any other blank beside it. Blanks stand as BLANK leaves
    under the marks that both neighbours share, so that no emphasis or link begins or ends with one; there is none at the
    edges of the run or beside a break.
    """
    leaves: list[Leaf] = []
    add = leaves.append
    kinds = depth = 0
    pending = ""
    previous: Marks = ()
    fresh = True  # nothing visible since the start or the last break
    for kind, value, marks in run:
        if marks:
            depth |= len(marks)
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
                add((BLANK, pending, marks if marks == previous else _common(previous, marks)))
                kinds |= BLANK
            add((TEXT, _folded(core), marks))
            previous = marks
            pending = after if after in _ONE_BLANK else " "
            fresh = False
        elif kind == BREAK:
            pending = ""
            if value and fresh and (value is not GAP or not _ends_in_one_break(leaves)):
                continue
            if value is GAP and not fresh:
                add((BREAK, None, marks))
            add((BREAK, None, marks))
            fresh = True
        else:
            if pending and not fresh:
                add((BLANK, pending, _common(previous, marks)))
                kinds |= BLANK
                pending = ""
            add((kind, value, marks))
            if kind != ANCHOR:
                previous = marks
                fresh = False
                pending = ""
        kinds |= kind
    if depth:
        _tidy_marks(leaves, kinds, depth)
        kinds |= MARKED
    return leaves, kinds


def _ends_in_one_break(leaves: list[Leaf]) -> bool:
    return bool(leaves) and leaves[-1][0] == BREAK and (len(leaves) < 2 or leaves[-2][0] != BREAK)


def layout_blanks(run: list[Leaf], leaves: list[Leaf]) -> int:
    """Return how many non-breaking spaces of ``run`` are not in ``leaves``, which :func:`fold` made of it."""
    before = 0
    for kind, value, _ in run:
        if kind == TEXT and "\xa0" in value:
            before += value.count("\xa0")
    if not before:
        return 0
    after: int = sum(value.count("\xa0") for kind, value, _ in leaves if kind & (TEXT | BLANK))
    return before - after


def without_edge_breaks(leaves: list[Leaf]) -> list[Leaf]:
    """Return ``leaves`` without the breaks that they begin and end with."""
    start, end = 0, len(leaves)
    while end > start and leaves[end - 1][0] == BREAK:
        end -= 1
    while start < end and leaves[start][0] == BREAK:
        start += 1
    return leaves[start:end] if end - start < len(leaves) else leaves


def _folded(text: str) -> str:
    # Plain searches are several times faster than one expression, and most text has nothing to fold.
    if "\n" in text:
        text = text.replace("\n", " ")
    if "\t" in text or "\r" in text or "\f" in text:
        return _BLANKS.sub(" ", text)
    if "\xa0" in text:
        text = text.replace("\xa0\xa0", " ").replace("\xa0 ", " ").replace(" \xa0", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _join_blanks(before: str, blanks: str) -> str:
    if not blanks:
        return before
    if before or len(blanks) > 1 or blanks != "\xa0":
        return " "
    return blanks


def _tidy_marks(leaves: list[Leaf], kinds: int, depth: int) -> None:
    """Make the marks of neighbours such that they join where a person would have typed one; ``depth``: 1 is one mark a leaf at the most."""
    shared = not kinds & _UNSEEN  # a blank has been given what its neighbours share
    if kinds & NODE and any(map(_is_styled_image, leaves)):
        _plain_images(leaves)
        shared = False
    if depth > 1:
        _align_styles(leaves)
        shared = False
    if not shared:
        _share_marks(leaves)


def _is_styled_image(leaf: Leaf) -> bool:
    return leaf[0] == NODE and type(leaf[1]) is Image and not _STYLES.isdisjoint(leaf[2])


def _plain_images(leaves: list[Leaf]) -> None:
    """Take styles off images that no text shares: nobody sees that an image is bold."""
    near: Marks = ()
    before: list[tuple[int, Marks]] = []
    for place, (kind, value, marks) in enumerate(leaves):
        if kind == NODE and isinstance(value, Image):
            before.append((place, near))
        elif not kind & _BETWEEN:
            near = marks
            before.append((place, marks))
    near = ()
    for place, left in reversed(before):
        kind, value, marks = leaves[place]
        if kind == NODE and isinstance(value, Image):
            leaves[place] = (kind, value, tuple(mark for mark in marks if mark not in _STYLES or mark in left or mark in near))
        else:
            near = marks


def _align_styles(leaves: list[Leaf]) -> None:
    """Order emphasis, strong and delete of each leaf as its neighbours have them, so that they join.

    ``<em><b>a</b></em><b>b</b>`` is strong(em(a) b), as a person would have typed it; which of the two is outside says nothing.
    """
    solid = [index for index, leaf in enumerate(leaves) if not leaf[0] & _BETWEEN]
    for place in range(len(solid) - 2, -1, -1):
        rival = leaves[solid[place - 1]][2] if place else ()
        _reorder(leaves, solid[place], leaves[solid[place + 1]][2], rival)
    for before, here in pairwise(solid):
        _reorder(leaves, here, leaves[before][2], ())


def _reorder(leaves: list[Leaf], index: int, guide: Marks, rival: Marks) -> None:
    """Put the marks that ``guide`` begins with first, unless that parts the leaf from ``rival``."""
    kind, value, marks = leaves[index]
    if len(marks) < 2:
        return
    styles = [mark for mark in marks if mark in _STYLES]
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


def _share_marks(leaves: list[Leaf]) -> None:
    """Give each blank and break the marks that the visible leaves on both sides have in common."""
    previous: Marks = ()
    waiting: list[int] = []
    for index, (kind, _, marks) in enumerate(leaves):
        if kind & _BETWEEN:
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
