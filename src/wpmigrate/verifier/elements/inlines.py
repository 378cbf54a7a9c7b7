"""What the starts and ends of inline elements note: styles, links, images, breaks."""

from __future__ import annotations

from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.languages import said_of_code
from wpmigrate.verifier.reader import Attributes, Reader, get, late_source
from wpmigrate.verifier.tokens import CODE, IMAGE_SAYS, LINK_SAYS, STYLES
from wpmigrate.verifier.urls import canonical_url, is_script

__all__ = [
    "KEPT_TAGS",
    "end_kept",
    "end_link",
    "end_noscript",
    "start_break",
    "start_image",
    "start_link",
    "start_noscript",
    "start_style",
]

_SAID_IN_ATTRIBUTES: Final = frozenset({"title", "lang", "dir", "cite", "datetime"})
"""Attributes of inline elements that a reader sees or that change what the text means."""

KEPT_TAGS: Final = frozenset(tag for tag, bit in STYLES.items() if bit > CODE)
"""Inline elements that Markdown has no spelling for: they stay, with such attributes."""


def start_style(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.quiet:
        if STYLES[tag] != CODE:
            reader.leave_out(f"<{tag}> inside <pre>")
        elif attrs and reader.exact is not None:
            reader.note_language(said_of_code(attrs))
        return
    reader.bits |= STYLES[tag] & ~reader.normal
    if attrs and tag in KEPT_TAGS:
        for name, value in attrs:
            if value and name in _SAID_IN_ATTRIBUTES:
                reader.say(name, " ".join(value.split()))


def end_kept(reader: Reader, tag: str) -> None:
    if reader.said:
        reader.end_said()


def start_link(reader: Reader, tag: str, attrs: Attributes) -> None:
    url = title = None
    said: list[tuple[str, str]] = []
    for name, value in attrs:
        if name == "href":
            url = value or ""
        elif name == "title":
            title = " ".join((value or "").split())
        elif name == "name":
            reader.anchor(value)
        elif value and name in LINK_SAYS:
            said.append((name, value))
    reader.links.append(reader.link)
    if url is not None and not is_script(url):
        address = canonical_url(url)
        reader.begin_link(address, title or None)
        reader.beside.add((t.LINK, address, tuple(sorted(said))))
    elif url is not None:
        reader.leave_out("script of a link")
    elif title:
        reader.leave_out(f"title of a link without address: {title[:60]}")


def end_link(reader: Reader, tag: str) -> None:
    reader.end_link()


def start_image(reader: Reader, tag: str, attrs: Attributes) -> None:
    url = late_source(attrs) or get(attrs, "src").strip()
    if not url:
        reader.leave_out("image without an address")
        return
    if reader.late and reader.noscripts and canonical_url(url) in reader.late:
        return
    image = (t.IMAGE, canonical_url(url), " ".join(get(attrs, "alt").split()), " ".join(get(attrs, "title").split()))
    said = [(name, value) for name, value in attrs if value and name in IMAGE_SAYS]
    reader.beside.add((t.IMAGE, str(image[1]), tuple(sorted(said))))
    if reader.exact is None:
        reader.show()
        reader.out.append(image)
        if usemap := get(attrs, "usemap").strip():
            reader.out.append(("element", "img", ("usemap", usemap)))
    elif not reader.exact.has_link(image):
        reader.say_inside(None, [image], "")


def start_noscript(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.noscripts += 1
    reader.may_hide = True


def end_noscript(reader: Reader, tag: str) -> None:
    reader.noscripts -= 1


def start_break(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        reader.exact.add("\n", begins=True)
        return
    reader.after_break = True
    if not reader.fresh:
        reader.breaks += 1
        reader.waiting = True
        reader.blank = ""
