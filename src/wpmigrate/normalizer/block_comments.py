"""Gutenberg bodies as plain HTML for the parser: comments vanish, what they say stays with the elements they made."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from wpmigrate.model import NoticeLog
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.blocks import BlockToken, parse_blocks
from wpmigrate.wordpress.dynamic import SHOWN_ROUND, shown_close, shown_html, shown_open
from wpmigrate.wordpress.pictures import background_html

__all__ = ["BLOCKS", "LOOK", "MADE_BY_THE_SITE", "NOTED", "read_blocks", "said_of", "tell_lost", "told_block"]

BLOCKS: Final[dict[str, str]] = {
    "core/freeform": "text of the classic editor: WordPress makes its paragraphs",
    "core/shortcode": "read as a shortcode of a classic body is",
    "core/embed": "a link to what it shows, then its caption",
    "core/code": "a code block",
    "core/html": "its HTML is read like all other",
    "core/more": "stays as <!--more-->",
    "core/nextpage": "stays as <!--nextpage-->",
    "core/social-link": "a link to the profile, under its label or the service's name",
    "core/navigation-link": "a link, under its label",
    "core/navigation-submenu": "a link, under its label, and the links in it as a list",
    "core/block": "the reusable block of the export that it names, as if it stood there; one that is missing stays as a comment",
    "core/footnotes": "footnotes of Markdown, whose texts are in the post's metadata",
}
"""Blocks that need more than to have their comments taken away -> what becomes of them.

