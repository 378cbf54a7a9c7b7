"""The links and media of a page that is written already, from a plain walk over its HTML.

The tree builder collects records while it folds and splits lines, which is quick and right for sound pages. Where markup is so
broken that the proof finds other links in the output than in the record, this reads them from the output itself: what a
browser makes of it, in the order of its tree.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import msgspec
from selectolax.lexbor import LexborNode

from wpmigrate.model import LinkRecord, MediaRecord, NoticeLog, Site
from wpmigrate.normalizer.elements import is_block
from wpmigrate.normalizer.elements.attributes import Attributes
from wpmigrate.normalizer.links import clean_url, is_script, link_kind
from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.pictures import show_pictures
from wpmigrate.normalizer.players import PLAYER, place_players, player_data
from wpmigrate.normalizer.records import CONTEXT_LENGTH, MEDIA_KINDS, media_kind, number_of, player_record
from wpmigrate.wordpress.depth import limit_depth
from wpmigrate.wordpress.pictures import may_have_pictures
from wpmigrate.wordpress.players import may_have_players

__all__ = ["page_records"]

_HEADING = re.compile(r"h[1-6]")
_UNREAD: Final = frozenset({"script", "style", "title", "iframe", "noembed", "noframes", "template"})
"""Elements whose text is not the page's."""

_CODE: Final = frozenset({"pre", "listing", "xmp", "plaintext"})

_Any = TypeVar("_Any", LinkRecord, MediaRecord)


def page_records(
    html: str,
    section_ids: Sequence[str],
    site: Site,
    links: Iterable[LinkRecord],
    media: Iterable[MediaRecord],
) -> tuple[list[LinkRecord], list[MediaRecord]]:
    """Return the links and media of ``html``, the content of a body, in the order of its tree. Linear; never raises.

    ``section_ids`` are those of the headings at its top level, in order. What HTML does not say (captions, alignments, old
    addresses) comes from the records ``links`` and ``media`` made of the source, where they have the same address.
    """
    walk = _Walk(section_ids, site, links, media)
    page = parse(limit_depth(html)[0])
    if page.body is not None:
        if may_have_pictures(html):
            show_pictures(page, page.body, NoticeLog())
        if may_have_players(html):
            place_players(page, page.body, NoticeLog())
        walk.read(page.body)
    return walk.links, walk.media


