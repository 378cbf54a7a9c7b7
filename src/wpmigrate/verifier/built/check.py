"""One entry: its source against the page that a builder made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote, urljoin

import msgspec

from wpmigrate.model import Finding, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import Target
from wpmigrate.verifier.body import BodyProof
from wpmigrate.verifier.built.main_element import BuiltPage, Event, Selector, read_built
from wpmigrate.verifier.built.notes import place_notes
from wpmigrate.verifier.built.rules import ALWAYS, RULES, Page, Side, change_events, change_tokens
from wpmigrate.verifier.compare import Difference, by_entry, first_difference, land, lost_anchor
from wpmigrate.verifier.inventory import Events, inventory_of
from wpmigrate.verifier.settle import settle_both
from wpmigrate.verifier.source import read_source
from wpmigrate.verifier.tokens import IMAGE, LINK, Inventory, Token
from wpmigrate.verifier.values import repaired
from wpmigrate.verifier.wxr.proof import ItemProof
from wpmigrate.verifier.wxr.values import OneOf

__all__ = ["BuiltProof", "local_path"]

_ADDRESSES: Final = frozenset({"src", "href", "data", "poster"})


class BuiltProof:
    """The source of an entry, and what is asked of its built page."""

    def __init__(self, source: SourceEntry, options: NormalizeOptions, site: Site, target: Target) -> None:
        self.item = ItemProof(source, site) if source.format == "wxr" else None
        self.body = BodyProof(read_source(source, options, self.item), options, site, target.dialect)
        title = self.item.expected.fields["title"] if self.item is not None else source.fields.title
        self.titles = tuple(map(str, title.values)) if isinstance(title, OneOf) else (str(title),)
        named = {*ALWAYS, *target.built.rules}
        self.around: list[str] = []
        """Where the links of the page lead that stand outside of the main element, once it has been read."""
        self.rules = tuple(name for name in RULES if name in named)

    @property
    def text(self) -> str:
        """The words of the source."""
        return " ".join(token for token in self.body.source.tokens if isinstance(token, str))

    def check(self, html: str, main: Selector, address: str, file: str, has: Callable[[str], bool]) -> Iterator[Finding]:
        """Yield what the built page ``html`` says otherwise than the source, and where it leads to nothing.

        ``address`` is the page's in the new site, ``file`` its path for the findings; ``has`` tells whether an address of the new site
        (a path, decoded, without query and fragment) is there. No page makes this raise.
        """
        built = read_built(html, main)
        self.around = built.links
        if built.mains != 1:
            count = "no element" if not built.mains else f"{built.mains} elements"
            yield Finding("page", f"the page has {count} {main.text}: say with --main which one holds the entry", file)
            return
        if not self.has_title(built):
            yield Finding("title", f"neither the page's <title> nor a heading round it is {self.titles[0]!r:.200}", file)
        page = Page(address, self.titles[0], self.body.source)
        output = self.read(built.events, page)
        difference = self.compare(output, page)
        if difference is not None:
            yield self.body.finding(difference, file, None)
        yield from self.check_links(output, address, file, has)

    def has_title(self, built: BuiltPage) -> bool:
        """Whether the page says the entry's title."""
        wanted = [" ".join(repaired(title).split()) for title in self.titles]
        shown = [repaired(text) for text in (*built.titles, _first_heading(built.events))]
        return any(title in text for title in wanted for text in shown) or not any(wanted)

    def read(self, events: list[Event], page: Page) -> Inventory:
        """Return what a built page says."""
        events = change_events(events, self.rules, page)
        if self.item is not None and self.item.notes:
            events = place_notes(events, self.item.notes)
        reader = Events()
        reader.start_element("body", ())
        _replay(events, reader)
        reader.end_element("body")
        return inventory_of(reader)

    def compare(self, output: Inventory, page: Page) -> Difference | None:
        """Return the first difference of the built page's inventory from the source's."""
        source, item = self.body.source, self.item
        if "addresses" in self.rules:
            source, output = _in_page(source, page.address), _in_page(output, page.address)
        if item is not None and item.knows_addresses:
            source, output = (
                msgspec.structs.replace(side, tokens=item.addresses.bare(side.tokens), sizes=None) for side in (source, output)
            )
        left = land(source, slugs=False)
        dead = {number for number, index in enumerate(source.fragments) if isinstance(_url(left[index]), str)}
        right = land(output, False, dead)
        if left != right:
            site = self.body.site
            if site.entries_by_id:
                left, right = by_entry(left, site), by_entry(right, site)
            difference = _difference(*change_tokens(left, right, self.rules, page))
            if difference is not None:
                return difference
        return lost_anchor(source, output, self.body.wanted, False) if self.body.wanted else None

    def check_links(self, output: Inventory, address: str, file: str, has: Callable[[str], bool]) -> Iterator[Finding]:
        """Yield the addresses of the new site to which a page leads, though nothing is there; those of the source itself aside."""
        answers = self.item.addresses.answers() if self.item is not None else set()
        own = {url for token in self.body.source.tokens for url in _urls(token)} - answers
        if "addresses" in self.rules:
            own |= {_joined(address, url) for url in own}
        told = set()
        for token in output.tokens:
            for url in _urls(token):
                path = local_path(url, address)
                if url in own or not path or path in told or has(path):
                    continue
                told.add(path)
                kind = "media" if token[0] != LINK or self._is_file(url) else "link"  # type: ignore[index]
                yield Finding(kind, f"{url} is not in the built site", file)

    def _is_file(self, url: str) -> bool:
        return self.item is not None and url in self.item.addresses.files.values()


