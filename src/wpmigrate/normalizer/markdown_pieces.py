"""A Markdown text in pieces that the engine reads as CommonMark does.

A line that begins with ``<pre``, ``<script``, ``<style`` or ``<textarea`` begins raw HTML, which ends with the next line in which one
of the four ends, whichever (https://spec.commonmark.org/0.31.2/#html-blocks, kind 1); pulldown-cmark waits for the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pyromark import Markdown, Options

__all__ = ["pieces"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
_START: Final = re.compile(rb"^[ \t]*<(pre|script|style|textarea)(?=[\s>]|\Z)", re.I | re.M)
_END: Final = re.compile(rb"</(pre|script|style|textarea)>", re.I)
_MOST: Final = 50
"""Pieces that a text is cut into: for each the rest is read anew."""


def pieces(text: str) -> list[str]:
    """Return ``text`` in pieces to be read one after the other; nearly always it is one. Raises UnicodeEncodeError for no Unicode."""
    if "</" not in text:
        return [text]
    data = text.encode()
    ends = _names(_END, data)
    if not ends or not any(ends - {start} for start in _names(_START, data)):
        return [text]
    cuts = [0]
    while len(cuts) < _MOST and (cut := next(_cuts(data[cuts[-1] :]), 0)):
        cuts.append(cuts[-1] + cut)
    if len(cuts) == 1:
        return [text]
    definitions = b"".join(data[row["span"]["start"] : row["span"]["end"]] + b"\n\n" for row in _ENGINE.reference_definitions(text).values())
    return [(definitions + data[start:end]).decode() for start, end in zip(cuts, [*cuts[1:], len(data)], strict=True)]


def _names(pattern: re.Pattern[bytes], data: bytes) -> set[bytes]:
    return {name.lower() for name in pattern.findall(data)}


def _cuts(data: bytes) -> Iterator[int]:
    """Yield where HTML ends that the engine reads on, in ``data`` from its first block on."""
    depth = 0
    event: Any
    for event, span in _ENGINE.events_with_range(data.decode()):
        kind = event if type(event) is str else next(iter(event))
        if kind == "Start" and not depth and event["Start"] == "HtmlBlock" and _START.match(data, span["start"]):
            end = _END.search(data, span["start"], span["end"])
            line_end = data.find(b"\n", end.end(), span["end"]) + 1 if end else 0
            if line_end and data[line_end : span["end"]].strip():
                yield line_end
        depth += (kind == "Start") - (kind == "End")
