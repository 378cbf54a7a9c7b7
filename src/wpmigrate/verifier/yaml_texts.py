"""The second reading of a source's front matter: every scalar as the text that its author typed.

Consulted only where the first reading (YAML 1.2, typed) differs from the output: ``01234`` is 1234 in YAML 1.2 and 668 in
YAML 1.1, and the text ``01234`` says neither. Keys that stand twice, merge keys and keys that are no text are also read here.
"""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec
import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from wpmigrate.verifier.values import decode_binary, repaired

__all__ = ["Texts", "read_texts"]

_DEEPEST: Final = 200
"""More levels than these are no front matter, and libyaml takes quadratic time for them."""

_LONGEST_KEY: Final = 1024
"""Characters that a mapping or a list has at most where it is a key."""
_JSON: Final = json.JSONEncoder(ensure_ascii=False)

_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""How YAML spells nothing (https://yaml.org/spec/1.2.2/, 10.3.2)."""

_BINARY: Final = frozenset({"!binary", "tag:yaml.org,2002:binary"})


class Texts(msgspec.Struct):
    """A block of YAML, every scalar a text (nothing: None)."""

    values: dict[str, Any]
    """The keys of the outermost mapping; of a key that stands twice the last value."""
    twice: list[tuple[str, Any, Any]]
    """(key, earlier value, later value) of keys that stand twice, at any depth."""


class _Open:
    """A mapping or a list that is being read."""

    __slots__ = ("anchor", "items", "key", "keyed")

    def __init__(self, items: Any, anchor: str | None = None) -> None:
        self.items = items
        self.anchor = anchor
        self.keyed = isinstance(items, dict)
        self.key: str | None = None


class _Reading:
    """The values of one block, built from the parser's events with an explicit stack."""

    def __init__(self) -> None:
        self.root: list[Any] = []
        self.stack = [_Open(self.root)]
        self.anchors: dict[str, Any] = {}
        self.twice: list[tuple[str, Any, Any]] = []

    def take(self, event: yaml.events.Event) -> None:
        """Take the next event in."""
        if isinstance(event, ScalarEvent):
            self.add(_key(event) if self.wants_key() else _scalar(event), event.anchor)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self.open({} if isinstance(event, MappingStartEvent) else [], event.anchor)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.close(self.stack.pop())
        elif isinstance(event, AliasEvent):
            value = self.anchors.get(event.anchor or "", f"*{event.anchor}")
            self.add(value if isinstance(value, str) or not self.wants_key() else _spelled(value))
        elif isinstance(event, DocumentStartEvent) and self.root:
            raise ValueError("a second document")

    def open(self, items: Any, anchor: str | None) -> None:
        """Open a mapping or a list."""
        if len(self.stack) > _DEEPEST:
            raise ValueError("nested too deeply")
        self.stack.append(_Open(items, anchor))

    def close(self, done: _Open) -> None:
        """Add a finished mapping or list. Aliases share it, so that nothing is ever expanded."""
        items = done.items
        if done.keyed:
            _merge(items)
        self.add(_spelled(items) if self.wants_key() else items)
        if done.anchor:
            self.anchors[done.anchor] = items

    def wants_key(self) -> bool:
        return self.stack[-1].keyed and self.stack[-1].key is None

    def add(self, value: Any, anchor: str | None = None) -> None:
        """Add a value, or the key of the next one."""
        if anchor:
            self.anchors[anchor] = value
        top = self.stack[-1]
        if not top.keyed:
            top.items.append(value)
        elif top.key is None:
            top.key = value
        else:
            if top.key in top.items:
                self.twice.append((top.key, top.items[top.key], value))
            top.items[top.key] = value
            top.key = None


def read_texts(block: str) -> Texts | None:
    """Return the scalars of ``block`` as text; None when it is not YAML, or no mapping."""
    reading = _Reading()
    try:
        for event in yaml.parse(block, yaml.CBaseLoader):
            reading.take(event)
    except (yaml.YAMLError, ValueError):
        return None
    values = reading.root[0] if reading.root else None
    return Texts(values, reading.twice) if isinstance(values, dict) else None


def _spelled(key: Any) -> str:
    """Return a key that is no text as JSON, which is written no further than a key may go: what aliases share is written each time."""
    parts: list[str] = []
    left = _LONGEST_KEY
    for part in _JSON.iterencode(key):
        left -= len(part)
        if left < 0:
            raise ValueError("a key that is too long")
        parts.append(part)
    return "".join(parts)


def _key(event: ScalarEvent) -> str:
    return repaired(str(event.value))


def _scalar(event: ScalarEvent) -> Any:
    if event.tag in _BINARY:
        return decode_binary(event.value)
    return None if not (event.style or event.tag) and event.value in _NOTHING else event.value


def _merge(items: dict[str, Any]) -> None:
    """Put the entries of ``<<`` behind the mapping's own (https://yaml.org/type/merge.html)."""
    merged = items.get("<<")
    every = merged if isinstance(merged, list) else [merged]
    sources = [source for source in every if isinstance(source, dict)]
    if "<<" not in items or len(sources) < len(every):
        return
    del items["<<"]
    for source in sources:
        for key, value in source.items():
            items.setdefault(key, value)
