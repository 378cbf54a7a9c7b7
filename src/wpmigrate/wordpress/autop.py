"""WordPress's paragraphs: blank lines become ``<p>``, line ends become ``<br />``.

The database holds what an author typed; WordPress makes paragraphs of it each time a page is shown. What is meant by
a line end in a classic body is therefore defined by what ``wpautop`` (wp-includes/formatting.php) answers, oddities
included, and by nothing else. The answers of WordPress 7.1 test this module (see ``tests/wordpress/test_autop.py``).

The work is four tables of small rewritings, in order. Each row says why it is there. The patterns are written so that
no input takes quadratic time: where a row must end in something that may be missing, the row swallows what it has looked
through instead of giving up and looking through it again.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["autop"]

_BLOCK_NAMES = (
    "address area article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol p pre section style summary table"
    " tbody td tfoot th thead tr ul"
).split()
"""What WordPress takes for a block."""

_LINE_END_IN_TAG = " <!-- wpnl --> "
_BLANKS = " \t\r\f\v"
_WHITE = _BLANKS + "\n"


def _any_of(names: list[str]) -> str:
    """Return a pattern for ``names`` that looks at each first letter once."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, reverse=True):  # the longer ones first
        rests.setdefault(name[0], []).append(name[1:])
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()) + ")"


_BLOCK = _any_of(_BLOCK_NAMES)
# In most rows WordPress looks at the beginning of a name only: `<picture>` is a `p` there, and `<link>` a `li`.
_BLOCK_TAG = f"</?{_BLOCK}[^>]*+"
# The same as a whole and followed by what gets lost. A tag in which another begins is swallowed with or without that.
_BLOCK_TAG_BEFORE = f"(</?{_BLOCK}[^<>]*+(?:>(?=\\s*+%s)|<[^>]*+>?))(?:\\s*+%s)?+"


_Replacement: TypeAlias = str | Callable[[re.Match[str]], str]
_FIRST_GROUP: _Replacement = operator.itemgetter(1)


def _and_blank_line(found: re.Match[str]) -> str:
    return found[0] + "\n\n"


class _Row(NamedTuple):
    """One rewriting."""

    needles: tuple[str, ...]
    """One of these must be in a text for the row to be worth a look."""
    pattern: re.Pattern[str]
    """What is replaced."""
    replacement: _Replacement
    """By what. (No templates: they are slow in Python 3.11.)"""


def _row(needles: str, pattern: str, replacement: _Replacement) -> _Row:
    return _Row(tuple(needles.split()), re.compile(pattern, re.ASCII), replacement)


def _rewrite(text: str, rows: tuple[_Row, ...]) -> str:
    for needles, pattern, replacement in rows:
        for needle in needles:
            if needle in text:
                text = pattern.sub(replacement, text)
                break
    return text


class _Tight(NamedTuple):
    """One kind of tag beside which white space means nothing."""

    needles: tuple[str, ...]
    """One of these must be in the text."""
    tag: re.Pattern[str]
    """The tag."""
    ends: str
    """The characters one of which ends the tag: a tag that begins after the last of them is none."""
    before: bool
    """Whether the white space before it goes."""
    after: bool
    """Whether the white space after it goes."""


def _tight(needles: str, tag: str, ends: str, where: Literal["before", "after", "round"]) -> _Tight:
    return _Tight(tuple(needles.split()), re.compile(f"({tag})"), ends, where != "after", where != "before")


def _tighten(text: str) -> str:
    for row in _TIGHT:
        for needle in row.needles:
            if needle in text:
                text = _strip_beside(text, row)
                break
    return text


def _strip_beside(text: str, row: _Tight) -> str:
    end = max(map(text.rfind, row.ends)) + 1
    parts = row.tag.split(text[:end])
    parts[-1] += text[end:]
    for i in range(1, len(parts), 2):
        if row.before:
            parts[i - 1] = parts[i - 1].rstrip(_WHITE)
        if row.after:
            parts[i + 1] = parts[i + 1].lstrip(_WHITE)
    return "".join(parts)


