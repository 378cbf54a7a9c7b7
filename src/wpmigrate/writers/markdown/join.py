"""What stands between two blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from wpmigrate.model.nodes import Block, Blockquote, Code, Heading, List, ListItem, Paragraph, ThematicBreak

__all__ = ["join_texts", "reads_loose"]

_APART: Final = "\n\n<!-- -->\n\n"

_COMPLETE: Final = frozenset({Heading, Code, ThematicBreak})
"""Blocks that end by themselves: anything may follow on the next line."""
_INTERRUPTS: Final = frozenset({Heading, Code, Blockquote})
"""Blocks that may follow on the line after a paragraph. A rule would make it a heading, a table might take its last line."""
_HTML: Final = re.compile(r"<(?:p|h[1-6]|pre|hr)[ >]")
"""A block that was written as HTML ends only at a blank line."""


def join_texts(
    blocks: Sequence[Block], texts: Sequence[str], *, tight: bool = False, apart: Literal["same", "any"] = "same"
) -> str:
    """Return ``texts`` (those of ``blocks``, in order) with what parts them; empty texts vanish.

    One blank line; an empty comment between two lists of one kind, which would be one list without it. ``tight``: inside an
    item of a tight list, where what can do without a blank line has none. ``apart``: as
    :attr:`~wpmigrate.targets.dialect.Dialect.lists_apart`.
    """
    if len(texts) == 1:
        return texts[0]
    parts: list[str] = []
    previous: Block | None = None
    for block, text in zip(blocks, texts, strict=True):
        if not text:
            continue
        if previous is not None:
            parts.append(_between(previous, block, tight and not _HTML.match(parts[-1]), apart))
        parts.append(text)
        previous = block
    return "".join(parts)


def reads_loose(item: ListItem) -> bool:
    """Whether a blank line must stand in ``item`` of a tight list, which then shows as a loose one."""
    blocks = item.children
    return len(blocks) > 1 and any(_between(before, after, True, "same") != "\n" for before, after in pairwise(blocks))


def _between(before: Block, after: Block, tight: bool, apart: str) -> str:
    if type(after) is List and type(before) is List and (before.ordered == after.ordered or apart == "any"):
        return _APART
    if apart == "any" and type(after) is Blockquote and type(before) is Blockquote:
        return _APART
    if not tight:
        return "\n\n"
    if type(before) in _COMPLETE:
        return "\n"
    return "\n" if type(before) is Paragraph and _can_interrupt(after) else "\n\n"


def _can_interrupt(block: Block) -> bool:
    """Whether ``block`` may follow a paragraph without a blank line."""
    if type(block) is List:
        begins = bool(block.children and block.children[0].children)  # an empty item cannot
        return begins and (not block.ordered or block.start in (None, 1))
    return type(block) in _INTERRUPTS