``core-embed/…`` is the old spelling of ``core/embed``. Every other block keeps its HTML, and its attributes stand under
``data.wp`` of the node that it made; where it made none, under ``data.wpMore`` of the next one.
"""

MADE_BY_THE_SITE: Final = "the old site made its content when it showed the page"
"""Why a block without HTML (latest posts, search, archives …) is left out; its attributes are in the notice."""

LOOK: Final = frozenset(
    (
        "align",
        "backgroundColor",
        "borderColor",
        "className",
        "fontFamily",
        "fontSize",
        "gradient",
        "layout",
        "style",
    )
) | {"textAlign", "textColor"}
"""Attributes that say how a block looks."""

NOTED: Final = "data-wp-block"
"""The attribute that takes what a comment says to the node that its block makes."""

_SHOWN: Final = frozenset({"url", "label", "service"})
_FAMILIES: Final = ("core/", "core-embed/")
_NOTE = re.compile(rf' {NOTED}="([^"]*)"')
_FIRST_TAG = re.compile(r"<[a-zA-Z][\w-]*")
_EMBED_URL = re.compile(r"(?<=[\w\"'\s/])>\s*+(https?://[^\s<>\"]++)\s*+<(?=/(?:div|figure|p)>)", re.I)
_LONGEST = 300


def read_blocks(text: str, log: NoticeLog) -> str:
    """Return the Gutenberg body ``text`` as HTML without block comments.

    A block's attributes become ``data-wp-block='{"name":…,"attrs":{…}}'`` on its first element; what stands between
    blocks and in classic blocks gets WordPress's paragraphs; addresses in embeds become links. Blocks without HTML are
    left out with a notice that names their attributes. Comments that match no other are taken away all the same.
    """
    reader = _Reader(log)
    for token in parse_blocks(text):
        reader.read(token)
    reader.finish()
    return "".join(reader.parts)


class _Reader:
    """Reads the tokens of one body in order."""

    def __init__(self, log: NoticeLog) -> None:
        self.parts: list[str] = []
        self._log = log
        self._open: list[str] = []
        self._count: dict[str, int] = {}
        self._unsaid: list[BlockToken] = []

    def read(self, token: BlockToken) -> None:
        """Read the next token."""
        if token.broken:
            self._log.add("dropped", f"block {token.name}: attributes that are no JSON: {_short(token.text)}")
        if token.kind == "html":
            self.parts.append(self._html(token.text))
        elif token.kind == "open":
            self._opened(token)
        elif token.kind == "close":
            self._closed(token)
        else:
            self._void(token)

    def finish(self) -> None:
        """Say in the log what found no element, and what was never closed."""
        self._give_up()
        for name in self._open:
            self._log.add("repaired", f"block {name}: its end was missing")

    def _html(self, text: str) -> str:
        name = self._open[-1] if self._open else "core/freeform"
        if name in ("core/freeform", "core/shortcode"):
            text = autop(text) if text.strip() else text  # blanks count in code that nobody closed
        elif name == "core/embed" or name.startswith("core-embed/"):
            text = _EMBED_URL.sub(self._embedded, text)
        first = _FIRST_TAG.search(text) if self._unsaid else None
        if first is None:
            return text
        inner = self._unsaid.pop()
        self._give_up()
        return f'{text[: first.end()]} {NOTED}="{_said(inner)}"{text[first.end() :]}'

    def _embedded(self, found: re.Match[str]) -> str:
        address = html.escape(html.unescape(found[1]))
        self._log.add("mapped", "block core/embed: a link to what it shows")
        return f'><p><a data-wpm="embed" href="{address}">{address}</a></p><'

    def _opened(self, token: BlockToken) -> None:
        if not token.name.startswith(_FAMILIES):
            self._log.add("kept", f"block {token.name}: its HTML is read, its attributes stand in data.wp")
        self._open.append(token.name)
        self._count[token.name] = self._count.get(token.name, 0) + 1
        if token.name in SHOWN_ROUND:
            self.parts.append(shown_open(token.name, token.attributes))
            self._tell_link(token)
        elif token.attributes:
            self.parts.append(background_html(token.attributes))
            self._unsaid.append(token)

    def _closed(self, token: BlockToken) -> None:
        self._give_up()
        if not self._count.get(token.name):
            self._log.add("repaired", f"block {token.name}: an end without a beginning")
            return
        while self._open:
            name = self._open.pop()
            self._count[name] -= 1
            self.parts.append(shown_close(name))
            if name == token.name:
                return
            self._log.add("repaired", f"block {name}: its end was missing")

    def _void(self, token: BlockToken) -> None:
        shown = shown_html(token.name, token.attributes)
        if shown:
            self.parts.append(shown)
            self._tell_link(token)
        else:
            self._log.add("dropped", f"{told_block(token.name, token.attributes)}: {MADE_BY_THE_SITE}")

    def _tell_link(self, token: BlockToken) -> None:
        rest = {key: value for key, value in token.attributes.items() if key not in _SHOWN and key not in LOOK}
        left_out = f" (left out: {_short(_json(rest))})" if rest else ""
        self._log.add("mapped", f"block {token.name}: a link{left_out}")

    def _give_up(self) -> None:
        """Name the attributes of blocks that have no element of their own."""
        for token in self._unsaid:
            _tell_lost(token.name, token.attributes, self._log)
        self._unsaid.clear()


def said_of(note: str) -> dict[str, Any] | None:
    """Return name and attributes of a block, as :func:`read_blocks` noted them; None for a source's own ``data-wp-block``."""
    try:
        value = json.loads(note)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def tell_lost(text: str, told: Iterable[dict[str, Any]], log: NoticeLog) -> None:
    """Name the attributes that :func:`read_blocks` noted in ``text`` and that no node has: those ``told`` are what nodes have."""
    there = Counter(map(_json, told))
    for note in _NOTE.findall(text):
        said = said_of(html.unescape(note))
        if said is None:
            continue
        spelled = _json(said)
        if there[spelled]:
            there[spelled] -= 1
        elif isinstance(said.get("attrs"), dict):
            _tell_lost(said.get("name"), said["attrs"], log)


def _tell_lost(name: object, attributes: dict[str, Any], log: NoticeLog) -> None:
    log.add("dropped", f"{told_block(name, attributes)}: no element could take these attributes")


def told_block(name: object, attributes: dict[str, Any]) -> str:
    """Return how a notice names a block: how it looks by the names of its attributes, all others with their values."""
    return f"block {name}{_told(attributes)}"


def _told(attributes: dict[str, Any]) -> str:
    look = [key for key in attributes if key in LOOK]
    rest = {key: value for key, value in attributes.items() if key not in LOOK}
    return f"{' ' + _short(_json(rest)) if rest else ''}{' and ' + ', '.join(look) if look else ''}"


def _said(token: BlockToken) -> str:
    return html.escape(_json({"name": token.name, "attrs": token.attributes}))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
