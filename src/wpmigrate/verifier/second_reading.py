"""Markdown as a second engine reads it: asked where the first one (cmark-gfm) and the record's content do not say the same.

cmark-gfm follows an older CommonMark than today's engines: a tag alone on a line ends the item of a list before it, and a line's
first blanks are none of a code span's. markdown-it follows the present one (https://spec.commonmark.org/0.31.2/). It shares
nothing with the converter's engine; it is slow, and only loaded when it is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

__all__ = ["render_again"]

_LONGEST: Final = 2_000_000
"""Characters that a page has at most to be read a second time."""
# Python's strip(), which the engine uses, takes away all of Unicode's blanks; CommonMark only ASCII's. Chinese and Japanese
# paragraphs begin with an ideographic one, so that a mark that is no blank stands round such runs while the engine reads.
_BLANKS: Final = "\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_EDGE: Final = re.compile(rf"(?m)(?<=[\n \t>*+.)#|-])(?=[{_BLANKS}])|^(?=[{_BLANKS}])|(?<=[{_BLANKS}])(?=[ \t#]*(?:$|\|))")
_MARK: Final = "\ue000"
_SIDE: Final = re.compile(r'<(t[hd]) style="text-align:(\w+)">')


@lru_cache(maxsize=1)
def _engine() -> Any:
    from markdown_it import MarkdownIt

    engine = MarkdownIt("commonmark", {"xhtmlOut": True}).enable(["table", "strikethrough"])
    # Addresses stay as they are, also those of scripts: the proof has its own spelling and its own rules for them.
    engine.validateLink = lambda url: True  # type: ignore[method-assign]
    engine.normalizeLink = lambda url: url  # type: ignore[method-assign]
    engine.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return engine


def render_again(markdown: str) -> str | None:
    """Return the HTML of ``markdown`` by CommonMark with GitHub's tables and strikethrough, as cmark-gfm writes it.

    None when the engine gives none: it recurses, so that deep nesting is too much for it.
    """
    if len(markdown) > _LONGEST:
        return None
    marked = not markdown.isascii() and _MARK not in markdown and _EDGE.search(markdown) is not None
    try:
        html = str(_engine().render(_EDGE.sub(_MARK, markdown) if marked else markdown))
    except Exception:  # whatever it is, there is no second reading
        return None
    if marked:
        html = html.replace(_MARK, "").replace(quote(_MARK), "")
    return _SIDE.sub(r'<\1 align="\2">', html)
