"""How Markdown is spelled for one engine: switches, each of which was built and looked at. The defaults are CommonMark's.

What can be said in a way that CommonMark and the builder read alike is said so. A construct without such a spelling is HTML,
which all of them leave alone.
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Dialect", "Hazard"]


class Hazard(msgspec.Struct, frozen=True):
    """Something that one builder takes for markup and CommonMark does not."""

    pattern: str
    """A regular expression without groups; what it matches is written otherwise. What must stand round it: look-arounds."""
    where: Literal["text", "line", "html", "pre"]
    """Where it is dangerous: anywhere in text, at the start of a line of text, in raw HTML, in raw HTML with ``<pre>`` in it."""
    write: str
    """How it is spelled instead, such that CommonMark reads what it was."""
    why: str
    """What the builder would make of it."""


class Dialect(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """How Markdown is spelled."""

    engine: Literal["cmark", "python-markdown"] = "cmark"
    """What the proof renders the files with."""
    extensions: tuple[str, ...] = ()
    """Extensions of that engine, by their names."""
    verbatim: bool = True
    """Whether bodies that are Markdown in the source are passed on as they are; else they are written from the tree."""
    heading_ids: Literal["none", "braces", "html"] = "none"
    """How a heading's id is written where the builder gives another or none: ``## T {#id}``; or ``<h2 id="id">``, which is
    done only for headings that had an id in the source; or not at all, as the builder gives GitHub's."""
    brace_ids: str = r"[^\s{}]+"
    """A regular expression: ids that may stand in braces; a heading with another one is HTML."""
    auto_ids: Literal["none", "github", "ascii"] = "none"
    """The rule by which the builder makes ids itself, so that they need not be written."""
    heading_tags: str = ""
    """A regular expression: headings whose text has a match are HTML."""
    line_break: Literal["spaces", "backslash", "br"] = "spaces"
    """How a line break is written."""
    emphasis: Literal["commonmark", "greedy"] = "commonmark"
    """Which delimiters in text may pair up: those of CommonMark's rules, or any two of one kind."""
    list_indent: Literal["content", "four"] = "content"
    """Markers with one blank and the content's indent, or markers four columns wide."""
    list_starts: bool = True
    """Whether an ordered list may begin with another number than 1."""
    list_holds: frozenset[str] = frozenset()
    """Node types that may stand in items and quotes; with others the outermost list or quote is HTML. Empty: all."""
    lists_apart: Literal["same", "any"] = "same"
    """Whether two lists in a row need a comment between them when they are of one kind; or any two lists, and two quotes."""
    empty_item: Literal["bare", "comment", "html"] = "bare"
    """An item without content is a marker alone, or holds a comment, or its list is HTML."""
    footnotes: Literal["markdown", "html"] = "markdown"
    """Whether ``[^1]`` is a footnote."""
    task_items: Literal["markdown", "text"] = "markdown"
    """Whether ``- [x]`` is a check box."""
    deletions: Literal["markdown", "html"] = "markdown"
    """Whether ``~~x~~`` is deleted text."""
    code_tags: str = ""
    """A regular expression: code blocks with a match are ``<pre><code>``."""
    nested_code_tags: str = ""
    """A regular expression: in lists and quotes, code blocks with a match are ``<pre><code>`` too."""
    span_tags: str = ""
    """A regular expression: inline code with a match is ``<code>``."""
    url_tags: str = ""
    """A regular expression: destinations with a match are written as ``<a href>`` and ``<img>``."""
    image_tags: str = ""
    """A regular expression: images with such an address are ``<img>``, though links need not be tags."""
    alt_escapes: bool = True
    """Whether escaped characters in an image's text survive; else such images are ``<img>``."""
    titles: Literal["backslash", "entity"] = "backslash"
    """How a quote in a link's title is written."""
    backslashes: str = ""
    """Characters that a backslash may stand before; others are written as references; empty: all of ASCII's punctuation."""
    definitions: Literal["first", "any"] = "first"
    """Whether ``[x]:`` defines a link at the start of a paragraph or of any of its lines."""
    unicode_edges: bool = True
    """Whether wide and non-breaking blanks at the edges of a line survive."""
    body_edges: bool = True
    """Whether wide and non-breaking blanks survive as the first and the last character of a page."""
    html_begins: str = ""
    """A regular expression: raw HTML that does not begin with a match gets a ``div`` round it."""
    markdown_in_html: bool = True
    """Whether Markdown is read, after a blank line, between the tags of raw HTML; else it is HTML there too."""
    blocks_in_cells: bool = True
    """Whether the tags of lists and quotations may stand in the cells of a table; else such a table is HTML."""
    balanced_html: bool = False
    """Whether tags among inlines are written without end tags that nothing opened, and with XML's names only: the engine
    shows others as text."""
    hazards: tuple[Hazard, ...] = ()
    """What else must be written otherwise."""
