"""How a body is written. Evidence for Markdown is weighed against evidence for HTML, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from wpmigrate.model import BodyDialect
from wpmigrate.wordpress.code import CODE_SHORTCODES
from wpmigrate.wordpress.dialect_signs import (
    CONFIRMING_SIGNS,
    LEADING_SIGNS,
    MARKUP_SIGNS,
    TRANSLATORS,
    Sign,
    names,
)
from wpmigrate.wordpress.ends import Ends

__all__ = ["recognise", "says_markdown", "translates"]

ENOUGH = 3.0
"""Points that a Markdown page has at least."""

ENOUGH_BETWEEN = 2.0
"""Points that what stands between Gutenberg's blocks has at least to be Markdown."""

OVERWHELMING = 12.0
"""Points that the text of an item without a plugin's sign of Markdown has at least, and no HTML beside it."""

MARKDOWN_META = "_wpcom_is_markdown"
"""The post meta with which Jetpack, WordPress.com and their kin say that they render an entry as Markdown."""

FENCE_POINTS = 10.0
"""Points for a fence that is opened and closed: as HTML it would be nonsense."""

_POINTS = {tag: points for tags, points, _why in MARKUP_SIGNS for tag in tags}
_NOT_TRANSLATED = re.compile(r"^<p>", re.I | re.M)
"""A paragraph without attributes that stands in nothing: translators leave none."""
_EASY = r'<(?:strong|em|b|i|a href="[^"<>]*")>'
_EASY_LINE = re.compile(rf"^(?:{_EASY}|[^\s<|>][^\n]*?{_EASY})", re.M)
"""A line with a tag that every translator makes Markdown of; what stands in the HTML that they leave begins with a blank or a tag."""
_REFERENCE = re.compile(r"\]\[\d+\]")
_NUMBERED = re.compile(r"^ \[\d+\]: \S", re.M)
"""How the translators write links: numbers, and their definitions one blank in."""
_BLOCK_COMMENT = re.compile(r"<!--\s{1,20}/?wp:[a-z]")
_BLOCK_TEXT = re.compile(
    r"<!--\s{1,20}wp:(?:paragraph|heading|list|quote)\s[^<>]{0,4000}-->\s{0,200}(?:(<)|(?=[^\s<]))"
)
_BARE_START = re.compile(r"(?:\n[ \t]{0,9}\n|-->[ \t]{0,9}\n?)[ \t]{0,3}[^\s<]")
"""A text that begins outside of all elements, as none does that the block editor wrote."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,4000}>|<!--")
_SPAN = re.compile(r"`[^`\n]+`")
_FENCE_LINE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*$", re.M)


def _any_case(words: str) -> str:
    """Return a pattern for ``words`` in any case. It looks at the first letter in a way that can fail at once."""
    rests: dict[str, list[str]] = {}
    for word in words.split():
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in rests.items())


_OPAQUE_ELEMENT = rf"<(?:({_any_case('pre code script style textarea')})(?=[\s>])|(!--)"
_OPAQUE = re.compile(
    rf"{_OPAQUE_ELEMENT})|\[({'|'.join(sorted(CODE_SHORTCODES))})(?=[\s\]=])|\{{% (highlight|codeblock)", re.I
)
_BOXES = _any_case(
    "p ul ol dl table h1 h2 h3 h4 h5 h6 hr div blockquote section article form fieldset figure center details noscript iframe"
    " object select header footer nav aside address"
)
_LAYOUT = re.compile(rf"{_OPAQUE_ELEMENT}|(/?)({_BOXES})(?=[\s/>])[^<>]*>)")
_SOFT_BREAK = re.compile(
    r"\n(?<!<br>\n)(?<!<br/>\n)(?<!<br />\n)(?<!<BR>\n)(?<!\n\n)(?<![%}]\}\n)[ \t]{0,40}(?=[^\s<{]|<(?!/|br\b))"
)
_HIDDEN = re.compile(r"(?:\s|<(?!img)[^<>]*>|\{[%{][^{}\n]*[%}]\}|&nbsp;)*+")

_FREE = names("ul ol dl table h1 h2 h3 h4 h5 h6 form object iframe figure select address details")
"""Elements whose text needs no paragraph."""

_WRAPPERS = names("div blockquote section article center header footer nav aside fieldset noscript")
"""Elements that hold paragraphs or, as well, plain text."""


@lru_cache(maxsize=4)  # a page is read twice: by the converter, then by its proof
def recognise(body: str, typed: bool = False, translated: bool = False) -> BodyDialect:
    """Return how ``body`` is written.

    ``translated``: it comes from an exporter that translates to Markdown (:func:`translates`), so that any sign of Markdown is enough.

    ``typed``: it was typed into WordPress, and no plugin says that it rendered Markdown (:func:`says_markdown`). WordPress shows
    ``# x`` and ``[a](b)`` as they stand, so that such a body is Markdown only when the evidence is overwhelming.

    ``blocks`` has Gutenberg's comments, round HTML; ``markdown`` has them where an exporter made Markdown of that HTML, or has
    enough of :data:`~wpmigrate.wordpress.dialect_signs.LEADING_SIGNS`, outweighing the HTML; ``text`` has no tag; ``html`` has every text in explicit blocks and no line end that WordPress would make a
    ``<br>``; ``classic`` is the rest (bare paragraphs, or a mixture). Line ends may be of any kind. Never raises.
    """
    if not body.strip():
        return "empty"
    if "<!--" in body and _BLOCK_COMMENT.search(body):
        return "markdown" if not typed and (_is_translated(body) or _has_markdown_between(_plain(body))) else "blocks"
    text = _plain(body)
    if _is_markdown(text, typed, translated):
        return "markdown"
    if "<" not in text or not _ANY_TAG.search(text):
        return "text"
    return "classic" if _has_bare_text(text) else "html"


def _is_translated(body: str) -> bool:
    """Return whether Markdown stands where Gutenberg's blocks of text have their element: some exporters keep the comments."""
    blocks = _BLOCK_TEXT.findall(body)
    return blocks.count("") * 2 > len(blocks)


