"""Reusable blocks (synced patterns): their text is put in where a page refers to them, before anything else is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.block_comments import LOOK
from wpmigrate.wordpress.blocks import BlockToken, parse_blocks

__all__ = ["MOST_PUT_IN", "put_in_blocks"]

MOST_PUT_IN: Final = 5_000_000
"""Characters that a page may get from reusable blocks: a few that refer to one another ten times each would fill any memory."""

_NAME: Final = "core/block"


def put_in_blocks(text: str, blocks: Mapping[str, str], log: NoticeLog) -> str:
    """Return ``text`` with each ``<!-- wp:block {"ref":7} /-->`` replaced by ``blocks["7"]``, also inside these.

    So does WordPress (``render_block_core_block``): a block inside itself shows nothing. A reference that leads to no block of
    the export, back to a block that it stands in, or beyond :data:`MOST_PUT_IN`, stays as a comment, with a notice. Linear.
    """
    if "wp:block" not in text and "wp:core/block" not in text:
        return text
    parts: list[str] = []
    left = MOST_PUT_IN
    opened: dict[str, None] = {}
    stack: list[Iterator[BlockToken]] = [parse_blocks(text)]
    while stack:
        token = next(stack[-1], None)
        if token is None:
            stack.pop()
            if opened:
                opened.popitem()
        elif token.name != _NAME:
            parts.append(token.text)
        elif token.kind != "close":  # what stands between open and close is never shown by WordPress, but kept here
            ref = str(token.attributes.get("ref", ""))
            body = blocks.get(ref)
            problem = _problem(body, ref in opened, left)
            if body is None or problem:
                log.add("kept", f"reusable block {ref or '?'}: {problem}")
                parts.append(f"<!--{token.text[4:].lstrip()}")  # without the blank it is no block any more
                continue
            _tell(token, ref, log)
            left -= len(body)
            opened[ref] = None
            stack.append(parse_blocks(body))
    return "".join(parts)


def _problem(body: str | None, inside_itself: bool, left: int) -> str:
    """Return why the text of a block cannot be put in; empty when it can."""
    if body is None:
        return "not in the export, or not published; the reference stays as a comment"
    if inside_itself:
        return "it stands inside itself; the reference stays as a comment"
    return "" if len(body) <= left else f"the page has more than {MOST_PUT_IN:,} characters of reusable blocks"


def _tell(token: BlockToken, ref: str, log: NoticeLog) -> None:
    log.add("mapped", f"reusable block {ref}: its text stands in the page")
    own = {key: value for key, value in token.attributes.items() if key != "ref" and key not in LOOK}
    if own:
        said = " ".join(json.dumps(own, ensure_ascii=False).split())[:300]
        log.add("dropped", f"reusable block {ref}: what this page alone says otherwise: {said}")
