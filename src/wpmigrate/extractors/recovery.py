"""Front matter that is not YAML: what can still be read of it, key by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from wpmigrate.extractors.yaml_loader import YamlProblem, load_yaml
from wpmigrate.model import NoticeLog

__all__ = ["KEY_LINE", "SECRET_KEYS", "recover", "without_secrets"]

KEY_LINE: re.Pattern[str] = re.compile(r"(?P<key>[A-Za-z_][\w.-]{0,99})[ \t]*:(?=[ \t\r\n]|\Z)")
"""A line that begins with a plain key at its first column."""

SECRET_KEYS = frozenset(
    {
        "password",
        "Password",
        "PASSWORD",
        "post_password",
    }
)
"""Keys whose value never leaves the source."""

_SECRET_LINE: re.Pattern[str] = re.compile(r"(?im)^([^\r\n]*?password[\"']?[ \t]*:)[ \t]*[^ \t\r\n][^\r\n]*")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LINE: re.Pattern[str] = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
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
    Linear in the block: a line belongs to one key only.
    """
    values: dict[str, Any] = {}
    for chunk in _chunks(block, first_line):
        values[chunk.key] = _read(chunk, log)
    return values


def without_secrets(block: str) -> str:
    """Return ``block`` with the value of every password replaced by ``[removed]``."""
    if "password" not in block.lower():
        return block
    parts = [_redacted(chunk) for chunk in _chunks(block, 1)]
    head = block[: len(block) - sum(len(chunk.text) for chunk in _chunks(block, 1))]
    return _SECRET_LINE.sub(r"\1 [removed]", head + "".join(parts))


def _redacted(chunk: _Chunk) -> str:
    """Return the lines of a key, without its value when that is secret."""
    return f"{chunk.key}: [removed]\n" if chunk.key.lower() in SECRET_KEYS else chunk.text


def _chunks(block: str, first_line: int) -> Iterator[_Chunk]:
    """Yield each top-level key of ``block`` with its lines."""
    key, start = "", first_line
    lines: list[str] = []
    for number, line in enumerate(_LINE.findall(block), start=first_line):
        match = KEY_LINE.match(line)
        if match:
            if key:
                yield _Chunk(start, key, "".join(lines))
            key, start, lines = match["key"], number, []
        lines.append(line)
    if key:
        yield _Chunk(start, key, "".join(lines))


def _read(chunk: _Chunk, log: NoticeLog) -> Any:
    """Return the value of one key by the first reading that works."""
    for repair in _REPAIRS:
        trial = NoticeLog()
        try:
            value = load_yaml(repair(chunk.text), trial, chunk.line).value
        except YamlProblem:
            continue
        if isinstance(value, dict) and list(value) == [chunk.key]:
            for notice in trial.notices():
                log.add(notice.kind, notice.what, notice.where, notice.count)
            return value[chunk.key]
    _, _, value = chunk.text.partition(":")
    return value.strip()


def _as_it_is(text: str) -> str:
    """Most keys of a broken block are sound."""
    return text


def _without_controls(text: str) -> str:
    """YAML allows no control characters."""
    return _CONTROLS.sub("", text)


def _without_tabs(text: str) -> str:
    """YAML allows no tabs in the indentation."""
    return _OUTER_TAB.sub(lambda run: run[0].expandtabs(2), text)


def _indented(text: str) -> str:
    """An editor stripped the indentation of what follows the key."""
    lines: list[str] = _LINE.findall(text)
    return "  ".join(lines)


_REPAIRS: tuple[Callable[[str], str], ...] = (_as_it_is, _without_controls, _without_tabs, _indented)
