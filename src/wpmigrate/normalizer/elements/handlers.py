"""Which handler takes which element."""

from __future__ import annotations

from typing import Final

from wpmigrate.normalizer.elements import ELEMENTS, ElementKind, element_of
from wpmigrate.normalizer.elements.blocks import (
    open_block,
    open_heading,
    open_paragraph,
    open_quote,
    open_rule,
)
from wpmigrate.normalizer.elements.boxes import open_box_or_raw, open_label
from wpmigrate.normalizer.elements.code import open_code, open_pre
from wpmigrate.normalizer.elements.inlines import (
    open_break,
    open_link,
    open_mark,
    open_tag_pair,
    open_transparent,
    open_unknown,
    open_void,
)
from wpmigrate.normalizer.elements.lists import open_item, open_list
from wpmigrate.normalizer.elements.media import open_figure, open_image
from wpmigrate.normalizer.elements.opening import Handler
from wpmigrate.normalizer.elements.raw import open_drop, open_raw
from wpmigrate.normalizer.elements.tables import open_layout_cell, open_table, open_table_part

__all__ = ["HANDLERS", "HANDLER_OF", "handler_of"]

HANDLERS: Final[dict[ElementKind, Handler]] = {
    "block": open_block,
    "break": open_break,
    "caption": open_block,
    "cell": open_layout_cell,
    "code": open_code,
    "drop": open_drop,
    "figure": open_figure,
    "heading": open_heading,
    "image": open_image,
    "item": open_item,
    "link": open_link,
    "list": open_list,
    "mark": open_mark,
    "paragraph": open_paragraph,
    "pre": open_pre,
    "quote": open_quote,
    "raw": open_raw,
    "rule": open_rule,
    "table": open_table,
    "tag": open_tag_pair,
    "transparent": open_transparent,
    "unknown": open_unknown,
    "void": open_void,
}
"""Kind of element -> its handler."""

_OWN: Final[dict[str, Handler]] = {"box": open_box_or_raw, "label": open_label, "part": open_table_part}
"""What a row says beside its kind -> the handler."""

HANDLER_OF: Final[dict[str, Handler]] = {name: _OWN.get(row.value) or HANDLERS[row.kind] for name, row in ELEMENTS.items()}
"""Element with a row -> its handler, so that the walk looks up once."""


def handler_of(name: str) -> Handler:
    """Return the handler of the element ``name`` (lower case), whether it has a row or not."""
    return HANDLER_OF.get(name) or HANDLERS[element_of(name).kind]
