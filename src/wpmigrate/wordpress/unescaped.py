"""What nobody has escaped: ``List<String>``, ``#include <stdio.h>``, a whole page of HTML between ``<pre>`` and ``</pre>``; in text
``<ann@example.org>``.

A browser takes what stands in angle brackets for tags and hides it; what was meant is the text.
"""

from __future__ import annotations

import re

__all__ = ["MARKUP_LANGUAGES", "escape_addresses", "holds_bare_code", "names_tags"]

MARKUP_LANGUAGES = frozenset({"html", "html4strict", "html5", "xhtml", "xml", "xslt", "svg", "php", "rails", "asp"})
"""Languages whose code is made of tags itself."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)")
"""A tag as a browser reads it: https://html.spec.whatwg.org/#tag-name-state"""
_PRESENTATION = frozenset({"a", "b", "br", "code", "em", "font", "i", "p", "span", "strong", "u"})
_PAGE = frozenset({"html", "head", "body", "meta", "title"})
"""Elements that stand in no post: one of them in code is the code's."""
_HTML = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd
    keygen label legend li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript
    object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select
    slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr xmp""".split()
)
"""The elements of HTML, of the past too."""
_VOID = frozenset("br hr img input wbr embed".split())
"""Elements that are meant as such without an end tag."""


def holds_bare_code(content: str, language: str | None) -> bool:
    """Say whether ``content`` of a ``pre`` or ``code`` element is code with its own angle brackets.

    ``language``: the one that a highlighter is told which prints code as it was typed (WP-Syntax and kin). Time is linear.
    """
    if "<" not in content:
        return False
    if "<?" in content or "<%" in content:
        return True
    found_tags = [*_TAG.finditer(content)]
    unended = bool(found_tags) and found_tags[-1].start() > content.rfind(">")  # x<y
    tags = [(bool(found[1]), found[2].lower()) for found in found_tags]
    names = {name for _, name in tags}
    if language is not None:
        if unended or not names <= _PRESENTATION:
            return True
        return language.lower() in MARKUP_LANGUAGES and "&lt;" not in content and not names <= {"br", "p", "span"}
    if (unended or not names <= _HTML) and not any(name in _VOID or (end and name in _HTML) for end, name in tags):
        return not any(name.startswith(_OFFICE) for name in names)
    return "&lt;" not in content and not names.isdisjoint(_PAGE)


def names_tags(content: str) -> bool:
    """Say whether ``content`` of inline code is nothing but tags that nobody could have meant as such: ``<form>``, ``</td>``.

    A browser shows nothing there, and builds a form round the rest of the page.
    """
    if not content.startswith("<") or not content.endswith(">") or len(content) > _LONGEST_TAGS or _ANY_TAG.sub("", content).strip():
        return False
    return not _NAMED.isdisjoint(found[2].lower() for found in _TAG.finditer(content))


_LONGEST_TAGS = 300
_ANY_TAG = re.compile(r"<[^<>]*>")
_NAMED = frozenset(
    """blockquote button caption dd details dl dt fieldset footer form h1 h2 h3 h4 h5 h6 head header html body input label legend li main
    meta nav ol optgroup option pre section select style table tbody td textarea tfoot th thead title tr ul""".split()
)
"""Elements that stand in no inline code, and hold no picture or film."""
_OFFICE = ("o:", "w:", "v:", "st1:", "fb:", "g:")
"""Beginnings of elements that word processors and buttons of social networks leave in a page."""

_ADDRESSES = re.compile(
    r"""(<!--)|(-->)|<(/?)(script|style|textarea|title|xmp|iframe|noembed|noframes)\b
    |<(https?://[^\s<>"']+|www\.[^\s<>"'=]+|[^\s<>"'/@=&;]+@[^\s<>"'@=&;]+)>""",
    re.I | re.X,
)
"""The edges of what is no text, and addresses between angle brackets."""
_MAIL_END = re.compile(r"""@[^\s<>"'@=&;]+>""")
"""How an address of mail between angle brackets ends: few pages have one, and an ``@`` is found fast."""


def escape_addresses(text: str) -> tuple[str, int]:
    """Return HTML in which addresses between angle brackets are text (``&lt;ann@example.org&gt;``), and how many there were.

    People quote mail headers and write addresses so. A browser takes them for elements that it does not know and shows nothing.
    Comments, scripts and the like stay as they are. Time is linear.
    """
    if not (_MAIL_END.search(text) or "<http" in text or "<www." in text):
        return text, 0
    parts: list[str] = []
    at = count = 0
    inside = ""
    for found in _ADDRESSES.finditer(text):
        comment, end, slash, name, address = found.groups()
        edge = "--" if comment or end else (name or "").lower()
        if address and not inside:
            parts += (text[at : found.start()], f"&lt;{address}&gt;")
            at, count = found.end(), count + 1
        elif edge and not inside and not end and not slash:
            inside = edge
        elif edge == inside and (end or slash):
            inside = ""
    return ("".join((*parts, text[at:])), count) if count else (text, 0)
