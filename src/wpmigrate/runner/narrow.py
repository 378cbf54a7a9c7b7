"""Which blocks must be HTML for a page to pass its proof: found by halving. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from wpmigrate.model.nodes import Block
from wpmigrate.writers.html import html_block

__all__ = ["Fallback", "smallest_fallback"]

_MOST_TRIES = 60
"""Proofs that one page is worth; after them the blocks still in doubt stay HTML."""


class Fallback(msgspec.Struct, frozen=True):
    """A body that passes."""

    blocks: list[Block]
    """The blocks, some of them as HTML."""
    places: tuple[int, ...]
    """Which ones, by their index."""


def smallest_fallback(blocks: Sequence[Block], passes: Callable[[list[Block]], bool]) -> Fallback | None:
    """Return ``blocks`` with few of them as HTML so that ``passes`` holds, or None when all as HTML is not enough.

    Halves the suspects: about ``2 · log2(n)`` calls of ``passes`` for each block at fault.
    """
    search = _Search(blocks, passes)
    everything = frozenset(range(len(blocks)))
    if not search.passes_with(everything):
        return None
    needed = search.narrow(everything)
    return Fallback(search.body(needed), tuple(sorted(needed)))


class _Search:
    def __init__(self, blocks: Sequence[Block], passes: Callable[[list[Block]], bool]) -> None:
        self._blocks = blocks
        self._html: dict[int, Block] = {}
        self._passes = passes
        self._tries = 0

    def body(self, as_html: frozenset[int]) -> list[Block]:
        return [self._as_html(at) if at in as_html else block for at, block in enumerate(self._blocks)]

    def passes_with(self, as_html: frozenset[int]) -> bool:
        self._tries += 1
        return self._passes(self.body(as_html))

    def narrow(self, suspects: frozenset[int]) -> frozenset[int]:
        """Return the few of ``suspects`` that must be HTML: each group is freed whole, or halved and looked at again."""
        needed = suspects
        groups = [sorted(suspects)]
        while groups and self._tries < _MOST_TRIES:
            group = groups.pop()
            fewer = needed - set(group)
            if self.passes_with(fewer):
                needed = fewer
            elif len(group) > 1:
                middle = len(group) // 2
                groups += [group[middle:], group[:middle]]
        return needed

    def _as_html(self, at: int) -> Block:
        if at not in self._html:
            self._html[at] = html_block(self._blocks[at])
        return self._html[at]
