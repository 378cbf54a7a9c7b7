"""YAML as exports write it, read into JSON values. No tag is ever executed.

PyYAML's C scanner gives the events; what they become is decided here, in tables. Working on events means no
recursion, a bound on nesting and aliases, the offset of dates kept, and the place of every key known.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from wpmigrate.extractors.scalars import TEXT_KEYS, plain_value
from wpmigrate.model import NoticeLog
from wpmigrate.wordpress import repair_metadata_text

try:
    from yaml._yaml import CParser as EventSource
except ImportError:  # PyYAML was built without libyaml: slower, the same events
    from yaml import SafeLoader as EventSource  # type: ignore[assignment]

__all__ = ["MAX_DEPTH", "SLASH", "DuplicateKey", "Loaded", "YamlProblem", "load_yaml"]

MAX_DEPTH = 64
"""How deep a value may be nested. libyaml takes quadratic time for deep nesting; real front matter has depth 4."""

SLASH = "&#47;"
"""How jekyll-import's database importer writes a slash in comments."""

LONGEST_KEY = 1024
"""How many characters a key that is no text may have when it is written as JSON (YAML's own limit for keys on one line). In keys of keys each
level doubles the escapes."""

ALIAS_BUDGET = 100_000
"""How many characters and values all aliases of a block may stand for ("billion laughs")."""


class YamlProblem(ValueError):
    """The text is not YAML. Its text says why; ``line`` and ``column`` are 1-based in the file."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class DuplicateKey(NamedTuple):
    """A key that stands twice in one mapping; the last one wins."""

    key: str
    """The key."""
    line: int
    """1-based line of the second one in the file."""
    column: int
    """1-based column of the second one."""
    value: Any
    """The value of the first one."""
    again: Any
    """The value of the second one."""


class Loaded(NamedTuple):
    """A block of YAML as JSON values."""

    value: Any
    """None when the block is empty."""
    duplicates: tuple[DuplicateKey, ...] = ()
    """Keys that stand twice."""


def load_yaml(text: str, log: NoticeLog, first_line: int = 1) -> Loaded:
    """Return what ``text`` holds as JSON values: dates are ISO 8601 text, keys are text, no tag is executed.

    ``first_line`` is the line of the file where ``text`` begins. Repairs and tags that are not understood go to ``log``.
    Raises :class:`YamlProblem` when the text is not YAML, is nested deeper than :data:`MAX_DEPTH`, or holds more than
    one document.
    """
    builder = _Builder(log, first_line, SLASH in text)
    try:
        next_event = EventSource(text).get_event
        while (event := next_event()) is not None:
            handler = _HANDLERS.get(type(event))
            if handler is not None:
                handler(builder, event)
    except yaml.MarkedYAMLError as error:
        raise _problem(error, first_line) from None
    except yaml.YAMLError as error:
        raise YamlProblem(str(error).split("\n")[0], first_line, 1) from None
    return Loaded(builder.root[0] if builder.root else None, tuple(builder.duplicates))


def _problem(error: yaml.MarkedYAMLError, first_line: int) -> YamlProblem:
    """Return libyaml's complaint with its place in the file."""
    mark = error.problem_mark or error.context_mark
    words = " ".join(part for part in (error.context, error.problem) if part)
    if mark is None:
        return YamlProblem(words, first_line, 1)
    return YamlProblem(words, first_line + mark.line, mark.column + 1)


class _Frame:
    """A mapping or a sequence that is being read."""

    __slots__ = ("again", "anchor", "items", "key", "keyed", "weight")

    def __init__(self, items: Any, anchor: str | None, weight: int) -> None:
        self.items = items
        self.anchor = anchor
        self.weight = weight
        self.keyed = type(items) is dict
        self.key: str | None = None
        self.again: tuple[int, int] | None = None


