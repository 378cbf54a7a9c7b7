"""The reading of an element that is not well-formed: each known element is found by its tags.

It gives the same tree as the strict one, and says what it had to assume. Linear: what ends nowhere is looked for a limited
number of times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from wpmigrate.extractors.wxr.markup import local_name
from wpmigrate.extractors.wxr.names import COMMENT_FIELDS, role

__all__ = ["Log", "read_lenient"]

Log = Callable[[str, str, int], None]
"""Takes ``repaired`` or ``lost``, what, and the position in the text."""

BARE_AMPERSAND = "& that is not escaped: read as it stands"
HTML_ENTITY = "entity that XML does not have: read as HTML's"
BAD_REFERENCE = "reference to a character that XML does not allow: left out"
NESTED_CDATA = "]]> inside a CDATA section: read as text"
BARE_TAG = "< that is not escaped: read as text"
MARKUP = "markup inside an element of text: kept as its source"
OPEN_CDATA = "CDATA section without its end"
STRAY_TAG = "end tag without a start tag"
STRAY_TEXT = "text between the elements"
NO_END = "without its end"
CUT = "the item is cut off"

_CDATA: Final = "<![CDATA["
_TAG = re.compile(r"<!--|<!\[CDATA\[|<(/?)([A-Za-z_][\w.:\-]*)((?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.:\-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&(?:#(\d{1,8}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_XML_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_UNFINISHED = re.compile(r"\]{1,2}\Z|\]\]>\s*(?:<[^<>]*)?\Z")
_HALF_TAG = re.compile(r"</?[A-Za-z][\w.:\-]*\Z|</?\Z")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_BEARING: Final = frozenset({"content", "excerpt", "description"})
_MISSES = 200

_ITEM_FIELDS = """title link pubDate guid description category encoded creator post_id post_date post_date_gmt post_modified
    post_modified_gmt comment_status ping_status post_name status post_parent menu_order post_type post_password is_sticky
    attachment_url postmeta comment"""
_META_FIELDS = "meta_key meta_value"
_PARENTS: Final = dict.fromkeys(_ITEM_FIELDS.split(), "item") | dict.fromkeys(
    COMMENT_FIELDS | {"commentmeta"}, "comment"
)
"""Local name -> the container that it stands in."""
_KNOWN = "|".join([*_PARENTS, *_META_FIELDS.split()])
# Where an element without an end tag stops: at an element that only WordPress writes, or at the end of a container
_NEXT = re.compile(
    rf"<(?:(?:wp|content|excerpt|dc):(?:{_KNOWN})|category\s+(?:domain|nicename)=[^<>]*)[\s>/]"
    r"|</(?:item|(?:[\w.\-]+:)?(?:postmeta|comment|commentmeta))\s*>"
)


@lru_cache(maxsize=512)
def _ends(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an element's end tag, and of a section's end before it (or another start of its kind)."""
    quoted = re.escape(name)
    return (
        re.compile(rf"</{quoted}\s*>"),
        re.compile(rf"\]\]>\s*(?P<end></{quoted}\s*>)|<{quoted}[\s>]"),
    )


def read_lenient(text: str, name: str, containers: frozenset[str], log: Log) -> Element:
    """Return the element ``name`` that ``text`` is, read as far as possible; ``log`` is told of everything assumed.

    ``containers`` are the local names of the elements that hold elements; all others hold text.
    """
    return _Lenient(text, name, containers, log).read()


