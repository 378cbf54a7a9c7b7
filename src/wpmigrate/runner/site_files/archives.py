"""A page for every term and author with public entries: what WordPress shows at ``/category/news/``. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wpmigrate.model import OutputFile
from wpmigrate.model.nodes import Block, Html, Inline, Link, List, ListItem, Paragraph, Root, Text
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import ArchiveRow, EntryRow, Index
from wpmigrate.targets import TARGETS
from wpmigrate.writers import extension
from wpmigrate.writers.markdown import join_blocks, write_blocks
from wpmigrate.writers.yaml import emit

__all__ = ["archive_page", "archive_pages"]


def archive_pages(index: Index, site: int, options: RunOptions) -> Iterator[OutputFile]:
    """Yield a Markdown page for each archive of ``site``: its entries, newest first. Their data is in ``site.json``."""
    if "markdown" not in options.to:
        return
    target = TARGETS[options.target]
    for row in index.archives(site):
        text = archive_page(row, index.listed(row), options.target)
        yield OutputFile(row.stem + extension("markdown", target), "archive", text.encode())


def archive_page(row: ArchiveRow, entries: Iterator[EntryRow], target: str) -> str:
    """Return the page of an archive: front matter, the description, a list of links with their dates."""
    blocks = [*_description(row.description)]
    items = [_item(entry) for entry in entries]
    if items:
        blocks.append(List(items, ordered=False))
    root = Root(blocks)
    body = join_blocks(root, write_blocks(root, TARGETS[target]))
    return f"---\n{emit(_front_matter(row))}---\n\n{body}"


def _front_matter(row: ArchiveRow) -> dict[str, Any]:
    keys: dict[str, Any] = {"title": row.name, "slug": row.slug, "type": "archive", "taxonomy": row.taxonomy}
    if row.parent:
        keys["parent"] = row.parent
    return keys


def _description(text: str) -> Iterator[Block]:
    """Yield the description: a paragraph, or HTML as it is where it has tags."""
    text = "\n".join(line for line in map(str.strip, text.splitlines()) if line)
    if "<" in text or "&" in text:
        yield Html(f"<div>\n{text}\n</div>")
    elif text:
        yield Paragraph([Text(text)])


def _item(entry: EntryRow) -> ListItem:
    title = entry.title.strip() or f"({entry.type} {entry.id})"
    inlines: list[Inline] = [Link(entry.address, [Text(title)])]
    day = entry.date[:10]
    if day and not day.startswith("0000"):
        inlines.append(Text(f" {day}"))
    return ListItem([Paragraph(inlines)])
