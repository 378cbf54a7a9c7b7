"""Where in the source file the things stand that notices speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wpmigrate.model import Notice

__all__ = ["with_places"]

_NEEDLES: Final = (
    (re.compile(r"<(\w[\w:-]*)>"), ("<{}",)),
    (re.compile(r"(<!--.{1,12})"), ("{}",)),
    (re.compile(r"style ([\w-]+):"), ("{}",)),
    (re.compile(r"attribute (\w+):"), (" {}=",)),
    (re.compile(r"anchor ([^:]+):"), ('id="{}"', 'name="{}"', "id='{}'", "name='{}'", "id={}", "name={}")),
    (re.compile(r"shortcode \[([\w-]+)"), ("[{}",)),
    (re.compile(r"link (\S{1,40}):"), ("{}",)),
    (re.compile(r"link to (\S+) is not"), ("{}",)),
    (re.compile(r"(<\?)"), ("{}",)),
)
"""What a notice says -> what to look for in the source, the likeliest first."""


def with_places(notices: Iterable[Notice], body: str, body_line: int) -> list[Notice]:
    """Return the notices with the line of the file where their thing stands first, where that can be found."""
    return [notice if notice.where else _placed(notice, body, body_line) for notice in notices]


def _placed(notice: Notice, body: str, body_line: int) -> Notice:
    for pattern, needles in _NEEDLES:
        match = pattern.match(notice.what)
        if match is not None:
            index = next((at for needle in needles if (at := body.find(needle.format(match[1]))) >= 0), -1)
            if index < 0:
                return notice
            line = body_line + body.count("\n", 0, index)
            return Notice(notice.kind, notice.what, notice.count, f"line {line}")
    return notice
