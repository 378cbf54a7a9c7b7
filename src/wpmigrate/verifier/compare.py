"""The first difference of two inventories, with its place in both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import quote, unquote, urlsplit

import msgspec

from wpmigrate.model import Site
from wpmigrate.model.slugs import Slugger
from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.settle import Settled, settle_both
from wpmigrate.verifier.tokens import Inventory, Token, says
from wpmigrate.verifier.urls import canonical_url

__all__ = [
    "Difference",
    "by_entry",
    "compare",
    "first_difference",
    "heading_text",
    "land",
    "landings",
    "lost_anchor",
    "sizes",
]

_POST_ID = re.compile(r"[?&](?:p|page_id)=(\d+)(?=$|[&#])")
_IN_FRAGMENTS: Final = bytes(set(range(0x21, 0x7F)) - set(b'"<>`')).decode()
"""The characters that a browser leaves as they are in an address after ``#``; it writes the others as ``%XX``."""


class Difference(msgspec.Struct, frozen=True):
    """Where two inventories part."""

    what: str
    """word, link, image, heading, list, cell, code, emphasis, break …"""
    message: str
    """A sentence: what the source says there and what the output says."""
    source_index: int
    """Index of the token in the source's inventory."""
    output_index: int
    """Index of the token in the output's inventory."""
    context: str
    """The words of the source round the place."""


def compare(
    source: Inventory,
    output: Inventory,
    wanted: frozenset[str] = frozenset(),
    site: Site | None = None,
    slugs: bool = True,
    marked: bool = False,
) -> Difference | None:
    """Return the first difference between ``source`` and ``output``, or None when they say the same.

    Links into the page are compared by where they land, links to an entry of the ``site`` by its number by that entry, both
    inventories by rows of :data:`settle.RULES` when they are not equal at once. Anchors ``wanted`` by name must be there too.
    ``slugs``: the output's headings have ids by GitHub's rule; so have those of a source that is Markdown (``marked``).
    """
    left = land(source, slugs=slugs and marked)
    dead = {number for number, index in enumerate(source.fragments) if isinstance(_url(left[index]), str)}
    right = land(output, slugs, dead)
    if left != right:
        if site is not None and site.entries_by_id:
            left, right = by_entry(left, site), by_entry(right, site)
        settled = settle_both(left, right)
        if settled is not None and settled[0].tokens != settled[1].tokens:
            return first_difference(*settled)
    return lost_anchor(source, output, wanted, slugs) if wanted else None


def by_entry(tokens: list[Token], site: Site) -> list[Token]:
    """Return ``tokens`` with each ``?p=N`` or ``?page_id=N`` of the site said as the path of entry N, as the output may."""
    return [_by_entry(token, site) if isinstance(token, tuple) and token[0] == t.LINK else token for token in tokens]


def _by_entry(token: tuple[object, ...], site: Site) -> Token:
    url = str(token[1])
    match = _POST_ID.search(url)
    path = site.entries_by_id.get(match[1]) if match else None
    if match is None or path is None:
        return token
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return token
    if host and host not in site.hosts:
        return token
    fragment = url[match.end() :].partition("#")
    return (token[0], canonical_url("/" + path + fragment[1] + fragment[2]), *token[2:])


def lost_anchor(source: Inventory, output: Inventory, wanted: frozenset[str], slugs: bool) -> Difference | None:
    """Return the first of the ``wanted`` anchors that the output lacks or has elsewhere."""
    before, there = sizes(source), sizes(output)
    names, found = landings(source, before), landings(output, there)
    if slugs:
        _add_slugs(output, there, found)
    for name in source.anchors:
        if name in wanted and found.get(name) != names[name]:
            message = f"the anchor {name!r}, which other pages or the options ask for, is gone or elsewhere"
            place = source.anchors[name]
            return Difference("anchor", message, place, min(place, len(output.tokens)), _context(source.tokens, place))
    return None


def _url(token: Token) -> object:
    return token[1] if isinstance(token, tuple) else None


def land(inventory: Inventory, slugs: bool, dead: Collection[int] = ()) -> list[Token]:
    """Return the tokens with each in-page link's address replaced by where it lands.

    ``slugs``: headings have the ids that a Markdown builder gives them (GitHub's rule). A link that leads nowhere keeps its
    spelling, and so do those that lead nowhere in the source (``dead``, by their number among the page's in-page links): a
    plugin's table of contents may come to life in the output.
    """
    if not inventory.fragments:
        return inventory.tokens
    tokens = list(inventory.tokens)
    before = sizes(inventory)
    names = landings(inventory, before)
    if slugs:
        _add_slugs(inventory, before, names)
    for number, index in enumerate(inventory.fragments):
        if number in dead:
            continue
        token = tokens[index]
        assert isinstance(token, tuple)
        kind, url, *rest = token
        fragment = quote(str(url)[1:], _IN_FRAGMENTS, errors="replace")  # as browsers do: the address as it is, then decoded
        landing = names.get(fragment, names.get(unquote(fragment)))
        tokens[index] = (kind, url if landing is None else ("lands", landing), *rest)
    return tokens


def sizes(inventory: Inventory) -> list[int]:
    """Return how many visible characters stand before each token; an image counts as one."""
    if inventory.sizes is None:
        inventory.sizes = list(_running_sizes(inventory.tokens))
    return inventory.sizes


