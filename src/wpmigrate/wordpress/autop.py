"""WordPress's paragraphs: blank lines become ``<p>``, line ends become ``<br />``.

The database holds what an author typed; WordPress makes paragraphs of it each time a page is shown. What is meant by
a line end in a classic body is therefore defined by what ``wpautop`` (wp-includes/formatting.php) answers, oddities
included, and by nothing else. The answers of WordPress 7.1 test this module (see ``tests/wordpress/test_autop.py``).

The work is four tables of small rewritings, in order. Each row says why it is there. The patterns are written so that
no input takes quadratic time: where a row must end in something that may be missing, the row swallows what it has looked
through instead of giving up and looking through it again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["autop"]

# A prefix of these is enough in most rows: `<picture>` counts as `p` and `<link>` as `li`, as in WordPress.
_BLOCK_NAMES = (
    "address|area|article|aside|blockquote|caption|col|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hgroup|hr|legend|li|map|menu|nav|ol|p|pre|section|style|summary|table|tbody|td|tfoot"
    "|th|thead|tr|ul"
)
_BLOCK = f"(?:{_BLOCK_NAMES})"
_LINE_END_IN_TAG = " <!-- wpnl --> "
_SPACES = " \t\r\f\v"


class _Row(NamedTuple):
    """One rewriting."""

    needle: str
    """What a text must hold for the row to be worth a look; empty: always."""
    pattern: re.Pattern[str]
    """What is replaced."""
    replacement: str
    """By what."""


def _row(needle: str, pattern: str, replacement: str) -> _Row:
    return _Row(needle, re.compile(pattern, re.ASCII), replacement)


def _rewrite(text: str, rows: tuple[_Row, ...]) -> str:
    for needle, pattern, replacement in rows:
        if needle in text:
            text = pattern.sub(replacement, text)
    return text


_APART = (
    # Two line breaks are what people typed for a paragraph.
    _row("<br", r"<br\s*+/?>\s*+<br\s*+/?>", "\n\n"),
    # Blocks stand apart from the text before and after them.
    _row("<", rf"<(?={_BLOCK}[\s/>])", "\n\n<"),
    _row("</", rf"</({_BLOCK_NAMES})>", r"</\1>" "\n\n"),
    _row("<hr", r"(<hr\s*+/?>)", r"\1" "\n\n"),
)
"""Blank lines where an author would have typed them."""

# "White space, if this is where it begins": as an optional prefix it is looked through only once.
_LEAD = r"(?:(?<!\s)\s++)?"
_TIGHT = (
    # No <br /> between the options of a select.
    _row("<option", _LEAD + "<option", "<option"),
    _row("<option", r"</option>\s*+", "</option>"),
    # None between the parameters of an object …
    _row("</object>", r"(<object[^>]*+>?)\s*+", r"\1"),
    _row("</object>", _LEAD + "</object>", "</object>"),
    _row("</object>", _LEAD + r"(</?(?:param|embed)[^>]*+>)\s*+|(</?(?:param|embed)[^>]*+)", r"\1\2"),
)
"""Elements whose content is no text, so that white space between their parts means nothing."""

_TIGHT_MEDIA = (
    # … nor between the sources of audio and video, as elements and as shortcodes.
    _row("", r"([<\[](?:audio|video)[^>\]]*+[>\]]?)\s*+", r"\1"),
    _row("", _LEAD + r"([<\[]/(?:audio|video)[>\]])", r"\1"),
    _row("", _LEAD + r"(<(?:source|track)[^>]*+>)\s*+|(<(?:source|track)[^>]*+)", r"\1\2"),
)
"""Likewise, for a text with ``<source`` or ``<track``."""

_TIGHT_CAPTION = (
    _row("<figcaption", _LEAD + r"(<figcaption[^>]*+>)|(<figcaption[^>]*+)", r"\1\2"),
    _row("<figcaption", r"</figcaption>\s*+", "</figcaption>"),
)
"""Likewise, for the caption inside a figure."""

_UNWRAP_FIRST = (
    # Nothing is no paragraph.
    _row("<p>", r"<p>\s*+</p>", ""),
    # A paragraph that runs into the end of its container is closed there.
    _row("</", r"<p>([^<]++)</(div|address|form)>", r"<p>\1</p></\2>"),
    # A tag of a block alone is no paragraph.
    _row("<p>", rf"<p>\s*+(</?{_BLOCK}[^>]*+>)\s*+</p>", r"\1"),
)
"""The paragraphs that were put round blocks go away again."""

_UNWRAP_REST = (
    # The paragraph of a quotation belongs inside it.
    _row("", r"(?i:<p><blockquote([^>]*+)>)", r"<blockquote\1><p>"),
    _row("</blockquote></p>", r"</blockquote></p>", "</p></blockquote>"),
    # No paragraph begins straight before a block or ends straight after one.
    _row("<p>", rf"<p>\s*+(</?{_BLOCK}[^>]*+>)", r"\1"),
    _row("</p>", rf"(</?{_BLOCK}[^>]*+>?)(?:\s*+</p>)?+", r"\1"),
)
"""Likewise, after the list items."""

_TIDY = (
    # No line break after the tag of a block, or before one of these.
    _row("<br />", rf"(</?{_BLOCK}[^>]*+>?)(?:\s*+<br />)?+", r"\1"),
    _row("<br />", r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*+>)", r"\1"),
)
"""The line breaks that stand at the edges of blocks go away again."""

# WordPress's own idea of a tag: a comment or CDATA to its end, or "<" up to the next ">"; the end may be missing.
_TAG = re.compile(r"<!(?=--)(?s:.)*?(?:-->|\Z)|<!\[CDATA\[(?s:.)*?(?:\]\]>|\Z)|<[^>]*+")
_BROKEN_TAG = re.compile(r"<[^<>\n]*+\n|<!--|<!\[CDATA\[")
_BLANK_LINE = re.compile(r"\n\s*\n", re.ASCII)
_LIST_ITEM = re.compile(r"<p>(<li.+?)(</p>|$)", re.MULTILINE)
_VERBATIM = re.compile(r"<(script|style|svg|math)")
_PRE_MARK = re.compile(r"<pre wp-pre-tag-(\d+)></pre>")


def autop(text: str, br: bool = True) -> str:
    """Return ``text`` with the paragraphs (and line breaks, unless ``br`` is false) that WordPress gives it.

    ``text`` is a classic body as the database holds it, with any line ends. What is inside ``<pre>`` stays as it is.
    Source of the rule: the answers of ``wpautop`` in WordPress 7.1.
    """
    if not text.strip(" \t\n\r\0\v"):
        return ""
    text, kept = _take_out_pre(text + "\n") if "<pre" in text else (text + "\n", [])
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _wrap(_tighten(_keep_tags_whole(_rewrite(text, _APART))))
    text = _rewrite(text, _UNWRAP_FIRST)
    if "<p><li" in text:
        text = _LIST_ITEM.sub(_unwrap_item, text)
    text = _rewrite(text, _UNWRAP_REST)
    if br:
        text = _break_lines(text)
    text = _drop_last_line_end(_rewrite(text, _TIDY))
    if kept:
        text = _PRE_MARK.sub(lambda mark: kept[int(mark[1])], text)
    return text.replace(_LINE_END_IN_TAG, "\n").replace(_LINE_END_IN_TAG.strip(), "\n")


def _take_out_pre(text: str) -> tuple[str, list[str]]:
    """Replace each ``<pre …>…</pre>`` by an empty, numbered one; return the text and what was there.

    A ``</pre>`` without a beginning vanishes, as in WordPress.
    """
    *parts, rest = text.split("</pre>")
    kept: list[str] = []
    out: list[str] = []
    for part in parts:
        start = part.find("<pre")
        if start < 0:
            out.append(part)
            continue
        out.append(f"{part[:start]}<pre wp-pre-tag-{len(kept)}></pre>")
        kept.append(part[start:] + "</pre>")
    out.append(rest)
    return "".join(out), kept


def _keep_tags_whole(text: str) -> str:
    """Hide the line ends inside tags and comments, so that they neither end a paragraph nor break a line."""
    if not _BROKEN_TAG.search(text):
        return text
    return _TAG.sub(_hide_line_ends, text)


def _hide_line_ends(tag: re.Match[str]) -> str:
    return tag[0].replace("\n", _LINE_END_IN_TAG)


def _tighten(text: str) -> str:
    text = _rewrite(text, _TIGHT)
    if "<source" in text or "<track" in text:
        text = _rewrite(text, _TIGHT_MEDIA)
    return _rewrite(text, _TIGHT_CAPTION)


def _wrap(text: str) -> str:
    """Make a paragraph of everything between blank lines."""
    return "".join([f"<p>{part.strip(chr(10))}</p>\n" for part in _BLANK_LINE.split(text) if part])


def _unwrap_item(item: re.Match[str]) -> str:
    """A list item is no paragraph, if its line closes the paragraph."""
    return item[1] if item[2] else item[0]


def _break_lines(text: str) -> str:
    """Write ``<br />`` at each line end that has none, but not inside scripts, styles and drawings."""
    text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    out: list[str] = []
    done = 0
    for start, end in _verbatim_spans(text):
        out += (_break_text(text[done:start]), text[start:end])
        done = end
    out.append(_break_text(text[done:]))
    return "".join(out)


def _verbatim_spans(text: str) -> list[tuple[int, int]]:
    """Return where scripts and the like begin and end; one without an end is none."""
    spans: list[tuple[int, int]] = []
    endless: set[str] = set()
    at = 0
    while found := _VERBATIM.search(text, at):
        at = found.end()
        if found[1] in endless:
            continue
        close = text.find(f"</{found[1]}>", at)
        if close < 0:
            endless.add(found[1])
            continue
        at = close + len(found[1]) + 3
        spans.append((found.start(), at))
    return spans


def _break_text(text: str) -> str:
    line, *following = text.split("\n")
    out: list[str] = []
    line_ends = 0
    for left, other in enumerate(following, 1 - len(following)):
        line_ends += 1
        if left and not other.strip(_SPACES):
            continue  # a blank line is part of the line end before it
        out += (_end_line(line, line_ends), "\n")
        line, line_ends = other, 0
    out.append(line)
    return "".join(out)


def _end_line(line: str, line_ends: int) -> str:
    """Return ``line`` without the blanks at its end and with a ``<br />``, if it does not already have one.

    WordPress looks for the ``<br />`` only straight before the white space: after one, further white space is a
    line end of its own.
    """
    bare = line.rstrip(_SPACES)
    if not bare.endswith("<br />"):
        return bare + "<br />"
    if bare != line:
        return line[: len(bare) + 1] + "<br />"
    return line if line_ends == 1 else line + "\n<br />"


def _drop_last_line_end(text: str) -> str:
    for end in ("\n</p>\n", "\n</p>"):
        if text.endswith(end):
            return text[: -len(end)] + end[1:]
    return text
