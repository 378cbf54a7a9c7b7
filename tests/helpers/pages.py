"""Pages converted and proven whole, with the real converter."""

from __future__ import annotations

from wpmigrate import EntryResult, convert

__all__ = ["markdown", "page"]


def page(body: str, name: str = "page.html") -> EntryResult:
    """Return what becomes of a page with this body."""
    return convert(name, f"---\ntitle: T\n---\n{body}\n".encode(), "page")


def markdown(result: EntryResult) -> str:
    """Return the body of the Markdown file."""
    text = next(file.data for file in result.files if file.format == "markdown").decode()
    return text.split("\n---\n", 1)[1].strip("\n")
