"""Paragraphs, boxes, headings, quotations and rules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Blockquote, Heading, List, ThematicBreak
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.attributes import pick
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.fold import without_edge_breaks
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.marks import ANCHOR, BREAK, GAP, Leaf
from wpmigrate.normalizer.styles import ALIGNMENTS, text_alignment

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["open_block", "open_container", "open_heading", "open_paragraph", "open_quote", "open_rule"]


def open_block(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Begin a new paragraph before the element and after it; its own ``id`` goes with what is in it."""
    return _open(builder, attributes, builder.boundary)


def _open(builder: TreeBuilder, attributes: Attributes, edge: Close) -> Close:
    own = builder.run.pop() if "id" in attributes and builder.run and builder.run[-1][0] == ANCHOR else None
    edge()
    if own is not None:
        builder.run.append(own)
    return edge


def _gap(builder: TreeBuilder) -> None:
    """End the current paragraph at the edge of a ``p``; in a cell an empty line shows there."""
    if builder.run and builder.inline_only and builder.end_heading is None:
        builder.run.append((BREAK, GAP, builder.marks))
    else:
        builder.boundary()


def open_paragraph(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open ``p``: a list item with one in it is loose; direction and language go to the node, alignment to its images."""
    builder.loose = True
    edge = partial(_gap, builder) if builder.inline_only else builder.boundary
    if not attributes:
        edge()
        return edge
    _open(builder, attributes, edge)
    align = text_alignment(attributes)
    properties = pick(attributes, ("dir", "lang"))
    if not properties and not align:
        return edge
    outer, outer_alignment = builder.block_data, builder.alignment
    if properties:
        builder.block_data = {"hProperties": properties}
    builder.alignment = ALIGNMENTS.get(align, "")

    def close() -> None:
        edge()
        builder.block_data, builder.alignment = outer, outer_alignment

    return close


def open_heading(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open a heading; in a cell, where there is none, it is a line of its own.

    It ends where a block begins that no heading can hold: what comes after that is a paragraph.
    """
    builder.leave_heading()
    open_block(builder, node, attributes)
    if builder.inline_only:
        return builder.boundary
    name = node.tag or "h6"
    depth = int(element_of(name).value)
    if len(name) > 2:
        builder.log.add("repaired", f"<{name}>: no such heading; written as level {depth}")
    before, builder.run = builder.run, []
    builder.inline_only = 1
    top = builder.is_at_root() and not builder.boxes.names

    def end() -> None:
        run, builder.run = builder.run, []
        builder.inline_only = 0
        builder.end_heading = None
        _append_heading(builder, depth, before + run, top)

    def close() -> None:
        if builder.end_heading is end:
            end()
        else:
            builder.log.add("mapped", f"<{name}>: it ends where a block in it begins; what follows that is a paragraph")
            builder.boundary()

    builder.end_heading = end
    return close


def _append_heading(builder: TreeBuilder, depth: int, run: list[Leaf], top: bool) -> None:
    leaves, kinds = builder.fold(run)
    names = builder.pending + [leaf[1] for leaf in leaves if leaf[0] == ANCHOR]
    leaves = without_edge_breaks([leaf for leaf in leaves if leaf[0] != ANCHOR])
    if not leaves:
        builder.pending = names
        builder.log.add("dropped", f"empty heading {depth}: no content")
        return
    builder.pending = []
    names = builder.anchors.claim(names)
    heading = Heading(depth, [])
    builder.records.section += top
    heading.children = builder.inlines(leaves, kinds & ~ANCHOR)
    builder.append(heading)
    builder.headings.append((heading, names, top))


def open_rule(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append a rule; in a cell it ends the line."""
    builder.leave_heading()
    if builder.inline_only:
        builder.boundary()
    else:
        builder.solid(ThematicBreak())
    return SKIP


def open_quote(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open a quotation, whose source goes to the node; in a cell, where there is none, it is lines of its own."""
    builder.leave_heading()
    if builder.inline_only:
        return open_block(builder, node, attributes)
    cite = clean_url(attributes.get("cite") or "") if attributes else ""
    return open_container(builder, node, attributes, Blockquote([], {"hProperties": {"cite": cite}} if cite else None))


def open_container(builder: TreeBuilder, node: LexborNode, attributes: Attributes, block: Blockquote | List) -> Close:
    """Open ``block``, whose children are what comes until it closes; without any it is left out."""
    open_block(builder, node, attributes)
    outer, loose = builder.blocks, builder.loose
    builder.blocks = block.children
    metas, builder.block_metas = builder.block_metas, []

    def close() -> None:
        builder.boundary()
        builder.blocks = outer
        builder.loose = loose
        if block.children:
            builder.block_metas = metas
            builder.append(block)

    return close
