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


def decorates(node: LexborNode, attributes: Attributes) -> bool:
    """Whether the drawing ``node`` means nothing: its ``attributes`` say so, or its size does, and it holds shapes only."""
    if not (_is_hidden(attributes) or (_is_small(attributes, "width") and _is_small(attributes, "height"))):
        return False
    return all(_is_shape(child) for child in node.traverse(include_text=True)) and not node.text().strip()


def _is_hidden(attributes: Attributes) -> bool:
    return (
        _said(attributes, "aria-hidden") == "true"
        or _said(attributes, "role") in ("none", "presentation")
        or "none" in (_said(attributes, "preserveaspectratio"), _said(attributes, "preserveAspectRatio"))
    )


def _said(attributes: Attributes, name: str) -> str:
    return (attributes.get(name) or "").strip().lower()


def _is_small(attributes: Attributes, name: str) -> bool:
    size = _SIZE.fullmatch(_said(attributes, name))
    return size is not None and float(size[1]) <= _LARGEST[size[2].lower()]


def _is_shape(node: LexborNode) -> bool:
    name = (node.tag or "").lower()
    return name in _SHAPES or name.startswith("fe")
