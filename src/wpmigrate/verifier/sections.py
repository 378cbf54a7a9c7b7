"""The record's sections: their text and their old ids must be the page's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, Final

from wpmigrate.model.boxes import boxes_of
from wpmigrate.model.commonmark import BLOCK_NAMES
from wpmigrate.model.nodes import Block, Heading, Html, Root
from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.body import BodyProof
from wpmigrate.verifier.compare import heading_text, landings, sizes
from wpmigrate.verifier.content import plain_words, read_content
from wpmigrate.verifier.inventory import read_html
from wpmigrate.verifier.python_markdown import EngineError
from wpmigrate.verifier.settle import settle
from wpmigrate.verifier.tokens import Inventory, Token
from wpmigrate.verifier.wxr.notes import listed_markdown, listed_output

__all__ = ["check_headings", "check_legacy_ids", "check_section_texts", "section_headings"]

_HEADING_TAGS: Final = tuple(f"<h{depth}" for depth in range(1, 7))
_HEADING_ELEMENT: Final = re.compile(r"<h([1-6])[\s>](?:(?!</?h[1-6][\s>]).)*</h\1\s*>\s*", re.I | re.S)
"""An HTML block that is one heading and nothing else."""
_BLOCKS: Final = "|".join(sorted(BLOCK_NAMES - {"pre", "script", "style", "textarea"}))
_SOFT_BREAK: Final = re.compile(rf"\n(?=[^<\n]|</?(?!(?:{_BLOCKS})\b)\w)|(?<!>)\n(?=<)", re.I)
"""A line end that does not part two blocks."""
_BREAK: Final = re.compile(r"<br ?/?>\n?")
_MOST_TRIES: Final = 9
"""So many times the text of the first section may stand before its heading."""
_MOST_SEEN: Final = 50
"""Tokens of a heading without words that are looked at."""


def section_headings(sections: list[dict[str, Any]], page: Inventory) -> list[int] | None:
    """Return the index of each section's heading in ``page``; None when one of them is no heading of it.

    Headings in quotes, lists and tables are no sections, so that some are passed over.
    """
    found: list[int] = []
    headings = iter(page.headings)
    for section in sections:
        want = ("heading", section["depth"])
        title = section["title"]
        for index in headings:
            if page.tokens[index] == want and _title(page.tokens, index) == title:
                found.append(index)
                break
        else:
            return None
    return found


def _title(tokens: list[Token], index: int) -> str:
    return " ".join(heading_text(tokens, index).split())


def check_headings(sections: list[dict[str, Any]], content: Root, page: Inventory, parsed: bool) -> Iterator[tuple[str, str]]:
    """Yield where the ``sections`` are not the headings among the blocks of ``content`` that the ``page`` shows.

    Those between the tags of a form or a table begin none, but where they were typed as Markdown (``parsed``).
    """
    headings = [block for block in content.children if _is_heading(block)]
    if len(headings) > len(sections) and not parsed:
        inside = {place for box in boxes_of(content.children) for place in box}
        headings = [block for place, block in enumerate(content.children) if place not in inside and _is_heading(block)]
    if len(headings) != len(sections):
        headings = [*_shown(headings, page)]
    if len(headings) != len(sections):
        yield "sections", f"the page has {len(headings)} headings, the record {len(sections)} sections"
        return
    for section, heading in zip(sections, headings, strict=True):
        if isinstance(heading, Heading) and not _names(section, heading):
            yield "sections", f"the section {section['title']!r} is not the heading in the content"


def _is_heading(block: Block) -> bool:
    """Whether a block is a heading, also one that Markdown could not say."""
    return type(block) is Heading or (type(block) is Html and _HEADING_ELEMENT.fullmatch(block.value) is not None)


def _shown(headings: list[Block], page: Inventory) -> Iterator[Block]:
    """Yield those of ``headings`` that begin a section, or should since ``page`` has more of them than have an id.

    It has none of an empty one, nor of one that an open ``pre`` swallows.
    """
    left = Counter(_said(page, index) for index in page.headings)
    left.subtract(_said_alone(heading) for heading in headings if _id(heading))
    for heading in headings:
        if _id(heading) or left[_said_alone(heading)] > 0:
            yield heading


def _id(block: Block) -> Any:
    return (block.data or {}).get("hProperties", {}).get("id")


def _said(page: Inventory, index: int) -> tuple[object, ...]:
    """Return what tells the heading at ``index`` from others: its level and its words, or its images where it has none."""
    title = _title(page.tokens, index)
    if title:
        return (page.tokens[index], title)
    seen = takewhile(lambda token: token != t.END_HEADING, page.tokens[index : index + _MOST_SEEN])
    return (page.tokens[index], *(token for token in seen if isinstance(token, tuple) and token[0] == t.IMAGE))


def _said_alone(heading: Block) -> tuple[object, ...]:
    """Return what :func:`_said` returns for ``heading`` in a page; nothing when a browser shows none."""
    if isinstance(heading, Heading) and (words := plain_words(heading)):
        return (("heading", heading.depth), words)
    page = read_html(heading.value if isinstance(heading, Html) else read_content(Root([heading])).html)
    return _said(page, page.headings[0]) if page.headings else ()


def _names(section: dict[str, Any], heading: Heading) -> bool:
    return bool(
        section["depth"] == heading.depth
        and section["title"] == plain_words(heading)
        and section["id"] == _id(heading)
        and section["legacy_ids"] == (heading.data or {}).get("legacyIds", [])
    )


def check_section_texts(
    record: dict[str, Any], proof: BodyProof, page: Inventory, listed: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the sections whose Markdown is not what stands between their heading and the next in the body of ``proof``.

    The body's Markdown is asked first, then its HTML, then what it says (``page``): each only where the one before says no.
    ``listed``: ``page`` has its footnotes listed at its end.
    """
    sections = record["sections"]
    if not sections:
        return
    texts = [section["markdown"].strip("\n") for section in sections]
    if _is_made_of(proof.markdown, texts, "\n\n", ("#",)):
        return
    try:
        parts = [proof.render(text) for text in texts]
    except EngineError as error:
        yield "sections", str(error)
        return
    html = proof.html or proof.content_html
    if _is_made_of(html, [part.strip("\n") for part in parts], "\n", _HEADING_TAGS):
        return
    if _is_made_of(_unbroken(html), [_unbroken(part.strip("\n")) for part in parts], "\n", _HEADING_TAGS):
        return
    places = section_headings(sections, page)
    if places is None:
        return  # said by another check
    if listed:
        parts = [listed_output(proof.render(listed_markdown(section["markdown"]))) for section in sections]
    for section, part, there in zip(sections, parts, _slices(page.tokens, places), strict=True):
        if settle(there).tokens != settle(read_html(part).tokens).tokens:
            yield "sections", f"the text of the section {section['title']!r} is not the page's"


