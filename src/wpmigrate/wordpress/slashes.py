"""Slashes that an importer wrote as ``&#47;``, also where they are markup.

jekyll-import's database importer encodes every slash of a body. In text and attributes a parser decodes it; in ``<&#47;p>``,
``<br &#47;>`` and ``[&#47;caption]`` it has to be a slash before anything is parsed.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["SLASH", "unescape_slashes"]

SLASH: Final = "slash written as &#47;"
"""What rows call it."""

_END_TAG = re.compile(r"<&#47;([A-Za-z][\w:-]*)\s*>")
_START_TAG = re.compile(r"<([A-Za-z][\w:-]*)")
_ELEMENTS: Final = frozenset(
    """a abbr acronym address article aside audio b big blockquote body button caption center cite code col colgroup dd del details
    dfn div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header html i iframe ins kbd label
    legend li map mark nav nobr noscript object ol optgroup option p param pre q s samp script section select small span strike
    strong style sub summary sup svg table tbody td textarea tfoot th thead time tr tt u ul var video""".split()
)


def unescape_slashes(text: str) -> tuple[str, int]:
    """Return ``text`` with its slashes, and how many were put in.

    ``<&#47;x>`` is an end tag when HTML has an element x or the text has a ``<x``; else it is text and stays as it is.
    """
    count = text.count("&#47;")
    if not count:
        return text, 0
    if "<&#47;" not in text:
        return text.replace("&#47;", "/"), count
    started = frozenset(map(str.lower, _START_TAG.findall(text)))

    def end_tag(match: re.Match[str]) -> str:
        name = match[1].lower()
        return f"</{match[1]}>" if name in _ELEMENTS or name in started else match[0]

    parts = _END_TAG.sub(end_tag, text).split("<&#47;")
    return "<&#47;".join([part.replace("&#47;", "/") for part in parts]), count - len(parts) + 1
