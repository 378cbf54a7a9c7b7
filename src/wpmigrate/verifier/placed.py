"""Tokens with their places, and what the rules of :mod:`wpmigrate.verifier.settle` ask of one."""

from __future__ import annotations

from typing import Final, TypeAlias

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.elements import BLOCK_OTHERS
from wpmigrate.verifier.tokens import Token

__all__ = ["INLINE", "LEAVE_PARAGRAPH", "LINE_EDGES", "ONE_PARAGRAPH", "Placed", "ends_line", "is_blank", "kind_of", "token_at"]

Placed: TypeAlias = tuple[Token, int, int]
"""A token, its index in the inventory that it came from, and the styles that it stands under."""

INLINE: Final = frozenset({t.LINK, t.IMAGE, t.SPAN, "end of link", "title", "lang", "dir", "cite", "datetime", "instruction", "element"})

ONE_PARAGRAPH: Final = frozenset({"heading", "cell", "head cell"})

LEAVE_PARAGRAPH: Final = frozenset({"end of heading", "end of table", "row", "list", "ordered list", "quote", "table"})

LINE_EDGES: Final = frozenset({"paragraph", "break"})


def kind_of(token: Token | None) -> str:
    """Return the kind of ``token``; empty for text and styles."""
    return token[0] if type(token) is tuple else ""  # type: ignore[return-value]


def token_at(rows: list[Placed], index: int) -> Token:
    """Return the token at ``index``; before and after the page it is the edge of a paragraph."""
    return rows[index][0] if 0 <= index < len(rows) else t.PARAGRAPH


def ends_line(token: Token) -> bool:
    """Whether ``token`` is the edge of a line: of a paragraph, a break, or an element that stands for itself."""
    return kind_of(token) in LINE_EDGES or (kind_of(token) == "element" and isinstance(token, tuple) and str(token[1]).removeprefix("/") in BLOCK_OTHERS)


def is_blank(token: Token) -> bool:
    """Whether ``token`` is text of which nothing shows."""
    return isinstance(token, str) and not token.strip(" \xa0")
