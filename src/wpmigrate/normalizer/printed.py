"""A page as WordPress prints it, of which parts stay HTML: the very text that a browser gets, misnested as it may be.

Some markup means what it means only as it stands: a form in a form, a link in a button that ends elsewhere. Written anew
from a parser's tree it would be read otherwise. Such a part of the page is kept as its text, from one block to another.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Final

from wpmigrate.model import Entry, LinkRecord, MediaRecord, NoticeLog, Site, SourceEntry
from wpmigrate.model.nodes import Html
from wpmigrate.normalizer import begun, body_of, entry_of, finish_tree, new_builder
from wpmigrate.normalizer.elements import ELEMENTS
from wpmigrate.normalizer.markdown_links import move_html
from wpmigrate.normalizer.raw_html import kept_comment
from wpmigrate.normalizer.site_facts import SiteFacts
from wpmigrate.normalizer.tree import TreeBuilder
from wpmigrate.options import NormalizeOptions
from wpmigrate.wordpress.depth import limit_depth
from wpmigrate.wordpress.pictures import may_have_pictures

__all__ = ["Printed"]

_BETWEEN_BLOCKS = re.compile(r"\n+(?=<(?:p|h[1-6]|ul|ol|blockquote|pre|table|div|hr|dl|figure|form)[\s>])")
_NOTE = re.compile(r' data-wp(?:m(?:-\w+)?|-block)="[^"]*"')
_BLANK_LINE = re.compile(r"(?<=\n)([ \t]*)\n")
_MARKUP = re.compile(
    r"<(?:(!--)|(script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])|/?[a-z])", re.I
)
_REST_OF_TAG = re.compile(r"""(?:=\s*(?:"[^"]*"|'[^']*')|[^>])*+>""")
_NO_SOURCE = re.compile(r"<img(?![^>]*\ssrc\s*=)", re.I)
_CODE = re.compile(r"<(/?)(?:pre|listing|code|tt|samp)(?=[\s/>])", re.I)
_LEFT_OUT: Final = frozenset({"style", "title"})
_BEGINS: Final = "<div></div>\n"
"""Begins an HTML block of CommonMark (https://spec.commonmark.org/0.31.2/#html-blocks, kind 6) and is over at once, so that what
follows nests in nothing of ours."""


class Printed:
    """The text of a page in parts that end between two blocks."""

    def __init__(self, source: SourceEntry, site: Site, options: NormalizeOptions) -> None:
        """Read the page; there are no parts where its text needs changes that only a tree can take."""
        self._page = page = begun(source, site, options, links_addresses=False)
        unfit = page.dialect in ("markdown", "empty") or page.footnotes or may_have_pictures(page.text)
        text = "" if unfit else limit_depth(page.text)[0].strip("\n")
        self._parts = _BETWEEN_BLOCKS.split(text) if text else []
        self._notices = page.log.notices()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._parts)

    def entry(self, raw: Collection[int]) -> Entry:
        """Return the record of the page with its parts ``raw`` (by number) as HTML, the others as Markdown.

        Parts in a row are read as one text. The links and media of ``raw`` are not in the record but for those with an
        old address.
        """
        page = copy.copy(self._page)
        page.log = NoticeLog()
        for notice in self._notices:
            page.log.add(notice.kind, notice.what, notice.where, notice.count)
        if page.facts is not None:
            page.facts = SiteFacts(page.site, page.log)
        builder = new_builder(page)
        for is_raw, numbers in groupby(range(len(self._parts)), lambda number: number in raw):
            text = "\n".join(self._parts[number] for number in numbers)
            if is_raw:
                builder.settle()
                builder.append(Html(_BEGINS + _moved(_one_block(text, page.log), page.facts, builder)))
            else:
                builder.walk(body_of(page, text))
                builder.boundary()
        builder.settle()
        finish_tree(page, builder, builder.root)
        return entry_of(page)


def _moved(html: str, facts: SiteFacts | None, builder: TreeBuilder) -> str:
    """Return ``html`` with its new addresses, when the site is known; the old ones are noted in the records."""
    if facts is None:
        return html
    html, sources = move_html(html, facts)
    builder.records.links += [LinkRecord("", new, "", "", "", old) for new, old in sources.items()]
    builder.records.media += [MediaRecord(new, "image", source_url=old) for new, old in sources.items()]
    return html


def _one_block(text: str, log: NoticeLog) -> str:
    """Return HTML without a blank line and without what no page shows; that is told in ``log``."""
    lines = _Lines()
    at = 0
    for start, end, inner in _markup(text):
        lines.add_text(text[at:start])
        at = end
        name = text[start + 1 : inner].lower()
        if name == "!--":
            lines.add(_comment(text[inner:end], log))
        elif name in _LEFT_OUT:
            log.add("dropped", f"<{name}>: {ELEMENTS[name].reason}")
        elif _NO_SOURCE.match(text, start, end):
            log.add("dropped", "<img> without src: no image")
        else:
            lines.add(_NOTE.sub("", text[start:end]))
    lines.add_text(text[at:])
    return lines.text()


def _markup(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each tag, comment and element of raw text begins and ends, and where its name ends. Linear."""
    at = 0
    while found := _MARKUP.search(text, at):
        start = found.start()
        if found[1]:
            end = text.find("-->", found.end() - 2)
            at = len(text) if end < 0 else end + 3
        else:
            tag = _REST_OF_TAG.match(text, found.end())
            at = tag.end() if tag else len(text)
            if found[2]:
                close = _end_tag(found[2].lower()).search(text, at)
                at = close.end() if close else len(text)
        yield start, at, found.end()


def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.I)


def _comment(rest: str, log: NoticeLog) -> str:
    """Return what stays of a comment, of which ``rest`` is all but the beginning."""
    words = rest.removesuffix("-->")
    kept = kept_comment(words)
    if not kept and words.strip():
        log.add("dropped", f"comment <!--{' '.join(words.split())[:60]}-->: invisible")
    return kept


class _Lines:
    """Text without a blank line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._begun = True
        """Whether nothing but blanks has come on the last line."""

        self._code = 0
        """How many elements are open in which blank lines are seen."""

    def add(self, markup: str) -> None:
        """Add a tag or a whole element."""
        if not markup:
            return
        line_end = r"\1&#10;" if markup[:9].lower() == "<textarea" else r"\1"
        self._parts.append(_BLANK_LINE.sub(line_end, markup))
        self._begun = False
        if tag := _CODE.match(markup):
            self._code = max(self._code + (-1 if tag[1] else 1), 0)

    def add_text(self, text: str) -> None:
        """Add text."""
        if not text:
            return
        if "\n" in text:
            before = "\n" if self._begun else "-"
            self._parts.append(_BLANK_LINE.sub(r"\1&#10;" if self._code else r"\1", before + text)[1:])
            self._begun = not text.rpartition("\n")[2].strip(" \t")
        else:
            self._parts.append(text)
            self._begun = self._begun and not text.strip(" \t")

    def text(self) -> str:
        """Return it all."""
        return "".join(self._parts).strip("\n")
