"""Tables of Markdown that begin under a line of text: GFM lets them, pulldown-cmark reads on in the paragraph.

A comment between the two ends the paragraph, in a quotation and in a tight list as well; it does not get into the tree.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["MARK", "part_tables", "without_marks"]

MARK: Final = "<!--wpm-table-->"
_DELIMITERS = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$", re.M)
"""The line under a head: https://github.github.com/gfm/#delimiter-row"""
_LEAD = re.compile(r"[ \t>]*")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(rf"^.*{MARK}\n?", re.M)


def part_tables(text: str) -> str:
    """Return ``text`` with :data:`MARK` on a line before each table that begins under a line of text."""
    if "|" not in text or not any("|" in found[0] for found in _DELIMITERS.finditer(text)):
        return text
    lines = text.split("\n")
    parted: list[str] = []
    in_table = False
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if not line.strip(" \t>"):
            in_table = False
        elif not in_table and _is_head(line, after):
            in_table = True
            if _goes_on(before, line):
                parted.append(_LEAD.match(line)[0] + MARK)  # type: ignore[index]
        parted.append(line)
    return "\n".join(parted)


def without_marks(text: str) -> str:
    """Return ``text``, of code or HTML, without the lines of :data:`MARK`."""
    return _MARKS.sub("", text) if MARK in text else text


def _is_head(line: str, after: str) -> bool:
    if "|" not in after or not _DELIMITERS.fullmatch(after):
        return False
    return _ITEM.match(line.lstrip(" \t>")) is None and _cells(line) == _cells(after)


def _cells(line: str) -> int:
    row = line.strip(" \t>")
    row = row.removeprefix("|")
    return len(_BAR.findall(row)) + (not (row.endswith("|") and not row.endswith("\\|")))


def _goes_on(before: str, line: str) -> bool:
    """Return whether ``line`` stands where the text of the line before does: in the same quotation, inside the same item."""
    text = before.lstrip(" \t>")
    if not text or before.count(">", 0, len(before) - len(text)) != _LEAD.match(line)[0].count(">"):  # type: ignore[index]
        return False
    return _ITEM.match(text) is None or len(line) - len(line.lstrip(" \t>")) > len(before) - len(text)
