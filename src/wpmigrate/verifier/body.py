"""The body: source and output, read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from wpmigrate.model import Finding, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets.dialect import Dialect
from wpmigrate.verifier.beside import unlike
from wpmigrate.verifier.compare import Difference, compare
from wpmigrate.verifier.content import Content, read_content
from wpmigrate.verifier.hidden import first_hidden
from wpmigrate.verifier.inventory import read_html
from wpmigrate.verifier.languages import lost_language
from wpmigrate.verifier.output import line_at, lines_of, render
from wpmigrate.verifier.python_markdown import EngineError
from wpmigrate.verifier.rendering import gives_slugs, render_as
from wpmigrate.verifier.second_reading import render_again
from wpmigrate.verifier.source import SourcePage, read_source, source_html
from wpmigrate.verifier.tokens import Inventory, Token
from wpmigrate.verifier.wxr.notes import listed_output, placed_output
from wpmigrate.verifier.wxr.proof import ItemProof

__all__ = ["BodyProof", "check_markdown", "source_inventory"]

_LOOKS = re.compile(r'<li>(?:\n<p>)?|<t[hd](?: align="\w+")?>')
_SIDES = re.compile(r'<t[hd] (?:align="|style="text-align: )(\w+)')
_WORDS = re.compile(r"[A-Za-z0-9]+")
_FENCES = re.compile(r"(?:`{3}|~{3})[`~]*(.*)")
_COMMONMARK = Dialect()
_NEAR = 20_000
"""How far ahead a word is looked for; keeps the search for a place linear."""


def source_inventory(page: SourcePage, options: NormalizeOptions, placed: bool = True) -> Inventory:
    """Return what the source of ``page`` says; ``placed``: footnotes stand where they are referred to, not at the end."""
    return resolved(read_html(shown_html(page, options, placed)), page)


def shown_html(page: SourcePage, options: NormalizeOptions, placed: bool = True) -> str:
    """Return the HTML that a visitor got for the source of ``page``; Markdown is rendered."""
    html = source_html(page, options, placed)
    return render(html, typed=True) if page.dialect == "markdown" else html


def resolved(inventory: Inventory, page: SourcePage) -> Inventory:
    """Return ``inventory``, what the source of ``page`` says, with the new addresses of what has moved."""
    if page.item is not None and page.item.knows_addresses:
        beside = {page.item.addresses.beside(row) for row in inventory.beside}
        return msgspec.structs.replace(inventory, tokens=page.item.resolve(inventory.tokens), beside=beside)
    return inventory


def check_markdown(
    source: SourceEntry,
    markdown_body: str,
    options: NormalizeOptions | None = None,
    site: Site | None = None,
    file: str = "",
    first_line: int = 1,
    dialect: Dialect = _COMMONMARK,
) -> tuple[Finding, ...]:
    """Return what ``markdown_body`` says otherwise than the body of ``source``; empty when nothing.

    A finding's line counts from ``first_line``, the line of the file where the body begins.
    """
    chosen = options or NormalizeOptions()
    known = site or Site()
    item = ItemProof(source, known) if source.format == "wxr" else None
    proof = BodyProof(read_source(source, chosen, item), chosen, known, dialect)
    return proof.check_markdown(markdown_body, file, first_line)


class BodyProof:
    """One source body and the outputs that must say the same."""

    def __init__(
        self, page: SourcePage, options: NormalizeOptions, site: Site, dialect: Dialect = _COMMONMARK
    ) -> None:
        self.page = page
        self.options = options
        self.site = site
        self.dialect = dialect
        self.source_text = shown_html(page, options)
        """The HTML of the source."""
        self.source = resolved(read_html(self.source_text), page)
        self.wanted = self.wanted_anchors(options)
        self.output: Inventory | None = None
        """What the Markdown file says, once it has been read; and the record's content where that is not the same."""
        self.content: Inventory | None = None
        self.html = self.content_html = ""
        self.markdown = ""

    def check_markdown(
        self, markdown: str, file: str, first_line: int, content: Content | None = None
    ) -> tuple[Finding, ...]:
        """Return the first difference of a Markdown body from the source as a finding with both places.

        Where the record's ``content`` (or the source) renders to the same HTML, what it says need not be read from the HTML again.
        """
        self.markdown = markdown
        item = self.page.item
        try:
            self.html = html = self.render(markdown, bool(item and item.notes))
        except EngineError as error:
            return (Finding("markdown", str(error), file, first_line),)
        known = content.inventory if content is not None and content.html == html else None
        if self.page.item is None and html == self.source_text:
            known = self.source  # a body that was Markdown already
        self.output = known or self.read(html)
        difference = self.compare(self.output, gives_slugs(self.dialect))
        if difference is None:
            return (*self.check_languages(self.output, html, file), *self.check_hidden(self.output, html, file))
        line = first_line - 1 + line_at(lines_of(markdown), difference.output_index)
        return (self.finding(difference, file, line),)

    def render(self, markdown: str, footnotes: bool = False) -> str:
        """Return the HTML of the page's Markdown, or of a part of it."""
        return render_as(markdown, self.dialect, footnotes, self.page.dialect == "markdown")

    def check_content(self, content: Content, file: str) -> tuple[Finding, ...]:
        """Return the first difference of a record's content from the source, or in looks from the Markdown file."""
        fences = " ".join(_FENCES.findall(self.markdown)) if content.metas else ""
        for meta in content.metas if self.markdown else ():
            if not all(word in fences for word in _WORDS.findall(meta)):
                return (Finding("code", f"the Markdown file has no code with {meta!r:.80}", file),)
        found = self.content_differs(content, file)
        if found and content.parsed:  # a body that had to be written anew has blank lines between the blocks of an item
            return self.content_differs(read_content(content.tree), file) and found
        return found

    def content_differs(self, content: Content, file: str) -> tuple[Finding, ...]:
        if content.html == self.html and self.output is not None:
            return ()
        self.content_html = content.html
        self.content = inventory = content.inventory or self.read(content.html)
        difference = self.compare(inventory)
        if difference is not None and not self.read_again(inventory):
            return (self.finding(difference, file, None),)
        if hidden := (*self.check_languages(inventory, content.html, file), *self.check_hidden(inventory, content.html, file)):
            return hidden
        if self.output is not None:
            if [*inventory.languages.values()] != [*self.output.languages.values()]:
                return (Finding("code", "the languages of the code are not those of the Markdown file", file),)
            if self.looks(content.html) != self.looks(self.html):
                return (Finding("content", "lists are loose or cells aligned otherwise than in the Markdown file", file),)
        return ()

    def read_again(self, content: Inventory) -> bool:
        """Whether the record's ``content`` is what another engine reads in a source that is Markdown, and in the Markdown file.

        Where two engines read a text otherwise, no one can say that the record is wrong which agrees with one of them. What
        that one reads is what the rest of the record is compared with.
        """
        if self.dialect.engine != "cmark":
            return False
        source, html = self.source_again(), render_again(self.markdown)
        if source is None or html is None or self.compare(content, source=source):
            return False
        output = self.read(html)
        if self.markdown and self.compare(output, source=source):
            return False
        if self.markdown:
            self.output, self.html = output, html
        return True

    def source_again(self) -> Inventory | None:
        """Return what another engine reads in a source that is Markdown; None for other sources."""
        html = render_again(source_html(self.page, self.options)) if self.page.dialect == "markdown" else None
        return None if html is None else resolved(read_html(html), self.page)

    def read(self, html: str) -> Inventory:
        """Return what the ``html`` of an output says; footnotes stand where they are referred to."""
        item = self.page.item
        return read_html(placed_output(html, item.notes) if item is not None and item.notes else html)

    def looks(self, html: str) -> list[str]:
        """Return what the words do not say of the ``html`` of the record or of the Markdown file: loose items, the sides of cells.

        In other dialects than CommonMark's some tight lists are loose, and some blocks HTML.
        """
        return _LOOKS.findall(html) if self.dialect == _COMMONMARK else _SIDES.findall(html)

    def compare(self, output: Inventory, slugs: bool = True, source: Inventory | None = None) -> Difference | None:
        """Return the first difference of ``output`` from the source; ``slugs``: its headings have ids by GitHub's rule.

        ``source``: what it says when it is read otherwise than by cmark-gfm.
        """
        source, marked = source or self.source, self.page.dialect == "markdown"
        item = self.page.item
        if item is None or not item.knows_addresses:
            return compare(source, output, self.wanted, self.site, slugs, marked)
        left, right = (
            msgspec.structs.replace(page, tokens=item.addresses.bare(page.tokens), sizes=None) for page in (source, output)
        )
        return compare(left, right, self.wanted, slugs=slugs, marked=marked)

    def listed(self, options: NormalizeOptions) -> Inventory:
        """Return what the output (without one: the source) says in the order of its records: footnotes come last."""
        if self.page.item is None or not self.page.item.notes:
            return self.output or self.content or self.source
        if self.output is None and self.content is None:
            return source_inventory(self.page, options, placed=False)
        return read_html(listed_output(self.html or self.content_html))

    def check_beside(self, content: Content, file: str) -> Iterator[Finding]:
        """Yield what a record's ``content`` says, beside the Markdown, otherwise than the source."""
        page = self.content or self.output
        raw = page.beside - {(kind, address, ()) for kind, address, _ in content.beside} if page else set()
        there = content.beside | raw
        if there != self.source.beside:
            for what, message in unlike(self.source, there, page or self.source, self.page.dialect == "markdown"):
                yield Finding(what, message, file)

    def check_languages(self, inventory: Inventory, html: str, file: str) -> Iterator[Finding]:
        """Yield the language of code that an output (its ``inventory`` and ``html``) has not, or that the source has not."""
        if inventory.languages or self.source.languages:
            lost = lost_language(self.source, inventory, html, self.page.body)
            if lost is not None:
                yield Finding("code", lost, file)

    def check_hidden(self, inventory: Inventory, html: str, file: str) -> Iterator[Finding]:
        """Yield what an output (its ``inventory`` and ``html``) hides and the source shows."""
        if not inventory.may_hide:
            return
        hidden = first_hidden(html, self.source_text)
        if hidden is not None:
            yield Finding("word", f"the output hides what the source shows: {hidden:.200}", file)

    def written(self) -> Inventory | None:
        """Return what has been written of the body; a body that is Markdown stays as it is, also where only data was asked for."""
        return self.output or self.content or (self.source if self.page.dialect == "markdown" else None)

    def wanted_anchors(self, options: NormalizeOptions) -> frozenset[str]:
        """Return the anchors that must stay by name: all when asked for, else those that other pages link to."""
        if self.page.dialect == "markdown":
            return frozenset()
        if options.legacy_anchors == "keep":
            return frozenset(self.source.anchors)
        linked = self.site.linked_fragments
        return frozenset(name for name in self.source.anchors if name in linked)

    def finding(self, difference: Difference, file: str, line: int | None) -> Finding:
        source_line, column = source_place(self.page, self.source.tokens, difference.source_index)
        return Finding(
            difference.what, difference.message, file, line, source_line, column, difference.context
        )


def source_place(page: SourcePage, tokens: list[Token], index: int) -> tuple[int, int]:
    """Return line and column of the source file near token ``index``: its words are looked for in order."""
    place = 0
    for token in tokens[: index + 1]:
        if isinstance(token, str) and (words := token.split()):
            found = page.body.find(words[0], place, place + _NEAR)
            place = found if found >= 0 else place
    line_start = page.body.rfind("\n", 0, place) + 1
    return page.body_line + page.body.count("\n", 0, place), place - line_start + 1
