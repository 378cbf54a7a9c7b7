"""WordPress's paragraphs: blank lines become ``<p>``, line ends become ``<br />``.

The database holds what an author typed; WordPress makes paragraphs of it each time a page is shown. What is meant by
a line end in a classic body is therefore defined by what ``wpautop`` (wp-includes/formatting.php) answers, oddities
included, and by nothing else. The answers of WordPress 7.1 test this module (see ``tests/wordpress/test_autop.py``).

The work is tables of small rewritings in a fixed order (:mod:`wpmigrate.wordpress.autop_rows`): blank lines are put round
blocks, what stands between blank lines is wrapped, the wrapping comes off blocks, lines are broken. Most parts of a page
are so simple that the answer is known at once; they take a short way. No input takes quadratic time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from wpmigrate.wordpress.autop_rows import (
    BLANKS,
    BLOCK,
    TIDY,
    UNWRAP_FIRST,
    UNWRAP_REST,
    WHITE,
    rewrite,
    set_apart,
    tighten,
)

__all__ = ["autop"]

_LINE_END_IN_TAG = " <!-- wpnl --> "
# WordPress's own idea of a tag: a comment or CDATA to its end, or "<" up to the next ">"; the end may be missing.
_TAG = re.compile(r"<!(?=--)(?s:.)*?(?:-->|\Z)|<!\[CDATA\[(?s:.)*?(?:\]\]>|\Z)|<[^>]*+")
# Whether there may be line ends in one; comments such as `<!--more-->` are tags like others.
_BROKEN_TAG = re.compile(r"<[^<>\n]*+\n|<!--(?![\w /]*+-->)|<!\[CDATA\[")
_BLANK_LINE = re.compile(r"\n\s*\n", re.ASCII)
_LIST_ITEM = re.compile(r"<p>(<li.+?)(</p>|$)", re.MULTILINE)
_VERBATIM = re.compile(r"<(s(?:cript|tyle|vg)|math)")
_STRUCTURE = re.compile(rf"</?{BLOCK}|<(?i:blockquote)")
# A block without another in it, or the tag of a block alone.
_ONE_BLOCK = re.compile(
    rf"(</?{BLOCK}[^<>]*+>)(?:((?:[^<]++|<(?!/?{BLOCK}|(?i:blockquote)))*+)(</{BLOCK}[^<>]*+>))?+\Z"
)
# The tags of the last row of TIDY.
_NO_BREAK_BEFORE = ("</p", "</li", "</div", "</dl", "</dd", "</dt", "</th", "</td", "</ul", "</ol")
# These vanish or merge with what stands beside them.
_ODD_TAGS = ("<p>", "</p>")
_PRE_MARK = re.compile(r"<pre wp-pre-tag-(\d+)></pre>")


@lru_cache(maxsize=4)  # a page is read twice: by the converter, then by its proof
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
    parts = _paragraphs(tighten(_keep_tags_whole(set_apart(text))))
    text = _drop_last_line_end(_settle_apart(parts) if br and parts else _settle(_wrap(parts), br))
    if kept:
        text = _PRE_MARK.sub(lambda mark: kept[int(mark[1])], text)
    if "<!-- wpnl -->" in text:
        text = text.replace(_LINE_END_IN_TAG, "\n").replace(_LINE_END_IN_TAG.strip(), "\n")
    return text


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


def _paragraphs(text: str) -> list[str]:
    """Return what stands between blank lines."""
    parts = _BLANK_LINE.split(text)
    if not parts[0]:
        del parts[0]
    if parts and not parts[-1]:
        del parts[-1]
    if parts:
        parts[0] = parts[0].lstrip("\n")
        parts[-1] = parts[-1].rstrip("\n")
    return parts


def _wrap(parts: list[str]) -> str:
    return "<p>" + "</p>\n<p>".join(parts) + "</p>\n" if parts else ""


def _settle(text: str, br: bool) -> str:
    """Take the paragraphs off the blocks and break the lines."""
    text = rewrite(text, UNWRAP_FIRST)
    if "<p><li" in text:
        text = _LIST_ITEM.sub(_unwrap_item, text)
    text = rewrite(text, UNWRAP_REST)
    if br:
        text = _break_lines(text)
    return rewrite(text, TIDY)


def _settle_apart(parts: list[str]) -> str:
    """Do the same as ``_settle(_wrap(parts), True)``, but simple parts on a short way.

    Nothing around a part without a block tag can reach into it, and it tells its neighbours only that a paragraph ended
    before them or begins after them. A simple block is no different, unless something odd stands before it.
    """
    verbatim = _verbatim_parts(parts)
    out: list[str] = []
    odd: list[str] = []
    last = settled = ""
    for place, part in enumerate(parts):
        simple = None if place in verbatim else _split_simple(part)
        if simple is None or (odd and simple[1] is not part):
            odd.append(part)
            continue
        if odd:
            out.append(_settle_odd(odd, last, settled, True))
            odd = []
        elif out:
            out.append("\n")
        opening, content, closing = simple
        done = opening + _settle_content(content, closing) + closing
        out.append(done)
        last, settled = ("x", "<p>x</p>") if content is part else (part, done)
    out.append(_settle_odd(odd, last, settled, False) if odd else "\n")
    return "".join(out)


def _verbatim_parts(parts: list[str]) -> frozenset[int]:
    """Return the places of the parts over which a script or the like reaches: each of them has a piece of it."""
    text = "\n".join(parts)
    if not _VERBATIM.search(text):
        return frozenset()
    ends = [*accumulate(len(part) + 1 for part in parts)]
    places: set[int] = set()
    for start, end in _verbatim_spans(text):
        first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
        if first < last:
            places.update(range(first, last + 1))
    return frozenset(places)


def _split_simple(part: str) -> tuple[str, str, str] | None:
    """Return the opening tag, content and closing tag of a plain paragraph, of one block, or of the tag of a block.

    In a plain paragraph the content is ``part`` itself. None: it is none of these, or its tags are those that WordPress
    treats in ways of their own.
    """
    if "<" in part:
        block = _ONE_BLOCK.match(part) if part[0] == "<" else None
        if block:
            opening, content, closing = block.groups()
            if closing is None:
                return (part, "", "") if part not in _ODD_TAGS else None
            return (opening, content, closing) if _are_simple(opening, content, closing) else None
        if _STRUCTURE.search(part):
            return None
    elif not part or part.isspace():
        return None
    return "<p>", part, "</p>"


def _are_simple(opening: str, content: str, closing: str) -> bool:
    if not content:
        return opening.startswith("<pre") and closing == "</pre>"
    if not content.strip(WHITE):
        return False
    if opening in _ODD_TAGS:
        return opening == "<p>" and closing == "</p>"
    return "lockquote" not in opening and "lockquote" not in closing and not opening.startswith("<style")


def _settle_odd(parts: list[str], last: str, settled: str, before: bool) -> str:
    """Settle what stands after ``last``, which has become ``settled``, and ``before`` a plain paragraph.

    The line ends between them are part of the answer.
    """
    end = "<p>x</p>\n" if before else ""
    text = _wrap([last, *parts] if settled else parts) + end
    return _settle(text, True)[len(settled) : -len(end) or None]


def _settle_content(text: str, closing: str) -> str:
    """Break the lines between a block's tags, but not at the edges."""
    if "<br" in text:
        text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    if "\n" in text:
        text = _break_apart(text) if _VERBATIM.search(text) else _break_text(text)
    if "<br />" in text:
        if text.lstrip(WHITE).startswith("<br />"):
            text = text.lstrip(WHITE)[6:]
        bare = text.rstrip(WHITE)
        if bare.endswith("<br />") and closing.startswith(_NO_BREAK_BEFORE):
            text = bare[:-6] + text[len(bare) :]
    return text


def _unwrap_item(item: re.Match[str]) -> str:
    """A list item is no paragraph, if its line closes the paragraph."""
    return item[1] if item[2] else item[0]


def _break_lines(text: str) -> str:
    """Write ``<br />`` at each line end that has none, but not inside scripts, styles and drawings."""
    return _break_apart(text.replace("<br>", "<br />").replace("<br/>", "<br />"))


def _break_apart(text: str) -> str:
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
    """Break the lines of ``text``; without blank lines and breaks of its own it takes the short way."""
    if "<br />" not in text:
        *lines, end = text.split("\n")
        lines = [line.rstrip(BLANKS) for line in lines]
        if all(lines[1:]):
            return "<br />\n".join([*lines, end])
    line, *following = text.split("\n")
    out: list[str] = []
    line_ends = 0
    for left, other in enumerate(following, 1 - len(following)):
        line_ends += 1
        if left and not other.strip(BLANKS):
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
    bare = line.rstrip(BLANKS)
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
