"""From HTML to the flat list of what a person would miss.

The events come from turbohtml's HTML5 tree builder (https://html.spec.whatwg.org/#parsing), so misnested and unclosed tags
read as in a browser, and nothing here recurses. Blanks, blocks, breaks and links are *lazy*: they are noted when something
visible follows, so that empty paragraphs, breaks at an edge and blanks inside or outside of ``<em>`` need no cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from turbohtml.saxparse import SaxHandler, sax_parse

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.tokens import CODE, DELETE, EMPHASIS, STRONG, STYLES, Inventory, Token
from wpmigrate.verifier.urls import canonical_url, is_script

__all__ = ["read_html"]

Attributes: TypeAlias = tuple[tuple[str, str | None], ...]

_EDGES = " \t\n\r\f\xa0"
_ODD_BLANKS = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")

_CSS: Final = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), STRONG),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I), EMPHASIS),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I), DELETE),
)
"""Declarations that say what an element would say."""

_BOLD_ALREADY: Final = frozenset({"thead", "th"})
"""Elements that a browser shows bold in any case; a style that says so again says nothing."""

_NAME = re.compile(r"[\w:.-]+", re.A)

_SAID_IN_ATTRIBUTES: Final = frozenset({"title", "lang", "dir", "cite", "datetime"})
"""Attributes of inline elements that a reader sees or that change what the text means."""

_KEPT_TAGS: Final = frozenset(tag for tag, bit in STYLES.items() if bit > CODE)
"""Inline elements that Markdown has no spelling for: they stay, with such attributes."""


def read_html(html: str) -> Inventory:
    """Return the inventory of ``html``, the content of a body."""
    reader = _Reader()
    # A doctype for the standard mode and a body, so that nothing of the page slips into the head.
    sax_parse("<!DOCTYPE html><body>" + html, reader)
    return Inventory(reader.out, reader.anchors, reader.fragments, reader.headings, reader.languages, reader.lines)


class _Reader(SaxHandler):
    """Notes tokens as the events come."""

    def __init__(self) -> None:
        self.out: list[Token] = []
        self.anchors: dict[str, int] = {}
        self.fragments: list[int] = []
        self.headings: list[int] = []
        self.languages: list[str] = []
        self.lines: list[tuple[int, int]] = []
        self.bits = 0
        self.shown = 0
        self.saved: list[int] = []
        self.fresh = True
        self.opening: tuple[object, ...] = t.PARAGRAPH
        self.breaks = 0
        self.blank = ""
        self.link: list[object] | None = None
        self.shown_link: list[object] | None = None
        self.links: list[list[object] | None] = []
        self.exact: list[str] | None = None
        self.exact_depth = 0
        self.in_head = False
        self.inside: list[str] = []
        self.mute = 0

    def start_element(self, tag: str, attrs: Attributes) -> None:
        self.saved.append(self.bits)
        if attrs:
            for name, value in attrs:
                if name == "id":
                    self.anchor(value)
                elif name == "style" and value and tag not in _BOLD_ALREADY:
                    self.read_style(value)
                elif name == "data-sourcepos" and value:
                    self.lines.append((len(self.out), int(value.partition(":")[0])))
        action = _START.get(tag)
        if action is not None:
            action(self, tag, attrs)
        elif action is None and tag not in _PASS:
            _start_other(self, tag, attrs)

    def end_element(self, tag: str) -> None:
        self.bits = self.saved.pop()
        action = _END.get(tag)
        if action is not None:
            action(self, tag)

    def characters(self, data: str) -> None:
        if self.mute or self.exact is not None:
            if self.exact is not None:
                self.exact.append(data)
            return
        if self.bits & CODE:
            self.show()
            self.out.append((t.SPAN, data))
            return
        core = data.strip(_EDGES)
        if not core:
            self.add_blank(data)
            return
        if len(core) != len(data):
            start = data.find(core[0])
            self.add_blank(data[:start])
            after = data[start + len(core) :]
        else:
            after = ""
        if "\n" in core or "  " in core or "\xa0" in core or "\t" in core:
            core = _ODD_BLANKS.sub(" ", core)
        if self.fresh or self.breaks or self.link is not self.shown_link:
            self.open()
        if self.bits != self.shown:
            self.shown = self.bits
            self.out.append(self.bits)
        self.out.append(self.blank + core if self.blank else core)
        self.blank = "" if not after else after if after == "\xa0" else " "

    def comment(self, data: str) -> None:
        word = data.strip()
        if word.startswith("more") or word == "nextpage":
            self.block()
            self.out.append(("comment", word))

    def processing_instruction(self, target: str, data: str) -> None:
        if self.exact is not None:
            self.exact.append(f"<?{target} {data}?>")
        elif not self.mute:
            self.show()
            self.out.append(("instruction", target, " ".join(data.split())))

    def add_blank(self, blanks: str) -> None:
        """Note blanks: they show when something follows on the same line; two of any kind are one ordinary blank."""
        if not self.fresh and not self.breaks and blanks:
            self.blank = "\xa0" if blanks == "\xa0" and not self.blank else " "

    def block(self, opening: tuple[object, ...] = t.PARAGRAPH) -> None:
        """Note the edge of a block."""
        self.fresh = True
        self.opening = opening
        self.breaks = 0
        self.blank = ""

    def open(self) -> None:
        """Write what was waiting for something visible: the block, the breaks, the link."""
        if self.fresh:
            self.fresh = False
            if self.opening[0] == "heading":
                self.headings.append(len(self.out))
            if self.inside and self.inside[-1] == "empty list":
                self.begin_item()
            self.out.append(self.opening)
            self.shown_link = None
        elif self.breaks == 1:
            if self.shown_link is not None and self.link is not self.shown_link:
                self.shown_link = None
                self.out.append(t.END_LINK)
            self.out.append(t.BREAK)
        elif self.breaks:  # two in a row look like a new paragraph
            self.out.append(t.PARAGRAPH)
            self.shown_link = None
        self.breaks = 0
        if self.link is not self.shown_link:
            self.open_link()

    def begin_item(self) -> None:
        """Begin an item; text in a list after an item goes on in that item."""
        if self.inside and self.inside[-1] == "empty list":
            self.inside[-1] = "list"
        self.out.append(t.ITEM)

    def open_link(self) -> None:
        if self.link is None:
            self.out.append(t.END_LINK)
        else:
            self.link[2] = True
            url = self.link[0]
            if isinstance(url, str) and len(url) > 1 and url[0] == "#":
                self.fragments.append(len(self.out))
            self.out.append((t.LINK, url, self.link[1]))
        self.shown_link = self.link

    def show(self) -> None:
        """Write what was waiting, also the blank and the style, for something visible that is not text."""
        if self.fresh or self.breaks or self.link is not self.shown_link:
            self.open()
        if self.blank:
            self.out.append(self.blank)
            self.blank = ""
        if self.bits != self.shown and self.bits & CODE:
            self.shown = self.bits
            self.out.append(self.bits)

    def anchor(self, name: str | None) -> None:
        if name:
            self.anchors.setdefault(name, len(self.out))

    def read_style(self, style: str) -> None:
        lowered = style.lower()
        if "font-" in lowered or "text-d" in lowered:
            for pattern, bit in _CSS:
                if pattern.search(style):
                    self.bits |= bit


def _get(attrs: Attributes, name: str) -> str:
    for key, value in attrs:
        if key == name:
            return value or ""
    return ""


def _start_style(reader: _Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        if tag == "code" and attrs:
            reader.languages.append(_get(attrs, "class"))
        return
    reader.bits |= STYLES[tag]
    if attrs and tag in _KEPT_TAGS:
        for name, value in attrs:
            if value and name in _SAID_IN_ATTRIBUTES:
                reader.show()
                reader.out.append((name, value))


def _start_block(reader: _Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        if reader.exact and not reader.exact[-1].endswith("\n"):
            reader.exact.append("\n")
    elif not reader.mute:
        reader.block(_still(reader))


def _still(reader: _Reader) -> tuple[object, ...]:
    """A block inside a heading that shows nothing yet does not end the heading."""
    return reader.opening if reader.fresh and reader.opening[0] == "heading" else t.PARAGRAPH


def _end_block(reader: _Reader, tag: str) -> None:
    if reader.exact is None and not reader.mute:
        reader.block(_still(reader))


def _start_heading(reader: _Reader, tag: str, attrs: Attributes) -> None:
    digits = int(tag[1:])
    reader.block(("heading", digits if digits <= 6 else 6))


def _end_heading(reader: _Reader, tag: str) -> None:
    if not (reader.fresh and reader.opening[0] == "heading"):
        reader.out.append(t.END_HEADING)
    reader.block()


def _container(token: tuple[object, ...]) -> Callable[[_Reader, str, Attributes], None]:
    def start(reader: _Reader, tag: str, attrs: Attributes) -> None:
        reader.block()
        reader.out.append(token)

    return start


def _end_container(token: tuple[object, ...]) -> Callable[[_Reader, str], None]:
    def end(reader: _Reader, tag: str) -> None:
        reader.block()
        reader.out.append(token)

    return end


def _start_list(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    if reader.inside and reader.inside[-1] == "empty list":
        reader.begin_item()
    reader.inside.append("empty list")
    reader.out.append(("list",))


def _end_list(reader: _Reader, tag: str) -> None:
    reader.block()
    reader.inside.pop()
    reader.out.append(t.END_LIST)


def _start_item(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    reader.begin_item()
    reader.inside.append("item")


def _end_item(reader: _Reader, tag: str) -> None:
    reader.block()
    reader.inside.pop()


def _start_head(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.in_head = True


def _end_head(reader: _Reader, tag: str) -> None:
    reader.in_head = False


def _start_ordered(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    if reader.inside and reader.inside[-1] == "empty list":
        reader.begin_item()
    reader.inside.append("empty list")
    start = _get(attrs, "start").strip()
    reader.out.append(("ordered list", int(start) if re.fullmatch(r"[+-]?\d{1,9}", start) else 1))


def _start_cell(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    spans = tuple((name, value) for name, value in attrs if name in ("colspan", "rowspan") and value != "1")
    reader.out.append(("head cell" if tag == "th" or reader.in_head else "cell", *spans))


def _start_link(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.links.append(reader.link)
    url = title = None
    for name, value in attrs:
        if name == "href":
            url = value or ""
        elif name == "title":
            title = value
        elif name == "name":
            reader.anchor(value)
    if url is not None and not is_script(url):
        reader.link = [canonical_url(url), title or None, False]


def _end_link(reader: _Reader, tag: str) -> None:
    link = reader.link
    before = reader.links.pop()
    if link is not None and link is not before and not link[2] and reader.exact is None:
        reader.open()
    reader.link = before


def _start_image(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.show()
    alt = " ".join(_get(attrs, "alt").split())
    title = " ".join(_get(attrs, "title").split())
    reader.out.append((t.IMAGE, canonical_url(_get(attrs, "src")), alt, title))


def _start_break(reader: _Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        reader.exact.append("\n")
    elif not reader.fresh:
        reader.breaks += 1
        reader.blank = ""


def _start_rule(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    reader.out.append(t.RULE)


def _start_pre(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.exact_depth += 1
    if reader.exact is None:
        reader.block()
        reader.exact = []


def _end_pre(reader: _Reader, tag: str) -> None:
    reader.exact_depth -= 1
    if reader.exact_depth or reader.exact is None:
        return
    code = "".join(reader.exact).removesuffix("\n")
    reader.exact = None
    reader.out.append((t.CODE_BLOCK, code))
    reader.block()


def _start_style_sheet(reader: _Reader, tag: str, attrs: Attributes) -> None:
    reader.mute += 1


def _end_style_sheet(reader: _Reader, tag: str) -> None:
    reader.mute -= 1


def _start_other(reader: _Reader, tag: str, attrs: Attributes) -> None:
    """An element that Markdown cannot say: itself and what its attributes say."""
    if reader.mute or (reader.exact is not None and tag not in _KEPT):
        return
    if tag in _BLOCK_OTHERS:
        reader.block()
    else:
        reader.show()
    kept = sorted(
        (name, canonical_url(value) if name in _URLS else " ".join((value or "").split()))
        for name, value in attrs or ()
        if name not in _LOOKS and _NAME.fullmatch(name)
    )
    reader.out.append(("element", tag, *kept))
    if tag in _PLAIN_INSIDE:
        reader.bits = 0


_URLS: Final = frozenset({"src", "href", "data", "poster", "action"})
_LOOKS: Final = frozenset({"id", "class", "style", "align", "border"})
_BLOCK_OTHERS: Final = frozenset("dl dt dd details summary form fieldset".split())
_PLAIN_INSIDE: Final = frozenset("script dl form object svg math details".split())
"""Elements kept whole: emphasis that an editor left open round them is not emphasis of theirs."""
_KEPT: Final = frozenset("iframe object embed audio video".split())
_PASS: Final = frozenset(
    "html body head span font big nobr cite center wbr tbody thead tfoot colgroup col noscript base basefont blink".split()
)
"""Elements whose content is all that counts, or that a browser does not show."""

_BLOCKS: Final = frozenset(
    """p div section article aside header footer main nav address center hgroup figure figcaption caption legend
    noframes search""".split()
)

_START: Final[dict[str, Callable[[_Reader, str, Attributes], None]]] = {
    **dict.fromkeys(STYLES, _start_style),
    **dict.fromkeys(_BLOCKS, _start_block),
    **{f"h{digit}": _start_heading for digit in range(1, 100)},
    "ul": _start_list,
    "menu": _start_list,
    "dir": _start_list,
    "ol": _start_ordered,
    "li": _start_item,
    "thead": _start_head,
    "blockquote": _container(t.QUOTE),
    "table": _container(t.TABLE),
    "tr": _container(t.ROW),
    "td": _start_cell,
    "th": _start_cell,
    "a": _start_link,
    "img": _start_image,
    "br": _start_break,
    "hr": _start_rule,
    "pre": _start_pre,
    "listing": _start_pre,
    "xmp": _start_pre,
    "style": _start_style_sheet,
}
"""Element -> what its start notes."""

_END: Final[dict[str, Callable[[_Reader, str], None]]] = {
    **dict.fromkeys((*_BLOCKS, *_BLOCK_OTHERS, "tr", "td", "th"), _end_block),
    "li": _end_item,
    "thead": _end_head,
    **{f"h{digit}": _end_heading for digit in range(1, 100)},
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _end_list),
    "blockquote": _end_container(t.END_QUOTE),
    "table": _end_container(t.END_TABLE),
    "a": _end_link,
    "pre": _end_pre,
    "listing": _end_pre,
    "xmp": _end_pre,
    "style": _end_style_sheet,
}
"""Element -> what its end notes."""
