"""The normalizer: a SourceEntry becomes an Entry, in an ordered table of passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from selectolax.lexbor import LexborNode

from wpmigrate.errors import NormalizeError
from wpmigrate.model import (
    SCHEMA_VERSION,
    BodyDialect,
    Entry,
    NoticeLog,
    Section,
    Site,
    SourceEntry,
    SourceInfo,
    source_digest,
)
from wpmigrate.model.nodes import Block, Code, Root
from wpmigrate.normalizer.anchors import (
    linked_fragments,
    name_headings,
    part_elements,
    part_from_slugs,
    relink,
)
from wpmigrate.normalizer.block_comments import NOTED, read_blocks, tell_lost
from wpmigrate.normalizer.embeds import EMBED, place_embeds
from wpmigrate.normalizer.footnotes import Footnotes, take_footnotes
from wpmigrate.normalizer.gallery import Library
from wpmigrate.normalizer.liquid import liquid_to_fences, protect_liquid
from wpmigrate.normalizer.markdown_body import Tidied, Tidy, give_data, markdown_tree
from wpmigrate.normalizer.markdown_links import move_markdown, note_sources
from wpmigrate.normalizer.markdown_page import read_markdown_page
from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.pictures import show_pictures
from wpmigrate.normalizer.places import with_places
from wpmigrate.normalizer.players import place_players
from wpmigrate.normalizer.records import Records
from wpmigrate.normalizer.reusable import put_in_blocks
from wpmigrate.normalizer.shortcodes import expand, protect_code
from wpmigrate.normalizer.site_facts import (
    SiteFacts,
    complete_author,
    complete_metadata,
    is_known,
    meta_pairs,
)
from wpmigrate.normalizer.tree import TreeBuilder
from wpmigrate.options import NormalizeOptions
from wpmigrate.wordpress import autop, recognise, repair_text
from wpmigrate.wordpress.depth import DEPTH, limit_depth
from wpmigrate.wordpress.dialect import says_markdown, translates
from wpmigrate.wordpress.indented import whole_elements
from wpmigrate.wordpress.pictures import may_have_pictures
from wpmigrate.wordpress.players import may_have_players
from wpmigrate.wordpress.repair import damaged_words
from wpmigrate.wordpress.unescaped import escape_addresses
from wpmigrate.wordpress.wrapped import without_boxes

__all__ = ["PASSES", "Page", "Tidied", "Tidy", "begun", "body_of", "entry_of", "finish_tree", "new_builder", "normalize"]


class _Page:
    """One page on its way through the passes."""

    def __init__(self, source: SourceEntry, site: Site, options: NormalizeOptions, tidy: Tidy | None) -> None:
        self.source = source
        self.tidy = tidy
        self.site = site
        self.options = options
        self.log = NoticeLog()
        self.facts = SiteFacts(site, self.log) if is_known(site) else None
        self.footnotes: Footnotes | None = None
        self.text = source.body
        self.dialect: BodyDialect = "empty"
        self.codes: list[Code] = []
        self.root = Root([])
        self.records = Records(site)
        self.sections: list[Section] = []
        self.linked: frozenset[str] = frozenset()
        """The ids that links of the page lead to."""
        self.links_addresses = True
        """Whether an address alone on its line becomes a link."""
        self.keeps_ids = options.legacy_anchors == "keep"


def _carry_notices(page: _Page) -> None:
    for notice in page.source.notices:
        page.log.add(notice.kind, notice.what, notice.where, notice.count)


def _reusable(page: _Page) -> None:
    if page.facts is not None:
        page.text = put_in_blocks(page.text, page.site.blocks, page.log)


def _footnotes(page: _Page) -> None:
    if page.dialect == "blocks" and page.source.format == "wxr":
        page.text, page.footnotes = take_footnotes(page.text, page.source.metadata, page.log)


def _unify_line_ends(page: _Page) -> None:
    if "\r" in page.text:
        page.text = page.text.replace("\r\n", "\n").replace("\r", "\n")


def _repair(page: _Page) -> None:
    text = page.text
    page.text, repairs = repair_text(text)
    for what, count in repairs:
        words = damaged_words(what, text, page.text)
        page.log.add("repaired", f"{what}: {words}" if words else what, f"line {page.source.body_line}", count)


def _recognise(page: _Page) -> None:
    choice = page.options.body
    typed = page.source.format == "wxr" and not says_markdown(meta_pairs(page.source.metadata))
    page.dialect = recognise(page.text, typed, translates(page.source.metadata.keys())) if choice == "auto" else choice


def _read_markdown(page: _Page) -> None:
    if page.dialect != "markdown":
        return
    page.text, boxes = without_boxes(page.text)
    if boxes:
        page.log.add("repaired", "Markdown straight behind the tags of boxes, as its exporter left it: the boxes go", count=boxes)
    page.text, elements = whole_elements(page.text)
    if elements:
        page.log.add("repaired", "HTML that its exporter indented, in a Markdown body: blank lines in it go", count=elements)
    page.text = liquid_to_fences(page.text, page.log).lstrip("\n").rstrip(" \t\n")
    tidied = page.tidy(page.text) if page.tidy is not None else Tidied(page.text)
    page.text = tidied.text
    for notice in tidied.notices:
        page.log.add(notice.kind, notice.what, notice.where, notice.count)
    sources: dict[str, str] = {}
    if page.facts is not None:
        page.text, sources = move_markdown(page.text, page.facts)
    page.root = markdown_tree(page.text)
    page.root.data = {"markdown": page.text}
    if tidied.nodes:
        give_data(page.root, tidied.nodes, sources)
    page.sections, page.records = read_markdown_page(page.root, page.site, page.text)
    if sources:
        note_sources(page.root, page.records, sources)


def _protect(page: _Page) -> None:
    if page.dialect == "markdown":
        return
    page.text = protect_liquid(page.text, page.codes, page.log)
    page.text = protect_code(page.text, page.options.shortcodes, page.codes, page.log)
    page.text, addresses = escape_addresses(page.text)
    if addresses:
        page.log.add("repaired", "an address between angle brackets: it is text, no element", count=addresses)


def _paragraphs(page: _Page) -> None:
    if page.dialect == "blocks":
        page.text = read_blocks(page.text, page.log)
    elif page.dialect not in ("markdown", "empty"):
        page.text = autop(page.text)


def _expand_shortcodes(page: _Page) -> None:
    if page.dialect != "markdown":
        library = Library(page.site, page.source.fields.id, page.log) if page.facts is not None else None
        page.text = expand(page.text, page.options.shortcodes, page.log, library, page.links_addresses)


def _build_tree(page: _Page) -> None:
    if page.dialect in ("markdown", "empty"):
        return
    body = body_of(page)
    builder = new_builder(page)
    finish_tree(page, builder, builder.build(body))


def body_of(page: _Page, text: str | None = None) -> LexborNode:
    """Return the body of ``page`` (or a part of it, ``text``) as a browser's parser makes it, with pictures and addresses as they are to be."""
    text, surplus = limit_depth(page.text if text is None else text)
    if surplus:
        page.log.add("dropped", f"tags more than {DEPTH} deep: no page means so many; their content stays", count=surplus)
    parsed = parse(text)
    body = parsed.body
    if body is None:
        raise NormalizeError(f"{page.source.path}: the HTML parser gave no tree for the body")
    if may_have_pictures(text):
        show_pictures(parsed, body, page.log)
    if EMBED in text:
        place_embeds(parsed, body)
    if may_have_players(text):
        place_players(parsed, body, page.log)
    if page.facts is not None:
        page.facts.move(body)
    return body


