"""Controls that do nothing: buttons with which a theme's script opened a panel, and those in links; scripts that find nothing to fill."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from wpmigrate.normalizer.elements.opening import Attributes

__all__ = ["FILLS", "IDLE", "filler", "is_idle"]

IDLE: Final = "without a form or a script of its own it does nothing"
"""Why such a button is its words."""
_DO_SOMETHING: Final = ("on", "form", "name", "value", "popovertarget", "command")
"""Beginnings of attributes of a button that does something, or says something to a form."""


def is_idle(attributes: Attributes) -> bool:
    """Whether a button with these attributes, one of no form, does nothing: a click asks no script of its own."""
    return not any(name.startswith(_DO_SOMETHING) for name in attributes)


FILLS: Final = "it fills elements that it knows by their class, which stays behind with the old theme"
"""Why such a script goes."""
_FILLER = re.compile(
    r"""(?:https?:)?//(?:
        platform\.twitter\.com/widgets\.js|platform\.instagram\.com/[\w/]*embeds\.js|(?:www\.)?instagram\.com/embed\.js|
        assets\.pinterest\.com/js/pinit\w*\.js|apis\.google\.com/js/plusone\.js|(?:secure\.)?assets\.tumblr\.com/post\.js|
        (?:www\.)?tiktok\.com/embed\.js|embed\.redditmedia\.com/widgets/platform\.js|cdn\.embedly\.com/widgets/platform\.js|
        connect\.facebook\.net/\w+/(?:all|sdk)\.js\#(?:[\w.=]+&(?:amp;)?)*xfbml=1
    )""",
    re.X,
)
"""Scripts of social networks that look for posts and buttons to fill; Facebook's own does so at once only when its address says so."""
_LONGEST_LOADER: Final = 800


def filler(node: LexborNode, attributes: Attributes) -> str:
    """Return the address of the script of a social network that the element ``node`` is, or loads and nothing more; else nothing."""
    url = attributes.get("src")
    if url:
        found = _FILLER.match(url.strip())
        return found[0] if found else ""
    text = node.text()
    if len(text) > _LONGEST_LOADER or "createElement(" not in text or "FB." in text:
        return ""
    found = _FILLER.search(text)
    return found[0] if found else ""
