"""Elements whose tags are HTML blocks of their own, with Markdown between them: ``<details>``, a blank line, Markdown, ``</details>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from wpmigrate.model.nodes import Block, Html

__all__ = ["boxes_of"]

_TAG: Final = re.compile(
    r"<!--(?:(?!-->).)*+|<(script|style|textarea|xmp|iframe|noembed|noframes|template)\b(?:(?!</\1).)*+"
    r"|<(?P<end>/?)(?:details|summary|dl|dt|dd|form|table|caption|thead|tbody|tfoot|tr|td|th)(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)
"""A tag of such an element; comments, and what is text for machines, hold none."""


def boxes_of(blocks: Sequence[Block]) -> list[range]:
    """Return where such elements stand among ``blocks``, from the tags that begin one to those that end it; none of what never ends."""
    found: list[range] = []
    depth = begin = 0
    for place, block in enumerate(blocks):
        if type(block) is not Html or "<" not in block.value:
            continue
        before, depth = depth, max(0, depth + _opened(block.value))
        if depth and not before:
            begin = place
        elif before and not depth:
            found.append(range(begin, place + 1))
    return found


def _opened(markup: str) -> int:
    """Return how many more elements begin in ``markup`` than end."""
    ends = [tag["end"] for tag in _TAG.finditer(markup)]
    return ends.count("") - ends.count("/")
