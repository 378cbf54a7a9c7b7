"""Tables: grids, which GFM can say; boxes for layout, which say nothing; all others stay HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Table, TableCell, TableRow
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.blocks import open_block
from wpmigrate.normalizer.elements.boxes import is_part, open_box, open_part, opens_box
from wpmigrate.normalizer.elements.cells import in_one_line
from wpmigrate.normalizer.elements.lists import Items
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Opened
from wpmigrate.normalizer.elements.others import note_others
from wpmigrate.normalizer.elements.raw import open_drop, open_raw
from wpmigrate.normalizer.elements.sayings import note_sayings
from wpmigrate.normalizer.fold import without_edge_breaks
from wpmigrate.normalizer.marks import STRONG
from wpmigrate.normalizer.raw_html import INSTRUCTION
from wpmigrate.normalizer.styles import ALIGNMENTS, stands_alone, text_alignment

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["Grid", "Row", "is_layout", "open_layout_cell", "open_table", "open_table_part", "read_grid"]

_NO_CELL_KINDS: Final = frozenset({"pre", "heading", "table", "raw"})
"""Blocks that a GFM cell cannot hold; a table with one of them stays HTML."""
_FIELDS: Final = frozenset({"input", "button", "select", "option", "optgroup"})
"""Parts of a form that a GFM cell holds as they are."""
_TAGGED_KINDS: Final = frozenset({"list", "item", "quote", "rule"})
"""Blocks that a GFM cell can hold between tags."""
_COLUMN_KINDS: Final = frozenset({"list", "quote", "pre", "heading", "rule", "table"})
"""Blocks that make the one row of a table columns of a page."""
_MOST_EMPTY: Final = 5_000
"""Empty cells that make the rows of a grid equally long: one long row over many short ones would need their product."""
_NOTHING_WITHOUT_WORDS: Final = frozenset({"list", "heading", "table"})
_ROUND_CELLS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup"})
_LINE_KINDS: Final = frozenset({"paragraph", "block", "figure", "caption", *_TAGGED_KINDS})
"""Elements that begin and end a line."""
_SEEN_KINDS: Final = frozenset({"code", "image", "link", "tag", "raw", "unknown", "figure"})
"""Elements that show something, or leave something, without a word in them."""


class Row(msgspec.Struct):
    """A row of a table."""

    node: LexborNode
    """The ``tr`` element."""
    cells: list[LexborNode]
    """Its cells; none in an empty row, which is left out."""


class Grid(msgspec.Struct):
    """A table whose cells span nothing and hold inlines, or blocks whose tags can stand in a line."""

    rows: list[Row]
    """The rows; they may be of different length."""
    head: bool
    """Whether the first row is a head."""
    width: int
    """The number of columns."""
    align: list[str | None]
    """left, right, center or None for each column."""
    caption: LexborNode | None
    """The ``caption`` element."""
    outside: list[LexborNode]
    """Style sheets and comments, which no cell need hold."""
    tagged: set[int]
    """The ``mem_id`` of each cell with a block in it whose tags stay."""
    has_fields: bool
    """Whether parts of a form stand in its cells."""


def read_grid(table: LexborNode) -> Grid | None:
    """Return the grid of ``table``, or None when Markdown cannot hold it (spans, nesting, code and headings in cells, PHP, rows of all lengths)."""
    rows: list[Row] = []
    outside: list[LexborNode] = []
    caption = None
    tagged: set[int] = set()
    has_fields = False
    itself = table.mem_id  # node != table would compare their markup
    for node in table.traverse():
        name = node.tag or INSTRUCTION
        if name == "tr":
            rows.append(Row(node, []))
        elif name in ("td", "th"):
            if not rows or _spans(node):
                return None
            rows[-1].cells.append(node)
        elif name == "caption":
            caption = node
        elif name in ("-comment", "style"):
            outside.append(node)
        elif name == INSTRUCTION:
            return None
        elif name[0] != "-" and node.mem_id != itself:
            kind = element_of(name).kind
            if name in _FIELDS and _is_in_cell(node):
                has_fields = True
                continue
            if kind in _NO_CELL_KINDS or (kind in _TAGGED_KINDS and not (rows and rows[-1].cells)):
                return None
            if kind in _TAGGED_KINDS:
                tagged.add(rows[-1].cells[-1].mem_id)
    cells = [row.cells for row in rows if row.cells]
    width = max(map(len, cells), default=0)
    if width * len(cells) - sum(map(len, cells)) > _MOST_EMPTY:
        return None
    return Grid(rows, bool(cells) and _is_head(cells[0]), width, _alignments(cells, width), caption, [*filter(_in_no_cell, outside)], tagged, has_fields)


def _is_in_cell(node: LexborNode) -> bool:
    """Whether ``node`` stands in a cell, not between the parts of its table."""
    parent = node.parent
    while parent is not None and parent.tag not in _ROUND_CELLS:
        if parent.tag in ("td", "th"):
            return True
        parent = parent.parent
    return False


def _is_head(cells: list[LexborNode]) -> bool:
    row = cells[0].parent
    section = row.parent if row is not None else None
    return all(cell.tag == "th" for cell in cells) or (section is not None and section.tag == "thead")


def _in_no_cell(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag in _ROUND_CELLS


def is_layout(table: LexborNode) -> bool:
    """Whether ``table`` is a box for layout, which says nothing of its own: no row has two cells, or the only row holds blocks.

    The second is how highlighters set numbers beside the lines of code, and how pages of the nineties have columns.
    """
    rows = _rows_without_head(table)
    if rows is None:
        return False
    if all(len(cells) < 2 for cells in rows):
        return True
    return sum(map(bool, rows)) == 1 and any(_is_column_block(node) for node in table.traverse() if node.mem_id != table.mem_id)


def _is_column_block(node: LexborNode) -> bool:
    kind = element_of(node.tag or INSTRUCTION).kind
    return kind in _COLUMN_KINDS and (kind not in _NOTHING_WITHOUT_WORDS or bool(node.text(strip=True)))


def _rows_without_head(table: LexborNode) -> list[list[str | None]] | None:
    """Return the names of the cells of each row, or None when there is a caption or a head: then the table says something."""
    rows: list[list[str | None]] = []
    for part in table.iter():
        if part.tag == "caption":
            return None
        for row in part.iter():
            if row.tag == "tr":
                rows.append([cell.tag for cell in row.iter()])
                if "th" in rows[-1] or (part.tag == "thead" and row.child is not None):
                    return None
    return rows


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
    if grid is not None and not grid.width:
        note_sayings(builder.log, "table", attributes, frozenset())
        return open_block(builder, node, attributes)
    if (grid is not None and _is_box(grid)) or ((grid is None or _is_no_plain_table(grid, attributes)) and is_layout(node)):
        _note_left(builder, attributes)
        builder.log.add("mapped", "<table>: one cell a row, or one row of blocks, is layout; its content stays")
        return open_block(builder, node, attributes)
    if grid is None:
        if not opens_box(builder, node):
            return open_raw(builder, node, attributes)
        builder.log.add("kept", f"<table>: {element_of('table').reason} (raw HTML)")
        return open_box(builder, node, attributes)
    _note_left(builder, attributes)
    builder.boundary()
    _read_outside(builder, grid)
    builder.settle()
    builder.append(_table(builder, grid))
    return SKIP


def _note_left(builder: TreeBuilder, attributes: Attributes) -> None:
    note_sayings(builder.log, "table", attributes, frozenset())
    note_others(builder.log, "table", attributes, frozenset())


def _read_outside(builder: TreeBuilder, grid: Grid) -> None:
    """Read the caption, and name what stands between the cells and is left out."""
    for node in grid.outside:
        if node.tag == "style":
            open_drop(builder, node, node.attributes)
        else:
            builder.note_comment(node.comment_content or "")
    if grid.caption is not None:
        marks = builder.marks
        builder.read_attributes("caption", grid.caption.attributes)
        builder.walk(grid.caption)
        builder.marks = marks


def open_table_part(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open a head, body or foot: in a table that stays HTML its tags stay too."""
    return open_part(builder, node, attributes) if is_part(builder, node.tag or "") else None


