"""Where an element ends, in bytes that may be damaged. Positions only; nothing is decoded.

XML says that a CDATA section ends at the first ``]]>``. WordPress up to 3.1 did not escape a ``]]>`` in a body
(``// <![CDATA[ … // ]]>`` of old scripts), so that its sections end where the element does. Both readings are the same in
a well-formed file, and :func:`section_end` finds the one that the element's end tag confirms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = ["HIDES", "NO_END", "Border", "Search", "count_items", "element_end", "item_end"]

NO_END = "the element has no end tag"
HIDES = "items inside a comment or a damaged section: not read"

_CDATA = b"<![CDATA["
_ITEM_END = re.compile(rb"</item\s*>")
_ITEM_TOKEN = re.compile(rb"<(?:!\[CDATA\[|!--|/item\s*>|item(?=[\s/>]))")
_BETWEEN_ITEMS = re.compile(rb"</item\s*>\s*<item[\s/>]")
# the end of a section, with what stands after it where WordPress wrote it: an end tag, or the rest of an escaped ]]>
_CLOSE = re.compile(
    rb"\]\]>(</(?:wp:|content:|excerpt:|dc:|title>|category>|description>|guid>|link>)|<!\[CDATA\[>)?"
)
_START_TAG = re.compile(rb"<([A-Za-z_][\w:.\-]*)(?:\s[^<>]*)?>\s*")
_TAG_END = re.compile(rb"\s*>")
_LOOK_BACK = 1024
_LOOK_AHEAD = 512
_FAR = 1 << 24
_MISSES = 64


class Border(NamedTuple):
    """Where an element ends."""

    end: int
    """The position after its end tag, or where it stops without one."""
    hidden: int
    """How many ``<item`` stand inside its CDATA sections and comments."""
    problem: str
    """A sentence; empty when the end tag is there and nothing is hidden that should not be."""


class _Tags(NamedTuple):
    """The patterns for one element name."""

    token: re.Pattern[bytes]
    """What :func:`_walk` stops at."""
    real_end: re.Pattern[bytes]
    """The end of a section that its end tag follows, or another such element's start."""


@lru_cache(maxsize=512)
def _tags(name: bytes) -> _Tags:
    """Return the patterns for ``name``."""
    quoted = re.escape(name)
    return _Tags(
        re.compile(rb"<(?:!\[CDATA\[|!--|/" + quoted + rb"\s*>|/?(?:item|channel|rss)(?=[\s/>]))"),
        re.compile(rb"\]\]>\s*</" + quoted + rb"\s*>|<" + quoted + rb"[\s>]"),
    )


class Search:
    """The bytes that are being searched, and how often a search through them was in vain."""

    __slots__ = ("doubtful", "misses", "no_comments", "starts", "view", "whole")

    def __init__(self, view: bytes, whole: bool, starts: Sequence[int]) -> None:
        self.view = view
        self.whole = whole
        """Whether the view goes to the end of the file; else a search without result asks for more."""
        self.starts = starts
        """Where ``<item`` stands in the view, in order."""
        self.doubtful = False
        """Whether the end of the last section is a guess."""
        self.misses = 0
        self.no_comments = 0
        """Up to where ``<!--`` begins no comment."""

    def next_item(self, start: int) -> int:
        """Return where the next item seems to begin; the end of the view if none does."""
        place = bisect_left(self.starts, start)
        return self.starts[place] if place < len(self.starts) else len(self.view)


def item_end(search: Search, start: int) -> Border | None:
    """Return where the item whose content begins at ``start`` ends; None when more bytes are needed to tell.

    An item without an end tag ends where the next one begins, or with the file.
    """
    view = search.view
    end = view.find(b"</item", start, search.next_item(start))
    if end >= 0 and _is_plain(view, start, end):
        tag = _ITEM_END.match(view, end)
        if tag is not None:
            return Border(tag.end(), 0, "")
    return _walk(search, start, _ITEM_TOKEN)


def element_end(search: Search, start: int, name: bytes) -> Border | None:
    """Return where the channel's element ``name`` ends whose content begins at ``start``; None: more bytes are needed.

    One without an end tag ends where an item, the channel or the file does.
    """
    return _walk(search, start, _tags(name).token)


def _is_plain(view: bytes, start: int, end: int) -> bool:
    """Tell whether every CDATA section of an item ends as WordPress ends it, and ``end`` is in none and in no comment.

    ``end`` is outside of all sections if and only if some section ended after the last one that began.
    """
    closes = _CLOSE.findall(view, start, end)
    return (
        b"" not in closes
        and view.count(_CDATA, start, end) == len(closes)
        and view.rfind(b"]]>", start, end) >= view.rfind(_CDATA, start, end)
        and view.rfind(b"-->", start, end) >= view.rfind(b"<!--", start, end)
    )


