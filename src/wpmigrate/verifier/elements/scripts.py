"""What the end of a script notes: one of a social network finds nothing to fill where classes stay behind."""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.elements.others import end_raw
from wpmigrate.verifier.reader import Reader
from wpmigrate.verifier.tokens import Token

__all__ = ["end_script"]

_FILL_BY_CLASS: Final = (
    "platform.twitter.com/widgets.js",
    "platform.instagram.com/",
    "instagram.com/embed.js",
    "assets.pinterest.com/js/pinit",
    "apis.google.com/js/plusone.js",
    "assets.tumblr.com/post.js",
    "tiktok.com/embed.js",
    "embed.redditmedia.com/widgets/platform.js",
    "cdn.embedly.com/widgets/platform.js",
)
"""Scripts that look in the page for quotations and links of a certain class, and show posts and buttons in their place."""
_LONGEST: Final = 800
"""A loader is shorter."""
_FEW: Final = 40
"""Tokens that the text of one may have been noted in."""


def end_script(reader: Reader, tag: str) -> None:
    """End a script; one that finds nothing to fill is left out."""
    end_raw(reader, tag)
    place = _start_of(reader.out)
    if place is None:
        return
    source = next((str(row[1]) for row in reader.out[place][2:] if isinstance(row, tuple) and row[0] == "src"), "")  # type: ignore[index]
    text = "".join(token for token in reader.out[place:] if isinstance(token, str))
    if _fills(source) if source else _loads(text):
        del reader.out[place:]
        reader.shown = -1  # whatever style comes next is said anew
        reader.leave_out("widget script")


def _start_of(out: list[Token]) -> int | None:
    """Return where the script stands that is the last in ``out``, if its text is short."""
    for place in range(len(out) - 1, max(len(out) - _FEW, -1), -1):
        token = out[place]
        if isinstance(token, tuple) and token != t.PARAGRAPH:
            return place if token[:2] == ("element", "script") else None
    return None


_START = re.compile(r"\s*(?:https?)?:?//(?:www\.|secure\.)?")
_QUOTED = re.compile(r"""["']([^"'\s]*//[^"'\s]+)["']""")


def _fills(address: str) -> bool:
    start = _START.match(address)
    name = address[start.end() :] if start else ""
    return name.startswith(_FILL_BY_CLASS) or (name.startswith("connect.facebook.net/") and "#" in name and "xfbml=1" in name)


def _loads(text: str) -> bool:
    """Whether the ``text`` of a script loads another that fills, and does nothing more."""
    return len(text) <= _LONGEST and "createElement(" in text and "FB." not in text and any(map(_fills, _QUOTED.findall(text)))
