"""How inline nodes are written and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from wpmigrate.model import nodes as n
from wpmigrate.verifier.content.writer import After, Writer, escape, only_text
from wpmigrate.verifier.elements.inlines import start_break, start_image
from wpmigrate.verifier.tokens import CODE, IMAGE, IMAGE_SAYS, LINK, LINK_SAYS
from wpmigrate.verifier.urls import cmark_url, is_script

__all__ = ["footnote", "html_tag", "image", "inline_code", "line_break", "link", "style"]

_ANCHOR = re.compile(r'<a id="([^"&<>]+)">')


def style(name: str, bit: int) -> Callable[[Writer, n.Emphasis | n.Strong | n.Delete], None]:
    """Return how a node is written that gives its text the style ``bit``."""
    before, after = f"<{name}>", f"</{name}>"

    def write(writer: Writer, node: n.Emphasis | n.Strong | n.Delete) -> None:
        reader = writer.reader
        bits = reader.bits
        text = only_text(node.children)
        if text:
            writer.out.append(f"{before}{escape(text)}{after}")
            reader.bits = bits | bit
            reader.characters(text)
            reader.bits = bits
            return
        writer.out.append(before)
        writer.stack.append((after, _end_style, bits))
        reader.bits = bits | bit
        writer.stack += node.children[::-1]

    return write


def _end_style(writer: Writer, bits: int) -> None:
    writer.reader.bits = bits


def inline_code(writer: Writer, node: n.InlineCode) -> None:
    """Write and read a code span."""
    reader = writer.reader
    bits = reader.bits
    writer.out.append(f"<code>{escape(node.value)}</code>")
    reader.bits = bits | CODE
    if node.value:
        reader.characters(node.value)
    reader.bits = bits


def line_break(writer: Writer, node: n.Break) -> None:
    """Write and read a break; one after a break, and one in a heading or cell, can only be written as HTML."""
    again = bool(writer.out) and writer.out[-1] in ("<br />\n", "<br>")
    start_break(writer.reader, "br", ())
    if again or writer.one_line:
        writer.out.append("<br>")
    else:
        writer.out.append("<br />\n")
        writer.reader.characters("\n")


def link(writer: Writer, node: n.Link) -> None:
    """Write and read a link."""
    address, title, reader = cmark_url(node.url), node.title or "", writer.reader
    said = f' title="{escape(title)}"' if title else ""
    opening = f'<a href="{_href(address)}"{said}>'
    writer.beside.add((LINK, address, _said(node, LINK_SAYS)))
    reader.links.append(reader.link)
    if not is_script(address):
        reader.beside.add((LINK, address, ()))
        reader.begin_link(address, " ".join(title.split()) or None)
    else:
        reader.leave_out("script of a link")
    writer.unclear = writer.unclear or writer.in_link  # a parser ends the outer one
    text = only_text(node.children)
    if text:
        writer.out.append(f"{opening}{escape(text)}</a>")
        reader.characters(text)
        reader.end_link()
        return
    writer.out.append(opening)
    writer.in_link = True
    writer.stack.append(_AFTER_LINK)
    writer.stack += node.children[::-1]


def _said(node: n.Link | n.Image, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return what a node says beside the Markdown, as the attributes of an element would."""
    properties = node.data.get("hProperties") if node.data else None
    if not properties:
        return ()
    return tuple(sorted((name, str(value)) for name, value in properties.items() if name in names))


def _end_link(writer: Writer, tag: str) -> None:
    writer.in_link = False
    writer.reader.end_link()


_AFTER_LINK: Final[After] = ("</a>", _end_link, "a")


def _href(address: str) -> str:
    if "&" in address or "'" in address:
        return address.replace("&", "&amp;").replace("'", "&#x27;")
    return address


def image(writer: Writer, node: n.Image) -> None:
    """Write and read an image."""
    writer.images.append(node)
    address, title, alt = cmark_url(node.url), node.title or "", node.alt or ""
    writer.beside.add((IMAGE, address, _said(node, IMAGE_SAYS)))
    said = f' title="{escape(title)}"' if title else ""
    writer.out.append(f'<img src="{_href(address)}" alt="{escape(alt)}"{said} />')
    start_image(writer.reader, "img", (("src", address), ("alt", alt), ("title", title)))


def html_tag(writer: Writer, node: n.Html) -> None:
    """Write a raw tag; a parser must read it, unless it is an anchor, which is empty."""
    if node.value[:1] != "<":
        raise ValueError(f"no tag: {node.value!r:.80}")
    writer.has_html = True
    writer.out.append(node.value)
    anchor = _ANCHOR.fullmatch(node.value)
    following = writer.stack[-1] if writer.stack else None
    if anchor and type(following) is n.Html and following.value == "</a>" and not writer.in_link:
        writer.stack.pop()
        writer.out.append("</a>")
        writer.reader.anchor(anchor[1])
    else:
        writer.unclear = True


def footnote(writer: Writer, node: n.FootnoteReference) -> None:
    """Write a footnote's mark."""
    writer.has_html = writer.unclear = True
    name = escape(node.identifier)
    writer.out.append(f'<sup class="footnote-ref"><a href="#fn-{name}">{name}</a></sup>')