def _running_sizes(tokens: list[Token]) -> Iterator[int]:
    total = 0
    yield total
    for token in tokens:
        if isinstance(token, str):
            total += len(token) - token.count(" ") - token.count("\xa0")
        elif isinstance(token, tuple):
            kind = token[0]
            if kind in (t.SPAN, t.CODE_BLOCK):
                total += len("".join(str(token[1]).split()))
            elif kind == t.IMAGE:
                total += 1
        yield total


def landings(inventory: Inventory, before: list[int]) -> dict[str, int]:
    """Return name -> visible characters before it; an anchor inside a heading lands at the heading's start."""
    starts = inventory.headings
    names = {}
    for name, index in inventory.anchors.items():
        place = bisect_right(starts, index) - 1
        if place >= 0 and t.END_HEADING not in inventory.tokens[starts[place] : min(index, starts[place] + 200)]:
            index = min(index, starts[place])
        names[name] = before[min(index, len(before) - 1)]
    return names


def _add_slugs(inventory: Inventory, before: list[int], names: dict[str, int]) -> None:
    slugger = Slugger()
    for index in inventory.headings:
        slug = slugger.unique(heading_text(inventory.tokens, index))
        names[slug] = min(before[index], names.get(slug, before[index]))  # the first of a name counts


def heading_text(tokens: list[Token], index: int) -> str:
    """Return the words of the heading that begins at ``index``."""
    parts: list[str] = []
    for token in tokens[index + 1 : index + 1000]:
        if token == t.END_HEADING:
            break
        if isinstance(token, str):
            parts.append(token)
        elif isinstance(token, tuple):
            parts.append(str(token[1]) if token[0] == t.SPAN else " " if token in _LINE_ENDS else "")
    return "".join(parts)


_LINE_ENDS: Final = (t.BREAK, t.PARAGRAPH)
"""What parts two lines of a heading; two breaks in a row read as the edge of a paragraph."""

_KINDS: Final[dict[str, str]] = {
    "paragraph": "paragraph",
    "list item": "list",
    "list": "list",
    "ordered list": "list",
    "end of list": "list",
    "quote": "quote",
    "end of quote": "quote",
    "row": "cell",
    "cell": "cell",
    "head cell": "cell",
    "end of table": "table",
    "end of heading": "heading",
    "end of link": "link",
    "code block": "code",
    "lands": "link",
}
"""Kind of token -> what a finding calls it, where the two are not the same."""


def _kind(token: Token | None) -> str:
    if token is None or isinstance(token, str):
        return "word"
    if isinstance(token, int):
        return "emphasis"
    return _KINDS.get(str(token[0]), str(token[0]))


def first_difference(source: Settled, output: Settled) -> Difference:
    """Return where two inventories part that are not equal."""
    left, places, right, others = source.tokens, source.places, output.tokens, output.places
    index = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    mine, other = _parted(left, right, index)
    return Difference(
        what=_more_telling(_kind(mine), _kind(other)),
        message=_message(mine, other),
        source_index=places[index] if index < len(places) else (places[-1] if places else 0),
        output_index=others[index] if index < len(others) else (others[-1] if others else 0),
        context=_context(left, index),
    )


def _parted(left: list[Token], right: list[Token], index: int) -> tuple[Token | None, Token | None]:
    """Return the tokens that differ at ``index``; of two texts that begin alike, what comes where the shorter one ends."""
    mine, other = _at(left, index), _at(right, index)
    if isinstance(mine, str) and isinstance(other, str):
        following, its = _at(left, index + 1), _at(right, index + 1)
        if following != its and other.startswith(mine):
            return following, other[len(mine) :]
        if following != its and mine.startswith(other):
            return mine[len(other) :], its
    return mine, other


def _at(tokens: list[Token], index: int) -> Token | None:
    return tokens[index] if index < len(tokens) else None


def _more_telling(mine: str, other: str) -> str:
    """Return the kind that says more of a difference: a heading more than a paragraph, a link more than a word."""
    return min(mine, other, key=lambda kind: _TELLING.get(kind, 0))


_TELLING: Final = {"word": 2, "paragraph": 1, "break": 1}
"""How little a kind says; those that are not here say most, the source's before the output's."""


def _message(mine: Token | None, other: Token | None) -> str:
    if isinstance(mine, str) and isinstance(other, str):
        mine, other = _window(mine, other)
    if mine is None:
        return f"the output has more than the source: {says(other or '')}"
    if other is None:
        return f"the output ends before {says(mine)}"
    return f"the source has {says(mine)}, the output has {says(other)}"


def _window(mine: str, other: str) -> tuple[str, str]:
    """Return the words round the first character in which two texts differ."""
    size = min(len(mine), len(other))
    place = next((i for i in range(size) if mine[i] != other[i]), size)
    start = mine.rfind(" ", 0, max(place - 20, 0)) + 1
    return mine[start : place + 40], other[start : place + 40]


def _context(tokens: list[Token], index: int) -> str:
    """Return some words round token ``index``."""
    words = [token for token in tokens[max(index - 4, 0) : index + 3] if isinstance(token, str)]
    return " ".join("".join(words).split())[-160:]
