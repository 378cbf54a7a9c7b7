"""Where elements, comments and shortcodes end in a text that no parser has read."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["Ends"]


@lru_cache(256)
def _in_any_case(ending: str) -> re.Pattern[str]:
    return re.compile(re.escape(ending), re.I)


class Ends:
    """Finds endings in one text; one found missing is not looked for again, so that all searches together are linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()

    def after(self, ending: str, start: int) -> int:
        """Return the place after the first ``ending`` at or after ``start``, or -1. Tags and names match in any case."""
        if ending in self._missing:
            return -1
        found = _in_any_case(ending).search(self._text, start)
        if found is None:
            self._missing.add(ending)
            return -1
        return found.end()
