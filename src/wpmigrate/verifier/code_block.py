"""A code block as its events come: exact text, and the links in it, which are said after it."""

from __future__ import annotations

from typing import Final

from wpmigrate.verifier.tokens import Token

__all__ = ["BEGINS", "HAS_ENDED", "CodeBlock", "OpenLink"]

_NO_EDGE: Final = 0
BEGINS: Final = 1
HAS_ENDED: Final = 2
"""The edge of a block inside: what comes next stands on a line of its own. After an end its own line end does that."""


class OpenLink:
    """A link that is open."""

    __slots__ = ("shown", "title", "url")

    def __init__(self, url: str, title: str | None) -> None:
        self.url = url
        self.title = title
        self.shown = False
        """Whether it has been written."""


class CodeBlock:
    """What a code block holds."""

    __slots__ = ("_images", "_link", "_parts", "_start", "depth", "edge", "place")

    def __init__(self, place: int) -> None:
        self.place = place
        """The index of its token."""
        self.depth = 1
        """How many code elements are open; those inside each other are one block."""
        self.edge = _NO_EDGE
        """Whether a block inside has begun or ended, and nothing has come since."""
        self._parts: list[str] = []
        self._link: OpenLink | None = None
        self._start = 0
        self._images: list[Token] = []

    def add(self, data: str, begins: bool) -> None:
        """Add text; ``begins``: on a line of its own if a block inside has just ended."""
        edge, self.edge = self.edge, _NO_EDGE
        parts = self._parts
        if edge and (begins or edge == BEGINS) and parts and not parts[-1].endswith("\n"):
            parts.append("\n")
        parts.append(data)

    def text(self) -> str:
        """Return the code without its last line end."""
        return "".join(self._parts).removesuffix("\n")

    def begin_link(self, link: OpenLink) -> None:
        """Begin a link. HTML has none inside another; where a table lets one through, the inner one counts."""
        self._link, self._start, self._images = link, len(self._parts), []

    def end_link(self) -> tuple[OpenLink | None, list[Token], str]:
        """End the link; return it with its images and words."""
        link, self._link = self._link, None
        return link, self._images, " ".join("".join(self._parts[self._start :]).split())

    def has_link(self, image: Token) -> bool:
        """Keep the image for the link that is open here; say whether there is one."""
        if self._link is not None:
            self._images.append(image)
        return self._link is not None
