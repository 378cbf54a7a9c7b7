"""Which blocks must be HTML for a page to pass its proof: found by halving. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeAlias

import msgspec

from wpmigrate.model.nodes import Block, Blockquote, List
from wpmigrate.writers.html import html_block

__all__ = ["Fallback", "Tries", "fewest", "shortest_run", "smallest_fallback"]

_MOST_TRIES = 120
"""Proofs that one page is worth; when a search has had two thirds of them, what is still in doubt stays HTML."""

_DEEPEST = 4
"""Lists and quotations inside each other that are looked into."""

Passes: TypeAlias = Callable[[list[Block]], bool]
"""Says whether a body of these blocks is proven."""


class Fallback(msgspec.Struct, frozen=True):
    """A body that passes."""

    blocks: list[Block]
    """The blocks, some of them or parts of them as HTML."""
    places: tuple[int, ...]
    """Which ones are HTML, by their index."""
    partly: frozenset[int]
    """Those of ``places`` that are a list or a quotation of which only a part is HTML."""


class Tries:
    """How many proofs are left for one page."""

    def __init__(self, count: int = _MOST_TRIES) -> None:
        self.left = count
        self.share = count * 2 // 3
        """How many one search may take, so that another is left some."""


def smallest_fallback(blocks: Sequence[Block], passes: Passes, tries: Tries | None = None) -> Fallback | None:
    """Return ``blocks`` with few of them as HTML so that ``passes`` holds, or None when all as HTML is not enough.

    Halves the suspects: about ``2 · log2(n)`` calls of ``passes`` for each block at fault; then looks into lists and
    quotations in the same way. The number of calls has a limit.
    """
    return _Search(tries or Tries()).fallback(blocks, passes, 0)


def fewest(count: int, holds: Callable[[frozenset[int]], bool], tries: Tries) -> frozenset[int] | None:
    """Return few of the numbers below ``count`` with which ``holds`` is true, or None when it is not true with all of them."""
    return _Search(tries).fewest(frozenset(range(count)), holds)


def shortest_run(count: int, holds: Callable[[range], bool], tries: Tries) -> range | None:
    """Return a short run of the numbers below ``count`` with which ``holds`` is true, or None when it is not true with all of them.

    What is before it is found by halving, then what is after it: about ``2 · log2(count)`` calls of ``holds``.
    """
    search = _Search(tries)
    if not search.proven(lambda: holds(range(count))):
        return None
    start = search.most(count, lambda freed: holds(range(freed, count)))
    after = search.most(count - start, lambda freed: holds(range(start, count - freed)))
    return range(start, count - after)


class _Search:
    """The halving, and how many proofs it has left."""

    def __init__(self, tries: Tries) -> None:
        self._tries = tries
        self._end = tries.left - tries.share

    def fewest(self, suspects: frozenset[int], holds: Callable[[frozenset[int]], bool]) -> frozenset[int] | None:
        """Return few of ``suspects`` with which ``holds`` is true; None when it is not true with all of them."""

        def proven(group: frozenset[int]) -> bool:
            return self.proven(lambda: holds(group))

        return self._narrow(suspects, proven) if proven(suspects) else None

    def most(self, count: int, holds: Callable[[int], bool]) -> int:
        """Return the greatest number below ``count`` for which ``holds`` is true, as it is for 0 and for all below that."""
        known, beyond = 0, count
        while beyond - known > 1:
            middle = (known + beyond) // 2
            if self.proven(lambda: holds(middle)):  # noqa: B023 (called at once)
                known = middle
            else:
                beyond = middle
        return known

    def proven(self, holds: Callable[[], bool]) -> bool:
        """Whether ``holds`` is true and there was a proof left to ask it."""
        self._tries.left -= 1
        return self._tries.left >= max(self._end, 0) and holds()

    def fallback(self, blocks: Sequence[Block], passes: Passes, depth: int) -> Fallback | None:
        """Do what :func:`smallest_fallback` says, for blocks ``depth`` levels down."""
        as_html = [html_block(block) for block in blocks]
        everything = frozenset(range(len(blocks)))

        def body(needed: frozenset[int]) -> list[Block]:
            return [as_html[at] if at in needed else block for at, block in enumerate(blocks)]

        needed = self.fewest(everything, lambda group: passes(body(group)))
        if needed is None:
            return None
        found, partly = body(needed), set()
        for at in sorted(needed) if depth < _DEEPEST else ():
            inner = self._inside(blocks[at], found, at, passes, depth)
            if inner is not None:
                found[at] = inner
                partly.add(at)
        return Fallback(found, tuple(sorted(needed)), frozenset(partly))

    def _narrow(self, suspects: frozenset[int], holds: Callable[[frozenset[int]], bool]) -> frozenset[int]:
        """Return the few of ``suspects`` that must be HTML: each group is freed whole, or halved and looked at again."""
        needed = suspects
        groups = [sorted(suspects)]
        while groups:
            group = groups.pop()
            fewer = needed - set(group)
            if holds(fewer):
                needed = fewer
            elif len(group) > 1:
                middle = len(group) // 2
                groups += [group[middle:], group[:middle]]
        return needed

    def _inside(self, block: Block, body: list[Block], at: int, passes: Passes, depth: int) -> Block | None:
        """Return ``block``, a container at ``at`` in ``body``, with only some of its parts as HTML; None when it must be whole."""
        parts = _parts(block)
        if not parts:
            return None

        def holds(parts: list[Block]) -> bool:
            return passes([*body[:at], _rebuilt(block, parts), *body[at + 1 :]])

        inner = self.fallback(parts, holds, depth + 1)
        return _rebuilt(block, inner.blocks) if inner is not None else None


def _parts(block: Block) -> list[Block]:
    """Return the blocks in a quotation or in the items of a list."""
    if isinstance(block, Blockquote):
        return block.children
    if isinstance(block, List):
        return [part for item in block.children for part in item.children]
    return []


def _rebuilt(block: Block, parts: Sequence[Block]) -> Block:
    """Return the container ``block`` with other ``parts``, as many as before."""
    if isinstance(block, Blockquote):
        return msgspec.structs.replace(block, children=list(parts))
    assert isinstance(block, List)
    rest = iter(parts)
    items = [
        msgspec.structs.replace(item, children=[*islice(rest, len(item.children))]) for item in block.children
    ]
    return msgspec.structs.replace(block, children=items)
