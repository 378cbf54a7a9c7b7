"""HTML that translators leave in Markdown, with its children indented and blank lines between them.

The exporters that translate bodies to Markdown keep what Markdown has no word for as it is, each element on lines of its own, indented
as deep as it stands: a cell of a table stands four blanks deep after a blank line. For kramdown, for which they wrote, the element ends
where its end tag is. For CommonMark it ends at the blank line, and what is indented after that is code, tags and all. Without the
blank lines both read the same.
"""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.model.commonmark import BLOCK_NAMES
from wpmigrate.wordpress.wrapped import opaque

__all__ = ["whole_elements"]

_HINT = re.compile(r"\n {2,}\n {4,}\S")
"""A blank line that is indented like what stands round it, as translators write them, and then what CommonMark reads as code."""
_OPENER = re.compile(r" {0,3}<([a-zA-Z][a-zA-Z0-9]*)(?=[\s>])")
_VERBATIM = re.compile(r"<(/?)(pre|script|style|textarea)(?=[\s>])", re.I)
_MOST_LINES: Final = 2000
"""Lines that one element may have; keeps the search for ends that do not come short."""
_NAMES: Final = BLOCK_NAMES - {"pre", "script", "style", "textarea", "link", "param", "track", "col", "hr", "base", "basefont"}
"""Elements that begin a block of HTML and have an end tag; those whose lines count are left alone."""


def whole_elements(text: str) -> tuple[str, int]:
    """Return the Markdown ``text`` without the blank lines in such elements, and how many elements there were. Never raises."""
    if _HINT.search(text) is None:
        return text, 0
    lines = text.split("\n")
    kept: list[str] = []
    inside = ""
    at = count = 0
    budget = _MOST_LINES + 2 * len(lines)
    while at < len(lines):
        opener = _OPENER.match(lines[at]) if not inside and budget > 0 else None
        end = _end(lines, at, opener[1].lower()) if opener else 0
        budget -= (end or min(len(lines), at + _MOST_LINES)) - at if opener else 0
        if end and _is_misread(lines, at, end):
            kept += (line for line in lines[at:end] if line.strip())
            count += 1
            at = end
            continue
        inside = opaque(lines[at], inside)
        kept.append(lines[at])
        at += 1
    return "\n".join(kept), count


def _end(lines: list[str], start: int, name: str) -> int:
    """Return the line after the one where the element ``name`` ends that begins in the line ``start``; 0: none, or code with blank lines."""
    if name not in _NAMES:
        return 0
    tag = re.compile(rf"<(/?){name}(?=[\s>])", re.I)
    depth = 0
    code = ""
    for number in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[number]
        if code and not line.strip():
            return 0
        for found in _VERBATIM.finditer(line) if "<" in line else ():
            if not code and not found[1]:
                code = found[2].lower()
            elif found[1] and found[2].lower() == code:
                code = ""
        if not code and "<" in line:
            depth += sum(-1 if found[1] else 1 for found in tag.finditer(line))
            if depth <= 0:
                return number + 1
    return 0


def _is_misread(lines: list[str], start: int, end: int) -> bool:
    """Whether a line between ``start`` and ``end`` would be code: it is indented by four after a blank line."""
    return any(lines[number][:4] == "    " and lines[number].strip() and not lines[number - 1].strip() for number in range(start + 1, end))
