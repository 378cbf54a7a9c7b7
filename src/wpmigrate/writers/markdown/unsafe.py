"""UNSAFE: which characters of plain text a Markdown engine would take for markup, where, and why.

Escaping is these tables and nothing else. A row is a pattern (with what must stand before and after it), the place where it
is dangerous, the reason, and how it is written instead. At the edge of a text node the neighbour is another node, so the
look-arounds are negative: what is not known to be harmless is escaped. A delimiter needs a partner, so its rows count only
in a block that has one (:func:`wpmigrate.writers.markdown.escape.dangerous_delimiters`).

Source of the rules: https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

__all__ = ["LINE_START", "UNSAFE", "Place", "Unsafe"]

Place: TypeAlias = Literal["text", "label", "line", "first", "next", "item"]
"""text: anywhere; label: in a link text or alt; line: at the start of any line; first: of the first line of a block;
next: of a line that a break begins; item: of the first line of a list item."""


class Unsafe(msgspec.Struct, frozen=True):
    """One danger."""

    pattern: str
    """A regular expression. In a row about a line its first group is the character to escape, and the end of the text
    (``\\Z``) is the end of the line."""
    where: Place
    """Where it is dangerous."""
    why: str
    """What an engine would make of it."""
    write: Literal["backslash", "entity"] = "backslash"
    """Each character behind a backslash, or ``&amp;`` (some engines do not know a backslash before ``&``)."""
    delimiter: str = ""
    """The row counts only where the block has a possible partner of this character."""


UNSAFE: Final[tuple[Unsafe, ...]] = (
    Unsafe(r"\\(?=[!-/:-@\[-`{-~]|\Z)", "text", "a backslash before punctuation escapes it"),
    Unsafe(r"`++", "text", "a code span", delimiter="`"),
    Unsafe(r"(?<![ \t\xa0*])\*++", "text", "the end of emphasis", delimiter="*"),
    Unsafe(r"(?<!\*)\*++(?![ \t\xa0])", "text", "the beginning of emphasis; between blanks it is only a star", delimiter="*"),
    Unsafe(r"(?<![ \t\xa0_])_++(?!\w)", "text", "the end of emphasis; inside a word it is a character", delimiter="_"),
    Unsafe(r"(?<!\w)_++(?![ \t\xa0])", "text", "the beginning of emphasis", delimiter="_"),
    Unsafe(r"(?<![ \t\xa0~])~++", "text", "the end of deleted text", delimiter="~"),
    Unsafe(r"(?<!~)~++(?![ \t\xa0])", "text", "the beginning of deleted text", delimiter="~"),
    Unsafe(r"<(?=[A-Za-z/!?])", "text", "an HTML tag or an autolink"),
    Unsafe(r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]*;)", "text", "a character reference", "entity"),
    Unsafe(r"\](?=\()", "text", "the end of a link text, with a destination behind it"),
    Unsafe(r"[\[\]]", "label", "ends the link text or begins another link; pairs of brackets are harmless"),
)
"""What is dangerous anywhere in text."""

LINE_START: Final[tuple[Unsafe, ...]] = (
    Unsafe(r"(#)#{0,5}(?:\s|\Z)", "line", "a heading"),
    Unsafe(r"(>)", "line", "a quotation"),
    Unsafe(r"([-+*])(?:[ \t]|\Z)", "line", "a bullet"),
    Unsafe(r"[0-9]{1,9}([.)])(?:[ \t]|\Z)", "line", "a number of a list"),
    Unsafe(r"(-)(?:[ \t]*+-){2,}+[ \t]*\Z", "line", "a rule"),
    Unsafe(r"(\*)(?:[ \t]*+\*){2,}+[ \t]*\Z", "line", "a rule"),
    Unsafe(r"(_)(?:[ \t]*+_){2,}+[ \t]*\Z", "line", "a rule"),
    Unsafe(r"(`)``(?!.*`)|(~)~~", "line", "a code fence"),
    Unsafe(r"(\[)(?:[^\[\]\\]|\\.)*+\]:", "first", "a link definition, which is not shown"),
    Unsafe(r"(=)=*[ \t]*\Z", "next", "the line above becomes a heading"),
    Unsafe(r"(-)-*[ \t]*\Z", "next", "the line above becomes a heading"),
    Unsafe(r"(?=[|: \t]*-)([|:-])[|:\- \t]*\Z", "next", "the line above becomes the head of a table"),
    Unsafe(r"(\[)[ xX]\](?:\s|\Z)", "item", "a check box"),
)
"""What is dangerous at the start of a line, also of one that a break begins."""
