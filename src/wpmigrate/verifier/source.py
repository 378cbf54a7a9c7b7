"""The source as the proof reads it: its own decoding, its own fences, and the HTML that WordPress would show."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from wpmigrate.model import BodyDialect, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.verifier.decoding import decode
from wpmigrate.verifier.expand import expand_shortcodes, protect_code, protect_liquid
from wpmigrate.verifier.gutenberg import blocks_html
from wpmigrate.verifier.wxr.notes import listed_source, placed_source
from wpmigrate.verifier.wxr.proof import ItemProof
from wpmigrate.verifier.yaml_source import read_front_matter
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.depth import limit_depth
from wpmigrate.wordpress.dialect import recognise, says_markdown, translates
from wpmigrate.wordpress.indented import whole_elements
from wpmigrate.wordpress.repair import repair_text
from wpmigrate.wordpress.unescaped import escape_addresses
from wpmigrate.wordpress.wrapped import without_boxes

__all__ = ["SourcePage", "read_source", "source_html", "source_text", "split_front_matter"]

_OPENING = re.compile(r"[\s\u200b]*+---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_NEXT_CLOSING = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEY_LINES = re.compile(r"(?:(?:[\w.-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-(?:[ \t].*)?|#.*)(?:\r\n|\n|\r|\Z))+")
_UNOPENED = re.compile(
    r"(?=(?:title|layout|date|id|author|categories|tags|permalink|slug|comments):\s)"
    r"((?:(?:[\w.-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-(?:[ \t].*)?|#.*|[ \t]*)(?:\r\n|\n|\r))+)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"
)
"""Keys without a fence before them, as Hexo has them."""
_LINE_END = re.compile(r"\r\n?")


class SourcePage(msgspec.Struct):
    """A source entry, read from its bytes."""

    front: str
    """What stands between the fences."""
    metadata: dict[str, Any]
    """The keys and values between the fences; empty when there are none."""
    body: str
    """The body, damage repaired, line ends as ``\\n``."""
    body_line: int
    """1-based line where it begins."""
    dialect: BodyDialect
    """How it is written."""
    item: ItemProof | None = None
    """The item of a WXR file that it is, with what the site knows of it."""


def split_front_matter(text: str) -> tuple[str, str]:
    """Return what stands between the first two fences, and what follows; ('', text) without front matter.

    A fence is a line of ``---``, the second one may be ``...``; blanks may follow (jekyll's own rule). Where the second one
    is missing the block goes on as long as its lines look like YAML.
    """
    end = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    front = text[3 : end + 1]
    if end >= 0 and "\r" not in front and "\n..." not in front and "\n---" not in front:
        return front[1:], text[end + 5 :]  # nearly all
    opening = _OPENING.match(text)
    if opening is None:
        keys = _UNOPENED.match(text)
        return (keys[1], text[keys.end() :]) if keys and re.search(r"^title:", keys[1], re.M) else ("", text)
    if closing := _CLOSING.match(text, opening.end()):
        return "", text[closing.end() :]
    if closing := _NEXT_CLOSING.search(text, opening.end()):
        return text[opening.end() : closing.end()].rpartition(closing[0][1:])[0], text[closing.end() :]
    lines = _KEY_LINES.match(text, opening.end())
    return (lines[0], text[lines.end() :]) if lines else ("", text)


def read_source(source: SourceEntry, options: NormalizeOptions, item: ItemProof | None = None) -> SourcePage:
    """Return the page in ``source.raw``; nothing that the extractor made of it is believed but the encoding's name.

    An ``item`` of a WXR file has no fences.
    """
    if item is not None:
        metadata: dict[str, Any] = {}
        front, body = "", item.body
    else:
        text = decode(source.raw, source.encoding)
        front, body = split_front_matter(text)
        read = read_front_matter(front) if front else {}
        if read is None and "raw_front_matter" not in source.metadata:
            front, body = "", text  # two rules with text between them are no front matter
        metadata = read or {}
    if "\r" in body:
        body = _LINE_END.sub("\n", body)
    body = repair_text(body)[0]
    typed = item is not None and not says_markdown(item.item.meta)
    dialect = recognise(body, typed, translates(metadata.keys())) if options.body == "auto" else options.body
    return SourcePage(front, metadata, body, source.body_line, dialect, item)


_WITH_PARAGRAPHS: Final = frozenset({"classic", "text", "html"})
"""Dialects whose paragraphs are made by WordPress when it shows the page."""


def source_text(page: SourcePage, options: NormalizeOptions) -> str:
    """Return the body of a ``page`` that is no Markdown with all code, Liquid and addresses as the text that they are."""
    return escape_addresses(protect_code(protect_liquid(page.body), options.shortcodes))[0]


def source_html(page: SourcePage, options: NormalizeOptions, placed: bool = True) -> str:
    """Return the HTML that a visitor of the old site got for ``page``, shortcodes said in HTML too.

    Of a Markdown body it is the Markdown, with Liquid's code blocks as HTML. ``placed``: footnotes stand where they are referred to,
    else at the end.
    """
    rules, item = options.shortcodes, page.item
    if page.dialect == "markdown":
        # Blank lines at the end show nothing, but an HTML block or a fence that nobody closed would hold them.
        text = whole_elements(without_boxes(page.body)[0])[0]
        return protect_liquid(text.rstrip(" \t\n") + "\n", fences=True)
    text = source_text(page, options)
    if page.dialect == "blocks":
        text = blocks_html(text)
    elif page.dialect in _WITH_PARAGRAPHS:
        text = autop(text)
    if item is not None:
        text = item.show_library(text, rules)
    text = limit_depth(expand_shortcodes(text, rules))[0]
    if item is not None and item.notes:
        text = placed_source(text, item.notes) if placed else listed_source(text, item.notes)
    return text
