"""What stands above the body: which keys, in which format."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

__all__ = ["Front"]


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter of a builder."""

    format: Literal["yaml", "toml", "headers"] = "yaml"
    """YAML between ``---``, TOML between ``+++``, or lines ``Key: value``."""
    keys: dict[str, str] = {}
    """Our key -> the builder's; keys without a row keep their name."""
    constant: dict[str, Any] = {}
    """Keys that every page gets."""
    address_keys: dict[str, str] = {}
    """Key -> what it says of where the page goes: ``{address}``, ``{path}`` and ``{name}`` (the address's last segment) are filled in."""
    reserved: frozenset[str] = frozenset()
    """Keys that mean something to the builder: a key of the source with such a name goes into the map ``wordpress``."""
    flat_rest: str = ""
    """The header that holds all keys without a row, as one line of JSON; for ``headers``."""
