"""The sections of a body that is Markdown already, as its own text: byte for byte what stands between two headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pyromark import Markdown, Options

__all__ = ["section_texts"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)


def section_texts(text: str, headings: Sequence[int], count: int) -> list[str] | None:
    """Return what follows each of the ``headings`` of the Markdown ``text`` up to the next of them.

    They are numbers of blocks, of which there are ``count``; None where the text has another number of blocks.
    """
    try:
        data = text.encode()
        spans = [*_spans(text)]
    except UnicodeEncodeError:
        return None
    if len(spans) != count:
        return None
    ends = [spans[place][0] for place in headings[1:]]
    return [
        data[spans[place][1] : end].decode().strip("\n")
        for place, end in zip(headings, [*ends, len(data)], strict=True)
    ]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each block at the top begins and ends, in bytes."""
    depth = 0
    for event, span in _ENGINE.events_with_range(text):
        kind = event if type(event) is str else next(iter(event))
        if kind == "End":
            depth -= 1
        elif depth == 0:
            yield span["start"], span["end"]
        depth += kind == "Start"
