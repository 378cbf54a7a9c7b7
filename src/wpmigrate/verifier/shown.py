"""What an inventory shows of a page's words, links and images: read once, asked by several checks."""

from __future__ import annotations

from typing import Final

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.tokens import Token

__all__ = ["PageImage", "PageLink", "Shown", "letters", "show"]

_MOST_DETOURS: Final = 50
"""Each is a search of the whole page: many would take quadratic time."""


class PageLink(msgspec.Struct):
    """A link of the page."""

    url: str
    """Where it leads."""
    parts: list[str]
    """The texts in it; an image's is its alternative text."""
    images: list[str]
    """Those of images."""

    def text(self) -> str:
        """Return its text."""
        return self.parts[0] if len(self.parts) == 1 else "".join(self.parts)

    def bare(self) -> str:
        """Return its text without that of its images."""
        left = iter((*self.images, None))
        image = next(left)
        kept: list[str] = []
        for part in self.parts:
            if part is image:
                image = next(left)
            else:
                kept.append(part)
        return "".join(kept)


class PageImage(msgspec.Struct):
    """An image of the page."""

    url: str
    """Where it is."""
    alt: str
    """Its alternative text."""
    title: str
    """Its title."""


class Shown:
    """The words, links and images of a page, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.links: list[PageLink] = []
        self.images: list[PageImage] = []
        self.addresses: set[str] = set()
        """Those in elements that Markdown cannot say."""
        self._text = ""
        self._letters = ""
        self._place = 0
        self._last = ""
        self._detours = 0

    def has(self, line: str) -> bool:
        """Whether ``line`` is there, blanks aside; quickest for lines in their order.

        After some lines out of order (or missing) no more are looked for.
        """
        if line == self._last:
            return True
        self._last = line
        if not self._text:
            self._text = "".join(self.texts)
        found = self._text.find(line, self._place)
        if found >= 0:
            self._place = found
            return True
        if self._detours >= _MOST_DETOURS:
            return True
        self._detours += 1
        if not self._letters:
            self._letters = letters(self._text)
        if letters(line) in self._letters:
            return True
        self._last = ""
        return False

    def rewind(self) -> None:
        """Have the next lines looked for from the beginning."""
        self._place = 0


def letters(text: str) -> str:
    """Return ``text`` without its blanks."""
    return "".join(text.split())


def show(tokens: list[Token]) -> Shown:
    """Return what ``tokens`` show."""
    shown = Shown()
    texts = shown.texts
    link: PageLink | None = None
    for token in tokens:
        if type(token) is str:
            texts.append(token)
            if link is not None:
                link.parts.append(token)
        elif type(token) is tuple:
            kind = token[0]
            if kind == t.LINK:
                link = PageLink(str(token[1]), [], [])
                shown.links.append(link)
            elif kind in _END_OF_LINK:
                link = None
            elif kind in _SHOWS:
                _show_token(shown, token, link)
    return shown


def _show_token(shown: Shown, token: tuple[object, ...], link: PageLink | None) -> None:
    """Note code, an image or an element."""
    kind = token[0]
    if kind == "element":
        shown.addresses.update(str(part[1]) for part in token[2:] if isinstance(part, tuple))
        return
    text = str(token[1])
    if kind == t.IMAGE:
        image = PageImage(text, str(token[2]), str(token[3]))
        shown.images.append(image)
        text = image.alt
    shown.texts.append(text)
    if link is not None and kind != t.CODE_BLOCK:
        link.parts.append(text)
        if kind == t.IMAGE:
            link.images.append(text)


_END_OF_LINK: Final = frozenset({"end of link", "paragraph", "heading"})
_SHOWS: Final = frozenset({t.SPAN, t.CODE_BLOCK, t.IMAGE, "element"})
