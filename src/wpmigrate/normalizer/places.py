"""Where in the source file the things stand that notices speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from wpmigrate.model import Notice

__all__ = ["with_places"]

_ID: Final = ('id="{}"', 'name="{}"', "id='{}'", "name='{}'", "id={}", "name={}")
_ROWS: Final = (
    (r"<(\w[\w:-]*)>", ("<{}",)),
    (r"(<!--.{1,12})", ("{}",)),
    (r"style ([\w-]+):", ("{}",)),
    (r"attribute (\w+):", (" {}=",)),
    (r"anchor ([^:]+):", _ID),
    (r"shortcode \[([\w-]+)", ("[{}",)),
    (r"link to (\S+) is not", ("{}",)),
    (r"link (\S{1,40}):", ("{}",)),
    (r"(<\?)", ("{}",)),
)
"""What a notice says -> what to look for in the source, the likeliest first."""

_WHAT: Final = re.compile("|".join(pattern for pattern, _ in _ROWS))


def with_places(notices: Iterable[Notice], body: str, body_line: int) -> list[Notice]:
    """Return the notices with the line of the file where their thing stands first, where that can be found."""
    return [notice if notice.where else _placed(notice, body, body_line) for notice in notices]


@lru_cache(512)  # the pages of a site have much the same notices
def _needles(what: str) -> tuple[str, ...]:
    """Return what to look for in the source, where a notice says ``what``."""
    match = _WHAT.match(what)
    if match is None or match.lastindex is None:
        return ()
    thing = match[match.lastindex]
    return tuple([needle.format(thing) for needle in _ROWS[match.lastindex - 1][1]])


def _placed(notice: Notice, body: str, body_line: int) -> Notice:
    for needle in _needles(notice.what):
        index = body.find(needle)
        if index >= 0:
            line = body_line + body.count("\n", 0, index)
            return Notice(notice.kind, notice.what, notice.count, f"line {line}")
    return notice
