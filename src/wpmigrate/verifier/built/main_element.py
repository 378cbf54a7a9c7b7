"""A built page: the events of the element that holds the entry, and what the page round it says of it."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

import msgspec
from turbohtml.saxparse import sax_parse

from wpmigrate.verifier.reader import Attributes, get

__all__ = ["BuiltPage", "Event", "Selector", "parse_selector", "read_built", "words_of"]

Event: TypeAlias = tuple[Any, ...]
"""What the parser says, as data, so that rules can look ahead and move parts: ``("start", tag, attributes)``, ``("end", tag)``,
``("text", words)``, ``("comment", words)`` or ``("instruction", target, words)``."""

_SELECTOR: Final = re.compile(r"([A-Za-z][\w-]*)?(?:#([^\s.#]+)|\.([^\s.#]+))?", re.ASCII)
_REFRESH: Final = "refresh"


class Selector(msgspec.Struct, frozen=True):
    """Which element of a page holds the entry."""

    text: str
    """As the user or the target says it."""
    tag: str
    """Empty: any."""
    id: str = ""
    """Empty: any."""
    name: str = ""
    """A class; empty: any."""

    def matches(self, tag: str, attrs: Attributes) -> bool:
        """Whether an element is the one."""
        if self.tag and tag != self.tag:
            return False
        if not (self.id or self.name):
            return True
        for name, value in attrs or ():
            if self.id and name == "id":
                return value == self.id
            if self.name and name == "class":
                return self.name in (value or "").split()
        return False


def parse_selector(text: str) -> Selector:
    """Return what ``tag``, ``tag#id``, ``tag.class``, ``#id`` or ``.class`` means. Raises ValueError for anything else."""
    match = _SELECTOR.fullmatch(text)
    if match is None or not text:
        raise ValueError(f"{text!r} names no element: say tag, tag#id or tag.class")
    return Selector(text, (match[1] or "").lower(), match[2] or "", match[3] or "")


class BuiltPage(msgspec.Struct):
    """What the proof needs of a built page."""

    events: list[Event]
    """Those of the main element, without its own start and end."""
    mains: int
    """How many elements of the page are such; one is right."""
    titles: list[str]
    """The texts of the page's ``<title>`` and of the ``<h1>`` outside of the main element."""
    redirects: bool
    """Whether the page only sends its visitors on."""
    links: list[str]
    """Where the links outside of the main element lead, as written."""


def read_built(html: str, selector: Selector) -> BuiltPage:
    """Return the built page ``html``, read as a browser does."""
    reading = _Reading(selector)
    sax_parse(html, reading)  # type: ignore[arg-type]
    titles = [_folded("".join(parts)) for parts in reading.titles]
    return BuiltPage(reading.events, reading.mains, titles, reading.redirects, reading.links)


def words_of(events: list[Event]) -> str:
    """Return the text of ``events``, blanks folded."""
    return _folded("".join(event[1] for event in events if event[0] == "text"))


def _folded(text: str) -> str:
    return " ".join(text.split())


class _Reading:
    """The parser's events (turbohtml's SaxHandler, by its method names)."""

    def __init__(self, selector: Selector) -> None:
        self.selector = selector
        self.events: list[Event] = []
        self.mains = 0
        self.depth = 0
        """How many elements are open from the main element on; 0 outside of it."""
        self.titles: list[list[str]] = []
        self.title = ""
        """The element of a title that is open."""
        self.redirects = False
        self.links: list[str] = []

    def start_element(self, tag: str, attrs: Attributes) -> None:
        if self.depth:
            self.depth += 1
            if self.mains == 1:
                self.events.append(("start", tag, attrs or ()))
        elif self.selector.matches(tag, attrs):
            self.mains += 1
            self.depth = 1
        elif tag in ("title", "h1") and not self.title:
            self.title = tag
            self.titles.append([])
        elif tag == "a":
            self.links.append(get(attrs or (), "href"))
        elif tag == "meta":
            self.redirects |= any(name == "http-equiv" and (value or "").lower() == _REFRESH for name, value in attrs or ())

    def end_element(self, tag: str) -> None:
        if self.depth:
            self.depth -= 1
            if self.depth and self.mains == 1:
                self.events.append(("end", tag))
        elif tag == self.title:
            self.title = ""

    def characters(self, data: str) -> None:
        if self.depth:
            self.add(("text", data))
        elif self.title:
            self.titles[-1].append(data)

    def comment(self, data: str) -> None:
        self.add(("comment", data))

    def processing_instruction(self, target: str, data: str) -> None:
        self.add(("instruction", target, data))

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Nothing: it is not of the entry."""

    def add(self, event: Event) -> None:
        if self.depth and self.mains == 1:
            self.events.append(event)
