"""What deserves a look before a migration: a table of patterns, with what wpmigrate does about each. Pure."""

from __future__ import annotations

import re

import msgspec

__all__ = ["HAZARDS", "Hazard"]


class Hazard(msgspec.Struct, frozen=True):
    """One thing to look for in a body."""

    name: str
    """What the census calls it."""
    hints: tuple[str, ...]
    """One of these must be in the lower-cased body for the pattern to be worth a try; empty: always."""
    pattern: re.Pattern[str]
    """What it looks like; linear in the length of the body."""
    note: str
    """What wpmigrate does, and what to look at."""


def _row(name: str, hints: str, pattern: str, note: str) -> Hazard:
    return Hazard(name, tuple(hints.split()), re.compile(pattern, re.I), note)


HAZARDS: tuple[Hazard, ...] = (
    _row(
        "links by id (?p=, ?page_id=)",
        "?p= ?page_id= &p=",
        r"""href\s{0,9}=\s{0,9}["']?[^\s"'<>?]{0,500}\?(?:[^\s"'<>]{0,200}&(?:amp;)?)?(?:p|page_id)=\d""",
        "rewritten when the page is in the batch, else kept: they lead nowhere on a new site",
    ),
    _row(
        "javascript: links",
        "javascript:",
        r"""href\s{0,9}=\s{0,9}["']?\s{0,9}javascript:""",
        "their text stays, the script does not",
    ),
    _row(
        "links without an address",
        "href",
        r"""href\s{0,9}=\s{0,9}(?:""|'')""",
        "kept as links that lead nowhere",
    ),
    _row(
        "line breaks or blanks in addresses",
        "href src",
        r"""(?:href|src)\s{0,9}=\s{0,9}(?:"[^"<>\s]{0,500}\s[^"<>]{0,500}"|'[^'<>\s]{0,500}\s[^'<>]{0,500}')""",
        "removed, or written %20",
    ),
    _row(
        "images inside the page (data:)",
        "data:image",
        r"""src\s{0,9}=\s{0,9}["']?data:image""",
        "kept: large files",
    ),
    _row("raw PHP", "<?", r"<\?(?:php|=|\s)", "text in code, kept as HTML elsewhere: it never runs"),
    _row("ASP or ERB tags", "<%", r"<%", "kept as text"),
    _row(
        "Liquid",
        "{% {{",
        r"\{%-?\s{0,9}\w|\{\{[^{}\n]{1,200}\}\}",
        "highlight becomes code, the rest is kept: a Jekyll site would run it",
    ),
    _row(
        "cells that span (colspan, rowspan)",
        "span=",
        r"<t[dh][^<>]{0,500}(?:col|row)span",
        "the table is kept as HTML",
    ),
    _row(
        "iframe, object, embed",
        "<iframe <object <embed",
        r"<(?:iframe|object|embed)\b",
        "kept as HTML: look whether they still work",
    ),
    _row("forms", "<form", r"<form\b", "kept as HTML: nothing answers them on a static site"),
    _row("scripts", "<script", r"<script\b", "kept as HTML"),
    _row(
        "event handlers (onclick …)",
        " on",
        r"<[a-z][^<>]{0,500}\son[a-z]{3,20}\s{0,9}=",
        "kept only where the element is kept as HTML",
    ),
    _row("style sheets", "<style", r"<style\b", "dropped, with a notice"),
    _row("<!--nextpage-->", "nextpage", r"<!--\s{0,9}nextpage", "kept: the pages of an entry become one"),
    _row("conditional comments of Internet Explorer", "<!--[if", r"<!--\[if", "dropped, with a notice"),
    _row("Word's markup", "mso", r"MsoNormal|mso-[a-z]|<o:p", "decoration is dropped, with a notice"),
    _row(
        "mathematics",
        "latex $$ <math",
        r"\$latex\s|\[latex|\$\$|<math\b",
        "kept as it is: needs a renderer on the new site",
    ),
    _row("control characters of Windows-1252", "", "[\x80-\x9f]", "repaired, with a notice"),
    _row(
        "UTF-8 read as Latin-1 (Ã©)",
        "ã â",
        "Ã[\x80-\xbf]|â\x80[\x90-\xbf]|â€",
        "repaired where it is certain, with a notice",
    ),
    _row("invisible characters", "", "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "kept"),
    _row("lost characters (U+FFFD)", "\ufffd", "\ufffd", "kept: they were lost before the export"),
)
"""In order of what they cost."""
