"""The rewritings that WordPress's paragraphs are made of, as tables; :mod:`wpmigrate.wordpress.autop` applies them.

Each row says why it is there. The patterns are written so that no input takes quadratic time: where a row must end in
something that may be missing, the row swallows what it has looked through instead of looking through it again.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "BLANKS",
    "BLOCK",
    "TIDY",
    "UNWRAP_FIRST",
    "UNWRAP_REST",
    "WHITE",
    "rewrite",
    "set_apart",
    "tighten",
]

_BLOCK_NAMES = (
    "address area article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol p pre section style summary table"
    " tbody td tfoot th thead tr ul"
).split()
"""What WordPress takes for a block."""

# White space as WordPress's patterns have it: not U+00A0.
BLANKS = " \t\r\f\v"
WHITE = BLANKS + "\n"


def _any_of(names: list[str]) -> str:
    """Return a pattern for ``names`` that looks at each first letter once."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, reverse=True):  # the longer ones first
        rests.setdefault(name[0], []).append(name[1:])
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()) + ")"


BLOCK = _any_of(_BLOCK_NAMES)
# In most rows WordPress looks at the beginning of a name only: `<picture>` is a `p` there, and `<link>` a `li`.
_BLOCK_TAG = f"</?{BLOCK}[^>]*+"
# The same as a whole and followed by what gets lost. A tag in which another begins is swallowed with or without that.
_BLOCK_TAG_BEFORE = f"(</?{BLOCK}[^<>]*+(?:>(?=\\s*+%s)|<[^>]*+>?))(?:\\s*+%s)?+"

_Replacement: TypeAlias = str | Callable[[re.Match[str]], str]
_FIRST_GROUP: _Replacement = operator.itemgetter(1)


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


def rewrite(text: str, rows: tuple[_Row, ...]) -> str:
    """Return ``text`` after all ``rows``, in order."""
    for needles, pattern, replacement in rows:
        for needle in needles:
            if needle in text:
                text = pattern.sub(replacement, text)
                break
    return text


class _Tight(NamedTuple):
    """One kind of tag beside which white space means nothing."""

    tag: re.Pattern[str]
    """The tag."""
    ends: str
    """The characters one of which ends the tag: a tag that begins after the last of them is none."""
    before: bool
    """Whether the white space before it goes."""
    after: bool
    """Whether the white space after it goes."""


def _tight(tag: str, ends: str, where: Literal["before", "after", "round"]) -> _Tight:
    return _Tight(re.compile(f"({tag})"), ends, where != "after", where != "before")


def tighten(text: str) -> str:
    """Return ``text`` without the white space that means nothing (see the table)."""
    if not _TIGHT_TAG.search(text):
        return text
    for needles, rows in _TIGHT:
        for needle in needles:
            if needle in text:
                for row in rows:
                    text = _strip_beside(text, row)
                break
    return text


def _strip_beside(text: str, row: _Tight) -> str:
    end = max(map(text.rfind, row.ends)) + 1
    parts = row.tag.split(text[:end])
    parts[-1] += text[end:]
    for i in range(1, len(parts), 2):
        if row.before:
            parts[i - 1] = parts[i - 1].rstrip(WHITE)
        if row.after:
            parts[i + 1] = parts[i + 1].lstrip(WHITE)
    return "".join(parts)


_TWO_BREAKS = re.compile(r"<br\s*+/?>\s*+<br\s*+/?>", re.ASCII)
# The beginning of a block's tag is enough, but a rule has no end tag.
_EDGE = re.compile(rf"(<hr\s*+/?>|<(?={BLOCK}[\s/>])|</{BLOCK}>)", re.ASCII)
_APART = {"<": "\n\n<"} | {f"</{name}>": f"</{name}>\n\n" for name in _BLOCK_NAMES}


def set_apart(text: str) -> str:
    """Return ``text`` with blank lines where an author would have typed them.

    Two line breaks are what people typed for a paragraph; blocks stand apart from the text before and after them.
    """
    if "<br" in text:
        text = _TWO_BREAKS.sub("\n\n", text)
    parts = _EDGE.split(text)
    for i in range(1, len(parts), 2):
        parts[i] = _APART.get(parts[i]) or f"\n\n{parts[i]}\n\n"
    return "".join(parts)


_TIGHT: tuple[tuple[tuple[str, ...], tuple[_Tight, ...]], ...] = (
    # No line breaks between the options of a select …
    (("<option",), (_tight("<option", "n", "before"), _tight("</option>", ">", "after"))),
    # … nor between the parameters of an object …
    (
        ("</object>",),
        (
            _tight("<object[^>]*+>", ">", "after"),
            _tight("</object>", ">", "before"),
            _tight("</?(?:param|embed)[^>]*+>", ">", "round"),
        ),
    ),
    # … nor between the sources of audio and video, as elements and as shortcodes …
    (
        ("<source", "<track"),
        (
            _tight(r"[<\[](?:audio|video)[^>\]]*+[>\]]", ">]", "after"),
            _tight(r"[<\[]/(?:audio|video)[>\]]", ">]", "before"),
            _tight("<(?:source|track)[^>]*+>", ">", "round"),
        ),
    ),
    # … nor between a figure and its caption.
    (("<figcaption",), (_tight("<figcaption[^>]*+>", ">", "before"), _tight("</figcaption>", ">", "after"))),
)
"""White space without meaning, which must not become line breaks."""

_TIGHT_TAG = re.compile("|".join(needle for needles, _ in _TIGHT for needle in needles))

UNWRAP_FIRST = (
    # Nothing is no paragraph.
    _row("<p>", r"<p>\s*+</p>", ""),
    # A paragraph that runs into the end of its container is closed there.
    _row("</div> </address> </form>", r"<p>([^<]++)</(div|address|form)>", lambda found: f"<p>{found[1]}</p></{found[2]}>"),
    # The tag of a block alone is no paragraph.
    _row("<p>", rf"<p>\s*+({_BLOCK_TAG}>)\s*+</p>", _FIRST_GROUP),
)
"""The paragraphs that were put round blocks go away again."""

UNWRAP_REST = (
    # The paragraph of a quotation belongs inside it.
    _row("<p>< <P><", r"<(?i:p><blockquote)([^>]*+)>", lambda found: f"<blockquote{found[1]}><p>"),
    _row("</blockquote></p>", r"</blockquote></p>", "</p></blockquote>"),
    # No paragraph begins straight before a block or ends straight after one.
    _row("<p>", rf"<p>\s*+({_BLOCK_TAG}>)", _FIRST_GROUP),
    _row("</p>", _BLOCK_TAG_BEFORE % ("</p>", "</p>"), _FIRST_GROUP),
)
"""Likewise, after the list items."""

TIDY = (
    # No line break after the tag of a block, or before one of these.
    _row("<br", _BLOCK_TAG_BEFORE % ("<br />", "<br />"), _FIRST_GROUP),
    _row("<br", r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|td|ul|ol)[^>]*+>)", _FIRST_GROUP),
)
"""The line breaks that stand at the edges of blocks go away again."""
