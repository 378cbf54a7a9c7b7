"""A target's Markdown as HTML: by the engine that its builder reads it with, or by cmark-gfm where the two read it alike."""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.targets.dialect import Dialect
from wpmigrate.verifier.output import render
from wpmigrate.verifier.python_markdown import render_python_markdown

__all__ = ["gives_slugs", "render_as"]

_HEADING_ID: Final = re.compile(r"^<h([1-6])>(.*) \{#([^\s{}]+)\}</h\1>$", re.MULTILINE)
"""A heading's id as Jekyll and Hugo spell it. A heading of raw HTML is none: it has attributes, or its braces are references."""


def render_as(markdown: str, dialect: Dialect, footnotes: bool = False, typed: bool = False) -> str:
    """Return the HTML that a builder makes of ``markdown``. ``footnotes``: those of GitHub count, where the builder has them.

    ``typed``: what it says was typed as Markdown (:func:`~wpmigrate.verifier.output.render`).
    Raises :class:`~wpmigrate.verifier.python_markdown.EngineError` when the engine fails.
    """
    if dialect.engine == "python-markdown":
        return render_python_markdown(markdown, dialect.extensions)
    html = render(markdown, footnotes and dialect.footnotes == "markdown", typed)
    if dialect.heading_ids == "braces" and "{#" in html:
        return _HEADING_ID.sub(r'<h\1 id="\3">\2</h\1>', html)
    return html


def gives_slugs(dialect: Dialect) -> bool:
    """Whether headings without an id have GitHub's in the built page, though the rendering does not show it."""
    return dialect.engine == "cmark" and (dialect.auto_ids != "none" or dialect.heading_ids == "none")
