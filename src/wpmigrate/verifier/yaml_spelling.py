"""A record as a YAML text that can be read in one way only: the quick way to know what a YAML file says.

JSON and YAML must hold the same values. Where the file is, byte for byte, a text that yaml12 reads as these values, nothing has
to be read; where it is not (or a value has no such spelling here) yaml12 reads it. So whatever is written here may cost
time, but is believed only because yaml12 reads every such text back (``tests/verifier/test_yaml_spelling.py``).
Source of the rules: https://yaml.org/spec/1.2.2/ with the core schema.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

__all__ = ["Stamp", "spell_yaml"]

_MOST_NESTED: Final = 30
_PRINTABLE = re.compile(r"[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,100}")
_NOT_PLAIN = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`\s~=.+<]")
"""What a text is quoted for when it begins with it, be it an indicator or the beginning of a number or a merge."""
_NUMBER_LIKE = re.compile(r"[0-9][-+0-9a-fobxtzA-FOBXTZ_,.: ]*")
"""Numbers of YAML 1.1 and 1.2, sexagesimals, dates."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""A date, which the core schema of YAML 1.2 takes for text though it stands without quotes."""
_WORDS: Final = frozenset(
    word
    for name in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for word in (name, name.capitalize(), name.upper())
)
"""Plain, these would be truth values or nothing, to YAML 1.1 readers or to those of 1.2."""


class Stamp(str):
    """A text that stands without quotes if it is a date."""

    __slots__ = ()


class _NoSpelling(Exception):
    """A value that is for a YAML writer."""


def spell_yaml(record: dict[str, Any]) -> str | None:
    """Return a YAML text that every reader takes for ``record``, in block style; None when it needs more than is known here."""
    out: list[str] = []
    try:
        _mapping(out, record, "", "")
    except _NoSpelling:
        return None
    out.append("")
    return "\n".join(out)


def _mapping(out: list[str], value: dict[str, Any], lead: str, indent: str) -> None:
    """Add the lines of a mapping that holds something; ``lead`` stands before the first, ``indent`` before the others."""
    if len(indent) > _MOST_NESTED:
        raise _NoSpelling
    for head, item in zip(_heads(tuple(value), lead, indent), value.values(), strict=True):
        kind = type(item)
        if kind is str:
            out.append(f"{head} {_spelled(item) or _block(item, indent)}")
        elif (kind is dict or kind is list) and item:
            out.append(head)
            inner = indent + "  "
            (_mapping if kind is dict else _sequence)(out, item, inner, inner)
        else:
            out.append(f"{head} {_atom(item)}")


def _sequence(out: list[str], value: list[Any], lead: str, indent: str) -> None:
    """Add the lines of a list that holds something."""
    head, inner = lead + "- ", indent + "  "
    for item in value:
        if type(item) is dict and item:
            row = [_spelled(one) if type(one) is str else _small(one) for one in item.values()]
            if all(row):  # most are rows of one-line values
                out.append(_row(tuple(item), head, inner) % tuple(row))
            else:
                _mapping(out, item, head, inner)
        elif type(item) is str:
            out.append(head + (_spelled(item) or _block(item, indent)))
        elif item and type(item) is list:
            raise _NoSpelling
        else:
            out.append(head + _atom(item))


@lru_cache(256)
def _heads(keys: tuple[str, ...], lead: str, indent: str) -> list[str]:
    """Return how the lines of a mapping with ``keys`` begin."""
    return [(indent if place else lead) + _head(key) for place, key in enumerate(keys)]


@lru_cache(256)
def _row(keys: tuple[str, ...], lead: str, indent: str) -> str:
    """Return the lines of a mapping with ``keys``, with a place for each value."""
    return "\n".join([f"{head} %s" for head in _heads(keys, lead, indent)])


def _small(value: Any) -> str:
    """Return what is no text and holds nothing; nothing for a list or a mapping that does."""
    return "" if value and type(value) in (dict, list) else _atom(value)


def _head(key: str) -> str:
    if not _KEY.fullmatch(key) or key in _WORDS:
        raise _NoSpelling
    return f"{key}:"


def _text(text: str) -> str:
    """Return a text of one line, plain or in quotes; nothing for one of several lines."""
    if "\n" in text:
        return ""
    if not text.isprintable() and not _PRINTABLE.fullmatch(text):
        raise _NoSpelling
    if text and not _NOT_PLAIN.match(text) and _is_plain(text):
        return text
    if "'" not in text:
        return f"'{text}'"
    if '"' in text or "\\" in text:
        return f"""'{text.replace("'", "''")}'"""
    return f'"{text}"'


_spelled = lru_cache(8192)(_text)
"""Remembered: a site's records share many texts, and those of one page the lines that their links stand in."""


def _is_plain(text: str) -> bool:
    """Whether a text whose first character is harmless says itself when it is not quoted."""
    if (":" in text and ": " in text) or ("#" in text and " #" in text) or text[-1] in ": " or text in _WORDS:
        return False  # one character is found many times as fast as two
    return not text[0].isdigit() or not _NUMBER_LIKE.fullmatch(text)


def _block(text: str, indent: str) -> str:
    """Return a text of several lines as a literal block (https://yaml.org/spec/1.2.2/#812-literal-style)."""
    body = text.rstrip("\n")
    more = len(text) - len(body)
    lines = text.split("\n")
    # Of what can be printed only the blank is a space.
    simple = "\n " not in text and text.replace("\n", "").isprintable()
    if not body or text[0].isspace() or not (simple or all(map(_is_line_of_block, lines))):
        raise _NoSpelling
    if more:
        lines.pop()
    inner = f"\n{indent}  "
    first = "|" if more == 1 else "|+" if more else "|-"
    return first + "".join([inner + line if line else "\n" for line in lines])


def _is_line_of_block(line: str) -> bool:
    line = line.replace("\t", "x") if "\t" in line and not line.isspace() else line  # in a line with words a tab is one of its characters
    return not line or ((line.isprintable() or _PRINTABLE.fullmatch(line) is not None) and not line.isspace())


def _atom(value: Any) -> str:
    """Return what is no text and holds nothing."""
    if value is None:
        return "null"
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int and -(10**15) < value < 10**15:
        return str(value)
    if value == [] or value == {}:
        return "[]" if kind is list else "{}"
    if kind is Stamp and _STAMP.fullmatch(value):
        return str(value)
    raise _NoSpelling
