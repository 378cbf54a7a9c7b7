"""Images and figures: the image, then its caption as a paragraph of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from wpmigrate.model.nodes import Html, Image
from wpmigrate.normalizer.elements.attributes import one_line, pick
from wpmigrate.normalizer.elements.blocks import open_block
from wpmigrate.normalizer.elements.opening import SKIP, Attributes, Close, Opened
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.marks import NODE
from wpmigrate.normalizer.raw_html import raw_inline
from wpmigrate.normalizer.site_facts import SOURCE
from wpmigrate.normalizer.styles import ALIGNMENTS, class_alignment, style_value
from wpmigrate.wordpress.pictures import captioned

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["is_caption_list", "is_indentation", "open_caption_list", "open_figure", "open_image", "open_indentation"]


def open_image(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Opened:
    """Append an image with its size and alignment; without an address it is dropped, with a notice."""
    url = clean_url(attributes.get("src") or "")
    if not url:
        builder.log.add("dropped", f"<img> without src: no image (alt: {attributes.get('alt') or ''})")
        return SKIP
    if attributes.get("usemap"):
        return _open_map_image(builder, node)
    properties = pick(attributes, ("width", "height", "srcset"))
    align = _image_alignment(attributes)
    if align in ALIGNMENTS:
        properties["align"] = ALIGNMENTS[align]
    alt, title = one_line(attributes, "alt"), one_line(attributes, "title") or None
    image = Image(url, title, alt, {"hProperties": properties} if properties else None)
    if SOURCE in attributes:
        image.data = {**(image.data or {}), "sourceUrl": attributes[SOURCE]}
    builder.run.append((NODE, image, builder.marks))
    return SKIP


def _open_map_image(builder: TreeBuilder, node: LexborNode) -> Opened:
    """Append an image with links on its parts: without its tag the ``<map>`` beside it would lead nowhere."""
    part = Html(raw_inline(node))
    builder.log.add("kept", "<img usemap>: Markdown has no links on parts of an image (raw HTML)")
    builder.records.later(part, node)
    builder.run.append((NODE, part, builder.marks))
    return SKIP


def _image_alignment(attributes: Attributes) -> str:
    align = class_alignment(attributes) or (attributes.get("align") or "").lower()
    style = attributes.get("style")
    if align or not style:
        return align
    return style_value(style, "float") or style_value(style, "text-align")


def open_figure(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open a figure: its content, as blocks; its alignment and its caption go to the record of its image."""
    open_block(builder, node, attributes)
    first = len(builder.records.media)
    align = attributes.get("data-align") or class_alignment(attributes)
    outer = builder.alignment
    builder.alignment = ALIGNMENTS.get(align, "") or outer

    def close() -> None:
        builder.boundary()
        builder.alignment = outer
        caption = node.css_first("figcaption, dl > dd")
        if caption is not None:
            builder.records.caption(first, caption)

    return close


def is_caption_list(builder: TreeBuilder, name: str, attributes: Attributes) -> bool:
    """Whether this is ``dl.wp-caption`` (or ``dl.gallery-item``) or a piece of it: as that the visual editor kept a captioned image.

    TinyMCE put it into a ``div.mceTemp``; WordPress's own ``[caption]`` came out of it when the editor worked well.
    """
    if name == "dl":
        return bool(captioned(attributes.get("class") or ""))
    if name == "dd" and "dl" not in builder.boxes.names:
        return True  # what stays HTML is not looked into: it is of no list
    return builder.captions > 0 and name in ("dt", "dd")


def open_caption_list(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open what :func:`is_caption_list` found: the list as a figure, its pieces as blocks."""
    if node.tag != "dl":
        return open_block(builder, node, attributes)
    return _with_pieces(builder, open_figure(builder, node, attributes))


def _with_pieces(builder: TreeBuilder, close_list: Close) -> Close:
    """Read ``dt`` and ``dd`` as blocks until the list that was opened ends; return what ends it."""
    builder.captions += 1

    def close() -> None:
        builder.captions -= 1
        close_list()

    return close


def is_indentation(node: LexborNode) -> bool:
    """Whether this is a ``dl`` that explains no word: so word processors and FrontPage indent, and people before there was CSS."""
    return node.tag == "dl" and node.css_first("dl dt") is None


def open_indentation(builder: TreeBuilder, node: LexborNode, attributes: Attributes) -> Close:
    """Open such a list: its pieces are blocks."""
    builder.log.add("mapped", "<dl>: without a word that it explains it only indents; its content stays")
    builder.leave_heading()
    return _with_pieces(builder, open_block(builder, node, attributes))