class _Builder:
    """Builds values from events, with a stack of its own."""

    def __init__(self, log: NoticeLog, first_line: int, slashes: bool) -> None:
        self.log = log
        self.slashes = slashes
        self.first_line = first_line
        self.root: list[Any] = []
        self.frame = _Frame(self.root, None, 0)
        self.stack: list[_Frame] = []
        self.duplicates: list[DuplicateKey] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.weight = 0
        self.alias_weight = 0
        self.textual = False

    def scalar(self, event: ScalarEvent) -> None:
        """Add a scalar, or make it the key that the next value goes to."""
        frame = self.frame
        text: str = event.value
        sound = text.isascii() and text.isprintable() and not self.slashes  # cheap, and true of most
        self.weight += len(text) + 1
        if frame.key is None and frame.keyed:
            self.set_key(frame, text if sound else self.clean(text), event)
            return
        tag = event.tag
        if tag is not None and tag != "!":
            value = _SCALAR_TAGS.get(tag, _unknown_tag)(self, event)
        elif event.style or tag:
            value = text if sound else self.clean(text)
        else:
            value = plain_value(text, self.textual)
            if value is text and not sound:
                value = self.clean(text)
        if event.anchor:
            self.anchors[event.anchor] = (value, len(text) + 1)
        if frame.key is None:
            frame.items.append(value)
        else:
            self.add(frame, value)

    def start_mapping(self, event: MappingStartEvent) -> None:
        """Open a mapping."""
        self.start(event, {})

    def start_sequence(self, event: SequenceStartEvent) -> None:
        """Open a sequence."""
        self.start(event, [])

    def start(self, event: MappingStartEvent | SequenceStartEvent, items: Any) -> None:
        """Open a collection; a tag that is not YAML's own is noted."""
        if len(self.stack) >= MAX_DEPTH:
            raise YamlProblem(f"nested deeper than {MAX_DEPTH} levels", *self.place(event))
        tag = event.tag
        if tag is not None and tag not in _COLLECTION_TAGS:
            self.note_tag(event)
        self.weight += 1
        self.stack.append(self.frame)
        self.frame = _Frame(items, event.anchor, self.weight - 1)

    def end(self, event: MappingEndEvent | SequenceEndEvent) -> None:
        """Close the innermost collection and give it to the one around it."""
        done = self.frame
        frame = self.frame = self.stack.pop()
        items = done.items
        if done.keyed and "<<" in items:
            _merge(items)
        if done.anchor:
            self.anchors[done.anchor] = (items, self.weight - done.weight)
        if frame.key is None and frame.keyed:
            self.set_key(frame, self.spell_key(items, event), event)
        else:
            self.add(frame, items)

    def alias(self, event: AliasEvent) -> None:
        """Add what the alias stands for; its own spelling when it is unknown or stands for too much."""
        value, weight = self.anchors.get(event.anchor or "", (None, -1))
        if weight < 0:
            self.log.add("kept", "YAML alias of an unknown anchor: kept as text", self.where(event))
        elif self.alias_weight + weight > ALIAS_BUDGET:
            weight = -1
            self.log.add(
                "kept", "YAML alias that stands for too much: not expanded, kept as text", self.where(event)
            )
        if weight < 0:
            value, weight = f"*{event.anchor}", 0
        self.alias_weight += weight
        self.weight += weight
        frame = self.frame
        if frame.key is None and frame.keyed:
            self.set_key(frame, value if type(value) is str else self.spell_key(value, event), event)
        else:
            self.add(frame, value)

    def document(self, event: DocumentStartEvent) -> None:
        """Refuse a second document: its keys would replace those of the first one."""
        if self.root:
            raise YamlProblem("a second YAML document begins", *self.place(event))

    def spell_key(self, value: Any, event: Event) -> str:
        """Return a key that is no text as JSON."""
        text = json.dumps(value, ensure_ascii=False)
        if len(text) > LONGEST_KEY:
            raise YamlProblem(f"a key of more than {LONGEST_KEY} characters", *self.place(event))
        return text

    def set_key(self, frame: _Frame, key: str, event: Event) -> None:
        """Remember the key of the next value of ``frame``."""
        frame.key = key
        if len(self.stack) == 1:
            self.textual = key in TEXT_KEYS
        if key in frame.items:
            frame.again = self.place(event)

    def add(self, frame: _Frame, value: Any) -> None:
        """Add ``value`` to the collection that is open."""
        key = frame.key
        if key is None:
            frame.items.append(value)
            return
        items = frame.items
        if frame.again is not None:
            self.duplicates.append(DuplicateKey(key, *frame.again, items[key], value))
            frame.again = None
        items[key] = value
        frame.key = None

    def clean(self, text: str) -> str:
        """Undo damage such as Syck's double encoding (``descrÃ­ben``), with a notice."""
        repaired, rows = repair_metadata_text(text)
        for what, count in rows:
            self.log.add("repaired", f"front matter: {what}", f"line {self.first_line}", count)
        return repaired

    def note_tag(self, event: Any) -> None:
        """Say that a tag was not obeyed."""
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:80]
        self.log.add(
            "kept", f"YAML tag {tag}: not executed, its value is kept as plain data", self.where(event)
        )

    def place(self, event: Event) -> tuple[int, int]:
        """Return the 1-based line and column of ``event`` in the file."""
        mark = event.start_mark
        return (self.first_line, 1) if mark is None else (self.first_line + mark.line, mark.column + 1)

    def where(self, event: Event) -> str:
        """Return the line of ``event`` for a notice."""
        return f"line {self.place(event)[0]}"


