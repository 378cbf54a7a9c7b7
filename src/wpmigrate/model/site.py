"""What is true of the whole export rather than of one entry."""

from __future__ import annotations

import msgspec

__all__ = ["Site"]


class Site(msgspec.Struct):
    """The batch as one entry sees it. Built by the runner's first look at all sources; read-only after that."""

    entries_by_id: dict[str, str] = msgspec.field(default_factory=dict)
    """WordPress post id -> output path without ending (``_posts/2012-04-19-international``) of written entries."""
    hosts: frozenset[str] = frozenset()
    """Host names of the old site in lower case, without ``www.``."""
    linked_fragments: frozenset[str] = frozenset()
    """Fragments (without ``#``) that some link of the batch leads to with a path before the ``#``."""
