"""The items of a list as text: markers, indents, and what stands between."""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.model.nodes import List, ListItem, Paragraph
from wpmigrate.targets.dialect import Dialect
from wpmigrate.writers.markdown.inline_html import NotMarkdownError, OutermostError

__all__ = ["check_list", "is_loose", "item_text"]

_MOST: Final = 999_999_999
"""The greatest number that an item may have in CommonMark."""

_EMPTY_ITEMS: Final = re.compile(r"\A-(?: +-)+$", re.MULTILINE)
"""Empty items in one another: ``- - -`` would be a rule, so the innermost holds a comment."""
_FILLED_LINE: Final = re.compile(r"\n(?!\n|\Z)")
_CHECKS: Final = {
    ("markdown", True): "[x] ",
    ("markdown", False): "[ ] ",
    ("text", True): "&#9745; ",
    ("text", False): "&#9744; ",
}
"""The box of a task, where it is markup and where it is a character."""


def check_list(block: List, dialect: Dialect, item: bool) -> None:
    """Raise NotMarkdownError for a list that cannot be said; ``item``: it begins an item of another.

    Python-Markdown knows lists by four columns: wider markers and a list on the line of a marker are read otherwise.
    """
    start = 1 if block.start is None else block.start
    if block.ordered and not 0 <= start <= _MOST - len(block.children):
        raise NotMarkdownError("numbers that are too great")
    if start != 1 and block.ordered and not dialect.list_starts:
        raise OutermostError("a list that begins with another number")
    if dialect.empty_item == "html" and not all(child.children for child in block.children):
        raise OutermostError("an empty item")
    if dialect.list_holds and (item or (block.ordered and start + len(block.children) > 100)):
        raise OutermostError("columns that are not four wide")


def is_loose(block: List, dialect: Dialect) -> bool:
    """Whether blank lines stand between the items.

    With four-column markers also where an item holds more than a text and lists below: engines want blank lines round it.
    """
    if block.spread or any(child.spread for child in block.children):
        return True
    return dialect.list_indent == "four" and not all(map(_is_short, block.children))


def _is_short(item: ListItem) -> bool:
    blocks = item.children
    if not blocks:
        return True
    return type(blocks[0]) is Paragraph and (len(blocks) == 1 or (len(blocks) == 2 and type(blocks[1]) is List))


def item_text(item: ListItem, inner: str, marker: str, dialect: Dialect) -> str:
    """Return the item whose blocks are written as ``inner``."""
    if item.checked is not None:
        inner = _CHECKS[dialect.task_items, item.checked] + inner
    if not inner and dialect.empty_item == "bare":
        return marker
    if dialect.list_indent == "four":
        marker = marker.ljust(3)
    if not inner:
        return f"{marker} <!-- -->"
    if marker[0] == "-" and inner[0] == "-":
        inner = _EMPTY_ITEMS.sub(r"\g<0> <!-- -->", inner, 1)
    if "\n" not in inner:
        return f"{marker} {inner}"
    indent = "\n" + " " * (len(marker) + 1)
    return f"{marker} " + _FILLED_LINE.sub(indent, inner)
