"""The addresses in a body that is Markdown already: where a link leads to another place now, its address and nothing else changes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from pyromark import Markdown, Options

from wpmigrate.model import nodes
from wpmigrate.normalizer.links import clean_url
from wpmigrate.normalizer.records import Records
from wpmigrate.normalizer.site_facts import MOVED, SiteFacts

__all__ = ["move_html", "move_markdown", "note_sources"]

_ENGINE: Final = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
_ATTRIBUTE = re.compile(rb"""(?<=[\s"'])(""" + "|".join(MOVED).encode() + rb""")\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.I)
_DESTINATION = re.compile(rb"\s*(?:<([^<>\n]*)>|([^\s<]\S*))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~!])")
_NEEDS_BRACKETS = re.compile(r"[\s()<>\\]")
_TRIES: Final = 3
"""How many ``](`` of a link are looked at, from its end, for the one before its address: a title may hold some, too."""

Edit: TypeAlias = tuple[int, int, str, str, str]
"""Where the old text begins and ends in the bytes, the new text, the old and the new address."""


def move_markdown(text: str, facts: SiteFacts) -> tuple[str, dict[str, str]]:
    """Return the Markdown ``text`` with the new addresses of links, images, definitions and raw HTML; new address -> an old one of it.

    An address between angle brackets, which is its own text, keeps that text. Code is left alone. Linear; never raises.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return text, {}
    return _moved(text, data, _edits(text, data, facts))


def move_html(html: str, facts: SiteFacts) -> tuple[str, dict[str, str]]:
    """Return the markup ``html`` with its new addresses, spelled as before but for these; new address -> an old one of it."""
    try:
        data = html.encode()
    except UnicodeEncodeError:
        return html, {}
    return _moved(html, data, _in_html(data, 0, len(data), facts))


def _moved(text: str, data: bytes, found: Iterable[Edit]) -> tuple[str, dict[str, str]]:
    """Return ``text``, of which ``data`` are the bytes, with the edits that were ``found``; new address -> an old one of it."""
    edits = sorted({edit[0]: edit for edit in found}.values())
    if not edits:
        return text, {}
    parts: list[bytes] = []
    sources: dict[str, str] = {}
    at = 0
    for start, end, said, old, new in edits:
        if start < at:
            continue
        parts += (data[at:start], said.encode())
        at = end
        sources.setdefault(new, old)
    return b"".join((*parts, data[at:])).decode(), sources


def note_sources(root: nodes.Root, records: Records, sources: dict[str, str]) -> None:
    """Write the old addresses into the nodes and the records whose address is one of ``sources``."""
    for node in nodes.walk(root):
        if isinstance(node, nodes.Link | nodes.Image) and node.url in sources:
            node.data = {**(node.data or {}), "sourceUrl": sources[node.url]}
    for link in records.links:
        link.source_url = sources.get(link.url, link.source_url)
    for medium in records.media:
        medium.source_url = sources.get(medium.url, medium.source_url)


def _edits(text: str, data: bytes, facts: SiteFacts) -> Iterator[Edit]:
    for definition in _ENGINE.reference_definitions(text).values():
        start, end = definition["span"]["start"], definition["span"]["end"]
        label = data.find(b"]:", start, end)
        yield from _at(data, label + 2, end, definition["dest"], facts.link)
    linked = 0  # where the last link that is in no other ends
    for event, span in _ENGINE.events_with_range(text):
        if type(event) is not dict:
            continue
        ((kind, value),) = event.items()
        if kind in ("Html", "InlineHtml"):
            yield from _in_html(data, span["start"], span["end"], facts)
        elif kind == "Start" and type(value) is dict:
            ((name, span_of),) = value.items()
            if name in ("Link", "Image"):
                start, end = span["start"], span["end"]
                lookup = facts.link if name == "Link" else facts.file
                yield from _in_span(data, start, end, span_of, lookup, end <= linked)
                linked = max(linked, end if name == "Link" else 0)


def _in_span(
    data: bytes, start: int, end: int, link: dict[str, Any], lookup: Callable[[str], str], inside: bool
) -> Iterator[Edit]:
    """Yield the edit of a link or image between ``start`` and ``end``; that of a reference is in its definition.

    Brackets ``inside`` another link would be the end of that one: an address there becomes an HTML link.
    """
    old = link["dest_url"]
    if link["link_type"] == "Autolink":
        new = lookup(old)
        if new and new != old:
            # After these a bracket would be the second one of a reference, or an image's.
            apart = "<!-- -->" if data[start - 1 : start] in (b"]", b"!") else ""
            said = _SPECIAL.sub(_escaped, old)
            link_of = f'<a href="{html.escape(new)}">{said}</a>' if inside else f"{apart}[{said}]({_destination(new)})"
            yield start, end, link_of, old, new
    elif link["link_type"] == "Inline":
        place = end
        for _ in range(_TRIES):
            place = data.rfind(b"](", start, place)
            if place < 0:
                return
            found = [*_at(data, place + 2, end, old, lookup)]
            if found:
                yield found[0]
                return


def _at(data: bytes, start: int, end: int, old: str, lookup: Callable[[str], str]) -> Iterator[Edit]:
    """Yield the edit of the destination that begins at ``start``, if it is the address ``old``."""
    match = _DESTINATION.match(data, start, end)
    if match is None:
        return
    group = 1 if match[1] is not None else 2
    raw = match[group].decode()
    if group == 2:  # it ends before the bracket that ends the link
        raw = next((raw[:size] for size in (len(raw), len(raw) - 1) if _plain(raw[:size]) == old), "")
    if not raw or _plain(raw) != old:
        return
    url = clean_url(old)
    new = lookup(url)
    if new and new != old:
        first = match.start() + match[0].index(b"<") if group == 1 else match.start(2)
        last = match.end() if group == 1 else first + len(raw.encode())
        yield first, last, _destination(new), url, new


def _in_html(data: bytes, start: int, end: int, facts: SiteFacts) -> Iterator[Edit]:
    lookups = facts.lookups
    for match in _ATTRIBUTE.finditer(data, start, end):
        kind = MOVED[match[1].decode().lower()]
        group = match.lastindex or 0
        old = html.unescape(match[group].decode())
        url = old if kind == "set" else clean_url(old)
        new = lookups[kind](url) if url else ""
        if new and new != url:
            yield match.start(group), match.end(group), html.escape(new), url, new


def _plain(raw: str) -> str:
    """Return a destination without backslashes and entities."""
    return html.unescape(_ESCAPED.sub(r"\1", raw))


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _destination(url: str) -> str:
    """Return ``url`` as the address of a Markdown link."""
    if not _NEEDS_BRACKETS.search(url):
        return url
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"
