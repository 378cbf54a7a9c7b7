"""The page's links and media as records, with the line they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET
from selectolax.lexbor import LexborNode

from wpmigrate.model import LinkRecord, MediaRecord, Site
from wpmigrate.model.nodes import Html, Image
from wpmigrate.normalizer.elements.code import code_text
from wpmigrate.normalizer.links import clean_url, is_script, link_kind
from wpmigrate.normalizer.marks import BLANK, CODE, NODE, TEXT, Leaf, LinkMark, Marks
from wpmigrate.normalizer.players import PLAYER, player_data
from wpmigrate.normalizer.site_facts import SOURCE

__all__ = ["CONTEXT_LENGTH", "MEDIA_KINDS", "Records", "media_kind", "number_of", "player_record"]

CONTEXT_LENGTH: Final = 1000
"""Characters of a line that a record keeps: a line of a megabyte with a thousand links would be a gigabyte of contexts."""

_WORDS: Final = TEXT | CODE | BLANK
_CODE_LINES: Final = frozenset({"pre", "listing", "xmp"})
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
MEDIA_KINDS: Final = {
    "img": "image", "audio": "audio", "video": "video", "source": "video", "iframe": "embed", "embed": "embed",
    "object": "embed", "track": "file",
}  # fmt: skip
"""Element -> kind of the medium in its ``src`` or ``data``."""
_HEARD = re.compile(r"[^?#]*\.(?:mp3|m4a|ogg|oga|wav|flac|aac|opus)(?:[?#]|\Z)", re.I)
"""An address of something to listen to."""

_UNLINKED: Final = frozenset({"script", "style", "iframe", "noembed", "noframes", "title", "pre", "listing", "xmp"})
"""Elements whose text is for machines, and blocks of code, which are no words of a link."""
_APART: Final = _UNLINKED | {"a"}
_SEEN: Final = ("-text", "br", "img")


def media_kind(name: str, attributes: Mapping[str, str | None]) -> str:
    """Return the kind of the medium in an element; a ``source`` is one of a film unless its type or its address says sound."""
    if name == "source":
        kind, url = attributes.get("type") or "", attributes.get("src") or ""
        return "audio" if kind.lower().startswith("audio/") or (not kind and _HEARD.match(url)) else "video"
    return MEDIA_KINDS[name]


class Records:
    """Collects records while the tree is built; :meth:`finish` puts in the sections' ids."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.links: list[LinkRecord] = []
        self.media: list[MediaRecord] = []
        self.section = 0
        """How many root-level headings have come so far."""
        self._sections: list[tuple[LinkRecord | MediaRecord, int]] = []
        self._parent: tuple[LexborNode, bool, str] | None = None
        self._inline: dict[int, tuple[Html, LexborNode]] = {}

    def later(self, markup: Html, node: LexborNode) -> None:
        """Record what is in the element ``node``, kept as ``markup`` in a line of text, when that line is read: in reading order."""
        self._inline[id(markup)] = (markup, node)

    def read_lines(self, lines: list[list[Leaf]], alignment: str) -> None:
        """Record the links and images of a block, line by line."""
        for line in lines:
            context: str | None = None
            gap = " "  # between what a link says in two lines
            for kind, value, marks in line:
                if kind == NODE and self._inline and id(value) in self._inline:
                    self.read_element(self._inline[id(value)][1])
                link = _link_of(marks) if marks else None
                image = value if kind == NODE and type(value) is Image else None
                if link is None and image is None:
                    continue
                context = self._context(line) if context is None else context
                if image is not None:
                    self._image(image, alignment)
                if link is not None:
                    text = value if kind & _WORDS else self._words(kind, value)
                    self._link(link, text.replace("\n", " "), context, gap)
                    gap = ""

    def _words(self, kind: int, value: Any) -> str:
        """Return what a leaf without text shows: an image's alternative text, the words of an element that stays HTML."""
        if type(value) is Image:
            return value.alt
        kept = self._inline.get(id(value)) if kind == NODE else None
        return " ".join(_shown(kept[1]).split()) if kept is not None else ""

    def _context(self, line: list[Leaf]) -> str:
        """Return the words of ``line``."""
        words = [value if kind & _WORDS else self._words(kind, value) for kind, value, _ in line]
        return "".join(words).strip().replace("\n", " ")[:CONTEXT_LENGTH]

    def _link(self, mark: LinkMark, text: str, context: str, gap: str = "") -> None:
        if mark.record is not None and self.links[-1] is mark.record:
            mark.record.text += gap + text if mark.record.text else text
            return  # else another link stands between the two pieces
        mark.record = record = LinkRecord(text, mark.url, link_kind(mark.url, self.site), "", context)
        if mark.data and "sourceUrl" in mark.data:
            record.source_url = mark.data["sourceUrl"]
        self.links.append(record)
        self._sections.append((record, self.section))
        if mark.embed:
            self._add_media(MediaRecord(mark.url, mark.embed, source_url=record.source_url))
        elif mark.data and "player" in mark.data:
            self._add_media(player_record(mark.url, mark.data["player"]))

    def link(self, mark: LinkMark, text: str) -> None:
        """Record a piece of the link ``mark``, whose text stands in an element that stays HTML."""
        text = " ".join(text.split())
        mark.record = None
        self._link(mark, text, text[:CONTEXT_LENGTH])

    def _image(self, image: Image, alignment: str) -> None:
        properties = (image.data or {}).get("hProperties", {})
        self._add_media(
            MediaRecord(
                image.url,
                "image",
                image.alt,
                image.title or "",
                "",
                number_of(properties.get("width")),
                number_of(properties.get("height")),
                properties.get("align") or alignment,
                source_url=(image.data or {}).get("sourceUrl", UNSET),
            )
        )

    def _add_media(self, record: MediaRecord) -> None:
        self.media.append(record)
        self._sections.append((record, self.section))

    def caption(self, first: int, node: LexborNode) -> None:
        """Give the only image since ``media[first]`` its caption; a caption of several belongs to none of them."""
        if len(self.media) == first + 1:
            self.media[first].caption = " ".join(code_text(node).split())

    def read_element(self, top: LexborNode, link: LinkMark | None = None) -> None:
        """Record the links and media inside an element that stays HTML, and the ``link`` that is open round it, piece by piece."""
        words: list[str] = []
        inside = 0  # how many of the nodes to come have been read with the link round them
        for node in top.traverse(include_text=link is not None and top.tag not in _UNLINKED):
            name = node.tag or ""
            if inside:
                inside -= 1
            elif name == "-text":
                if not _is_apart(node, top):
                    words.append(node.text_content or "")
            elif name == "a":
                self._end_piece(link, words)
                if link is None and _holds_link(node):
                    inside = self._in_pieces(node)
                elif link is None or node.mem_id != top.mem_id:
                    self._raw_link(node, top)
            elif name in _CODE_LINES:
                self._end_piece(link, words)
            elif name == "br":
                words.append(" ")
            elif name in MEDIA_KINDS:
                attributes = node.attributes
                url = clean_url(attributes.get("src") or attributes.get("data") or "")
                if url:
                    size = (number_of(attributes.get("width")), number_of(attributes.get("height")))
                    alt, title = attributes.get("alt") or "", attributes.get("title") or ""
                    source = attributes.get(SOURCE) or UNSET
                    words.append(alt if name == "img" else "")
                    self._add_media(MediaRecord(url, media_kind(name, attributes), alt, title, "", *size, source_url=source))

        self._end_piece(link, words)
        if link is not None and link.record is None:
            self.link(link, "")

    def _in_pieces(self, node: LexborNode) -> int:
        """Record the link ``node``, in which others stand, piece by piece, and all that is in it; return how many elements that is."""
        attributes = node.attributes
        mark = LinkMark(clean_url(attributes["href"] or ""))
        if attributes.get(SOURCE):
            mark.data = {"sourceUrl": attributes[SOURCE]}
        self.read_element(node, mark)
        return sum(1 for _ in node.traverse()) - 1

    def _end_piece(self, link: LinkMark | None, words: list[str]) -> None:
        if link is not None and "".join(words).strip():
            self.link(link, "".join(words))
        words.clear()

    def _raw_link(self, node: LexborNode, top: LexborNode) -> None:
        attributes = node.attributes
        url = clean_url(attributes.get("href") or "")
        if "href" in attributes and not is_script(url):
            parent = node.parent if node.mem_id != top.mem_id and node.parent is not None else top
            code, context = self._raw_context(parent, top)
            source = attributes.get(SOURCE) or UNSET
            record = LinkRecord(" ".join((code_text(node) if code else _text(node)).split()), url, link_kind(url, self.site), "", context, source)
            self.links.append(record)
            self._sections.append((record, self.section))
            if note := attributes.get(PLAYER):
                self._add_media(player_record(url, player_data(note)))

    def _raw_context(self, parent: LexborNode, top: LexborNode) -> tuple[bool, str]:
        """Return whether ``parent`` is code, and its words; asked once for all links that stand in it."""
        if self._parent is None or self._parent[0].mem_id != parent.mem_id:
            code = _in_code(parent, top)
            shown = code_text(parent) if code else _shown(parent)
            self._parent = parent, code, " ".join(shown.split())[:CONTEXT_LENGTH]
        return self._parent[1:]

    def finish(self, section_ids: list[str]) -> None:
        """Write the section's id into each record; ``section_ids`` are those of the root-level headings in order."""
        for record, number in self._sections:
            record.section = section_ids[number - 1] if number else ""


