"""What each HTML element means to the proof: a table of what its start and its end note."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.reader import Attributes, Reader
from wpmigrate.verifier.tokens import CODE, STYLES
from wpmigrate.verifier.urls import canonical_url, is_script

__all__ = ["BLOCK_OTHERS", "END", "START", "start_other"]

Start: TypeAlias = Callable[[Reader, str, Attributes], None]
End: TypeAlias = Callable[[Reader, str], None]

_NAME = re.compile(r"[\w:.-]+", re.A)
_NUMBER = re.compile(r"\s*[+-]?\d{1,9}\s*")

_SAID_IN_ATTRIBUTES: Final = frozenset({"title", "lang", "dir", "cite", "datetime"})
"""Attributes of inline elements that a reader sees or that change what the text means."""

_KEPT_TAGS: Final = frozenset(tag for tag, bit in STYLES.items() if bit > CODE)
"""Inline elements that Markdown has no spelling for: they stay, with such attributes."""

_PLAIN_INSIDE: Final = frozenset({"script", "dl", "form", "object", "svg", "math", "details"})
"""Elements kept whole: emphasis that an editor left open round them is not emphasis of theirs."""

_CAPTION_TAGS: Final = frozenset({"dl", "dt", "dd"})
"""Of these WordPress's editor made an image with its caption (class ``wp-caption``) before there was ``figure``."""

_KEPT_IN_CODE: Final = frozenset({"iframe", "object", "embed", "audio", "video"})
"""Elements that a code block must not swallow."""

_URLS: Final = frozenset({"src", "href", "data", "poster", "action"})
_WORD_PREFIXES: Final = ("o:", "w:", "v:", "st1:", "st2:", "st3:", "u1:", "u2:", "u3:")
"""Word's own elements, in pasted text: only their content counts."""

_PLAYERS: Final = frozenset({"iframe", "object", "embed", "param", "video", "audio", "source", "track"})
_PLAYER_SAYS: Final = frozenset(
    """src srcdoc width height title allow allowfullscreen name value type data poster controls loop muted autoplay kind
    srclang label default href usemap classid""".split()
)
"""What counts of those: the others (frameborder, scrolling, wmode …) say how they look or are for browsers long gone."""
_LOOKS: Final = frozenset(
    """id class style align bgcolor border cellpadding cellspacing color face hspace vspace valign size
    data-sourcepos""".split()
)
"""Attributes that say how an element looks; ids are anchors."""


def _get(attrs: Attributes, name: str) -> str:
    for key, value in attrs:
        if key == name:
            return value or ""
    return ""


