"""From a parsed HTML tree to mdast blocks.

The builder walks the tree with a cursor and an explicit stack (depth does not matter) and calls the handler of each
element (see :mod:`wpmigrate.normalizer.elements`). Text and inlines collect in a flat run; each block boundary turns the
run into a paragraph.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model import NoticeLog, Site
from wpmigrate.model.nodes import Block, Code, Heading, Html, Inline, List, Paragraph, Text
from wpmigrate.normalizer.anchors import Anchors
from wpmigrate.normalizer.block_comments import said_of
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.boxes import Boxes
from wpmigrate.normalizer.elements.handlers import HANDLER_OF, handler_of
from wpmigrate.normalizer.elements.lists import Items
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.elements.others import held_of, note_others
from wpmigrate.normalizer.elements.sayings import SAYINGS, note_filled, note_sayings
from wpmigrate.normalizer.fold import fold, fold_text, layout_blanks
from wpmigrate.normalizer.footnotes import Footnotes
from wpmigrate.normalizer.inlines import lines_of, nest, split_paragraphs
from wpmigrate.normalizer.marks import ANCHOR, BREAK, CODE, EMPTY, MARKED, NODE, TEXT, Leaf, LinkMark, Marks
from wpmigrate.normalizer.raw_html import INSTRUCTION, SPLITS_PAGE, instruction, kept_comment
from wpmigrate.normalizer.records import Records
from wpmigrate.normalizer.styles import PRESENTATIONAL, style_marks
from wpmigrate.wordpress.code import trim_code

__all__ = ["TreeBuilder"]

_VISIBLE: Final = TEXT | CODE | NODE | EMPTY
_RECORDED: Final = NODE | MARKED
"""Without these in it a line has neither links nor images."""
_DECORATION: Final = {key: f"attribute {key}: {why}" for key, why in PRESENTATIONAL.items()}
"""Attribute -> what the notice says of it."""
_LISTING: Final = {CODE, BREAK}
_READ: Final = frozenset({"id", "style", "data-wp-block", *PRESENTATIONAL, *SAYINGS})
"""The attributes that any element may have."""


class TreeBuilder:
    """Builds the blocks of one page. Handlers read and change its fields; afterwards these hold what later passes need."""

    site: Site
    """What is true of the whole export."""
    log: NoticeLog
    """Where notices go."""
    codes: list[Code]
    """Code that earlier passes took out of the text; ``<pre data-wpm-code="N">`` stands for ``codes[N]``."""
    records: Records
    """The links and media found so far."""
    anchors: Anchors
    """The anchors of no heading, and the names taken so far."""
    headings: list[tuple[Heading, list[str], bool]]
    """(heading, the source's ids of it, whether it is at root level), in order."""
    root: list[Any]
    """The blocks of the page."""
    blocks: list[Any]
    """The blocks of the innermost open container, where the next block goes."""
    run: list[Leaf]
    """The text and inlines since the last block boundary."""
    marks: Marks
    """The marks that are open here."""
    last_link: LinkMark | None
    """The link that began last."""
    pending: list[str]
    """Anchors that wait for the next block."""
    end_heading: Close | None
    """What ends the open heading, where a block begins that no heading can hold."""
    inline_only: int
    """How many headings and cells are open: there, a block is a line."""
    code_depth: int
    """How many inline code elements are open."""
    boxes: Boxes
    """The open elements whose tags are blocks of the page, with Markdown between them."""
    captions: int
    """How many ``dl`` are open whose pieces are blocks: captions of the old editor, indentation."""
    loose: bool
    """Whether the innermost open list item holds a paragraph."""
    stray: List | None
    """The list made for items that stand in none."""
    alignment: str
    """Where the open paragraph or figure puts its images."""
    block_data: dict[str, Any] | None
    """The ``data`` of the paragraphs in the open ``p``."""
    block_metas: list[dict[str, Any]]
    """What Gutenberg's comments said of the next block, and of those round it and before it that have no node; its own is the last."""
    told_metas: list[dict[str, Any]]
    """What nodes have of that."""
    footnotes: Footnotes | None
    """The footnotes that marks of the page may lead to."""

    def __init__(self, site: Site, log: NoticeLog, linked: Collection[str], codes: list[Code], keep_ids: bool) -> None:
        """Take the ids that links of the page lead to (``linked``), and whether every id is to be kept (``keep_ids``)."""
        self.site = site
        self.log = log
        self.codes = codes
        self.records = Records(site)
        self.anchors = Anchors(linked, site, keep_ids, log)
        self.headings = []
        self.root = self.blocks = []
        self.run = []
        self.marks = ()
        self.last_link = None
        self.pending = []
        self.end_heading = None
        self.inline_only = 0
        self.code_depth = 0
        self.boxes = Boxes()
        self.captions = 0
        self.loose = False
        self.stray = None
        self.alignment = ""
        self.block_data = None
        self.block_metas = []
        self.told_metas = []
        self.footnotes = None

    def build(self, body: LexborNode) -> list[Block]:
        """Return the blocks of ``body``."""
        self.walk(body)
        for last in (body, body.parent):  # what follows </body> and </html> are comments at the most
            node = last.next if last is not None else None
            while node is not None:
                self._special(node.tag or INSTRUCTION, node)
                node = node.next
        self.settle()
        return self.root

    # The walk

    def walk(self, top: LexborNode) -> None:
        """Read everything in ``top``, but not ``top`` itself."""
        stack: list[tuple[LexborNode, Opened, Marks]] = []
        node = top.first_child
        while True:
            if node is None:
                if not stack:
                    return
                node, close, marks = stack.pop()
                if close is not None:
                    close()
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
                elif text and "\xa0" in text:
                    self._note_layout(text.count("\xa0"))
            elif name[0] == "-":
                self._special(name, node)
            else:
                marks = self.marks
                attributes = node.attributes
                if attributes and (not _READ.isdisjoint(attributes) or not ((held := held_of(name)) is None or attributes.keys() <= held)):
                    self.read_attributes(name, attributes)
                opened = (HANDLER_OF.get(name) or handler_of(name))(self, node, attributes)
                if opened is not SKIP:
                    child = node.first_child
                    if child is not None:
                        stack.append((node, opened, marks))
                        node = child
                        continue
                    if attributes:
                        note_filled(self.log, name, attributes)
                    if opened is not None:
                        opened()
                self.marks = marks
            node = node.next

    def _code(self, text: str) -> None:
        if self.run and self.run[-1][0] == BREAK:
            text = text.removeprefix("\n")  # WordPress prints a line end after each <br />
        if text.isspace() and (not self.run or (self.run[-1][0] == BREAK and self.run[-1][1])):
            return  # between two paragraphs of code
        if text:
            self.run.append((CODE, text, self.marks))

    def _special(self, name: str, node: LexborNode) -> None:
        comment = (node.comment_content or "") if name == "-comment" else ""
        if comment.startswith("wp:") and SPLITS_PAGE.match(comment):  # a missing reusable block, told already, splits nothing
            self._comment(comment, bool(self.run))
        elif SPLITS_PAGE.match(comment):
            self.leave_heading()
            self.boundary()
            self._comment(comment, False)
            self.log.add("kept", f"<!--{comment[:20]}-->: the site builder may split the page here")
        elif name == INSTRUCTION:
            self.run.append((NODE, Html(instruction(node)), self.marks))
            self.log.add("kept", "<? … ?>: raw PHP outside code")
        elif saved := kept_comment(comment):
            self.run.append((NODE, Html(saved), self.marks))
            self.log.add("kept", "<? … ?>: raw PHP outside code")
        else:
            self.note_comment(comment)

    def _comment(self, comment: str, inline: bool) -> None:
        if inline or self.inline_only:
            self.run.append((NODE, Html(f"<!--{comment}-->"), self.marks))
        else:
            self.append(Html(f"<!--{comment}-->"))

    def note_comment(self, comment: str) -> None:
        """Say in the log that ``comment`` is dropped, unless it is empty or one that is kept."""
        if comment.strip() and not kept_comment(comment):
            self.log.add("dropped", f"comment <!--{' '.join(comment.split())[:60]}-->: invisible")

    def read_attributes(self, name: str, attributes: Attributes) -> None:
        """Read what any element may have: an anchor, styles, a block's attributes, decoration, words."""
        anchor = attributes.get("id")
        if anchor:
            self.run.append((ANCHOR, anchor, ()))
        style = attributes.get("style")
        if style:
            self.marks = style_marks(style, self.marks, self.log)
        meta = attributes.get("data-wp-block")
        if meta and (said := said_of(meta)) is not None:
            self.block_metas.append(said)
        for key in attributes:
            if key in _DECORATION and element_of(name).kind != "unknown":  # its tag stays as it is
                self.log.add("dropped", _DECORATION[key])
        if not SAYINGS.keys().isdisjoint(attributes):
            note_sayings(self.log, name, attributes)
        held = held_of(name)
        if held is not None and not attributes.keys() <= held:
            note_others(self.log, name, attributes, held)

    # Blocks

    def append(self, block: Block) -> None:
        """Put ``block`` into the innermost open container."""
        if self.block_metas:
            self.told_metas += self.block_metas
            *more, own = self.block_metas
            block.data = {**(block.data or {}), "wp": own, **({"wpMore": more} if more else {})}
            self.block_metas = []
        self.blocks.append(block)

    def is_at_root(self) -> bool:
        """Whether the next block stands in no container: what comes before the first item of a list stands before the list."""
        blocks = self.blocks
        while isinstance(blocks, Items) and not blocks.items:
            blocks = blocks.outside
        return blocks is self.root

    def solid(self, block: Block) -> None:
        """Append a block that holds no inlines of its own."""
        self.settle()
        self.append(block)

    def leave_heading(self) -> None:
        """End the open heading before a list, a table, code …: a visitor saw it below the heading's text, not in it."""
        if self.end_heading is not None:
            self.end_heading()

    def settle(self) -> None:
        """End the current paragraph; give the anchors that no later block can hold a place of their own."""
        self.boundary()
        if not self.pending:
            return
        names, self.pending = self.pending, []
        nodes: list[Inline] = [node for node in map(self.anchors.keep, names) if node is not None]
        if nodes:
            self.blocks.append(Paragraph(nodes))

    def boundary(self) -> None:
        """End the current paragraph (in a heading or cell, where there are none: the current line)."""
        run = self.run
        if not run:
            return
        if self.inline_only:
            run.append((BREAK, True, self.marks))
            return
        self.run = []
        if len(run) == 1:
            kind, value, marks = run[0]
            if kind == ANCHOR:
                self.pending.append(value)
                return
            if kind == TEXT and not marks and not self.pending:
                text = fold_text(value)
                if "\xa0" in value:
                    self._note_layout(value.count("\xa0") - text.count("\xa0"))
                if text:
                    self.append(Paragraph([Text(text)], self.block_data))
                return
        self._paragraphs(*self.fold(run))

    def fold(self, run: list[Leaf]) -> tuple[list[Leaf], int]:
        """Return what :func:`~wpmigrate.normalizer.fold.fold` makes of ``run``; what folds away that could be meant is named."""
        leaves, kinds = fold(run)
        self._note_layout(layout_blanks(run, leaves))
        return leaves, kinds

    def _note_layout(self, count: int) -> None:
        if count > 0:
            self.log.add("mapped", "non-breaking space beside a blank or at an edge: layout, folded", count=count)

    def _paragraphs(self, leaves: list[Leaf], kinds: int) -> None:
        if not kinds & _VISIBLE:
            self.pending.extend(leaf[1] for leaf in leaves if leaf[0] == ANCHOR)
            return
        if self.pending:
            leaves[:0] = [(ANCHOR, name, ()) for name in self.pending]
            kinds |= ANCHOR
            self.pending = []
        if kinds & BREAK:
            for paragraph in split_paragraphs(leaves):
                self._append_paragraph(paragraph, kinds)
        else:
            self._append_paragraph(leaves, kinds)

    def _append_paragraph(self, leaves: list[Leaf], kinds: int) -> None:
        if kinds & CODE and (listing := _listing(leaves)):
            self.append(Code(listing))
            return
        inlines = self.inlines(leaves, kinds)
        if inlines:
            self.append(Paragraph(inlines, self.block_data))

    def inlines(self, leaves: list[Leaf], kinds: int) -> list[Inline]:
        """Return the inlines of a block's folded ``leaves``; their links and images are recorded, their anchors kept or not.

        ``kinds`` are those of the leaves, or of more of them.
        """
        if kinds & _RECORDED:
            self.records.read_lines(lines_of(leaves) if kinds & BREAK else [leaves], self.alignment)
        elif len(leaves) == 1 and leaves[0][0] == TEXT:
            return [Text(leaves[0][1])]
        if kinds & ANCHOR:
            leaves = self.anchors.keep_linked(leaves)
        return nest(leaves)


def _listing(leaves: list[Leaf]) -> str:
    """Return the lines of code that these are, if they are several and nothing else, not even a link or bold; else nothing."""
    if not {leaf[0] for leaf in leaves} <= _LISTING or any(leaf[2] for leaf in leaves if leaf[0] == CODE):
        return ""
    code = trim_code("\n".join("".join(leaf[1] for leaf in line).rstrip() for line in lines_of(leaves)))  # nobody sees blanks before a break
    return code if "\n" in code else ""
