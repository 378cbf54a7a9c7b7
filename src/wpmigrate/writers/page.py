"""Front matter and body become a Markdown file; the body's blocks become the sections' Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wpmigrate.errors import WriteError
from wpmigrate.model import Entry
from wpmigrate.model.boxes import boxes_of
from wpmigrate.model.nodes import Block, Root
from wpmigrate.targets import Target
from wpmigrate.writers.front_matter import front_matter
from wpmigrate.writers.head import write_head
from wpmigrate.writers.html import has_id, is_heading
from wpmigrate.writers.markdown import join_blocks
from wpmigrate.writers.target_front import PageFacts

__all__ = ["fill_sections", "write_page"]


def write_page(
    entry: Entry, stem: str, body: str, target: Target, alone: bool = True, draft: bool = False
) -> str:
    """Return the Markdown file: the front matter in the target's format, a blank line, the body as it is.

    ``alone``: no JSON or YAML file is written beside it (:func:`~wpmigrate.writers.front_matter.front_matter`). ``draft``: it
    goes to the drafts. A body of blanks only leaves the front matter alone. The text ends in a line end.
    """
    page = PageFacts(stem, entry.url, entry.modified, draft)
    head = write_head(front_matter(entry, alone), page, target)
    if not body.strip():
        return head
    return f"{head}\n{body}" if body.endswith("\n") else f"{head}\n{body}\n"


def fill_sections(entry: Entry, texts: Sequence[str], target: Target, verbatim: bool = False) -> Entry:
    """Return ``entry`` with the Markdown of each section; ``texts`` are those of ``entry.content``'s blocks in order.

    ``verbatim``: the body stays as its author wrote it, and so do sections that have their text already.

    The headings among the blocks of the page are the sections, one to one and in order; a section goes on until the
    next of them. Raises :class:`~wpmigrate.errors.WriteError` when their number is another.
    """
    if verbatim and any(section.markdown for section in entry.sections):
        return entry
    blocks = entry.content.children
    starts = [place for place, block in enumerate(blocks) if is_heading(block)]
    if len(starts) > len(entry.sections):
        starts = _sections_starts(blocks, starts, len(entry.sections))
    if len(starts) != len(entry.sections):
        raise WriteError(
            f"the page has {len(starts)} headings but {len(entry.sections)} sections; this is a bug in wpmigrate"
        )
    ends = [*starts[1:], len(blocks)]
    sections = [
        msgspec.structs.replace(
            section, markdown=join_blocks(Root(blocks[start + 1 : end]), list(texts[start + 1 : end]), target)
        )
        for section, start, end in zip(entry.sections, starts, ends, strict=False)
    ]
    return msgspec.structs.replace(entry, sections=sections)


def _sections_starts(blocks: Sequence[Block], headings: list[int], count: int) -> list[int]:
    """Return which of ``headings``, more than ``count``, begin sections: none between the tags of a form or a table, nor one that no browser shows."""
    inside = {place for box in boxes_of(blocks) for place in box}
    outside = [place for place in headings if place not in inside]
    return outside if len(outside) == count else [place for place in headings if has_id(blocks[place])]
