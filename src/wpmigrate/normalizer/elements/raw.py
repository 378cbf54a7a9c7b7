"""What stays HTML because Markdown has no way to say it, and what is dropped with a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Html
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.attributes import pick
from wpmigrate.normalizer.elements.blocks import open_block
from wpmigrate.normalizer.elements.controls import FILLS, IDLE, filler, is_idle
from wpmigrate.normalizer.elements.drawings import DECORATION, decorates
from wpmigrate.normalizer.elements.media import is_caption_list, open_caption_list
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Opened
from wpmigrate.normalizer.elements.others import note_others
from wpmigrate.normalizer.elements.sayings import cut, note_sayings
from wpmigrate.normalizer.marks import ANCHOR, NODE, STYLE_TAGS, LinkMark, Marks, TagMark
from wpmigrate.normalizer.raw_html import PLAYER_SAYS, open_tag, raw_block, raw_html, raw_inline

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["in_link", "is_bare_form", "keep_whole", "open_drop", "open_raw"]

_NO_CODE: Final = frozenset({"button", "optgroup", "option", "select", "textarea", "svg", "math"})
"""Elements in a line whose words are their own, also in code."""
_FIELDS: Final = "input,button,select,textarea,output,progress,meter,keygen,isindex,object"
"""A form without these is a box; Movable Type put one round each image."""
_NO_TEXT: Final = frozenset({"script", "iframe", "noembed", "noframes", "template"})
"""Elements whose text nobody sees."""
_PLAYERS: Final = frozenset({"iframe", "object", "embed", "audio", "video"})
"""Elements whose own id goes (``raw_html``)."""


def open_raw(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append the element whole, as an HTML block or (in a line of text) as an inline; its links and media are recorded."""
    name = node.tag or ""
    if is_caption_list(builder, name, attributes):
        return open_caption_list(builder, node, attributes)
    if name == "form" and is_bare_form(node):
        return open_block(builder, node, attributes)
    if name == "button" and "form" not in builder.boxes.names and is_idle(attributes):
        builder.log.add("dropped", f"<button>: {IDLE}; its words stay")
        note_sayings(builder.log, name, attributes, frozenset())
        return None
    if name == "svg" and attributes and decorates(node, attributes):
        builder.log.add("dropped", f"<svg>: {DECORATION}")
        builder.run.extend((ANCHOR, name, ()) for name in _names(node) if name != attributes.get("id"))
        return SKIP
    if name == "script" and (url := filler(node, attributes)):
        builder.leave_heading()
        builder.boundary()
        builder.log.add("dropped", f"<script> {url}: {FILLS}")
        return SKIP
    if name == "source" and _is_of_picture(node):
        builder.log.add("dropped", f"<source> of a picture: {(attributes.get('srcset') or attributes.get('src') or '')[:200]}")
        return SKIP
    row = element_of(name)
    if row.value != "inline":
        builder.leave_heading()
    inline = builder.inline_only > 0 or row.value == "inline"
    builder.log.add("kept", f"<{name}>: {row.reason} (raw HTML)")
    marked = bool(builder.marks or builder.code_depth) and not inline
    shown = marked and _has_text(node)
    link = next((mark for mark in builder.marks if isinstance(mark, LinkMark)), None) if marked else None
    if link is not None and not shown and not _shows(node):
        link = None
    _note(builder, node)
    if inline:
        if "id" in attributes and name not in _PLAYERS and builder.run and builder.run[-1][0] == ANCHOR:
            builder.anchors.claim([builder.run.pop()[1]])  # it stays in the tag
        in_code = builder.code_depth and name not in _NO_CODE and _has_text(node)
        part = Html(f"<code>{raw_inline(node)}</code>" if in_code else raw_inline(node))
        builder.records.later(part, node)
        builder.run.append((NODE, part, builder.marks))
        return SKIP
    builder.settle()
    builder.records.read_element(node, link)
    markup = raw_html(node) if link is not None or (shown and builder.code_depth) else raw_block(node)
    if " id=" in markup or " name=" in markup:
        builder.anchors.claim(_names(node))
    if link is not None:
        markup = in_link(markup, link)
    if shown:
        markup = _in_styles(f"<code>\n{markup}</code>" if builder.code_depth else markup, builder.marks)
    builder.solid(Html(markup))
    return SKIP


def is_bare_form(node: LexborNode) -> bool:
    """Whether a form has no field: then it is a box."""
    return node.css_first(_FIELDS) is None


def keep_whole(builder: TreeBuilder, node: LexborNode) -> None:
    """Note what is in an element that stays HTML as it is: comments that go, links, media, anchors."""
    _note(builder, node)
    builder.records.read_element(node)
    builder.anchors.claim(_names(node))


def _note(builder: TreeBuilder, node: LexborNode) -> None:
    if builder.footnotes is not None:
        builder.footnotes.note_raw(node)
    for child in node.traverse():
        if child.tag == "-comment":
            builder.note_comment(child.comment_content or "")
        elif child.tag in _PLAYERS and child.attributes:
            note_others(builder.log, child.tag, child.attributes, PLAYER_SAYS)


def _is_of_picture(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag == "picture"


def _names(node: LexborNode) -> list[str]:
    """Return the anchors in an element that stays HTML: they stay there, and no heading after it can be meant by them."""
    ids = [child.attributes.get("id") for child in node.css("[id]")]
    return [name for name in (*ids, *(child.attributes.get("name") for child in node.css("a[name]"))) if name]


def _has_text(node: LexborNode) -> bool:
    """Whether anybody sees text of ``node``, so that a style that is open round it shows."""
    return node.tag not in _NO_TEXT and bool(node.text().strip())


def _shows(node: LexborNode) -> bool:
    """Whether there is something to click on in an element without text: an image, a field, something unknown."""
    return node.tag not in _NO_TEXT and any(map(_is_shown, node.traverse()))


def _is_shown(node: LexborNode) -> bool:
    name = node.tag or "-"
    if name[0] == "-":
        return False
    row = element_of(name)
    return row.kind == "unknown" or row.value == "inline" or (row.kind == "image" and bool(node.attributes.get("src")))


def in_link(markup: str, link: LinkMark) -> str:
    """Return an HTML block in the ``link`` that is open round it."""
    title = {"title": link.title} if link.title else {}
    properties = (link.data or {}).get("hProperties", {})
    return f"{open_tag('a', {'href': link.url, **title, **properties})}\n{markup}</a>"


def _in_styles(markup: str, marks: Marks) -> str:
    """Return an HTML block in the styles that are open round it."""
    for mark in reversed(marks):
        tag = STYLE_TAGS.get(mark)
        if tag:
            markup = f"<{tag}>\n{markup}</{tag}>"
        elif isinstance(mark, TagMark):
            markup = f"{mark.open}\n{markup}{mark.close}"
    return markup


_SAID_OF_PAGE: Final = ("name", "property", "itemprop", "rel", "href", "content")
"""What elements of a page's head say, in the order in which one reads it."""


def open_drop(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Leave the element out, with a notice that names what it says."""
    said = node.text() if node.tag == "title" else " ".join(filter(None, pick(attributes, _SAID_OF_PAGE).values()))
    said = cut(" ".join(said.split()))
    builder.log.add("dropped", f"<{node.tag}>{said and ' '}{said}: {element_of(node.tag or '').reason}")
    return SKIP
