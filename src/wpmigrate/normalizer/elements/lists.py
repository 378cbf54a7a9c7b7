"""Lists and their items, also those that stand where HTML has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import List, ListItem
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.blocks import open_block, open_container
from wpmigrate.normalizer.elements.opening import Attributes, Close, Opened
from wpmigrate.normalizer.elements.raw import open_raw
from wpmigrate.normalizer.raw_html import INSTRUCTION

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["Items", "open_item", "open_list"]


class Items(list[Any]):
    """The children of a list that is open: items; whatever else comes goes into the last one, or before the list."""

    def __init__(self, outside: list[Any], block: List) -> None:
        super().__init__()
        self.block = block
        self.items: list[ListItem] = []
        self.outside = outside

    def new(self) -> ListItem:
        """Begin the next item."""
        self.items.append(ListItem([]))
        return self.items[-1]

    def append(self, block: Any) -> None:
        """Put a block that stands between items into the last one, and one that stands before them before the list."""
        self.others().append(block)

    def others(self) -> list[Any]:
        """Return where a block goes that is no item."""
        return self.items[-1].children if self.items else self.outside


def open_list(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open a list; in a cell, where there is none, its items are lines; with a form (or the like) round items it stays HTML."""
    builder.leave_heading()
    if builder.inline_only:
        return open_block(builder, node, attributes)
    if any(child.tag != "li" and _holds_items(child) for child in node.iter()):
        return open_raw(builder, node, attributes)
    ordered = node.tag == "ol"
    if ordered and attributes:
        _note_numbering(builder, attributes)
    block = List([], ordered, _start(attributes) if ordered else None)
    outside = builder.blocks
    close_container = open_container(builder, node, attributes, block)
    builder.blocks = items = Items(outside, block)
    builder.loose = False

    def close() -> None:
        builder.boundary()
        block.children = items.items
        if len(items.items) == 1:
            _tighten(items.items[0])
        block.spread = any(item.spread for item in items.items)
        close_container()

    return close


def _holds_items(child: LexborNode) -> bool:
    """Whether ``child`` of a list stays HTML and has items of that list in it."""
    return element_of(child.tag or INSTRUCTION).kind == "raw" and child.css_first("li") is not None


def _note_numbering(builder: TreeBuilder, attributes: Attributes) -> None:
    """Name a numbering that Markdown has not: letters, Roman numerals, backwards."""
    kind = (attributes.get("type") or "").strip()
    if kind in ("a", "A", "i", "I"):
        builder.log.add("mapped", f'<ol type="{kind}">: numbered 1, 2, 3')
    if "reversed" in attributes:
        builder.log.add("mapped", "<ol reversed>: numbered forwards")


def _start(attributes: Attributes) -> int | None:
    """Return the number of the first item where the source names one (of nine digits at the most: CommonMark's limit)."""
    return _number(attributes, "start")


def _number(attributes: Attributes, name: str) -> int | None:
    start = attributes.get(name) or ""
    return int(start) if start.strip().lstrip("-").isdigit() and len(start) < 10 else None


def open_item(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open an item of the list that is open, or of one that is made for it; in a cell it is a line."""
    builder.leave_heading()
    open_block(builder, node, attributes)
    if builder.inline_only:
        return builder.boundary
    if attributes and "value" in attributes:
        _number_item(builder, attributes)
    outer, loose = builder.blocks, builder.loose
    stray = None if isinstance(outer, Items) else _stray_list(builder)
    item = outer.new() if isinstance(outer, Items) else ListItem([])
    if stray is not None:
        stray.children.append(item)
    builder.blocks = item.children
    builder.loose = False

    def close() -> None:
        builder.boundary()
        item.spread = builder.loose
        if stray is not None:
            if len(stray.children) == 1:
                _tighten(item)
            stray.spread = stray.spread or item.spread
        builder.blocks, builder.loose = outer, loose

    return close


def _number_item(builder: TreeBuilder, attributes: Attributes) -> None:
    """Take the number of a first item for its list's; name another one that Markdown would not count."""
    number, items = _number(attributes, "value"), builder.blocks
    if isinstance(items, Items) and items.block.ordered and number is not None:
        if not items.items:
            items.block.start = number
        if number == _first(items.block) + len(items.items):
            return
    if value := (attributes.get("value") or "").strip():
        builder.log.add("dropped", f"number {value[:20]} of a list item (<li value>): Markdown counts on from the first")


def _first(block: List) -> int:
    return 1 if block.start is None else block.start


def _tighten(only: ListItem) -> None:
    """Say of an item alone in its list that it is not loose: with one block in it there is no room for a blank line."""
    if len(only.children) < 2:
        only.spread = False


def _stray_list(builder: TreeBuilder) -> List:
    """Return the list for an item that stands in none: a browser shows a bullet all the same; neighbours share it."""
    if builder.stray is None or not builder.blocks or builder.blocks[-1] is not builder.stray:
        builder.stray = List([], False)
        builder.append(builder.stray)
    return builder.stray