def _has_markdown_between(text: str) -> bool:
    """Return whether Markdown stands between Gutenberg's blocks, where all text of WordPress has an element."""
    if not _BARE_START.search(text):
        return False
    prose, fences = _without_fences(_without_code("\n\n" + text))
    bare = "\n\n".join(["", *(part for part in _BLANK_LINE.split(prose) if not part.lstrip().startswith("<")), ""])
    return _sign_points(bare, _hinted(LEADING_SIGNS, bare)) + fences * FENCE_POINTS >= ENOUGH_BETWEEN


def _plain(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends and its ``&#47;`` (an exporter's quirk, also in tags) as ``/``."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&#47;", "/") if "&#47;" in text else text


def says_markdown(meta: Iterable[tuple[str, str]]) -> bool:
    """Return whether the post meta (key, value) of an item say that a plugin rendered its body as Markdown."""
    return any(key.strip() == MARKDOWN_META and value.strip() not in ("", "0") for key, value in meta)


def translates(keys: Set[str]) -> bool:
    """Return whether the ``keys`` of a front matter are those of an exporter that translates bodies to Markdown."""
    return any(has <= keys and has_not.isdisjoint(keys) for has, has_not, _who in TRANSLATORS)


def _is_markdown(text: str, typed: bool, translated: bool) -> bool:
    fenced = ("`" in text and "```" in text) or ("~" in text and "~~~" in text)
    text = "\n\n" + text
    signs = _hinted(LEADING_SIGNS, text)
    if not signs and not fenced and not translated:
        return False
    signs += _hinted(CONFIRMING_SIGNS, text)
    if not typed and "][" in text and _NUMBERED.search(text) and _REFERENCE.search(text):
        translated = True
    if translated:
        return _is_translated_text(text, signs, fenced)
    if not fenced and sum(sign[3] for sign in signs) < ENOUGH:
        return False
    prose, fences = _without_fences(text) if fenced else (text, 0)
    if typed and _TAG.search(_SPAN.sub("", prose)):
        return False
    prose = _without_code(prose)
    points = fences * FENCE_POINTS + _sign_points(prose, signs)
    return points >= (OVERWHELMING if typed else ENOUGH) and points >= _markup_points(prose)


def _is_translated_text(text: str, signs: list[Sign], fenced: bool) -> bool:
    prose = _without_code(_without_fences(text)[0] if fenced else text)
    numbered = "][" in prose and _REFERENCE.search(prose) is not None
    if numbered and _NUMBERED.search(prose):
        return True
    if _NOT_TRANSLATED.search(prose):
        return False
    return fenced or numbered or _sign_points(prose, signs) > _easy_lines(prose)


def _sign_points(prose: str, signs: list[Sign]) -> float:
    return sum(min(most, each * len(pattern.findall(prose))) for _hints, pattern, each, most, _why in signs)


def _easy_lines(prose: str) -> int:
    """Return how many lines of ``prose`` no translator can have written; code may hold such tags."""
    return len(_EASY_LINE.findall(_SPAN.sub("", prose))) if "<" in prose else 0


def _hinted(signs: tuple[Sign, ...], text: str) -> list[Sign]:
    """Return the signs that ``text`` may have."""
    found = []
    for sign in signs:
        rarest, *hints = sign[0]
        if rarest in text:
            for hint in hints:
                if hint in text:
                    found.append(sign)
                    break
    return found


def _markup_points(prose: str) -> float:
    return sum(_POINTS.get(name.lower(), 0.0) for name in _TAG.findall(prose))


def _without_fences(text: str) -> tuple[str, int]:
    """Return ``text`` without what stands between code fences, and how many fences were opened and closed; one in ``pre`` is code."""
    kept: list[str] = []
    count, start, opener = 0, 0, ""
    last_pre = text.rfind("</pre>")
    in_pre, looked_at = False, 0
    for line in _FENCE_LINE.finditer(text):
        if not opener:
            in_pre = line.start() < last_pre and _stands_in_pre(text, looked_at, line.start(), in_pre)
            looked_at = line.start()
            if in_pre:
                continue
            opener = line[1]
            kept.append(text[start : line.start()])
            start = line.start()
        elif line[1].startswith(opener) and line[0].strip() == line[1]:
            opener, start, count = "", line.end(), count + 1
            looked_at = start
    kept.append(text[start:])
    return "".join(kept), count


def _stands_in_pre(text: str, start: int, end: int, before: bool) -> bool:
    """Return whether ``end`` stands in a ``pre`` element; ``before``: whether ``start`` did."""
    opened, closed = text.rfind("\n<pre", start, end), text.rfind("</pre>", start, end)
    return before if opened == closed else opened > closed


def _without_code(text: str) -> str:
    """Return ``text`` with code, scripts and comments left out."""
    kept: list[str] = []
    ends = Ends(text)
    start = at = 0
    while opener := _OPAQUE.search(text, at):
        at = ends.after(_closer(opener), opener.end())
        if at < 0:
            at = opener.end()
            continue
        kept.append(text[start : opener.end() if opener[4] else opener.start()])
        start = at
    kept.append(text[start:])
    return "".join(kept)


def _closer(opener: re.Match[str]) -> str:
    tag, comment = opener[1], opener[2]
    if tag:
        return f"</{tag.lower()}>"
    if comment:
        return "-->"
    return f"[/{opener[3].lower()}]" if opener[3] else f"{{% end{opener[4].lower()}"


def _has_bare_text(text: str) -> bool:
    """Return whether some text stands in no block, or has a line end that WordPress would show."""
    ends = Ends(text)
    free = depth = start = at = 0
    paragraph = False
    while tag := _LAYOUT.search(text, at):
        if not free and _is_bare(text[start : tag.start()], paragraph, depth):
            return True
        start = at = tag.end()
        opaque, comment, slash, name = tag.groups()
        if opaque or comment:
            start = at = max(at, ends.after(_closer(tag), at))
            continue
        closes, name = slash == "/", name.lower()
        paragraph = name == "p" and not closes
        if name in _FREE:
            free = max(0, free + (-1 if closes else 1))
        elif name in _WRAPPERS:
            depth = max(0, depth + (-1 if closes else 1))
    return not free and _is_bare(text[start:], paragraph, depth)


def _is_bare(text: str, paragraph: bool, depth: int) -> bool:
    if not text or text.isspace():
        return False
    if paragraph or depth:
        return "\n" in text and bool(_SOFT_BREAK.search(text.strip()))
    hidden = _HIDDEN.match(text)
    return hidden is None or hidden.end() < len(text)
