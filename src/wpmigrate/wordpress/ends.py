"""Where elements, comments and shortcodes end in a text that no parser has read."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["Ends"]


@lru_cache(256)
def _in_any_case(ending: str) -> re.Pattern[str]:
    return re.compile(re.escape(ending), re.I)


class Ends:
    """Finds endings in one text. Where the next one stands, or that there is none, is looked for once, so that all searches are linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, tuple[int, int]] = {}
        """Ending -> where the one found last begins and ends."""
        self._missing: set[str] = set()

    def after(self, ending: str, start: int) -> int:
        """Return the place after the first ``ending`` at or after ``start``, or -1. Tags and names match in any case.

        Ask from the beginning of the text to its end: ``start`` never goes back.
        """
        if ending in self._missing:
            return -1
        if ending in self._found and start <= self._found[ending][0]:
            return self._found[ending][1]
        found = _in_any_case(ending).search(self._text, start)
        if found is None:
            self._missing.add(ending)
            return -1
        self._found[ending] = found.span()
        return found.end()
