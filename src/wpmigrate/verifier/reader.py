"""What is noted of a page while its events come; what each element means is in :mod:`wpmigrate.verifier.elements`.

Blanks, blocks, breaks, lists and links are *lazy*: they are noted when something visible follows, so that empty paragraphs,
breaks at an edge and blanks inside or outside of ``<em>`` need no cases.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.blanks import fold_blanks
from wpmigrate.verifier.code_block import CodeBlock, OpenLink
from wpmigrate.verifier.tokens import CODE, DELETE, EMPHASIS, STRONG, Beside, Token
from wpmigrate.wordpress.pictures import late_address

__all__ = ["HIDING", "OWN_LINES", "Attributes", "Reader", "get", "late_source"]

Attributes: TypeAlias = tuple[tuple[str, str | None], ...]
"""(name, value) in the order of the source; no value: None."""

_EDGES = " \t\n\r\f\xa0"

_FONT: Final = r"(?<![\w-])font(?:-"
_WORDS_OF_FONT: Final = r"\s*:\s*(?:(?:normal|italic|oblique|small-caps|bold(?:er)?|lighter|[1-9]00)\s+)*"
"""``font: italic bold 12px Arial``: words before the size."""
_CSS: Final = (
    (re.compile(rf"{_FONT}weight\s*:\s*(?=bold|normal|lighter|[1-9]00)|{_WORDS_OF_FONT}(?=bold|[6-9]00\b))(bold|[6-9]00)?", re.I), STRONG),
    (re.compile(rf"{_FONT}style\s*:\s*(?=italic|oblique|normal)|{_WORDS_OF_FONT}(?=italic|oblique))(italic|oblique)?", re.I), EMPHASIS),
    (re.compile(r"(?<![\w-])text-decoration(?:-line)?\s*:[^;]*(line-through)", re.I), DELETE),
)
"""Declarations that say what an element would say (the group), or else that it and what is in it is not that. The last one counts.
Word's ``mso-bidi-font-weight`` is another property."""

_MAY_HIDE: Final = ("display", "visib", "opac", "font-size", "left", "top", "indent")
"""Properties of CSS that may hide something."""

HIDING: Final = frozenset({"noscript", "audio", "video", "canvas", "details"})
"""Elements in which a visitor sees no words, or only when asking for them."""

OWN_LINES: Final = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:!|;|$)", re.I)
"""Declarations that put a ``span`` on lines of its own."""
_NO_NODES: Final = frozenset({"td", "th", "pre"})
"""Frames in which Markdown has no blocks."""
_BEGINNING: Final = 20
"""So many tokens are looked at for the words with which a block begins."""
_BEGIN_BLOCK: Final[tuple[Token, ...]] = (t.PARAGRAPH, t.QUOTE)

_WORDLESS: Final = frozenset({"paragraph", t.LINK, "end of link"})
_LONGEST_TAIL: Final = 50
"""So many tokens are looked at for a link that nobody closed."""

_LONG_RUN: Final = 2_000
"""Longer runs are not joined here: joining many small ones to a long one would take quadratic time."""


def get(attrs: Attributes, name: str) -> str:
    """Return an attribute's value; empty without it."""
    for key, value in attrs:
        if key == name:
            return value or ""
    return ""


def late_source(attrs: Attributes) -> str:
    """Return the address that a script gives to an image or a frame; empty when it has its own."""
    return late_address(dict(attrs)) if any(name[:5] == "data-" for name, _ in attrs) else ""


def _only_pieces(out: list[Token], start: int) -> bool:
    """Whether from ``start`` on there are only pieces without words of the link before it, which nobody closed."""
    tail = out[start:]
    if len(tail) > _LONGEST_TAIL or not all(type(token) is tuple and token[0] in _WORDLESS for token in tail):
        return False
    before = (out[at] for at in range(start - 1, max(start - _LONGEST_TAIL, -1), -1))
    link = next((token for token in before if isinstance(token, tuple) and token[0] == t.LINK), None)
    return link is not None and str(link[1])[:1] != "#" and all(token in (link, t.PARAGRAPH, t.END_LINK) for token in tail)