_APART = (
    # Two line breaks are what people typed for a paragraph.
    _row("<br", r"<br\s*+/?>\s*+<br\s*+/?>", "\n\n"),
    # Blocks stand apart from the text before and after them.
    _row("<", rf"<(?={_BLOCK}[\s/>])", "\n\n<"),
    _row("</", rf"</{_BLOCK}>", _and_blank_line),
    _row("<hr", r"<hr\s*+/?>", _and_blank_line),
)
"""Blank lines where an author would have typed them."""

_TIGHT = (
    # No line breaks between the options of a select …
    _tight("<option", "<option", "n", "before"),
    _tight("<option", "</option>", ">", "after"),
    # … nor between the parameters of an object …
    _tight("</object>", "<object[^>]*+>", ">", "after"),
    _tight("</object>", "</object>", ">", "before"),
    _tight("</object>", "</?(?:param|embed)[^>]*+>", ">", "round"),
    # … nor between the sources of audio and video, as elements and as shortcodes …
    _tight("<source <track", r"[<\[](?:audio|video)[^>\]]*+[>\]]", ">]", "after"),
    _tight("<source <track", r"[<\[]/(?:audio|video)[>\]]", ">]", "before"),
    _tight("<source <track", "<(?:source|track)[^>]*+>", ">", "round"),
    # … nor between a figure and its caption.
    _tight("<figcaption", "<figcaption[^>]*+>", ">", "before"),
    _tight("<figcaption", "</figcaption>", ">", "after"),
)
"""White space without meaning, which must not become line breaks."""

_UNWRAP_FIRST = (
    # Nothing is no paragraph.
    _row("<p>", r"<p>\s*+</p>", ""),
    # A paragraph that runs into the end of its container is closed there.
    _row("</div> </address> </form>", r"<p>([^<]++)</(div|address|form)>", r"<p>\1</p></\2>"),
    # The tag of a block alone is no paragraph.
    _row("<p>", rf"<p>\s*+({_BLOCK_TAG}>)\s*+</p>", _FIRST_GROUP),
)
"""The paragraphs that were put round blocks go away again."""

_UNWRAP_REST = (
    # The paragraph of a quotation belongs inside it.
    _row("<p>< <P><", r"<(?i:p><blockquote)([^>]*+)>", r"<blockquote\1><p>"),
    _row("</blockquote></p>", r"</blockquote></p>", "</p></blockquote>"),
    # No paragraph begins straight before a block or ends straight after one.
    _row("<p>", rf"<p>\s*+({_BLOCK_TAG}>)", _FIRST_GROUP),
    _row("</p>", _BLOCK_TAG_BEFORE % ("</p>", "</p>"), _FIRST_GROUP),
)
"""Likewise, after the list items."""

_TIDY = (
    # No line break after the tag of a block, or before one of these.
    _row("<br", _BLOCK_TAG_BEFORE % ("<br />", "<br />"), _FIRST_GROUP),
    _row("<br", r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*+>)", _FIRST_GROUP),
)
"""The line breaks that stand at the edges of blocks go away again."""

# WordPress's own idea of a tag: a comment or CDATA to its end, or "<" up to the next ">"; the end may be missing.
_TAG = re.compile(r"<!(?=--)(?s:.)*?(?:-->|\Z)|<!\[CDATA\[(?s:.)*?(?:\]\]>|\Z)|<[^>]*+")
# Whether there may be line ends in one; comments such as `<!--more-->` are tags like others.
_BROKEN_TAG = re.compile(r"<[^<>\n]*+\n|<!--(?![\w /]*+-->)|<!\[CDATA\[")
_BLANK_LINE = re.compile(r"\n\s*\n", re.ASCII)
_LIST_ITEM = re.compile(r"<p>(<li.+?)(</p>|$)", re.MULTILINE)
_VERBATIM = re.compile(r"<(s(?:cript|tyle|vg)|math)")
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


def _wrap(text: str) -> str:
    """Make a paragraph of everything between blank lines."""
    parts = _BLANK_LINE.split(text)
    if not parts[0]:
        del parts[0]
    if parts and not parts[-1]:
        del parts[-1]
    return "<p>" + "</p>\n<p>".join(parts).strip("\n") + "</p>\n" if parts else ""


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
        if left and not other.strip(_BLANKS):
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
    bare = line.rstrip(_BLANKS)
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
