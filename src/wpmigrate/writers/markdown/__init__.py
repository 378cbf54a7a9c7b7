"""mdast → CommonMark with GitHub's tables and strikethrough, such that rendering gives the tree back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from wpmigrate.model.boxes import boxes_of
from wpmigrate.model.nodes import Html, Root
from wpmigrate.targets import Target
from wpmigrate.writers.html import write_html
from wpmigrate.writers.markdown.blocks import as_html, write_block
from wpmigrate.writers.markdown.join import join_texts
from wpmigrate.writers.markdown.open_tags import in_raw_html
from wpmigrate.writers.markdown.spelling import spell_edges

__all__ = ["join_blocks", "write_blocks", "write_markdown"]

_BYTE_ORDER_MARK = "\ufeff"


def write_blocks(root: Root, target: Target) -> list[str]:
    """Return each block of ``root`` as Markdown, without blank lines round it."""
    blocks = root.children
    dialect = target.dialect
    if dialect.markdown_in_html and dialect.engine == "cmark":
        return [write_block(block, target) for block in blocks]
    inside = repeat(False) if dialect.markdown_in_html else in_raw_html(blocks)
    texts = [
        as_html(block, target) if between and type(block) is not Html else write_block(block, target)
        for block, between in zip(blocks, inside, strict=False)
    ]
    for box in boxes_of(blocks):
        whole = Html("\n".join(write_html(blocks[place]) for place in box))
        texts[box.start : box.stop] = [as_html(whole, target), *[""] * (len(box) - 1)]
    return texts


def join_blocks(root: Root, texts: Sequence[str], target: Target) -> str:
    """Return the ``texts`` of the blocks of ``root`` as one body; it ends in a line end unless it is empty."""
    text = join_texts(root.children, texts, apart=target.dialect.lists_apart)
    if text[:1] == _BYTE_ORDER_MARK:  # engines drop it at the beginning of a document
        text = "&#65279;" + text[1:]
    elif not target.dialect.body_edges:
        text = spell_edges(text)
    return text + "\n" if text else ""


def write_markdown(root: Root, target: Target) -> str:
    """Return ``root`` as Markdown."""
    return join_blocks(root, write_blocks(root, target), target)
