"""An element's attributes, as handlers read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

__all__ = ["Attributes", "one_line", "pick"]

Attributes: TypeAlias = dict[str, str | None]
"""Name -> value; None where there is none, as in ``<input disabled>``."""


def one_line(attributes: Attributes, name: str) -> str:
    """Return the value of ``name`` with its blanks folded; an empty string when there is none."""
    return " ".join((attributes.get(name) or "").split())


def pick(attributes: Attributes, names: Iterable[str]) -> Attributes:
    """Return those of ``names`` that have a value, in the order of ``names``."""
    return {name: attributes[name] for name in names if attributes.get(name)}
