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
_OPEN_HINT = re.compile(r"^ {0,3}(?:</?(?:div|figure)[^<>\n]*>)*<(?:div|figure)[^<>\n]* class=\"wp-block-[^<>\n]*>[^\s<]", re.M)
_TAG_LINE = re.compile(r" {0,3}(?:</?(?:div|figure|figcaption)(?:\s[^<>]*)?>)+")
_BOX_TAG = re.compile(r"<(/?)(div|figure|figcaption)((?:\s[^<>]*)?)>", re.I)
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
    """Return the Markdown ``text`` without the boxes that stand in one line with Markdown, and in how many lines they began."""
    if ' class="' not in text:
        return text, 0
    text, count = _without_line_boxes(text) if _HINT.search(text) else (text, 0)
    if "wp-block-" in text and _OPEN_HINT.search(text):
        text, more = _without_open_boxes(text)
        count += more
    return text, count


def _without_line_boxes(text: str) -> tuple[str, int]:
    """Take away boxes that begin and end in one line."""
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


class _Box:
    """A box that is open: where its tag stands, and whether it goes."""

    __slots__ = ("goes", "line", "span")

    def __init__(self, line: int, span: tuple[int, int], goes: bool) -> None:
        self.line = line
        self.span = span
        self.goes = goes


def _without_open_boxes(text: str) -> tuple[str, int]:
    """Take away the block editor's boxes that end in a later line, where Markdown stands straight behind the tag."""
    lines = text.split("\n")
    opened: list[_Box] = []
    gone: dict[int, list[tuple[int, int]]] = {}
    inside = ""
    for number, line in enumerate(lines):
        head = _TAG_LINE.match(line) if not inside else None
        was, inside = inside, opaque(line[head.end() :] if head else line, inside)
        tags = list(_BOX_TAG.finditer(line)) if not was else []
        for found, before_text in zip(tags, _stand_before_text(line, tags), strict=True):
            if not found[1]:
                opened.append(_Box(number, found.span(), head is not None and before_text and _goes(found[3])))
            elif opened and (box := opened.pop()).goes:
                gone.setdefault(box.line, []).append(box.span)
                gone.setdefault(number, []).append(found.span())
    return _removed(lines, gone) if not opened else (text, 0)


def _stand_before_text(line: str, tags: list[re.Match[str]]) -> list[bool]:
    """Return for each tag whether text stands straight behind it, or behind the tags that begin there."""
    answers: list[bool] = []
    for place in range(len(tags) - 1, -1, -1):
        end = tags[place].end()
        behind = line[end : end + 1]
        next_tag = tags[place + 1] if behind == "<" and place + 1 < len(tags) else None
        nested = next_tag is not None and next_tag.start() == end and not next_tag[1] and answers[-1]
        answers.append(nested or behind not in ("", " ", "\t", "<"))
    return answers[::-1]


def _goes(attributes: str) -> bool:
    return ' class="wp-block-' in attributes and not _MEANT.search(attributes)


def _removed(lines: list[str], gone: dict[int, list[tuple[int, int]]]) -> tuple[str, int]:
    """Return the text of ``lines`` without these tags, each the edge of a paragraph, and in how many lines they stood."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        parts = _between(line, gone[number]) if number in gone else [line]
        if number in gone and parts and number and lines[number - 1].strip():
            kept.append("")
        if parts:
            kept.append("\n\n".join(parts))
    return "\n".join(kept), len(gone)


def _between(line: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return what stands in ``line`` between these tags, and before and after them."""
    spans = sorted(spans)
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(line)]
    parts = (line[start:end].lstrip() for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part]
