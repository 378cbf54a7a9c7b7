"""Items that are no XML: elements found by their tags, as far as these show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

import msgspec

__all__ = ["Element", "read_elements"]

_START = re.compile(r"<([A-Za-z_][\w.:-]*+)((?:\s++[\w.:-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\s*+(/?)>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CONTAINERS: Final = frozenset({"wp:comment", "wp:postmeta", "wp:commentmeta", "comment", "postmeta", "commentmeta"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA: Final = "<![CDATA["
_DEEPEST: Final = 2
_INDENT: Final = 200
"""More white space than this does not stand between the end of a CDATA section and an end tag."""
_AFTER_NAME: Final = ("", ">", " ", "\t", "\n")


class Element(msgspec.Struct):
    """An element of an item, with the names that lxml's have, of which the readers know no more than these."""

    tag: str
    """Its name as in the file, with its prefix."""
    text: str | None
    """The text in it, up to its first child."""
    attrib: dict[str, str]
    """Its attributes."""
    children: list[Element] = []
    """The elements in it."""

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attrib.get(name, default)

    def itertext(self) -> Iterator[str]:
        """Yield its text."""
        yield self.text or ""


def read_elements(text: str) -> list[Element]:
    """Return the elements of the item in ``text``. Never raises; linear in the length of the text."""
    text = _CONTROL.sub(lambda found: " " if found[0] in "\x0b\x0c" else "", text).replace("\r\n", "\n").replace("\r", "\n")
    opening = _START.search(text)
    begin = opening.end() if opening and opening[1].rpartition(":")[2].lower() == "item" else 0
    end = text.rfind("</item")
    return _elements(text, begin, end if end > begin else len(text), 0)


def _elements(text: str, at: int, end: int, depth: int) -> list[Element]:
    found: list[Element] = []
    missing: set[str] = set()
    while start := _START.search(text, at, end):
        name = start[1]
        if start[3]:
            found.append(Element(name, "", _attributes(start[2])))
            at = start.end()
            continue
        close, after = _end_of(text, start.end(), end, name, missing)
        inside = _elements(text, start.end(), close, depth + 1) if name in _CONTAINERS and depth < _DEEPEST else []
        value = "" if inside else _value(text[start.end() : close])
        found.append(Element(name, value, _attributes(start[2]), inside))
        at = after
    return found


def _end_of(text: str, at: int, end: int, name: str, missing: set[str]) -> tuple[int, int]:
    """Return where the text of the element that begins at ``at`` ends, and where the element does.

    Text in CDATA goes on to the ``]]>`` that stands before the element's own end tag: a body may hold a ``]]>`` of its own
    that nobody escaped (WordPress 3.1).
    """
    closer = f"</{name}"
    if closer in missing:
        return _next_start(text, at, end)
    place = _find_closer(text, closer, at, end)
    if text.startswith(_CDATA, _skip_blanks(text, at)):
        while place >= 0 and not text[max(at, place - _INDENT) : place].rstrip().endswith("]]>"):
            place = _find_closer(text, closer, place + 1, end)
    if place < 0:
        missing.add(closer)
        return _next_start(text, at, end)
    return place, text.find(">", place, end) + 1 or end


def _find_closer(text: str, closer: str, at: int, end: int) -> int:
    """Return where the end tag stands that begins with ``closer`` and has no longer name; -1: nowhere."""
    place = text.find(closer, at, end)
    while place >= 0 and text[place + len(closer) : place + len(closer) + 1] not in _AFTER_NAME:
        place = text.find(closer, place + 1, end)
    return place


def _next_start(text: str, at: int, end: int) -> tuple[int, int]:
    """Return where an element without an end tag ends: with its CDATA section, or with its line."""
    if text.startswith(_CDATA, _skip_blanks(text, at)):
        close = text.find("]]>", at, end)
        return (close + 3, close + 3) if close >= 0 else (end, end)
    line = text.find("\n", at, end)
    return (line, line) if line >= 0 else (end, end)


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def _value(text: str) -> str:
    """Return the text of an element: CDATA as it is, references elsewhere decoded."""
    if _CDATA not in text:
        return html.unescape(text) if "&" in text else text
    before, _, rest = text.partition(_CDATA)
    inside, _, after = rest.rpartition("]]>") if "]]>" in rest else (rest, "", "")
    inside = inside.replace("]]]]><![CDATA[>", "]]>")
    return html.unescape(before) + inside + html.unescape(after)


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(text)} if text else {}
