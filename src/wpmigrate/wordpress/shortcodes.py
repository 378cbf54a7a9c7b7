"""WordPress's shortcode grammar: ``[name attribute="value" positional]content[/name]``.

The rules are those of ``get_shortcode_regex`` and ``shortcode_parse_atts`` of WordPress
(https://developer.wordpress.org/reference/functions/get_shortcode_regex/): a tag ends at its first ``]``, content ends
at the first end tag of the same name, names keep their case, attribute names do not, ``[[name]]`` is an escaped one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

import msgspec

__all__ = [
    "CORE_SHORTCODES",
    "Shortcode",
    "ShortcodeReader",
    "find_shortcodes",
    "is_plausible",
    "parse_attributes",
]


class Shortcode(msgspec.Struct, frozen=True):
    """One shortcode of a text."""

    name: str
    """As written."""
    attributes: dict[str, str]
    """Named attributes; names in lower case, values as written (entities not decoded)."""
    positional: list[str]
    """Values without a name, in order."""
    content: str | None
    """What stands between start and end tag; None without an end tag."""
    start: int
    """Where it begins in the text; an escaped one begins at its outer bracket."""
    end: int
    """Where it ends, likewise."""
    escaped: bool = False
    """Whether it is ``[[name]]``: text that shows a shortcode."""
    content_start: int = 0
    """Where the content begins; the end of the start tag."""


CORE_SHORTCODES = frozenset({"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"})
"""What WordPress itself registers."""

_PLAYERS = frozenset({"audio", "gallery", "playlist", "video"})
"""Shortcodes that nobody puts into one another. Where one without an end tag comes before one with it, WordPress takes all
between them for the content of the first, and shows none of it; here each is read by itself."""

_OPENER = re.compile(r"\[(\[?)([A-Za-z0-9_][\w-]*+)")
_CLOSER = re.compile(r"\[(?:/|&#47;)([A-Za-z0-9_][\w-]*+)\]")
_PLAUSIBLE_NAME = re.compile(r"[a-z][A-Za-z0-9_-]*+\Z")
_PLAUSIBLE_REST = re.compile(r"\s*/?\Z|\s[^\[]*?[\w-]=|\s+https?://\S|=https?://\S")

_ATTRIBUTE = re.compile(
    r"""([\w-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s'"]++))(?=\s|\Z)"""
    r"""|"([^"]*+)"(?=\s|\Z)|'([^']*+)'(?=\s|\Z)|(\S++)"""
)
_TYPOGRAPHIC = re.compile("&quot;|&#0?34;|&#822[01];|&#8243;|&#187;|&[lr]dquo;|&Prime;|[\u201c\u201d\u2033]")
_TYPOGRAPHIC_SINGLE = re.compile("&apos;|&#0?39;|&#821[67];|&#8242;|&[lr]squo;|&prime;|[\u2018\u2019\u2032]")
_QUOTED_OTHERWISE = re.compile(
    "=\\s*(?:&(?:quot|apos|#0?3[49]|#82\\d\\d|[lr][sd]quo);|[\u2018-\u201d\u2032\u2033])"
)


def find_shortcodes(
    text: str,
    names: Container[str] | None,
    skip: Sequence[tuple[int, int]] = (),
    nested: bool = False,
) -> Iterator[Shortcode]:
    """Yield the shortcodes of ``text`` in order, none inside another unless ``nested``.

    ``names`` are those to look for; with None it is every plausible one (:func:`is_plausible`): ``[1]``, ``[more +]``
    and ``[Code for America's]`` are text. No shortcode begins inside one of the ``skip`` ranges, which are in order.
    Time is linear in the length of the text. Never raises.
    """
    if "[" not in text:
        return
    reader = ShortcodeReader(text, names)
    at = zone = 0
    while (at := text.find("[", at)) >= 0:
        while zone < len(skip) and skip[zone][1] <= at:
            zone += 1
        if zone < len(skip) and skip[zone][0] <= at:
            at = skip[zone][1]
            continue
        found = reader.at(at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.content_start if nested and not found.escaped else found.end


def is_plausible(name: str, rest: str, closed: bool) -> bool:
    """Return whether ``[name rest]`` looks like a shortcode whose plugin is not known.

    It does when its name is one that programmers write and it has an end tag, or attributes, or nothing more.
    """
    if not _PLAUSIBLE_NAME.match(name):
        return False
    compound = "_" in name or "-" in name
    return closed or compound or bool(_PLAUSIBLE_REST.match(rest))


def parse_attributes(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the named and the positional attributes of ``text``, the part of a tag after its name.

    The rules are those of ``shortcode_parse_atts``. Beyond them, quotation marks that an editor has turned into
    entities or typographic ones (``caption=&#8221;a b&#8221;``) quote as well, when the text has no plain ones.
    """
    named: dict[str, str] = {}
    positional: list[str] = []
    for part in _ATTRIBUTE.finditer(_plain_quotes(text)):
        name = part[1]
        value = next((group for group in part.groups()[1:] if group is not None), "")
        if name is None:
            positional.append(value)
        else:
            named[name.lower()] = value
    return named, positional


def _plain_quotes(text: str) -> str:
    text = text.replace("\u00a0", " ").replace("\u200b", " ")
    if '"' not in text and "'" not in text and _QUOTED_OTHERWISE.search(text):
        text = _TYPOGRAPHIC_SINGLE.sub("'", _TYPOGRAPHIC.sub('"', text))
    return text


class ShortcodeReader:
    """Reads the shortcodes of one text; where the end tags and brackets are is looked for once."""

    def __init__(self, text: str, names: Container[str] | None) -> None:
        """``names`` as for :func:`find_shortcodes`."""
        self._text = text
        self._names = names
        self._places: dict[str, list[tuple[int, int]]] | None = None
        self._no_bracket = False

    def at(self, start: int) -> Shortcode | None:
        """Return the shortcode whose first bracket is at ``start``, or None."""
        text, names = self._text, self._names
        opener = _OPENER.match(text, start)
        if opener is None or (names is not None and opener[2] not in names):
            return None
        bracket = self._bracket(opener.end())
        if bracket < 0 or (names is None and text.find("[", opener.end(), bracket) >= 0):
            return None
        name, rest = opener[2], text[opener.end() : bracket]
        void = rest.endswith("/")
        close = None if void else self._closer(name, bracket)
        if close and name in _PLAYERS and text.find(f"[{name}", bracket, close[0]) >= 0:
            close = None
        if names is None and not is_plausible(name, rest, close is not None):
            return None
        end = close[1] if close else bracket + 1
        content = text[bracket + 1 : close[0]] if close else None
        escaped = bool(opener[1]) and text.startswith("]", end)
        named, positional = parse_attributes(rest[:-1] if void else rest)
        start += bool(opener[1]) and not escaped
        return Shortcode(name, named, positional, content, start, end + escaped, escaped, bracket + 1)

    def _bracket(self, start: int) -> int:
        """Return the place of the next ``]``, or -1."""
        if self._no_bracket:
            return -1
        place = self._text.find("]", start)
        self._no_bracket = place < 0
        return place

    def _closer(self, name: str, start: int) -> tuple[int, int] | None:
        """Return where the next ``[/name]`` begins and ends."""
        if self._places is None:
            self._places = {}
            for closer in _CLOSER.finditer(self._text):
                self._places.setdefault(closer[1], []).append(closer.span())
        places = self._places.get(name)
        if not places:
            return None
        index = bisect_left(places, (start, start))
        return places[index] if index < len(places) else None
