"""What a handler of an element takes and gives back: all of them have this one signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from selectolax.lexbor import LexborNode

from wpmigrate.normalizer.elements.attributes import Attributes

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["SKIP", "Attributes", "Close", "Handler", "Opened"]

Close: TypeAlias = Callable[[], None]
"""What happens where the element ends."""


def _skip() -> None:
    """Never called: the element was read whole."""


SKIP: Final[Close] = _skip
"""Tells the walk to leave out what is in the element: the handler has read it."""

Opened: TypeAlias = Close | None
"""What the walk does after the start of an element: read its content, and close it if there is a ``Close``; or :data:`SKIP`."""

Handler: TypeAlias = Callable[["TreeBuilder", LexborNode, Attributes], Opened]
"""A handler is told of the start of an element: the builder, the element, its attributes (read already for what all have)."""
