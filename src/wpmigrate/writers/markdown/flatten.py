"""A block's inlines as a flat row of tokens: texts, leaves, and the beginnings and ends of links and styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wpmigrate.model.nodes import Delete, Emphasis, Inline, Link, Strong, Text
from wpmigrate.writers.markdown.delimiters import Style
from wpmigrate.writers.markdown.escape import autolink

__all__ = ["Edge", "Raw", "flatten"]

_STRONG: Final = (("**", "**"), ("<strong>", "</strong>"))
_DELETE: Final = (("~~", "~~"), ("<del>", "</del>"))
_STAR: Final = (("*", "*"), ("_", "_"), ("<em>", "</em>"))
_LOW_LINE: Final = (("_", "_"), ("*", "*"), ("<em>", "</em>"))
"""Emphasis that touches strong text: ``_a_**b**`` is easier to read than ``*a***b**``."""


class Edge:
    """Where a link or a style begins or ends."""

    __slots__ = ("begins", "kind", "link", "style")

    def __init__(self, begins: bool, kind: type, link: Link | None, style: Style | None) -> None:
        self.begins = begins
        """Whether it is the beginning."""
        self.kind = kind
        """The type of the node."""
        self.link = link
        """The link, when it is one."""
        self.style = style
        """The style, when it is one."""


class Raw(str):
    """A finished piece of Markdown."""

    __slots__ = ()


_SPANS: Final = frozenset({Link, Emphasis, Strong, Delete})


def flatten(nodes: Sequence[Inline]) -> list[Any]:
    """Return ``nodes`` as tokens: :class:`str` (text, joined, never empty), :class:`Raw`, :class:`Edge`, or a leaf node.

    A style inside one of its own kind, a link inside a link and a style round nothing say no more than their content.
    """
    tokens: list[Any] = []
    texts: list[str] = []
    inside: set[type] = set()
    stack: list[Any] = [*reversed(nodes)]  # nodes still to come, and the ends of those whose children are above them
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is Text:
            texts.append(node.value)
            continue
        if kind in inside:
            stack.extend(reversed(node.children))
            continue
        if texts:
            _flush(texts, tokens)
        if kind is Edge:
            _finish(node, tokens)
            inside.discard(node.kind)
        elif kind not in _SPANS:
            tokens.append(node)
        elif kind is not Link or not _short(node, tokens):
            style = None if kind is Link else _style(kind, stack, tokens)
            link = node if kind is Link else None
            tokens.append(Edge(True, kind, link, style))
            end = Edge(False, kind, link, style)
            children = node.children
            if len(children) == 1 and type(children[0]) is Text and children[0].value:
                tokens += (children[0].value.replace("\n", " "), end)  # nearly always so: spare it the stack
                continue
            inside.add(kind)
            stack.append(end)
            stack.extend(reversed(children))
    if texts:
        _flush(texts, tokens)
    return tokens


def _flush(texts: list[str], tokens: list[Any]) -> None:
    text = texts[0] if len(texts) == 1 else "".join(texts)
    texts.clear()
    if text:
        tokens.append(text.replace("\n", " ") if "\n" in text else text)


def _finish(end: Edge, tokens: list[Any]) -> None:
    """Add the end of a node, or take its beginning back when a style holds nothing."""
    last = tokens[-1]
    if end.style is not None and type(last) is Edge and last.style is end.style:
        tokens.pop()
    else:
        tokens.append(end)


def _short(link: Link, tokens: list[Any]) -> bool:
    """Add ``link`` as an autolink, where it can be one."""
    children = link.children
    if len(children) != 1 or type(children[0]) is not Text or link.title:
        return False
    short = autolink(link.url, children[0].value)
    if short is not None:
        tokens.append(Raw(short))
    return short is not None


def _style(kind: type, stack: list[Any], tokens: list[Any]) -> Style:
    if kind is Strong:
        return Style(_STRONG)
    if kind is Delete:
        return Style(_DELETE)
    return Style(_LOW_LINE if _touches_strong(stack, tokens) else _STAR)


def _touches_strong(stack: list[Any], tokens: list[Any]) -> bool:
    """Whether a strong text ends before this place or begins after it, or has nothing else in it."""
    following = type(stack[-1]) if stack else None
    if following is Strong:
        return True
    last = tokens[-1] if tokens else None
    return type(last) is Edge and last.kind is Strong and (not last.begins or following is Edge)
