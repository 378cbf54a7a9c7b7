"""Tags of raw HTML that a piece of it leaves open. Some engines read no Markdown until they are closed, and show strays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from wpmigrate.model.nodes import Block, Html

__all__ = ["OpenTags", "in_raw_html", "is_misread", "strict_tags"]

_RAW: Final = r"<!--.*?-->|<(?P<raw>script|style|textarea|xmp)\b.*?</(?P=raw)\s*>"
_TAG: Final = re.compile(
    rf"{_RAW}|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*+>",
    re.DOTALL | re.IGNORECASE,
)
_NAME: Final = re.compile(r"[A-Za-z_][\w.:-]*")
_STRICT: Final = re.compile(r"""<[A-Za-z_][\w.:-]*+(?:\s++[A-Za-z_][\w.:-]*+(?:\s*+=\s*+(?:\w++|"[^"]*"|'[^']*'))?)*+\s*+/?>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]++)))?""")
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag (https://html.spec.whatwg.org/multipage/syntax.html#void-elements)."""
_SHOWN: Final = frozenset({"br", "p"})
"""End tags that make an element when nothing is open."""


# kramdown 2.4, HTML_CONTENT_MODEL and HTML_SPAN_ELEMENTS: what elements it knows among inlines, and in which it reads Markdown.
_INLINE: Final = (
    "a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp"
    "|select|small|span|strong|sub|sup|tt|u|var"
)
_READ: Final = (
    "area|base|col|embed|hr|link|meta|param|source|track|wbr|a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|label|q|rb|rbc|rp|rt|rtc|ruby|select|small|span"
    "|strong|sub|sup|tt"
)
_BLOCK_START: Final = re.compile(rf"<(?!(?:{_INLINE})[\s/>])[A-Za-z][A-Za-z0-9-]*+[\s/>]", re.IGNORECASE)
_UNREAD: Final = re.compile(rf"<(?!(?:{_READ})[\s/>])([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])", re.IGNORECASE)
_MARKS: Final = re.compile(r"[\\*_`\[~]")


def is_misread(text: str) -> bool:
    """Whether kramdown reads the Markdown ``text`` otherwise for its tags: as a block, or a tag's content as it stands."""
    return "<" in text and (_BLOCK_START.match(text) is not None or _holds_unread(text))


def _holds_unread(text: str) -> bool:
    place = 0
    while True:
        tag = _UNREAD.search(text, place)
        begin = text.find(">", tag.end()) if tag else -1
        if tag is None or begin < 0:
            return False
        end = re.compile(rf"</{tag[1]}[\s>]", re.IGNORECASE).search(text, begin)
        if _MARKS.search(text, begin, end.start() if end else len(text)):
            return True
        if end is None:
            return False
        place = end.end()


class OpenTags:
    """The elements that are open."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._open: Counter[str] = Counter()

    def feed(self, html: str) -> str:
        """Read ``html`` and return it without end tags of which nothing is open, which browsers pass over, its start tags spelled strictly."""
        return _TAG.sub(self._tag, html) if "<" in html else html

    def _tag(self, match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if not name:
            return match[0]
        if name in _VOID:
            return match[0] if match["end"] else _strict(match[0])
        if not match["end"]:
            self.names.append(name)
            self._open[name] += 1
            return _strict(match[0])
        elif self._open[name]:
            self._close(name)
        elif name not in _SHOWN:
            return ""
        return match[0]

    def _close(self, name: str) -> None:
        closed = ""
        while closed != name:
            closed = self.names.pop()
            self._open[closed] -= 1


def strict_tags(html: str) -> str:
    """Return ``html`` with its start tags spelled strictly (:meth:`OpenTags.feed`), and all else as it is."""
    return _TAG.sub(lambda tag: _strict(tag[0]) if tag["name"] and not tag["end"] else tag[0], html)


def _strict(tag: str) -> str:
    """Return a start tag as engines know it that read XML's names and quoted values only; odd names are left out."""
    if _STRICT.fullmatch(tag):
        return tag
    name = re.match(r"<[^\s/>]+", tag)
    if name is None:
        return tag
    written = [name[0]]
    for attribute in _ATTRIBUTE.finditer(tag, name.end()):
        if _NAME.fullmatch(attribute[1]):
            value = attribute[2] or attribute[3] or attribute[4] or ""
            written.append(attribute[1] + '="' + value.replace('"', "&quot;") + '"')
    return " ".join(written) + ">"


def in_raw_html(blocks: Sequence[Block]) -> list[bool]:
    """Return for each of ``blocks`` whether it stands between raw HTML that opens an element and raw HTML that closes it."""
    tags = OpenTags()
    inside: list[bool] = []
    for block in blocks:
        inside.append(bool(tags.names))
        if type(block) is Html:
            tags.feed(block.value)
    return inside
