"""What builders change without a loss: rows by name, each with its reason. A target names those of its builder.

A row sees the events of the built page (``events``), or the tokens of both sides (``tokens``), and makes one spelling of two. What
is not here is a loss: bent quotes, dashes and ellipses too, since the words are not the author's any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Final, TypeAlias
from urllib.parse import unquote, urljoin

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.built.main_element import Event, words_of
from wpmigrate.verifier.built.notes import ends_of
from wpmigrate.verifier.reader import get
from wpmigrate.verifier.tokens import Inventory, Token
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.verifier.wxr.addresses import NOT_MOVED

__all__ = ["ALWAYS", "RULES", "Page", "Rule", "Side", "change_events", "change_tokens"]


class Page(msgspec.Struct, frozen=True):
    """What the rows know of a page."""

    address: str
    """Its address in the new site: ``/post/hello/``."""
    title: str
    """The entry's title."""
    source: Inventory
    """What the source says."""


Side: TypeAlias = list[Token | None]
"""The tokens of one side; one that a row took away is None, so that the places of the others stay."""


class Rule(msgspec.Struct, frozen=True):
    """One thing that is no loss."""

    reason: str
    """Why it is none."""
    events: Callable[[list[Event], Page], list[Event]] | None = None
    """Says the built page otherwise."""
    tokens: Callable[[Side, Side, Page], tuple[Side, Side]] | None = None
    """Says the source and the built page otherwise."""


def change_events(events: list[Event], names: Sequence[str], page: Page) -> list[Event]:
    """Return the ``events`` of a built page as the rows ``names`` say them."""
    for name in names:
        change = RULES[name].events
        if change is not None:
            events = change(events, page)
    return events


def change_tokens(left: list[Token], right: list[Token], names: Sequence[str], page: Page) -> tuple[Side, Side]:
    """Return the tokens of the source and of the built page as the rows ``names`` say them; both stay as long as they are."""
    sides: tuple[Side, Side] = [*left], [*right]
    for name in names:
        change = RULES[name].tokens
        if change is not None:
            sides = change(*sides, page)
    return sides


def _kind(token: Token | None) -> object:
    return token[0] if type(token) is tuple else ""


def _without_title(events: list[Event], page: Page) -> list[Event]:
    """Leave out the heading that a theme makes of the title, where it is the first thing of the element and not the source's own."""
    start = next((place for place, event in enumerate(events) if event[0] == "text" and not event[1].isspace()), 0)
    while start > 0 and events[start][:2] != ("start", "h1"):
        if events[start][0] == "end":
            return events
        start -= 1
    if not events or events[start][:2] != ("start", "h1"):
        return events
    end = ends_of(events)[start]
    tokens = page.source.tokens
    if words_of(events[start:end]) != " ".join(page.title.split()) or (tokens and _kind(tokens[0]) == "heading"):
        return events
    return events[:start] + events[end + 1 :]


_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_PERMALINKS: Final = frozenset({"headerlink", "anchor", "heading-anchor", "heading-link", "header-anchor", "permalink"})


def _without_permalinks(events: list[Event], page: Page) -> list[Event]:
    """Leave out the sign in a heading that links to the heading itself."""
    ends = ends_of(events)
    out: list[Event] = []
    index, inside = 0, False
    while index < len(events):
        event = events[index]
        if event[0] in ("start", "end") and event[1] in _HEADINGS:
            inside = event[0] == "start"
        if inside and event[0] == "start" and event[1] == "a" and _is_permalink(event, events[index : ends[index]]):
            index = ends[index]
        else:
            out.append(event)
        index += 1
    return out


def _is_permalink(event: Event, inner: list[Event]) -> bool:
    attrs = event[2]
    sign = words_of(inner)
    return bool(
        _PERMALINKS & {*get(attrs, "class").split()}
        and "#" in get(attrs, "href")
        and len(sign) <= 2
        and not any(char.isalnum() for char in sign)
        and not any(event[0] == "start" and event[1] == "img" for event in inner)
    )


