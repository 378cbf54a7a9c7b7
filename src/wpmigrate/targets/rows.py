"""What several builders share: the careful dialect, and hazards of the engines. Each row was built with the real builder."""

from __future__ import annotations

from typing import Final

import msgspec

from wpmigrate.targets.dialect import Dialect, Hazard

__all__ = ["CAREFUL", "DEFINITION_LIST", "KRAMDOWN", "PYTHON", "PYTHON_MARKDOWN", "SHORTCODE", "SHORTCODES"]

_ODD_URL: Final = r"[ <>\"\\`()\x00-\x1f{}|^]|%(?![0-9A-Fa-f]{2})"
"""goldmark and markdown-it make ``%3O`` ``%253O``; Python-Markdown keeps angle brackets in the address."""

CAREFUL: Final = Dialect(
    verbatim=False,
    list_indent="four",
    url_tags=_ODD_URL,
    backslashes="\\`*_{}[]()#+-.!>|",
    definitions="any",
)
"""What every builder reads alike: four-column lists, few characters behind backslashes, odd addresses in tags."""

SHORTCODE: Final = r"\{\{[<%]"
"""What Hugo and Nikola take for a shortcode of theirs, in code too."""

SHORTCODES: Final = (
    Hazard(r"\{(?=\{[<%])", "text", "&#123;", "a shortcode, and an unknown one fails the build"),
    Hazard(r"\{(?=\{[<%])", "html", "&#123;", "a shortcode, and an unknown one fails the build"),
)
"""Shortcodes of Hugo and Nikola."""

DEFINITION_LIST: Final = Hazard(
    r":(?=[ \t])", "line", "&#58;", "a definition list; the line above becomes its term"
)
ABBREVIATION: Final = Hazard(r"\*(?=\[)", "line", "\\*", "`*[x]: …` defines an abbreviation and is not shown")

KRAMDOWN: Final = (
    Hazard(r"\|", "text", "\\|", "a line with a pipe is a table"),
    Hazard(r"\$(?=\$)", "text", "&#36;", "a formula"),
    Hazard(r"\{(?=:)", "text", "\\{", "attributes of what stands before it"),
    Hazard(r"\A\^", "text", "&#94;", "`[^x](…)` is no link"),
    DEFINITION_LIST,
    ABBREVIATION,
)
"""What kramdown sees where CommonMark sees text."""

KRAMDOWN_SPANS: Final = (
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc ruby samp"
    " select small span strong sub sup tt u var"
)
"""Elements that kramdown puts into paragraphs, with Markdown in them; it shows the tags of a table in there as text."""

GREEDY_HASHES: Final = Hazard(r"#(?=[^\s#])", "line", "\\#", "a heading, also without a blank after it")

PYTHON_MARKDOWN: Final = (
    GREEDY_HASHES,
    Hazard(r"\{", "text", "\\{", "attributes of the line that it ends"),
    Hazard(r"\t", "pre", "&#9;", "tabs become blanks"),
)
"""What Python-Markdown sees where CommonMark sees text."""

PYTHON_EXTRA: Final = (DEFINITION_LIST, ABBREVIATION)
"""What its bundle ``extra`` adds."""

_BLOCKS: Final = (
    "address article aside blockquote details div dl fieldset figcaption figure footer form h[1-6] header hr iframe main math"
    " map menu nav noscript object ol p pre script section style table textarea ul video"
)
"""Elements that Python-Markdown leaves alone as blocks; others it puts into paragraphs, with Markdown in them."""

PYTHON: Final = msgspec.structs.replace(
    CAREFUL,
    engine="python-markdown",
    extensions=("extra",),
    heading_ids="braces",
    heading_tags=r"[{}]",
    emphasis="greedy",
    list_starts=False,
    list_holds=frozenset({"Paragraph", "List", "Blockquote", "Table"}),
    lists_apart="any",
    empty_item="html",
    task_items="text",
    deletions="html",
    code_tags=r"\t",
    span_tags=r"\A\s|\s\Z|[\t`\\|]",
    titles="entity",
    unicode_edges=False,
    html_begins=rf"<(?:!--|(?:{_BLOCKS.replace(' ', '|')})[\s/>])",
    balanced_html=True,
    hazards=PYTHON_MARKDOWN + PYTHON_EXTRA,
)
"""Python-Markdown with its bundle ``extra``. It is proven with itself, so what is not said here becomes HTML page by page."""
