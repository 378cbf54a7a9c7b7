"""What elements note that Markdown cannot say: themselves, and what their attributes say."""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.verifier.elements.blocks import end_block
from wpmigrate.verifier.reader import HIDING, Attributes, Reader, get, late_source
from wpmigrate.verifier.tokens import CODE
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.pictures import LOADED, captioned

__all__ = [
    "BLOCK_OTHERS",
    "end_dl",
    "end_drawing",
    "end_form",
    "end_format",
    "end_label",
    "end_other",
    "end_picture",
    "end_raw",
    "start_button",
    "start_form",
    "start_format",
    "start_label",
    "start_other",
    "start_picture",
    "start_raw",
]

_NAME = re.compile(r"[A-Za-z_][\w.:-]*", re.A)

_CONTROLS: Final = frozenset(
    "button optgroup option select textarea output progress meter datalist applet map slot svg math".split()
)
"""Elements kept whole in their line, whose words are no code."""

_CAPTION_TAGS: Final = frozenset({"dl", "dt", "dd"})
"""Of these WordPress's editor and galleries made images with their captions before there was ``figure``."""

_KEPT_IN_CODE: Final = frozenset({"iframe", "object", "embed", "param", "audio", "video", "source", "track", "script"})
"""Elements that a code block must not swallow."""

_DOES = re.compile(r"on|form|name|value|popovertarget|command", re.I)
"""How the attributes of a button begin that does something or says something to a form."""

_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(px|em|rem|)")

_BOX_SIDE = re.compile(r"[+-]?\d{1,4}(\.\d{1,6})?")
_UNSEEN = re.compile(r"(?<![\w-])display\s*:\s*none\b")

_URLS: Final = frozenset({"src", "href", "data", "poster", "action"})
_WORD_PREFIXES: Final = ("o:", "w:", "v:", "st1:", "st2:", "st3:", "u1:", "u2:", "u3:")
"""Word's own elements, in pasted text: only their content counts."""

_WIDGETS: Final = ("fb:", "g:", "skype:")
"""What scripts of Facebook, Google and Skype fill: without them a browser shows only what stands in it."""

_CHECKED: Final = frozenset({"gdiv", "grammarly-extension", "gwmw", "lt-highlighter", "msreadoutspan"})
"""Marks of grammar checkers, which are no part of what somebody wrote; Grammarly's ``<g class="gr_…">`` is one too."""

_PLAYERS: Final = frozenset({"iframe", "object", "embed", "param", "video", "audio", "source", "track"})
_PLAYER_SAYS: Final = frozenset(
    """src srcdoc width height title allow allowfullscreen name value type data poster controls loop muted autoplay kind
    srclang label default href usemap classid flashvars""".split()
)
"""What counts of those: the others (frameborder, scrolling, wmode …) say how they look or are for browsers long gone."""
_LOOKS: Final = frozenset(
    """id class style align bgcolor border cellpadding cellspacing color face hspace vspace valign size
    markdown data-sourcepos""".split()
)
"""Attributes that say how an element looks; ids are anchors."""
_SIZES: Final = frozenset({"width", "height", "nowrap"})
"""What counts of elements that are drawn or play something; of others (buttons, fields) it says only how they look."""
_DRAWN: Final = frozenset(
    """circle clipPath ellipse feFlood filter foreignObject g image line linearGradient mask path pattern polygon polyline radialGradient rect
    stop svg symbol text textPath tspan use mpadded mspace mtable mtd mtr""".split()
)
"""Elements of drawings and formulas: their style is what they show."""
_SIZED: Final = _PLAYERS | {"img", "canvas", "applet"}
_LOOKS_OF: Final = {**dict.fromkeys(_SIZED, _LOOKS), **dict.fromkeys(_DRAWN, _LOOKS - {"style"})}
_OTHER_LOOKS: Final = _LOOKS | _SIZES

BLOCK_OTHERS: Final = frozenset(
    """dl dt dd details summary form script iframe object embed param audio video source track canvas noembed noframes template""".split()
)
"""Elements kept as HTML that stand for themselves, not in a line of text."""
_ENDS_SHOW: Final = frozenset({"dl", "details", "summary"})
"""Elements of which a visitor sees where they end: what comes after is hidden with them no more, or no definition."""
_FIELDS: Final = frozenset({"button", "input", "select", "textarea"})
"""Elements that a form sends, if they stand in one."""


