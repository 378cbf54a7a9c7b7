"""HTML that Markdown cannot say, written so that a Markdown engine passes it through untouched."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.commonmark import BLOCK_NAMES
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.params import is_said_again
from wpmigrate.normalizer.styles import PRESENTATIONAL, class_alignment, meaningful, stands_alone
from wpmigrate.wordpress.pictures import captioned

__all__ = ["INSTRUCTION", "NUMBERED_LINE", "PLAYER_SAYS", "SPLITS_PAGE", "VOID", "box_tag", "instruction", "kept_comment", "open_tag", "raw_block", "raw_html", "raw_inline", "unwritable"]

VOID: Final = frozenset(
    "area base br col embed hr img input keygen link meta param source track wbr".split()
)
"""Elements without an end tag: https://html.spec.whatwg.org/#void-elements"""

INSTRUCTION: Final = "-instruction"
"""What we call a node without a tag: ``<?php … ?>``."""

SPLITS_PAGE: Final = re.compile(r"(?:more\b|nextpage\b|noteaser\b|wp:(?:core/)?block\b)", re.I)
"""Comments that WordPress reads: where a page or its teaser ends, and which reusable block (that is missing) it shows."""

_SAVED_PHP = re.compile(r"\?\w+\s.*\?", re.DOTALL)
"""What browsers make of ``<?php … ?>``."""

