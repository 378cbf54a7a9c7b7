"""A WXR file to its pieces: one pass over a stream, with one piece in memory."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import BinaryIO

from wpmigrate.errors import ExtractError
from wpmigrate.extractors.wxr.borders import HIDES, NO_END, Border, Search, count_items, element_end, item_end
from wpmigrate.extractors.wxr.header import (
    WP_ELEMENT,
    declared_encoding,
    find_units,
    has_mark,
    not_wxr,
    refuse_declarations,
    usable_encoding,
)
from wpmigrate.extractors.wxr.records import Piece, PieceKind
from wpmigrate.extractors.wxr.window import AFTER_NAME, Window

__all__ = ["Scan", "scan"]

BLOCK = 1 << 18

_TOKEN = re.compile(
    rb"<(?:!--|!\[CDATA\[|!DOCTYPE\b|!ENTITY\b|\?|(/?)((?:[A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)))"
)
_TAG_REST = re.compile(rb"(?:[\s/][^<>]*)?>")
_LONGEST_TAG = 1 << 16
_CLOSERS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}

# Local name -> kind, for elements that hold others; RSS's own <category> and <author> hold text
_ROWS: dict[bytes, tuple[PieceKind, re.Pattern[bytes]]] = {
    b"author": ("author", re.compile(rb"<(?:[\w.\-]+:)?author_")),
    b"category": ("category", re.compile(rb"<(?:[\w.\-]+:)?(?:cat_name|category_|term_id)")),
    b"tag": ("tag", re.compile(rb"<(?:[\w.\-]+:)?(?:tag_|term_id)")),
    b"term": ("term", re.compile(rb"<(?:[\w.\-]+:)?term_")),
}
_ONLY_IN_ITEMS = frozenset(
    b"""creator guid encoded post_id post_date post_date_gmt post_modified post_modified_gmt comment_status ping_status
    post_name status post_parent menu_order post_type post_password is_sticky attachment_url postmeta comment""".split()
)
_FIRST_IN_ITEMS = frozenset(b"title link pubDate description".split())
_ROOTS = frozenset((b"rss", b"RDF"))

LOST_START = "the item's start tag is damaged"
CUT_OFF = "the file ends before </channel>: entries may be missing"
STRAY = "text between the elements"
ODD_ITEM = "a start tag that XML does not read as <item> (capitals matter, so do prefixes): its entry is not read"
_MAX_UNCLOSED = 50
_ODD_ITEM = re.compile(rb"<(?:[\w.\-]+:)?item[\s/>]", re.IGNORECASE)
_TEXTS = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)


class Scan:
    """An iterator over the pieces of a file, with what it counted on the way.

    ``starts == items - orphans + hidden`` holds for every file: each ``<item`` in the bytes begins a piece, or stands inside a
    CDATA section or a comment.
    """

    def __init__(self, stream: BinaryIO, encoding: str = "", block: int = BLOCK) -> None:
        self.encoding = encoding
        """How the bytes are read: known as soon as the header was yielded."""
        self.items = 0
        """How many items were yielded."""
        self.orphans = 0
        """How many of them have no start tag of their own."""
        self.hidden = 0
        """How many ``<item`` stand inside CDATA sections and comments."""
        self.damaged = 0
        """How many pieces have a problem."""
        self._window = Window(stream, max(block, 64) // 4 * 4)
        self._at = 0  # where to search
        self._done = 0  # what was consumed
        self._is_wxr = False
        self._closed = False
        self._among_items = False
        self._unclosed = 0
        self._endless: set[bytes] = set()  # what begins and has no end from here to the end of the file
        self._pieces = self._scan()

    @property
    def starts(self) -> int:
        """How many ``<item`` start tags the bytes have, wherever they stand."""
        return self._window.starts

    def __iter__(self) -> Iterator[Piece]:
        return self._pieces

    def __next__(self) -> Piece:
        return next(self._pieces)

    def _scan(self) -> Generator[Piece, None, None]:
        yield self._header()
        while (token := self._token()) is not None:
            yield from self._stray(token.start())
            if token[3] is None:
                start, hidden = self._skip(token)
                if hidden:
                    self._done, end = start, self._at
                    yield self._piece("channel", end, HIDES)
            elif token[1]:
                self._end_tag(token)
            elif token[3] == b"item" and self._begins_item(token):
                yield self._item(token, "")
            elif self._begins_orphan(token[3]):
                self.orphans += 1
                yield self._item(token, LOST_START)
            else:
                yield self._element(token)
        if not self._is_wxr:
            raise not_wxr(self._window.view)
        yield self._piece("trailer", len(self._window.view), "" if self._closed else CUT_OFF)

    # the header

    def _header(self) -> Piece:
        """Find the encoding and where the channel's first element begins."""
        window = self._window
        units = find_units(window.raw)
        window.set_units(units.width, units.low)
        end = self._header_end()
        header = window.view[:end]
        self.encoding = units.encoding or self._forced() or declared_encoding(header)
        self._is_wxr = has_mark(header)
        self._at = end
        return self._piece("header", end, "")

    def _forced(self) -> str:
        """Return the encoding that the caller wants."""
        wanted = self.encoding
        if wanted and not usable_encoding(wanted):
            raise ExtractError(
                f"the file cannot be read in the encoding {wanted!r}; leave it out to have it recognised"
            )
        return usable_encoding(wanted) if wanted else ""

    def _header_end(self) -> int:
        """Return where the header ends: after ``<channel>``, or after the root, or before the first known element."""
        root = -1
        while (token := self._token()) is not None:
            name = token[3]
            if name is None:
                self._skip(token)
                continue
            if token[1]:
                self._at = token.end()
                continue
            tag = _TAG_REST.match(self._window.view, token.end(2))
            after = tag.end() if tag else token.end()
            if name == b"channel":
                return after
            if name in _ROOTS:
                root = after
            elif root >= 0 or name == b"item" or name in _ONLY_IN_ITEMS or token[2].startswith(b"wp:"):
                return root if root >= 0 else token.start()
            self._at = after
        if root >= 0:
            return root
        raise not_wxr(self._window.view)

    # one step each

    def _token(self) -> re.Match[bytes] | None:
        """Return the next markup, with all of its tag in memory; None at the end of the file."""
        window = self._window
        while True:
            token = _TOKEN.search(window.view, self._at)
            if window.whole:
                return token
            if token is not None and len(window.view) - token.start() > _LONGEST_TAG:
                return token
            if token is not None and window.view.find(b">", token.end()) >= 0:
                return token
            self._more()

    def _search(self) -> Search:
        return Search(self._window.view, self._window.whole, self._window.places)

    def _more(self) -> None:
        gone = self._window.more(self._done)
        self._at -= gone
        self._done -= gone

    def _skip(self, token: re.Match[bytes]) -> tuple[int, int]:
        """Pass over a comment, an instruction, a stray section or a document type.

        Return where it begins and how many items it hides.
        """
        kind = token[0]
        if kind not in _CLOSERS:
            refuse_declarations(self._window.view, token.start())
            self._at = token.end()
            return token.start(), 0
        start = token.start() - self._done
        end = -1
        while kind not in self._endless:
            end = self._window.view.find(_CLOSERS[kind], self._done + start)
            if end >= 0 or self._window.whole:
                break
            self._more()
        start += self._done
        if end < 0:
            self._endless.add(kind)
            self._at = start + len(kind)
            return start, 0
        self._at = end + len(_CLOSERS[kind])
        hidden = count_items(self._search(), start, self._at)
        self.hidden += hidden
        return start, hidden

    def _stray(self, end: int) -> Iterator[Piece]:
        """Yield what stands before ``end`` if it is more than markup and blanks."""
        view = self._window.view
        if end > self._at and not view[self._at : end].isspace():
            self._done = self._at
            yield self._piece("channel", end, STRAY)

    def _end_tag(self, token: re.Match[bytes]) -> None:
        """Note that the channel ends."""
        self._closed = self._closed or token[3] in (b"channel", *_ROOTS)
        tag = _TAG_REST.match(self._window.view, token.end(2))
        self._at = tag.end() if tag else token.end()

    def _begins_item(self, token: re.Match[bytes]) -> bool:
        """Tell whether an item's start tag goes on as one."""
        return token[2] == b"item" and self._window.view[token.end() : token.end() + 1] in AFTER_NAME

    def _begins_orphan(self, name: bytes) -> bool:
        """Tell whether an element can only be an item's."""
        return name == b"item" or name in _ONLY_IN_ITEMS or (self._among_items and name in _FIRST_IN_ITEMS)

    def _item(self, token: re.Match[bytes], problem: str) -> Piece:
        """Return the item that begins with ``token``."""
        self._done = token.start()
        name_end = token.end(2) - self._done if not problem else 0
        tag = _TAG_REST.match(self._window.view, token.end(2))
        if tag is not None and not problem and tag[0].endswith(b"/>"):
            border: Border | None = Border(tag.end(), 0, "")
        else:
            border = item_end(self._search(), self._done + name_end)
        while border is None:
            self._more()
            border = item_end(self._search(), self._done + name_end)
        if not self._is_wxr:
            self._check(self._window.view[: border.end])
        self.items += 1
        self._among_items = True
        self.hidden += border.hidden
        if border.problem:
            cut = border.end == len(self._window.view) and self._window.whole
            own = "the file ends inside this item" if cut else border.problem
            problem = problem or own.replace("element", "item")
        return self._piece("item", border.end, problem)

    def _check(self, view: bytes) -> None:
        """Raise when the first item shows that the file is a mere feed."""
        if WP_ELEMENT.search(view) is None:
            raise ExtractError(
                "the file is an RSS feed, not a WordPress export: a feed has only the newest posts; "
                "export the site with Tools > Export in WordPress"
            )
        self._is_wxr = True

    def _element(self, token: re.Match[bytes]) -> Piece:
        """Return the element of the channel that begins with ``token``."""
        self._done = token.start()
        name, local = token[2], token[3]
        tag = _TAG_REST.match(self._window.view, token.end(2))
        if tag is None or tag[0].endswith(b"/>") or local == b"channel" or local in _ROOTS:
            if local == b"channel" or local in _ROOTS:
                self._among_items = False  # parts put into one file: the next one's header follows
            return self._piece("channel", tag.end() if tag else token.end(), "" if tag else NO_END)
        inner = tag.end() - self._done
        border = self._element_end(inner, name)
        if border.problem and border.problem != HIDES:
            self._unclosed += 1
            after = self._window.view.find(b"<", self._done + inner)
            return self._piece("channel", after if after >= 0 else len(self._window.view), NO_END)
        data = self._window.view[self._done : border.end]
        self._is_wxr = self._is_wxr or WP_ELEMENT.match(data) is not None
        self.hidden += border.hidden
        row = _ROWS.get(local)
        kind = row[0] if row is not None and row[1].search(data) is not None else "channel"
        return self._piece(kind, border.end, border.problem)

    def _element_end(self, inner: int, name: bytes) -> Border:
        """Return where an element of the channel ends; after many that do not end, none is looked for."""
        if self._unclosed > _MAX_UNCLOSED:
            return Border(0, 0, NO_END)
        while True:
            border = element_end(self._search(), self._done + inner, name)
            if border is not None:
                return border
            self._more()

    def _piece(self, kind: PieceKind, end: int, problem: str) -> Piece:
        """Return what was not consumed, up to ``end``; consume it."""
        window, start = self._window, self._done
        width = window.width
        stop = end * width if kind != "trailer" else len(window.raw)
        data = window.raw[start * width : stop]
        if kind != "item" and not problem and _holds_odd_item(window.view[start:end]):
            problem = ODD_ITEM
        self._done = self._at = end
        self.damaged += bool(problem)
        number = self.items if kind == "item" else 0
        return Piece(
            kind, window.base + start * width, len(data), window.line_at(start), number, data, problem
        )


def _holds_odd_item(view: bytes) -> bool:
    """Tell whether the markup of a piece that is no item (``<ITEM>``, ``<rss:item>``) seems to begin one."""
    return _ODD_ITEM.search(view) is not None and _ODD_ITEM.search(_TEXTS.sub(b"", view)) is not None


def scan(stream: BinaryIO, encoding: str = "") -> Scan:
    """Return an iterator over the pieces of a WXR file, which reads ``stream`` from its position to its end.

    ``encoding`` forces one. Linear in time; memory holds one piece and a block. The iterator raises
    :class:`~wpmigrate.errors.ExtractError` when the file is no WordPress export, or declares XML entities; everything else
    that is wrong is a piece's ``problem``. After the last piece the counts are those of the whole file.
    """
    return Scan(stream, encoding)
