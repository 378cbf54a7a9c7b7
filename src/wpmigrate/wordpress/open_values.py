"""Tags that go on past their ``>``, since nobody closed the quotation mark of an attribute: ``<a href="u>text</a> …``.

WordPress ends such a tag at its first ``>``, a browser at the quotation mark that comes next, paragraphs away. What
WordPress would make of a shortcode on the way stands in the attribute then: nobody sees it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["join_zones", "open_values"]

_OPEN_VALUE = re.compile(r"""=[ \t\n]*+(?:"[^"<>]*+[<>]|'[^'<>]*+[<>])""")
_START_OF_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+""")
_REST_OF_TAG = re.compile(r"""(?:[^>"'=]++|=[ \t\n]*+(?:"[^"]*+"|'[^']*+')?|["'])*+>""")
_LONGEST_START: Final = 2_000
"""So many characters are looked at for the beginning of the tag."""


def open_values(text: str) -> list[tuple[int, int]]:
    """Return where the tags stand in which a quotation mark is open at the first ``>``, up to where a browser ends them."""
    zones: list[tuple[int, int]] = []
    at = 0
    while found := _OPEN_VALUE.search(text, at):
        start = text.rfind("<", max(at, found.start() - _LONGEST_START), found.start())
        tag = _START_OF_TAG.match(text, start, found.start()) if start >= 0 else None
        at = found.end()
        if tag is None or tag.end() != found.start():
            continue
        mark = next(char for char in found[0] if char in "\"'")
        closed = text.find(mark, at)
        rest = _REST_OF_TAG.match(text, closed + 1) if closed >= 0 else None
        at = rest.end() if rest else len(text)
        zones.append((start, at))
    return zones


def join_zones(zones: list[tuple[int, int]], more: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return both lists as one in order, without the zones that begin inside another."""
    joined: list[tuple[int, int]] = []
    for zone in sorted(zones + more, key=lambda zone: (zone[0], -zone[1])):
        if not joined or zone[0] >= joined[-1][1]:
            joined.append(zone)
    return joined
