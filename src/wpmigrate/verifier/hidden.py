"""What stands in an output and hides words that the source shows: a style, an element that nobody opens, a style sheet.

Words are compared as if all were seen: that a source hides some of its own is no reason to lose them. But what an output hides
the source must hide too.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from turbohtml.saxparse import sax_parse

from wpmigrate.verifier.reader import HIDING, OWN_LINES, Attributes, get, late_source
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.pictures import style_pictures

__all__ = ["HIDING_STYLE", "first_hidden"]

HIDING_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3}", re.I
)
"""Declarations that leave nothing to see."""

_FOR_THE_PAGE: Final = frozenset({"style", "link", "meta", "base"})
"""Elements that change how all others look, or where they lead."""
_EDGES: Final = frozenset(
    """address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hr legend li main nav ol option p pre section summary table tbody td tfoot th thead tr ul""".split()
)
"""Elements that end a word; all others may begin and end within one, and go."""


class _Hidden:
    """The parser's events, of which only what hides counts."""

    def __init__(self) -> None:
        self.open: list[tuple[bool, bool]] = []
        """For each open element whether it hides what is in it, and whether words end where it ends."""
        self.depth = 0
        self.found = Counter[str]()
        self.words: list[str] = []
        """The hidden text since the last edge."""

    def start_element(self, tag: str, attrs: Attributes) -> None:
        hides = _hides(tag, attrs or ())
        edge = hides or tag in _EDGES or (bool(attrs) and tag == "span" and OWN_LINES.search(get(attrs, "style")) is not None)
        if edge:
            self.edge()
        self.open.append((hides, edge))
        self.depth += hides
        if tag in _FOR_THE_PAGE:
            said = "".join(f' {name}="{value or ""}"' for name, value in attrs or ())
            self.found[f"<{tag}{said}>"] += 1
        elif self.depth and attrs:
            self.found.update(f"the image {canonical_url(url)}" for url in _pictures(tag, attrs))

    def end_element(self, tag: str) -> None:
        hid, edge = self.open.pop()
        if edge:
            self.edge()
        self.depth -= hid

    def characters(self, data: str) -> None:
        if self.depth:
            self.words.append(data)

    def edge(self) -> None:
        """Count the words that have come."""
        if self.words:
            self.found.update("".join(self.words).split())
            self.words.clear()

    def nothing(self, *_: object) -> None:
        """What is not asked for."""

    comment = processing_instruction = doctype = nothing


def _hides(tag: str, attrs: Attributes) -> bool:
    names = {name for name, _ in attrs}
    if tag in HIDING or "hidden" in names or (tag == "dialog" and "open" not in names):
        return True
    return "style" in names and HIDING_STYLE.search(get(attrs, "style")) is not None


def _pictures(tag: str, attrs: Attributes) -> set[str]:
    """Return the addresses of the pictures that an element shows: its own, one that a script loads late, those in its style."""
    style = get(attrs, "style")
    behind = style_pictures(style) if "url(" in style.lower() else []
    return {*behind, get(attrs, "src"), late_source(attrs)} - {""} if tag == "img" else {*behind}


def first_hidden(output: str, source: str) -> str | None:
    """Return the first thing that the HTML of an ``output`` hides (or brings, to hide others) and that of the ``source`` does not."""
    there = _read(output)
    return next(iter(there - _read(source)), None) if there else None


def _read(html: str) -> Counter[str]:
    events = _Hidden()
    sax_parse("<!DOCTYPE html><body>" + html, events)  # type: ignore[arg-type]
    events.edge()
    return events.found
