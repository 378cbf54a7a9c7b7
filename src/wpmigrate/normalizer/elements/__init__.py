"""ELEMENTS: one row per HTML element, with what handles it and what becomes of it.

``docs/fidelity.md`` is printed from this table. An element without a row is *unknown*, and unknown means kept: its tags
stay as raw HTML round its content. The handlers are in the files of this folder, and in a table of their own:
:data:`~wpmigrate.normalizer.elements.handlers.HANDLERS`.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

__all__ = ["ELEMENTS", "UNKNOWN", "Element", "ElementKind", "element_of", "is_block"]

ElementKind: TypeAlias = Literal[
    "block", "break", "caption", "cell", "code", "drop", "figure", "heading", "image", "item", "link", "list", "mark",
    "paragraph", "pre", "quote", "raw", "rule", "table", "tag", "transparent", "unknown", "void",
]  # fmt: skip
"""The kinds of elements; each has a handler."""


class Element(msgspec.Struct, frozen=True):
    """What becomes of one HTML element."""

    kind: ElementKind
    """Which handler of the tree builder takes it."""
    fate: str
    """What stands in the tree afterwards, in mdast's words."""
    reason: str
    """Why."""
    value: str = ""
    """What the handler needs: the mark's name, the heading's depth …"""


ELEMENTS: Final[dict[str, Element]] = {}
"""Element (lower case) -> what becomes of it; of two rows for one element the later counts."""


def _rows(kind: ElementKind, names: str, fate: str, reason: str, value: str = "") -> None:
    for name in names.split():
        ELEMENTS[name] = Element(kind, fate, reason, value)


_rows("paragraph", "p", "paragraph", "a paragraph is a paragraph")
_rows(
    "block",
    "div section article aside header footer main nav address hgroup center fieldset legend body html search dialog marquee",
    "its content, as blocks",
    "a box for layout; what is in it stays",
)
for _depth in "123456":
    _rows("heading", f"h{_depth}", f"heading {_depth}", "a heading keeps its level", _depth)
_rows("list", "ul ol menu dir", "list", "a list is a list")
_rows("item", "li", "listItem", "an item is an item")
_rows("quote", "blockquote", "blockquote", "a quotation is a quotation")
_rows("rule", "hr", "thematicBreak", "a rule is a rule")
_rows("pre", "pre listing xmp plaintext", "code", "code is bytes; with images, links, headings, lists, meant emphasis or unknown tags inside it stays HTML")
_rows("table", "table", "table; its content when it is layout; else html, with Markdown in cells that hold blocks", "GFM tables are grids of one-line cells; lists, quotations, rules and fields stand in them as tags")
_rows("figure", "figure", "its image and caption, as paragraphs", "Markdown has no figure; the record pairs them")
_rows("caption", "figcaption", "paragraph", "the caption's words are content")
_rows("break", "br", "break", "a line break is a line break")
_rows("image", "img image", "image", "an image is an image")
_rows("link", "a", "link, or an anchor", "a link is a link")
_rows("mark", "em i", "emphasis", "stress", "emphasis")
_rows("mark", "strong b", "strong", "importance", "strong")
_rows("mark", "del s strike", "delete", "text struck out", "delete")
_rows("code", "code tt samp", "inlineCode", "code is bytes")
_rows(
    "tag",
    "kbd sub sup ins mark small abbr acronym q u var dfn bdo bdi ruby rb rt rp rtc time data",
    "its content between raw tags",
    "means something that Markdown cannot say",
)
_rows("transparent", "span font big basefont cite nobr blink", "its content", "looks, not meaning")
_rows("transparent", "label", "its content; in a form between raw tags", "a click on it goes to its field", "label")
_rows("cell", "tr td th caption", "its content, as blocks; in a table that stays html its tags too", "a piece of a table that is only layout, or of blocks")
_rows("transparent", "picture", "its image; its other formats are dropped with a notice", "a browser chooses one of the same picture")
_rows("transparent", "thead tbody tfoot", "its content; in a table that stays html its tags too", "a piece of a table that is only layout, or of blocks", "part")
_rows("transparent", "col colgroup", "its content", "a piece of a table that is only layout")
_rows("transparent", "noscript", "its content", "what stands in for a script is content")
_rows("void", "wbr", "nothing", "a hint for line breaking; no content")
_rows("drop", "style", "nothing, with a notice", "rules for a theme that stays behind")
_rows("drop", "base basefont link meta title head", "nothing, with a notice", "belongs into a page's head")
_rows(
    "raw",
    """iframe object embed param audio video source track canvas script template
    frameset frame noframes noembed""",
    "html, whole",
    "Markdown has no way to say it",
)
_rows("raw", "dl dd", "its tags as html, and Markdown between them where it holds more than a line; its content when there is no dt", "Markdown has no way to say it", "box")
_rows("raw", "dt details summary", "its tags as html, and Markdown between them where it holds more than a line", "Markdown has no way to say it", "box")
_rows("raw", "form", "its tags and fields as html, and Markdown between them; its content when it has no field", "Markdown has no way to say it", "box")
_rows(
    "raw",
    "input select option optgroup textarea output progress meter datalist keygen applet map area slot math",
    "html, whole, in its line",
    "Markdown has no way to say it",
    "inline",
)
_rows(
    "raw",
    "button",
    "html, whole, in its line; its content outside of a form, when no script runs it",
    "Markdown has no way to say it",
    "inline",
)
_rows("raw", "svg", "html, whole, in its line; nothing, with a notice, when it only decorates", "Markdown has no way to say it", "inline")

UNKNOWN: Final = Element("unknown", "its content between raw tags", "unknown means kept")
"""The row of every element without one."""
_OFFICE: Final = frozenset({"o", "w", "st1", "st2", "st3", "u1", "u2", "u3", "v", "smarttagtype"})
_OFFICE_NOTE: Final = Element("transparent", "its content", "Word's notes to itself")
_IMPOSSIBLE_HEADING: Final = Element("heading", "heading 6", "no such level exists; 6 is the nearest", "6")


def element_of(name: str) -> Element:
    """Return the row of the element ``name`` (lower case); ``h7`` and deeper are headings, the rest is unknown.

    The prefixes are those of Microsoft Office's HTML: ``<o:p>``, ``<st1:place>``, ``<w:sdt>`` …
    """
    row = ELEMENTS.get(name)
    if row is None:
        if ":" in name and name.partition(":")[0] in _OFFICE:
            return _OFFICE_NOTE
        if name[0] == "h" and name[1:].isdigit():
            return _IMPOSSIBLE_HEADING
        return UNKNOWN
    return row


_BLOCKS: Final[frozenset[ElementKind]] = frozenset(
    {"block", "caption", "figure", "heading", "item", "list", "paragraph", "pre", "quote", "rule", "table"}
)


def is_block(name: str) -> bool:
    """Whether the element ``name`` (lower case) stands for itself; all others stand in a line of text."""
    row = element_of(name)
    return row.kind in _BLOCKS or (row.kind == "raw" and row.value != "inline")
