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

_HINT = re.compile(r"^ {0,3}<(?:div|figure|dl)[ >][^\n]*(?:\]\(|`|\*\*|</(?:div|figure)>[^\s<])", re.M)
_OPEN_HINT = re.compile(r"^ {0,3}<(?=[^\n]*[\" ]wp-block-)(?:/?(?:div|figure)[^<>\n]*><)*(?:div|figure)[^<>\n]*>[^\s<]", re.M)
_ITEM = re.compile(r"(?:\A|(?<=>))- <figure(?:\s[^<>]*)?>(\[?!\[[^<>]*)(?:<figcaption[^<>]*>(.*)</figcaption>)?</figure>\Z")
"""A picture of a gallery, which is a list, and its caption."""
_NOTHING = re.compile(r" {0,3}(?:<div>(?:[ \t\xa0]|&nbsp;)*</div>)+(?=[^\s<])")
"""Boxes of nothing, straight before a text."""
_TAG_LINE = re.compile(r" {0,3}(?:</?(?:div|figure|figcaption)(?:\s[^<>]*)?>)+")
_BOX_TAG = re.compile(r"<(/?)(div|figure|figcaption)((?:\s[^<>]*)?)>", re.I)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPAQUE = re.compile(r"<(pre|script|style|textarea)[\s>]|\{%-?\s{0,9}(highlight|codeblock|raw)\b|<!--", re.I)
_PART = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
"""Code, or a tag."""
_THEIRS = re.compile(r"""class="(?:[^"]*\s)?(?:wp-|gallery|align|size-)""")
"""Classes that WordPress gives to its boxes."""
_BLOCK = re.compile(r"""\sclass="(?:[^"]*\s)?wp-block-""")
_MEANT = re.compile(r"""\sid=(?!["']?(?:attachment_|caption-attachment-|figcaption_|gallery-)\d)|\s(?:on[a-z]+|markdown)=""", re.I)
"""Attributes that something leads to or that act; the ids are not those that WordPress counts."""
_ONLY_BREAKS = re.compile(r"(?:\s|</?br\b[^<>]*>)*")

_BOXES: Final = frozenset({"div", "figure", "figcaption", "p", "dl", "dt", "dd"})
_INLINES: Final = frozenset(
    "a abbr b br cite code del em i img ins kbd mark q s small span strike strong sub sup time u var".split()
)
"""What may stand in the line besides."""
_PLAYERS: Final = frozenset({"iframe", "audio", "video", "source", "track", "object", "param", "embed", "script"})
"""What may stand there too where it holds no text."""
_IN_TABLES: Final = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})


def without_boxes(text: str) -> tuple[str, int]:
    """Return the Markdown ``text`` without the boxes that stand in one line with Markdown, and in how many lines they began."""
    if "</div>" not in text and "</figure>" not in text and "</dl>" not in text:
        return text, 0
    text, count = _without_line_boxes(text) if "- <figure" in text or _HINT.search(text) else (text, 0)
    if "wp-block-" in text and _OPEN_HINT.search(text):
        text, more = _without_open_boxes(text)
        count += more
        if more and _HINT.search(text):  # boxes that stood behind the end of such a box
            text, more = _without_line_boxes(text)
            count += more
    return text, count


def _item(line: str) -> list[str]:
    """Return ``line`` with the picture of a gallery that it ends with, and that one's caption; nothing when it is no such line."""
    at = line.rfind("- <figure")
    found = _ITEM.search(line, max(at - 1, 0)) if at >= 0 else None
    if found is None:
        return []
    picture, caption = found[1], (found[2] or "").strip()
    return [f"{line[: found.start()]}- {picture}", *([f"  {caption}"] if caption else [])]


def _without_line_boxes(text: str) -> tuple[str, int]:
    """Take away boxes that begin and end in one line."""
    lines = text.split("\n")
    inside = ""
    count = 0
    for number, line in enumerate(lines):
        inside, was = opaque(line, inside), inside
        if inside or was:
            continue
        if parts := _item(line) if "- <figure" in line else []:
            lines[number] = "\n\n".join(parts)
            count += 1
        elif _HINT.match(line) and (parts := _parts(line)):
            lead = "\n" if number and lines[number - 1].strip() else ""
            lines[number] = lead + "\n\n".join(parts)
            count += 1
    return "\n".join(lines), count


def opaque(line: str, inside: str) -> str:
    """Return what ends the code or comment that is open after ``line``, when ``inside`` ends the one before it; nothing when none is."""
    if inside[:1] in ("`", "~"):
        mark = _FENCE.match(line)
        return "" if mark and mark[1].startswith(inside) and not line.strip().strip(inside[0]) else inside
    if not inside and (mark := _FENCE.match(line)):
        return mark[1]
    at = 0
    lower = line.lower()
    while True:
        if inside:
            at = lower.find(inside, at)
            if at < 0:
                return inside
        opener = _OPAQUE.search(line, at)
        if opener is None:
            return ""
        at = opener.end()
        tag, code = (opener[1] or "").lower(), (opener[2] or "").lower()
        inside = f"</{tag}>" if tag else f"end{code}" if code else "-->"


def _parts(line: str) -> list[str]:
    """Return what stands in the boxes of ``line`` and after them; nothing when it holds anything but such boxes."""
    if nothing := _NOTHING.match(line):
        return _parts(line[nothing.end() :]) or [line[nothing.end() :]]
    if not _THEIRS.search(line):
        return []
    opened: list[str] = []
    edges: list[tuple[int, int]] = []
    for found in _PART.finditer(line):
        name, closes = (found[3] or "").lower(), bool(found[2])
        in_table = bool(opened) and opened[-1] == "table"
        if not name or name in _INLINES or (in_table and name in _IN_TABLES):
            continue
        if name in _PLAYERS:
            if not closes and not line.startswith("<", found.end()):
                return []  # text that only some browsers show
            edges += [(found.end(), found.end())] if closes and _begins(line, edges) else []
            continue
        if (name not in _BOXES and name != "table") or (in_table and not closes) or _MEANT.search(found[4]):
            return []
        if closes and (not opened or opened.pop() != name):
            return []
        if not closes:
            opened.append(name)
        edges.append(found.span() if name != "table" else (found.end(),) * 2 if closes else (found.start(),) * 2)
    return [part for part in _pieces(line, edges) if not _ONLY_BREAKS.fullmatch(part)] if not opened else []


def _begins(line: str, edges: list[tuple[int, int]]) -> bool:
    """Whether what stands behind the last of the ``edges`` begins with a tag."""
    return line.startswith("<", edges[-1][1] if edges else 0)


class _Box:
    """A box that is open: where its tag stands, and whether it goes."""

    __slots__ = ("goes", "line", "name", "span")

    def __init__(self, name: str, line: int, span: tuple[int, int], goes: bool) -> None:
        self.name = name
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
                goes = head is not None and before_text and _goes(found[3], bool(opened) and opened[-1].goes)
                opened.append(_Box(found[2].lower(), number, found.span(), goes))
            elif opened and opened[-1].name != found[2].lower():
                return text, 0
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


def _goes(attributes: str, inside: bool) -> bool:
    """Whether a box of these ``attributes`` goes: the block editor's, and all ``inside`` one that goes."""
    return (inside or _BLOCK.search(attributes) is not None) and not _MEANT.search(attributes)


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
    return [part for part in _pieces(line, sorted(spans)) if part]


def _pieces(line: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return what stands before, between and behind the ``spans`` of ``line``, without blanks before it."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(line)]
    return [line[start:end].lstrip() for start, end in zip(starts, ends, strict=True)]
