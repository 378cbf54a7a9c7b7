"""What of CommonMark's grammar more than one part of the program must know."""

from __future__ import annotations

from typing import Final

__all__ = ["BLOCK_NAMES"]

BLOCK_NAMES: Final = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu
    menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul
    script pre style textarea""".split()
)
"""Tags that begin an HTML block wherever the line goes on: https://spec.commonmark.org/0.31.2/#html-blocks"""