class _Lenient:
    """Goes through the text from tag to tag, with the open containers on a stack."""

    def __init__(self, text: str, name: str, containers: frozenset[str], log: Log) -> None:
        self.text = text
        self.name = _name(name)
        self.root = Element(name)
        self.stack = [self.root]
        self.containers = containers
        self.log = log
        self.misses = 0
        self.next_known: tuple[int, int] = (-1, -1)  # searched from, found at

    def read(self) -> Element:
        text, at = self.text, 0
        opened = closed = False
        while (tag := _TAG.search(text, at)) is not None and self.misses < _MISSES and not closed:
            self._gap(at, tag.start())
            name = tag[2]
            if name is None:
                at = self._skip(tag)
            elif name != self.name:
                at = self._end(tag) if tag[1] else self._start(tag)
            elif tag[1]:
                at = tag.end()
                closed = _TAG.search(text, at) is None
            elif opened:
                at = self._start(tag)
            else:
                opened = True
                at, closed = self._open_root(tag)
        self._finish(at, opened, closed)
        return self.root

    def _open_root(self, tag: re.Match[str]) -> tuple[int, bool]:
        """Read the start tag of the element, and its text if it holds text only; tell whether that ended."""
        start = tag.end()
        if local_name(self.name) in self.containers or tag[3].endswith("/"):
            return start, tag[3].endswith("/")
        end, after = self._text_end(self.name, start)
        self.root.text = self._decode(self.name, start, end)
        return after, True

    def _finish(self, at: int, opened: bool, closed: bool) -> None:
        """Say what is missing at the end, or at the beginning."""
        if self.misses >= _MISSES:
            self.log("lost", f"damaged in more than {_MISSES} places: the rest is not read", at)
        elif not closed:
            self.log("lost", CUT if opened else "the item's start tag is missing", at)
        if closed and not opened:
            self.log("lost", "the item's start tag is missing", 0)
        if closed:
            self._gap(at, len(self.text))

    def _gap(self, start: int, end: int) -> None:
        if end > start and not self.text[start:end].isspace():
            self.log("lost", STRAY_TEXT, start)

    def _skip(self, tag: re.Match[str]) -> int:
        """Pass over a comment or a stray section."""
        closer = "-->" if tag[0] == "<!--" else "]]>"
        end = self.text.find(closer, tag.end())
        if tag[0] == _CDATA:
            self.log("lost", STRAY_TEXT, tag.start())
        self.misses += end < 0
        return end + len(closer) if end >= 0 else tag.end()

    def _end(self, tag: re.Match[str]) -> int:
        """Close the container that ``tag`` ends, with what is still open in it; return where to go on."""
        name = _tag(tag[2])
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].tag == name:
                if depth < len(self.stack) - 1:
                    self.log("lost", f"<{self.stack[-1].tag}> {NO_END}", tag.start())
                del self.stack[depth:]
                return tag.end()
        self.log("repaired", STRAY_TAG, tag.start())
        return tag.end()

    def _start(self, tag: re.Match[str]) -> int:
        """Add the element that ``tag`` begins; return where to go on."""
        name, rest = tag[2], tag[3]
        self._leave(local_name(name), tag.start())
        element = Element(_tag(name), {key: _plain(a or b) for key, a, b in _ATTRIBUTE.findall(rest)})
        self.stack[-1].append(element)
        if rest.endswith("/"):
            return tag.end()
        if local_name(name) in self.containers:
            self.stack.append(element)
            return tag.end()
        end, after = self._text_end(name, tag.end())
        element.text = self._decode(name, tag.end(), end)
        return after

    def _leave(self, local: str, at: int) -> None:
        """Close containers in which an element named ``local`` does not stand: their end tags were lost."""
        parent = _PARENTS.get(local)
        if parent is None or len(self.stack) == 1:
            return
        while len(self.stack) > 1 and local_name(_name(self.stack[-1].tag)) != parent:
            gone = self.stack.pop()
            self.log("lost", f"<{_name(gone.tag)}> {NO_END}", at)

    def _text_end(self, name: str, start: int) -> tuple[int, int]:
        """Return where the text of an element ends, and where its end tag does."""
        text = self.text
        plain, section = _ends(name)
        if text.startswith(_CDATA, _first_mark(text, start)):
            found = section.search(text, start)
            if found is not None and found["end"] is not None:
                return found.start("end"), found.end()
            self.misses += 1
        limit = self._known_after(start)
        found = plain.search(text, start, limit)
        if found is not None:
            return found.start(), found.end()
        self.misses += 1
        self.log("lost", f"<{name}> {NO_END}", start)
        return limit, limit

    def _known_after(self, start: int) -> int:
        """Return where the next element begins that only WordPress writes, or a container ends."""
        searched, found = self.next_known
        if not searched <= start <= found:
            match = _NEXT.search(self.text, start)
            found = match.start() if match else len(self.text)
            self.next_known = (start, found)
        return found

    def _decode(self, name: str, start: int, end: int) -> str:
        """Return the text between two positions without XML's syntax."""
        inner = self.text[start:end]
        if end == len(self.text):
            inner = _UNFINISHED.sub("", inner) if _CDATA in inner else _HALF_TAG.sub("", inner)
        if inner.startswith(_CDATA, _first_mark(inner, 0)):
            return self._sections(inner, start)
        if _CDATA in inner:
            return self._mixed(inner, start)
        if "<" in inner:
            is_markup = _MARKUP.search(inner) is not None
            self.log("repaired", MARKUP if is_markup else BARE_TAG, start)
            if is_markup and role(_tag(name)) in _HTML_BEARING:
                return inner
        return self._references(inner, start)

    def _sections(self, inner: str, start: int) -> str:
        """Return the text of an element that is one section, or several; a nested one is text."""
        core = inner.lstrip().removeprefix(_CDATA)
        if core.rstrip().endswith("]]>"):
            core = core.rstrip().removesuffix("]]>")
        else:
            self.log("repaired", OPEN_CDATA, start)
        parts = core.split(f"]]>{_CDATA}")
        if any("]]>" in part for part in parts):
            self.log("repaired", NESTED_CDATA, start)
        return "".join(parts)

    def _mixed(self, inner: str, start: int) -> str:
        parts = _SECTION.split(inner)
        return "".join(part if i % 2 else self._references(part, start) for i, part in enumerate(parts))

    def _references(self, text: str, start: int) -> str:
        """Return ``text`` with XML's and HTML's references decoded; a bare ampersand stays."""
        if "&" not in text:
            return text
        return _REFERENCE.sub(lambda found: self._reference(found, start), text)

    def _reference(self, found: re.Match[str], start: int) -> str:
        number, name = found[1], found[2]
        if number:
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if (
                code in (9, 10, 13)
                or (32 <= code < 0xD800)
                or 0xE000 <= code < 0xFFFE
                or 0xFFFF < code < 0x110000
            ):
                return chr(code)
            self.log("repaired", BAD_REFERENCE, start + found.start())
            return ""
        if name in _XML_ENTITIES:
            return _XML_ENTITIES[name]
        decoded = html.unescape(found[0]) if name else "&"
        known = bool(name) and decoded != found[0]
        self.log("repaired", HTML_ENTITY if known else BARE_AMPERSAND, start + found.start())
        return decoded if known else found[0]


def _first_mark(text: str, start: int) -> int:
    """Return the position of the first character that is no blank."""
    found = _BLANKS.match(text, start)
    return found.end() if found else start


_BLANKS = re.compile(r"\s*")


def _plain(value: str) -> str:
    """Return an attribute's value."""
    return html.unescape(value) if "&" in value else value


def _tag(name: str) -> str:
    """Return a name as ElementTree writes it."""
    prefix, colon, local = name.partition(":")
    return f"{{{prefix}}}{local}" if colon else name


def _name(tag: str) -> str:
    """Return it as the file does."""
    prefix, brace, local = tag.removeprefix("{").partition("}")
    return f"{prefix}:{local}" if brace else tag
