"""Python-Markdown, which Pelican, MkDocs and Nikola read their files with: the proof of their files asks it itself.

It follows the first Markdown rather than CommonMark, so that no other engine can say what it makes of a page. It is slow (some
hundred times cmark) and only loaded for these targets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

__all__ = ["EngineError", "render_python_markdown"]

_REFERENCE: Final = re.compile(r'<sup id="fnref\d*:[^"]*"><a class="footnote-ref" href="#fn:([^"]*)">([^<]*)</a></sup>')
_BACK: Final = re.compile(r'(?:&#160;)?<a class="footnote-backref"[^<>]*>[^<]*</a>')
_SECTION: Final = '<div class="footnote">\n<hr />\n<ol>'
_NOTE: Final = re.compile(r'<li id="fn:([^"]*)">')


class EngineError(Exception):
    """An engine failed on a text."""


@lru_cache(maxsize=8)
def _engine(extensions: tuple[str, ...]) -> Any:
    from markdown import Markdown

    return Markdown(extensions=[*extensions])


def render_python_markdown(text: str, extensions: tuple[str, ...]) -> str:
    """Return the HTML of ``text``, its footnotes as cmark-gfm writes them.

    Raises :class:`EngineError` when the engine fails, as it does on deep nesting: it recurses.
    """
    engine = _engine(extensions)
    try:
        html = str(engine.reset().convert(text))
    except Exception as error:  # whatever it is, the page cannot be built
        _engine.cache_clear()
        raise EngineError(f"Python-Markdown fails on the page: {type(error).__name__}: {error}") from error
    return _as_gfm(html) if 'class="footnote' in html else html


def _as_gfm(html: str) -> str:
    html = _REFERENCE.sub(r'<sup class="footnote-ref"><a href="#fn-\1">\2</a></sup>', _BACK.sub("", html))
    html = html.replace(_SECTION, '<section class="footnotes" data-footnotes>\n<ol>')
    return _NOTE.sub(r'<li id="fn-\1">', html)
