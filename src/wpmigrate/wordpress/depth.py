"""Tags nested deeper than any page means them, taken away before a parser spends its time on them.

HTML5's tree construction looks through all open elements at each block, so that depth costs its square. Browsers stop at 512
levels (https://chromium.googlesource.com/chromium/src/+/main/third_party/blink/renderer/core/html/parser/), and so does this.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

__all__ = ["DEPTH", "limit_depth"]

DEPTH: Final = 200
"""How deep elements may nest; a JSON reader must be able to follow as well, two levels for each list."""

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1\s*>|\Z)|<(/?)([A-Za-z][^\s/>]*)[^>]*>", re.I | re.S
)
_UNCOUNTED: Final = frozenset(
    """area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th tbody thead
    tfoot colgroup caption html head body rb rt rp rtc""".split()
)
"""Elements that are void or end by themselves: they add no depth of their own."""


def limit_depth(html: str) -> tuple[str, int]:
    """Return ``html`` without the tags below :data:`DEPTH` open elements, and how many start tags that were.

    Text is never touched. Linear in the length of ``html``.
    """
    tags = html.count("<")
    if tags <= DEPTH or tags - html.count("</") <= DEPTH:
        return html, 0
    opened: list[str] = []
    names: Counter[str] = Counter()
    surplus: Counter[str] = Counter()
    cuts: list[tuple[int, int]] = []
    dropped = 0
    for match in _MARKUP.finditer(html):
        name = (match[3] or "").lower()
        if not name or name in _UNCOUNTED:
            continue
        if not match[2]:
            if len(opened) < DEPTH:
                opened.append(name)
                names[name] += 1
            else:
                surplus[name] += 1
                dropped += 1
                cuts.append(match.span())
        elif surplus[name]:
            surplus[name] -= 1
            cuts.append(match.span())
        elif names[name]:
            while True:
                last = opened.pop()
                names[last] -= 1
                if last == name:
                    break
    if not cuts:
        return html, 0
    parts, at = [], 0
    for start, end in cuts:
        parts.append(html[at:start])
        at = end
    return "".join((*parts, html[at:])), dropped