def _boxes(events: list[Event], page: Page) -> list[Event]:
    """Say the box at the start of a list item as Markdown spells it, unless the source has such elements of its own."""
    if any(_kind(token) == "element" and token[1:2] == ("input",) for token in page.source.tokens if isinstance(token, tuple)):
        return events
    out: list[Event] = []
    begins = False
    for event in events:
        if begins and event[:2] == ("start", "input"):
            attrs = event[2]
            if get(attrs, "type") == "checkbox":
                event = ("text", "[x] " if any(name == "checked" for name, _ in attrs) else "[ ] ")
        begins = event[:2] == ("start", "li") or (begins and (event[:2] == ("start", "p") or (event[0] == "text" and event[1].isspace())))
        out.append(event)
    return [event for event in out if event != ("end", "input")]


def _frame_text(events: list[Event], page: Page) -> list[Event]:
    """Say references in the text of a frame, which has none, as what they would be elsewhere; its own end tag is no text."""
    out: list[Event] = []
    inside = False
    for event in events:
        if event[0] in ("start", "end") and event[1] == "iframe":
            inside = event[0] == "start"
        out.append(("text", _FRAME_END.sub("", unescape(event[1]))) if inside and event[0] == "text" else event)
    return out


_FRAME_END = re.compile(r"</iframe>(?:\s|</[a-z]+>)*\Z")
"""kramdown writes the end of a frame with tags in its text twice, first as text. Anything but tags behind it counts."""


def _without_marks(left: Side, right: Side, page: Page) -> tuple[Side, Side]:
    return [_no_mark(token) for token in left], [_no_mark(token) for token in right]


def _no_mark(token: Token | None) -> Token | None:
    return None if isinstance(token, tuple) and token[0] == "comment" and str(token[1]).startswith("more") else token


_PREFIXES: Final = ("", "http://", "https://", "mailto:", "ftp://")


def _without_made_links(left: Side, right: Side, page: Page) -> tuple[Side, Side]:
    """Take the links round bare addresses from the built page that the source does not have in the same place."""
    own = {place for place, index in _links(left) if _is_bare(left, index)}
    made = {index for place, index in _links(right) if place not in own and _is_bare(right, index)}
    out = [*right]
    inside = ends = False  # in a link of the source's own; behind one that was made
    for index, token in enumerate(right):
        if _kind(token) == t.LINK:
            if index in made:
                out[index] = t.END_LINK if inside else None
            inside, ends = index not in made, index in made
        elif token == t.END_LINK:
            if ends:
                out[index] = None
            inside = ends = False
        elif _kind(token) not in _IN_LINKS:
            inside = ends = False
    return left, out


_IN_LINKS: Final = frozenset({"", t.SPAN, t.IMAGE})
"""What may stand in a link; before other tokens it needs no end of its own."""


def _links(side: Side) -> list[tuple[int, int]]:
    """Return (visible characters before it, index) of each link."""
    found = []
    size = 0
    for index, token in enumerate(side):
        if isinstance(token, str):
            size += len(token) - token.count(" ") - token.count("\xa0")
        elif isinstance(token, tuple):
            if token[0] == t.LINK:
                found.append((size, index))
            elif token[0] in (t.SPAN, t.CODE_BLOCK):
                size += len("".join(str(token[1]).split()))
            elif token[0] == t.IMAGE:
                size += 1
    return found


def _is_bare(side: Side, index: int) -> bool:
    """Whether the text of the link at ``index`` is its own address."""
    link, text = side[index], next((token for token in side[index + 1 : index + 3] if not isinstance(token, int)), None)
    if not isinstance(link, tuple) or not isinstance(text, str) or link[2]:
        return False
    address, url = canonical_url(text.strip()), str(link[1]).removeprefix(NOT_MOVED)
    return any(url == prefix + address for prefix in _PREFIXES)


