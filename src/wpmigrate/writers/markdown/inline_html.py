"""Whether raw HTML among inlines stays raw HTML in Markdown.

CommonMark knows a tag by a strict grammar (https://spec.commonmark.org/0.31.2/#raw-html): ``<fb:like>`` is none, it is text. And
what stands between two tags is Markdown: a script among inlines would be read for emphasis.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["NotMarkdownError", "OutermostError", "is_inline_html"]


class NotMarkdownError(Exception):
    """A block cannot be said in Markdown; the one who writes the block says it in HTML."""


class OutermostError(NotMarkdownError):
    """Nor can the list or quotation that it stands in: engines that take HTML for HTML only at the margin."""


_ATTRIBUTE: Final = r"""[ \t]++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:[ \t]*+=[ \t]*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
_TAG: Final = rf"<(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+[ \t]*+/?|/[A-Za-z][A-Za-z0-9-]*+[ \t]*+)>"
_OTHER: Final = r"<!--(?!-?>)(?:[^-]|-(?!-))*+-->|<\?(?:[^?]|\?(?!>))*+\?>|<![A-Z]++[ \t][^>]*+>"
_HARMLESS: Final = r"[^<>*_~`\\&!\[\]|]++"
_INLINE_HTML: Final = re.compile(rf"(?:{_TAG}|{_OTHER}|{_HARMLESS})*+")


def is_inline_html(markup: str) -> bool:
    """Whether an engine passes ``markup``, which is one line, through as it is."""
    return _INLINE_HTML.fullmatch(markup) is not None
