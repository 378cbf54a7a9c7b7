"""Menus as trees."""

from __future__ import annotations

import msgspec

__all__ = ["Menu", "MenuItem"]


class MenuItem(msgspec.Struct):
    """One line of a menu."""

    title: str
    """What it shows, plain text."""
    url: str
    """The new address (``/page/about``) when it leads into the output, else the old one; empty when it has none."""
    kind: str = ""
    """``post_type``, ``taxonomy``, ``custom`` or ``post_type_archive``."""
    object: str = ""
    """The post type or taxonomy that it leads to."""
    object_id: str = ""
    """The id of the entry or term that it leads to."""
    target: str = ""
    """``_blank`` when it opens a window of its own."""
    description: str = ""
    """The ``title`` attribute or the description."""
    classes: list[str] = msgspec.field(default_factory=list)
    """CSS classes that the user gave it."""
    children: list[MenuItem] = msgspec.field(default_factory=list)
    """What stands below it."""


class Menu(msgspec.Struct):
    """One menu of the old site."""

    slug: str
    """Its slug."""
    name: str
    """Its name."""
    items: list[MenuItem]
    """Its top, in order."""
    left_out: int = 0
    """Items that lead to entries that are not public, or not in the export: nothing of them is shown."""
