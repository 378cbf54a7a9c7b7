"""Elements whose tags stay HTML, on lines of their own, while what is in them is Markdown: forms, details, definitions, tables of blocks.

CommonMark ends an HTML block at a blank line; what comes then is Markdown up to the next tags, and a browser sees the whole
(https://spec.commonmark.org/0.31.2/#html-blocks, example 187). A part that holds a line of text stays one line of HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Html
from wpmigrate.normalizer.elements import element_of
from wpmigrate.normalizer.elements.media import is_caption_list, is_indentation, open_indentation
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Opened
from wpmigrate.normalizer.elements.raw import is_bare_form, keep_whole, open_raw
from wpmigrate.normalizer.elements.sayings import SAYINGS
from wpmigrate.normalizer.marks import ANCHOR, TagMark
from wpmigrate.normalizer.raw_html import INSTRUCTION, box_tag, kept_comment, open_tag, raw_html
from wpmigrate.normalizer.styles import meaningful

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["Boxes", "is_part", "open_box", "open_box_or_raw", "open_label", "open_part", "opens_box"]

_MOST: Final = 12
"""Boxes inside each other; what is deeper is HTML, whole."""
_LONGEST: Final = 8_000
"""Tags in a row are one HTML block, up to about so many characters: joining more would take quadratic time."""
_PARTS: Final[dict[str, frozenset[str]]] = {
    "summary": frozenset({"details"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "caption": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "tr": frozenset({"table", "thead", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
}
"""Part of a box -> what is open straight round it."""
_LINES: Final = frozenset({"summary", "caption"})
"""Parts that a browser shows as one line."""
_WITHOUT_TAGS: Final = frozenset({"tbody"})
_TABLE_TAGS: Final = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_TABLE_ROUND: Final = _TABLE_TAGS - {"td", "th"}
_STANDS_IN: Final = {name: round_it | _WITHOUT_TAGS | ({"div"} if name in ("dt", "dd") else set()) for name, round_it in _PARTS.items()}
"""Part of a box -> what it may stand in."""
_STYLED: Final = _TABLE_TAGS | {"form", "details", "summary", "dl", "dt", "dd"}
_BLOCK_KINDS: Final = frozenset({"list", "quote", "pre", "heading", "rule", "table"})
"""Blocks that are better said in Markdown than in a line of HTML."""
_GROUPS: Final = frozenset({"fieldset", "legend"})
"""Parts of a form that have no Markdown: the form stays as it is."""
_SAID_OF_TABLES: Final = frozenset(SAYINGS)


class Boxes:
    """The boxes that are open while a tree is built."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """Their names, and those of their parts, outermost first."""
        self.tags: Html | None = None
        """The block of tags written last."""


def open_box_or_raw(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open ``dl``, ``details``, ``form`` or a part of them; keep it whole where it can be no box."""
    name = node.tag or ""
    if is_caption_list(builder, name, attributes):
        return open_raw(builder, node, attributes)
    if name == "dl" and is_indentation(node):
        return open_indentation(builder, node, attributes)
    if name in _PARTS:
        return open_part(builder, node, attributes) if is_part(builder, name) else open_raw(builder, node, attributes)
    builder.leave_heading()
    if opens_box(builder, node):
        builder.log.add("kept", f"<{name}>: {element_of(name).reason} (raw HTML)")
        return open_box(builder, node, attributes)
    return open_raw(builder, node, attributes)


def opens_box(builder: TreeBuilder, node: LexborNode) -> bool:
    """Whether ``node`` stands where its tags can be blocks of the page, and is better to read with Markdown between them."""
    if builder.marks or builder.inline_only or builder.code_depth or len(builder.boxes.names) >= _MOST or not builder.is_at_root():
        return False
    if builder.footnotes is not None and node.css_first("[data-fn]") is not None:
        return False  # builders that read no Markdown between tags would know the mark, but not where it leads
    return _IS_WORTH[node.tag or ""](node) and all(map(_can_stand, node.traverse()))


def _can_stand(node: LexborNode) -> bool:
    """Whether ``node``, somewhere in a box, means the same there as between Markdown."""
    name = node.tag or INSTRUCTION
    if name in _STYLED:
        return not _says_more(node, name)
    return name not in _GROUPS and name != INSTRUCTION and not (name == "-comment" and kept_comment(node.comment_content or ""))


