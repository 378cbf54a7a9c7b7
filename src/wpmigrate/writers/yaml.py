"""JSON values → YAML that every reader takes for the same values.

Plain scalars are written only where YAML 1.1 readers (PyYAML, Ruby's Psych, go-yaml) and YAML 1.2 core readers agree
that they are strings; all others are quoted, and text of several lines is a literal block. Sources of the rules:
https://yaml.org/spec/1.2.2/ and, for what 1.1 readers resolve, https://yaml.org/type/ and Psych's scalar scanner.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from wpmigrate.errors import WriteError

__all__ = ["MAX_DEPTH", "Plain", "emit"]

MAX_DEPTH = 100
"""Values nested deeper are refused: PyYAML reads about 300 levels, and indentation makes depth quadratic in size."""

_STEP = "  "
_LONGEST_KEY = 1000
"""YAML readers find an implicit key within 1,024 characters only; a longer one needs the explicit ``? key`` form."""

_UNUSUAL_CHARACTERS = r"\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
"""DEL and C1 (with U+0085, a line end in YAML 1.1), line separators, the byte order mark, what is no character."""

_UNUSUAL = re.compile(rf"[\x00-\x1f{_UNUSUAL_CHARACTERS}]")
_NOT_IN_BLOCK = re.compile(rf"[\x00-\x08\x0b-\x1f{_UNUSUAL_CHARACTERS}]")
_BLANK_LINE = re.compile(r"^[ \t]++$", re.MULTILINE)
_NOT_IN_DOUBLE = re.compile(rf"[{_UNUSUAL_CHARACTERS}]")

_WORDS = frozenset(
    word
    for name in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for word in (name, name.capitalize(), name.upper())
)
"""What 1.1 or 1.2 readers take for a truth value or for nothing."""

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/(_")
"""First characters with which only :data:`_WORDS` are not text: the quick way for most values."""

_PLAIN_START = re.compile(
    r"(?![-?:,\[\]{}#&*!|>'\"%@`"  # indicators; Psych reads :a as a symbol
    r"=~<.+\s])"  # =, << and ~ mean something alone; .inf and +1 are numbers
    r"(?![0-9][-+0-9a-fobxtzA-FOBXTZ_,.: ]*\Z)"  # numbers in any base, 1:30, 1,000 (Psych), timestamps
)

_SHORT = 64
"""Texts up to this length are remembered: both YAML files of a page, and the pages of a site, share many."""


class Plain(str):
    """Text that :func:`emit` writes as it is, so that readers see the type that it spells (a timestamp)."""

    __slots__ = ()


def emit(value: Any) -> str:
    """Return ``value`` (dict, list, str, int, float, bool, None, :class:`Plain`) as a YAML document in block style.

    Keys keep their order; keys are strings. The text ends in one line end.
    Raises :class:`~wpmigrate.errors.WriteError` for other types and for more than :data:`MAX_DEPTH` levels.
    """
    out: list[str] = []
    if type(value) is dict and value:
        _mapping(out, value, "", "")
    elif type(value) is list and value:
        _sequence(out, value, "", "")
    elif type(value) is str:
        out.append((_line(value) or _double(value)) + "\n")
    else:
        out.append(_atom(value) + "\n")
    return "".join(out)


def _mapping(out: list[str], value: dict[str, Any], indent: str, lead: str) -> None:
    """Append the lines of a non-empty mapping; ``lead`` stands before its first key, ``indent`` before the others.

    A value that :func:`_line` does not take is a block.
    """
    inner = _deeper(indent)
    for head, item in zip(_heads(tuple(value), indent, lead), value.values(), strict=True):
        kind = type(item)
        if kind is str:
            line = _short_line(item) if len(item) < _SHORT else _line(item)
            out.append(f"{head} {line or _block(item, indent)}\n")
        elif kind is dict and item:
            out.append(f"{head}\n")
            _mapping(out, item, inner, inner)
        elif kind is list and item:
            out.append(f"{head}\n")
            _sequence(out, item, inner, inner)
        else:
            out.append(f"{head} {_atom(item)}\n")


def _sequence(out: list[str], value: list[Any], indent: str, lead: str) -> None:
    """Append the lines of a non-empty list, with ``lead`` and ``indent`` as in :func:`_mapping`."""
    inner = _deeper(indent)
    for item in value:
        kind = type(item)
        if kind is str:
            line = _short_line(item) if len(item) < _SHORT else _line(item)
            out.append(f"{lead}- {line or _block(item, indent)}\n")
        elif kind is dict and item:
            lines = _lines(item)
            if lines:  # most are rows of one-line values
                out.append(_row(tuple(item), inner, f"{lead}- ") % lines)
            else:
                _mapping(out, item, inner, f"{lead}- ")
        elif kind is list and item:
            _sequence(out, item, inner, f"{lead}- ")
        else:
            out.append(f"{lead}- {_atom(item)}\n")
        lead = indent


def _deeper(indent: str) -> str:
    if len(indent) >= MAX_DEPTH * len(_STEP):
        raise WriteError(
            f"metadata is nested more than {MAX_DEPTH} levels deep; YAML readers cannot take that"
        )
    return indent + _STEP


@lru_cache(maxsize=512)
def _heads(keys: tuple[str, ...], indent: str, lead: str) -> list[str]:
    """Return how the lines of ``keys`` begin. Cached: the rows of a page, and the pages of a site, have the same keys."""
    return [(indent if place else lead) + _key(key, indent) for place, key in enumerate(keys)]


@lru_cache(maxsize=512)
def _row(keys: tuple[str, ...], indent: str, lead: str) -> str:
    """Return the lines of a mapping with ``keys``, with a place for each value."""
    return "".join([head.replace("%", "%%") + " %s\n" for head in _heads(keys, indent, lead)])


def _key(key: str, indent: str) -> str:
    """Return a key with its colon."""
    if type(key) is not str:
        raise WriteError(f"a metadata key is not text: {key!r}")
    spelled = _line(key) or _double(key)
    return f"{spelled}:" if len(spelled) < _LONGEST_KEY else f"? {spelled}\n{indent}:"


def _line(text: str) -> str:
    """Return a string as a scalar of one line, or nothing when a block shows it better."""
    if text.isprintable():
        return text if _is_plain(text) else _quoted(text)
    if "\n" in text:
        return "" if _fits_block(text) else _double(text)
    if not _plain_blanks(text).isprintable() and _UNUSUAL.search(text):
        return _double(text)
    return text if _is_plain(text) else _quoted(text)


def _plain_blanks(text: str) -> str:
    """Return ``text`` with a blank for each U+00A0, which is as usual as any other character; an expression would be slower."""
    return text.replace("\xa0", " ") if "\xa0" in text else text


_short_line = lru_cache(maxsize=4096)(_line)


def _lines(value: dict[str, Any]) -> tuple[str, ...]:
    """Return the values of a mapping, each as a scalar of one line; nothing when one of them needs more."""
    out: list[str] = []
    for item in value.values():
        kind = type(item)
        if kind is str:
            line = _short_line(item) if len(item) < _SHORT else _line(item)
        else:
            line = "" if item and (kind is dict or kind is list) else _atom(item)
        if not line:
            return ()
        out.append(line)
    return tuple(out)


def _is_plain(text: str) -> bool:
    """Say whether one line of usual characters may stand unquoted."""
    if not text or (":" in text and ": " in text) or ("#" in text and " #" in text) or text[-1] in ": " or text in _WORDS:
        return False  # one character is found many times as fast as two
    return text[0] in _LETTERS or _PLAIN_START.match(text) is not None


def _quoted(text: str) -> str:
    """Return one line of text in quotes: single ones, unless that would double an apostrophe for nothing."""
    if "'" not in text:
        return f"'{text}'"
    if '"' in text or "\\" in text:
        return f"""'{text.replace("'", "''")}'"""
    return f'"{text}"'


