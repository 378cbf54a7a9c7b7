"""Where the blocks of a Markdown text stand in it: what its sections say in its author's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pyromark import Markdown, Options

__all__ = ["section_texts"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)


def section_texts(text: str, blocks: int, headings: Sequence[int]) -> list[str]:
    """Return what follows each of the ``headings`` (their places among the ``blocks`` of ``text``) up to the next.

    Nothing where such a part may not stand for itself, since links of it lead to addresses that stand elsewhere.
    """
    if not headings or _ENGINE.reference_definitions(text):
        return []
    spans = [*_spans(text)]
    if len(spans) != blocks:
        return []
    data = text.encode()
    ends = [spans[place][0] for place in headings[1:]]
    parts = (data[spans[place][1] : end].decode() for place, end in zip(headings, [*ends, len(data)], strict=True))
    return [part.lstrip("\n").rstrip(" \t\n") + "\n" if part.strip(" \t\n") else "" for part in parts]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each block at the top begins and ends, in bytes."""
    depth = 0
    event: Any
    for event, span in _ENGINE.events_with_range(text):
        kind = event if type(event) is str else next(iter(event))
        if not depth:
            yield span["start"], span["end"]
        depth += (kind == "Start") - (kind == "End")
