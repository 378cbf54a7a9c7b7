"""Gutenberg's grammar: blocks between HTML comments, ``<!-- wp:namespace/name {"json": 1} -->…<!-- /wp:namespace/name -->``.

The rules are those of ``WP_Block_Parser`` (https://developer.wordpress.org/reference/classes/wp_block_parser/): a name
without a namespace is one of ``core/``, ``/-->`` ends a block without content, ``--`` in JSON is written
``\\u002d\\u002d`` so that a comment always ends at its first ``-->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from math import isfinite
from typing import Any, Final, Literal

import msgspec

__all__ = ["BlockToken", "parse_blocks"]

_DEEPEST: Final = 512
"""How deep attributes nest at most: PHP's ``json_decode`` reads no deeper by default. Python's own limit differs by version."""

_BRACKET_OR_STRING: Final = re.compile(r'[][{}]|"(?:[^"\\]|\\.)*+"', re.DOTALL)


class BlockToken(msgspec.Struct, frozen=True):
    """A block comment, or the HTML between two of them."""

    kind: Literal["open", "close", "void", "html"]
    """What it is."""
    text: str
    """The source; all tokens' texts joined are the whole body."""
    name: str = ""
    """Namespace and name, such as ``core/paragraph``; empty for HTML."""
    attributes: dict[str, Any] = {}
    """The JSON after the name; empty when there is none, or when it cannot be read (it is in ``text``)."""
    broken: bool = False
    """Whether there is JSON that cannot be read."""


_COMMENT = re.compile(
    r"<!--\s+(/?)wp:([a-z][a-z0-9_-]*+/)?([a-z][a-z0-9_-]*+)(?:\s+(\{.*\}))?\s*+(/?)-->\Z", re.DOTALL
)
_START = re.compile(r"<!--\s{1,20}/?wp:[a-z]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a character that takes two escapes: PHP does not read such JSON, and no file in UTF-8 could hold it."""


def parse_blocks(text: str) -> Iterator[BlockToken]:
    """Yield the block comments of ``text`` and the HTML between them, in order, with nothing left out.

    Comments that are not closed or do not match one another are tokens all the same: what belongs to what is for the
    caller, who keeps a stack. A comment that does not follow the grammar is HTML. Time is linear. Never raises.
    """
    start = at = 0
    while found := _START.search(text, at):
        end = text.find("-->", found.end())
        if end < 0:
            break
        at = end + 3
        comment = _COMMENT.match(text[found.start() : at])
        if comment is None:
            continue
        if found.start() > start:
            yield BlockToken("html", text[start : found.start()])
        yield _token(comment)
        start = at
    if start < len(text):
        yield BlockToken("html", text[start:])


def _token(comment: re.Match[str]) -> BlockToken:
    slash, namespace, name, source, void = comment.groups()
    attributes, broken = _read(source)
    kind: Literal["open", "close", "void"] = "close" if slash else "void" if void else "open"
    return BlockToken(kind, comment[0], f"{namespace or 'core/'}{name}", attributes, broken)


def _read(source: str | None) -> tuple[dict[str, Any], bool]:
    """Return the attributes that the JSON ``source`` says, and whether it cannot be read."""
    if not source:
        return {}, False
    if source.count("{") + source.count("[") > _DEEPEST and _depth(source) > _DEEPEST:
        return {}, True
    try:
        value = json.loads(source, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return {}, True
    if "\\ud" in source.lower() and _HALF_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
        return {}, True
    return (value, False) if isinstance(value, dict) else ({}, True)


def _refuse(word: str) -> Any:
    """Take ``NaN`` and ``Infinity`` for what they are to PHP: no JSON."""
    raise ValueError(word)


def _finite(number: str) -> float:
    """Return the value of ``number``; one such as ``1e999``, which no JSON could say again, is a ValueError."""
    value = float(number)
    return value if isfinite(value) else _refuse(number)


def _depth(source: str) -> int:
    """Return how deep the brackets of the JSON ``source`` are nested."""
    steps = ((bracket in "{[") - (bracket in "}]") for bracket in _BRACKET_OR_STRING.findall(source))
    return max(accumulate(steps), default=0)
