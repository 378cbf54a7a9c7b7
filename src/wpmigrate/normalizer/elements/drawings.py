"""Drawings (``svg``) that only decorate: icons beside words, the wavy edges of sections, what is hidden from who listens."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from wpmigrate.normalizer.elements.opening import Attributes

__all__ = ["DECORATION", "decorates"]

DECORATION: Final = "a drawing without words that only decorates"
"""Why such a drawing is left out."""

_SHAPES: Final = frozenset(
    """-text -comment svg g path circle rect line polyline polygon ellipse defs use symbol lineargradient radialgradient stop clippath mask filter""".split()
)
"""What a drawing without words, links and pictures is made of."""
_LARGEST: Final = {"": 64.0, "px": 64.0, "em": 4.0, "rem": 4.0}
"""Unit -> how wide and high an icon is at most."""
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(px|em|rem|)", re.I)

_NUMBER = r"[+-]?\d{1,4}(?:\.\d{1,6})?"
_GRID = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_ICON_HEIGHTS: Final = frozenset({512, 1000, 1024})
"""The heights on which Font Awesome, Elementor's own icons and Ant's are drawn; all others use a few units only."""
_UNSEEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.I)


def decorates(node: LexborNode, attributes: Attributes) -> bool:
    """Whether the drawing ``node`` means nothing: its ``attributes`` say so, or its size does, and it holds shapes only."""
    if not (
        _is_hidden(attributes)
        or (_is_small(attributes, "width") and _is_small(attributes, "height"))
        or _is_icon(attributes)
    ):
        return False
    return all(_is_shape(child) for child in node.traverse(include_text=True)) and not node.text().strip()


def _is_hidden(attributes: Attributes) -> bool:
    return (
        _said(attributes, "aria-hidden") == "true"
        or _said(attributes, "role") in ("none", "presentation")
        or _UNSEEN.search(attributes.get("style") or "") is not None
        or "none" in (_said(attributes, "preserveaspectratio"), _said(attributes, "preserveAspectRatio"))
    )


def _is_icon(attributes: Attributes) -> bool:
    """Whether a drawing without a size, which the theme gave it, is drawn on the grid of a set of icons."""
    if "width" in attributes or "height" in attributes or "width" in _said(attributes, "style"):
        return False
    grid = _GRID.fullmatch(attributes.get("viewbox") or attributes.get("viewBox") or "")
    if grid is None:
        return False
    width, height = float(grid[1]), float(grid[2])
    return max(width, height) <= _LARGEST[""] or (height in _ICON_HEIGHTS and width <= max(height, 640))


def _said(attributes: Attributes, name: str) -> str:
    return (attributes.get(name) or "").strip().lower()


def _is_small(attributes: Attributes, name: str) -> bool:
    size = _SIZE.fullmatch(_said(attributes, name))
    return size is not None and float(size[1]) <= _LARGEST[size[2].lower()]


def _is_shape(node: LexborNode) -> bool:
    name = (node.tag or "").lower()
    return name in _SHAPES or name.startswith("fe")