def player_record(url: str, player: dict[str, str], section: str = "") -> MediaRecord:
    """Return the record of a ``player`` for which a link to ``url`` stands, with its own address and its size."""
    size = (number_of(player.get("width")), number_of(player.get("height")))
    return MediaRecord(url, "embed", "", "", "", *size, section=section, source_url=player.get("url", UNSET))


def _is_apart(node: LexborNode, top: LexborNode) -> bool:
    """Whether the text ``node`` in ``top`` is not in the link round ``top``: in one of its own, or in what nobody can click on."""
    parent = node.parent
    while parent is not None and parent.mem_id != top.mem_id:  # == would compare their markup
        if (parent.tag == "a" and "href" in parent.attributes) or parent.tag in _UNLINKED:
            return True
        parent = parent.parent
    return False


def _holds_link(node: LexborNode) -> bool:
    """Whether links stand in the link ``node``, which a parser lets through in a table."""
    href = node.attributes.get("href")
    names = [child.tag for child in node.traverse()] if href is not None and not is_script(clean_url(href)) else []
    return names.count("a") > 1


def _in_code(node: LexborNode, top: LexborNode) -> bool:
    """Whether ``node`` is lines of code, or in some: images are not among their words."""
    while node.tag not in _CODE_LINES:
        if node.mem_id == top.mem_id or node.parent is None:
            return False
        node = node.parent
    return True


