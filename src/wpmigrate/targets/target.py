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
    heading_ids: Literal["auto", "attribute", "html"] = "auto"
    """auto: the builder makes the slug itself; attribute: ``{#id}``; html: ``<h2 id>``."""
    line_break: Literal["spaces", "backslash", "br"] = "spaces"
    """How a line break is written."""
    list_indent: Literal["content", "four"] = "content"
    """Whether a list item's blocks are indented to its content or always by four columns."""
    smart_punctuation: bool = False
    """Whether the builder bends quotes and dashes."""