def _start_style(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.quiet:
        if tag == "code" and attrs:
            reader.languages.append(_get(attrs, "class"))
        return
    reader.bits |= STYLES[tag]
    if attrs and tag in _KEPT_TAGS:
        for name, value in attrs:
            if value and name in _SAID_IN_ATTRIBUTES:
                reader.show()
                reader.out.append((name, value))


def _start_block(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.quiet:
        if reader.exact and not reader.exact[-1].endswith("\n"):
            reader.exact.append("\n")
    elif not reader.fresh:  # else a heading that shows nothing yet would end
        reader.block()


def _end_block(reader: Reader, tag: str) -> None:
    if not reader.fresh and not reader.quiet:
        reader.block()


def _start_heading(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    reader.opening = _HEADINGS[tag]


def _end_heading(reader: Reader, tag: str) -> None:
    if reader.fresh and reader.opening[0] == "heading":
        reader.left_out.add("empty heading")
    else:
        reader.out.append(t.END_HEADING)
    reader.block()


def _container(token: tuple[object, ...]) -> Start:
    def start(reader: Reader, tag: str, attrs: Attributes) -> None:
        reader.block()
        reader.out.append(token)

    return start


def _start_quote(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    reader.out.append(t.QUOTE)
    reader.frames.append(tag)


def _end_quote(reader: Reader, tag: str) -> None:
    reader.block()
    reader.out.append(t.END_QUOTE)
    reader.frames.pop()


def _end_container(token: tuple[object, ...]) -> End:
    def end(reader: Reader, tag: str) -> None:
        reader.block()
        reader.out.append(token)

    return end


def _start_list(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    token: tuple[object, ...] = ("list",)
    if tag == "ol":
        start = _get(attrs, "start")
        token = ("ordered list", int(start) if _NUMBER.fullmatch(start) else 1)
    reader.inside.append(token)
    reader.frames.append("list")


def _end_list(reader: Reader, tag: str) -> None:
    reader.block()
    reader.frames.pop()
    if reader.inside.pop() is None:
        reader.out.append(t.END_LIST)


def _start_item(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    if reader.frames and reader.frames[-1] == "list":
        reader.begin_item()
    else:
        reader.begin_stray_item()
    reader.inside.append(None)
    reader.frames.append(tag)


def _end_item(reader: Reader, tag: str) -> None:
    reader.block()
    reader.inside.pop()
    reader.frames.pop()
    if not reader.frames or reader.frames[-1] != "list":
        reader.end_stray_item()


def _start_head(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.in_head = True


def _end_head(reader: Reader, tag: str) -> None:
    reader.in_head = False


def _start_cell(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.block()
    spans = tuple((name, value) for name, value in attrs if name in ("colspan", "rowspan") and value != "1")
    reader.out.append(("head cell" if tag == "th" or reader.in_head else "cell", *spans))
    reader.frames.append(tag)


def _end_cell(reader: Reader, tag: str) -> None:
    _end_block(reader, tag)
    reader.frames.pop()


def _start_link(reader: Reader, tag: str, attrs: Attributes) -> None:
    url = title = None
    for name, value in attrs:
        if name == "href":
            url = value or ""
        elif name == "title":
            title = " ".join((value or "").split())
        elif name == "name":
            reader.anchor(value)
    reader.links.append(reader.link)
    if url is not None and not is_script(url):
        reader.link = [canonical_url(url), title or None, False]
        if reader.exact is not None:
            reader.code_links.append((reader.link, len(reader.exact)))


def _end_link(reader: Reader, tag: str) -> None:
    link = reader.link
    before = reader.links.pop()
    if reader.exact is not None and reader.code_links and link is not before:
        opened, start = reader.code_links.pop()
        reader.ended_code_links.append((opened, start, len(reader.exact)))
    if link is not None and link is not before and not link[2] and not reader.quiet:
        reader.open()
    reader.link = before


def _start_image(reader: Reader, tag: str, attrs: Attributes) -> None:
    url = _get(attrs, "src").strip() or _get(attrs, "data-src").strip()
    if not url:
        reader.left_out.add("image without an address")
        return
    reader.show()
    alt = " ".join(_get(attrs, "alt").split())
    title = " ".join(_get(attrs, "title").split())
    reader.out.append((t.IMAGE, canonical_url(url), alt, title))


def _start_break(reader: Reader, tag: str, attrs: Attributes) -> None:
    if reader.exact is not None:
        reader.exact.append("\n")
        return
    reader.after_break = True
    if not reader.fresh:
        reader.breaks += 1
        reader.blank = ""


def _start_pre(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.exact_depth += 1
    if reader.exact is None:
        reader.block()
        reader.exact = []
        reader.quiet = True


def _end_pre(reader: Reader, tag: str) -> None:
    reader.exact_depth -= 1
    if reader.exact_depth or reader.exact is None:
        return
    code = "".join(reader.exact).removesuffix("\n")
    linked = [(link, "".join(reader.exact[start:end])) for link, start, end in reader.ended_code_links]
    reader.exact = None
    reader.quiet = False
    reader.out.append((t.CODE_BLOCK, code))
    reader.block()
    for link, text in linked:
        reader.say_link(link, text)
    reader.ended_code_links.clear()


def _start_style_sheet(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.quiet = True
    reader.left_out.add("style sheet")


def _end_style_sheet(reader: Reader, tag: str) -> None:
    reader.quiet = reader.exact is not None


def _start_title(reader: Reader, tag: str, attrs: Attributes) -> None:
    reader.quiet = True
    reader.left_out.add("title element")


def start_other(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note an element that Markdown cannot say: itself and what its attributes say."""
    if (reader.quiet and tag not in _KEPT_IN_CODE) or tag.startswith(_WORD_PREFIXES):
        return
    if tag in BLOCK_OTHERS:
        reader.block()
        if tag in _CAPTION_TAGS and _in_caption(reader, tag, attrs):
            return
    else:
        reader.show()
    kept = sorted(
        (name, canonical_url(value) if name in _URLS else " ".join((value or "").split()))
        for name, value in attrs or ()
        if name not in _LOOKS and _NAME.fullmatch(name) and (tag not in _PLAYERS or name in _PLAYER_SAYS)
    )
    reader.out.append(("element", tag, *kept))
    if tag in _PLAIN_INSIDE:
        reader.bits = 0


def _in_caption(reader: Reader, tag: str, attrs: Attributes) -> bool:
    if tag == "dl":
        reader.captions.append("wp-caption" in _get(attrs, "class"))
    return bool(reader.captions and reader.captions[-1])


def _end_dl(reader: Reader, tag: str) -> None:
    _end_block(reader, tag)
    if reader.captions:
        reader.captions.pop()


BLOCK_OTHERS: Final = frozenset(
    """dl dt dd details summary form script iframe object embed param audio video source track svg math
    canvas""".split()
)
"""Elements kept as HTML that stand for themselves, not in a line of text."""

_BLOCKS: Final = frozenset(
    """p div section article aside header footer main nav address center hgroup figure figcaption caption legend
    noframes search fieldset dialog marquee""".split()
)
"""Elements that begin and end a line and say nothing more."""

_ONLY_CONTENT: Final = frozenset(
    """html body head span font big nobr cite wbr tbody tfoot colgroup col noscript base basefont blink label rtc
    link meta""".split()
)
"""Elements whose content is all that counts, or that a browser does not show."""

_HEADINGS: Final = {f"h{digit}": ("heading", min(digit, 6)) for digit in range(1, 100)}
"""h12 and other impossible ones are taken for the lowest."""

START: Final[dict[str, Start | None]] = {
    **dict.fromkeys(_ONLY_CONTENT),
    **dict.fromkeys(STYLES, _start_style),
    **dict.fromkeys(_BLOCKS, _start_block),
    **dict.fromkeys(_HEADINGS, _start_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _start_list),
    "li": _start_item,
    "blockquote": _start_quote,
    "table": _container(t.TABLE),
    "thead": _start_head,
    "tr": _container(t.ROW),
    "td": _start_cell,
    "th": _start_cell,
    "a": _start_link,
    "img": _start_image,
    "br": _start_break,
    "hr": _container(t.RULE),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _start_pre),
    "style": _start_style_sheet,
    "title": _start_title,
}
"""Element -> what its start notes; None: nothing. All others: :func:`start_other`."""

END: Final[dict[str, End]] = {
    **dict.fromkeys((*_BLOCKS, *BLOCK_OTHERS, "tr"), _end_block),
    **dict.fromkeys(("td", "th"), _end_cell),
    "dl": _end_dl,
    **dict.fromkeys(_HEADINGS, _end_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _end_list),
    "li": _end_item,
    "thead": _end_head,
    "blockquote": _end_quote,
    "table": _end_container(t.END_TABLE),
    "a": _end_link,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _end_pre),
    **dict.fromkeys(("style", "title"), _end_style_sheet),
}
"""Element -> what its end notes."""
