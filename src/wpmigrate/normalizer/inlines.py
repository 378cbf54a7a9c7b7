"""From folded leaves (text, breaks, images …) under marks (emphasis, links …) to paragraphs, lines and mdast inlines."""

from __future__ import annotations

from typing import Final

from wpmigrate.model.nodes import Break, Inline, InlineCode, Text
from wpmigrate.normalizer.marks import ANCHOR, BLANK, BREAK, CODE, NODE, TEXT, Leaf, Mark, Marks

__all__ = ["lines_of", "nest", "split_paragraphs"]

_WORDS: Final = TEXT | BLANK


def split_paragraphs(leaves: list[Leaf]) -> list[list[Leaf]]:
    """Split at two or more breaks in a row, which a person would have typed as a new paragraph; drop edge breaks.

    Anchors are nothing to see: those between breaks part no breaks, and stand before what comes next.
    """
    paragraphs: list[list[Leaf]] = []
    current: list[Leaf] = []
    breaks: list[Leaf] = []
    anchors: list[Leaf] = []
    visible = False
    for leaf in leaves:
        if leaf[0] == BREAK:
            breaks.append(leaf)
        elif leaf[0] == ANCHOR:
            (anchors if breaks else current).append(leaf)
        else:
            if visible and len(breaks) > 1:
                paragraphs.append(current)
                current = []
            elif visible and breaks:
                current.append(breaks[0])
            current += (*anchors, leaf)
            breaks, anchors, visible = [], [], True
    current += anchors
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
        if marks is not current and marks != current:
            current = marks
            if words:
                _end_text(words, children)
            keep = _still_open(opened, marks) if opened and marks else 0
            while len(opened) > keep:
                children = _close(opened, top)
            for mark in marks[keep:]:
                children = []
                opened.append((mark, children))
        if kind & _WORDS:
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


def _still_open(opened: list[tuple[Mark, list[Inline]]], marks: Marks) -> int:
    """Return how many of the open marks ``marks`` begins with."""
    keep = 0
    for mark, frame in zip(marks, opened, strict=False):
        if mark is not frame[0]:
            break
        keep += 1
    return keep


def _end_text(words: list[str], children: list[Inline]) -> None:
    children.append(Text(words[0] if len(words) == 1 else "".join(words)))
    words.clear()


def _close(opened: list[tuple[Mark, list[Inline]]], top: list[Inline]) -> list[Inline]:
    """Close the innermost open mark; return the children that are current after it."""
    mark, children = opened.pop()
    parent = opened[-1][1] if opened else top
    mark.wrap(children, parent)
    return parent


def _add_code(value: str, children: list[Inline]) -> None:
    last = children[-1] if children else None
    value = value.replace("\n", " ")  # a line end in a code span reads as a blank
    if isinstance(last, InlineCode):
        last.value += value
    else:
        children.append(InlineCode(value))
