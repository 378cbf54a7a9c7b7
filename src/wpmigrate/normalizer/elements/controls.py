"""Controls that do nothing: buttons with which a theme's script opened a panel, and those in links."""

from __future__ import annotations

from typing import Final

from wpmigrate.normalizer.elements.opening import Attributes

__all__ = ["IDLE", "is_idle"]

IDLE: Final = "without a form or a script of its own it does nothing"
"""Why such a button is its words."""
_DO_SOMETHING: Final = ("on", "form", "name", "value", "popovertarget", "command")
"""Beginnings of attributes of a button that does something, or says something to a form."""


def is_idle(attributes: Attributes) -> bool:
    """Whether a button with these attributes, one of no form, does nothing: a click asks no script of its own."""
    return not any(name.startswith(_DO_SOMETHING) for name in attributes)