def _says_more(node: LexborNode, name: str) -> bool:
    """Whether a box says of its content what Markdown does not.

    Or a link or a heading stands between it and its part; or it is a form between the parts of a table, whose fields are not in it.
    """
    outer = node.parent.tag or "" if node.parent is not None else ""
    if outer in _TABLE_ROUND if name == "form" else outer not in _STANDS_IN.get(name, {outer}):
        return True
    attributes = node.attributes
    return bool(attributes) and (bool(meaningful(attributes.get("style") or "")) or (name in _TABLE_TAGS and not _SAID_OF_TABLES.isdisjoint(attributes)))


def _has_words(form: LexborNode) -> bool:
    """Whether a form says more than its controls do."""
    if is_bare_form(form) or len(form.css("form")) > 1:  # a parser would not read one in another once more
        return False
    texts = (node for node in form.traverse(include_text=True) if node.tag == "-text")
    return any((node.text_content or "").strip() and not _stays(node.parent) for node in texts)


def _stays(node: LexborNode | None) -> bool:
    """Whether the words in ``node`` stay HTML in any case: those of a control, a script."""
    row = element_of(node.tag or INSTRUCTION) if node is not None else None
    return row is not None and ((row.kind == "raw" and row.value != "box") or row.kind == "drop")


def _has_blocks(box: LexborNode) -> bool:
    """Whether a part of ``box`` holds what is better said in Markdown."""
    return any(node.tag in ("td", "th", "dd", "dt") and _is_long(node) for node in box.traverse())


def _is_long(part: LexborNode) -> bool:
    """Whether ``part`` holds more than a line: blocks, several paragraphs; of a definition also whatever has a mark-up."""
    kinds = [element_of(node.tag or INSTRUCTION).kind for node in part.traverse() if (node.tag or "-")[0] != "-"][1:]
    if part.tag == "dd" and not {"break", "transparent", "block"}.issuperset(kinds):
        return True
    return not _BLOCK_KINDS.isdisjoint(kinds) or kinds.count("paragraph") > 1


_IS_WORTH: Final[dict[str, Callable[[LexborNode], bool]]] = {
    "form": _has_words,
    "details": lambda node: True,
    "dl": _has_blocks,
    "table": _has_blocks,
}
"""Box -> whether Markdown between its tags is better to read than HTML."""


def is_part(builder: TreeBuilder, name: str) -> bool:
    """Whether the element ``name`` is a part of the box that is open straight round it."""
    names = builder.boxes.names
    return bool(names) and names[-1] in _PARTS[name] and builder.is_at_root()


def open_part(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open a part of a box; one of a line is written whole."""
    name = node.tag or ""
    if name in _WITHOUT_TAGS:
        return None
    if name in _LINES or (name in ("td", "th", "dd", "dt") and not _is_long(node)):
        _claim(builder, attributes)
        builder.settle()
        keep_whole(builder, node)
        _add_tags(builder, raw_html(node))
        return SKIP
    return open_box(builder, node, attributes)


def open_box(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Write the start tag of a box, or of a part of one; its content goes on as blocks of the page, then comes its end tag."""
    name = node.tag or ""
    if builder.boxes.names:
        _claim(builder, attributes)
    builder.settle()
    builder.stray = None
    _add_tags(builder, box_tag(name, attributes))
    builder.boxes.names.append(name)

    def close() -> None:
        builder.settle()
        builder.stray = None
        builder.boxes.names.pop()
        _add_tags(builder, f"</{name}>")
        if not builder.boxes.names:
            builder.boxes.tags = None  # the next box is a block of its own

    return close


def _claim(builder: TreeBuilder, attributes: Attributes) -> None:
    """Leave the anchor of a part, which waits for the next block, in its tag: between the parts of a table no other can stand."""
    if "id" in attributes and builder.run and builder.run[-1][0] == ANCHOR:
        builder.anchors.claim([builder.run.pop()[1]])


def _add_tags(builder: TreeBuilder, markup: str) -> None:
    """Append tags of a box, to those before them where nothing stands between."""
    boxes = builder.boxes
    last = builder.blocks[-1] if builder.blocks else None
    if last is not None and last is boxes.tags and len(boxes.tags.value) < _LONGEST and not builder.block_metas:
        boxes.tags.value += f"\n{markup}"
    else:
        boxes.tags = Html(markup)
        builder.append(boxes.tags)


def open_label(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Open ``label``: in a form its tags stay, since a click on it goes to its field."""
    if "form" in builder.boxes.names:
        builder.marks = (*builder.marks, TagMark(open_tag("label", {"for": attributes["for"]} if "for" in attributes else {}), "</label>"))
    return None