def _double(text: str) -> str:
    """Return text in double quotes, escaped. JSON's escapes are YAML's; what JSON leaves alone is added."""
    return _NOT_IN_DOUBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _fits_block(text: str) -> bool:
    """Say whether a literal block reads back as ``text``, whatever the reader or an editor does to blank lines."""
    joined = text.replace("\n", "")
    if not joined or len(joined) == len(text):
        return False
    if not _plain_blanks(joined).isprintable() and _NOT_IN_BLOCK.search(joined):
        return False
    if "\n " in text or "\n\t" in text or text[0] in " \t":
        return _BLANK_LINE.search(text) is None
    return True


def _block(text: str, indent: str) -> str:
    """Return text of several lines as a literal block scalar (``|``), without its last line end.

    An indentation indicator is given where the first line begins with a blank (YAML 1.2.2, 8.1.1.1).
    """
    chomping = "-"
    body = text
    if text.endswith("\n"):
        body = text[:-1]
        chomping = "+" if body.endswith("\n") else ""
    indicator = str(len(_STEP)) if text.lstrip("\n")[0] in " \t" else ""
    inner = indent + _STEP
    lines = "\n".join([inner + line if line else "" for line in body.split("\n")])
    return f"|{indicator}{chomping}\n{lines}"


def _atom(value: Any) -> str:
    """Return a value that is neither text nor a filled collection."""
    kind = type(value)
    if kind is Plain or kind is int:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if kind is float:
        return _float(value)
    if kind is list:
        return "[]"
    if kind is dict:
        return "{}"
    raise WriteError(f"metadata holds a value that YAML has no word for: {kind.__name__}")


def _float(value: float) -> str:
    """Return a number with a decimal point: without one, YAML 1.1 takes ``1e+20`` for text."""
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")
