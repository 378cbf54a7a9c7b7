"""How blanks in text show."""

from __future__ import annotations

import re

__all__ = ["ODD_BLANKS", "fold_blanks"]

ODD_BLANKS = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
"""Blanks that show otherwise than they stand there."""


def fold_blanks(words: str) -> str:
    """Return ``words`` with each run of blanks as one, and each odd one as an ordinary one."""
    if "\f" in words or "\r" in words:
        return ODD_BLANKS.sub(" ", words)
    words = words.replace("\n", " ").replace("\t", " ")
    if "\xa0" in words:  # an expression would take several times as long
        words = words.replace("\xa0\xa0", " ").replace("\xa0 ", " ").replace(" \xa0", " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words
