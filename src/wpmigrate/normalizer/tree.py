"""From a parsed HTML tree to mdast blocks.

The builder walks the tree with a cursor and an explicit stack (depth does not matter) and calls one ``_open_…`` method per
kind of element (see :data:`~wpmigrate.normalizer.elements.ELEMENTS`). Text and inlines collect in a flat run; each block
boundary turns the run into a paragraph.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any, Final, TypeAlias

from selectolax.lexbor import LexborNode

from wpmigrate.model import NoticeLog, Site
from wpmigrate.model.nodes import (
    Block,
    Blockquote,
    Code,
    Heading,
    Html,
    Image,
    Inline,
    List,
    ListItem,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
)
from wpmigrate.normalizer.code import code_text, language_of
from wpmigrate.normalizer.elements import ELEMENTS, element_of
from wpmigrate.normalizer.inlines import (
    ANCHOR,
    BREAK,
    CODE,
    DELETE,
    EMPHASIS,
    EMPTY,
    KIND_OF,
    MARKS_OF,
    NODE,
    STRONG,
    TEXT,
    Leaf,
    Mark,
    Marks,
    fold,
    fold_text,
    lines_of,
    nest,
    split_paragraphs,
)
from wpmigrate.normalizer.links import clean_url, is_script, resolve
from wpmigrate.normalizer.raw_html import (
    INSTRUCTION,
    SPLITS_PAGE,
    instruction,
    open_tag,
    raw_block,
    raw_inline,
)
from wpmigrate.normalizer.records import Records
from wpmigrate.normalizer.styles import ALIGNMENTS, PRESENTATIONAL, style_marks, style_value
from wpmigrate.normalizer.tables import Grid, is_layout, read_grid

__all__ = ["TreeBuilder"]

_Close: TypeAlias = Callable[[], None]
_SKIP: Final = object()
_Opened: TypeAlias = _Close | object | None

_MARKS: Final = {"emphasis": EMPHASIS, "strong": STRONG, "delete": DELETE}
_INVISIBLE: Final = frozenset({ANCHOR, BREAK})
_CODE_LINES: Final = {CODE, BREAK}
_TAG_DEPTH: Final = 16
_LINK_PROPERTIES: Final = ("target", "rel", "hreflang", "download")
_NO_TEXT: Final = frozenset({"script", "iframe", "noembed", "noframes", "template"})
_CAPTION_PARTS: Final = frozenset({"dl", "dt", "dd"})
_HANDLED: Final = frozenset({"id", "style", "data-wp-block"})
_TAG_LOOKS: Final = frozenset({"class", "style", "id"})
_PRE_HTML: Final = frozenset({"img", "a", "iframe", "object", "embed", "video", "audio", "table"})
_STRESS: Final = frozenset({"b", "strong", "i", "em", "del", "s", "strike"})
_COLOURED: Final = frozenset({"span", "font"})
"""With these in it, emphasis in ``pre`` is the work of a syntax highlighter; without them somebody meant it (a poem)."""
_PLAIN_INLINES: Final = frozenset(
    {"br", "p", "div", "span", "font", "code", "em", "i", "b", "strong", "u", "tt", "kbd", "samp", "var", "small", "big",
     "mark", "ins", "del", "s", "strike", "sub", "sup", "li", "ol", "ul", "cite", "q", "abbr", "wbr"}
)  # fmt: skip


class TreeBuilder:
    """Builds the blocks of one page; afterwards the attributes hold what the later passes need."""

    def __init__(self, site: Site, log: NoticeLog, linked: Collection[str], codes: list[Code], keep_ids: bool) -> None:
        self.site = site
        self.log = log
        self.linked = linked
        self.codes = codes
        self.keep_ids = keep_ids
        self.blocks: list[Any] = []
        self.root = self.blocks
        self.records = Records(site)
        self.headings: list[tuple[Heading, list[str], bool]] = []
        self.anchors: dict[str, list[Html]] = {}
        self.run: list[Leaf] = []
        self.marks: Marks = ()
        self.inline_only = 0
        self.code_depth = 0
        self.loose = False
        self.alignment = ""
        self.block_data: dict[str, Any] | None = None
        self.block_meta: dict[str, Any] | None = None
        self.pending: list[str] = []
        self.stray: List | None = None
        self.captions = 0
        self.named: set[str] = set()

    # The walk

    def build(self, body: LexborNode) -> list[Block]:
        """Return the blocks of ``body``."""
        self._walk(body)
        self._boundary()
        if self.pending:
            self._place_pending()
        return self.root

    def _walk(self, top: LexborNode) -> None:
        stack: list[tuple[LexborNode, _Opened, Marks]] = []
        node = top.first_child
        while True:
            if node is None:
                if not stack:
                    return
                node, close, marks = stack.pop()
                if close is not None:
                    close()  # type: ignore[operator]
                self.marks = marks
                node = node.next
                continue
            name = node.tag or INSTRUCTION
            if name == "-text":
                text = node.text_content
                if self.code_depth:
                    self._code(text or "")
                elif text and (self.run or not text.isspace()):
                    self.run.append((TEXT, text, self.marks))
            elif name[0] == "-":
                self._special(name, node)
            else:
                marks = self.marks
                attributes = node.attributes
                if attributes:
                    self._attributes(name, attributes)
                handler = _HANDLERS.get(name) or _OPEN[element_of(name).kind]
                opened = handler(self, node, attributes)
                if opened is not _SKIP:
                    child = node.first_child
                    if child is not None:
                        stack.append((node, opened, marks))
                        node = child
                        continue
                    if opened is not None:
                        opened()  # type: ignore[operator]
                self.marks = marks
            node = node.next

    def _code(self, text: str) -> None:
        if self.run and self.run[-1][0] == BREAK:
            text = text.removeprefix("\n")  # WordPress prints a line end after each <br />
        if text.isspace() and not self.run:
            return  # between two paragraphs of code
        if text:
            self.run.append((CODE, text.replace("\n", " "), self.marks))

    def _special(self, name: str, node: LexborNode) -> None:
        comment = (node.comment_content or "") if name == "-comment" else ""
        if SPLITS_PAGE.match(comment):
            self._boundary()
            if self.inline_only:
                self.run.append((NODE, Html(f"<!--{comment}-->"), self.marks))
            else:
                self._append(Html(f"<!--{comment}-->"))
            self.log.add("kept", f"<!--{comment[:20]}-->: the site builder may split the page here")
        elif name == INSTRUCTION:
            self.run.append((NODE, Html(instruction(node)), self.marks))
            self.log.add("kept", "<? … ?>: raw PHP outside code")
        else:
            self._say_comment(comment)

    def _say_comment(self, comment: str) -> None:
        if comment.strip() and not SPLITS_PAGE.match(comment):
            self.log.add("dropped", f"comment <!--{' '.join(comment.split())[:60]}-->: invisible")

    def _attributes(self, name: str, attributes: dict[str, str | None]) -> None:
        anchor = attributes.get("id")
        if anchor:
            self.run.append((ANCHOR, anchor, ()))
        style = attributes.get("style")
        if style:
            self.marks = style_marks(style, self.marks, self.log)
        meta = attributes.get("data-wp-block")
        if meta:
            self.block_meta = _decoded(meta)
        for key in attributes:
            if key in PRESENTATIONAL:
                self.log.add("dropped", f"attribute {key}: {PRESENTATIONAL[key]}")

    # Blocks

    def _append(self, block: Block) -> None:
        if self.block_meta is not None:
            block.data = {**(block.data or {}), "wp": self.block_meta}
            self.block_meta = None
        self.blocks.append(block)

    def _boundary(self) -> None:
        """End the current paragraph (in a heading or cell, where there are none: the current line)."""
        if not self.run:
            return
        if self.inline_only:
            self.run.append((BREAK, True, self.marks))
            return
        run, self.run = self.run, []
        if len(run) == 1:
            kind, value, marks = run[0]
            if kind == ANCHOR:
                self.pending.append(value)
                return
            if kind == TEXT and not marks and not self.pending:
                text = fold_text(value)
                if text:
                    self._append(Paragraph([Text(text)], self.block_data))
                return
        self._paragraphs(fold(run))

    def _paragraphs(self, leaves: list[Leaf]) -> None:
        kinds = set(map(KIND_OF, leaves))
        if not kinds - _INVISIBLE:
            self.pending.extend(leaf[1] for leaf in leaves if leaf[0] == ANCHOR)
            return
        if self.pending:
            leaves[:0] = [(ANCHOR, name, ()) for name in self.pending]
            self.pending = []
        for paragraph in split_paragraphs(leaves) if BREAK in kinds else (leaves,):
            self._append_paragraph(paragraph)

    def _append_paragraph(self, leaves: list[Leaf]) -> None:
        kinds = set(map(KIND_OF, leaves))
        if kinds == _CODE_LINES and not any(mark.kind == "link" for leaf in leaves for mark in leaf[2]):
            self._append(Code("\n".join("".join(leaf[1] for leaf in line) for line in lines_of(leaves))))
            return
        inlines = self._inlines(leaves)
        if inlines:
            self._append(Paragraph(inlines, self.block_data))

    def _inlines(self, leaves: list[Leaf]) -> list[Inline]:
        kinds = set(map(KIND_OF, leaves))
        if NODE in kinds or any(map(MARKS_OF, leaves)):
            self.records.read_lines(lines_of(leaves) if BREAK in kinds else [leaves], self.alignment)
        elif len(leaves) == 1 and TEXT in kinds:
            return [Text(leaves[0][1])]
        if ANCHOR in kinds:
            leaves = self._keep_linked(leaves)
        return nest(leaves)

    def _keep_linked(self, leaves: list[Leaf]) -> list[Leaf]:
        kept: list[Leaf] = []
        for leaf in leaves:
            if leaf[0] != ANCHOR:
                kept.append(leaf)
            else:
                node = self._anchor(leaf[1])
                if node is not None:
                    kept.append((NODE, node, leaf[2]))
        return kept

    def _anchor(self, name: str) -> Html | None:
        """Return the node that keeps the anchor ``name``; None, with a notice, when nothing leads to it."""
        if name in self.named:
            return None
        self.named.add(name)
        if not (self.keep_ids or name in self.linked or name in self.site.linked_fragments):
            self.log.add("dropped", f"anchor {name}: nothing links to it")
            return None
        node = Html(open_tag("a", {"id": name}) + "</a>")
        self.anchors[name] = [node]
        return node

    def _place_pending(self) -> None:
        """Give the anchors before a block that cannot hold them (or at the end of the page) a place of their own."""
        names, self.pending = self.pending, []
        nodes: list[Inline] = [node for node in map(self._anchor, names) if node is not None]
        if nodes:
            self.blocks.append(Paragraph(nodes))

    def _solid(self, block: Block) -> None:
        """Append a block that holds no inlines of its own."""
        self._boundary()
        if self.pending:
            self._place_pending()
        self._append(block)

    def _open_block(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        kept = [leaf for leaf in self.run if leaf[0] == ANCHOR and leaf is self.run[-1]] if "id" in attributes else []
        if kept:
            self.run.pop()
        self._boundary()
        self.run.extend(kept)
        return self._boundary

    def _open_paragraph(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self.loose = True
        if not attributes:
            self._boundary()
            return self._boundary
        self._open_block(node, attributes)
        align = style_value(attributes.get("style") or "", "text-align") or attributes.get("align") or ""
        properties = {key: attributes[key] for key in ("dir", "lang") if attributes.get(key)}
        if not properties and not align:
            return self._boundary
        old, old_alignment = self.block_data, self.alignment
        if properties:
            self.block_data = {"hProperties": properties}
        self.alignment = ALIGNMENTS.get(align.lower(), "")

        def close() -> None:
            self._boundary()
            self.block_data, self.alignment = old, old_alignment

        return close

    def _open_heading(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self._open_block(node, attributes)
        if self.inline_only:
            return self._boundary
        name = node.tag or "h6"
        depth = int(element_of(name).value)
        if len(name) > 2:
            self.log.add("repaired", f"<{name}>: no such heading; written as level {depth}")
        before, self.run = self.run, []
        self.inline_only = 1
        top = self.blocks is self.root

        def close() -> None:
            run, self.run = self.run, []
            self.inline_only = 0
            self._append_heading(depth, before + run, top)

        return close

    def _append_heading(self, depth: int, run: list[Leaf], top: bool) -> None:
        leaves = fold(run)
        names = self.pending + [leaf[1] for leaf in leaves if leaf[0] == ANCHOR]
        leaves = [leaf for leaf in leaves if leaf[0] != ANCHOR]
        while leaves and leaves[-1][0] == BREAK:
            leaves.pop()
        while leaves and leaves[0][0] == BREAK:
            leaves.pop(0)
        if not leaves:
            self.pending = names
            self.log.add("dropped", f"empty heading {depth}: no content")
            return
        self.pending = []
        names = [name for name in names if name not in self.named]  # the first of a name counts
        self.named.update(names)
        heading = Heading(depth, [])
        self.records.section += top
        heading.children = self._inlines(leaves)
        self._append(heading)
        self.headings.append((heading, list(dict.fromkeys(names)), top))

    def _open_rule(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        if self.inline_only:
            self._boundary()
        else:
            self._solid(ThematicBreak())
        return _SKIP

    def _open_quote(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        if self.inline_only:
            return self._open_block(node, attributes)
        return self._container(node, attributes, Blockquote([]))

    def _container(self, node: LexborNode, attributes: dict[str, str | None], block: Any) -> _Opened:
        """Open a block whose children are what comes until it closes."""
        self._open_block(node, attributes)
        outer, loose = self.blocks, self.loose
        self.blocks = block.children
        meta, self.block_meta = self.block_meta, None

        def close() -> None:
            self._boundary()
            self.blocks = outer
            self.loose = loose
            if block.children:
                self.block_meta = meta
                self._append(block)

        return close

    def _open_list(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        if self.inline_only:
            return self._open_block(node, attributes)
        ordered = node.tag == "ol"
        start = attributes.get("start") or ""
        number = int(start) if start.strip().lstrip("-").isdigit() and len(start) < 10 else None
        block = List([], ordered, number if ordered else None)
        outside = self.blocks
        close_container = self._container(node, attributes, block)
        self.blocks = items = _Items(outside)
        self.loose = False

        def close() -> None:
            self._boundary()
            block.children = items.items
            block.spread = any(item.spread for item in items.items)
            close_container()  # type: ignore[operator]

        return close

    def _open_item(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self._open_block(node, attributes)
        if self.inline_only:
            return self._boundary
        outer, loose = self.blocks, self.loose
        stray = None if isinstance(outer, _Items) else self._stray_list()
        item = outer.new() if isinstance(outer, _Items) else ListItem([])
        if stray is not None:
            stray.children.append(item)
        self.blocks = item.children
        self.loose = False

        def close() -> None:
            self._boundary()
            item.spread = self.loose
            if stray is not None:
                stray.spread = stray.spread or item.spread
            self.blocks, self.loose = outer, loose

        return close

    def _stray_list(self) -> List:
        """Return the list for an item that stands in none: a browser shows a bullet all the same; neighbours share it."""
        if self.stray is None or not self.blocks or self.blocks[-1] is not self.stray:
            self.stray = List([], False)
            self._append(self.stray)
        return self.stray

    def _open_pre(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        if self.inline_only:
            self._boundary()
            lines = code_text(node).strip("\n").split("\n")
            for line in lines:
                self.run.append((CODE, line, self.marks))
                self.run.append((BREAK, None, self.marks))
            return _SKIP
        number = attributes.get("data-wpm-code") or ""
        if number.isdecimal() and int(number) < len(self.codes):
            self._solid(self.codes[int(number)])
            return _SKIP
        names = [child.tag or "" for child in node.traverse()]
        stressed = sorted(_STRESS.intersection(names))
        code = node.css_first("code")
        language = language_of(code, node)
        poem = stressed and code is None and language is None and not _COLOURED.intersection(names)
        if poem or any(_needs_html(child) for child in node.traverse()):
            return self._open_raw(node, attributes)
        for name in stressed:
            self.log.add("dropped", f"<{name}> inside <pre>: a highlighter's markup; its text stays")
        text = code_text(node)
        self._solid(Code(text.removesuffix("\n"), language))
        return _SKIP

    def _open_raw(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        name = node.tag or ""
        if name in _CAPTION_PARTS and (self.captions or (name == "dl" and "wp-caption" in (attributes.get("class") or ""))):
            return self._open_caption_list(node, attributes) if name == "dl" else self._open_block(node, attributes)
        row = element_of(name)
        self.log.add("kept", f"<{name}>: {row.reason} (raw HTML)")
        link = self._link_round(node)
        self.records.read_element(node, link)
        for child in node.traverse():
            if child.tag == "-comment":
                self._say_comment(child.comment_content or "")
        if self.inline_only or row.value == "inline":
            self.run.append((NODE, Html(raw_inline(node)), self.marks))
        else:
            markup = _in_link(raw_block(node), link)
            if name == "table":
                markup = _in_styles(markup, self.marks)
            self._solid(Html(markup))
        return _SKIP

    def _link_round(self, node: LexborNode) -> Mark | None:
        """Return the link that is open round an element with text that stays HTML on lines of its own."""
        if not self.marks or self.inline_only or element_of(node.tag or "").value == "inline":
            return None
        link = next((mark for mark in self.marks if mark.kind == "link"), None)
        return link if link is not None and node.tag not in _NO_TEXT and node.text().strip() else None

    def _open_drop(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self.log.add("dropped", f"<{node.tag}>: {element_of(node.tag or '').reason}")
        return _SKIP

    def _open_figure(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self._open_block(node, attributes)
        first = len(self.records.media)
        classes = (attributes.get("class") or "").split()
        align = attributes.get("data-align") or next((name for name in classes if name in ALIGNMENTS), "")
        old, self.alignment = self.alignment, ALIGNMENTS.get(align, "") or self.alignment

        def close() -> None:
            self._boundary()
            self.alignment = old
            caption = node.css_first("figcaption, dl > dd")
            if caption is not None:
                self.records.caption(first, " ".join(caption.text().split()))

        return close

    def _open_caption_list(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        """Open ``dl.wp-caption``, as which the visual editor kept a captioned image: TinyMCE's ``mceTemp``."""
        close_figure = self._open_figure(node, attributes)
        self.captions += 1

        def close() -> None:
            self.captions -= 1
            close_figure()  # type: ignore[operator]

        return close

    def _open_caption(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        return self._open_block(node, attributes)

    def _open_table(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        grid = None if self.inline_only else read_grid(node)
        if grid is None:
            if self.inline_only or not is_layout(node):
                return self._open_raw(node, attributes)
            self.log.add("mapped", "<table>: one cell a row is layout; its content stays")
            return self._open_block(node, attributes)
        if not grid.rows:
            return self._open_block(node, attributes)
        self._boundary()
        if grid.caption is not None:
            self._walk(grid.caption)
            self._boundary()
        if self.pending:
            self._place_pending()
        self._append(self._table(grid))
        return _SKIP

    def _table(self, grid: Grid) -> Table:
        rows = [TableRow([self._cell(cell) for cell in row]) for row in grid.rows]
        for row in rows:
            row.children.extend(TableCell([]) for _ in range(grid.width - len(row.children)))
        if not grid.head:
            rows.insert(0, TableRow([TableCell([]) for _ in range(grid.width)]))
        return Table(rows, grid.align if any(grid.align) else None)

    def _cell(self, node: LexborNode) -> TableCell:
        outer, self.run = self.run, []
        marks = self.marks
        self.inline_only += 1
        attributes = node.attributes
        if attributes:
            self._attributes("td", attributes)
        self._walk(node)
        self.inline_only -= 1
        leaves = fold(self.run)
        self.run = outer
        self.marks = marks
        while leaves and leaves[-1][0] == BREAK:
            leaves.pop()
        while leaves and leaves[0][0] == BREAK:
            leaves.pop(0)
        return TableCell(self._inlines(leaves) if leaves else [])

    # Inlines

    def _open_break(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self.run.append((BREAK, None, self.marks))
        return _SKIP

    def _open_void(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        return _SKIP

    def _open_transparent(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        return None

    def _open_mark(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        mark = _MARKS[element_of(node.tag or "").value]
        if mark not in self.marks:
            self.marks = (*self.marks, mark)
        return None

    def _open_code(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        self.code_depth += 1

        def close() -> None:
            self.code_depth -= 1

        return close

    def _open_tag(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        name = node.tag or ""
        if sum(mark.kind == "tag" for mark in self.marks) >= _TAG_DEPTH:
            self.log.add("dropped", f"<{name}>: nested more than {_TAG_DEPTH} deep")
            return None
        name = "abbr" if name == "acronym" else name
        self.log.add("kept", f"<{name}>: {element_of(name).reason} (raw HTML)")
        mark = Mark("tag", open=open_tag(name, attributes, _TAG_LOOKS), close=f"</{name}>")
        self.marks = (*self.marks, mark)
        return None

    def _open_unknown(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        name = node.tag or ""
        self.log.add("kept", f"<{name}>: unknown means kept (raw HTML)")
        run, length, marks = self.run, len(self.run), self.marks
        self.run.append((NODE, Html(open_tag(name, attributes)), marks))

        def close() -> None:
            if self.run is run and len(run) > length:
                run.append((NODE, Html(f"</{name}>"), marks))

        return close

    def _open_image(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        url = clean_url(attributes.get("src") or attributes.get("data-src") or "")
        if not url:
            self.log.add("dropped", f"<img> without src: no image (alt: {attributes.get('alt') or ''})")
            return _SKIP
        properties = {key: attributes[key] for key in ("width", "height", "srcset") if attributes.get(key)}
        classes = (attributes.get("class") or "").split()
        align = next((word for word in classes if word in ALIGNMENTS), "") or (attributes.get("align") or "").lower()
        style = attributes.get("style") or ""
        if style and not align:
            align = style_value(style, "float") or style_value(style, "text-align")
        if align in ALIGNMENTS:
            properties["align"] = ALIGNMENTS[align]
        alt = " ".join((attributes.get("alt") or "").split())
        title = " ".join((attributes.get("title") or "").split()) or None
        self.run.append((NODE, Image(url, title, alt, {"hProperties": properties} if properties else None), self.marks))
        return _SKIP

    def _open_link(self, node: LexborNode, attributes: dict[str, str | None]) -> _Opened:
        name = attributes.get("name")
        if name and name != attributes.get("id"):
            self.run.append((ANCHOR, name, ()))
        if "href" not in attributes:
            return None
        url = clean_url(attributes["href"] or "")
        if is_script(url):
            self.log.add("dropped", f"link {url[:60]}: a script, not an address; its text stays")
            return None
        mark = Mark("link", url=resolve(url, self.site))
        if len(attributes) > 1:
            mark.title = " ".join((attributes.get("title") or "").split()) or None
            properties = {key: attributes[key] for key in _LINK_PROPERTIES if attributes.get(key)}
            mark.data = {"hProperties": properties} if properties else None
            self.records.embed(mark, attributes.get("data-wpm") or "")
        # A link in a link (a parser lets it through inside a table): the inner one is what a click follows.
        self.marks = (*[outer for outer in self.marks if outer.kind != "link"], mark)
        run, length, marks = self.run, len(self.run), self.marks
        blocks, count = self.blocks, len(self.blocks)

        def close() -> None:
            inside = run[length:] if self.run is run else self.run
            if self.records.has(mark) or any(_shows(leaf) for leaf in inside):
                return
            last = blocks[-1] if len(blocks) == count + 1 else None
            if isinstance(last, Html) and not last.value.startswith(("<!", "<script")):
                last.value = _in_link(last.value, mark)
                self.records.link(mark, "")
            else:
                self.run.append((EMPTY, None, marks))

        return close


class _Items(list[Any]):
    """The children of a list that is open: items; whatever else comes goes into the last one, or before the list."""

    def __init__(self, outside: list[Any]) -> None:
        super().__init__()
        self.items: list[ListItem] = []
        self.outside = outside

    def new(self) -> ListItem:
        """Begin the next item."""
        self.items.append(ListItem([]))
        return self.items[-1]

    def append(self, block: Any) -> None:
        """Put a block that stands between items into the last one, and one that stands before them before the list."""
        (self.items[-1].children if self.items else self.outside).append(block)


def _decoded(meta: str) -> dict[str, Any] | None:
    """Return the attributes of a block, as :func:`read_blocks` wrote them; None for a source's own ``data-wp-block``."""
    try:
        value = json.loads(meta)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _in_link(markup: str, link: Mark | None) -> str:
    return markup if link is None else f"{open_tag('a', {'href': link.url, **({'title': link.title} if link.title else {})})}\n{markup}</a>"


def _in_styles(markup: str, marks: Marks) -> str:
    """Return a table that stays HTML in the styles that are open round it."""
    for mark in reversed(marks):
        tag = _STYLE_TAGS.get(mark)
        if tag:
            markup = f"<{tag}>\n{markup}</{tag}>"
        elif mark.kind == "tag":
            markup = f"{mark.open}\n{markup}{mark.close}"
    return markup


_STYLE_TAGS: Final = {EMPHASIS: "em", STRONG: "strong", DELETE: "del"}


def _shows(leaf: Leaf) -> bool:
    return leaf[0] not in (TEXT, ANCHOR, BREAK) or (leaf[0] == TEXT and bool(leaf[1].strip()))


def _needs_html(node: LexborNode) -> bool:
    name = node.tag or ""
    return name[:1] != "-" and name not in _PLAIN_INLINES and name != "pre" and (name in _PRE_HTML or element_of(name).kind in ("unknown", "raw"))

_OPEN: Final[dict[str, Callable[[TreeBuilder, LexborNode, dict[str, str | None]], _Opened]]] = {
    "block": TreeBuilder._open_block,
    "break": TreeBuilder._open_break,
    "caption": TreeBuilder._open_caption,
    "code": TreeBuilder._open_code,
    "drop": TreeBuilder._open_drop,
    "figure": TreeBuilder._open_figure,
    "heading": TreeBuilder._open_heading,
    "image": TreeBuilder._open_image,
    "item": TreeBuilder._open_item,
    "link": TreeBuilder._open_link,
    "list": TreeBuilder._open_list,
    "mark": TreeBuilder._open_mark,
    "paragraph": TreeBuilder._open_paragraph,
    "pre": TreeBuilder._open_pre,
    "quote": TreeBuilder._open_quote,
    "raw": TreeBuilder._open_raw,
    "rule": TreeBuilder._open_rule,
    "table": TreeBuilder._open_table,
    "tag": TreeBuilder._open_tag,
    "transparent": TreeBuilder._open_transparent,
    "unknown": TreeBuilder._open_unknown,
    "void": TreeBuilder._open_void,
}
"""Kind of element -> its handler."""
_HANDLERS: Final = {name: _OPEN[row.kind] for name, row in ELEMENTS.items()}
"""Known element -> its handler."""