_HOST: Final = re.compile(r"https?://[^/?#]+", re.I)


def _resolved(left: Side, right: Side, page: Page) -> tuple[Side, Side]:
    """Say where relative addresses lead from the page."""
    return [_absolute(token, page.address) for token in left], [_absolute(token, page.address) for token in right]


def _absolute(token: Token | None, address: str) -> Token | None:
    if not isinstance(token, tuple):
        return token
    if token[0] == "element":
        return (*token[:2], *(_at(part, address) for part in token[2:]))
    if token[0] not in (t.LINK, t.IMAGE, "cite") or not isinstance(token[1], str):
        return token
    return (token[0], _joined(address, token[1]), *token[2:])


def _at(part: object, address: str) -> object:
    """Return an attribute of an element, an address as it is from the page."""
    if isinstance(part, tuple) and part[0] in ("src", "href", "data", "poster", "action"):
        return (part[0], _joined(address, part[1]))
    return part


def _joined(address: str, url: object) -> str:
    """Return where ``url`` leads from the page at ``address``: hosts in small letters, paths of the site decoded."""
    text = str(url)
    host = _HOST.match(text)
    if host:
        return host[0].lower() + (text[host.end() :] or "/")
    try:
        path, *rest = re.split("([?#])", urljoin(address, text), maxsplit=1)
    except ValueError:
        return text
    return unquote(path) + "".join(rest)


_PUNYCODE: Final = re.compile(r"(?<=[/.@])xn--([a-z0-9-]+)", re.I)


def _host_names(left: Side, right: Side, page: Page) -> tuple[Side, Side]:
    """Say host names in Punycode in the letters that they stand for, on both sides in small ones."""
    return [_spelled_out(token) for token in left], [_spelled_out(token) for token in right]


def _spelled_out(token: Token | None) -> Token | None:
    if not isinstance(token, tuple) or token[0] not in (t.LINK, t.IMAGE) or not isinstance(token[1], str):
        return token
    host = _HOST.match(token[1])
    if not host or not ("%" in host[0] or "xn--" in host[0].lower()):
        return token
    letters = unquote(_PUNYCODE.sub(_letters, host[0])).lower()
    return (token[0], canonical_url(letters) + token[1][host.end() :], *token[2:])


def _letters(label: re.Match[str]) -> str:
    try:
        return label[1].encode().decode("punycode")
    except UnicodeError:
        return label[0]


def _same_switches(left: Side, right: Side, page: Page) -> tuple[Side, Side]:
    """Say attributes that are on or off without a value."""
    return [_switched(token) for token in left], [_switched(token) for token in right]


def _switched(token: Token | None) -> Token | None:
    if not isinstance(token, tuple) or token[0] != "element":
        return token
    return (*token[:2], *((part[0], "") if isinstance(part, tuple) and part[1] in (part[0], "true") else part for part in token[2:]))


RULES: Final[dict[str, Rule]] = {
    "title": Rule("a theme may show the title in the element that holds the page", events=_without_title),
    "permalinks": Rule("a sign beside a heading that links to it says nothing", events=_without_permalinks),
    "task boxes": Rule("`[x]` at the start of an item is a check box", events=_boxes),
    "frame text": Rule("the text in a frame is never shown, whatever is escaped in it", events=_frame_text),
    "addresses": Rule("a relative address and the one that it leads to from the page are the same", tokens=_resolved),
    "more": Rule("the mark where a page's teaser ends is for the builder, which takes it out", tokens=_without_marks),
    "linked addresses": Rule("an address in the text is made a link to it", tokens=_without_made_links),
    "host names": Rule("a host in letters that ASCII lacks is the same in Punycode", tokens=_host_names),
    "switches": Rule('`checked`, `checked=""` and `checked="checked"` are the same', tokens=_same_switches),
}
"""Name -> row, in the order in which they are used."""

ALWAYS: Final = ("title", "permalinks", "switches")
"""Rows for every builder, since themes do these."""