def _text(top: LexborNode) -> str:
    """Return the text of the link ``top`` without that of scripts, frames, code and links inside it (in a table)."""
    names = [node.tag for node in top.traverse()][1:]
    if _APART.isdisjoint(names):
        return code_text(top) if "br" in names else top.text()
    nodes = (node for node in top.traverse(include_text=True) if node.tag in ("-text", "br"))
    return "".join(_seen(node) for node in nodes if not _is_apart(node, top))


def _shown(top: LexborNode) -> str:
    """Return the text of ``top`` with the alternative texts of its images, and without style sheets and the titles of its drawings."""
    if top.css_first("img,style,title,br") is None:
        return top.text()
    return "".join(_seen(node) for node in top.traverse(include_text=True) if node.tag in _SEEN)


def _seen(node: LexborNode) -> str:
    if node.tag != "-text":
        return " " if node.tag == "br" else node.attributes.get("alt") or ""
    return "" if node.parent is not None and node.parent.tag in ("title", "style") else node.text_content or ""


def _link_of(marks: Marks) -> LinkMark | None:
    for mark in marks:
        if type(mark) is LinkMark:
            return mark
    return None


def number_of(value: str | None) -> int | None:
    """Return a width or height in pixels, as an attribute says it; None where it says another thing."""
    match = _NUMBER.match(value or "")
    return int(match[1]) if match else None
