"""The first difference of two inventories, with its place in both."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Final
from urllib.parse import unquote

import msgspec

from wpmigrate.model import Site
from wpmigrate.model.slugs import Slugger
from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.settle import settle
from wpmigrate.verifier.tokens import Inventory, Token, says

__all__ = ["Difference", "compare"]


class Difference(msgspec.Struct, frozen=True):
    """Where two inventories part."""

    what: str
    """word, link, image, heading, list, cell, code, emphasis, break …"""
    message: str
    """A sentence: what the source says there and what the output says."""
    source_index: int
    """Index of the token in the source's inventory."""
    output_index: int
    """Index of the token in the output's inventory."""
    context: str
    """The words of the source round the place."""


def compare(source: Inventory, output: Inventory, site: Site | None = None) -> Difference | None:
    """Return the first difference between ``source`` and ``output``, or None when they say the same.

    Links into the page are compared by where they land, both inventories by rows of :data:`settle.RULES` when they are not
    equal at once.
    """
    left = land(source, slugs=False)
    right = land(output, slugs=True)
    if left == right:
        return None
    settled = settle(left)
    other = settle(right)
    if settled.tokens == other.tokens:
        return None
    return _first_difference(settled.tokens, settled.places, other.tokens, other.places)


def land(inventory: Inventory, slugs: bool) -> list[Token]:
    """Return the tokens with each in-page link's address replaced by where it lands.

    ``slugs``: headings have the ids that a Markdown builder gives them (GitHub's rule). A link that leads nowhere keeps its
    spelling.
    """
    if not inventory.fragments:
        return inventory.tokens
    tokens = list(inventory.tokens)
    before = list(accumulate(map(_size, tokens), initial=0))
    names = _landings(inventory, before)
    if slugs:
        _add_slugs(inventory, before, names)
    for index in inventory.fragments:
        token = tokens[index]
        assert isinstance(token, tuple)
        kind, url, *rest = token
        landing = names.get(str(url)[1:], names.get(unquote(str(url)[1:])))
        tokens[index] = (kind, url if landing is None else ("lands", landing), *rest)
    return tokens


def _size(token: Token) -> int:
    """How many visible characters ``token`` is; an image counts as one."""
    if isinstance(token, str):
        return len(token) - token.count(" ") - token.count("\xa0")
    if isinstance(token, tuple) and token[0] in (t.SPAN, t.CODE_BLOCK):
        return len("".join(str(token[1]).split()))
    return 1 if isinstance(token, tuple) and token[0] == t.IMAGE else 0


def _landings(inventory: Inventory, before: list[int]) -> dict[str, int]:
    """Return name -> visible characters before it; an anchor inside a heading lands at the heading's start."""
    starts = inventory.headings
    names = {}
    for name, index in inventory.anchors.items():
        place = bisect_right(starts, index) - 1
        if place >= 0 and t.END_HEADING not in inventory.tokens[starts[place] : min(index, starts[place] + 200)]:
            index = min(index, starts[place])
        names[name] = before[min(index, len(before) - 1)]
    return names


def _add_slugs(inventory: Inventory, before: list[int], names: dict[str, int]) -> None:
    slugger = Slugger()
    for index in inventory.headings:
        names.setdefault(slugger.unique(heading_text(inventory.tokens, index)), before[index])


def heading_text(tokens: list[Token], index: int) -> str:
    """Return the words of the heading that begins at ``index``."""
    parts: list[str] = []
    for token in tokens[index + 1 : index + 1000]:
        if token == t.END_HEADING:
            break
        if isinstance(token, str):
            parts.append(token)
        elif isinstance(token, tuple):
            parts.append(str(token[1]) if token[0] == t.SPAN else " " if token == t.BREAK else "")
    return "".join(parts)


_KINDS: Final[dict[str, str]] = {
    "paragraph": "paragraph",
    "list item": "list",
    "list": "list",
    "ordered list": "list",
    "end of list": "list",
    "quote": "quote",
    "end of quote": "quote",
    "row": "cell",
    "cell": "cell",
    "head cell": "cell",
    "end of table": "table",
    "end of heading": "heading",
    "end of link": "link",
    "code block": "code",
    "lands": "link",
}
"""Kind of token -> what a finding calls it, where the two are not the same."""


def _kind(token: Token | None) -> str:
    if token is None or isinstance(token, str):
        return "word"
    if isinstance(token, int):
        return "emphasis"
    return _KINDS.get(str(token[0]), str(token[0]))


def _first_difference(left: list[Token], places: list[int], right: list[Token], others: list[int]) -> Difference:
    index = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    mine = left[index] if index < len(left) else None
    other = right[index] if index < len(right) else None
    return Difference(
        what=_kind(mine if mine is not None and not isinstance(mine, str) else other if other is not None else mine),
        message=_message(mine, other),
        source_index=places[index] if index < len(places) else (places[-1] if places else 0),
        output_index=others[index] if index < len(others) else (others[-1] if others else 0),
        context=_context(left, index),
    )


def _message(mine: Token | None, other: Token | None) -> str:
    if isinstance(mine, str) and isinstance(other, str):
        mine, other = _window(mine, other)
    if mine is None:
        return f"the output has more than the source: {says(other or '')}"
    if other is None:
        return f"the output ends before {says(mine)}"
    return f"the source has {says(mine)}, the output has {says(other)}"


def _window(mine: str, other: str) -> tuple[str, str]:
    """Return the words round the first character in which two texts differ."""
    size = min(len(mine), len(other))
    place = next((i for i in range(size) if mine[i] != other[i]), size)
    start = mine.rfind(" ", 0, max(place - 20, 0)) + 1
    return mine[start : place + 40], other[start : place + 40]


def _context(tokens: list[Token], index: int) -> str:
    """Return some words round token ``index``."""
    words = [token for token in tokens[max(index - 4, 0) : index + 3] if isinstance(token, str)]
    return " ".join("".join(words).split())[-160:]
