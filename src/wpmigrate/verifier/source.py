"""The source as the proof reads it: its own decoding, its own fences, and the HTML that WordPress would show."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from wpmigrate.model import BodyDialect, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.verifier.expand import expand_shortcodes, protect_code
from wpmigrate.verifier.gutenberg import blocks_html
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.dialect import recognise

try:  # until it is there
    from wpmigrate.wordpress.repair import repair_text
except ImportError:
    def repair_text(text): return text, ()

__all__ = ["SourcePage", "read_source", "source_html", "split_front_matter"]

_OPENING = re.compile(r"\A---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.M)
_LINE_END = re.compile(r"\r\n?")


class SourcePage(msgspec.Struct):
    """A source entry, read from its bytes."""

    front: str
    """The YAML between the fences; empty when there is none."""
    body: str
    """The body, damage repaired, line ends as ``\\n``."""
    body_line: int
    """1-based line where it begins."""
    dialect: BodyDialect
    """How it is written."""


def split_front_matter(text: str) -> tuple[str, str]:
    """Return what stands between the first two fences, and what follows; ('', text) without front matter.

    A fence is a line of ``---``, the second one may be ``...``; blanks may follow (jekyll's own rule).
    """
    opening = _OPENING.match(text)
    if opening is None:
        return "", text
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return text[opening.end() :], ""
    return text[opening.end() : closing.start()], text[closing.end() :]


def read_source(source: SourceEntry, options: NormalizeOptions) -> SourcePage:
    """Return the page in ``source.raw``; nothing that the extractor made of it is believed but the encoding's name.

    An item of a WXR file has no fences: there the body is the extractor's.
    """
    if source.format == "wxr":
        front, body = "", source.body
    else:
        text = source.raw.decode(source.encoding or "utf-8", errors="replace").removeprefix("\ufeff")
        front, body = split_front_matter(text)
    line = front.count("\n") + 3 if front else source.body_line
    if "\r" in body:
        body = _LINE_END.sub("\n", body)
    body = repair_text(body)[0]
    dialect = recognise(body) if options.body == "auto" else options.body
    return SourcePage(front, body, line, dialect)


_WITH_PARAGRAPHS: Final = frozenset({"classic", "text"})
"""Dialects whose paragraphs are made by WordPress when it shows the page."""


def source_html(page: SourcePage, options: NormalizeOptions) -> str:
    """Return the HTML that a visitor of the old site got for ``page``, shortcodes said in HTML too."""
    if page.dialect == "blocks":
        return expand_shortcodes(blocks_html(page.body, options), options)
    text = protect_code(page.body, options)
    if page.dialect in _WITH_PARAGRAPHS:
        text = autop(text)
    return expand_shortcodes(text, options)
