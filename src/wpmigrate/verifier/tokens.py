"""The words of the proof: what an inventory is made of."""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

__all__ = [
    "BLOCK_SAYS",
    "BREAK",
    "CODE",
    "CODE_BLOCK",
    "DELETE",
    "EMPHASIS",
    "END_HEADING",
    "END_LINK",
    "END_LIST",
    "END_QUOTE",
    "END_TABLE",
    "IMAGE",
    "IMAGE_SAYS",
    "ITEM",
    "LINK",
    "LINK_SAYS",
    "PARAGRAPH",
    "QUOTE",
    "ROW",
    "RULE",
    "SPAN",
    "STRONG",
    "STYLES",
    "TABLE",
    "Beside",
    "Inventory",
    "Token",
    "says",
]

Token: TypeAlias = str | int | tuple[object, ...]
"""Text is a ``str``; the styles of the text after it (a bit set) an ``int``; all else a tuple that begins with its kind."""

EMPHASIS: Final = 1
STRONG: Final = 2
DELETE: Final = 4
CODE: Final = 8

STYLES: Final[dict[str, int]] = {
    "em": EMPHASIS,
    "i": EMPHASIS,
    "strong": STRONG,
    "b": STRONG,
    "del": DELETE,
    "s": DELETE,
    "strike": DELETE,
    "code": CODE,
    "tt": CODE,
    "samp": CODE,
    "kbd": 1 << 4,
    "sub": 1 << 5,
    "sup": 1 << 6,
    "ins": 1 << 7,
    "mark": 1 << 8,
    "small": 1 << 9,
    "u": 1 << 10,
    "q": 1 << 11,
    "var": 1 << 12,
    "dfn": 1 << 13,
    "abbr": 1 << 14,
    "acronym": 1 << 14,
    "bdo": 1 << 15,
    "bdi": 1 << 16,
    "time": 1 << 17,
    "data": 1 << 18,
    "ruby": 1 << 19,
    "rt": 1 << 20,
    "rp": 1 << 21,
    "rb": 1 << 22,
}
"""Elements that say something about the text in them, as bits: order, nesting and splitting do not matter, text does."""

PARAGRAPH: Final = ("paragraph",)
BREAK: Final = ("break",)
END_HEADING: Final = ("end of heading",)
END_LINK: Final = ("end of link",)
ITEM: Final = ("list item",)
END_LIST: Final = ("end of list",)
QUOTE: Final = ("quote",)
END_QUOTE: Final = ("end of quote",)
TABLE: Final = ("table",)
ROW: Final = ("row",)
END_TABLE: Final = ("end of table",)
RULE: Final = ("rule",)

LINK: Final = "link"
"""``(LINK, url, title)``; for a link in the page that leads somewhere the url is ``("lands", where)``."""
IMAGE: Final = "image"
"""``(IMAGE, url, alt, title)``."""
SPAN: Final = "code"
"""``(SPAN, exact text)``."""
CODE_BLOCK: Final = "code block"
"""``(CODE_BLOCK, exact text without the last line end)``."""


Beside: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...]]
"""(link, image or nothing, its address, what its attributes say) of an element; of a block each attribute alone."""

LINK_SAYS: Final = frozenset({"target", "rel", "hreflang", "download"})
IMAGE_SAYS: Final = frozenset({"width", "height", "srcset"})
BLOCK_SAYS: Final = frozenset({("p", "dir"), ("p", "lang"), ("blockquote", "cite")})
"""Attributes that Markdown has no spelling for, but the nodes of the record."""


class Inventory(msgspec.Struct):
    """What a person would miss, in document order."""

    tokens: list[Token]
    """The flat list; two pages say the same when theirs are equal."""
    anchors: dict[str, int]
    """Name -> index in ``tokens`` before which it stands; the first of a name counts, as in a browser."""
    fragments: list[int]
    """Indices of the links that lead into the page."""
    headings: list[int]
    """Indices of the headings."""
    left_out: dict[str, int]
    """Kinds of things that have no token, and how many there are: style sheets, comments, empty headings."""
    languages: dict[int, str]
    """Index of a code block in ``tokens`` -> what its attributes say of its language."""
    lines: list[tuple[int, int]]
    """(index of a token, line in the Markdown), when cmark was asked for source positions."""
    beside: set[Beside]
    """What elements say that Markdown has no spelling for."""
    may_hide: bool = False
    """Whether something in it may hide other things."""
    owed: set[Beside] = msgspec.field(default_factory=set)
    """Those of ``beside`` that blocks say in which something shows, where a node can hold it."""
    sizes: list[int] | None = None
    """Visible characters before each token, once somebody has asked."""


def says(token: Token) -> str:
    """Return ``token`` in a person's words."""
    if isinstance(token, str):
        return f"“{token.strip()}”"
    if isinstance(token, int):
        names = [name for name, bit in _NAMES.items() if token & bit]
        return " + ".join(names) if names else "plain text"
    if token[0] == LINK and type(token[1]) is tuple:
        return "link to a place of the page"
    return " ".join(str(part) for part in token if part not in (None, ""))


_NAMES: Final = {
    "emphasis": EMPHASIS,
    "strong": STRONG,
    "deleted": DELETE,
    **{name: bit for name, bit in STYLES.items() if bit >= CODE and name not in ("tt", "samp", "acronym")},
}
