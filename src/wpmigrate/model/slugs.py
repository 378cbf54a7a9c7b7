"""Heading ids, by the rule that GitHub and most Markdown site builders share."""

from __future__ import annotations

import re

__all__ = ["Slugger", "slug"]

# github-slugger's rule in words: lower case; letters, marks, numbers, connectors, blanks and hyphens stay.
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def slug(text: str) -> str:
    """Return the heading id of ``text``: lower case, punctuation dropped, each blank a hyphen.

    The rule is that of GitHub (https://github.com/Flet/github-slugger): it keeps letters of every script.
    """
    return _NOT_IN_SLUG.sub("", text.strip().lower()).replace(" ", "-")


class Slugger:
    """Gives each heading of a page an id of its own: the second ``overview`` is ``overview-1``."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, text: str) -> str:
        """Return the id of the next heading with this text."""
        base = slug(text)
        result = base
        count = self._seen.get(base, 0)
        while result in self._seen:
            count += 1
            result = f"{base}-{count}"
        self._seen[base] = count
        self._seen[result] = self._seen.get(result, 0)
        return result
