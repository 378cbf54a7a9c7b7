"""Markdown inside the boxes of HTML that translators leave round pictures.

Exporters that translate bodies element by element (League's HTMLToMarkdown in the Jekyll exporter) keep what Markdown has no word
for, such as ``figure``, in the line of the Markdown that they make of its content:
``<div class="wp-block-image"><figure>![](u)<figcaption>c</figcaption></figure></div>Text``. To a Markdown engine such a line is HTML
to its end, so that picture, caption and text would show as they stand. Without the boxes, each is a paragraph, as it was in WordPress.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["opaque", "without_boxes"]

_HINT = re.compile(r"^ {0,3}<(?:div|figure|dl) [^\n]*(?:\]\(|`|\*\*)", re.M)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPAQUE = re.compile(r"<(pre|script|style|textarea)[\s>]|\{%-?\s{0,9}(highlight|codeblock|raw)\b|<!--", re.I)
_PART = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
"""Code, or a tag."""
_THEIRS = re.compile(r"""class="(?:[^"]*\s)?(?:wp-|gallery|align|size-)""")
"""Classes that WordPress gives to its boxes."""
_MEANT = re.compile(r"""\sid=(?!["']?(?:attachment_|caption-attachment-|figcaption_|gallery-)\d)|\s(?:on[a-z]+|markdown)=""", re.I)
"""Attributes that something leads to or that act; the ids are not those that WordPress counts."""
_ONLY_BREAKS = re.compile(r"(?:\s|</?br\b[^<>]*>)*")

_BOXES: Final = frozenset({"div", "figure", "figcaption", "p", "dl", "dt", "dd"})
_INLINES: Final = frozenset(
    "a abbr b br cite code del em i img ins kbd mark q s small span strike strong sub sup time u var".split()
)
"""What may stand in the line besides."""


def without_boxes(text: str) -> tuple[str, int]:
    """Return the Markdown ``text`` with the boxes of pictures taken away where they stand in one line with Markdown, and how many lines."""
    if ' class="' not in text or _HINT.search(text) is None:
        return text, 0
    lines = text.split("\n")
    inside = ""
    count = 0
    for number, line in enumerate(lines):
        inside, was = opaque(line, inside), inside
        if not inside and not was and _HINT.match(line) and (parts := _parts(line)):
            lead = "\n" if number and lines[number - 1].strip() else ""
            lines[number] = lead + "\n\n".join(parts)
            count += 1
    return "\n".join(lines), count


def opaque(line: str, inside: str) -> str:
    """Return what ends the code or comment that is open after ``line``, when ``inside`` ends the one before it; nothing when none is."""
    if inside[:1] in ("`", "~"):
        mark = _FENCE.match(line)
        return "" if mark and mark[1].startswith(inside) and not line.strip().strip(inside[0]) else inside
    if inside:
        return inside if line.lower().find(inside) < 0 else ""
    if mark := _FENCE.match(line):
        return mark[1]
    openers = list(_OPAQUE.finditer(line))
    if not openers:
        return ""
    opener = openers[-1]
    tag, code = (opener[1] or "").lower(), (opener[2] or "").lower()
    closer = f"</{tag}>" if tag else f"end{code}" if code else "-->"
    return closer if line.lower().find(closer, opener.end()) < 0 else ""


def _parts(line: str) -> list[str]:
    """Return what stands in the boxes of ``line`` and after them; nothing when it holds anything but such boxes."""
    if not _THEIRS.search(line):
        return []
    opened: list[str] = []
    parts: list[str] = []
    at = 0
    for found in _PART.finditer(line):
        name = (found[3] or "").lower()
        if not name or name in _INLINES:
            continue
        if name not in _BOXES or _MEANT.search(found[4]) or (found[2] and (not opened or opened.pop() != name)):
            return []
        if not found[2]:
            opened.append(name)
        parts.append(line[at : found.start()])
        at = found.end()
    parts.append(line[at:])
    kept = [part.lstrip() for part in parts if not _ONLY_BREAKS.fullmatch(part)]
    return kept if not opened else []