def new_builder(page: _Page) -> TreeBuilder:
    """Return what builds the tree of ``page``."""
    page.linked = linked_fragments(page.text)
    builder = TreeBuilder(page.site, page.log, page.linked, page.codes, page.keeps_ids)
    builder.footnotes = page.footnotes
    return builder


def finish_tree(page: _Page, builder: TreeBuilder, blocks: list[Block]) -> None:
    """Take the ``blocks`` that ``builder`` made as the tree of ``page``: its headings are known now, so that anchors get their names."""
    page.root = Root(blocks)
    if page.footnotes is not None:
        page.root.children += page.footnotes.definitions(builder, page.facts)
    page.records = builder.records
    page.sections, moved = name_headings(builder.headings, page.linked, page.site, page.keeps_ids, page.log)
    if (page.linked and builder.headings) or builder.anchors.nodes:
        ids = frozenset((heading.data or {})["hProperties"]["id"] for heading, _, _ in builder.headings)
        part_from_slugs(builder.anchors.nodes, ids, moved)
        part_elements(page.root, ids, page.linked, moved)
    relink(page.root, page.records.links, moved)
    if NOTED in page.text:
        tell_lost(page.text, builder.told_metas, page.log)
    page.records.finish([section.id for section in page.sections])


Page: TypeAlias = _Page

