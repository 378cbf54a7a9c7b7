"""Tables: plain grids, which GFM can say; boxes for layout, which say nothing; all others stay HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Table, TableCell, TableRow
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.blocks import open_block
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Opened
from wpmigrate.normalizer.elements.raw import open_raw
from wpmigrate.normalizer.fold import without_edge_breaks
from wpmigrate.normalizer.raw_html import INSTRUCTION
from wpmigrate.normalizer.styles import ALIGNMENTS, text_alignment

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["Grid", "is_layout", "open_table", "read_grid"]

_NO_CELL_KINDS: Final = frozenset({"list", "quote", "pre", "heading", "rule", "table", "raw"})
"""Blocks that a GFM cell cannot hold; a table with one of them stays HTML."""


class Grid(msgspec.Struct):
    """A table whose cells hold inlines only and span nothing."""

    rows: list[list[LexborNode]]
    """The cells, row by row; rows may be of different length; empty rows are left out."""
    head: bool
    """Whether the first row is a head."""
    width: int
    """The number of columns."""
    align: list[str | None]
    """left, right, center or None for each column."""
    caption: LexborNode | None
    """The ``caption`` element."""


def read_grid(table: LexborNode) -> Grid | None:
    """Return the grid of ``table``, or None when Markdown cannot hold it (spans, nesting, blocks in cells, PHP)."""
    rows: list[list[LexborNode]] = []
    head = False
    caption = None
    itself = table.mem_id  # node != table would compare their markup
    for node in table.traverse():
        name = node.tag or INSTRUCTION
        if name == "tr":
            rows.append([])
        elif name in ("td", "th"):
            if not rows or _spans(node):
                return None
            rows[-1].append(node)
        elif name == "caption":
            caption = node
        elif name == INSTRUCTION or (node.mem_id != itself and name[0] != "-" and element_of(name).kind in _NO_CELL_KINDS):
            return None
    rows = [row for row in rows if row]
    if rows:
        first = rows[0]
        section = first[0].parent.parent if first[0].parent is not None else None
        head = all(cell.tag == "th" for cell in first) or (section is not None and section.tag == "thead")
    width = max((len(row) for row in rows), default=0)
    return Grid(rows, head, width, _alignments(rows, width), caption)


def is_layout(table: LexborNode) -> bool:
    """Whether no row of ``table`` has two cells or a head: a box for layout, which says nothing of its own."""
    for part in table.iter():
        if part.tag == "caption" or any(not _is_one_cell(row) for row in part.iter() if row.tag == "tr"):
            return False
    return True


def _is_one_cell(row: LexborNode) -> bool:
    cells = [cell.tag for cell in row.iter()]
    return len(cells) < 2 and "th" not in cells


def _spans(cell: LexborNode) -> bool:
    attributes = cell.attributes
    return any((attributes.get(key) or "1").strip() not in ("1", "0", "") for key in ("colspan", "rowspan"))


def _alignments(rows: list[list[LexborNode]], width: int) -> list[str | None]:
    found: list[str | None] = [None] * width
    for row in rows[:2]:
        for column, cell in enumerate(row):
            attributes = cell.attributes
            if attributes and found[column] is None:
                align = ALIGNMENTS.get(text_alignment(attributes), "")
                found[column] = align if align in ("left", "right", "center") else None
    return found


def open_table(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append a plain grid as a table after its caption; open a layout table as a block; keep every other as HTML."""
    builder.leave_heading()
    if builder.inline_only:
        return open_raw(builder, node, attributes)
    grid = read_grid(node)
    if grid is None:
        if not is_layout(node):
            return open_raw(builder, node, attributes)
        builder.log.add("mapped", "<table>: one cell a row is layout; its content stays")
        return open_block(builder, node, attributes)
    if not grid.rows:
        return open_block(builder, node, attributes)
    builder.boundary()
    if grid.caption is not None:
        builder.walk(grid.caption)
    builder.settle()
    builder.append(_table(builder, grid))
    return SKIP


def _table(builder: TreeBuilder, grid: Grid) -> Table:
    rows = [TableRow([_cell(builder, cell) for cell in row]) for row in grid.rows]
    for row in rows:
        row.children.extend(TableCell([]) for _ in range(grid.width - len(row.children)))
    if not grid.head:
        rows.insert(0, TableRow([TableCell([]) for _ in range(grid.width)]))
    return Table(rows, grid.align if any(grid.align) else None)


def _cell(builder: TreeBuilder, node: LexborNode) -> TableCell:
    outer, builder.run = builder.run, []
    marks = builder.marks
    builder.inline_only += 1
    attributes = node.attributes
    if attributes:
        builder.read_attributes(attributes)
    builder.walk(node)
    builder.inline_only -= 1
    leaves, kinds = builder.fold(builder.run)
    leaves = without_edge_breaks(leaves)
    builder.run = outer
    builder.marks = marks
    return TableCell(builder.inlines(leaves, kinds) if leaves else [])