class _Line:
    """A line of text that is being read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._text: str | None = None

    def text(self) -> str:
        """Return its beginning, once it has ended."""
        if self._text is None:
            self._text = " ".join("".join(self.words).split())[:CONTEXT_LENGTH]
        return self._text


class _Link:
    """An open link."""

    def __init__(self, url: str, player: str) -> None:
        self.url = url
        self.player = player
        """What it says of the player for which it stands."""
        self.record: LinkRecord | None = None
        """Its first record; None while it shows nothing."""
        self.words: list[str] | None = None
        """The words of its last record; None where another begins: in another block, after a link inside it."""


class _Walk:
    """The walk: with an explicit stack, so that depth does not matter."""

    def __init__(
        self,
        section_ids: Sequence[str],
        site: Site,
        links: Iterable[LinkRecord],
        media: Iterable[MediaRecord],
    ) -> None:
        self.links: list[LinkRecord] = []
        self.media: list[MediaRecord] = []
        self._site = site
        self._ids = deque(section_ids)
        self._section = ""
        self._line = _Line()
        self._codes = 0
        """How many code blocks are open."""
        self._open: list[_Link] = []
        self._round_code: list[_Link] = []
        """The links that are open round the code block."""
        self._said: list[tuple[LinkRecord, list[str], _Line]] = []
        """Each link with its words and its line, which are complete when the walk has ended."""
        self._old_links = _by_address(links)
        self._old_media = _by_address(media)

    def read(self, body: LexborNode) -> None:
        """Read everything in ``body``."""
        opened: list[LexborNode] = []
        node = body.first_child
        while node is not None:
            child = self._start(node, not opened)
            if child is not None:
                opened.append(node)
                node = child
                continue
            self._end(node)
            while node.next is None and opened:
                node = opened.pop()
                self._end(node)
            node = node.next
        for record, words, line in self._said:
            record.text = " ".join("".join(words).split())
            record.context = line.text()

    def _start(self, node: LexborNode, at_top: bool) -> LexborNode | None:
        """Read a node; return the first one in it."""
        name = node.tag or "-"
        if name == "-text":
            self._show(node.text_content or "")
        if name[0] == "-":
            return None
        if at_top and _HEADING.fullmatch(name):
            self._section = self._ids.popleft() if self._ids else ""
        self._edge(name)
        if name in _CODE:
            self._begin_code()
        attributes = node.attributes
        if name == "a":
            self._open_link(attributes)
        elif name in MEDIA_KINDS:
            self._read_medium(name, attributes)
        return None if name in _UNREAD else node.first_child

    def _end(self, node: LexborNode) -> None:
        name = node.tag or "-"
        if name[0] == "-":
            return
        if name in _CODE:
            self._end_code()
        self._edge(name)
        if name == "a" and _address(node.attributes) is not None:
            if self._open[-1].record is None:
                self._link_words()
            self._open.pop()
            if self._open:
                self._open[-1].words = None

    def _begin_code(self) -> None:
        """Begin a code block: it stands for itself, also where a link is open round it."""
        if not self._codes:
            self._round_code, self._open = self._open, []
        self._codes += 1

    def _end_code(self) -> None:
        self._codes -= 1
        if not self._codes:
            self._open = self._round_code

    def _edge(self, name: str) -> None:
        """Begin a line where an element does; a block is another piece of each link round it, but for blocks in code."""
        block = is_block(name)
        if block or name == "br":
            self._line = _Line()
            if self._open and self._open[-1].words:
                self._open[-1].words.append(" ")
        if block and not self._codes:
            for link in self._open:
                link.words = None

    def _show(self, words: str, is_image: bool = False) -> None:
        if not (is_image and self._codes):  # in a line of code nobody reads the text of an image
            self._line.words.append(words)
        if self._open and (self._open[-1].words is not None or not words.isspace()):
            self._link_words().append(words)

    def _open_link(self, attributes: Attributes) -> None:
        url = _address(attributes)
        if url is not None:
            self._open.append(_Link(url, attributes.get(PLAYER) or ""))

    def _link_words(self) -> list[str]:
        """Return the words of the innermost link, which has a record from now on."""
        link = self._open[-1]
        if link.words is None:
            link.words = []
            record = LinkRecord("", link.url, link_kind(link.url, self._site), self._section, "")
            if link.record is None:
                link.record = record
                self._complete(record, link.player)
            record.source_url = link.record.source_url
            self.links.append(record)
            self._said.append((record, link.words, self._line))
        return link.words

    def _complete(self, record: LinkRecord, player: str) -> None:
        """Take over what an older record said of a link; one that stands for an embed is a medium too."""
        old = self._old_links.get(record.url)
        if old:
            record.source_url = old.popleft().source_url
        shown = self._old_media.get(record.url)
        if shown and shown[0].kind != "image":
            self.media.append(msgspec.structs.replace(shown.popleft(), section=self._section))
        elif player:
            self.media.append(player_record(record.url, player_data(player), self._section))

    def _read_medium(self, name: str, attributes: Attributes) -> None:
        url = clean_url(attributes.get("src") or attributes.get("data") or "")
        if not url:
            return
        alt, title = attributes.get("alt") or "", attributes.get("title") or ""
        size = (number_of(attributes.get("width")), number_of(attributes.get("height")))
        record = MediaRecord(url, media_kind(name, attributes), alt, title, "", *size, section=self._section)
        old = self._old_media.get(url)
        if old:
            before = old.popleft()
            record.caption, record.alignment, record.source_url = (
                before.caption,
                before.alignment,
                before.source_url,
            )
        self.media.append(record)
        if name == "img":
            self._show(alt, is_image=True)


def _by_address(records: Iterable[_Any]) -> dict[str, deque[_Any]]:
    found: defaultdict[str, deque[_Any]] = defaultdict(deque)
    for record in records:
        found[record.url].append(record)
    return found


def _address(attributes: Attributes) -> str | None:
    """Return where a link leads; None for one that leads nowhere."""
    if "href" not in attributes:
        return None
    url = clean_url(attributes["href"] or "")
    return None if is_script(url) else url
