"""How Markdown is spelled for one engine: switches, each of which was built and looked at. The defaults are CommonMark's."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Dialect", "Hazard"]


class Hazard(msgspec.Struct, frozen=True):
    """Something that one builder takes for markup and CommonMark does not."""

    pattern: str
    """A regular expression; its first group, or else the whole, is what is written otherwise."""
    where: Literal["text", "label", "line", "heading_end", "code", "span", "html"]
    """Where it is dangerous: in text, in link texts, at the start of a line, at the end of a heading, in a code block, in inline
    code, in raw HTML."""
    write: str
    """How it is spelled instead; empty: the block is written as HTML."""
    why: str
    """What the builder would make of it."""


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """How Markdown is spelled."""

    engine: Literal["cmark", "python-markdown"] = "cmark"
    """What the proof renders the files with."""
    extensions: tuple[str, ...] = ()
    """Extensions of that engine, by their names."""
    verbatim: bool = True
    """Whether bodies that are Markdown in the source are passed on as they are; else they are written from the tree."""
    heading_ids: Literal["none", "braces", "html"] = "none"
    """How a heading's id is written where the builder gives another or none: ``## T {#id}`` or ``<h2 id="id">``."""
    auto_ids: Literal["none", "github", "ascii"] = "none"
    """The rule by which the builder makes ids itself, so that they need not be written."""
    line_break: Literal["spaces", "backslash", "br"] = "spaces"
    """How a line break is written."""
    list_indent: Literal["content", "four"] = "content"
    """Markers with one blank and the content's indent, or markers four columns wide."""
    list_starts: bool = True
    """Whether an ordered list may begin with another number than 1."""
    list_holds: frozenset[str] = frozenset()
    """Node types that may stand in items and quotes; empty: all."""
    lists_apart: Literal["same", "any"] = "same"
    """Whether two lists in a row need a comment between them when they are of one kind, or always."""
    empty_item: Literal["bare", "comment"] = "bare"
    """An item without content is a marker alone, or holds a comment."""
    footnotes: Literal["markdown", "html"] = "markdown"
    """Whether ``[^1]`` is a footnote."""
    task_items: Literal["markdown", "text"] = "markdown"
    """Whether ``- [x]`` is a check box."""
    deletions: Literal["markdown", "html"] = "markdown"
    """Whether ``~~x~~`` is deleted text."""
    code_tabs: bool = True
    """Whether tabs survive in a fence."""
    code_first_blank: bool = True
    """Whether the empty line that a fence begins with survives."""
    span_edges: bool = True
    """Whether blanks at the edges of inline code survive."""
    url_tags: str = ""
    """A regular expression: destinations with a match are written as ``<a href>`` and ``<img>``."""
    titles: Literal["backslash", "entity"] = "backslash"
    """How a quote in a link's title is written."""
    backslashes: str = ""
    """Characters that a backslash may stand before; others are written as references; empty: all of ASCII's punctuation."""
    unicode_edges: bool = True
    """Whether wide and non-breaking blanks at the edges of a line survive."""
    balanced_html: bool = False
    """Whether raw HTML must be balanced."""
    hazards: tuple[Hazard, ...] = ()
    """What else must be written otherwise."""
