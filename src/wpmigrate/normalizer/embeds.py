"""Links to what WordPress shows in their place: films, sounds, and addresses that stand alone on their line."""

from __future__ import annotations

import html
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["EMBED", "embed_link", "place_embeds"]

EMBED: Final = "wpm-link"
"""What such a link is called until the page is parsed: another ``a`` would end a link that stands open round it."""

_ALONE: Final = "data-wpm-alone"
_CODE: Final = frozenset({"pre", "listing", "code", "tt", "samp"})


def embed_link(kind: str, url: str, alone: bool = False) -> str:
    """Return a link to a medium of this ``kind``; ``alone``: in code or in a link, left open round it, it is only text."""
    address = html.escape(url)
    note = f' {_ALONE}="1"' if alone else ""
    return f'<{EMBED} data-wpm="{kind}"{note} href="{address}">{address}</{EMBED}>'


def place_embeds(parsed: LexborHTMLParser, body: LexborNode) -> None:
    """Make a link of each :func:`embed_link` of the page, or text where it is only that."""
    words = False
    for node in body.css(EMBED):
        attributes = node.attributes
        if _ALONE in attributes and _is_text(node):
            node.unwrap()
            words = True
            continue
        link = parsed.create_node("a")
        for name, value in attributes.items():
            if name != _ALONE:
                link.attrs[name] = value
        link.insert_child(node.text())
        node.replace_with(link)
    if words:
        body.merge_text_nodes()


def _is_text(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _CODE or (parent.tag == "a" and "href" in parent.attributes):
            return True
        parent = parent.parent
    return False