def start_other(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note an element that Markdown cannot say: itself and what its attributes say."""
    if (reader.quiet and tag not in _KEPT_IN_CODE) or tag.startswith(_WORD_PREFIXES) or tag in _CHECKED:
        return
    if reader.drawing:
        reader.drawing += tag == "svg"
        return
    if tag == "svg" and attrs and _decorates(attrs):
        reader.drawing = 1
        reader.leave_out("drawing")
        return
    if tag == "g" and any(row[0] == "data-gr-id" or (row[0] == "class" and (row[1] or "").startswith("gr_")) for row in attrs or ()):
        return
    if tag.startswith(_WIDGETS):
        reader.leave_out("widget")
        return
    if tag in BLOCK_OTHERS:
        reader.may_hide = reader.may_hide or tag in HIDING
        if tag in _CAPTION_TAGS and _in_caption(reader, tag, attrs):
            if not reader.fresh:  # else a heading that shows nothing yet would end
                reader.block()
            return
        reader.block()
        reader.end_heading()
    else:
        reader.show()
    if attrs and tag in LOADED and (late := late_source(attrs)):
        attrs = (("src", late), *(row for row in attrs if row[0] != "src"))
    looks = _LOOKS_OF.get(tag, _OTHER_LOOKS)
    kept = sorted(
        (name, canonical_url(value) if name in _URLS else " ".join((value or "").split()))
        for name, value in attrs or ()
        if name not in looks and _NAME.fullmatch(name) and (tag not in _PLAYERS or name in _PLAYER_SAYS)
    )
    if reader.in_form and tag in _FIELDS:
        kept.append(("in", "form"))
        for name, _ in reader.labels:
            reader.leave_out(f"label for {name!r} in a form")
        reader.labels.clear()
    reader.out.append(("element", tag, *kept))
    if tag in _CONTROLS:
        reader.bits &= ~CODE


def start_picture(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Begin an image in several formats: the image in it is what counts."""
    reader.pictures += 1


def end_picture(reader: Reader, tag: str) -> None:
    """End it."""
    reader.pictures = max(0, reader.pictures - 1)


def start_format(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note a ``source``: of a film or a sound; of a picture it is another format of its image."""
    if reader.pictures and not reader.quiet:
        reader.leave_out("format of a picture")
    else:
        start_other(reader, tag, attrs)


def end_format(reader: Reader, tag: str) -> None:
    """End a ``source``."""
    if not reader.pictures:
        end_other(reader, tag)


def start_form(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note a form: the buttons in it send it. It ends the one round it, as a parser lets none begin in another but where tags are misnested."""
    reader.in_form = True
    reader.labels.clear()
    start_other(reader, tag, attrs)


def start_label(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note the label of a field that comes in the same form: a click on it goes there."""
    if reader.in_form and not (reader.drawing or reader.quiet):
        reader.labels.append((get(attrs, "for"), reader.out[-1]))


def end_label(reader: Reader, tag: str) -> None:
    """End it; one in which nothing shows is none."""
    if reader.labels and reader.out[-1] is reader.labels[-1][1]:
        reader.labels.pop()


def end_form(reader: Reader, tag: str) -> None:
    """End it."""
    reader.in_form = False
    end_other(reader, tag)


def start_button(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note a button; one of no form, which asks no script of its own, does nothing: its words are all there is."""
    if reader.in_form or reader.drawing or any(_DOES.match(name) for name, _ in attrs or ()):
        start_other(reader, tag, attrs)
    elif not reader.quiet:
        reader.leave_out("button")


def _decorates(attrs: Attributes) -> bool:
    """Whether these attributes of a drawing say that it means nothing: hidden from who listens or from all, stretched, or an icon by its size.

    Words, links and pictures in it count all the same.
    """
    said = {name.lower(): (value or "").strip().lower() for name, value in attrs or ()}
    if said.get("aria-hidden") == "true" or said.get("role") in ("none", "presentation") or said.get("preserveaspectratio") == "none":
        return True
    if _UNSEEN.search(said.get("style", "")):
        return True
    if said.get("viewbox") and "width" not in said and "height" not in said:
        return "width" not in said.get("style", "") and _is_icon_box(
            said["viewbox"].replace(",", " ").split()
        )
    sizes = [_SIZE.fullmatch(said.get(key, "")) for key in ("width", "height")]
    return all(size and float(size[1]) <= (4 if size[2] in ("em", "rem") else 64) for size in sizes)


def _is_icon_box(box: list[str]) -> bool:
    """Whether icons are drawn in such a ``viewBox``: a few units wide and high, or as high as Font Awesome, Elementor and Ant draw them."""
    if len(box) != 4 or not all(_BOX_SIDE.fullmatch(side) for side in box):
        return False
    width, height = float(box[2]), float(box[3])
    return (
        (width <= 64 and height <= 64)
        or (height == 512 and width <= 640)
        or (height in (1000, 1024) and width <= height)
    )


def end_drawing(reader: Reader, tag: str) -> None:
    """End a drawing; what comes in its place after it counts again."""
    reader.drawing = max(0, reader.drawing - 1)


def start_raw(reader: Reader, tag: str, attrs: Attributes) -> None:
    """Note an element whose content is text for machines: in no link and no style, whatever stands round it."""
    start_other(reader, tag, attrs)
    reader.leave_code()
    reader.bits = 0
    reader.links.append(reader.link)
    reader.link = None


def end_other(reader: Reader, tag: str) -> None:
    """End an element that stands for itself: items outside of it share no list with those in it."""
    end_block(reader, tag)
    reader.stray_end = -1
    if tag in _ENDS_SHOW and not (reader.quiet or reader.drawing or (tag in _CAPTION_TAGS and _only_shown(reader, tag))):
        reader.out.append(("element", f"/{tag}"))


def end_raw(reader: Reader, tag: str) -> None:
    """Go back into the link that the element stands in."""
    end_other(reader, tag)
    reader.link = reader.links.pop()
    reader.waiting = True
    reader.return_to_code()


def _in_caption(reader: Reader, tag: str, attrs: Attributes) -> bool:
    if tag == "dl":
        reader.captions.append(bool(captioned(get(attrs, "class"))))
    return _only_shown(reader, tag)


def _only_shown(reader: Reader, tag: str) -> bool:
    """Whether this is a piece of a caption, or a ``dd`` of no list, which only begins a line."""
    return reader.captions[-1] if reader.captions else tag == "dd"


def end_dl(reader: Reader, tag: str) -> None:
    end_other(reader, tag)
    if reader.captions:
        reader.captions.pop()