class Reader:
    """Notes tokens as the elements ask."""

    # fmt: off
    __slots__ = (
        "after_break", "anchors", "behind", "beside", "bits", "blank", "breaks", "captions", "codes_round",
        "drawing", "exact", "fragments", "frames", "fresh", "heading", "headings", "in_form", "in_head", "inside",
        "labels", "languages", "late", "left_out", "lines", "link", "links", "mark", "may_hide", "normal",
        "noscripts", "objects", "opening", "out", "owed", "owing", "pictures", "quiet", "said", "saved", "shown",
        "shown_link", "stray_end", "told", "waiting",
    )
    # fmt: on
    """Named here, since a class with more than thirty fields is slow without."""

    def __init__(self) -> None:
        self.out: list[Token] = []
        self.anchors: dict[str, int] = {}
        self.fragments: list[int] = []
        self.headings: list[int] = []
        self.heading = -1
        """How many headings there were before the open one; -1 when none is open."""
        self.left_out: dict[str, int] = {}
        self.late: frozenset[str] = frozenset()
        """Addresses that scripts give to images of the page; in a ``noscript`` the same pictures stand once more."""
        self.may_hide = False
        """Whether an element has come that may hide what is in it, or on the page."""
        self.noscripts = 0
        """How many of these are open."""
        self.behind = ""
        """The style of the element that begins, when it names a picture."""
        self.languages: dict[int, str] = {}
        self.lines: list[tuple[int, int]] = []
        self.saved: list[int] = []
        """For each open element the styles round it."""
        self.mark = 0
        """How many elements were open at the mark, where there was one."""
        self.bits = 0
        """The styles that are open, and those that ``out`` has said last."""
        self.shown = 0
        self.normal = 0
        """The styles that the beginning element's CSS ends, whatever its name says."""
        self.fresh = True
        """Whether nothing visible has come in this block; ``opening`` says which one begins then."""
        self.opening: tuple[object, ...] = t.PARAGRAPH
        self.waiting = True
        """Whether a block, a break or the edge of a link may have to be written before what is visible next."""
        self.breaks = 0
        """Breaks and the blank that wait for something visible on the same line."""
        self.blank = ""
        self.beside: set[Beside] = set()
        """What elements say that Markdown has no spelling for."""
        self.owed: set[Beside] = set()
        """What of that a node must say, since something shows in its block."""
        self.owing: list[tuple[int, Beside, int]] = []
        """What open blocks say: how many elements are open in each, and where it begins in ``out``."""
        self.said: list[tuple[int, str, str]] = []
        """What attributes of open elements say: how many elements are open there, name, value; each block says it anew."""
        self.told = 0
        """How many of these this block has said; the others wait for something visible in their element."""
        self.link: OpenLink | None = None
        """The open link, and the one that ``out`` is in."""
        self.shown_link: OpenLink | None = None
        self.links: list[OpenLink | None] = []
        self.quiet = False
        """Whether text is not words: in a code block (``exact`` takes it) or in a style sheet (nothing does)."""
        self.exact: CodeBlock | None = None
        self.codes_round: list[CodeBlock | None] = []
        """For each open element that holds no code (a script, a style sheet) the code block in which it stands."""
        self.pictures = 0
        """How many ``picture`` elements are open."""
        self.drawing = 0
        """How many drawings are open, if the outermost only decorates."""
        self.in_form = False
        """Whether a form is open."""
        self.labels: list[tuple[str, Token]] = []
        """The labels of the open form that have come since its last field: what each is for, and the token before it."""
        self.in_head = False
        """Whether a table's head is open."""
        self.inside: list[tuple[object, ...] | None] = []
        """For each open list its token while it has no item, for each one with items and each item None."""
        self.frames: list[str] = []
        """What is open of lists, items, quotations and cells, outermost first."""
        self.after_break = False
        """Whether nothing has come since a break."""
        self.objects: list[int] = []
        """For each open ``object`` where it stands in ``out``, if it may be a player; -1 for others."""
        self.captions: list[bool] = []
        """For each open ``dl`` whether it is a caption of WordPress's old editor."""
        self.stray_end = -1
        """Where the list that was made for a stray item has ended, if nothing has come since."""

    def characters(self, data: str) -> None:
        """Note text (an event of the parser)."""
        if self.quiet:
            if self.exact is not None:
                self.exact.add(data, begins=data[:1] != "\n")
            return
        if self.fresh and (data == "\n" or data.isspace()):
            return
        if self.bits & CODE:
            self.code(data)
            return
        self.after_break = False
        words = data.strip(_EDGES)
        after = ""
        if len(words) != len(data):
            if not words:
                self.add_blank(data)
                return
            start = data.find(words[0])
            if start:
                self.add_blank(data[:start])
            after = data[start + len(words) :]
        if "  " in words or "\n" in words or "\xa0" in words or "\t" in words or "\r" in words or "\f" in words:
            words = fold_blanks(words)
        if self.waiting:
            self.open()
        out = self.out
        if self.bits != self.shown:
            self.shown = self.bits
            out.append(self.bits)
        if self.blank:
            words = self.blank + words
            self.blank = ""
        last = out[-1]
        if type(last) is str and len(last) < _LONG_RUN:
            out[-1] = last + words
        else:
            out.append(words)
        if after:
            self.blank = after if after == "\xa0" else " "

    def leave_out(self, thing: str) -> None:
        """Note something that has no token."""
        self.left_out[thing] = self.left_out.get(thing, 0) + 1

    def note_language(self, said: str) -> None:
        """Note what an element says of the language of the open code block."""
        if said and self.exact is not None:
            before = self.languages.get(self.exact.place, "")
            self.languages[self.exact.place] = f"{before} {said}" if before else said

    def leave_code(self) -> None:
        """Begin an element whose text is no code, also where it stands in a code block."""
        self.codes_round.append(self.exact)
        self.exact, self.quiet = None, False

    def return_to_code(self) -> None:
        """End such an element."""
        self.exact = self.codes_round.pop()
        self.quiet = self.exact is not None

    def code(self, data: str) -> None:
        """Note text in a code span, whose blanks are its own."""
        # The line end that WordPress prints with each <br /> is not one of the code.
        data = data.removeprefix("\n") if self.after_break else data
        if data:
            self.after_break = False
            self.show()
            self.out.append((t.SPAN, data))

    def add_blank(self, blanks: str) -> None:
        """Note blanks: they show when something follows on the same line; two of any kind are one ordinary blank."""
        if not self.fresh and not self.breaks:
            self.blank = "\xa0" if blanks == "\xa0" and not self.blank else " "

    def say(self, name: str, value: str) -> None:
        """Note what an attribute says of the visible things in its element."""
        self.said.append((len(self.saved), name, value))
        self.waiting = True

    def end_said(self) -> None:
        """Forget what the attributes of an element say that has ended."""
        while self.said and self.said[-1][0] > len(self.saved):
            self.said.pop()
        self.told = min(self.told, len(self.said))

    def block(self) -> None:
        """Note the edge of a block."""
        self.fresh = True
        self.opening = t.PARAGRAPH
        self.breaks = 0
        self.blank = ""
        self.waiting = True

    def end_heading(self) -> None:
        """End the open heading, if one is open: at its end tag, or before a list, a table, code … that stands in it."""
        if self.heading < 0:
            return
        if len(self.headings) > self.heading:
            self.out.append(t.END_HEADING)
        else:
            self.leave_out("empty heading")
        self.heading = -1

    def open(self) -> None:
        """Write what was waiting for something visible: the block, the breaks, the link."""
        if self.fresh:
            self.fresh = False
            if self.opening is not t.PARAGRAPH:
                self.headings.append(len(self.out))
            self.out.append(self.opening)
            self.shown_link = None
            self.told = 0
        elif self.breaks == 1:
            if self.shown_link is not None and self.link is not self.shown_link:
                self.shown_link = None
                self.out.append(t.END_LINK)
            self.out.append(t.BREAK)
        elif self.breaks:  # two in a row look like a new paragraph
            self.out.append(t.PARAGRAPH)
            self.shown_link = None
            self.told = 0
        self.breaks = 0
        self.waiting = False
        if self.link is not self.shown_link:
            self.open_link()
        if len(self.said) > self.told:
            self.out += [(name, value) for _, name, value in self.said[self.told :]]
            self.told = len(self.said)

    def open_link(self) -> None:
        """Write that a link begins, or that the one before it has ended."""
        link = self.link
        if link is None:
            self.out.append(t.END_LINK)
        else:
            link.shown = True
            url = link.url
            if len(url) > 1 and url[0] == "#":
                self.fragments.append(len(self.out))
            self.out.append((t.LINK, url, link.title))
        self.shown_link = link

    def begin_link(self, url: str, title: str | None) -> None:
        """Begin a link; the one that was open has been put on ``links``."""
        self.link = link = OpenLink(url, title)
        self.waiting = True
        if self.exact is not None:
            self.exact.begin_link(link)

    def end_link(self) -> None:
        """End the link that began last; one without anything visible is written now."""
        link = self.link
        before = self.links.pop()
        if link is before:
            return
        if link is not None and not link.shown and not self.quiet:
            self.open()
        self.link = before
        self.waiting = True
        if self.exact is not None:
            self.say_inside(*self.exact.end_link())

    def settle_owing(self) -> None:
        """Note what the block that ends here owes, if it has words and stands where Markdown has blocks."""
        while self.owing and self.owing[-1][0] > len(self.saved):
            _, row, start = self.owing.pop()
            first = next((token for token in self.out[start : start + _BEGINNING] if type(token) is not int and token not in _BEGIN_BLOCK), None)
            if type(first) is str and self.heading < 0 and self.frames[-1:] != ["li"] and _NO_NODES.isdisjoint(self.frames):
                self.owed.add(row)

    def show(self) -> None:
        """Write what was waiting, also the blank and the style of code, for something visible that is not words."""
        if self.waiting:
            self.open()
        if self.blank:
            self.out.append(self.blank)
            self.blank = ""
        if self.bits != self.shown and self.bits & CODE:
            self.shown = self.bits
            self.out.append(self.bits)

    def begin_item(self) -> None:
        """Begin a list item, and its list when this is the first; a list round both waits for an item of its own."""
        token = self.inside[-1] if self.inside else None
        if token is not None:
            self.inside[-1] = None
            self.out.append(token)
        self.out.append(t.ITEM)

    def say_inside(self, link: OpenLink | None, images: list[Token], words: str) -> None:
        """Write a link or images that stand in a code block, on a line of their own after it."""
        before = self.link
        self.link = link or before
        self.block()
        self.open()
        self.out += images
        self.link = before
        if words:
            self.out.append(words)
        self.block()

    def begin_stray_item(self) -> None:
        """Begin an item outside of any list, which a browser shows all the same; neighbours share a list."""
        end = self.stray_end
        if end > 0 and self.out[end - 1] == t.END_LIST and (end == len(self.out) or _only_pieces(self.out, end)):
            self.out[end - 1] = t.ITEM
        else:
            self.out += (("list",), t.ITEM)

    def end_stray_item(self) -> None:
        """End an item outside of any list."""
        self.out.append(t.END_LIST)
        self.stray_end = len(self.out)

    def anchor(self, name: str | None) -> None:
        """Note that links can lead here by ``name``; inside a code block that is where the block begins."""
        if name:
            self.anchors.setdefault(name, len(self.out) if self.exact is None else self.exact.place)

    def read_style(self, style: str) -> None:
        """Open the styles that an element's CSS says."""
        lowered = style.lower()
        if not self.may_hide and any(word in lowered for word in _MAY_HIDE):
            self.may_hide = True
        if "font" in lowered or "text-d" in lowered:
            for pattern, bit in _CSS:
                found = pattern.findall(style)
                if found and found[-1]:
                    self.bits |= bit
                elif found:
                    self.bits &= ~bit
                    self.normal |= bit
