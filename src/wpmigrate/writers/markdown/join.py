"""What stands between two blocks."""

from __future__ import annotations

from collections.abc import Sequence

from wpmigrate.model.nodes import Block, Code, List, Paragraph

__all__ = ["join_texts"]

_APART = "\n\n<!-- -->\n\n"


def join_texts(blocks: Sequence[Block], texts: Sequence[str], *, tight: bool = False) -> str:
    """Return ``texts`` (those of ``blocks``, in order) with what parts them; empty texts vanish.

    One blank line; an empty comment between two lists of one kind, which would be one list without it. ``tight``: inside an
    item of a tight list, where what can interrupt a paragraph follows it on the next line.
    """
    parts: list[str] = []
    previous: Block | None = None
    for block, text in zip(blocks, texts, strict=True):
        if not text:
            continue
        if previous is not None:
            parts.append(_between(previous, block, tight))
        parts.append(text)
        previous = block
    return "".join(parts)


def _between(before: Block, after: Block, tight: bool) -> str:
    if isinstance(after, List):
        if isinstance(before, List) and before.ordered == after.ordered:
            return _APART
        interrupts = not after.ordered or after.start in (None, 1)
        return "\n" if tight and isinstance(before, Paragraph) and interrupts and _begins(after) else "\n\n"
    return "\n" if tight and isinstance(before, Paragraph) and isinstance(after, Code) else "\n\n"


def _begins(block: List) -> bool:
    """Whether the first item is not empty: an empty one cannot interrupt a paragraph."""
    return bool(block.children and block.children[0].children)