def open_layout_cell(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open a row or a cell of a table that is only layout; items in it are none of a list outside, nor of one in another cell."""
    if builder.boxes.names and is_part(builder, node.tag or ""):
        return open_part(builder, node, attributes)
    close_block = open_block(builder, node, attributes)
    outer = builder.blocks
    if isinstance(outer, Items):
        builder.blocks = outer.others()
    builder.stray = None

    def close() -> None:
        close_block()
        builder.blocks = outer
        builder.stray = None

    return close


def _is_no_plain_table(grid: Grid, attributes: Attributes) -> bool:
    """Whether more than lines stands in ``grid``, or it is what Blogger puts round a picture and its caption."""
    return bool(grid.tagged) or grid.has_fields or "tr-caption-container" in (attributes.get("class") or "").split()


def _is_box(grid: Grid) -> bool:
    """Whether only the first column holds anything, and that more than a line: paragraphs, which no Markdown cell holds."""
    rows = [row.cells for row in grid.rows if row.cells]
    if grid.head or grid.caption is not None or any(_shows(cell) for cells in rows for cell in cells[1:]):
        return False
    return any(_has_lines(cells[0]) for cells in rows) and not any(cell.tag == "th" for cells in rows for cell in cells)


def _shows(cell: LexborNode) -> bool:
    """Whether anything of ``cell`` can be seen."""
    for node in cell.traverse(include_text=True):
        name = node.tag or INSTRUCTION
        if (node.text_content or "").strip() if name == "-text" else name[0] != "-" and element_of(name).kind in _SEEN_KINDS:
            return True
    return False


def _has_lines(cell: LexborNode) -> bool:
    """Whether there may be more than one paragraph in ``cell``."""
    kinds = [element_of(node.tag or INSTRUCTION).kind for node in cell.traverse()][1:]
    if kinds.count("break") > 1 or not _LINE_KINDS.isdisjoint(kinds):
        return True
    return "transparent" in kinds and any(stands_alone(span.attributes["style"] or "") for span in cell.css("span[style]"))


def _table(builder: TreeBuilder, grid: Grid) -> Table:
    outer, builder.run = builder.run, []
    marks = part_marks = builder.marks
    rows: list[TableRow] = []
    part = -1
    for row in grid.rows:
        parent = row.node.parent
        if parent is not None and parent.mem_id != part:
            part, builder.marks = parent.mem_id, marks
            _read_part(builder, parent)
            part_marks = builder.marks
        builder.marks = part_marks
        _read_part(builder, row.node)
        if row.cells:
            rows.append(TableRow([(_tagged_cell if cell.mem_id in grid.tagged else _cell)(builder, cell) for cell in row.cells]))
    builder.pending += [leaf[1] for leaf in builder.run]
    builder.run, builder.marks = outer, marks
    return _filled(rows, grid)


def _filled(rows: list[TableRow], grid: Grid) -> Table:
    """Return the table of ``rows``, all of the same length, the first one a head."""
    for row in rows:
        row.children.extend(TableCell([]) for _ in range(grid.width - len(row.children)))
    if not grid.head:
        rows.insert(0, TableRow([TableCell([]) for _ in range(grid.width)]))
    return Table(rows, grid.align if any(grid.align) else None)


def _read_part(builder: TreeBuilder, node: LexborNode) -> None:
    """Read what a cell, or a part of a table round it, has of its own; its anchor waits for the next cell's text."""
    attributes = node.attributes
    if not attributes:
        return
    marks = builder.marks
    builder.read_attributes(node.tag or "td", attributes)
    if node.tag in ("th", "thead") and STRONG not in marks:
        builder.marks = tuple(mark for mark in builder.marks if mark is not STRONG)  # it is bold in any case


def _cell(builder: TreeBuilder, node: LexborNode) -> TableCell:
    marks = builder.marks
    builder.inline_only += 1
    _read_part(builder, node)
    builder.walk(node)
    builder.inline_only -= 1
    leaves, kinds = builder.fold(builder.run)
    leaves = without_edge_breaks(leaves)
    builder.run = []
    builder.marks = marks
    return TableCell(builder.inlines(leaves, kinds) if leaves else [])


def _tagged_cell(builder: TreeBuilder, node: LexborNode) -> TableCell:
    """Return a cell with lists, quotations or rules in it, whose tags stay; lists outside are none of its own."""
    marks, outer, loose = builder.marks, builder.blocks, builder.loose
    builder.blocks, builder.stray = [], None
    _read_part(builder, node)
    builder.walk(node)
    builder.settle()
    inlines = in_one_line(builder.blocks)
    builder.marks, builder.blocks, builder.loose, builder.stray = marks, outer, loose, None
    builder.log.add("kept", "tags of blocks in a cell of a table: Markdown has none there (raw HTML)")
    return TableCell(inlines)
