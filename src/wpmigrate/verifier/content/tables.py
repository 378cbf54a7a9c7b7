"""How tables are written and read."""

from __future__ import annotations

from typing import Final

from wpmigrate.model import nodes as n
from wpmigrate.verifier.content.writer import Writer, end
from wpmigrate.verifier.elements import END, START
from wpmigrate.verifier.elements.blocks import start_cell

__all__ = ["Cell", "Row", "cell", "row", "table"]


_SIDES: Final = frozenset({None, "left", "right", "center"})


def _start(writer: Writer, tag: str) -> None:
    """Have the start of an element read."""
    action = START[tag]
    if action is not None:
        action(writer.reader, tag, ())


def table(writer: Writer, node: n.Table) -> None:
    """Write and read a table."""
    writer.line()
    head, *rows = node.children
    align = node.align or []
    if len(align) > len(head.children) or not _SIDES.issuperset(align):
        raise ValueError("a table has sides that there are not, or for more columns than there are")
    writer.out.append("<table>\n<thead>\n")
    _start(writer, "table")
    _start(writer, "thead")
    writer.stack.append(("</tbody>\n</table>\n" if rows else "</table>\n", _end_table, "table"))
    writer.stack += [Row(row.children, "td", align) for row in rows[::-1]]
    writer.stack.append(("</thead>\n<tbody>\n" if rows else "</thead>\n", end, "thead"))
    writer.stack.append(Row(head.children, "th", align))


def _end_table(writer: Writer, tag: str) -> None:
    writer.one_line = False
    END[tag](writer.reader, tag)


class Row:
    """A row of a table with what its cells are called and how they are aligned."""

    __slots__ = ("align", "cells", "name")

    def __init__(self, cells: list[n.TableCell], name: str, align: list[str | None]) -> None:
        self.cells = cells
        self.name = name
        self.align = align


def row(writer: Writer, node: Row) -> None:
    """Write and read a row."""
    writer.one_line = True
    writer.out.append("<tr>\n")
    _start(writer, "tr")
    writer.stack.append(("</tr>\n", end, "tr"))
    align = [*node.align, *[None] * len(node.cells)]
    writer.stack += [
        Cell(cell.children, node.name, side) for cell, side in zip(node.cells, align, strict=False)
    ][::-1]


class Cell:
    """A cell of a table, with what it is called and how it is aligned."""

    __slots__ = ("children", "name", "side")

    def __init__(self, children: list[n.Inline], name: str, side: str | None) -> None:
        self.children = children
        self.name = name
        self.side = side


def cell(writer: Writer, node: Cell) -> None:
    """Write and read a cell."""
    name, side = node.name, node.side
    writer.out.append(f'<{name} align="{side}">' if side else f"<{name}>")
    start_cell(writer.reader, name, (("align", side),) if side else ())
    writer.stack.append((f"</{name}>\n", end, name))
    writer.stack += node.children[::-1]
