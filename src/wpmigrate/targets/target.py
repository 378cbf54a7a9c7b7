"""What a target is."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Target"]


class Target(msgspec.Struct, frozen=True):
    """How Markdown is spelled for one site builder. Every field is a fact that was built and looked at."""

    name: str
    """What ``--target`` and the documents call it."""
    extension: str = ".md"
    """The ending of content files."""
    line_break: Literal["spaces", "backslash", "br"] = "spaces"
    """How a line break is written."""
