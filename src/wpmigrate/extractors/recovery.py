"""Front matter that is not YAML: what can still be read of it, key by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from wpmigrate.extractors.privacy import hidden_statuses, says_private
from wpmigrate.extractors.yaml_loader import YamlProblem, load_yaml
from wpmigrate.model import NoticeLog
from wpmigrate.wordpress import repair_metadata_text, repair_text

__all__ = ["KEY_LINE", "recover"]

KEY_LINE: re.Pattern[str] = re.compile(r"(?P<key>[A-Za-z_][\w.-]{0,99})[ \t]*:(?=[ \t\r\n]|\Z)")
"""A line that begins with a plain key at its first column."""

# \w has no vowel signs, which words in the scripts of India and its neighbours, in Arabic and in Hebrew are full of.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u0f00-\u0fff"
    "\u1000-\u109f\u1780-\u17d3\u200c\u200d\u3099\u309a"
)
_ANY_KEY_LINE = re.compile(rf"(?P<key>(?:[^\W\d]|[{_SIGNS}])[\w{_SIGNS}.-]{{0,99}})[ \t]*:(?=[ \t\r\n]|\Z)")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE: re.Pattern[str] = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HALVES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_OUTER_TAB = re.compile(r"(?m)^[ \t]*\t[ \t]*")


class _Chunk(NamedTuple):
    """A top-level key with the lines that belong to it."""

    line: int
    """1-based line in the file."""
    key: str
    """The key."""
    text: str
    """All of its lines."""


def recover(block: str, log: NoticeLog, first_line: int) -> dict[str, Any]:
    """Return the top-level keys of ``block`` that can be read one at a time; the last of a name wins.

    Each key is read by YAML on its own, then by YAML after each repair of :data:`_REPAIRS`, and at last as plain text.
    Linear in the block: a line belongs to one key only. What says that an entry is not public counts also where it is
    indented: privacy fails closed.
    """
    values: dict[str, Any] = {}
    for chunk in _chunks(block, first_line):
        if not says_private(chunk.key, values.get(chunk.key)):  # else it stays, whatever the second one says
            values[chunk.key] = _read(chunk, log)
    return {**hidden_statuses(block), **values}


def _chunks(block: str, first_line: int) -> Iterator[_Chunk]:
    """Yield each top-level key of ``block`` with its lines."""
    key, start = "", first_line
    lines: list[str] = []
    for number, line in enumerate(_LINE.findall(block), start=first_line):
        match = _ANY_KEY_LINE.match(line)
        if match:
            if key:
                yield _Chunk(start, key, "".join(lines))
            key, start, lines = match["key"], number, []
        lines.append(line)
    if key:
        yield _Chunk(start, key, "".join(lines))


def _read(chunk: _Chunk, log: NoticeLog) -> Any:
    """Return the value of one key by the first reading that works."""
    tried = None
    for row in _REPAIRS:
        text = row.repair(chunk.text)
        if text == tried:
            continue
        tried = text
        trial = NoticeLog()
        try:
            value = load_yaml(text, trial, chunk.line).value
        except YamlProblem:
            continue
        if isinstance(value, dict) and list(value) == [chunk.key]:
            if row.what:
                log.add("repaired", f"front matter: {row.what}", f"line {chunk.line}")
            for notice in trial.notices():
                log.add(notice.kind, notice.what, notice.where, notice.count)
            return value[chunk.key]
    _, _, rest = chunk.text.partition(":")
    return repair_metadata_text(rest.strip())[0]


def _without_damage(text: str) -> str:
    """Return ``text`` with U+0092 as the apostrophe that it was, and so on."""
    return repair_text(text)[0]


def _without_controls(text: str) -> str:
    """Return ``text`` with none of the characters that YAML forbids."""
    return _CONTROLS.sub("", text)


def _whole_characters(text: str) -> str:
    """Return ``text`` with the halves of characters that JSON writes (``\\ud83d\\ude00``) as one escape."""
    return _HALVES.sub(lambda halves: f"\\U{_joined(int(halves[1], 16), int(halves[2], 16)):08X}", text)


def _joined(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)


def _without_tabs(text: str) -> str:
    """Return ``text`` with blanks for the tabs before the first word of a line."""
    return _OUTER_TAB.sub(lambda run: run[0].expandtabs(2), text)


def _indented(text: str) -> str:
    """Return ``text`` with all but its first line indented."""
    lines: list[str] = _LINE.findall(text)
    return "  ".join(lines)


class _Repair(NamedTuple):
    """A way to make YAML of what is none."""

    repair: Callable[[str], str]
    """Text to text."""
    what: str
    """What was wrong, for a notice; empty: nothing."""


_REPAIRS = (
    _Repair(str, ""),  # most keys of a broken block are sound
    _Repair(_without_damage, "characters that YAML forbids"),
    _Repair(_without_controls, "characters that YAML forbids"),
    _Repair(_whole_characters, "characters written in two halves"),
    _Repair(_without_tabs, "tabs in the indentation"),
    _Repair(_indented, "stripped indentation"),
)
"""The first one that gives YAML is taken."""