def _first_heading(events: list[Event]) -> str:
    """Return the text of the ``h1`` in the main element, where themes may put the title."""
    parts: list[str] = []
    inside = False
    for event in events:
        if event[:2] == ("start", "h1"):
            inside = True
        elif event[:2] == ("end", "h1"):
            break
        elif inside and event[0] == "text":
            parts.append(event[1])
    return " ".join("".join(parts).split())


def _replay(events: list[Event], reader: Events) -> None:
    for event in events:
        kind = event[0]
        if kind == "text":
            reader.characters(event[1])
        elif kind == "start":
            reader.start_element(event[1], event[2])
        elif kind == "end":
            reader.end_element(event[1])
        elif kind == "comment":
            reader.comment(event[1])
        else:
            reader.processing_instruction(event[1], event[2])


def _in_page(inventory: Inventory, address: str) -> Inventory:
    """Return ``inventory`` with links to a place in the page itself as ``#place``, also those that name the page."""
    places = [
        index
        for index, token in enumerate(inventory.tokens)
        if isinstance(token, tuple) and token[0] == LINK and _place_in(str(token[1]), address)
    ]
    if not places:
        return inventory
    tokens = list(inventory.tokens)
    for index in places:
        token = tokens[index]
        assert isinstance(token, tuple)
        tokens[index] = (LINK, _place_in(str(token[1]), address), *token[2:])
    return msgspec.structs.replace(inventory, tokens=tokens, fragments=sorted({*inventory.fragments, *places}))


def _place_in(url: str, address: str) -> str:
    """Return the ``#place`` of a link to a place of the page at ``address``; empty for another one."""
    path, _, place = url.partition("#")
    return f"#{place}" if path and place and unquote(path) == address else ""


def _difference(left: Side, right: Side) -> Difference | None:
    kept, there = ([index for index, token in enumerate(side) if token is not None] for side in (left, right))
    settled = settle_both([left[index] for index in kept], [right[index] for index in there])  # type: ignore[misc]
    if settled is None or settled[0].tokens == settled[1].tokens:
        return None
    found = first_difference(*settled)
    places = kept[found.source_index : found.source_index + 1] or [0], there[found.output_index : found.output_index + 1] or [0]
    return msgspec.structs.replace(found, source_index=places[0][0], output_index=places[1][0])


def _url(token: Token) -> object:
    return token[1] if isinstance(token, tuple) else None


def _urls(token: Token) -> Iterator[str]:
    """Yield the addresses that a token of a page leads to."""
    if not isinstance(token, tuple) or len(token) < 2:
        return
    if token[0] in (LINK, IMAGE):
        if isinstance(token[1], str):
            yield token[1]
    elif token[0] == "element":
        for part in token[2:]:
            if isinstance(part, tuple) and part[0] in _ADDRESSES:
                yield str(part[1])


def local_path(url: str, address: str) -> str:
    """Return the path in the site that ``url`` on the page at ``address`` leads to, decoded; empty for another site or the page."""
    if not url or url[0] in "#?" or url.startswith("//"):
        return ""
    path = _joined(address, url.partition("#")[0].partition("?")[0])
    return unquote(path) if path.startswith("/") else ""


def _joined(address: str, url: str) -> str:
    try:
        return urljoin(address, url)
    except ValueError:
        return url