PASSES: Final[tuple[tuple[str, Callable[[_Page], None], str], ...]] = (
    ("notices", _carry_notices, "what the extractor repaired is told as well"),
    ("reusable blocks", _reusable, "what they hold is the page's own text from here on"),
    ("line ends", _unify_line_ends, "real files mix them, and paragraphs are made of them"),
    ("repair", _repair, "damage is undone before anything is recognised by its characters"),
    ("dialect", _recognise, "each dialect has its own paragraphs"),
    ("markdown", _read_markdown, "a body that is Markdown already stays as it is, but for HTML that Markdown can say"),
    ("footnotes", _footnotes, "their block must not be taken for one that the old site filled"),
    ("protect", _protect, "code is bytes: nothing may read it as markup"),
    ("paragraphs", _paragraphs, "WordPress makes them when it prints a page (filter priority 10)"),
    ("shortcodes", _expand_shortcodes, "WordPress expands them after the paragraphs (filter priority 11)"),
    ("tree", _build_tree, "one walk over the parsed HTML; anchors are named when all headings are known"),
)
"""The passes in order: name, function, why it stands where it stands."""


def normalize(source: SourceEntry, site: Site, options: NormalizeOptions, tidy: Tidy | None = None) -> Entry:
    """Return the record of ``source``; what happened on the way is in its ``notices``.

    ``tidy`` takes a body that is Markdown already and returns it with its raw HTML as Markdown; without it, it stays as it is.
    Raises :class:`~wpmigrate.errors.NormalizeError` when no tree can be made of the body.
    """
    page = begun(source, site, options, tidy)
    _build_tree(page)
    return entry_of(page)


def begun(
    source: SourceEntry, site: Site, options: NormalizeOptions, tidy: Tidy | None = None, *, links_addresses: bool = True
) -> Page:
    """Return the page of ``source`` after all passes but the last one, which builds its tree."""
    page = _Page(source, site, options, tidy)
    page.links_addresses = links_addresses
    for _, run, _ in PASSES[:-1]:
        run(page)
    return page


def entry_of(page: _Page) -> Entry:
    """Return the record of a ``page`` that all passes have read."""
    source, site = page.source, page.site
    fields = source.fields
    author, metadata = fields.author, source.metadata
    if source.format == "wxr":
        author = complete_author(author, site.authors)
        metadata = complete_metadata(source, site, page.log)
    return Entry(
        schema_version=SCHEMA_VERSION,
        source=SourceInfo(
            source.path,
            source.item,
            source_digest(source.raw),
            source.format,
            source.encoding,
            page.dialect,
        ),
        id=fields.id,
        type=fields.type,
        status=fields.status,
        slug=fields.slug,
        title=fields.title,
        url=fields.url,
        author=author,
        date=fields.date,
        modified=fields.modified,
        parent=fields.parent,
        order=fields.order,
        excerpt=fields.excerpt,
        terms=fields.terms,
        comments=fields.comments,
        metadata=metadata,
        sections=page.sections,
        links=page.records.links,
        media=page.records.media,
        content=page.root,
        notices=with_places(page.log.notices(), source.body, source.body_line),
    )