def _walk(search: Search, at: int, token_pattern: re.Pattern[bytes]) -> Border | None:
    """Go from section to section to the end tag."""
    view = search.view
    hidden, problem = 0, ""
    while (token := token_pattern.search(view, at)) is not None:
        kind = token[0]
        search.doubtful = kind == b"<!--"
        if kind == _CDATA:
            end = section_end(search, token.start())
        elif kind == b"<!--":
            end = _comment_end(search, token.start())
        elif kind[1:2] == b"/" and kind.endswith(b">"):
            return Border(token.end(), hidden, problem)
        else:
            return Border(token.start(), hidden, NO_END)
        if end is None:
            return None
        inside = count_items(search, token.start(), end)
        if inside and search.doubtful:
            problem = HIDES
        hidden += inside
        at = end
    return Border(len(view), hidden, "the file ends inside this element") if search.whole else None


def count_items(search: Search, start: int, end: int) -> int:
    """Return how many items seem to begin between ``start`` and ``end``."""
    return bisect_left(search.starts, end) - bisect_left(search.starts, start)


def _comment_end(search: Search, start: int) -> int | None:
    """Return where the comment ends; one that does not end, or swallows the border of two items, is text."""
    if start < search.no_comments:
        return start + 4
    end = search.view.find(b"-->", start + 4)
    if end < 0 and not search.whole:
        return None
    if end < 0 or _BETWEEN_ITEMS.search(search.view, start, end) is not None:
        search.no_comments = end if end >= 0 else len(search.view)
        return start + 4
    return end + 3


def section_end(search: Search, start: int) -> int | None:
    """Return where the CDATA section that begins at ``start`` ends; None when more bytes are needed to tell.

    That is the first ``]]>`` if the end tag of the section's element, or another section, follows; else the first ``]]>``
    before such an end tag; else, when the section lost its ``]]>``, its element's end tag; else the first ``]]>``.
    """
    view = search.view
    name = _element_before(view, start)
    close = view.find(b"]]>", start + len(_CDATA))
    while close >= 0 and view.startswith(_CDATA, close + 3):
        close = view.find(b"]]>", close + 3 + len(_CDATA))
    if close < 0 and not search.whole:
        return None
    if name is None:
        return close + 3 if close >= 0 else len(view)
    if close >= 0:
        if close + _LOOK_AHEAD > len(view) and not search.whole:
            return None
        if _ends_well(view, close + 3, b"</" + name):
            swallowed = _swallowed(search, start, close, name)
            return close + 3 if swallowed < 0 else swallowed
    return _unusual_end(search, start, close, name)


def _swallowed(search: Search, start: int, close: int, name: bytes) -> int:
    """Return where the border of two items stands in a section that lost its end and ends with another item's; else -1.

    Such a one is told from a text about exports by the other item's ``<name><![CDATA[``, which nothing in the section ends.
    """
    if search.next_item(start) >= close:
        return -1
    view = search.view
    border = _BETWEEN_ITEMS.search(view, start, close)
    if border is None or view.rfind(b"</" + name, border.end(), close) > (
        at := view.rfind(b"<" + name, border.end(), close)
    ):
        return -1
    tag = _START_TAG.match(view, at) if at >= 0 else None
    return border.start() if tag is not None and view.startswith(_CDATA, tag.end()) else -1


def _ends_well(view: bytes, at: int, end_tag: bytes) -> bool:
    """Tell whether the element ends at ``at``, perhaps after some text."""
    tag = view.find(b"<", at)
    if tag < 0 or not view.startswith(end_tag, tag) or _TAG_END.match(view, tag + len(end_tag)) is None:
        return False
    return view.find(b"]]>", at, tag) < 0


def _unusual_end(search: Search, start: int, close: int, name: bytes) -> int | None:
    """Return where a section ends whose first ``]]>`` (at ``close``, or -1) is not followed by its element's end."""
    view = search.view
    if close >= 0 and search.misses < _MISSES:
        real = _tags(name).real_end.search(view, close, close + _FAR)
        if real is None and not search.whole and len(view) < close + _FAR:
            return None
        if real is not None and real[0].startswith(b"]"):
            return real.start() + 3
        search.misses += 1
    search.doubtful = True
    limit = close if close >= 0 else len(view)
    lost = view.find(b"</" + name, start, limit)
    if lost >= 0 and _TAG_END.match(view, lost + 2 + len(name)) is not None:
        return lost
    return close + 3 if close >= 0 else limit


def _element_before(view: bytes, at: int) -> bytes | None:
    """Return the name of the element whose start tag stands straight before ``at``; None when there is none."""
    tag = _START_TAG.fullmatch(view, max(view.rfind(b"<", max(at - _LOOK_BACK, 0), at), 0), at)
    return tag[1] if tag is not None else None
