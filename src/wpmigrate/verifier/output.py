"""The output as the proof reads it: cmark-gfm's rendering of the Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from cmarkgfm import cmark  # type: ignore[import-untyped]

from wpmigrate.verifier.inventory import read_html

__all__ = ["line_at", "lines_of", "render", "split_page"]

_EXTENSIONS: Final = ("table", "strikethrough")
_UNSAFE: Final[int] = cmark.Options.CMARK_OPT_UNSAFE
_TWO_TILDES: Final[int] = cmark.Options.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
_FENCES: Final = {
    "yaml": (re.compile(r"---[ \t]*\n"), re.compile(r"\n---[ \t]*\n")),
    "toml": (re.compile(r"\+\+\+[ \t]*\n"), re.compile(r"\n\+\+\+[ \t]*\n")),
}
"""The opening and the closing fence of each form of front matter; an editor may have left blanks after them."""


def render(markdown: str, footnotes: bool = False, typed: bool = False) -> str:
    """Return the HTML of ``markdown``: CommonMark with GitHub's tables and strikethrough, raw HTML let through.

    ``footnotes``: those of GitHub too, which other Markdown has not. ``typed``: people typed it, for engines in which one
    tilde is a character, and only two strike out.
    """
    if markdown[:1] == "\ufeff":
        markdown = f"\n{markdown}"  # cmark takes one at the very beginning for a byte order mark; in a page it stands below the front matter
    notes = cmark.Options.CMARK_OPT_FOOTNOTES if footnotes else 0
    return _html(markdown, _UNSAFE | notes | (_TWO_TILDES if typed else 0))


def _html(markdown: str, options: int) -> str:
    # Without their characters the extensions change nothing, and cost a quarter of the time.
    if "|" in markdown or "~" in markdown:
        return str(cmark.markdown_to_html_with_extensions(markdown, options=options, extensions=_EXTENSIONS))
    return str(cmark.markdown_to_html(markdown, options=options))


def split_page(text: str, form: str = "yaml") -> tuple[str, str, int] | None:
    """Return the front matter, the body and the body's first line of a written page; None when a fence is missing.

    ``form`` is that of :class:`~wpmigrate.targets.Front`; headers have no fences, an empty line ends them.
    """
    if form == "headers":
        end = text.find("\n\n")
        head, start = (text[: end + 1], end + 1) if end >= 0 else (text, len(text))
    else:
        opens, closes = _FENCES[form]
        opening = opens.match(text)
        closing = closes.search(text, opening.end() - 1) if opening else None
        if opening is None or closing is None:
            return None
        head, start = text[opening.end() : closing.start() + 1], closing.end()
    return head, text[start:], text.count("\n", 0, start) + 1


def lines_of(markdown: str) -> list[tuple[int, int]]:
    """Return (index of a token, 1-based line of ``markdown``) for each block, in order."""
    return read_html(_html(markdown, _UNSAFE | cmark.Options.CMARK_OPT_SOURCEPOS)).lines


def line_at(lines: list[tuple[int, int]], index: int) -> int:
    """Return the line of the block that token ``index`` stands in, from :func:`lines_of`."""
    place = bisect_right(lines, index, key=lambda row: row[0]) - 1
    return lines[max(place, 0)][1] if lines else 1
