"""A page for every term and author with public entries: what WordPress shows at ``/category/news/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from wpmigrate.model import Fields, Site, SourceEntry
from wpmigrate.model.nodes import Html, Inline, Link, List, ListItem, Paragraph, Root, Text
from wpmigrate.normalizer import normalize
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import ArchiveRow, EntryRow, Index
from wpmigrate.runner.index.facts import archives_below
from wpmigrate.runner.site_files.records import SiteOutput
from wpmigrate.runner.target import target_of
from wpmigrate.targets import Target
from wpmigrate.targets.paths import output_path
from wpmigrate.verifier import check_markdown
from wpmigrate.writers.head import write_head
from wpmigrate.writers.markdown import write_markdown
from wpmigrate.writers.target_front import PageFacts

__all__ = ["archive_pages", "archive_parts", "description_markdown"]

_AT_ONCE = 500
"""So many lines of a list are in memory."""


def archive_pages(index: Index, site: int, options: RunOptions) -> Iterator[SiteOutput]:
    """Yield a Markdown page for each archive of ``site``: its entries, newest first. Their data is in ``site.json``."""
    if "markdown" not in options.to:
        return
    below = archives_below(index, site)
    target = target_of(options)
    for row in index.archives(site):
        parts = partial(_parts, index, site, row, below.get((row.taxonomy, row.slug), ()), options)
        yield SiteOutput(output_path(target, row.stem, "markdown"), "archive", parts)


def _parts(
    index: Index, site: int, row: ArchiveRow, children: Sequence[str], options: RunOptions
) -> Iterator[bytes]:
    description = description_markdown(row.description, index.site(site), options)
    return archive_parts(row, children, description, index.listed(row), target_of(options))


def archive_parts(
    row: ArchiveRow, children: Sequence[str], description: str, entries: Iterable[EntryRow], target: Target
) -> Iterator[bytes]:
    """Yield the page of an archive in pieces: front matter, the description (Markdown), a list of links with their dates."""
    head = f"{write_head(_front_matter(row, children), PageFacts(row.stem), target)}\n{description}"
    yield (f"{head}\n" if description else head).encode()
    for some in _batches(entries):
        # each batch is a list of its own, and goes on where the one before ends
        yield write_markdown(Root([List(some, ordered=False)]), target).encode()


def _batches(entries: Iterable[EntryRow]) -> Iterator[list[ListItem]]:
    some: list[ListItem] = []
    for entry in entries:
        some.append(_item(entry))
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _front_matter(row: ArchiveRow, children: Sequence[str]) -> dict[str, Any]:
    slug = (
        row.slug.partition("@")[0] if row.taxonomy == "author" else row.slug
    )  # a login may be an e-mail address
    keys: dict[str, Any] = {"title": row.name, "slug": slug, "type": "archive", "taxonomy": row.taxonomy}
    if row.parent:
        keys["parent"] = row.parent
    if children:
        keys["children"] = [*children]
    return keys


def description_markdown(text: str, site: Site, options: RunOptions) -> str:
    """Return a term's description as Markdown, with paragraphs as WordPress makes them (``term_description``, ``wpautop``).

    It goes the way of an entry's body, and is proven; where the proof fails, its HTML is shown as text. The list of entries
    can follow it.
    """
    if not text.strip():
        return ""
    raw = b"---\ntitle: \n---\n" + text.encode("utf-8", "replace")  # what the proof reads
    source = SourceEntry("", raw, "front-matter", "utf-8", Fields(), {}, text)
    root = normalize(source, site, options.normalize).content
    markdown = write_markdown(root, target_of(options))
    if check_markdown(source, markdown, options.normalize, site):
        root = Root([Paragraph([Text(" ".join(text.split()))])])
    if root.children and isinstance(root.children[-1], List):
        root.children.append(Html("<!-- -->"))  # parts it from the list of entries
    return write_markdown(root, target_of(options))


def _item(entry: EntryRow) -> ListItem:
    title = " ".join(entry.title.split()) or f"({entry.type} {entry.id})"
    inlines: list[Inline] = [Link(entry.address, [Text(title)])]
    day = entry.date[:10]
    if day and not day.startswith("0000"):
        inlines.append(Text(f" {day}"))
    return ListItem([Paragraph(inlines)])
