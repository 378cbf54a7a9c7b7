"""Items that are no XML: elements found by their tags, as far as these show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

__all__ = ["Element", "read_elements"]

_START = re.compile(r"<([A-Za-z_][\w.:-]*+)((?:\s++[\w.:-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\s*+(/?)>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CONTAINERS: Final = frozenset({"wp:comment", "wp:postmeta", "wp:commentmeta", "comment", "postmeta", "commentmeta"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA: Final = "<![CDATA["
_OPENS_SECTION = re.compile(r"\s*<!\[CDATA\[")
_SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_HALF_END = re.compile(r"(?:\]{1,2}|\]\]>\s*(?:<[^<>]*)?|</?(?:[A-Za-z][\w.:-]*)?)\Z")
_NEXT = re.compile(
    r"<(?:wp:(?:post|comment|meta|is|menu|ping|status|attachment)|content:encoded|excerpt:encoded|dc:creator|category\s+(?:domain|nicename)=)"
    r"|</(?:item|wp:(?:postmeta|comment|commentmeta))\s*>"
)
_DEEPEST: Final = 2


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
    return _elements(text, begin, end if end > begin else len(text), 0, _Nexts(text))


def _elements(text: str, at: int, end: int, depth: int, nexts: _Nexts) -> list[Element]:
    found: list[Element] = []
    while start := _START.search(text, at, end):
        name = start[1]
        attributes = _attributes(start[2])
        if start[3]:
            found.append(Element(name, "", attributes))
            at = start.end()
        elif name in _CONTAINERS and depth < _DEEPEST:
            close = _container_end(text, start.end(), end, name)
            found.append(Element(name, "", attributes, _elements(text, start.end(), close, depth + 1, nexts)))
            at = close
        else:
            close, at = _end_of(text, start.end(), end, name, nexts)
            found.append(Element(name, _value(text[start.end() : close], close == len(text)), attributes))
    return found


def _container_end(text: str, at: int, end: int, name: str) -> int:
    """Return where a comment or a row of meta ends: at its end tag outside of all sections, or where the next one begins."""
    pattern = _container(name)
    while found := pattern.search(text, at, end):
        if found[0] != _CDATA:
            return found.start()
        section = _SECTION_END.search(text, found.end(), end)
        if section is None:
            return end
        at = section.end()
    return end


_SECTION_END = re.compile(r"\]\]>(?=\s*</(?:wp:)?(?:comment|meta|post))|\]\]>")


@lru_cache(64)
def _container(name: str) -> re.Pattern[str]:
    """Return a pattern for what ends the container ``name``, and for sections, in which nothing does."""
    quoted = re.escape(name)
    outer = r"|<wp:comment>|<wp:postmeta>|</item>" if name.endswith("meta") else r"|<wp:comment>|</item>"
    return re.compile(rf"<!\[CDATA\[|</{quoted}\s*>|<{quoted}[\s>]{outer}")


def _end_of(text: str, at: int, end: int, name: str, nexts: _Nexts) -> tuple[int, int]:
    """Return where the text of the element that begins at ``at`` ends, and where the element does.

    Text in CDATA goes on to the ``]]>`` that stands before the element's own end tag: a body may hold a ``]]>`` of its own
    that nobody escaped (WordPress 3.1). An element that lost its end tag ends where WordPress's next one begins.
    """
    whole, plain = _closers(name)
    if _OPENS_SECTION.match(text, at) and name not in nexts.open_ended:
        found = whole.search(text, at, end)
        if found is not None and found["end"] is not None:
            return found.start("end"), found.end()
        nexts.open_ended.add(name)
    limit = min(nexts.after(at), end)
    found = plain.search(text, at, limit)
    return (found.start(), found.end()) if found is not None else (limit, limit)


@lru_cache(256)
def _closers(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns: a section's end with the end tag of ``name`` (or another start tag of it), and the end tag alone."""
    quoted = re.escape(name)
    return re.compile(rf"\]\]>\s*(?P<end></{quoted}\s*>)|<{quoted}[\s>]"), re.compile(rf"</{quoted}\s*>")


class _Nexts:
    """Where WordPress's elements begin, looked up in order; and which names have sections without an end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.searched = self.found = -1
        self.open_ended: set[str] = set()

    def after(self, at: int) -> int:
        """Return where the next element begins that only WordPress writes, or where a container ends."""
        if not self.searched <= at <= self.found:
            match = _NEXT.search(self.text, at)
            self.searched, self.found = at, match.start() if match else len(self.text)
        return self.found


def _value(text: str, cut: bool) -> str:
    """Return the text of an element: CDATA as it is, references elsewhere decoded; ``cut``: the item ends in it."""
    if cut:
        text = _HALF_END.sub("", text)
    if not _OPENS_SECTION.match(text):
        return "".join(part if place % 2 else _decoded(part) for place, part in enumerate(_SECTION.split(text)))
    inside = text.lstrip().removeprefix(_CDATA)
    return "".join(
        inside.rstrip().removesuffix("]]>").split("]]>" + _CDATA)
        if inside.rstrip().endswith("]]>")
        else inside.split("]]>" + _CDATA)
    )


def _decoded(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(text)} if text else {}
