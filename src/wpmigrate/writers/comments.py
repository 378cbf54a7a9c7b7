"""An entry's comments as a data file of their own: threads, and apart from them what waits and what other sites sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from wpmigrate.model import Comment, Entry
from wpmigrate.writers.yaml import emit

__all__ = ["COMMENT_FORMATS", "comment_data", "threads"]

PINGS: Final = frozenset({"pingback", "trackback"})
"""Types of comments that other sites sent by themselves."""

DEEPEST: Final = 10
"""How deep replies nest: WordPress's own limit for ``thread_comments_depth``; deeper ones stand beside the last that nests."""


def comment_data(entry: Entry, path: str) -> dict[str, Any]:
    """Return what the data file of ``entry``'s comments holds; ``path`` is the entry's path without ending.

    ``comments`` are the approved ones as threads (each with its ``replies``, when it has any), ``pending`` those that wait
    for approval, ``pings`` the approved pingbacks and trackbacks. Every comment is in one of the three, once.
    """
    approved: list[Comment] = []
    pending: list[Comment] = []
    pings: list[Comment] = []
    for comment in entry.comments:
        waits = comment.metadata.get("status", "approved") != "approved"
        group = pending if waits else pings if comment.metadata.get("type") in PINGS else approved
        group.append(comment)
    return {
        "id": entry.id,
        "type": entry.type,
        "path": path,
        "comments": threads(approved),
        "pending": msgspec.to_builtins(pending),
        "pings": msgspec.to_builtins(pings),
    }


def threads(comments: Sequence[Comment]) -> list[dict[str, Any]]:
    """Return ``comments`` as trees: the records in their order, each with a list ``replies`` when somebody answered it.

    A comment is at the top when its parent is not among ``comments``, or when it is its own ancestor.
    """
    records: list[dict[str, Any]] = msgspec.to_builtins(list(comments))
    places = {comment.id: place for place, comment in reversed([*enumerate(comments)]) if comment.id}
    parents = [places.get(comment.parent) for comment in comments]
    _break_rings(parents)
    top: list[dict[str, Any]] = []
    for record, holder in zip(records, _holders(parents), strict=True):
        (top if holder is None else records[holder].setdefault("replies", [])).append(record)
    return top


def _break_rings(parents: list[int | None]) -> None:
    """Put one of the comments that answer one another in a ring at the top."""
    walks = [-1] * len(parents)
    for start in range(len(parents)):
        current: int | None = start
        while current is not None and walks[current] < 0:
            walks[current] = start
            current = parents[current]
        if current is not None and walks[current] == start:
            parents[current] = None


def _holders(parents: list[int | None]) -> list[int | None]:
    """Return in whose ``replies`` each comment stands: its parent's, or those of the last ancestor that may still nest."""
    depths = [-1] * len(parents)
    holders: list[int | None] = [None] * len(parents)
    for start in range(len(parents)):
        path: list[int] = []
        current: int | None = start
        while current is not None and depths[current] < 0:
            path.append(current)
            current = parents[current]
        for step in reversed(path):
            parent = parents[step]
            nests = parent is not None and depths[parent] < DEEPEST
            holders[step] = parent if nests or parent is None else holders[parent]
            depths[step] = 0 if parent is None else depths[parent] + nests
    return holders


def _json(data: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


COMMENT_FORMATS: Final[dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]]] = {
    "json": ("comments-json", _json),
    "yaml": ("comments-yaml", lambda data: emit(data).encode()),
}
"""What ``--to`` names -> the format of the comments' data file beside it, and its writer."""