_RAW_TEXT: Final = frozenset({"script", "style", "iframe", "noembed", "noframes"})
_KEEP_LINES: Final = frozenset({"pre", "textarea", "code", "tt", "samp"})
_OPENS_LINES: Final = re.compile(r"<(?:pre|textarea)[ >]")
_LIKE_PRE: Final = frozenset({"listing", "xmp", "plaintext"})
"""What HTML had before ``pre``; the text of two of them could not hold a reference for a line end."""
_URLS: Final = frozenset({"href", "src", "data", "poster", "action"})
_OURS: Final = frozenset({"data-wp-block", "data-wpm", "data-wpm-alone", "data-wpm-code", "data-wpm-player", "data-wpm-source"})
"""Notes from one pass to the next."""
_NOTES = re.compile(r'<(?:a|wpm-link) data-wpm="\w+"(?: data-wpm-alone="1")? href="[^"]*">([^<]*)</(?:a|wpm-link)>| data-wpm-code="\d+"')
"""The same where they have come into a text: of a script whose start nothing but a parser finds."""
_SIZED: Final = frozenset({"img", "canvas", "applet"})
"""Elements whose size is part of what they show."""
_DRAWN: Final = frozenset(
    """animate animateTransform circle clipPath defs ellipse feBlend feColorMatrix feFlood feGaussianBlur feOffset filter foreignObject g
    image line linearGradient marker mask path pattern polygon polyline radialGradient rect stop svg switch symbol text textPath tspan use
    math mpadded mspace mtable mtd mtr""".split()
)
"""Elements of drawings and formulas, whose looks are their content."""
_LOOKS: Final = frozenset({*PRESENTATIONAL, "style", "width", "height", "nowrap"})
_IMAGE_LOOKS: Final = _LOOKS - {"width", "height", "align"}
"""What only says how an image looks: its size and its side are content, as in the record of one that Markdown says."""
_PLAYERS: Final = frozenset("iframe object embed param video audio source track".split())
PLAYER_SAYS: Final = frozenset(
    """src srcdoc width height title allow allowfullscreen name value type data poster controls loop muted autoplay kind srclang
    label default href usemap classid srcset sizes media flashvars""".split()
)
"""What a player needs; its other attributes say how browsers of the past drew it."""
NUMBERED_LINE: Final = re.compile(r"li[12](?:\s|\Z)")
"""The class of a line of code that GeSHi has numbered."""
_TABLE_PARTS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_NO_TAGS: Final = frozenset({"tbody", "colgroup", "col"})
_BOXES: Final = frozenset({"td", "th", "dt", "dd", "li", "div", "form", "details", "fieldset"})
"""Elements whose end ends a line."""
_ON_LINES: Final = frozenset({"p", "div", "table", "ul", "ol", "dl", "blockquote", "form", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that begin a line."""
_BARE: Final = frozenset({"span", "font"})
"""Elements that say nothing without attributes."""

_VERBATIM_BLOCK = re.compile(r"<(?:pre|script|style|textarea)[\s>]")
_VERBATIM_END = re.compile(r"</(?:pre|script|style|textarea)>", re.I)
"""https://spec.commonmark.org/0.31.2/#html-blocks, start and end condition 1."""
_LINKS_APART: Final = frozenset({"td", "th", "caption", "object", "applet", "marquee", "template"})
"""Elements in which a link does not end the one round them: https://html.spec.whatwg.org/#push-onto-the-list-of-active-formatting-elements"""

_BLANK_LINES = re.compile(r"\n[ \t\r\f]*(?=\n)")
_LOST_LINE_ENDS = re.compile(r"(\A[ \t\r\f]*)\n|\n(?=[ \t\r\f]*\n)")
"""Before a blank line, which would end an HTML block, and at the beginning, which may come after another line end."""
_MARKDOWN = re.compile(r"[\\`*_~\[\]]")
_ODD_NAME = re.compile(r"[^A-Za-z0-9_:.\-]")


def open_tag(name: str, attributes: dict[str, str | None], drop: frozenset[str] = frozenset()) -> str:
    """Return ``<name …>`` on one line; attributes whose name HTML could not hold are left out."""
    parts = [name]
    for key, value in attributes.items():
        if key in drop or key in _OURS or _ODD_NAME.search(key):
            continue
        if value is None or value == "":
            parts.append(key if value is None else f'{key}=""')
            continue
        if key in _URLS:
            value = clean_url(value)
        parts.append(f'{key}="{escape(value, quote=False).replace(chr(34), "&quot;").replace(chr(10), "&#10;")}"')
    return "<" + " ".join(parts) + ">"


def box_tag(name: str, attributes: dict[str, str | None]) -> str:
    """Return the start tag of an element whose content is no raw HTML, without what only says how it looks."""
    return open_tag(name, _meaning(name, attributes, True) if attributes else attributes)


def unwritable(attributes: dict[str, str | None]) -> list[str]:
    """Return the names of ``attributes`` that :func:`open_tag` leaves out: words between ``<`` and ``>`` that were meant as text."""
    return [key for key in attributes if _ODD_NAME.search(key)]


def instruction(node: LexborNode) -> str:
    """Return ``<?php … ?>`` on one line.

    HTML ends it at the first ``>``, CommonMark at ``?>``. Where these are not the same it is written as the comment that HTML
    makes of it: https://html.spec.whatwg.org/#parse-error-unexpected-question-mark-instead-of-tag-name
    """
    text = " ".join((node.html or "").split())
    if text.endswith("?>"):
        return text
    return f"<!--{text[1:].removesuffix('>').replace('--', '- -')}-->"


def kept_comment(comment: str) -> str:
    """Return the markup of a comment that means something: where a page is split, or PHP that a browser saved; else nothing."""
    if SPLITS_PAGE.match(comment):
        return f"<!--{comment}-->"
    return f"<!--{' '.join(comment.split())}-->" if _SAVED_PHP.fullmatch(comment) and "--" not in comment else ""


def raw_html(node: LexborNode, *, inline: bool = False) -> str:
    """Return the markup of ``node`` and all below it, without a blank line and without what only says how something looks.

    Line ends in ``pre``, ``textarea`` and code are ``&#10;`` where they would not survive; comments are left out but for ``<!--more-->`` and ``<!--nextpage-->``. ``inline``: no text reads as
    Markdown. No recursion: depth does not matter.
    """
    parts: list[str] = []
    closers: list[str] = []
    keep = 0
    form = -1
    current: LexborNode | None = node
    while current is not None:
        name = current.tag or INSTRUCTION
        if name in _LIKE_PRE:
            name = "pre"
        if name == "-text":
            text = _text(current, keep > 0, inline)
            if keep and text[:5] == "&#10;" and parts and _OPENS_LINES.match(parts[-1]):
                text = "&#10;" + text  # a parser leaves out the first line end
            parts.append(_MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text) if inline else text)
        elif name == "template":
            parts.append(current.html or "")  # what is in it stands in a tree of its own
        elif not name.startswith("-"):
            attributes = current.attributes
            if attributes:
                attributes = _meaning(name, attributes, current is not node)
            shown = name not in _NO_TAGS and (bool(attributes) or not (name in _BARE or (name == "p" and not keep and _says_nothing(current))))
            if name == "param":
                shown = not is_said_again(current)
            if name == "form":
                form = _begin_form(current, parts, closers, form)
            end = name
            if name == "a" and (outer := _link_round(current, node)):
                end = f"a>{outer[:-1]}"  # the link round it, which it ends, begins again after it
                if parts[-1:] == [outer]:
                    parts.pop()
            if shown:
                parts.append(open_tag(name, attributes))
            child = None if name in VOID else current.first_child
            if child is not None:
                keep += name in _KEEP_LINES
                closers.append(end if shown else "")
                current = child
                continue
            if shown and name not in VOID and not (name == "form" and form < len(closers)):
                parts.append(f"</{end}>")
        elif name == INSTRUCTION:
            code = _spelled(current.html or "", True, inline) if keep else instruction(current)
            parts.append(_MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", code) if inline and keep else code)
        elif name == "-comment" and (comment := kept_comment(current.comment_content or "")):
            parts.append(comment)
        current, keep = _next(current, parts, closers, keep)
    return _BLANK_LINES.sub("", "".join(parts)).strip("\n")


def _says_nothing(paragraph: LexborNode) -> bool:
    """Whether an empty ``paragraph`` stands where a line ends in any case: WordPress makes one where it has not understood a tag."""
    if _without_blanks(paragraph.first_child) is not None:
        return False
    after, box = _without_blanks(paragraph.next), paragraph.parent
    return after.tag in _ON_LINES if after is not None else box is not None and box.tag in _BOXES


def _without_blanks(node: LexborNode | None) -> LexborNode | None:
    """Return ``node``, or what comes after it when it is only blanks."""
    while node is not None and node.tag == "-text" and not (node.text_content or "").strip(" \t\n\r\f"):
        node = node.next
    return node


def _begin_form(node: LexborNode, parts: list[str], closers: list[str], last: int) -> int:
    """Return which of ``closers`` ends the form ``node``; end the ``last`` one, as the source did: a parser lets no form begin in another.

    A form between the parts of a table is empty, but holds the fields up to its end tag; that stands where its parent ends.
    """
    if 0 <= last < len(closers) and closers[last][:4] == "form":
        parts.append("</form>")
        closers[last] = closers[last][4:].removeprefix("></")
    if node.child is not None or node.parent is None or node.parent.tag not in _TABLE_PARTS or not closers:
        return len(closers)
    closers[-1] = f"form></{closers[-1]}" if closers[-1] else "form"
    return len(closers) - 1


def _link_round(node: LexborNode, top: LexborNode) -> str:
    """Return the start tag of the link in ``top`` that is open round the link ``node`` and cannot be: a parser lets it through in a table."""
    current = node
    while "href" in node.attributes and current.mem_id != top.mem_id and current.parent is not None:
        current = current.parent
        if current.tag in _LINKS_APART:
            break
        if current.tag == "a" and "href" in current.attributes:
            return open_tag("a", _meaning("a", current.attributes, True), frozenset({"id", "name"}))
    return ""


def _meaning(name: str, attributes: dict[str, str | None], inside: bool) -> dict[str, str | None]:
    """Return the attributes that say more than how something looks; ``inside``: the element stands in another, where nobody names its anchor."""
    if name in _PLAYERS:
        return {key: value for key, value in attributes.items() if key in PLAYER_SAYS or (inside and key == "id")}
    if name in _DRAWN:
        return attributes
    looks = _IMAGE_LOOKS if name in _SIZED else _LOOKS
    kept = {key: value for key, value in attributes.items() if key not in looks}
    if name == "img" and (side := class_alignment(attributes)):
        kept["class"] = side
    if name == "dl" and (kind := captioned(attributes.get("class") or "")):
        kept["class"] = kind  # an image with its caption, no list of definitions
    if name == "li" and NUMBERED_LINE.match(attributes.get("class") or ""):
        kept["class"] = attributes["class"]  # in code it is a line, no item
    style = _said_by(name, attributes.get("style") or "")
    kept.pop("style", None)
    return {**kept, "style": style} if style else kept


def _said_by(name: str, style: str) -> str:
    """Return what a ``style`` says that means something; of a ``span`` also that it stands on lines of its own."""
    said = meaningful(style)
    return ";".join(filter(None, (said, "display:block"))) if name == "span" and style and stands_alone(style) else said


def _next(
    node: LexborNode, parts: list[str], closers: list[str], keep: int
) -> tuple[LexborNode | None, int]:
    """Return what comes after ``node``, closing the elements that end on the way."""
    current: LexborNode | None = node
    while closers and current is not None:
        if current.next is not None:
            return current.next, keep
        name = closers.pop()
        keep -= name in _KEEP_LINES
        if name:
            parts.append(f"</{name}>")
        current = current.parent
    return None, keep


def _text(node: LexborNode, keep: bool, inline: bool) -> str:
    value = node.text_content or ""
    parent = node.parent
    if "data-wpm" in value:
        value = _NOTES.sub(r"\1", value)
    if parent is not None and parent.tag in _RAW_TEXT:
        return value
    return _spelled(value, keep, inline)


def _spelled(text: str, keep: bool, inline: bool) -> str:
    value = escape(text, quote=False).replace("\xa0", "&nbsp;")
    if not keep or "\n" not in value:
        return value
    return value.replace("\n", "&#10;") if inline else _LOST_LINE_ENDS.sub(r"\1&#10;", value)


def raw_inline(node: LexborNode) -> str:
    """Return :func:`raw_html` of ``node`` for a line of text: on one line, and its text no Markdown."""
    return " ".join(raw_html(node, inline=True).split("\n"))


def raw_block(node: LexborNode) -> str:
    """Return :func:`raw_html` of ``node`` such that it begins an HTML block of CommonMark.

    A name outside CommonMark's list begins one only when its start tag stands alone on the first line.
    """
    text = raw_html(node)
    name = node.tag or ""
    if _ends_early(text):
        return f"<div>\n{text}\n</div>"
    if name in BLOCK_NAMES or name in _LIKE_PRE:
        return text
    end = _tag_end(text)
    return text[:end] + "\n" + text[end:].lstrip("\n") if end < len(text) else text


def _ends_early(text: str) -> bool:
    """Whether CommonMark ends this HTML block before its last line: code and scripts end at the first end tag of any of them."""
    if "\n" not in text or not _VERBATIM_BLOCK.match(text):
        return False
    end = _VERBATIM_END.search(text)
    return end is not None and "\n" in text[end.end() :]


def _tag_end(text: str) -> int:
    quoted = False
    for index, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == ">" and not quoted:
            return index + 1
    return len(text)
