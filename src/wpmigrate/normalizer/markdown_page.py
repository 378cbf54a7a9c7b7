"""What a body that is Markdown already has in it: its sections, links and media.

Raw HTML may reach over its own block (an ``<a>`` that nobody closed, a ``<pre>`` that swallows a heading). Where there is any, the
links and headings are read as a browser shows them: in the tree of the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from wpmigrate.model import NoticeLog, Section, Site
from wpmigrate.model.nodes import Block, Heading, Html, Image, Link, Node, Root, Text, plain_text, walk
from wpmigrate.normalizer.anchors import name_headings
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.links import is_script
from wpmigrate.normalizer.markdown_body import markdown_records
from wpmigrate.normalizer.markdown_html import MARKER, markdown_html
from wpmigrate.normalizer.markdown_spans import section_texts
from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.pictures import show_pictures
from wpmigrate.normalizer.players import place_players
from wpmigrate.normalizer.records import Records
from wpmigrate.normalizer.tree import TreeBuilder
from wpmigrate.wordpress.depth import limit_depth
from wpmigrate.wordpress.pictures import may_have_pictures
from wpmigrate.wordpress.players import may_have_players

__all__ = ["read_markdown_page"]

_HEADING_BLOCK = re.compile(r"<h([1-6])[\s>](?:(?!</?h[1-6][\s>]).)*</h\1\s*>\s*", re.I | re.S)
"""A block of raw HTML that is one heading and nothing else."""
_HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SWALLOW: Final = frozenset({"pre", "listing", "xmp", "plaintext"})
"""Elements in which a heading is lines of code."""
_UNREAD: Final = frozenset({"script", "style", "iframe", "noembed", "noframes", "title"})
"""Elements whose text nobody reads."""
_LINES: Final = frozenset("p div section article aside header footer nav address center figure figcaption fieldset legend".split())
"""Elements that begin a line of their own in a heading."""
_END_HEADING: Final = frozenset("ul ol menu dir li table blockquote pre listing xmp hr dl dt dd details form object audio video".split())
"""Elements that no heading of Markdown can hold: it ends before them."""


def read_markdown_page(root: Root, site: Site, text: str) -> tuple[list[Section], Records]:
    """Return the sections of ``root``, the tree of ``text``, whose headings get their ids, and the records of its links and media."""
    places = [place for place, block in enumerate(root.children) if _is_heading(block)]
    if "<" in text and any(type(node) is Html for node in walk(root)):
        return _read_whole(root, places, site, text)
    shown = [place for place in places if _shows(root.children[place])]
    sections = _name_sections(root, dict.fromkeys(shown))
    records = Records(site)
    markdown_records(root, records)
    records.finish([section.id for section in sections])
    return sections, records


def _is_heading(block: object) -> bool:
    return type(block) is Heading or (type(block) is Html and _HEADING_BLOCK.fullmatch(block.value) is not None)


def _shows(heading: object) -> bool:
    return isinstance(heading, Heading) and (bool(plain_text(heading).strip()) or any(_is_seen(node) for node in walk(heading)))


def _is_seen(node: Node) -> bool:
    return bool(node.url) if isinstance(node, Image) else isinstance(node, Link) and not is_script(node.url)


def _read_whole(root: Root, places: list[int], site: Site, text: str) -> tuple[list[Section], Records]:
    html = limit_depth(markdown_html(root, places))[0]
    page = parse(html)
    body = page.body
    assert body is not None  # there is a tag of it
    log = NoticeLog()  # nothing is left out: the text stays as it is
    if may_have_pictures(html):
        show_pictures(page, body, log)
    if may_have_players(html):
        place_players(page, body, log)
    shown = _shown_headings(root, body)
    sections = _name_sections(root, shown)
    for section, said in zip(sections, section_texts(text, len(root.children), [*shown]), strict=False):
        section.markdown = said  # its tags may end in another section
    # A number as an address is what the text has, and stays.
    builder = TreeBuilder(replace(site, entries_by_id={}), log, frozenset(), [], False)
    builder.build(body)
    builder.records.finish(_section_ids(builder, [*shown], sections))
    return sections, builder.records


def _shown_headings(root: Root, body: LexborNode) -> dict[int, str | None]:
    """Return the headings that a browser shows with their own words and level, by their place: their own id, if they have one."""
    found: dict[int, str | None] = {}
    for mark in body.css(f'span[id^="{MARKER}"]'):
        number = (mark.id or "").removeprefix(MARKER)
        element = _heading_round(mark)
        if element is None or not number.isdecimal() or int(number) >= len(root.children):
            continue
        place, block = int(number), root.children[int(number)]
        words = _words(element)
        if not words and not _shows_more(element):
            continue
        if isinstance(block, Html):
            found[place] = element.id
        elif isinstance(block, Heading) and element.tag == f"h{block.depth}" and words == _folded(plain_text(block)):
            found[place] = None
    return dict(sorted(found.items()))


def _heading_round(mark: LexborNode) -> LexborNode | None:
    """Return the heading that ``mark`` stands in, unless it is lines of code."""
    heading: LexborNode | None = None
    node = mark.parent
    while node is not None:
        if node.tag in _SWALLOW:
            return None
        if heading is None and node.tag in _HEADING_TAGS:
            heading = node
        node = node.parent
    return heading


def _words(heading: LexborNode) -> str:
    """Return the text of ``heading``, up to what no heading can hold."""
    parts: list[str] = []
    for node in heading.traverse(include_text=True):
        if node.tag in _END_HEADING:
            break
        if node.tag == "br" or node.tag in _LINES:
            parts.append(" ")
        elif node.tag == "-text" and (node.parent is None or node.parent.tag not in _UNREAD):
            parts.append(node.text_content or "")
    return _folded("".join(parts))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _shows_more(heading: LexborNode) -> bool:
    """Whether something that is no text shows in ``heading``: an image, a link of nothing, a field."""
    for node in heading.traverse():
        if node.tag == "a" and "href" in node.attributes and not is_script(node.attributes["href"] or ""):
            return True
        row = element_of(node.tag or "") if node.tag and node.tag[0] != "-" else None
        if row is not None and (row.kind == "unknown" or row.value == "inline" or (row.kind == "image" and node.attributes.get("src"))):
            return True
    return False


def _name_sections(root: Root, shown: Mapping[int, str | None]) -> list[Section]:
    """Return the sections that begin with the ``shown`` headings, and write their ids into these."""
    headings = [_as_heading(root.children[place]) for place in shown]
    sections, _ = name_headings([(heading, [], True) for heading in headings], frozenset(), Site(), False, NoticeLog())
    taken = {section.id for section in sections}
    for place, heading, section in zip(shown, headings, sections, strict=True):
        own = shown[place]
        if own and own not in taken:  # what links lead to
            taken.add(own)
            section.id = own
            heading.data = {"hProperties": {"id": own}}
        root.children[place].data = heading.data
    return sections


def _as_heading(block: Block) -> Heading:
    if isinstance(block, Heading):
        return block
    assert isinstance(block, Html)
    body = parse(block.value).body
    return Heading(int(block.value[2]), [Text(_words(body) if body is not None else "")])


def _section_ids(builder: TreeBuilder, places: Iterable[int], sections: Iterable[Section]) -> list[str]:
    """Return for each heading of the page itself that ``builder`` has found the id of the section that it begins or stands in."""
    ids = {f"{MARKER}{place}": section.id for place, section in zip(places, sections, strict=True)}
    found: list[str] = []
    current = ""
    for _, names, top in builder.headings:
        if top:
            current = next((ids[name] for name in names if name in ids), current)
            found.append(current)
    return found
