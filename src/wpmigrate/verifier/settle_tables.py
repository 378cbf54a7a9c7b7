"""The one spelling of tables: captions before them, rows as GFM has them, no boxes for layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.placed import Placed, kind_of

__all__ = ["captions", "layout_tables", "tables"]


def tables(rows: list[Placed]) -> list[Placed]:
    """Say all tables as GFM can: one head row at most, no empty one, rows without empty cells at their end."""
    out: list[Placed] = []
    for row in _table_rows(rows):
        if row[0][0] == t.ROW:
            kinds = [kind_of(item[0]) for item in row]
            heads, cells = kinds.count("head cell"), kinds.count("cell")
            if len(row) == 1 + heads + cells:
                continue
            while kind_of(row[-1][0]) in ("cell", "head cell") and len(row[-1][0]) == 1:  # type: ignore[arg-type]
                row.pop()
            if cells or (out and out[-1][0] != t.TABLE):
                row = [_plain_cell(item) for item in row]
        out += row
    return out


def captions(rows: list[Placed]) -> list[Placed]:
    """Put what stands in a table before its first row (a caption) before the table; a table without rows is none."""
    out: list[Placed] = []
    waiting: list[Placed] = []
    for row in rows:
        token = row[0]
        if token == t.TABLE:
            waiting.append(row)
        elif waiting and token == t.ROW:
            out += waiting
            waiting = []
            out.append(row)
        elif waiting and token == t.END_TABLE:
            waiting.pop()
        else:
            out.append(row)
    return out


def layout_tables(rows: list[Placed]) -> list[Placed]:
    """Take away tables without a head that have one cell in each row, or one row with blocks in it: boxes for layout."""
    layouts = _layout_places(rows)
    if not layouts:
        return rows
    return [row for index, row in enumerate(rows) if index not in layouts]


class _Open:
    """A table whose end has not come."""

    def __init__(self, index: int) -> None:
        self.places = [index]
        """Where its own tokens are."""
        self.cells: list[int] = []
        """How many cells each row has."""
        self.head = False
        """Whether one of them is a head cell."""
        self.blocks = False
        """Whether something stands in it that no cell of Markdown can hold."""

    def is_layout(self) -> bool:
        """Whether it says nothing of its own."""
        if self.head:
            return False
        return all(count <= 1 for count in self.cells) or (self.blocks and sum(map(bool, self.cells)) == 1)


_BLOCKS: Final = frozenset({t.CODE_BLOCK, "list", "ordered list", "quote", "heading", "rule", "table"})


def _layout_places(rows: list[Placed]) -> set[int]:
    """Return the indices of the table, row, cell and end tokens of all layout tables."""
    places: set[int] = set()
    opened: list[_Open] = []
    for index, (token, _, _) in enumerate(rows):
        kind = kind_of(token)
        if opened and kind in _BLOCKS:
            opened[-1].blocks = True
        if token == t.TABLE:
            opened.append(_Open(index))
        elif opened and token == t.ROW:
            opened[-1].places.append(index)
            opened[-1].cells.append(0)
        elif opened and kind in ("cell", "head cell"):
            table = opened[-1]
            table.places.append(index)
            table.head |= kind == "head cell"
            if table.cells:
                table.cells[-1] += 1
        elif opened and token == t.END_TABLE:
            table = opened.pop()
            if table.is_layout():
                places.update(table.places, (index,))
    return places


def _plain_cell(row: Placed) -> Placed:
    token = row[0]
    return (("cell", *token[1:]), *row[1:]) if isinstance(token, tuple) and token[0] == "head cell" else row


def _table_rows(rows: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the tokens in groups; a row of a table, from its beginning to the next row or table edge, is one."""
    group: list[Placed] = []
    for row in rows:
        if row[0] in (t.ROW, t.TABLE, t.END_TABLE):
            if group:
                yield group
            group = []
            if row[0] != t.ROW:
                yield [row]
                continue
        group.append(row)
    if group:
        yield group
