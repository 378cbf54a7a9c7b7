"""From HTML to the flat list of what a person would miss.

The events come from turbohtml's HTML5 tree builder (https://html.spec.whatwg.org/#parsing), so misnested and unclosed tags
read as in a browser, and nothing here recurses.
"""

from __future__ import annotations

import re
from typing import Final

from turbohtml.saxparse import sax_parse

from wpmigrate.verifier.elements import END, MARK, START, start_other
from wpmigrate.verifier.elements.inlines import start_image
from wpmigrate.verifier.reader import OWN_LINES, Attributes, Reader, get, late_source
from wpmigrate.verifier.sayings import WORDS, note_words
from wpmigrate.verifier.tokens import BLOCK_SAYS, CODE, STRONG, Inventory
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.pictures import may_have_pictures, place_of, style_pictures

__all__ = ["Events", "inventory_of", "read_html", "read_part"]

_BOLD_ALREADY: Final = frozenset({"thead", "th"})
"""Elements that a browser shows bold in any case; a style that says so again says nothing."""

_IN_BODY: Final = 3
"""How many elements are open in a child of a page's body: html, body and itself."""

_ALONE: Final = 1 << 30
"""What is added to the styles round an element whose own style puts it on lines of its own."""

_NOTED: Final = frozenset({"id", "style", "hidden", "data-sourcepos", *WORDS, *(name for _, name in BLOCK_SAYS)})


def read_html(html: str) -> Inventory:
    """Return the inventory of ``html``, the content of a body."""
    events = Events()
    if _NOSCRIPT.search(html) is not None and may_have_pictures(html):
        events.late = _late_addresses(html)
    # A doctype for the standard mode and a body, so that nothing of the page slips into the head.
    sax_parse("<!DOCTYPE html><body>" + html, events)  # type: ignore[arg-type]
    return inventory_of(events)


_INSTRUCTION = re.compile(r"\?(\w+)\s(.*)\?", re.DOTALL)
"""``<?php … ?>`` as a browser keeps it: https://html.spec.whatwg.org/#parse-error-unexpected-question-mark-instead-of-tag-name"""
_NOSCRIPT = re.compile("<noscript", re.I)


class _LateImages:
    """The parser's events, of which only images with a late address count."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.noscripts = 0
        """How many are open: what stands in them is what may stand twice."""

    def start_element(self, tag: str, attrs: Attributes) -> None:
        self.noscripts += tag == "noscript"
        if tag == "img" and not self.noscripts and (url := late_source(attrs or ())):
            self.found.add(canonical_url(url))

    def end_element(self, tag: str) -> None:
        self.noscripts -= tag == "noscript"

    def nothing(self, *_: object) -> None:
        """What is not asked for."""

    characters = comment = processing_instruction = doctype = nothing


def _late_addresses(html: str) -> frozenset[str]:
    """Return the addresses that scripts give to the images of ``html``."""
    images = _LateImages()
    sax_parse("<!DOCTYPE html><body>" + html, images)  # type: ignore[arg-type]
    return frozenset(images.found)


_UNLIKE_PARTS = re.compile(r"</?(?:html|head|body|frameset|template|table|noscript)|<form", re.I)
"""What may change how the rest of a page is read, or be placed where it does not stand."""


def read_part(events: Events, html: str) -> bool:
    """Note ``html``, a part of a page at the top of its body; whether it is read so in the page too.

    That is so when every element of it ends in it; a mark after it must then stand in the body itself.
    """
    if _UNLIKE_PARTS.search(html):
        return False
    events.mark = 0
    depth = len(events.saved)
    sax_parse(f"<!DOCTYPE html><body>{html}<{MARK}>", events)  # type: ignore[arg-type]
    return events.mark == depth + _IN_BODY


def inventory_of(reader: Reader) -> Inventory:
    """Return what ``reader`` has noted."""
    return Inventory(
        reader.out,
        reader.anchors,
        reader.fragments,
        reader.headings,
        reader.left_out,
        reader.languages,
        reader.lines,
        reader.beside,
        reader.may_hide,
        owed=reader.owed,
    )


class Events(Reader):
    """The parser's events (turbohtml's SaxHandler, by its method names)."""

    __slots__ = ()

    def start_element(self, tag: str, attrs: Attributes) -> None:
        self.saved.append(self.bits)
        if attrs:
            for name, value in attrs:
                if name in _NOTED:
                    if value:
                        self.attribute(tag, name, value)
                    elif name == "hidden":
                        self.may_hide = True
        action = START.get(tag, start_other)
        if action is not None:
            action(self, tag, attrs)
        if self.behind:
            self.background(tag, attrs)
        if self.normal:
            self.normal = 0

    def background(self, tag: str, attrs: Attributes) -> None:
        """Note the pictures in the style of an element: a cover's is content, any other must be named in a notice."""
        pictures, self.behind = style_pictures(self.behind), ""
        place = place_of(tag, get(attrs, "class"))
        for url in reversed(pictures) if place == "image" else pictures:
            if place == "image":
                start_image(self, tag, (("src", url), ("alt", get(attrs, "aria-label"))))
            elif place == "behind":
                self.leave_out(f"background image {url}")

    def attribute(self, tag: str, name: str, value: str) -> None:
        """Note an attribute that says something on any element."""
        if name == "id":
            self.anchor(value)
        elif name == "data-sourcepos":
            self.lines.append((len(self.out), int(value.partition(":")[0])))
        elif name == "hidden":
            self.may_hide = True
        elif name in WORDS:
            note_words(self, tag, name, value)
        elif name != "style":
            if (tag, name) in BLOCK_SAYS:
                row = ("", "", ((name, value),))
                self.beside.add(row)
                self.owing.append((len(self.saved), row, len(self.out)))
        else:
            if "(" in value and "url(" in value.lower():
                self.behind = value
            bits = self.bits
            if tag == "span" and "isplay" in value and not (self.quiet or bits & CODE) and OWN_LINES.search(value):
                self.saved[-1] += _ALONE
                self.block()
            self.read_style(value)
            if self.exact is not None and self.bits & ~bits:
                self.leave_out("style inside <pre>")
            if tag in _BOLD_ALREADY:
                self.bits &= bits | ~STRONG

    def end_element(self, tag: str) -> None:
        bits = self.saved.pop()
        if bits >= _ALONE:
            bits -= _ALONE
            self.block()
        self.bits = bits
        action = END.get(tag)
        if action is not None:
            action(self, tag)

    def comment(self, data: str) -> None:
        word = data.strip()
        if word.startswith("more") or word in ("nextpage", "noteaser"):
            self.end_heading()
            self.block()
            self.out.append(("comment", word))
        elif self.exact is None and "--" not in data and (found := _INSTRUCTION.fullmatch(word)):
            self.processing_instruction(found[1], found[2])
        elif word:
            self.leave_out("comment")

    def processing_instruction(self, target: str, data: str) -> None:
        if self.exact is not None:
            self.exact.add(f"<?{target} {data}?>", begins=True)
        elif not self.quiet:
            self.show()
            self.out.append(("instruction", target, " ".join(data.split())))

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Nothing: it is ours."""