_HANDLERS: dict[type, Callable[[_Builder, Any], None]] = {
    ScalarEvent: _Builder.scalar,
    MappingStartEvent: _Builder.start_mapping,
    SequenceStartEvent: _Builder.start_sequence,
    MappingEndEvent: _Builder.end,
    SequenceEndEvent: _Builder.end,
    AliasEvent: _Builder.alias,
    DocumentStartEvent: _Builder.document,
}


def _merge(items: dict[str, Any]) -> None:
    """Put the entries of ``<<`` behind the mapping's own (https://yaml.org/type/merge.html)."""
    sources = items["<<"] if isinstance(items["<<"], list) else [items["<<"]]
    if not all(isinstance(source, dict) for source in sources):
        return
    del items["<<"]
    for source in sources:
        for key, value in source.items():
            items.setdefault(key, value)


def _text(builder: _Builder, event: ScalarEvent) -> Any:
    """``!!str``: the text, whatever it looks like."""
    return builder.clean(event.value)


def _typed(builder: _Builder, event: ScalarEvent) -> Any:
    """``!!int``, ``!!timestamp`` …: read as if it were not quoted."""
    return plain_value(event.value, False)


def _binary(builder: _Builder, event: ScalarEvent) -> Any:
    """``!binary``: base64 of UTF-8 text in Ruby 1.9's exports. Bytes that are no text stay base64."""
    encoded = "".join(event.value.split())
    try:
        text = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeError):
        builder.log.add("kept", "YAML !binary that holds no text: kept as base64", builder.where(event))
        return encoded if encoded.isascii() else event.value
    builder.log.add("mapped", "YAML !binary: base64 read as text", builder.where(event))
    return text


def _unknown_tag(builder: _Builder, event: ScalarEvent) -> Any:
    """``!ruby/…`` and others: the text of the scalar, with a notice."""
    builder.note_tag(event)
    return builder.clean(event.value)


_YAML = "tag:yaml.org,2002:"
# Local spellings with one "!" are Syck's and Psych's.
_SCALAR_TAGS: dict[str, Callable[[_Builder, ScalarEvent], Any]] = {
    "!str": _text,
    f"{_YAML}str": _text,
    "!binary": _binary,
    f"{_YAML}binary": _binary,
    f"{_YAML}int": _typed,
    f"{_YAML}float": _typed,
    f"{_YAML}bool": _typed,
    f"{_YAML}null": _typed,
    f"{_YAML}timestamp": _typed,
}
_COLLECTION_TAGS = frozenset({"!", *(_YAML + name for name in ("map", "seq", "omap", "pairs", "set"))})
