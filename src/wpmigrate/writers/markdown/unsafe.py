"""UNSAFE: which characters of plain text a Markdown engine would take for markup, where, and why.

Escaping is this table and nothing else. A row is a pattern (with what must stand before and after it), the place where it is
dangerous, the reason, and how it is written instead. At the edge of a text node the neighbour is another node, so the
look-arounds are negative: what is not known to be harmless is escaped.

Source of the rules: https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

__all__ = ["LINE_START", "UNSAFE", "Place", "Unsafe"]

Place: TypeAlias = Literal["text", "label", "tilde", "line", "item"]
"""text: anywhere; label: in a link text or alt; tilde: where a block has several ``~``; line: at the start of a line;
item: at the start of a list item."""


class Unsafe(msgspec.Struct, frozen=True):
    """One danger."""

    pattern: str
    """A regular expression. In a ``line`` or ``item`` row its first group is the character to escape."""
    where: Place
    """Where it is dangerous."""
    why: str
    """What an engine would make of it."""
    write: Literal["backslash", "entity"] = "backslash"
    """Each character behind a backslash, or ``&amp;`` (some engines do not know a backslash before ``&``)."""


UNSAFE: Final[tuple[Unsafe, ...]] = (
    Unsafe(r"\\(?=[!-/:-@\[-`{-~]|\Z)", "text", "a backslash before punctuation escapes it"),
    Unsafe(r"`+", "text", "a code span"),
    Unsafe(r"(?<![\s*])\*+|\*+(?![\s*])", "text", "emphasis; between blanks it is only a star"),
    Unsafe(r"(?<![^\W_])_+(?![\s_])|(?<![\s_])_+(?![^\W_])", "text", "emphasis; inside a word it is only an underscore"),
    Unsafe(r"(?<![\s~])~+|~+(?![\s~])", "tilde", "deleted text; needs two of them"),
    Unsafe(r"<(?=[A-Za-z/!?])", "text", "an HTML tag or an autolink"),
    Unsafe(r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]*;)", "text", "a character reference", "entity"),
    Unsafe(r"\](?=\()", "text", "the end of a link text"),
    Unsafe(r"[\[\]]", "label", "ends the link text or begins another link"),
)
"""What is dangerous anywhere in text."""

LINE_START: Final[tuple[Unsafe, ...]] = (
    Unsafe(r"(#)#{0,5}(?:\s|\Z)", "line", "a heading"),
    Unsafe(r"(>)", "line", "a quotation"),
    Unsafe(r"([-+*])(?:\s|\Z)", "line", "a bullet"),
    Unsafe(r"\d{1,9}([.)])(?:\s|\Z)", "line", "a number of a list"),
    Unsafe(r"(=)=*\s*(?:\n|\Z)", "line", "the line above becomes a heading"),
    Unsafe(r"([-_*])(?:[ \t]*[-_*]){2,}\s*(?:\n|\Z)", "line", "a rule"),
    Unsafe(r"(-)[-\s]*(?:\n|\Z)", "line", "the line above becomes a heading"),
    Unsafe(r"(~)~~", "line", "a code fence"),
    Unsafe(r"(\[)[^\]\n]*\]:", "line", "a link definition, which is not shown"),
    Unsafe(r"([|:-])[|:\-\s]*-[|:\-\s]*(?:\n|\Z)", "line", "the line above becomes a table"),
    Unsafe(r"(\[)[ xX]\](?:\s|\Z)", "item", "a check box"),
)
"""What is dangerous at the start of a line, also of one that a break begins."""
