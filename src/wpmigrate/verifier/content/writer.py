"""The walk of a content tree: from an explicit stack of nodes and of what comes after them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from wpmigrate.model import nodes as n
from wpmigrate.verifier.elements import END
from wpmigrate.verifier.inventory import Events
from wpmigrate.verifier.tokens import Beside

__all__ = ["After", "BlockHtml", "Writer", "end", "escape", "only_text"]

After: TypeAlias = "tuple[str, Callable[[Writer, Any], None], Any]"
"""What ends an element: its HTML, what its end does, to what."""


def escape(text: str) -> str:
    """Return ``text`` as cmark escapes it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


class BlockHtml:
    """HTML that stands on lines of its own."""

    __slots__ = ("at_top", "value")

    def __init__(self, value: str, at_top: bool) -> None:
        self.value = value
        self.at_top = at_top
        """Whether it stands in no other block."""


class Writer:
    """Writes and reads nodes."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.stack: list[Any] = []
        self.reader = Events()
        self.images: list[n.Image] = []
        self.beside: set[Beside] = set()
        """What nodes say that Markdown has no spelling for."""
        self.metas: list[str] = []
        """What code blocks say after their language."""
        self.has_html = False
        """Whether there may be raw HTML."""
        self.unclear = False
        """Whether only an HTML parser can tell what it says."""
        self.parsed = False
        """Whether the tree was read in Markdown: its lists are loose where it says so."""
        self.one_line = False
        """Whether a heading or a table is open."""
        self.in_link = False

    def run(self, write: dict[type, Callable[[Writer, Any], None]]) -> None:
        """Write what is on the stack; ``write`` says how."""
        out, stack, characters = self.out, self.stack, self.reader.characters
        while stack:
            item = stack.pop()
            kind = type(item)
            if kind is n.Text:
                value = item.value
                out.append(escape(value))
                if value:
                    characters(value)
                if stack and type(stack[-1]) is n.Text:
                    self.unclear = True  # a parser sees one text
            elif kind is tuple:
                out.append(item[0])
                item[1](self, item[2])
            else:
                write[kind](self, item)

    def push_blocks(self, blocks: Sequence[n.Block], at_top: bool = False) -> None:
        """Have ``blocks`` written next."""
        self.stack += [
            BlockHtml(block.value, at_top) if type(block) is n.Html else block for block in blocks
        ][::-1]

    def line(self) -> None:
        """Begin a new line unless one has just begun."""
        if self.out and self.out[-1][-1:] != "\n":
            self.out.append("\n")


def end(writer: Writer, tag: str) -> None:
    """Have the end of an element read."""
    END[tag](writer.reader, tag)


def only_text(children: Sequence[n.Inline]) -> str:
    """Return the text of ``children`` where that is all they are; else nothing."""
    if len(children) == 1:
        child = children[0]
        if type(child) is n.Text:
            return child.value
    return ""
