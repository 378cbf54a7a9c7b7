"""A page in the pieces at the top of a browser's tree, each of which may stay HTML.

A block of the tree that the proof refuses can mostly be said in HTML again. Where markup is misnested it cannot: the builder has
read a link, a heading or a list otherwise than it stands. A piece is a whole subtree of the parser's, and its HTML is that.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wpmigrate.model import Entry, LinkRecord, MediaRecord, Notice, NoticeLog, Site, SourceEntry
from wpmigrate.model.nodes import Heading, Html, Text
from wpmigrate.normalizer import begun, body_of, entry_of, finish_tree, new_builder
from wpmigrate.normalizer.elements import element_of, is_block
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.raw_html import INSTRUCTION, raw_block, raw_html
from wpmigrate.normalizer.records import MEDIA_KINDS, media_kind
from wpmigrate.normalizer.site_facts import SOURCE, SiteFacts
from wpmigrate.normalizer.tree import TreeBuilder
from wpmigrate.options import NormalizeOptions

__all__ = ["Pieces"]


class _RawHeading(NamedTuple):
    """A heading at the top of the page that stays HTML; it begins a section."""

    block: Html
    """What is in the tree; it is written when the heading has its name."""
    heading: Heading
    """What the heading says, to give it a name."""
    inner: str
    """The markup inside."""


class Pieces:
    """The pieces of a page; none where its body is Markdown or empty."""

    def __init__(
        self, source: SourceEntry, site: Site, options: NormalizeOptions, *, links_addresses: bool = True
    ) -> None:
        """Read the page; ``links_addresses``: an address alone on its line is a link."""
        self._page = page = begun(source, site, options, links_addresses=links_addresses)
        readable = page.dialect not in ("markdown", "empty")
        self._pieces = [*_pieces(body_of(page))] if readable else []
        self._notices = page.log.notices()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._pieces)

    def entry(self, raw: Collection[int], *, sections: bool = True) -> Entry:
        """Return the record of the page with its pieces ``raw`` (by number) as HTML, and the others as Markdown.

        ``sections``: whether headings that stay HTML begin sections. The links and media of ``raw`` are not in the record but
        for those with an old address (:func:`~wpmigrate.normalizer.page_records.page_records` finds them).
        """
        page = copy.copy(self._page)
        page.log = _log_of(self._notices)
        page.footnotes = copy.deepcopy(page.footnotes)
        if page.facts is not None:
            page.facts = SiteFacts(page.site, page.log)
        builder = new_builder(page)
        headings: list[_RawHeading] = []
        for number, piece in enumerate(self._pieces):
            top = _copy(piece)
            if number not in raw:
                builder.walk(top)
                builder.boundary()
                continue
            _prepare(builder, top)
            heading = _as_heading(builder, top) if sections else None
            if heading is None:
                _keep(builder, top)
            else:
                headings.append(heading)
        builder.settle()
        finish_tree(page, builder, builder.root)
        for heading in headings:
            _write_heading(heading)
        return entry_of(page)


def _log_of(notices: Sequence[Notice]) -> NoticeLog:
    log = NoticeLog()
    for notice in notices:
        log.add(notice.kind, notice.what, notice.where, notice.count)
    return log


def _pieces(body: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the blocks at the top of ``body``; text and inline elements between two blocks are one piece."""
    run: list[LexborNode] = []
    node = body.first_child
    while node is not None:
        if _is_block(node):
            if run:
                yield run
                run = []
            yield [node]
        elif run or node.tag != "-text" or not (node.text_content or "").isspace():
            run.append(node)
        node = node.next
    if run:
        yield run


def _is_block(node: LexborNode) -> bool:
    name = node.tag or INSTRUCTION
    return name[0] != "-" and is_block(name)


def _copy(piece: list[LexborNode]) -> LexborNode:
    """Return a box with copies of the nodes in it, which may be changed."""
    top = LexborHTMLParser("").create_node("div")
    for node in piece:
        top.insert_child(node)
    return top


def _prepare(builder: TreeBuilder, top: LexborNode) -> None:
    """Leave out what no page shows, with notices."""
    builder.settle()
    if builder.footnotes is not None:
        builder.footnotes.note_raw(top)
    gone: list[LexborNode] = []
    for node in top.traverse():
        name = node.tag or INSTRUCTION
        if name == "-comment":
            builder.note_comment(node.comment_content or "")
        elif name[0] != "-" and _is_left_out(builder, node, name):
            gone.append(node)
    for node in gone:
        node.decompose()


def _is_left_out(builder: TreeBuilder, node: LexborNode, name: str) -> bool:
    """Whether an element is dropped, with a notice; the old address of one that stays is noted."""
    attributes = node.attributes
    row = element_of(name)
    if row.kind == "drop":
        builder.log.add("dropped", f"<{name}>: {row.reason}")
        return True
    if name == "img" and not (attributes.get("src") or "").strip():
        builder.log.add("dropped", f"<img> without src: no image (alt: {attributes.get('alt') or ''})")
        return True
    old = attributes.get(SOURCE)
    if old:
        url = clean_url(attributes.get("href") or attributes.get("src") or attributes.get("data") or "")
        if name in MEDIA_KINDS:
            builder.records.media.append(MediaRecord(url, media_kind(name, attributes), source_url=old))
        else:
            builder.records.links.append(LinkRecord("", url, "", "", "", old))
    return False


def _as_heading(builder: TreeBuilder, top: LexborNode) -> _RawHeading | None:
    """Append what is in ``top`` as a heading, if it is one with words."""
    node = top.first_child
    if node is None or node.next is not None or not _is_block(node):
        return None
    row = element_of(node.tag or "")
    title = " ".join(node.text().split())
    if row.kind != "heading" or not title:
        return None
    markup = raw_html(node)
    found = _RawHeading(
        Html(""), Heading(int(row.value), [Text(title)]), markup[markup.index(">") + 1 : markup.rindex("</")]
    )
    name = node.attributes.get("id")
    builder.headings.append((found.heading, builder.anchors.claim([name] if name else []), True))
    builder.append(found.block)
    return found


def _write_heading(raw: _RawHeading) -> None:
    """Write a heading that has its name now, with the anchors that others lead to."""
    heading = raw.heading
    anchors = "".join(child.value for child in heading.children if isinstance(child, Html))
    raw.block.data = heading.data
    name = (heading.data or {})["hProperties"]["id"]
    raw.block.value = f'<h{heading.depth} id="{name}">{anchors}{raw.inner}</h{heading.depth}>'


def _keep(builder: TreeBuilder, top: LexborNode) -> None:
    """Append what is in ``top`` as an HTML block; a heading in a box, where it is no section."""
    node = top.first_child
    if node is None:
        return
    alone = node.next is None and _is_block(node) and element_of(node.tag or "").kind != "heading"
    markup = raw_block(node) if alone else raw_html(top)
    if markup != "<div></div>":
        builder.append(Html(markup))
