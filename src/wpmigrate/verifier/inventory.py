"""From HTML to the flat list of what a person would miss.

The events come from turbohtml's HTML5 tree builder (https://html.spec.whatwg.org/#parsing), so misnested and unclosed tags
read as in a browser, and nothing here recurses.
"""

from __future__ import annotations

from typing import Final

from turbohtml.saxparse import sax_parse

from wpmigrate.verifier.elements import END, START, start_other
from wpmigrate.verifier.reader import Attributes, Reader
from wpmigrate.verifier.tokens import Inventory

__all__ = ["read_html"]

_BOLD_ALREADY: Final = frozenset({"thead", "th"})
"""Elements that a browser shows bold in any case; a style that says so again says nothing."""


def read_html(html: str) -> Inventory:
    """Return the inventory of ``html``, the content of a body."""
    events = _Events()
    # A doctype for the standard mode and a body, so that nothing of the page slips into the head.
    sax_parse("<!DOCTYPE html><body>" + html, events)  # type: ignore[arg-type]
    notes = events.reader
    return Inventory(notes.out, notes.anchors, notes.fragments, notes.headings, notes.left_out, notes.languages, notes.lines)


class _Events:
    """The parser's events (turbohtml's SaxHandler, by its method names)."""

    def __init__(self) -> None:
        self.reader = Reader()
        self.text = self.reader.text
        self.saved: list[int] = []

    def start_element(self, tag: str, attrs: Attributes) -> None:
        reader = self.reader
        self.saved.append(reader.bits)
        if attrs:
            for name, value in attrs:
                if name == "id":
                    reader.anchor(value)
                elif name == "style" and value and tag not in _BOLD_ALREADY:
                    reader.read_style(value)
                elif name == "data-sourcepos" and value:
                    reader.lines.append((len(reader.out), int(value.partition(":")[0])))
        action = START.get(tag, start_other)
        if action is not None:
            action(reader, tag, attrs)

    def end_element(self, tag: str) -> None:
        self.reader.bits = self.saved.pop()
        action = END.get(tag)
        if action is not None:
            action(self.reader, tag)

    def characters(self, data: str) -> None:
        if not self.reader.quiet:
            self.text(data)
        elif self.reader.exact is not None:
            self.reader.exact.append(data)

    def comment(self, data: str) -> None:
        word = data.strip()
        if word.startswith("more") or word == "nextpage":
            self.reader.block()
            self.reader.out.append(("comment", word))
        elif word:
            self.reader.left_out.add("comment")

    def processing_instruction(self, target: str, data: str) -> None:
        if self.reader.exact is not None:
            self.reader.exact.append(f"<?{target} {data}?>")
        elif not self.reader.quiet:
            self.reader.show()
            self.reader.out.append(("instruction", target, " ".join(data.split())))

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Nothing: it is ours."""
