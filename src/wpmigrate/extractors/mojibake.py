"""Temporary: replaced by wpmigrate.wordpress.repair."""

from __future__ import annotations

import re

_PAIR = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")


def repair_metadata_text(text: str) -> tuple[str, bool]:
    """Return ``text`` with Syck's double encoding undone, and whether it had it."""
    if not _PAIR.search(text):
        return text, False
    try:
        repaired = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text, False
    return repaired, True
