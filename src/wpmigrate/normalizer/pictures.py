"""Pictures that no ``<img src>`` shows become images, or are named in a notice, before the tree is built."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.links import clean_url
from wpmigrate.wordpress.pictures import LOADED, is_late, late_address, place_of, style_pictures

__all__ = ["show_pictures"]

_LOADED: Final = ",".join(sorted(LOADED))
_LONGEST_NAMED: Final = 300
"""Longer addresses of what held a picture's place are not named."""
_BEHIND: Final = "shown behind its element, which Markdown cannot say; it is not in the output"


def show_pictures(page: LexborHTMLParser, body: LexborNode, log: NoticeLog) -> None:
    """Write the pictures that scripts load late and those of cover blocks as images into the tree ``body`` of ``page``.

    A ``noscript`` with a picture that comes late in any case loses it; all other pictures in styles are named in ``log``.
    """
    loaded = [(node, url) for node in body.css(_LOADED) if (url := _load(node, log))]
    if loaded:
        spare = body.css("noscript img")
        inside = {node.mem_id for node in spare}
        late = {url for node, url in loaded if node.mem_id not in inside}
        for node in spare:
            if clean_url(node.attributes.get("src") or "") in late:
                node.decompose()
    for node in body.css("[style]"):
        style = node.attributes.get("style") or ""
        if "(" in style:
            for url in style_pictures(style):
                _background(page, node, url, log)


def _load(node: LexborNode, log: NoticeLog) -> str:
    """Give an image or a frame the address that a script would give it; return that, or nothing when it has its own."""
    url = clean_url(late_address(node.attributes))
    if url:
        attributes = node.attributes
        held = attributes.get("src") or ""
        node.attrs["src"] = url
        for name in filter(is_late, attributes):
            del node.attrs[name]
        until = f", not {held}" if 0 < len(held) <= _LONGEST_NAMED else ""
        log.add("mapped", f"<{node.tag}>: a script put its address in late; it has it from the start now{until}")
    return url


def _background(page: LexborHTMLParser, node: LexborNode, url: str, log: NoticeLog) -> None:
    """Put the picture of a cover into it as an image; name any other that no image shows."""
    attributes = node.attributes
    place = place_of(node.tag or "", attributes.get("class") or "")
    if place == "image":
        image = page.create_node("img")
        image.attrs["src"] = url
        image.attrs["alt"] = attributes.get("aria-label") or ""
        if node.first_child is None:
            node.insert_child(image)
        else:
            node.first_child.insert_before(image)
        log.add("mapped", "picture behind a cover block: an image before what stands on it")
    elif place == "behind":
        log.add("dropped", f"background image {url}: {_BEHIND}")
