"""Gutenberg's footnotes: marks in the body, their texts in the post meta, shown where ``<!-- wp:footnotes /-->`` stands.

They become the footnotes of GFM (``[^1]`` and ``[^1]: …``). Source of the rules: ``render_block_core_footnotes`` and
https://github.com/syntax-tree/mdast-util-gfm-footnote for the nodes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborNode

from wpmigrate.model import NoticeLog
from wpmigrate.model.nodes import Block, FootnoteDefinition, FootnoteReference, List, ListItem
from wpmigrate.normalizer.marks import ANCHOR, LinkMark
from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.site_facts import SiteFacts
from wpmigrate.wordpress import repair_text

if TYPE_CHECKING:
    from wpmigrate.normalizer.tree import TreeBuilder

__all__ = ["Footnotes", "take_footnotes"]

_BLOCK = re.compile(r"<!--\s{1,20}wp:(?:core/)?footnotes\s(?:(?!-->|<!--).)*+-->", re.DOTALL)
_MARK = re.compile(r"\s*(?:[0-9]{1,4}|\*)?\s*")


class Footnotes:
    """The footnotes of one page, and which marks lead to them."""

    def __init__(self, texts: dict[str, str], prefix: str) -> None:
        """Take the notes' HTML by id, in order; ``prefix`` makes their labels differ from what the page says in brackets."""
        self._texts = texts
        self._labels = {name: f"{prefix}{number}" for number, name in enumerate(texts, 1)}
        self._referred: set[str] = set()
        self._raw: set[str] = set()

    def reference(self, node: LexborNode, builder: TreeBuilder) -> FootnoteReference | None:
        """Return what the mark ``node`` becomes; None when it has no note, stands in a link, or holds more than a number."""
        name = node.attributes.get("data-fn") or ""
        if name not in self._labels:
            builder.log.add("kept", f"footnote {name}: its text is not in the export")
            return None
        if any(type(mark) is LinkMark for mark in builder.marks) or not _MARK.fullmatch(node.text()):
            self._raw.add(name)
            return None
        self._referred.add(name)
        return FootnoteReference(self._labels[name])

    def note_raw(self, top: LexborNode) -> None:
        """Take notice of the marks in an element that stays HTML: they stay links to the note's id."""
        self._raw.update(node.attributes.get("data-fn") or "" for node in top.css("sup[data-fn]"))

    def definitions(self, builder: TreeBuilder, facts: SiteFacts | None) -> list[Block]:
        """Return the notes as blocks for the end of the page, their links as ``facts`` say.

        One that no mark in Markdown leads to is a numbered item, before the others: a Markdown engine would leave it out.
        """
        lists: list[Block] = []
        notes: list[Block] = []
        for number, (name, text) in enumerate(self._texts.items(), 1):
            content = _blocks(text, name if name in self._raw else "", builder, facts)
            if name in self._referred:
                notes.append(FootnoteDefinition(self._labels[name], content))
            else:
                builder.log.add("mapped", "footnote without a mark in the text: a numbered item at the end")
                lists.append(List([ListItem(content)], ordered=True, start=number))
        return lists + notes


def _blocks(text: str, anchor: str, builder: TreeBuilder, facts: SiteFacts | None) -> list[Block]:
    """Return the HTML of a note as blocks, with an ``anchor`` at its beginning when links in raw HTML lead to it."""
    body = parse(text).body
    builder.blocks = []
    if anchor:
        builder.run.append((ANCHOR, anchor, ()))
    if body is not None:
        if facts is not None:
            facts.move(body)
        builder.walk(body)
    builder.settle()
    return builder.blocks


def take_footnotes(text: str, metadata: dict[str, Any], log: NoticeLog) -> tuple[str, Footnotes | None]:
    """Return ``text`` without its footnotes block, and the notes that it shows; None when it shows none.

    As in WordPress, notes without the block are not shown: they stay in the metadata, and the marks as they are.
    """
    meta = metadata.get("meta")
    saved = meta.get("footnotes") if isinstance(meta, dict) else None
    if not saved:
        return text, None
    block = _BLOCK.search(text) if "footnotes" in text else None
    if block is None:
        log.add("kept", "footnotes: the page does not show them; they stay in the metadata")
        return text, None
    texts = _texts(saved)
    if not texts:
        log.add("kept", "footnotes: their texts cannot be read; they stay in the metadata")
        return text, None
    log.add("mapped", "block core/footnotes: footnotes of Markdown", count=len(texts))
    notes = {name: repair_text(note)[0] for name, note in texts.items()}
    return text[: block.start()] + text[block.end() :], Footnotes(notes, _prefix(text, notes.values()))


def _prefix(*texts: Iterable[str]) -> str:
    """Return the beginning of labels that nothing in ``texts`` can be taken for."""
    page = "\n".join(line for text in texts for line in ((text,) if isinstance(text, str) else text))
    prefix = ""
    while "[^" + prefix in page:
        prefix += "n"
    return prefix


def _texts(saved: object) -> dict[str, str]:
    """Return id -> HTML of the notes in a value of the meta ``footnotes``: JSON, a list of objects."""
    try:
        rows = json.loads(saved) if isinstance(saved, str) else saved
    except (ValueError, RecursionError):
        return {}
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return {}
    return {str(row["id"]): str(row.get("content") or "") for row in rows if row.get("id")}
