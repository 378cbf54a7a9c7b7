"""What stands in an output and hides words that the source shows: a style, an element that nobody opens, a style sheet.

Words are compared as if all were seen: that a source hides some of its own is no reason to lose them. But what an output hides
the source must hide too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from turbohtml.saxparse import sax_parse

from wpmigrate.verifier.reader import HIDING, Attributes, get

__all__ = ["HIDING_STYLE", "first_hidden"]

HIDING_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3}", re.I
)
"""Declarations that leave nothing to see."""

_FOR_THE_PAGE: Final = frozenset({"style", "link", "meta", "base"})
"""Elements that change how all others look, or where they lead."""


class _Hidden:
    """The parser's events, of which only what hides counts."""

    def __init__(self) -> None:
        self.open: list[bool] = []
        """For each open element whether it hides what is in it."""
        self.depth = 0
        self.found = Counter[str]()

    def start_element(self, tag: str, attrs: Attributes) -> None:
        hides = _hides(tag, attrs or ())
        self.open.append(hides)
        self.depth += hides
        if tag in _FOR_THE_PAGE:
            said = "".join(f' {name}="{value or ""}"' for name, value in attrs or ())
            self.found[f"<{tag}{said}>"] += 1
        elif self.depth and tag == "img":
            self.found[f"the image {get(attrs, 'src')}"] += 1

    def end_element(self, tag: str) -> None:
        self.depth -= self.open.pop()

    def characters(self, data: str) -> None:
        if self.depth:
            self.found.update(data.split())

    def nothing(self, *_: object) -> None:
        """What is not asked for."""

    comment = processing_instruction = doctype = nothing


def _hides(tag: str, attrs: Attributes) -> bool:
    names = {name for name, _ in attrs}
    if tag in HIDING or "hidden" in names or (tag == "dialog" and "open" not in names):
        return True
    return "style" in names and HIDING_STYLE.search(get(attrs, "style")) is not None


def first_hidden(output: str, source: Callable[[], str]) -> str | None:
    """Return the first thing that the HTML of an ``output`` hides (or brings, to hide others) and that of the ``source`` does not."""
    there = _read(output)
    return next(iter(there - _read(source())), None) if there else None


def _read(html: str) -> Counter[str]:
    events = _Hidden()
    sax_parse("<!DOCTYPE html><body>" + html, events)  # type: ignore[arg-type]
    return events.found