def _unbroken(html: str) -> str:
    """Return ``html`` with the line ends in its paragraphs as blanks, and its breaks spelled as one."""
    return _SOFT_BREAK.sub(" ", _BREAK.sub("<br>", html))


def _is_made_of(body: str, texts: list[str], parts: str, starts: tuple[str, ...]) -> bool:
    """Whether ``body`` is its beginning, and then the ``texts`` in order with one block (a heading) before each.

    ``parts`` stands between blocks, and headings begin with one of ``starts``.
    """
    place = gaps = 0
    begun = False
    for text in texts:
        gaps += 1
        if not text:
            continue
        found = _after_headings(body, text, place, gaps, begun, parts, starts)
        if found < 0:
            return False
        place = found + len(text)
        gaps, begun = 0, True
    return _is_headings(body[place:].strip("\n"), gaps, begun, parts, starts)


def _after_headings(body: str, text: str, place: int, count: int, only: bool, parts: str, starts: tuple[str, ...]) -> int:
    """Return where ``text`` stands from ``place`` on straight after ``count`` headings; -1 when nowhere.

    What stands before the first heading of a page may say the same.
    """
    found = body.find(text, place)
    for _ in range(1 if only else _MOST_TRIES):
        if found < 0 or _is_headings(body[place:found].strip("\n"), count, only, parts, starts):
            return found
        found = body.find(text, found + 1)
    return -1


def _is_headings(gap: str, count: int, only: bool, parts: str, starts: tuple[str, ...]) -> bool:
    """Whether the last ``count`` blocks of ``gap`` are headings, and (``only``) there are no others."""
    blocks = gap.split(parts) if gap else []
    if only and len(blocks) != count:
        return False
    return len(blocks) >= count and all(block.startswith(starts) for block in blocks[len(blocks) - count :])


def _slices(tokens: list[Token], places: list[int]) -> Iterator[list[Token]]:
    """Yield what stands between each of the headings at ``places`` and the next, with the style that is open there."""
    style = at = 0
    for start, end in zip(places, [*places[1:], len(tokens)], strict=True):
        begin = tokens.index(t.END_HEADING, start) + 1
        style = next((token for token in reversed(tokens[at:begin]) if isinstance(token, int)), style)
        at = begin
        yield [style, *tokens[begin:end]]


def _like(page: Inventory, section: dict[str, Any], before: list[int]) -> set[int]:
    """Return where the headings of ``page`` stand that read as that of ``section``: one in a table may be like it."""
    want = ("heading", section["depth"])
    return {before[at] for at in page.headings if page.tokens[at] == want and _title(page.tokens, at) == section["title"]}


def check_legacy_ids(record: dict[str, Any], source: Inventory) -> Iterator[tuple[str, str]]:
    """Yield the sections that claim an old id which does not lead there in the source."""
    sections = record["sections"]
    if not any(section["legacy_ids"] for section in sections):
        return
    places = section_headings(sections, source)
    if places is None:
        return  # said by another check
    before = sizes(source)
    names = landings(source, before)
    for section, place in zip(sections, places, strict=True):
        for name in section["legacy_ids"]:
            if names.get(name) != before[place] and names.get(name) not in _like(source, section, before):
                yield "sections", f"the id {name!r} of the section {section['title']!r} leads elsewhere in the source"
