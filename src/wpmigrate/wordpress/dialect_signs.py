"""What speaks for Markdown and for HTML in a body, row by row, and who writes Markdown; :mod:`~wpmigrate.wordpress.dialect` weighs it."""

from __future__ import annotations

import re

__all__ = ["CONFIRMING_SIGNS", "LEADING_SIGNS", "MARKUP_SIGNS", "TRANSLATORS", "Sign", "names"]

Sign = tuple[tuple[str, ...], re.Pattern[str], float, float, str]
"""Hints, the pattern, points a match, at most, why. The first hint is the rarest character of the others, looked for first
because that is twenty times as fast; then one of the others must be in the text for the pattern to be worth a try."""


def names(words: str) -> frozenset[str]:
    """Return the names in ``words``."""
    return frozenset(words.split())


LEADING_SIGNS: tuple[Sign, ...] = (
    (
        ("]", "]("),
        re.compile(r"\]\([ \t]{0,4}<?(?:[a-z]{3,6}:|[/#.{]|[\w%-]{1,80}[./]\w)", re.I),
        3.0,
        30.0,
        "a link or an image: nobody types this by chance",
    ),
    (
        ("]", "]:"),
        re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{1,4}<?(?:[a-z]{3,6}:|[/#.])", re.I | re.M),
        3.0,
        30.0,
        "the definition of a link",
    ),
    (
        ("#", "\n##"),
        re.compile(r"\n[ \t]{0,20}\n##{1,5}[ \t]{1,4}\S"),
        2.0,
        8.0,
        "a heading after a blank line; a comment in a shell script seldom has two marks",
    ),
    (
        ("#", "\n# "),
        re.compile(r"\n[ \t]{0,20}\n#[ \t]{1,4}\S"),
        1.0,
        2.0,
        "a heading, or a comment of a script",
    ),
    (
        ("=", "\n==="),
        re.compile(r"\n[ \t]{0,20}\n[^\s<=].{0,200}\n={3,}[ \t]{0,20}(?:\n|\Z)"),
        2.0,
        4.0,
        "an underlined heading",
    ),
    (
        ("%", "{% "),
        re.compile(r"\{% (?:highlight|codeblock)"),
        1.5,
        3.0,
        "Jekyll's code, in a page written or edited for Jekyll",
    ),
    (
        ("*", "**"),
        re.compile(r"\*\*[^\s*][^*\n]{0,300}\*\*"),
        1.5,
        2.5,
        "strong, or the shouting of a plain text",
    ),
    (
        ("`", "`"),
        re.compile(r"`(?<!``)[^`\s][^`\n]{0,200}`(?!`)"),
        1.0,
        3.0,
        "code, or a command between backquotes",
    ),
    (
        ("|", "-|", "- |", ":|", ": |"),
        re.compile(r"\n\|?[ \t]{0,9}:?-{2,200}:?[ \t]{0,9}(?:\|[ \t]{0,9}:?-{1,200}:?[ \t]{0,9})+\|?[ \t]{0,9}(?:\n|\Z)"),
        3.0,
        6.0,
        "the line under the head of a table",
    ),
    (
        ("^", "\n[^"),
        re.compile(r"\n\[\^[^\]\s]{1,60}\]:[ \t]"),
        2.0,
        4.0,
        "the text of a footnote",
    ),
    (
        ("{", "{{< ", "{{% "),
        re.compile(r"\n\{\{[<%] /?[a-z]"),
        1.5,
        3.0,
        "Hugo's shortcodes, in a page written or translated for Hugo",
    ),
    (
        ("\\", "\n\\", "\\. ", "\\) "),
        re.compile(r"\n {0,3}(?:\\[-+*#>](?=[ \t\\])|\d{1,9}\\[.)](?=[ \t]))"),
        1.5,
        6.0,
        "a mark at the beginning of a line that is escaped, as translators from HTML do",
    ),
)
"""What speaks for Markdown, looked for outside of code. Without one of them a text is not Markdown."""

CONFIRMING_SIGNS: tuple[Sign, ...] = (
    (
        ("-", "\n---"),
        re.compile(r"\n[ \t]{0,20}\n[^\s<>-].{0,200}[^>\n]\n-{3,}[ \t]{0,20}(?:\n|\Z)"),
        1.0,
        2.0,
        "an underlined heading, or a line under a paragraph",
    ),
    (
        ("*", " *", "\n*", "(*"),
        re.compile(r"\*(?<![\w*]\*)[^\s*][^*\n]{0,200}\*(?![\w*])"),
        0.5,
        1.5,
        "emphasis, or a footnote's mark",
    ),
    (
        ("_", " _", "\n_", "(_"),
        re.compile(r"_(?<![\w/.]_)[^\W_](?:[^_\n]{0,200}[^\W_][.,!?]?)?_(?![\w_])"),
        0.5,
        1.5,
        "emphasis, or a name with underscores",
    ),
    (
        ("\n", "\n* ", "\n- ", "\n+ ", "1. "),
        re.compile(r"\n[ \t]{0,20}\n {0,3}(?:[*+-]|\d{1,3}\.)[ \t]{1,4}\S"),
        0.5,
        1.5,
        "a list, which people also type in plain text",
    ),
    ((">", "\n>"), re.compile(r"\n[ \t]{0,20}\n> ?\S"), 1.0, 2.0, "a quotation, or a mail"),
    (
        ("\\", "\\_", "\\*"),
        re.compile(r"(?<![\\:\w])\\[*_](?=[\w\\*])|(?<=[a-z0-9])\\_(?=[a-z0-9])"),
        0.5,
        2.0,
        "an escaped mark of emphasis, or a folder of Windows",
    ),
)
"""What speaks for Markdown too, but is often typed in plain texts."""

MARKUP_SIGNS: tuple[tuple[frozenset[str], float, str], ...] = (
    (frozenset({"p"}), 2.0, "a paragraph: Markdown makes them by itself"),
    (
        names("br strong em b i h1 h2 h3 h4 h5 h6 ul ol blockquote"),
        1.0,
        "what Markdown has a mark for",
    ),
    (frozenset({"a"}), 0.5, "a link; migrated Markdown keeps many of them"),
    (frozenset({"li"}), 0.25, "an item; its list has counted"),
)
"""What speaks for HTML: elements, points for each, why. Other elements say nothing."""

TRANSLATORS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (names("guid permalink layout"), names("wordpress_id wordpress_url"), "the Jekyll exporter that is a plugin of WordPress"),
    (names("type url"), names("layout guid meta status wordpress_id"), "the Hugo exporter, its brother"),
    (names("post_id parent_post_id guid"), names("wordpress_id"), "wp2hugo"),
    (names("post_format status type"), names("wordpress_id meta"), "the Gatsby exporter that is a plugin of WordPress"),
    (names("wordpress_id layout"), names("wordpress_url published status meta"), "exitwp"),
)
"""Exporters that translate bodies to Markdown: keys that their front matter has, keys that it never has, who it is. HTML that they
cannot say in Markdown they leave, and some indent what is in it. No row names a key that every page has (title, date, author): those
are fields of an entry, and not among its metadata."""
